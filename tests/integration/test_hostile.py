"""Hostile files end in their own typed error, or are read with what they hide set aside."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher import Matcher
from matcher.errors import MatcherError
from matcher.types import Resume

FOLDER = Path(__file__).parents[2] / "data" / "fixtures" / "hostile"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def matcher() -> Iterator[Matcher]:
    with Matcher() as opened:
        yield opened


def words(text: str) -> str:
    """The text with its white space folded."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_hostile_file_ends_as_its_entry_says(matcher: Matcher, name: str) -> None:
    """The error, or what is present, absent and set aside, is what expected.json names."""
    expected = EXPECTED[name]
    try:
        outcome: Resume | MatcherError = matcher.read_resume(FOLDER / name)
    except MatcherError as error:
        outcome = error
    if "error" in expected:
        assert isinstance(outcome, MatcherError)
        assert outcome.code in expected["error"]
        return
    assert isinstance(outcome, Resume), getattr(outcome, "message", "")
    text = words(outcome.document.text)
    for present in expected.get("present", []):
        assert words(present) in text
    scored = words(" ".join(snippet.masked for snippet in outcome.snippets))
    for absent in expected.get("absent", []):
        assert words(absent) not in text
    for letter in expected.get("letters", ""):
        assert letter in text
    assert sorted({item.kind.value for item in outcome.set_aside}) == expected["set_aside"]
    for item in outcome.set_aside:
        if item.kind != "unreadable_page":
            assert words(item.text) not in scored
    if "media_type" in expected:
        assert outcome.document.media_type == expected["media_type"]


def test_every_hostile_file_has_an_entry() -> None:
    """No file lies there untested."""
    assert {path.name for path in FOLDER.iterdir()} == {*EXPECTED, "expected.json"}

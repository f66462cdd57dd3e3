"""The project's own graded data is whole: valid grades, nothing twice, no personal data."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

FIXTURES = Path(__file__).resolve().parents[3] / "data" / "fixtures"
FIELDS = {"id", "role", "qualification_id", "qualification", "snippet", "grade"}
GRADES = {0, 1, 2, 3}
MAIL = re.compile(r"\S@\S")
PHONE = re.compile(r"(?:\d[ ().-]{0,2}){9,}")


def _lines(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (FIXTURES / name).read_text(encoding="utf-8").splitlines()]


PROBES = _lines("evidence/own.jsonl")
RETRIEVED = _lines("evidence/retrieved.jsonl")
both = pytest.mark.parametrize("pairs", [PROBES, RETRIEVED], ids=["probes", "retrieved"])
ROLES = _lines("graded_roles.jsonl")


@both
def test_every_pair_is_whole_and_graded(pairs: list[dict[str, object]]) -> None:
    """A pair has the six fields, text in each, and a grade from 0 to 3; there are at least 400."""
    assert len(pairs) >= 400
    for pair in pairs:
        assert set(pair) == FIELDS
        assert pair["grade"] in GRADES
        texts = [value for key, value in pair.items() if key != "grade"]
        assert all(isinstance(text, str) and text and text == text.strip() for text in texts), pair["id"]


@both
def test_ids_pairs_and_qualifications_occur_once(pairs: list[dict[str, object]]) -> None:
    """No id, no pair and no qualification stands twice; a qualification id means one role and one text."""
    assert len({pair["id"] for pair in pairs}) == len(pairs)
    assert len({(pair["qualification_id"], str(pair["snippet"]).casefold()) for pair in pairs}) == len(pairs)
    meanings = {(pair["qualification_id"], pair["role"], pair["qualification"]) for pair in pairs}
    assert len(meanings) == len({meaning[0] for meaning in meanings})
    assert len(meanings) == len({str(meaning[2]).casefold() for meaning in meanings})


def test_a_probe_is_used_once_and_a_line_found_three_times_at_most() -> None:
    """How often a snippet stands in each set."""
    assert len({str(pair["snippet"]).casefold() for pair in PROBES}) == len(PROBES)
    assert max(Counter(pair["snippet"] for pair in RETRIEVED).values()) <= 3


@both
def test_most_qualifications_have_something_to_find(pairs: list[dict[str, object]]) -> None:
    """Each has four snippets or more; nine in ten have one above 0, every probe has; 20 roles or more."""
    grades = defaultdict(list)
    for pair in pairs:
        grades[pair["qualification_id"]].append(pair["grade"])
    assert all(len(of) >= 4 for of in grades.values())
    found = sum(any(of) for of in grades.values())
    assert found >= (1.0 if pairs is PROBES else 0.9) * len(grades)
    assert len({pair["role"] for pair in pairs}) >= 20


@both
def test_the_order_of_the_file_does_not_tell_the_grade(pairs: list[dict[str, object]]) -> None:
    """The first snippet of a qualification is no better on average than the last, within half a grade."""
    by_query = defaultdict(list)
    for pair in pairs:
        by_query[pair["qualification_id"]].append(int(str(pair["grade"])))
    gap = sum(of[0] - of[-1] for of in by_query.values()) / len(by_query)
    assert abs(gap) < 0.5


@both
def test_no_address_and_no_telephone_number(pairs: list[dict[str, object]]) -> None:
    """No snippet or qualification holds anything like a mail address or a telephone number."""
    for pair in pairs:
        text = f"{pair['qualification']} {pair['snippet']}"
        assert not MAIL.search(text), pair["id"]
        assert not PHONE.search(text), pair["id"]


def test_roles_grade_every_resume_once() -> None:
    """Each graded role grades all resumes of the fixtures once, and somebody fits it a little."""
    resumes = {f"resumes/{path.name}" for path in (FIXTURES / "resumes").iterdir()}
    graded: dict[object, dict[object, object]] = defaultdict(dict)
    for row in ROLES:
        assert set(row) == {"role", "resume", "grade"}
        assert row["grade"] in GRADES
        assert row["resume"] not in graded[row["role"]]
        graded[row["role"]][row["resume"]] = row["grade"]
    assert len(graded) >= 20
    for role, grades in graded.items():
        assert (FIXTURES / str(role)).is_file()
        assert set(grades) == resumes
        assert any(grades.values())

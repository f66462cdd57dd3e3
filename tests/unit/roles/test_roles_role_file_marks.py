"""What the parser marks in a demand - for an interview, said twice, the employer's words - in role files."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from matcher.errors import RoleFileError
from matcher.parsing import parse_role
from matcher.reports.edits import edits_line, edits_of
from matcher.reports.role_file import role_to_json, role_to_toml
from matcher.settings import Limits
from matcher.types import Assess, Role

POSTING = """Optician
Fjordline Optics

About us
We make telescopes for bird watchers. We grind lenses for lighthouses.

Requirements
- Fitting spectacles
- Passion for optics
- Familiarity with our work

Nice to have
- Can fit spectacles
"""


def read(text: str) -> Role:
    return parse_role(text.encode(), "x", Limits())


ROLE = read(POSTING)
TOML = role_to_toml(ROLE)


def edited(*changes: tuple[str, str]) -> Role:
    text = TOML
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read(text)


def block(name: str) -> str:
    start = TOML.index(f'[[qualifications]]\nid = "{name}"')
    return TOML[start : TOML.index("\n\n", start)]


def changed(name: str, old: str, new: str) -> Role:
    assert old in block(name)
    return edited((block(name), block(name).replace(old, new)))


def test_the_marks_stand_in_the_file() -> None:
    """Each where a person can take it away, the employer's own words with a note of whose they are."""
    assert [item.weight for item in ROLE.qualifications] == [1.0, 0.0, 1.0, 0.0]
    assert 'assess = "interview"' in block("q2")
    assert 'same_as = "q1"' in block("q4")
    own = "# the posting's own words"
    assert f'    "make telescopes for bird watchers", {own}\n    "grind lenses' in block("q3")


@pytest.mark.parametrize("write", [role_to_toml, role_to_json])
def test_marks_come_back_from_either_form(write: Callable[[Role], str]) -> None:
    """A file that nobody changed is the role, and names no change."""
    back = read(write(ROLE))
    assert back.qualifications == ROLE.qualifications
    assert (back.parsed, edits_of(back)) == (None, [])
    assert write(back) == write(ROLE)


@pytest.mark.parametrize(
    ("name", "old", "new", "said", "weight"),
    [
        ("q2", '"interview"', '"resume"', "q2 assessed in the resume; weight of q2 0 → 1", 1.0),
        ("q2", 'assess = "interview"\n', "", "q2 assessed in the resume; weight of q2 0 → 1", 1.0),
        ("q1", '"resume"', '"interview"', "q1 assessed in an interview; weight of q1 1 → 0", 0.0),
        (
            "q2",
            'weight = 0.0\nassess = "interview"',
            'weight = 2\nassess = "resume"',
            "q2 assessed in the resume; weight of q2 0 → 2",
            2.0,
        ),
        ("q4", 'same_as = "q1"\n', "", "q4 counts by itself; weight of q4 0 → 0.5", 0.5),
        ("q4", '"q1"', '""', "q4 counts by itself; weight of q4 0 → 0.5", 0.5),
        ("q3", "text =", 'same_as = "q1"\ntext =', "q3 says the same as q1; weight of q3 1 → 0", 0.0),
        ("q4", '"preferred"', '"required"', "q4 preferred → required", 0.0),
    ],
)
def test_a_weight_that_is_left_follows_a_changed_mark(
    name: str, old: str, new: str, said: str, weight: float
) -> None:
    """The change and what it does to the weight are named."""
    role = changed(name, old, new)
    assert edits_line(role) == f"Edited by a person: {said}."
    assert next(item.weight for item in role.qualifications if item.id == name) == weight
    assert read(role_to_toml(role)) == read(role_to_json(role)) == role


def test_the_employers_own_words_are_taken_out_and_joined_by_a_persons() -> None:
    """What a person wrote is never called the posting's, and both changes are named."""
    role = changed("q3", '"grind lenses for lighthouses"', '"optics"')
    item = role.qualifications[2]
    assert item.alternatives == ("make telescopes for bird watchers", "optics")
    assert item.from_about == ("make telescopes for bird watchers",)
    assert edits_line(role) == (
        "Edited by a person: q3 also as “optics”, no longer as “grind lenses for lighthouses”."
    )
    assert role_to_toml(role).count("# the posting's own words") == 1
    none = edited((block("q3").split("alternatives")[1], " = []"))
    assert none.qualifications[2].from_about == ()
    assert edits_of(none)[0].after is None


def test_a_demand_that_repeats_one_left_out_counts_itself() -> None:
    """Nothing that is asked is lost with the other."""
    role = changed("q1", "keep = true", "keep = false")
    last = role.qualifications[-1]
    assert (last.id, last.same_as, last.weight) == ("q4", None, 0.5)
    assert "q4 counts by itself; weight of q4 0 → 0.5" in edits_line(role)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("q2", '"interview"', '"later"', "assess is one of resume, interview"),
        ("q2", "weight = 0.0", "weight = 2", "q2 is left to an interview: write assess"),
        ("q4", "weight = 0.0", "weight = 2", "q4 counts as q1: take its same_as away"),
        ("q4", '"q1"', '"q9"', "same_as is the id of another qualification; there is no q9"),
        ("q4", '"q1"', '"q4"', "same_as is the id of another qualification"),
        ("q3", "text =", 'same_as = "q4"\ntext =', "q4 says the same as q1: name q1 here"),
    ],
)
def test_a_wrong_mark_is_told_with_its_line(name: str, old: str, new: str, said: str) -> None:
    """Another word, an id that is not there, itself, or one that repeats in turn."""
    with pytest.raises(RoleFileError, match=r"Line \d+ of the role file: .*" + said):
        changed(name, old, new)


def test_files_without_marks_are_read() -> None:
    """Written before there were marks: what is absent is assessed in the resume and counts by itself."""
    text = "".join(
        line
        for line in role_to_toml(replace(ROLE, qualifications=ROLE.qualifications[:1])).splitlines(True)
        if not line.startswith(("assess", "same_as"))
    )
    text = text.replace('assess = "resume", ', "").replace('assess = "interview", ', "")
    first = read(text).qualifications[0]
    assert (first.assess, first.same_as, first.weight) == (Assess.RESUME, None, 1.0)

"""Demands that say one thing twice count once."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.parsing import parse_role
from matcher.roles.constraints import constraints
from matcher.roles.repeats import counted_once
from matcher.settings import Limits
from matcher.types import Constraints, Qualification, QualificationKind

KINDS = {
    "r": QualificationKind.REQUIRED,
    "p": QualificationKind.PREFERRED,
    "d": QualificationKind.RESPONSIBILITY,
}


WORDS = [
    "plan",
    "planning",
    "events",
    "event",
    "expert",
    "or",
    "basic",
    "python",
    "java",
    "5",
    "years",
    "not",
]


def same_as(*lines: str) -> list[str | None]:
    """Which qualification each line ("r ", "p " or "d " before it) is said to repeat."""
    asked = [
        Qualification(
            f"q{number}",
            text,
            KINDS[kind],
            1.0,
            Constraints() if kind == "d" else constraints(text),
        )
        for number, (kind, text) in enumerate((line.split(" ", 1) for line in lines), 1)
    ]
    return [item.same_as for item in counted_once(asked)]


@pytest.mark.parametrize(
    ("lines", "repeats"),
    [
        (("r Reading fabrication drawings", "p Can read fabrication drawings"), [None, "q1"]),
        (("d You will prepare our VAT returns", "r Preparing VAT returns"), ["q2", None]),
        (("p 3 years of sales experience", "r 5 years of sales experience"), ["q2", None]),
        (("r Python", "r Expert Python"), ["q2", None]),
        (("r Event planning", "r Planning events", "d Plan an event"), [None, "q1", "q1"]),
        (("r Experience with Terraform", "p Experience with Terraform preferred"), [None, "q1"]),
        (
            (
                "r Designing and operating distributed data pipelines in Python",
                "p Designing and operating distributed data pipelines",
            ),
            [None, "q1"],
        ),
    ],
)
def test_a_demand_in_other_forms_of_the_same_words_repeats_the_firmer_one(
    lines: tuple[str, ...], repeats: list[str | None]
) -> None:
    """The firmest stands for itself, of equals the first; what asks less repeats what asks more."""
    assert same_as(*lines) == repeats


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("r 5 years of sales experience", "p 10 years of sales experience"),
        ("r Python", "p Expert Python"),
        ("r Python", "p Experience with Python"),
        ("r Python or R", "p Python and R"),
        ("r Tools such as Tableau", "p Tableau tools"),
        ("r Familiarity with Kubernetes", "p Kubernetes"),
        ("r Bachelor's degree in law", "p Master's degree in law"),
        ("r Nursing", "p Knowledge of nursing law"),
        ("r Support", "p IT support"),
        ("r C", "p C++"),
        (
            "r Designing and operating distributed data pipelines in Python",
            "p Designing and operating distributed data pipelines in Java",
        ),
        ("r Managing a team of engineers", "r Mentoring of apprentices"),
        ("r Basic Spanish", "p Fluent Spanish"),
    ],
)
def test_a_demand_that_asks_more_or_other_is_no_repeat(one: str, other: str) -> None:
    """Longer, deeper, every one of several, another thing: each counts by itself."""
    assert same_as(one, other) == [None, None]


@settings(derandomize=True, max_examples=60, deadline=timedelta(seconds=5))
@given(
    st.lists(
        st.tuples(st.sampled_from("rpd"), st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)),
        max_size=8,
    )
)
def test_what_is_named_stands_for_itself_and_is_no_weaker(drawn: list[tuple[str, list[str]]]) -> None:
    """Nothing repeats a repeat or a less firm demand, and marking again changes nothing."""
    lines = [f"{kind} {' '.join(words)}" for kind, words in drawn]
    named = same_as(*lines)
    for line, name in zip(lines, named, strict=True):
        if name is not None:
            place = int(name[1:]) - 1
            assert named[place] is None
            assert "rpd".index(lines[place][0]) <= "rpd".index(line[0])
    free = [line for line, name in zip(lines, named, strict=True) if name is None]
    assert same_as(*free) == [None] * len(free)


def test_a_repeat_weighs_nothing_also_where_duties_are_all_there_is() -> None:
    """The weight of what is said twice is that of one demand."""
    posting = b"Welder\n\nRequirements\n- Reading drawings\n- TIG welding\n\nNice to have\n- Read drawings\n"
    role = parse_role(posting, "x", Limits())
    assert [(item.weight, item.same_as) for item in role.qualifications] == [
        (1.0, None),
        (1.0, None),
        (0.0, "q1"),
    ]
    duties = b"Welder\n\nResponsibilities\n- Read drawings\n- Weld pipes\n- Reading of drawings\n"
    role = parse_role(duties, "x", Limits())
    assert [item.weight for item in role.qualifications] == [1.0, 1.0, 0.0]

"""How the lines of a whole resume join into one strength."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.matching.asked import Asked, Texts
from matcher.matching.demand import Demand
from matcher.matching.distinct import Repeats, distinct_lines
from matcher.matching.lexical import terms
from matcher.matching.lines import Lines
from matcher.matching.signals import asks_to_manage, is_manager
from matcher.matching.support import (
    RELATED_AT,
    clause_strengths,
    joined_strength,
    joint_strength,
)
from matcher.matching.titles import MANAGER, Title, title_share, titled
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT, in_common
from matcher.types import Joined, Qualification, QualificationKind, SectionKind, Snippet, Span

LAW = settings(derandomize=True, max_examples=80, deadline=None)
VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=8)


def snippets(*texts: str) -> list[Snippet]:
    """One snippet a line."""
    found, start = [], 0
    for text in texts:
        found.append(Snippet(text, Span(start, start + len(text)), SectionKind.EXPERIENCE, text))
        start += len(text) + 1
    return found


def joined(values: list[float], *texts: str, asked: str = "Glazing", title: float = 0.0) -> float:
    """The strength of lines with these values; without `texts` they share no word with the demand."""
    lines = snippets(*(texts or [f"line {place}" for place in range(len(values))]))
    compared = Lines.of([terms(line.masked) for line in lines])
    found = {index: value for index, value in enumerate(values) if value >= RELATED_AT}
    related = distinct_lines(Repeats.of(lines), found, found)
    if not related:
        return max(values)
    wanted = Asked.of(asked)
    return joint_strength(wanted, in_common(Texts.of([wanted]), compared)[0], found, related, title)


def band(value: float) -> int:
    """Which verdict's band a strength lies in."""
    return (value >= PARTIAL_AT) + (value >= STRONG_AT)


def test_support_a_second_line_counts_and_an_irrelevant_or_repeated_one_does_not() -> None:
    """Of two resumes with the same best line the one with a further line on the demand is stronger."""
    assert joined([0.6, 0.4]) > joined([0.6]) == joined([0.6, RELATED_AT / 2]) == 0.6
    assert joined([0.6, 0.6], "Fitted panes", "Fitted panes") == 0.6
    assert joined([0.6, 0.4, 0.3, 0.3, 0.3]) == joined([0.6, 0.4, 0.3])


def test_support_of_lines_in_one_place_the_strongest_counts() -> None:
    """A line inside another, or across its end, is none beside it; publications are one line."""
    whole, part, across, apart = (Span(0, 40), Span(10, 20), Span(39, 60), Span(60, 80))
    lines = [
        Snippet(str(place), span, SectionKind.EXPERIENCE, str(place))
        for place, span in enumerate((whole, part, across, apart))
    ]
    repeats = Repeats.of(lines)
    assert repeats.crossing == {0: [1, 2], 1: [0], 2: [0]}
    assert distinct_lines(repeats, {0: 0.3, 1: 0.5, 2: 0.4, 3: 0.4}, range(4)) == [1, 2, 3]
    assert distinct_lines(repeats, {0: 0.6, 1: 0.5, 2: 0.4, 3: 0.2}, range(4)) == [0, 3]
    published = [Snippet(x.text, x.span, SectionKind.PUBLICATIONS, x.masked) for x in lines[1:]]
    assert Repeats.of(published).same == {0: 0, 1: 0, 2: 0}


def test_support_words_of_a_further_clause_are_looked_for_in_every_related_line() -> None:
    """A demand with several clauses is weaker when nothing in the resume speaks of one of them."""
    asked = "Glazed windows, hung doors and laid parquet"
    lines = ("Glazed windows", "Hung doors", "Kept the books", "Laid parquet")
    values = [0.6, 0.3, 0.12, 0.11]
    all_three = joined(values, *lines, asked=asked)
    without_last = joined(values[:3], *lines[:3], asked=asked)
    assert all_three > without_last > joined(values[:1], *lines[:1], asked=asked)


@LAW
@given(VALUES, st.floats(0, 1), st.integers(0, 7), st.floats(0, 1))
def test_support_corroboration_stays_in_the_band_and_never_falls(
    values: list[float], title: float, at: int, higher: float
) -> None:
    """Lines that add no word of the demand move strength inside its verdict, up as any of them rises."""
    strength = joined(values, title=title)
    assert band(strength) == band(max(values))
    assert strength >= max(values)
    place = at % len(values)
    raised = [*values[:place], max(higher, values[place]), *values[place + 1 :]]
    assert joined(raised, title=title) >= strength - 1e-12


@LAW
@given(VALUES, st.integers(1, 1000), st.floats(0, RELATED_AT, exclude_max=True))
def test_support_padding_moves_nothing(values: list[float], number: int, weak: float) -> None:
    """Any number of lines that have nothing to do with the demand leave a related resume as it was."""
    if max(values) >= RELATED_AT:
        assert joined([*values, *[weak] * number]) == joined(values)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Managing technical research or engineering teams", True),
        ("Led a crew of six", True),
        ("Supervise kitchen staff", True),
        ("Managed accounts of retail customers", False),
        ("Runs PostgreSQL", False),
    ],
)
def test_support_managing_people_is_not_managing_things(text: str, people: bool) -> None:
    """What is managed decides whether people are."""
    assert asks_to_manage(text) is people


def test_support_a_managers_title_answers_a_demand_to_manage() -> None:
    """Of two titles the one that leads people supports managing them, in positions that are relevant."""
    titles = [Title.of("Warehouse Supervisor"), Title.of("Warehouse Analyst")]
    asked = Asked.of("Five years of leading a night crew")
    assert is_manager("Warehouse Supervisor")
    for title in ("Co-Founder & CTO", "SVP Sales", "Sales Lead", "Lead, Platform", "Lead of Design"):
        assert is_manager(title)
    for title in ("Server and Lead Bartender", "Lead Technician", "Lead Generation Specialist"):
        assert not is_manager(title)
    assert title_share(asked, titles, frozenset({0, 1})) == MANAGER
    assert title_share(asked, titles, frozenset({1})) == 0.0
    assert title_share(Asked.of("Glazing"), titles, frozenset({0})) == 0.0
    assert title_share(Asked.of("Glazier"), [Title.of("Glazier")], frozenset({0})) == 1.0


def test_a_title_that_names_much_of_the_demand_supports_years() -> None:
    """A pressure welder's years bear on a pressure shop, a nurse's do not bear on dialysis."""
    titles = [Title.of("Pressure Welder"), Title.of("Accountant"), Title.of("")]
    assert titled(Asked.of("a pressure shop"), titles) == {0}
    assert titled(Asked.of("dialysis nursing"), [Title.of("Registered Nurse")]) == frozenset()


def judged(text: str, *lines: str, words: float, parts: list[float]) -> list[float]:
    """The strengths of the clauses of a demand whose whole has the strength `words` in each of `lines`, and
    whose clauses have at best those of `parts`."""
    demand = Demand.of(Qualification("q1", text, QualificationKind.REQUIRED, 1.0))
    compared = Lines.of([terms(line) for line in lines])
    whole = dict.fromkeys(range(len(lines)), words)
    return clause_strengths(demand, words, whole, parts, compared, bytes(len(lines)))


def test_support_a_clause_in_prose_is_missing_when_neither_its_words_nor_its_sense_are_there() -> None:
    """A word of it, one that begins alike, or a line like it shows it; without any it is not shown."""
    asked = "Budgeting and staffing of public events"
    assert judged(asked, "Set budgets", words=0.9, parts=[0.1, 0.2]) == [0.9, 0.2]
    assert judged(asked, "Set budgets", "Hired staff", words=0.9, parts=[0.1, 0.2]) == [0.9, 0.9]
    assert judged(asked, "Set budgets", words=0.9, parts=[0.1, PARTIAL_AT]) == [0.9, 0.9]


def test_support_a_whole_of_which_no_clause_stands_alone_shows_them_all() -> None:
    """Where a line has other words for all of it, the whole decides; one that is merely near to it shows no
    clause, and comes to less than one clause alone."""
    asked = "Budgeting and staffing"
    assert judged(asked, "Ran the festival", words=0.9, parts=[0.1, 0.1]) == [0.9, 0.9]
    near = judged(asked, "Ran the festival", words=0.7, parts=[0.3, 0.3])
    one = judged(asked, "Set budgets", words=0.9, parts=[0.9, 0.1])
    assert near == [0.3, 0.3]
    assert PARTIAL_AT < joined_strength(0.7, Joined.ALL, near) < joined_strength(0.9, Joined.ALL, one)


def test_support_of_common_words_none_is_missed() -> None:
    """What is commonly done and seldom said is no clause of which one could say that it is missing."""
    assert judged("Planning and staffing", "Hired staff", words=0.9, parts=[0.1, 0.1]) == [0.9, 0.9]


def test_support_one_of_the_names_of_a_clause_is_enough() -> None:
    """Power BI shows "either Looker or Power BI", and SQL has to stand for itself."""
    asked = "SQL and either Looker or Power BI"
    assert judged(asked, "SQL", "Power BI", words=0.9, parts=[0.3, 0.3]) == [0.9, 0.9]
    assert judged(asked, "Looker and Power BI", words=0.9, parts=[0.3, 0.3]) == [0.3, 0.9]


@given(st.lists(st.floats(0, 1), min_size=2, max_size=5), st.floats(0, 1), st.floats(0, 1))
@LAW
def test_support_what_is_joined_never_falls_as_a_clause_rises(
    parts: list[float], whole: float, raised: float
) -> None:
    """Neither of alternatives nor of what is all asked; and all asked is no stronger than one of them."""
    better = [max(parts[0], raised), *parts[1:]]
    for how in Joined:
        assert joined_strength(whole, how, better) >= joined_strength(whole, how, parts) - 1e-12
    assert joined_strength(whole, Joined.ALL, parts) <= joined_strength(whole, Joined.ANY, parts)


def test_half_of_the_names_that_are_asked_is_partial() -> None:
    """Of "till software and Microsoft Office" the one that stands by its name is half; likeness is not."""
    assert joined_strength(0.1, Joined.ALL, [0.02, 0.6], [False, True]) == 0.5
    assert joined_strength(0.1, Joined.ALL, [0.02, 0.6], [False, False]) == 0.1
    assert joined_strength(0.1, Joined.ALL, [0.02, 0.1, 0.6], [True, True, True]) == 0.1

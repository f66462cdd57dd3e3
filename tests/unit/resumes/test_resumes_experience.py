from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.resumes import months_of, months_of_experience
from matcher.types import PartialDate, Period, Position, Span

D = PartialDate
TODAY = date(2026, 11, 22)


def job(period: Period | None) -> Position:
    return Position(None, None, None, period, Span(0, 0))


@pytest.mark.parametrize(
    ("period", "months"),
    [
        (Period(D(2020, 1), D(2020, 3)), 3),
        (Period(D(2015), D(2018)), 36),
        (Period(D(2018), D(2018)), 6),
        (Period(D(2018), D(2018, 3)), 3),
        (Period(D(2018, 10), D(2018)), 3),
        (Period(D(2015), D(2018, 3)), 33),
        (Period(D(2026, 1), None, current=True), 11),
        (Period(D(2026, 1), D(2027, 12)), 11),
        (Period(D(2019), None), None),
        (Period(None, D(2019)), None),
        (Period(D(2030, 1), None, current=True), None),
        (None, None),
    ],
)
def test_months_follow_the_written_rules(period: Period | None, months: int | None) -> None:
    """Ends are inclusive, bare years are read at their middle, and what is unknown is None."""
    assert months_of_experience([job(period)], TODAY) == months


def test_overlapping_jobs_count_once() -> None:
    """The same 36 months listed twice are 36 months."""
    held = Period(D(2018, 1), D(2020, 12))
    assert months_of_experience([job(held), job(held)], TODAY) == 36
    inner = Period(D(2019, 3), D(2021, 6))
    assert months_of_experience([job(held), job(inner)], TODAY) == 42


def test_neighbouring_years_neither_overlap_nor_leave_a_gap() -> None:
    """2015 - 2016 and 2016 - 2018 are together 2015 - 2018."""
    assert months_of([Period(D(2015), D(2016)), Period(D(2016), D(2018))], TODAY) == 36


dates = st.builds(PartialDate, st.integers(1990, 2026), st.none() | st.integers(1, 12))
periods = st.builds(Period, dates, st.none() | dates, st.booleans())


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(periods, max_size=8))
def test_the_union_is_bounded_and_has_no_order(held: list[Period]) -> None:
    """Months never exceed the calendar from the first year to today, and do not depend on the order."""
    total = months_of(held, TODAY)
    assert total == months_of(sorted(held, key=repr), TODAY)
    if total is not None:
        first = min(p.start.year for p in held if p.start is not None)
        assert 0 < total <= TODAY.year * 12 + TODAY.month - first * 12


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(periods, max_size=6), periods)
def test_one_more_job_never_takes_months_away(held: list[Period], more: Period) -> None:
    """Adding a position leaves the total or raises it, by at most that position's own months."""
    before, after, own = (
        months_of(held, TODAY) or 0,
        months_of([*held, more], TODAY) or 0,
        months_of([more], TODAY) or 0,
    )
    assert before <= after <= before + own

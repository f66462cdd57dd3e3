from datetime import date

import pytest

from matcher.matching import terms
from matcher.matching.promotions import with_promotions
from matcher.matching.titles import Title
from matcher.matching.trade import Trade, employed_in
from matcher.types import PartialDate, Period, Position, Span

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("title", "subject", "asked"),
    [
        ("Journeyman Electrician - Commercial", "commercial or industrial work", True),
        ("Senior Backend Engineer", "professional backend development", True),
        ("Product Designer (Onboarding)", "designing web products, with a portfolio", True),
        ("Staff Nurse", "dialysis nursing", False),
        ("Backend Engineer", "Kubernetes", False),
        ("Sous Chef", "managing technical research or engineering teams", False),
        (None, "forecasting", False),
    ],
)
def test_a_demand_for_the_trade_itself_names_nothing_else(
    title: str | None, subject: str, asked: bool
) -> None:
    """Most words are of the posting's title or of work in general; a specialty or a tool is more."""
    assert Trade.of(title).is_asked(subject) is asked


@pytest.mark.parametrize(
    ("title", "job", "same"),
    [
        ("Journeyman Electrician - Commercial", "Apprentice Electrician", True),
        ("Staff Pharmacist", "Clinical Pharmacist, Antimicrobials", True),
        ("Senior Data Engineer", "Senior Bridge Engineer", False),
        ("Product Designer (Onboarding)", "Product Manager", False),
        (None, "Cook", False),
    ],
)
def test_a_job_of_the_trade_has_its_name_whatever_the_rank(title: str | None, job: str, same: bool) -> None:
    """Rank, place and terms of the contract are no part of a trade."""
    assert (0 in Trade.of(title).positions([Title.of(job)])) is same


def job(start: int, end: int | None, employer: str | None = None, bullets: int = 0) -> Position:
    period = Period(PartialDate(start, 1), PartialDate(end, 1) if end else None, current=end is None)
    return Position("Clerk", employer, None, period, Span(0, 1), bullets=(Span(0, 1),) * bullets)


def test_titles_of_one_block_share_its_lines() -> None:
    """The employer's line with the whole span and two titles above the bullets count with the last."""
    block = [job(2014, None), job(2020, None), job(2014, 2020, bullets=3)]
    assert with_promotions(block, frozenset({2}), TODAY) == {0, 1, 2}


def test_another_employer_a_gap_or_lines_of_its_own_part_two_jobs() -> None:
    """What is a job of its own shares nothing with the one below it."""
    for upper, lower in (
        (job(2014, 2020, "Quay Stores"), job(2010, 2014, "Lock Stores", 2)),
        (job(2020, 2024), job(2010, 2014, bullets=2)),
        (job(2014, 2020, bullets=1), job(2010, 2014, bullets=2)),
    ):
        assert with_promotions([upper, lower], frozenset({1}), TODAY) == {1}


def test_an_employer_is_of_what_its_name_says() -> None:
    """A bank is in banking, whatever a line tells of the work; a common word of the demand names no trade."""
    names = ("Harbour Cooperative Bank", "", "Service Point Ltd", "Bank of Fig Street, Retail")
    employers = [terms(name).stems for name in names]
    assert employed_in(terms("retail banking or financial services sales"), employers) == {0, 3}

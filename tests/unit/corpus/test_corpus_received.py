"""What the day on which a resume was received says of it."""

from dataclasses import replace
from datetime import date

from matcher.corpus.received import as_received
from matcher.resumes import months_of_experience
from matcher.types import Document, PartialDate, Period, Position, Resume, Span

TODAY = date(2026, 10, 1)
JOB = Position("Cook", None, None, Period(PartialDate(2019, 1), None, current=True), Span(0, 1))
OVER = Position("Waiter", None, None, Period(PartialDate(2015, 1), PartialDate(2016, 12)), Span(2, 3))
RESUME = Resume(Document("a b", "text/plain", "0" * 64, ()), "c0", "x", positions=(JOB, OVER))


def test_present_ends_in_the_month_in_which_it_was_said() -> None:
    """Fifty-one months to March 2023, not ninety-four to the day of the search; a job that was over
    stays as it is, and the present one still says so."""
    then = as_received(RESUME, date(2023, 3, 20), TODAY)
    assert months_of_experience([then.positions[0]], TODAY) == 51
    assert months_of_experience([RESUME.positions[0]], TODAY) == 94
    assert str(then.positions[0].period) == "Jan 2019 – present"
    assert then.positions[1] == OVER


def test_what_came_this_month_or_later_is_as_it_was() -> None:
    """So a search gives to the last bit what `rank` gives on the day of receipt."""
    assert as_received(RESUME, TODAY, TODAY) is RESUME
    assert as_received(RESUME, date(2027, 1, 1), TODAY) is RESUME
    assert as_received(replace(RESUME, positions=(OVER,)), date(2020, 1, 1), TODAY).positions == (OVER,)

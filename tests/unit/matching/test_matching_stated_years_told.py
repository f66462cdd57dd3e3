"""Years of leading people that are said of oneself, beside the jobs that should tell of them."""

from datetime import date

import pytest

from matcher.documents import read
from matcher.matching.stated_years import tells_every_job
from matcher.resumes import parse

TODAY = date(2026, 10, 1)
DATED = "Sales Assistant, Hart Shoes\nMay 2015 – June 2019\n• Served customers and dressed the window\n"


@pytest.mark.parametrize(
    ("jobs", "tells"),
    [
        (DATED, True),
        (DATED + "\nGroup Assistant, Halden Institute\nMay 2009 – June 2013\n", False),
        (DATED.replace("May 2015 – June 2019", "June 2019 – May 2015"), False),
    ],
)
def test_a_job_without_lines_or_dates_may_hide_what_is_said(jobs: str, tells: bool) -> None:
    """Every job has its dates and a line, or one of them may have led people."""
    resume = parse(read(f"Ada Wren\nada@example.org\n\nEXPERIENCE\n{jobs}".encode()), "ada.txt")
    assert tells_every_job(resume, TODAY) is tells

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.resumes.dates import find_dates, find_periods
from matcher.types import PartialDate

D = PartialDate

RANGES = [
    ("Jan 2019 - Present", D(2019, 1), None, True),
    ("03/2015–02/18", D(2015, 3), D(2018, 2), False),
    ("2015 - 2018", D(2015), D(2018), False),
    ("2019-05 to 2021-06", D(2019, 5), D(2021, 6), False),
    ("Sept. '18 – Oct '19", D(2018, 9), D(2019, 10), False),
    ("1/2/2014 - 3/4/2015", D(2014, 1), D(2015, 3), False),
    ("01.05.2014 – 07.06.2016", D(2014, 5), D(2016, 6), False),
    ("since 2019", D(2019), None, True),
    ("Q3 2021 - Q1 2022", D(2021, 7), D(2022, 3), False),
    ("Fall 2019 — Spring 2020", D(2019, 9), D(2020, 5), False),
    ("Jan 19 - Mar 21", D(2019, 1), D(2021, 3), False),
    ("2012 – 13", D(2012), D(2013), False),
    ("June to December 2008", D(2008, 6), D(2008, 12), False),
    ("August 15, 2019 until September 3, 2020", D(2019, 8), D(2020, 9), False),
    ("2016/09 - now", D(2016, 9), None, True),
    ("May 2019 — Current/Expected", D(2019, 5), None, True),
    ("März 2015 bis heute", D(2015, 3), None, True),
    ("janv. 2018 à ce jour", D(2018, 1), None, True),
    ("enero 2015 a marzo 2017", D(2015, 1), D(2017, 3), False),
    ("maio de 2015 até o momento", D(2015, 5), None, True),
    ("gennaio 2015 - oggi", D(2015, 1), None, True),
    ("jan 2014 - heden", D(2014, 1), None, True),
    ("2018年3月 - 至今", D(2018, 3), None, True),
    ("2018.03 ~ 2020.01", D(2018, 3), D(2020, 1), False),
    ("July2017-June2018", D(2017, 7), D(2018, 6), False),
]


@pytest.mark.parametrize(("text", "start", "end", "current"), RANGES)
def test_every_usual_range_is_read(
    text: str, start: PartialDate, end: PartialDate | None, current: bool
) -> None:
    """A range gives its two ends as precisely as they are written."""
    (period,) = find_periods(text)
    assert (period.start, period.end, period.current) == (start, end, current)


@pytest.mark.parametrize(
    "text", ["13/2019 - 2/2020", "2019 - 2015", "Jan 2090 - Feb 2091", "01/2015 to 01/2012"]
)
def test_an_impossible_range_is_unknown(text: str) -> None:
    """A thirteenth month, an end before its start or a year out of reach leaves both ends unknown."""
    (period,) = find_periods(text)
    assert (period.start, period.end, period.current) == (None, None, False)


@pytest.mark.parametrize(
    "text",
    [
        "24/7 support",
        "(555) 123-4567",
        "555-0142",
        "$2019 million",
        "Windows 98 to XP",
        "grew 2000%",
        "Present",
        "5 - 10 years",
    ],
)
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    """Phone numbers, money, versions and percentages are no periods."""
    assert find_periods(text) == []
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Summer 2020", D(2020, 6), D(2020, 8)),
        ("Spring 2013", D(2013, 3), D(2013, 5)),
        ("Winter 2021", D(2021, 1), D(2021, 2)),
        ("Q3 2021", D(2021, 7), D(2021, 9)),
        ("Expected May 2026", D(2026, 5), D(2026, 5)),
        ("15 August 2019", D(2019, 8), D(2019, 8)),
        ("2011 / 11", D(2011, 11), D(2011, 11)),
        ("2015", D(2015), D(2015)),
    ],
)
def test_a_season_or_quarter_is_its_months(text: str, first: PartialDate, last: PartialDate) -> None:
    """A single date spans what it names: a season three months, a month itself, a year unknown months."""
    ((written, _),) = find_dates(text)
    assert written == (first, last)


def test_the_span_of_a_period_is_its_words() -> None:
    """The span, moved by the offset, is exactly the words of the range."""
    text = "Acme, Jan 2019 - Present, Leeds"
    (period,) = find_periods(text, offset=100)
    assert period.span is not None
    assert text[period.span.start - 100 : period.span.end - 100] == "Jan 2019 - Present"


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789/.-–' JanSeptoresentQ年月,\n", max_size=60))
def test_any_text_gives_ordered_possible_periods(text: str) -> None:
    """Whatever the text, a period's end is never before its start and its months are months."""
    for period in find_periods(text):
        for date in (period.start, period.end):
            if date is not None and date.month is not None:
                assert 1 <= date.month <= 12
        if period.start is not None and period.end is not None:
            assert period.start.year <= period.end.year

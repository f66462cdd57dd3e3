"""Dates and periods as resumes write them. What is impossible is unknown, and says so with None.

Numeric forms: "03/2015" is month and year; "1/2/2014" is month/day/year unless the first number is over
12 or dots separate them (then day/month/year); a two-digit year needs a month before it ("03/15",
"Sept '18") and a range around it or an apostrophe in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from matcher.resumes.calendar_words import MONTHS, PRESENT, SEASONS, SINCE, UNTIL
from matcher.types import PartialDate, Period, Span

# Years outside are not working lives but other numbers; both ends are generous.
FIRST_YEAR, LAST_YEAR = 1940, 2040
_PIVOT = 40  # two-digit years up to this are 20xx, above it 19xx

_BARE = r"(?:19|20)\d\d(?![\d%]|[.,]\d)"
_Y = rf"(?<![\d.$€£#])(?<!\d,){_BARE}"
_MONTH = "(?:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")(?![^\W\d_])\.?"
_SEASON = "(?:" + "|".join(sorted(SEASONS, key=len, reverse=True)) + r")(?![^\W\d_])"
_ATOM_FORMS = (
    rf"{_Y}\s?年\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?",
    rf"{_Y}\s?年",
    r"(?<![\d.$€£#])(?:19|20)\d\d\s?[-/.]\s?(?:1[0-9]|0?[1-9])(?:\s?[-/.]\s?(?:3[01]|[12]\d"
    r"|0?[1-9]))?(?!\d)(?!\s?[/.]\s?\d)"
    r"(?!(?<=\s\d\d)-(?:19|20)\d\d(?!\s?[-/.]\s?\d))",  # "2019 / 04-2021" ends in April 2021
    rf"(?<![\d/.])\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?(?:{_BARE}|\d\d(?!\d))",
    rf"(?<![\d/.$])\d{{1,2}}\s?[-/.]\s?{_BARE}",
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?\s{{1,9}}(?:of\s{{1,9}}"
    rf"|de\s{{1,9}})?)?{_MONTH}(?:\s{{0,9}}\d{{1,2}}(?:st|nd|rd|th)?,)?"
    rf"[\s,/\-–]{{0,9}}(?:of\s{{1,9}}|de\s{{1,9}}|del\s{{1,9}})?(?:{_BARE}|[’'`´]\s?\d\d(?!\d))",
    rf"{_SEASON}(?:\s{{1,9}}semester)?\s{{0,9}}:?[\s,/\-–]{{0,9}}(?:of\s{{1,9}}|de\s{{1,9}})?(?:{_BARE}"
    rf"|[’'`´]\s?\d\d(?!\d))",
    rf"Q[1-4]\s{{0,9}}[,/\-’']?\s{{0,9}}{_Y}",
    rf"{_Y}\s{{0,9}}[,/\-]?\s{{0,9}}Q[1-4]",
    _Y,
)
_SHORT_FORMS = (  # only inside a range
    r"(?<![\d/.$])(?:1[0-9]|0?[1-9])\s?/\s?[’']?\d\d(?![\d/%])",
    rf"{_MONTH}\s{{0,9}}\d\d(?![\d%,])",
    rf"{_MONTH}",
)
_ATOM = "(?:" + "|".join(_ATOM_FORMS) + ")"
_ENDING = "(?:" + "|".join((*_ATOM_FORMS[:-1], *_SHORT_FORMS[:2], _Y, r"[’']?\d\d(?![\d%/.,:])")) + ")"
_STARTING = "(?:" + "|".join((*_ATOM_FORMS[:-1], *_SHORT_FORMS[:2], _Y, _SHORT_FORMS[2])) + ")"
_WORD = r"(?<![^\W_])"
_YEARS = rf"(?P<ya>{_Y})\s?/\s?(?P<yb>(?:19|20)\d\d)(?![\d/.])"  # "2018/2019", a school year
_RANGE = re.compile(
    rf"(?:{_WORD}(?:{SINCE}|de|von"
    rf"|du)\s{{1,9}})?{_WORD}(?P<a>{_STARTING})\s{{0,9}}(?:\(?\s{{0,9}}(?:{UNTIL})\s{{0,9}}(?=[\s(’']|[^\W_]))\s{{0,9}}"
    rf"(?P<b>(?:{PRESENT})(?![^\W_])|{_WORD}{_ENDING})(?:\s{{0,9}}/\s{{0,9}}(?:present|expected))?",
    re.IGNORECASE,
)
_SCHOOL_YEARS = re.compile(rf"{_WORD}{_YEARS}")
_OPEN = re.compile(rf"{_WORD}(?P<w>{SINCE})\s{{1,9}}(?P<a>{_ATOM})", re.IGNORECASE)
_SINGLE = re.compile(rf"{_WORD}(?P<a>{_ATOM})", re.IGNORECASE)
_PRESENT = re.compile(rf"(?:{PRESENT})", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
# No date is written without one of these; most lines hold none, and this is soon known.
_LIKELY = re.compile(
    rf"(?:19|20)\d\d|['’`´]\s?\d\d|\d\s?[-/.]\s?['’]?\d\d|{_MONTH}\s{{0,9}}\d\d", re.IGNORECASE
)
_CACHED = 300  # characters; lines are asked for their dates by several readers
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d{1,9}")
_LETTERS = re.compile(r"[^\W\d_]{1,40}")
_AROUND = " \t()[],;:|•·–—-.'\u200b"
_DURATION = re.compile(
    r"\(?\d{1,9}\+?\s{0,9}(?:years?|yrs?|months?|mos?|weeks?)[^)\t]{0,30}\)?", re.IGNORECASE
)
LEAD = re.compile(rf"^\W{{0,9}}(?:{SINCE}|von|de|du|fra)\s{{0,9}}$", re.IGNORECASE)  # "od 2019 do 2021"
_SINCE_OPEN = frozenset({"since", "seit", "depuis", "desde", "dal", "sinds", "ab"})


class DateRange(NamedTuple):
    """First and last month that a written date may mean; month None for a bare year."""

    first: PartialDate
    last: PartialDate


def _full_year(digits: str) -> int:
    value = int(digits)
    if len(digits) == 2:
        return 2000 + value if value <= _PIVOT else 1900 + value
    return value


def read_date(text: str) -> DateRange | None:
    """The date that `text` writes, None when it is impossible (13/2019, the year 2090) or no date."""
    numbers = _NUMBER.findall(text)
    words = [word.casefold() for word in _LETTERS.findall(text)]
    month = next((MONTHS[word] for word in words if word in MONTHS), None)
    season = next((SEASONS[word] for word in words if word in SEASONS), None)
    four = next((number for number in numbers if len(number) == 4), None)
    if four is None and (not numbers or len(numbers[-1]) != 2):
        return None
    year = _full_year(four if four is not None else numbers[-1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if season is not None:
        return DateRange(PartialDate(year, season[0]), PartialDate(year, season[1]))
    quarter = re.search(r"q([1-4])", text, re.IGNORECASE)
    if quarter:
        last = int(quarter[1]) * 3
        return DateRange(PartialDate(year, last - 2), PartialDate(year, last))
    if month is None:
        others = [int(number) for number in numbers if number is not four]
        if four is None:
            others = [int(number) for number in numbers[:-1]]
        if not others:
            return DateRange(PartialDate(year), PartialDate(year)) if four is not None else None
        if len(others) == 1 or (four is not None and numbers[0] == four):
            month = others[0]  # month/year or year-month(-day)
        elif "." in text or others[0] > 12:
            month = others[1]
        else:
            month = others[0]
        if not 1 <= month <= 12:
            return None
    return DateRange(PartialDate(year, month), PartialDate(year, month))


def _ordered(start: PartialDate, end: PartialDate) -> bool:
    if start.year != end.year:
        return start.year < end.year
    return start.month is None or end.month is None or start.month <= end.month


def _between(match: re.Match[str], span: Span) -> Period | None:
    first, last = match["a"], match["b"]
    if _PRESENT.fullmatch(last):
        begun = read_date(first)
        if begun is None:
            return Period(None, None, False, span) if _NUMBER.search(first) else None
        return Period(begun.first, None, True, span)
    end = read_date(last)
    start = read_date(first)
    digits = _NUMBER.findall(last)
    year = _NUMBER.findall(first)
    if end is None and not _LETTERS.search(last) and len(digits) == 1 and len(digits[0]) == 2:
        if start is None or start.first.month is not None or len(year) != 1 or len(year[0]) != 4:
            return None
        century = start.first.year - start.first.year % 100  # "2012 - 13"
        end = DateRange(*(PartialDate(century + int(digits[0])),) * 2)
    if start is None and not year and end is not None:  # "June to December 2008"
        month = next((MONTHS[w.casefold()] for w in _LETTERS.findall(first) if w.casefold() in MONTHS), None)
        if month is None or end.last.month is None:
            return None
        start = DateRange(*(PartialDate(end.last.year, month),) * 2)
    if start is None and not year:
        return None
    if start is None or end is None or not _ordered(start.first, end.last):
        return Period(None, None, False, span)
    return Period(start.first, end.last, False, span)


def find_periods(text: str, offset: int = 0) -> list[Period]:
    """Every range of dates in `text`, in order, spans moved by `offset`.

    A range that is written but impossible (its end before its start, a thirteenth month) is a Period
    with neither end. "since 2019" is open to the present.
    """
    found = _line_periods(text) if len(text) <= _CACHED else _periods(text)
    if not offset:
        return list(found)
    return [
        Period(p.start, p.end, p.current, Span(p.span.start + offset, p.span.end + offset))
        for p in found
        if p.span is not None
    ]


def _periods(text: str) -> tuple[Period, ...]:
    if not _LIKELY.search(text):
        return ()
    found: list[Period] = []
    taken: list[tuple[int, int]] = []
    for match in _RANGE.finditer(text):
        period = _between(match, Span(match.start("a"), match.end()))
        if period is not None:
            found.append(period)
            taken.append(match.span())
    for match in _OPEN.finditer(text):
        if match["w"].casefold() in _SINCE_OPEN and not _overlapped(match.span(), taken):
            begun = read_date(match["a"])
            if begun is not None:
                found.append(Period(begun.first, None, True, Span(*match.span())))
    for match in _SCHOOL_YEARS.finditer(text):
        if int(match["yb"]) - int(match["ya"]) == 1 and not _overlapped(match.span(), taken):
            years = PartialDate(int(match["ya"])), PartialDate(int(match["yb"]))
            found.append(Period(*years, False, Span(*match.span())))
    return tuple(sorted(found, key=lambda period: period.span or Span(0, 0)))


def _overlapped(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """True when one of `taken`, which are in order, overlaps the span."""
    place = bisect_left(taken, (span[1], 0))
    return place > 0 and taken[place - 1][1] > span[0]


def find_dates(text: str, offset: int = 0) -> list[tuple[DateRange, Span]]:
    """Every single date in `text` that is possible, in order, with its span moved by `offset`."""
    found = _line_dates(text) if len(text) <= _CACHED else _dates(text)
    if not offset:
        return list(found)
    return [(written, Span(span.start + offset, span.end + offset)) for written, span in found]


def _dates(text: str) -> tuple[tuple[DateRange, Span], ...]:
    if not _LIKELY.search(text):
        return ()
    found = []
    for match in _SINGLE.finditer(text):
        written = read_date(match["a"])
        if written is not None:
            found.append((written, Span(*match.span("a"))))
    return tuple(found)


_line_periods = lru_cache(maxsize=1024)(_periods)
_line_dates = lru_cache(maxsize=1024)(_dates)


def bare_dates(text: str) -> bool:
    """True when the text is nothing but a date or a period, brackets and a stated duration aside."""
    if not _DIGIT.search(text):
        return False
    spans = [period.span for period in find_periods(text)] or [span for _, span in find_dates(text)]
    if not spans or spans[0] is None:
        return False
    rest = LEAD.sub("", text[: spans[0].start]) + " " + text[spans[0].end :]
    return not _DURATION.sub("", rest).strip(_AROUND)

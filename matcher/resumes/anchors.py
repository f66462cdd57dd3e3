"""Anchors: the rows that carry a position's or a degree's dates, told apart from dates in prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.resumes.dates import DateRange, bare_dates, find_dates, find_periods
from matcher.resumes.headings import label_kind
from matcher.resumes.rows import Row
from matcher.types import Period, SectionKind, Span

_STOP = re.compile(
    r"(?<!\binc)(?<!\bltd)(?<!\bco)(?<!\bcorp)(?<!\bst)(?<!\bu\.s)(?<!\b[a-z])[.!?]$", re.IGNORECASE
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Za-z]|inc|ltd|co|corp|llc|dept|jr|sr|st|etc|intl|univ)\.)$", re.IGNORECASE
)
_BEFORE_OK = re.compile(r"(?:[\t|,;:(\[•·–—/@\-]|\b(?:since|seit|from))\s{0,9}$", re.IGNORECASE)
_AFTER_OK = re.compile(r"^\s{0,9}(?:[\t|,;:)\]•·–—/\-]|$)")
_WORD_BEFORE = re.compile(
    r"\b(?:in|from|of|for|during|between|the|and|by|over|with|through|to|at|within|than|fy|year|since"
    r"|class of"
    r"|graduated|expected|budget|season|until)\s{0,9}$",
    re.IGNORECASE,
)
# "Objective: a desk of my own" is a section on one line, no header of a job.
_LABELS = frozenset(
    (
        SectionKind.SUMMARY,
        SectionKind.SKILLS,
        SectionKind.LANGUAGES,
        SectionKind.INTERESTS,
        SectionKind.REFERENCES,
    )
)
_DIGIT = re.compile(r"\d")
_CELLS = re.compile(r"[^\t]+")
_AROUND = " \t()[],;:|•·–—-.'\u200b"
_DURATION = re.compile(
    r"\(?\d{1,9}\+?\s{0,9}(?:years?|yrs?|months?|mos?|weeks?)[^)\t]{0,30}\)?", re.IGNORECASE
)


def header_like(row: Row) -> bool:
    """True for a short line that is no sentence, no list item and no wrapped end of one."""
    text = row.text
    if row.blank or row.bullet or len(text) > 130 or len(text.split()) > 16:
        return False
    first = next((c for c in text if c.isalnum()), "")
    if first.islower() or not first:
        return False
    if text.endswith((".", "!", "?", ";")) and not _ABBREVIATED.search(text):
        return False
    return text.count(",") <= 4 and "@" not in text and label_kind(text) not in _LABELS


def _bare(text: str) -> bool:
    return not _DURATION.sub("", text).strip(_AROUND)


def anchor_period(row: Row) -> Period | None:
    """The period that a row states as a header does: alone, in a cell of its own, or at an edge.

    A single date counts where it stands alone, in a cell of its own or behind a separator; its end is
    unknown, but a season or a quarter is a whole period.
    """
    text, offset = row.text, row.body.start
    if not _DIGIT.search(text):
        return None
    cell = _from_cell(text, offset)
    if cell is not None:
        return cell
    words = text.split()
    if row.bullet and (len(words) > 14 or text.endswith(".")):
        return None
    if len(words) > 18 or len(text) > 150:
        return None
    if len(words) > 8 and text.endswith(".") and not _ABBREVIATED.search(text):
        return None
    for period in find_periods(text):
        assert period.span is not None
        if _at_edge(text, period.span, exact=_has_month(period) or period.current):
            return _moved(period, offset)
    if row.bullet or len(words) > 12 or not header_like(row):
        return None
    for written, span in find_dates(text):
        before, after = text[: span.start], text[span.end :]
        if not before.strip(_AROUND):
            clear = written.first.month is not None and after.strip(_AROUND)[:1].isupper()
        else:
            at_end = not after.strip(_AROUND) and len(before.split()) <= 10
            clear = at_end and _BEFORE_OK.search(before) is not None
        if clear and not _WORD_BEFORE.search(before):
            return _single(written, span, offset)
    return None


def _from_cell(text: str, offset: int) -> Period | None:
    for match in _CELLS.finditer(text):
        cell = match[0]
        if len(cell) > 60:
            continue
        for period in find_periods(cell):
            assert period.span is not None
            if _bare(cell[: period.span.start] + " " + cell[period.span.end :]):
                return _moved(period, offset + match.start())
        dates = find_dates(cell)
        if len(dates) == 1 and _bare(cell[: dates[0][1].start] + " " + cell[dates[0][1].end :]):
            return _single(*dates[0], offset + match.start())
    return None


def _single(written: DateRange, span: Span, offset: int) -> Period:
    """A date alone: a season or a quarter is a whole period, of anything else only the start is known."""
    last = written.last if written.first != written.last else None
    return Period(written.first, last, False, Span(span.start + offset, span.end + offset))


def stacked_period(text: str, rows: Sequence[Row], i: int) -> tuple[Period, int] | None:
    """A range that is written over two or three short rows ("May 2005", "to", "Nov 2011"), and how many."""
    if len(rows[i].text) > 20 or not bare_dates(rows[i].text):
        return None
    for count in (3, 2):
        part = rows[i : i + count]
        if len(part) == count and all(0 < len(row.text) <= 20 for row in part):
            span = Span(part[0].body.start, part[-1].body.end)
            periods = find_periods(text[span.start : span.end], span.start)
            if periods and periods[0].span == span:
                return periods[0], count
    return None


def wrapped_periods(rows: Sequence[Row]) -> tuple[list[Row], dict[int, Period]]:
    """Ranges that wrap in a narrow date column ("May 2025 - August\tClerk", "2025\tAcme") are made whole.

    Returns the rows, the second of each pair without its part of the date, and the periods by the place of
    the first, whose span is the first part.
    """
    found: dict[int, Period] = {}
    result = list(rows)
    for i, (row, below) in enumerate(pairwise(rows)):
        first, tab, _ = row.text.partition("\t")
        second, other, rest = below.text.partition("\t")
        if (
            not (tab and other and rest)
            or len(first) > 24
            or len(second) > 12
            or not _DIGIT.search(first + second)
        ):
            continue
        joined = f"{first} {second}"
        whole = next((p for p in find_periods(joined) if p.span == (0, len(joined))), None)
        if (
            whole is None
            or whole.start is None
            or any(p.span == (0, len(first)) for p in find_periods(first))
        ):
            continue
        span = Span(row.body.start, row.body.start + len(first))
        found[i] = Period(whole.start, whole.end, whole.current, span)
        skip = len(below.text) - len(rest.lstrip())
        body = Span(below.body.start + skip, below.body.end)
        result[i + 1] = replace(below, span=body, body=body, text=rest.lstrip())
    return result, found


def _has_month(period: Period) -> bool:
    return period.start is not None and period.start.month is not None


def _moved(period: Period, offset: int) -> Period:
    assert period.span is not None
    span = Span(period.span.start + offset, period.span.end + offset)
    return Period(period.start, period.end, period.current, span)


def _at_edge(text: str, span: Span, exact: bool) -> bool:
    before, after = text[: span.start], text[span.end :]
    head, tail = before.strip(_AROUND), after.strip(_AROUND)
    if not head and not tail:
        return True
    if _WORD_BEFORE.search(before):
        return False
    if tail and after.lstrip()[0].islower():
        return False
    if not tail:
        return exact or _BEFORE_OK.search(before) is not None or len(head.split()) <= 8
    if not head:
        return exact or _AFTER_OK.match(after) is not None or len(tail.split()) <= 8
    if exact:
        return len(head.split()) <= 9 and head[:1].isupper() and len(tail.split()) <= 9
    return _BEFORE_OK.search(before) is not None and _AFTER_OK.match(after) is not None and head[:1].isupper()

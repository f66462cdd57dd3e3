"""Education: entries with level, field, institution and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.resumes.dates import find_dates, find_periods
from matcher.resumes.degree_fields import read_field
from matcher.resumes.degrees import Degree, find_degree
from matcher.resumes.fields_of_study import known_prefix
from matcher.resumes.headings import label_kind
from matcher.resumes.institutions import EDGE, INSTITUTION, NOISE, find_institution, pieces
from matcher.resumes.paragraphs import paragraphs
from matcher.resumes.rows import Row
from matcher.types import DegreeLevel, Education, Period, SectionKind, Span

_MOST = 600  # characters of one entry, or its first row
# "Skills: Excel, Visio" on one line below the degrees tells of none.
_LABELS = frozenset((SectionKind.SUMMARY, SectionKind.SKILLS, SectionKind.LANGUAGES, SectionKind.INTERESTS))
_SCHOOL = re.compile(r"(?:high|secondary)[- ]school$", re.IGNORECASE)  # "Parma High School" names a school
_OPEN = re.compile(
    r"\b(?:expected|anticipated|in progress|ongoing|on-going|pursuing|currently (?:enrolled|attending"
    r"|studying)|to be completed"
    r"|coursework towards?|courses? toward|some college|incomplete|not completed"
    r"|did not (?:complete|finish|graduate)"
    r"|candidate|present|attended|no degree|credits? (?:toward|completed|earned)|voraussichtlich|en cours"
    r"|en curso|cursando"
    r"|in corso|abd|all but dissertation|withdr[ae]w\w{0,40}|dropped out|undergraduate student|will graduate"
    r"|to graduate)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:graduated|awarded|conferred|degree (?:earned|obtained)|completed|obtained|earned|cum laude"
    r"|abschluss)\b",
    re.I,
)


@dataclass(slots=True)
class _Entry:
    """An entry while its rows are collected."""

    rows: list[Row] = field(default_factory=list)
    has: set[str] = field(default_factory=set)


def _features(row: Row) -> set[str]:
    text = row.text
    found: set[str] = set()
    degree = find_degree(text)
    if label_kind(text) in _LABELS and (degree is None or degree.level is None):
        return found
    short = len(text) < 240
    if (
        degree is not None
        and short
        and (degree.level is not None or degree.start == 0)
        and not NOISE.match(text)
        and not (degree.start > 0 and _SCHOOL.match(text, degree.start, degree.end))
    ):
        found.add("degree")
    rest = text
    if degree is not None and "degree" in found:
        rest = text[: degree.start] + "|" + text[degree.end :]
    if short and INSTITUTION.search(rest) and not NOISE.match(text):
        found.add("institution")
    if short and (find_periods(text) or find_dates(text)) and len(text.split()) <= 30:
        found.add("date")
    return found


def _groups(rows: Sequence[Row], has: dict[int, set[str]]) -> list[list[Row]]:
    """Paragraphs, but that a row with a degree, or a school with dates, begins one of its own.

    `has` holds the features of each row by its index.
    """
    found: list[list[Row]] = []
    for group in paragraphs(rows):
        found.append([group[0]])
        for row in group[1:]:
            features = has[row.index]
            if ("degree" in features or {"institution", "date"} <= features) and not row.text[:1].islower():
                found.append([row])
            else:
                found[-1].append(row)
    return found


def find_education(text: str, rows: Sequence[Row]) -> list[Education]:
    """The entries of one education section, in order; `rows` are its rows without the heading."""
    entries: list[_Entry] = []
    has = {row.index: _features(row) for row in rows if not row.blank}
    for group in _groups(rows, has):
        row = group[0]
        features: set[str] = set()
        for member in group:
            features |= has[member.index]
        listed = row.bullet and not ("degree" in features and features & {"institution", "date"})
        if listed or row.text[:1].islower():
            features = set()
        current = entries[-1] if entries else None
        if current is None and not features:
            continue
        alone = features == {"institution"} and current is not None and not current.has & {"degree", "date"}
        if current is None or (features & current.has and not alone):
            entries.append(_Entry())
        entries[-1].rows += group
        entries[-1].has |= features
    found: list[Education] = []
    for entry in entries:
        if not entry.has & {"degree", "institution"}:
            continue
        study = _read(text, entry, found[-1] if found else None)
        if study.level or study.field or study.institution or study.period:
            found.append(study)
    return found


def _period(text: str, span: Span) -> Period | None:
    words = text[span.start : span.end]
    periods = find_periods(words, span.start)
    if periods:
        return periods[0]
    dates = find_dates(words, span.start)
    if not dates:
        return None
    written, place = dates[0]
    return Period(None, written.last, False, place)  # the date a degree was, or will be, awarded


def _read(text: str, entry: _Entry, before: Education | None) -> Education:
    told = [row for row in entry.rows if label_kind(row.text) not in _LABELS or find_degree(row.text)]
    head = told if entry.rows[0].bullet else [row for row in told if not row.bullet]
    head = (head or entry.rows)[:4]
    span = Span(entry.rows[0].span.start, _end(entry))
    level, name, degree_span = _degree(head)
    place = find_institution(text, head, degree_span)
    if (
        place is None
        and before is not None
        and "institution" not in entry.has
        and before.institution_span is not None
    ):
        place = before.institution_span if level not in (None, DegreeLevel.HIGH_SCHOOL) else None
    if name is None:
        name = _field_apart(head, place)
    period = next((p for row in head if (p := _period(text, row.body)) is not None), None)
    words = text[span.start : span.end] if len(entry.rows) < 8 else text[span.start : head[-1].span.end]
    lead = text[head[0].span.start : head[-1].span.end]
    completed: bool | None = None
    if _OPEN.search(lead) or (period is not None and period.current):
        completed = False
    elif _DONE.search(words) or (period is not None and period.end is not None):
        completed = True
    institution = None
    if place is not None:
        institution = " ".join(text[place.start : place.end].split())
    return Education(level, name, institution, period, span, completed, place)


def _end(entry: _Entry) -> int:
    """Where the entry's own lines end: what a page of workshops adds to the last one is none of them."""
    start, end = entry.rows[0].span
    for row in entry.rows[1:]:
        if row.span.end - start > _MOST:
            break
        end = row.span.end
    return end


def _degree(rows: Sequence[Row]) -> tuple[DegreeLevel | None, str | None, Span | None]:
    best: tuple[Degree, Row] | None = None
    for row in rows:
        degree = find_degree(row.text)
        if degree is None or NOISE.match(row.text):
            continue
        if best is None or (best[0].level is None and degree.level is not None):
            best = (degree, row)
    if best is None:
        for row in rows:
            size = known_prefix(row.text)
            if size:
                return None, row.text[:size].strip(EDGE), Span(row.body.start, row.body.start + size)
        return None, None, None
    degree, row = best
    span = Span(row.body.start + degree.start, row.body.start + degree.end)
    return degree.level, read_field(row.text, degree), span


def _field_apart(rows: Sequence[Row], place: Span | None) -> str | None:
    """A field in a cell or between commas of its own, away from the degree."""
    for row in rows:
        for piece in pieces(row.text):
            words = row.text[piece.start : piece.end]
            span = Span(row.body.start + piece.start, row.body.start + piece.end)
            if place is not None and span.overlaps(place):
                around = (
                    row.text[piece.start : max(piece.start, place.start - row.body.start)],
                    row.text[min(piece.end, max(0, place.end - row.body.start)) : piece.end],
                )
                for beside in (part.strip(EDGE) for part in around):
                    if beside and known_prefix(beside) == len(beside):
                        return beside
                continue
            second = find_degree(words)
            if second is not None and second.level is not None:
                field = read_field(words, second)
                if field is not None:
                    return field
            elif known_prefix(words) == len(words):
                return words
    return None

"""Education: entries with level, field, institution and dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.resumes.dates import find_dates, find_periods
from matcher.resumes.degrees import Degree, find_degree
from matcher.resumes.fields_of_study import known_prefix
from matcher.resumes.headers import PLACEHOLDER
from matcher.resumes.paragraphs import paragraphs
from matcher.resumes.places import is_place, known_place
from matcher.resumes.rows import Row
from matcher.types import DegreeLevel, Education, Period, Span

INSTITUTION = re.compile(
    r"\b(?:universit(?:y|ies|ät|e|à|a|as|eit|é)|université|universidade?|college|institut[eo]?|istituto|polytechnic\w*"
    r"|politecnico|politécnic[ao]|school|academy|académie|hochschule|fachhochschule|école|ecole|escuela|escola|scuola"
    r"|gymnasium|lycée|lyceum|liceo|faculty|fakultät|seminary|conservatory|conservatoire|vo-?tech|iit|iim|nit|mit|eth|epfl"
    r"|suny|cuny|ucla|usc|uc|unc|csu|lse|ucl|insead|hec|kaist|k-12|campus|bootcamp|boot camp|general assembly|coursera|udacity"
    r"|edx|udemy|business school|law school|ivy tech|dps|tafe|大学|大學|学院|學院|대학교)\b|大学|学院|대학교",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:expected|anticipated|in progress|ongoing|on-going|pursuing|currently (?:enrolled|attending|studying)|to be completed"
    r"|coursework (?:toward|completed|in)|courses? toward|some college|incomplete|not completed|did not (?:complete|finish|graduate)"
    r"|candidate|present|attended|no degree|credits? (?:toward|completed|earned)|voraussichtlich|en cours|en curso|cursando"
    r"|in corso|abd|all but dissertation|withdr[ae]w\w*|dropped out|undergraduate student|will graduate|to graduate)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:graduated|awarded|conferred|degree (?:earned|obtained)|completed|obtained|earned|cum laude|abschluss)\b",
    re.I,
)
_SEPARATOR = re.compile(
    r"\t+|\s*\|\s*|\s+[-–—]+\s+|\s*[，；;]\s*|ï¼[\u200b\u0080-\u009f]?|\s+[•·]\s+|,\s+|\s+,\s*|\n|\s{3,}|\s*\((?=[A-Z])|\)"
)
_LEAD = re.compile(
    r"^(?:\s*(?:degree|diploma|programme?|honou?rs|\(hons?\.?\)|hons?\.?|with honou?rs)\b)*[\s:,|–—-]*"
    r"(?:(?:in|of|en|em|di|für|im|de|with (?:a )?(?:major|concentration) in|major(?:ing)? in|major:?|studies)\b[\s:]*)?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:\(|\b(?:minor|gpa|cgpa|grade|with (?:honou?rs|distinction|a minor|high)|magna|summa|cum laude|from|at|expected|emphasis"
    r"|degree|graduated|thesis|honou?rs|first class|class of|completed|anticipated|coursework|dean'?s|specializ\w+|concentration)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_NOISE = re.compile(
    r"^(?:gpa|cgpa|grade|thesis|minor|honou?rs|relevant|coursework|advisor|dean|activities|major)\b", re.I
)
_EDGE = " \t\n,;:|•·–—-.()*​\u200b"


@dataclass(slots=True)
class _Entry:
    """An entry while its rows are collected."""

    rows: list[Row] = field(default_factory=list)
    has: set[str] = field(default_factory=set)


def _features(row: Row) -> set[str]:
    text = row.text
    found = set()
    degree = find_degree(text)
    short = len(text) < 240
    if (
        degree is not None
        and short
        and (degree.level is not None or degree.start == 0)
        and not _NOISE.match(text)
    ):
        found.add("degree")
    if (
        INSTITUTION.search(text)
        and short
        and not _NOISE.match(text)
        and not (
            degree
            and degree.level is not None
            and re.fullmatch(r"\W*", INSTITUTION.sub("", text[: degree.start] + text[degree.end :]))
        )
    ):
        found.add("institution")
    if short and (find_periods(text) or find_dates(text)) and len(text.split()) <= 30:
        found.add("date")
    return found


def find_education(text: str, rows: Sequence[Row]) -> list[Education]:
    """The entries of one education section, in order; `rows` are its rows without the heading."""
    entries: list[_Entry] = []
    for group in paragraphs(rows):
        row = group[0]
        features: set[str] = set()
        for member in group:
            features |= _features(member)
        listed = row.bullet and not ("degree" in features and features & {"institution", "date"})
        if listed or row.text[:1].islower():
            features = set()
        current = entries[-1] if entries else None
        clash = current is not None and bool(features & current.has)
        if current is not None and features == {"date"} and "date" not in current.has:
            clash = False
        if current is None:
            if not features:
                continue
            entries.append(_Entry())
        elif clash and not (
            features == {"institution"} and "degree" not in current.has and "date" not in current.has
        ):
            entries.append(_Entry())
        entries[-1].rows += group
        entries[-1].has |= features
    found: list[Education] = []
    for entry in entries:
        if not entry.has & {"degree", "institution"}:
            continue
        found.append(_read(text, entry, found[-1] if found else None))
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
    head = [row for row in entry.rows if not row.bullet] or entry.rows
    head = head[:4]
    span = Span(entry.rows[0].span.start, entry.rows[-1].span.end)
    level, name, degree_span = _degree(text, head)
    place = _institution(text, head, degree_span)
    if (
        place is None
        and before is not None
        and "institution" not in entry.has
        and before.institution_span is not None
    ):
        place = before.institution_span if "degree" in entry.has else None
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


def _degree(text: str, rows: Sequence[Row]) -> tuple[DegreeLevel | None, str | None, Span | None]:
    best: tuple[Degree, Row] | None = None
    for row in rows:
        degree = find_degree(row.text)
        if degree is None or _NOISE.match(row.text):
            continue
        if best is None or (best[0].level is None and degree.level is not None):
            best = (degree, row)
    if best is None:
        for row in rows:
            size = known_prefix(row.text)
            if size:
                return None, row.text[:size].strip(_EDGE), Span(row.body.start, row.body.start + size)
        return None, None, None
    degree, row = best
    span = Span(row.body.start + degree.start, row.body.start + degree.end)
    return degree.level, read_field(row.text, degree), span


def read_field(text: str, degree: Degree) -> str | None:
    """The field of study that follows (or is named within) a degree's wording."""
    after = text[degree.end :]
    lead = _LEAD.match(after)
    rest = after[lead.end() :] if lead else after
    again = find_degree(rest[:40])
    if (
        again is not None and again.start <= 2 and again.level is not None
    ):  # "BA, Bachelor of Arts in X", "BSc (Hons)"
        return read_field(rest, again)
    rest = PLACEHOLDER.split(rest)[0]
    for period in [p.span for p in find_periods(rest)] + [s for _, s in find_dates(rest)]:
        if period is not None:
            rest = rest[: period.start] if period.start < len(rest) else rest
    size = known_prefix(rest)
    segment = _SEPARATOR.split(rest, maxsplit=1)[0]
    if size and (size >= len(segment.rstrip(_EDGE)) or INSTITUTION.search(segment)):
        piece = rest[: min(size, len(segment))] if INSTITUTION.search(segment[:size]) is None else rest[:size]
        piece = piece if piece.strip() else rest[:size]
    elif INSTITUTION.search(segment):
        piece = ""
    else:
        piece = segment
    piece = _TAIL.sub("", piece).strip(_EDGE)
    named = _within(text[degree.start : degree.end])
    if (
        piece
        and not is_place(piece)
        and not known_place(piece)
        and len(piece.split()) <= 9
        and len(piece) > 1
    ):
        if not any(c.isdigit() for c in piece):
            return " ".join(piece.split())
    return named


def _within(words: str) -> str | None:
    """ "Bachelor of Business Administration": the field is part of the degree's name."""
    match = re.search(r"\b(?:of|in)\s+(.+)$", words, re.IGNORECASE)
    if match and match[1].casefold() not in {
        "science",
        "arts",
        "sciences",
        "philosophy",
        "technology",
        "art",
        "applied",
    }:
        return re.sub(r"\s+degree$", "", match[1], flags=re.IGNORECASE)
    short = re.sub(r"[\s.]", "", words).upper()
    return {
        "MBA": "Business Administration",
        "BBA": "Business Administration",
        "EMBA": "Business Administration",
        "MD": "Medicine",
        "MBBS": "Medicine",
        "JD": "Law",
        "LLB": "Law",
        "LLM": "Law",
        "PHARMD": "Pharmacy",
        "BSN": "Nursing",
        "MSN": "Nursing",
        "ADN": "Nursing",
        "DNP": "Nursing",
        "BCOM": "Commerce",
        "MCOM": "Commerce",
        "BCA": "Computer Applications",
        "MCA": "Computer Applications",
        "MPH": "Public Health",
        "MSW": "Social Work",
        "BSW": "Social Work",
        "BED": "Education",
        "MED": "Education",
        "EDD": "Education",
        "MFA": "Fine Arts",
        "BFA": "Fine Arts",
    }.get(short)


def _institution(text: str, rows: Sequence[Row], degree: Span | None) -> Span | None:
    candidates: list[tuple[float, Span]] = []
    for order, row in enumerate(rows):
        at = row.body.start
        for piece in _pieces(row.text):
            span = Span(at + piece.start, at + piece.end)
            words = text[span.start : span.end]
            if degree is not None and span.overlaps(degree):
                if INSTITUTION.search(words) is None:
                    continue
                tail = Span(max(span.start, degree.end), span.end)
                words = text[tail.start : tail.end]
                lead = _LEAD.match(words)
                skip = lead.end() if lead else 0
                skip += known_prefix(words[skip:])
                span = _trimmed(text, Span(tail.start + skip, tail.end))
                words = text[span.start : span.end]
            elif (
                INSTITUTION.search(words)
                and (skip := known_prefix(words))
                and INSTITUTION.search(words[skip:])
            ):
                span = _trimmed(text, Span(span.start + skip, span.end))
                words = text[span.start : span.end]
            if not words or is_place(words) or known_place(words) or _NOISE.match(words):
                continue
            score = 2.0 if INSTITUTION.search(words) else 0.0
            if score == 0.0 and (
                known_prefix(words) == len(words) or find_degree(words) or not words[:1].isupper()
            ):
                continue
            if len(words.split()) > 12 or not any(c.isalpha() for c in words):
                continue
            candidates.append((score - 0.1 * order, span))
    if not candidates:
        return None
    best = max(candidates, key=lambda candidate: (candidate[0], -candidate[1].start))
    if best[0] < 1.0 and (degree is None or len(rows) > 3):
        return None
    return best[1]


def _pieces(line: str) -> list[Span]:
    """The parts of a line between separators, placeholders and dates."""
    cuts = [match.span() for match in _SEPARATOR.finditer(line)]
    cuts += [match.span() for match in PLACEHOLDER.finditer(line)]
    cuts += [tuple(p.span) for p in find_periods(line) if p.span is not None]
    cuts += [tuple(span) for _, span in find_dates(line)]
    found, start = [], 0
    for a, b in [*sorted(cuts), (len(line), len(line))]:
        if a > start:
            piece = _trimmed(line, Span(start, a))
            if piece.end > piece.start:
                found.append(piece)
        start = max(start, b)
    return found


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)

"""Institutions: which part of an education entry names the school."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.resumes.dates import find_dates, find_periods
from matcher.resumes.degrees import find_degree
from matcher.resumes.fields_of_study import known_prefix
from matcher.resumes.headers import PLACEHOLDER
from matcher.resumes.places import is_place, known_place
from matcher.resumes.rows import Row
from matcher.types import Span

INSTITUTION = re.compile(
    r"\b(?:universit(?:y|ies|ät|e|à|a|as|eit|é)|université|universidade?|college|institut[eo]?|istituto"
    r"|polytechnic\w{0,40}"
    r"|politecnico|politécnic[ao]|school|academy|académie|hochschule|fachhochschule|école|ecole|escuela"
    r"|escola|scuola"
    r"|gymnasium|lycée|lyceum|liceo|faculty|fakultät|seminary|conservatory|conservatoire|vo-?tech|iit|iim|nit"
    r"|mit|eth"
    r"|epfl|suny|cuny|ucla|usc|uc|unc|csu|lse|ucl|insead|hec|kaist|tu|campus|boot ?camp|general assembly"
    r"|coursera"
    r"|udacity|edx|udemy|le cordon bleu|ivy tech|tafe)\b|大学|大學|学院|學院|대학교",
    re.IGNORECASE,
)
NOISE = re.compile(
    r"^(?:gpa|cgpa|grade|thesis|minor|honou?rs|relevant|coursework(?! towards?)|advisor|dean|activities"
    r"|major|courses?)\b",
    re.IGNORECASE,
)
SEPARATOR = re.compile(
    r"\t+|\s{0,9}\|\s{0,9}|\s{1,9}[-–—]+\s{1,9}|\s{0,9}[，；;]\s{0,9}|ï¼[\u200b\u0080-\u009f]?"
    r"|\s{1,9}[•·]\s{1,9}|,\s{1,9}|\s{1,9},\s{0,9}|\n|\s{3,}"
    r"|\s{0,9}\((?=[A-Z])|\)|\s{1,9}:\s{1,9}"
)
LEAD = re.compile(
    r"^(?:\s{0,9}\((?:hons?|honou?rs|[a-z]{1,3}\.?\s?[a-z.]{0,6})\.?\))?(?:\s{0,9}(?:degree|diploma"
    r"|programme?"
    r"|honou?rs|\(hons?\.?\)|hons?\.?|with honou?rs)\b)*[\s:,|–—-]{0,9}"
    r"(?:(?:and\s{1,9})?(?:in|of|en|em|di|für|im|de|with (?:a )?(?:major|concentration) in|major(?:ing)? in"
    r"|major:?|studies"
    r"|and)\b[\s:]{0,9})?",
    re.IGNORECASE,
)
EDGE = " \t\n,;:|•·–—-.()*​\u200b"
_BARE = ("school", "college", "university", "institute", "academy")
_OF_NAMES = ("al", "arts", "science", "sciences")  # "Technical University of Munich" is one name
_BEHIND = re.compile(r"((?:[A-Z][\w'’.-]{0,40} ){1,4}(?:College|University)) ([A-Z][\w &/-]{2,60})$")
_HIGH_SCHOOL = re.compile(
    r"(?:[A-Z][\w'’.-]{0,40}\s{1,9}){1,5}(?:High|Secondary|Grammar|Vocational) School\b"
)
_CERTIFICATE = re.compile(
    r"\b(?:certificat\w{0,40}|diploma|degree|graduate|passed|obtained|completed|received|level \d)\b",
    re.IGNORECASE,
)


def trimmed(text: str, span: Span) -> Span:
    """The span without white space and separators at its ends."""
    start, end = span
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return Span(start, end)


def pieces(line: str) -> list[Span]:
    """The parts of a line between separators, placeholders and dates."""
    cuts = [match.span() for match in SEPARATOR.finditer(line)]
    cuts += [match.span() for match in PLACEHOLDER.finditer(line)]
    cuts += [(p.span.start, p.span.end) for p in find_periods(line) if p.span is not None]
    cuts += [(span.start, span.end) for _, span in find_dates(line)]
    found, start = [], 0
    for a, b in [*sorted(cuts), (len(line), len(line))]:
        if a > start:
            piece = trimmed(line, Span(start, a))
            if piece.end > piece.start:
                found.append(piece)
        start = max(start, b)
    return found


def find_institution(text: str, rows: Sequence[Row], degree: Span | None) -> Span | None:
    """The school's name among the rows of one entry; `degree` is where the degree stands.

    Without a word such as "University", what is neither degree, field, place nor date is taken for it.
    """
    candidates: list[tuple[float, Span]] = []
    for order, row in enumerate(rows):
        for piece in pieces(row.text):
            found = _named(text, Span(row.body.start + piece.start, row.body.start + piece.end), degree)
            if found is None:
                continue
            words = text[found.start : found.end]
            score = 2.0 if INSTITUTION.search(words) else 0.0
            if score == 0.0 and (
                known_prefix(words) == len(words) or find_degree(words) is not None or not words[:1].isupper()
            ):
                continue
            candidates.append((score - 0.1 * order, found))
        for match in _HIGH_SCHOOL.finditer(row.text):
            candidates.append(
                (1.5 - 0.1 * order, Span(row.body.start + match.start(), row.body.start + match.end()))
            )
    if not candidates:
        return None
    best = max(candidates, key=lambda candidate: (candidate[0], -candidate[1].start))
    if best[0] < 1.0 and (degree is None or len(rows) > 3):
        return None
    return _whole(text, rows, best[1])


def _named(text: str, span: Span, degree: Span | None) -> Span | None:
    """The part of a piece that may be a school: without the degree and the field in front of it."""
    words = text[span.start : span.end]
    if degree is not None and span.overlaps(degree):
        if INSTITUTION.search(words) is None:
            return None
        before = trimmed(text, Span(span.start, degree.start))
        if INSTITUTION.search(text[before.start : before.end]):
            span = before
        else:
            words = text[degree.end : span.end]
            lead = LEAD.match(words)
            skip = lead.end() if lead else 0
            skip += known_prefix(words[skip:])
            span = trimmed(text, Span(degree.end + skip, span.end))
    elif degree is None or degree.end <= span.start:
        skip = known_prefix(words)
        rest = words[skip:].strip().casefold()
        apart = not rest.startswith(_BARE) or (
            rest.startswith("university of ") and not words[:skip].casefold().endswith(_OF_NAMES)
        )
        if skip and INSTITUTION.search(rest) and apart:
            span = trimmed(text, Span(span.start + skip, span.end))
    behind = _BEHIND.match(text[span.start : span.end])
    if behind and known_prefix(behind[2]) == len(behind[2]):  # "Moorpark College Network Engineering"
        span = Span(span.start, span.start + behind.end(1))
    words = text[span.start : span.end]
    if not words or is_place(words) or known_place(words) or NOISE.match(words) or _CERTIFICATE.match(words):
        return None
    if len(words.split()) > 12 or not any(c.isalpha() for c in words):
        return None
    return span


def _whole(text: str, rows: Sequence[Row], span: Span) -> Span:
    """ "University of", broken at the end of a row, with the start of the next row."""
    if text[span.start : span.end].split()[-1:] != ["of"]:
        return span
    for row in rows:
        if row.body.start > span.end:
            first = pieces(row.text)
            return Span(span.start, row.body.start + first[0].end) if first and first[0].start == 0 else span
    return span

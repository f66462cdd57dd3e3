"""The field of study of a degree: behind its wording, or part of its name."""

from __future__ import annotations

import re

from matcher.resumes.dates import find_dates, find_periods
from matcher.resumes.degrees import Degree, find_degree
from matcher.resumes.fields_of_study import known_prefix
from matcher.resumes.headers import PLACEHOLDER
from matcher.resumes.institutions import EDGE, INSTITUTION, LEAD, SEPARATOR
from matcher.resumes.places import is_place, known_place
from matcher.types.degree_names import field_of_letters

_TAIL = re.compile(
    r"\s{0,9}(?:\(|\b(?:minor|gpa|cgpa|grade|with (?:honou?rs|distinction|a minor|high)|magna|summa|cum laude"
    r"|from|at|expected|emphasis"
    r"|degree|graduated|thesis|honou?rs|first class|class of|completed|anticipated|coursework|dean'?s"
    r"|specializ\w{1,40}|concentration)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_OF = re.compile(r"\b(?:of|in)\s{1,9}(.+)$", re.IGNORECASE)
_GENERAL = frozenset(
    [
        *"science sciences arts art applied philosophy technology letters".split(),
        "applied science",
        "applied sciences",
        "arts and sciences",
        "applied arts and sciences",
        "arts and applied science",
        "general studies",
        "professional studies",
        "occupational studies",
        "liberal arts degree",
    ]
)
_LOOSE = frozenset({"vocational studies", "technical studies", "higher education"})  # the field is behind
_LEVEL = re.compile(r"^\.?\s{0,9}\([^()]{1,40}\)(?=\s{1,9}(?:in|of)\s)")  # "BSc (Level 7) in Physics"
_BRACKETED = re.compile(r"\.?\s{0,9}\(([^()]{3,60})\)")
# "Healthcare Management Training: Healthcare Finance": what courses there were is not the field
_COURSES = re.compile(r"\s{1,9}(?:training|courses?|coursework|modules?|subjects?|topics?)\s{0,9}:", re.I)
_IN = re.compile(r"\s{0,9}(?:degree |diploma )?(?:in|of|:|major)\b", re.IGNORECASE)
_TEACHING = re.compile(r"pgce", re.IGNORECASE)
_NO_FIELD = re.compile(
    r"^(?:project|thesis|abroad|exchange|general|program(?:me)?|diploma|certificate|name|studies|candidate)$",
    re.I,
)


def read_field(text: str, degree: Degree) -> str | None:
    """The field of study that follows a degree's wording, else the one within it ("MBA"), else None."""
    after = _LEVEL.sub(" ", text[degree.end :])
    bracketed = _BRACKETED.match(after)
    if bracketed and known_prefix(bracketed[1]) == len(bracketed[1]):  # "MBA (Finance)"
        return bracketed[1]
    lead = LEAD.match(after)
    rest = after[lead.end() :] if lead else after
    again = find_degree(rest[:60])
    if again is not None and again.start <= 2 and again.level is not None:  # "BA, Bachelor of Arts in Film"
        return read_field(rest, again)
    rest = PLACEHOLDER.split(rest)[0]
    cuts = [p.span.start for p in find_periods(rest) if p.span is not None] + [
        s.start for _, s in find_dates(rest)
    ]
    rest = rest[: min(cuts, default=len(rest))]
    size = known_prefix(rest)
    segment = SEPARATOR.split(rest, maxsplit=1)[0]
    general = rest[len(segment) :].lstrip(" ,:")
    if segment.strip().casefold() in _LOOSE and known_prefix(general):
        rest, segment = general, SEPARATOR.split(general, maxsplit=1)[0]
        size = known_prefix(rest)
    if INSTITUTION.search(segment):
        piece = rest[: min(size, len(segment))] if INSTITUTION.search(segment[:size]) is None else ""
    elif size >= len(segment.rstrip(EDGE)) and "\t" not in rest[:size]:
        piece = rest[:size]
    else:
        piece = segment
    piece = _once(_TAIL.sub("", _COURSES.split(piece, maxsplit=1)[0]).strip(EDGE).split())
    listed = after.startswith(", ") and known_prefix(segment) == len(segment.rstrip(EDGE))
    told = listed or _IN.match(after) or _TEACHING.match(text, degree.start)
    if degree.level is None and not told:
        piece = ""
    named = named_field(text[degree.start : degree.end])
    if named is not None and not _IN.match(after) and not known_prefix(piece):
        return named  # "MLS, Down East": what follows is a school
    return piece if _usable(piece) else named


def _once(words: list[str]) -> str:
    """The words on one line, once where they are written twice ("Psychology Psychology")."""
    half = len(words) // 2
    if (
        words
        and len(words) % 2 == 0
        and [w.casefold() for w in words[:half]] == [w.casefold() for w in words[half:]]
    ):
        words = words[:half]
    return " ".join(words)


def _usable(piece: str) -> bool:
    if len(piece) < 2 or len(piece.split()) > 9 or any(c.isdigit() for c in piece) or not piece[0].isalpha():
        return False
    return (
        not is_place(piece)
        and not known_place(piece)
        and not _NO_FIELD.match(piece)
        and not find_degree(piece)
    )


def named_field(words: str) -> str | None:
    """ "Bachelor of Business Administration", "MBA": the field is part of the degree's name."""
    match = _OF.search(words)
    if match:
        field = re.sub(r"\s{1,9}degree$", "", match[1], flags=re.IGNORECASE).strip()
        if field.casefold() not in _GENERAL:
            return field
    return field_of_letters(words)

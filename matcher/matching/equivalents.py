"""A demand for a degree or, in its place, for experience: its two sides, read from its words.

"Bachelor's degree in accounting or 4 years of experience in audit" has a side that the facts of education
answer and one that work answers. What is asked of the second is said there, or it is the field of the degree,
or the job itself: "equivalent experience" is relevant experience.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.types import Constraints, DegreeLevel, Qualification

_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_YEARS = (
    rf"{_NUMBER}\s*(?:\(\d{{1,2}}\)\s*)?\+?(?:\s*(?:-|–|to)\s*\d{{1,2}}\+?)?\s*"
    r"(?:or more\s+)?(?:years?|yrs?)\b['’]?"
)
# Words that may stand between "or" and what the experience is called.
_ADJECTIVES = (
    r"(?:(?:a|an|the|at|by|for|least|minimum|of|over|more|than|with|through|having|comparable|commensurate|"
    r"demonstrable|demonstrated|direct|equal|equivalent|extensive|field|hands-on|industry|job|practical|previous|"
    r"prior|professional|proven|qualifying|recognised|relatable|related|relevant|significant|similar|solid|"
    r"something|strong|substantial|suitable|trade|transferable|work|working)[\s,]+){0,7}"
)
_NOUN = (
    r"(?:background|career|combination|experience|expertise|history|knowledge|mix|practice|track record|"
    r"training)"
)
_SIDE = re.compile(
    rf"(?:[,;(]\s*)?(?:\bor\b|/)\s*(?P<side>{_ADJECTIVES}(?:{_YEARS}|{_NOUN}\b|"
    r"(?:equivalent|equivalence|similar)\b)[^.;)]*)",
    re.IGNORECASE,
)
_IN_LIEU = re.compile(
    rf"(?:^|[.;,(])\s*(?:or\s+)?(?P<side>[^.;,(]{{0,80}}?\b{_NOUN}\b)[^.;,(]{{0,60}}?\s+"
    r"(?:in lieu|in place|instead) of\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    rf"^\s*(?P<side>{_ADJECTIVES}(?:{_YEARS}|{_NOUN}\b).{{0,200}}?)\s*,?\s+or\s+", re.IGNORECASE
)
# What goes on after the experience side: a verdict on both sides, or a further demand for years.
_GOES_ON = re.compile(
    r",?\s+(?:is|are|may|will|would|can|preferred|required|desired|desirable|a plus|an asset|a must)\b"
    rf"|,?\s+(?:plus|and|with|as well as)\s+(?:(?:a|at|least|minimum|of|over|more|than)\s+)*{_NUMBER}\+?\s",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"(?i)\b(?:associate|bachelor|master|doctor)|\b(?:degree|diploma|doctorate|phd|ged|hnd|certificate)\b"
    r"|\b(?-i:[BM]\.?(?:A|S|Sc|Eng|BA)|MBA)\b"
)
_EXPERIENCE = re.compile(rf"\b{_NOUN}\b|{_YEARS}", re.IGNORECASE)
# An equivalent of a school's leaving certificate is another certificate.
_QUALIFICATION = re.compile(
    r"\bequivalent\s+(?:\w+\s+)?(?:area|branch|course|discipline|field|level|programme?|qualification|study|studies|"
    r"subject)s?\b",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(
    rf"\b(?:{_NOUN}|years?['’]?|yrs)\s+(?P<what>(?:as|in|of|on|with|within|[a-z]+ing)\s+(?!{_ADJECTIVES}(?:education|"
    r"training|experience|field|study|level|related|relevant)\b).+)$",
    re.IGNORECASE,
)
_EDGES = re.compile(r"^(?:or|in (?:lieu|place) of)\s+|(?:[\s,;:(/]|\bor\b)+$", re.IGNORECASE)
_LENGTH = re.compile(rf"{_YEARS}(?:\s+of)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides, verbatim: what is asked in education, and the `experience` that may stand in for it.

    `subjects` are the kinds of experience that are relevant, for comparing with lines, one or more. `years`
    is how much of it is asked, None when that is not stated. `alone`: the years of the qualification's
    constraints are these years and not a demand beside the degree.
    """

    degree: str
    experience: str
    subjects: tuple[str, ...]
    years: float | None
    alone: bool


def sides(qualification: Qualification, title: str = "") -> Sides | None:
    """The sides of a demand for a degree where experience may stand in for it, else None.

    `title` is the role's, for the experience that is relevant where the demand names none; None also where
    nothing says what is.
    """
    constraints = qualification.constraints
    if constraints.degree is None or not constraints.or_equivalent:
        return None
    text = qualification.text
    found = _found(text)
    if found is None:
        return None
    start, end = found
    experience = text[start:end].strip(" ,;:(")
    degree = (text[:start] if _DEGREE.search(text[:start]) else text[end:]).strip(" ,;:(/)")
    degree = _EDGES.sub("", degree)
    says = _EXPERIENCE.search(experience) is not None
    if not says and (constraints.degree is DegreeLevel.HIGH_SCHOOL or _QUALIFICATION.search(experience)):
        return None
    length = _LENGTH.search(experience)
    alone = length is not None and _LENGTH.search(degree) is None
    years = _count(length["number"]) if length else None
    if alone:
        years = constraints.min_years  # as a person may have corrected it
    subjects = _subjects(experience, constraints, title)
    return Sides(degree, experience, subjects, years, alone) if subjects else None


def _found(text: str) -> tuple[int, int] | None:
    """Where the experience side stands in `text`."""
    for found in _SIDE.finditer(text):
        cut = _GOES_ON.search(text, found.start("side"), found.end("side"))
        end = cut.start() if cut else found.end("side")
        if not _DEGREE.search(text, found.start("side"), end) and _DEGREE.search(text, 0, found.start()):
            return found.start("side"), end
    for pattern in (_IN_LIEU, _FIRST):
        match = pattern.search(text)
        if match and not _DEGREE.search(match["side"]) and _DEGREE.search(text):
            return match.span("side")
    return None


def _subjects(experience: str, constraints: Constraints, title: str) -> tuple[str, ...]:
    """What experience is asked: as the side itself says, else in the degree's fields, else in the job."""
    what = _OF_WHAT.search(_LENGTH.sub("years", experience))
    if what:
        return (f"experience {what['what']}",)
    fields = tuple(f"experience in {field}" for field in constraints.degree_fields)
    return fields or ((f"experience as {title}",) if title else ())


def _count(word: str) -> float:
    return float(word) if word.isdecimal() else float(_NUMBERS[word.lower()])

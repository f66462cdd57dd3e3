"""The degree that a qualification asks for, checked against the education and the work that a resume states.

Level and field are judged apart. Where experience may stand in for the degree there are two checks, and the
better one counts: neither side outranks the other, and nothing is converted into the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.matching.checks import Check, Outcome
from matcher.matching.degree_fields import Nearness, nearness
from matcher.matching.equivalents import Sides
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT
from matcher.types import Constraints, DegreeLevel, Education

# How much of a demand for a degree in a field is met by one of that level in a field of the same family,
# by one whose field could not be read, and by one in another field. The last is closer to nothing than to a
# match.
NEAR_FIELD = 0.75
NO_FIELD = 0.6
RELATED_FIELD = NO_FIELD  # a field is stated, and the posting does not say which it wants
OTHER_FIELD = 0.25

# What a degree that is not completed keeps of that.
UNFINISHED = 0.5

# How much of the demand is met by relevant experience where the posting says no length: half, for neither
# side is known to be more.
EXPERIENCE = 0.5

_DEGREE_NAMES = {
    DegreeLevel.HIGH_SCHOOL: "high school diploma",
    DegreeLevel.ASSOCIATE: "associate degree",
    DegreeLevel.BACHELOR: "bachelor’s degree",
    DegreeLevel.MASTER: "master’s degree",
    DegreeLevel.DOCTORATE: "doctorate",
}
# The posting takes fields beside those it names, or names none.
_RELATED = re.compile(
    r"\b(?:adjacent|allied|appropriate|comparable|equivalent|related|relevant|similar)\b[\w\s-]{0,30}\b(?:area|branch|course|degree|"
    r"discipline|field|major|programme?|stud(?:y|ies)|subject)|\bor (?:similar|related|the like)\b",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"\b(?:an?|the|some)\s+(?!any\b|other\b)(?:[\w-]+\s+){1,3}?(?:area|discipline|field|subject)s?\b",
    re.IGNORECASE,
)
# What an entry of education may be whose level was not read, and which is surely no degree.
_NO_DEGREE = re.compile(
    r"(?i)\b(?:certific\w+|certified|course\w*|credential|exchange|licen[cs]\w*|PG[CD]E|seminar|training|workshop)\b"
)
# What is studied beside a degree; where a school is named with it, the degree may stand there too.
_MINOR = re.compile(r"(?i)\bminor\b")
# A school that asks its students for a high school diploma.
_COLLEGE = re.compile(r"(?i)\b(?:academy|college|institute|polytechnic|university)\b")


def check_degree(
    constraints: Constraints,
    education: Sequence[Education],
    text: str = "",
    demand: str = "",
    complete: bool = True,
) -> Check:
    """The degree asked against the highest level that the resume states, level and field apart.

    `text` is the resume's: the name of a degree may say its field ("Juris Doctor"). `demand` is the
    qualification's: it may take a related field. A level that is met in another field, or in none that could
    be read, is `PARTLY`: only a person knows how near the fields are. A lower level is `SHORT` where nothing
    but the degree is asked and all of the education could be read: `complete` says that of the file.
    """
    asked = constraints.degree
    assert asked is not None
    wanted = _DEGREE_NAMES[asked]
    accepts = "; the posting accepts an equivalent, a person to judge" * constraints.or_equivalent
    known = [entry for entry in education if entry.level is not None]
    colleges = [entry for entry in education if is_college(entry)]
    if not known and colleges and asked is DegreeLevel.HIGH_SCHOOL:
        note = f"{wanted} asked; a college is stated without a level, a person to judge"
        return Check(Outcome.PARTLY, NO_FIELD, note, (colleges[0].span,))
    if not known:
        return Check(Outcome.SILENT, 0.0, f"{wanted} asked; no degree was read in the resume{accepts}")
    enough = [entry for entry in known if _rank(entry) >= asked.rank]
    finished = [entry for entry in enough if entry.completed is not False or _has_left_school(entry, asked)]
    if enough:
        found = _in_field(constraints, finished or enough, text, demand)
        note = f"{wanted}{found.note}"
        if finished:
            note += accepts if found.outcome is Outcome.PARTLY else ""
            return Check(found.outcome, found.share, note, found.spans)
        return Check(Outcome.PARTLY, UNFINISHED * found.share, f"{note}; not completed", found.spans)
    best = max(known, key=_rank)
    note = f"{wanted} asked; the highest stated is {_degree_words(best)}"
    unread = sum(may_be_more(entry, text) for entry in education)
    if constraints.or_equivalent or unread or not complete:
        if unread:
            note += f"; the level of {unread} more could not be read"
        return Check(Outcome.SILENT, 0.0, note + accepts)
    return Check(Outcome.SHORT, _rank(best) / (2 * asked.rank), note, (best.span,))


def _in_field(constraints: Constraints, entries: Sequence[Education], text: str, demand: str) -> Check:
    """Degrees of the level asked against the fields asked. The note goes on after the name of the level."""
    asked = constraints.degree_fields
    nearest: dict[Nearness, list[Education]] = {}
    for entry in entries:
        nearest.setdefault(nearness(entry, asked, text), []).append(entry)
    near = next(near for near in Nearness if near in nearest)
    best = max(nearest[near], key=_rank)
    stated, where = _degree_words(best), (best.span,)
    takes_related = _RELATED.search(demand) is not None
    if not asked:
        unnamed = _UNNAMED.search(demand)
        if takes_related or unnamed:
            field = unnamed[0] if unnamed else "a related field"
            note = f" in {field} asked; states {stated}; is that one? A person to judge"
            return Check(Outcome.PARTLY, RELATED_FIELD, note, where)
        return Check(Outcome.MET, 1.0, f" asked; states {stated}", where)
    fields = " or ".join(asked)
    if near is Nearness.SAME:
        return Check(Outcome.MET, 1.0, f" asked; states {stated}", where)
    if near is Nearness.RELATED and takes_related:
        return Check(Outcome.MET, 1.0, f" in {fields} or a related field asked; states {stated}", where)
    told = f" in {fields} asked; states {stated}: the level is met, the field "
    if near is Nearness.RELATED:
        return Check(Outcome.PARTLY, NEAR_FIELD, f"{told}is related, a person to judge", where)
    if best.field:
        return Check(Outcome.PARTLY, OTHER_FIELD, f"{told}is another, a person to judge", where)
    return Check(Outcome.PARTLY, NO_FIELD, f"{told}was not read", where)


def check_experience(sides: Sides, words: float, years: Check | None) -> Check:
    """The experience that may stand in for a degree: `words` is how strongly lines of work show it, `years`
    the check of its length, None where none is stated.

    Experience that is relevant and long enough meets the demand as a degree does. Without a stated length,
    or where the words are not sure, it is for a person to judge. Experience that nothing shows is silence.
    """
    asked = f"or {sides.experience}"
    if words < PARTIAL_AT:
        if years is not None and years.outcome is Outcome.SHORT:
            return Check(Outcome.SHORT, years.share, f"{asked}: {years.note}")
        return Check(Outcome.SILENT, 0.0, f"{asked}: no relevant experience was recognised")
    if years is None:
        note = f"{asked}: relevant experience is described; is it equivalent? A person to judge"
        return Check(Outcome.PARTLY, EXPERIENCE, note)
    note = f"{asked}: {years.note}"
    if years.outcome is not Outcome.MET:
        share = EXPERIENCE * years.share if years.outcome is Outcome.PARTLY else 0.0
        return Check(years.outcome if years.outcome is Outcome.SHORT else Outcome.PARTLY, share, note)
    if words >= STRONG_AT:
        return Check(Outcome.MET, 1.0, note)
    return Check(Outcome.PARTLY, NEAR_FIELD, f"{note}; how relevant they are is for a person to judge")


def either(degree: Check, experience: Check) -> Check:
    """The better of two checks of which one is enough, with what both found; experience is no matter
    where the degree is held. Only where both fall short does the resume itself state less than is asked."""
    order = (Outcome.MET, Outcome.PARTLY, Outcome.SILENT, Outcome.SHORT)
    best = min(degree, experience, key=lambda check: (order.index(check.outcome), -check.share))
    alone = best is degree and degree.outcome is Outcome.MET
    note = degree.note if alone else f"{degree.note}; {experience.note}"
    return Check(best.outcome, best.share, note, best.spans)


# --------------------------------------------------------------------------- words


def _rank(entry: Education) -> int:
    return entry.level.rank if entry.level is not None else -1


def _has_left_school(entry: Education, asked: DegreeLevel) -> bool:
    """Whether a school's certificate is asked of someone who studies: it is what lets them."""
    return asked is DegreeLevel.HIGH_SCHOOL and entry.level is not DegreeLevel.HIGH_SCHOOL


def is_college(entry: Education) -> bool:
    """Whether an entry is of a school that asks its students for a high school diploma."""
    return _COLLEGE.search(entry.institution or "") is not None


def may_be_more(entry: Education, text: str) -> bool:
    """Whether an entry may be a degree of a level that was not read: a field or a school, and no course."""
    if entry.level is not None or not (entry.field or entry.institution):
        return False
    said = text[entry.span.start : entry.span.end]
    minor = _MINOR.search(said) is not None and not entry.institution
    return not minor and _NO_DEGREE.search(said) is None


def _degree_words(entry: Education) -> str:
    level = entry.level or DegreeLevel.HIGH_SCHOOL
    field = " ".join((entry.field or "").split())
    return _DEGREE_NAMES[level] + f" in {field}" * (bool(field) and level is not DegreeLevel.HIGH_SCHOOL)

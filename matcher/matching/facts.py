"""Constraints of a qualification checked against what was parsed from the resume.

Each check says what it found in words that a person can verify, and how far the demand is met. Nothing
is converted or guessed: a fact the resume does not state is `SILENT`, never a failure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from matcher.matching.degree_fields import field_fits
from matcher.matching.licence_names import is_other_class, is_pending, same_licences
from matcher.resumes import month_interval, months_of_experience
from matcher.types import (
    Constraints,
    DegreeLevel,
    Education,
    Licence,
    PartialDate,
    Position,
    Qualification,
    Resume,
    Span,
)


class Outcome(Enum):
    """How a demand stands against the parsed facts."""

    MET = "met"
    PARTLY = "partly"  # something of it, or something a person must judge
    SHORT = "short"  # the resume itself states less than is asked
    SILENT = "silent"  # the resume says nothing that could be checked


@dataclass(frozen=True, slots=True)
class Check:
    """One demand checked. `share` in [0, 1] is how much of it is met; `spans` is where that stands."""

    outcome: Outcome
    share: float
    note: str
    spans: tuple[Span, ...] = ()


def check_years(
    minimum: float, positions: Sequence[Position], relevant: frozenset[int], today: date
) -> Check:
    """Years asked against the union of the periods of the `relevant` positions (indices).

    Short only when every position is dated and even the whole career is shorter than asked: how long an
    undated position lasted is unknown. A career that is long enough with too little of it recognisably
    relevant is `PARTLY`, for a person to judge.
    """
    chosen = [position for index, position in enumerate(positions) if index in relevant]
    months = months_of_experience(chosen, today)
    career = months_of_experience(positions, today)
    needed = minimum * 12
    if career is None:
        return Check(Outcome.SILENT, 0.0, f"{_years(needed)} asked; the resume gives no dates to count")
    spans = tuple(position.period.span for position in chosen if position.period and position.period.span)
    listed = "; ".join(_position_words(position) for position in chosen if position.period)
    if months is not None and months >= needed:
        note = f"{_years(needed)} asked; {_years(months)} in positions recognised as relevant ({listed})"
        return Check(Outcome.MET, 1.0, note, spans)
    if career < needed:
        note = f"{_years(needed)} asked; all dated positions together cover {_years(career)}"
        undated = sum(month_interval(position.period, today) is None for position in positions)
        if undated:
            note += f"; how long {undated} more lasted is not stated"
        return Check(Outcome.PARTLY if undated else Outcome.SHORT, (months or 0) / needed, note, spans)
    if not months:
        note = f"{_years(needed)} asked; no dated position recognised as relevant ({_years(career)} in all)"
        return Check(Outcome.PARTLY, 0.0, note)
    note = f"{_years(needed)} asked; {_years(months)} in positions recognised as relevant ({listed})"
    return Check(Outcome.PARTLY, months / needed, note, spans)


def check_degree(
    constraints: Constraints, education: Sequence[Education], text: str = "", related: bool = False
) -> Check:
    """The degree asked against the highest level that the resume states, level and field apart.

    `text` is the resume's: the name of a degree may say its field ("Juris Doctor"). A level that is met in
    another field, or in none that could be read, is `PARTLY`: only a person knows how near the fields are.
    So it is where the posting asks for a `related` field and names none.
    """
    asked = constraints.degree
    assert asked is not None
    wanted = _DEGREE_NAMES[asked]
    accepts = "; the posting accepts an equivalent, a person to judge" * constraints.or_equivalent
    known = [entry for entry in education if entry.level is not None]
    if not known:
        return Check(Outcome.SILENT, 0.0, f"{wanted} asked; no degree was read in the resume{accepts}")
    enough = [entry for entry in known if _rank(entry) >= asked.rank]
    finished = [entry for entry in enough if entry.completed is not False]
    if finished:
        fitting = [entry for entry in finished if field_fits(entry, constraints.degree_fields, text)]
        best = max(fitting or finished, key=_rank)
        stated = _degree_words(best)
        if related and not constraints.degree_fields:
            note = f"{wanted} in a related field asked; states {stated}; is it related? A person to judge"
            return Check(Outcome.PARTLY, RELATED_FIELD, note, (best.span,))
        if fitting or not constraints.degree_fields:
            return Check(Outcome.MET, 1.0, f"{wanted} asked; states {stated}", (best.span,))
        fields = " or ".join(constraints.degree_fields)
        field = "is another, a person to judge" if best.field else "was not read"
        note = f"{wanted} in {fields} asked; states {stated}: the level is met, the field {field}{accepts}"
        return Check(Outcome.PARTLY, OTHER_FIELD if best.field else NO_FIELD, note, (best.span,))
    if enough:
        best = max(enough, key=_rank)
        note = f"{wanted} asked; {_degree_words(best)} is stated as not completed"
        return Check(Outcome.PARTLY, 0.5, note, (best.span,))
    best = max(known, key=_rank)
    note = f"{wanted} asked; the highest stated is {_degree_words(best)}{accepts}"
    if constraints.or_equivalent:
        return Check(Outcome.PARTLY, 0.5, note, (best.span,))
    return Check(Outcome.SHORT, _rank(best) / (2 * asked.rank), note, (best.span,))


def check_licences(
    constraints: Constraints, licences: Sequence[Licence], today: date, text: str = "", demand: str = ""
) -> Check:
    """Licences and certifications asked, by name, with their dates of expiry against `today`.

    `text` is the resume's: the rest of a licence's line may say that it is not held yet. `demand` is the
    qualification's: it may ask for a class, and another class is for a person to judge.
    """
    found: list[Licence] = []
    expired: list[Licence] = []
    pending: list[Licence] = []
    missing: list[str] = []
    for name in constraints.licences:
        same = same_licences(name, licences)
        held = [
            licence
            for licence in same
            if not is_pending(licence, text) and not is_other_class(demand, licence.name)
        ]
        valid = [licence for licence in held if not _is_past(licence.expires, today)]
        if valid:
            found.append(valid[0])
        elif held:
            expired.append(held[0])
        elif same:
            pending.append(same[0])
        else:
            missing.append(name)
    spans = tuple(licence.span for licence in found + expired + pending)
    asked = (" or " if constraints.any_licence else " and ").join(constraints.licences)
    if found and (constraints.any_licence or not (expired or pending or missing)):
        names = ", ".join(" ".join(licence.name.split()) for licence in found)
        return Check(Outcome.MET, 1.0, f"{asked} asked; states {names}", spans)
    if expired:
        when = ", ".join(f"{' '.join(item.name.split())} ({item.expires})" for item in expired)
        note = f"{asked} asked; stated as expired: {when}"
        return Check(Outcome.SHORT, 0.5 * len(found) / len(constraints.licences), note, spans)
    if found or pending:
        note = f"{asked} asked"
        if pending:
            note += "; not held yet, or of another class: " + ", ".join(
                " ".join(item.name.split()) for item in pending
            )
        if missing and not constraints.any_licence:
            note += f"; not found: {', '.join(missing)}"
        share = (len(found) + PENDING * len(pending)) / len(constraints.licences)
        return Check(Outcome.PARTLY, share, note, spans)
    return Check(Outcome.SILENT, 0.0, f"{asked} asked; not found by name")


# What a licence counts that is stated as under way, or in another class than is asked.
PENDING = 0.25

# Levels that a resume may state for a language, below working proficiency (CEFR A1-A2 and their names).
_BASIC_LEVEL = re.compile(
    r"\b(?:a1|a2|a few|basics?|beginner|elementary|learning|little|limited|notions|phrases|rusty|school|some"
    r"|tourist|words)\b",
    re.IGNORECASE,
)


def check_languages(constraints: Constraints, resume: Resume) -> Check:
    """Human languages asked, by their English names, with the level as the resume states it."""
    stated = {language.name.casefold(): language for language in reversed(resume.languages)}
    found = [stated[name.casefold()] for name in constraints.languages if name.casefold() in stated]
    missing = [name for name in constraints.languages if name.casefold() not in stated]
    spans = tuple(language.span for language in found)
    asked = (" or " if constraints.any_language else " and ").join(constraints.languages)
    words = ", ".join(f"{item.name} ({item.level})" if item.level else item.name for item in found)
    if not found:
        return Check(Outcome.SILENT, 0.0, f"{asked} asked; not among the languages stated")
    if missing and not constraints.any_language:
        share = len(found) / len(constraints.languages)
        note = f"{asked} asked; states {words}; {', '.join(missing)} not stated"
        return Check(Outcome.PARTLY, share, note, spans)
    basic = [bool(item.level and _BASIC_LEVEL.search(item.level)) for item in found]
    if all(basic) if constraints.any_language else any(basic):
        return Check(
            Outcome.PARTLY, 0.5, f"{asked} asked; states {words}: a person to judge the level", spans
        )
    return Check(Outcome.MET, 1.0, f"{asked} asked; states {words}", spans)


# A field that is asked for without being named.
_RELATED = re.compile(
    r"\b(?:related|relevant|appropriate|similar)\b[\w\s-]{0,30}\b(?:area|discipline|field|subject)",
    re.IGNORECASE,
)


def check_all(
    qualification: Qualification, resume: Resume, relevant: frozenset[int], today: date
) -> list[tuple[str, Check]]:
    """Every check that the qualification asks for, each with its name ("years", "degree" ...)."""
    constraints = qualification.constraints
    checks: list[tuple[str, Check]] = []
    if constraints.min_years:
        checks.append(("years", check_years(constraints.min_years, resume.positions, relevant, today)))
    if constraints.degree:
        related = _RELATED.search(qualification.text) is not None
        degree = check_degree(constraints, resume.education, resume.document.text, related)
        checks.append(("degree", degree))
    if constraints.licences:
        text = resume.document.text
        licence = check_licences(constraints, resume.licences, today, text, qualification.text)
        checks.append(("licence", licence))
    if constraints.languages:
        checks.append(("language", check_languages(constraints, resume)))
    return checks


# --------------------------------------------------------------------------- words and comparisons


def _position_words(position: Position) -> str:
    """Which position is meant: "Site Manager, Jan 2007 – present"; two may share their dates."""
    title = " ".join((position.title or "").split())
    return f"{title}, {position.period}" if title else str(position.period)


def _rank(entry: Education) -> int:
    return entry.level.rank if entry.level is not None else -1


_DEGREE_NAMES = {
    DegreeLevel.HIGH_SCHOOL: "high school diploma",
    DegreeLevel.ASSOCIATE: "associate degree",
    DegreeLevel.BACHELOR: "bachelor’s degree",
    DegreeLevel.MASTER: "master’s degree",
    DegreeLevel.DOCTORATE: "doctorate",
}

# How much of a demand for a degree in a field is met by one of that level whose field could not be read,
# and by one in a field that shares no naming word with it. The second is closer to nothing than to a match.
NO_FIELD = 0.6
RELATED_FIELD = NO_FIELD  # a field is stated, and the posting does not say which it wants
OTHER_FIELD = 0.25


def _degree_words(entry: Education) -> str:
    level = entry.level or DegreeLevel.HIGH_SCHOOL
    field = " ".join((entry.field or "").split())
    return _DEGREE_NAMES[level] + f" in {field}" * (bool(field) and level is not DegreeLevel.HIGH_SCHOOL)


def _is_past(when: PartialDate | None, today: date) -> bool:
    """Whether the last day of the month (of the year, where no month is stated) lies before `today`."""
    return when is not None and (when.year, when.month or 12) < (today.year, today.month)


def _years(months: float) -> str:
    years, rest = divmod(round(months), 12)
    parts = [f"{years} year{'s' * (years != 1)}"] if years or not rest else []
    if rest:
        parts.append(f"{rest} month{'s' * (rest != 1)}")
    return " ".join(parts)

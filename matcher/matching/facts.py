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
from functools import cache

from matcher.matching.lexical import terms
from matcher.resumes import month_interval, months_of_experience
from matcher.types import Constraints, DegreeLevel, Education, Licence, PartialDate, Position, Resume, Span


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
    listed = "; ".join(str(position.period) for position in chosen if position.period)
    if months is not None and months >= needed:
        note = f"{_years(needed)} asked; {_years(months)} in positions that support this ({listed})"
        return Check(Outcome.MET, 1.0, note, spans)
    if career < needed:
        note = f"{_years(needed)} asked; all dated positions together cover {_years(career)}"
        undated = sum(month_interval(position.period, today) is None for position in positions)
        if undated:
            note += f"; how long {undated} more lasted is not stated"
        return Check(Outcome.PARTLY if undated else Outcome.SHORT, (months or 0) / needed, note, spans)
    if not months:
        note = (
            f"{_years(needed)} asked; no dated position recognisably supports this ({_years(career)} in all)"
        )
        return Check(Outcome.PARTLY, 0.0, note)
    note = f"{_years(needed)} asked; {_years(months)} in positions that support this ({listed})"
    return Check(Outcome.PARTLY, months / needed, note, spans)


def check_degree(constraints: Constraints, education: Sequence[Education]) -> Check:
    """The degree asked against the highest level that the resume states, level and field apart."""
    asked = constraints.degree
    assert asked is not None
    wanted = asked.value.replace("_", " ")
    known = [entry for entry in education if entry.level is not None]
    if not known:
        note = f"{wanted} degree asked; the resume states no degree"
        if constraints.or_equivalent:
            note += "; the posting accepts equivalent experience, a person to judge"
        return Check(Outcome.SILENT, 0.0, note)
    enough = [entry for entry in known if _rank(entry) >= asked.rank]
    finished = [entry for entry in enough if entry.completed is not False]
    if finished:
        fitting = [entry for entry in finished if _field_fits(entry, constraints.degree_fields)]
        best = max(fitting or finished, key=_rank)
        stated = _degree_words(best)
        if fitting or not constraints.degree_fields:
            return Check(Outcome.MET, 1.0, f"{wanted} degree asked; states {stated}", (best.span,))
        fields = " or ".join(constraints.degree_fields)
        note = f"{wanted} degree in {fields} asked; states {stated}: the level is met, the field is not"
        return Check(Outcome.PARTLY, 0.6, note, (best.span,))
    if enough:
        best = max(enough, key=_rank)
        note = f"{wanted} degree asked; {_degree_words(best)} is stated as not completed"
        return Check(Outcome.PARTLY, 0.5, note, (best.span,))
    best = max(known, key=_rank)
    note = f"{wanted} degree asked; the highest stated is {_degree_words(best)}"
    if constraints.or_equivalent:
        note += "; the posting accepts equivalent experience, a person to judge"
        return Check(Outcome.PARTLY, 0.5, note, (best.span,))
    return Check(Outcome.SHORT, _rank(best) / (2 * asked.rank), note, (best.span,))


def check_licences(constraints: Constraints, licences: Sequence[Licence], today: date) -> Check:
    """Licences and certifications asked, by name, with their dates of expiry against `today`."""
    found: list[Licence] = []
    expired: list[Licence] = []
    missing: list[str] = []
    for name in constraints.licences:
        same = [licence for licence in licences if _same_licence(name, licence.name)]
        valid = [licence for licence in same if not _is_past(licence.expires, today)]
        if valid:
            found.append(valid[0])
        elif same:
            expired.append(same[0])
        else:
            missing.append(name)
    spans = tuple(licence.span for licence in found + expired)
    asked = (" or " if constraints.any_licence else " and ").join(constraints.licences)
    if found and (constraints.any_licence or not (expired or missing)):
        names = ", ".join(" ".join(licence.name.split()) for licence in found)
        return Check(Outcome.MET, 1.0, f"{asked} asked; states {names}", spans)
    if expired:
        when = ", ".join(str(licence.expires) for licence in expired if licence.expires)
        note = f"{asked} asked; the resume states that it expired ({when})"
        return Check(Outcome.SHORT, 0.5 * len(found) / len(constraints.licences), note, spans)
    if found:
        note = f"{asked} asked; not found: {', '.join(missing)}"
        return Check(Outcome.PARTLY, len(found) / len(constraints.licences), note, spans)
    return Check(Outcome.SILENT, 0.0, f"{asked} asked; not found by name")


# Levels that a resume may state for a language, below working proficiency (CEFR A1-A2 and their names).
_BASIC_LEVEL = re.compile(r"\b(a1|a2|basic|beginner|elementary|notions|school)\b", re.IGNORECASE)


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
        return Check(Outcome.PARTLY, share, f"{asked} asked; states {words}; not {', '.join(missing)}", spans)
    basic = [bool(item.level and _BASIC_LEVEL.search(item.level)) for item in found]
    if all(basic) if constraints.any_language else any(basic):
        return Check(
            Outcome.PARTLY, 0.5, f"{asked} asked; states {words}: a person to judge the level", spans
        )
    return Check(Outcome.MET, 1.0, f"{asked} asked; states {words}", spans)


def check_all(
    constraints: Constraints, resume: Resume, relevant: frozenset[int], today: date
) -> list[tuple[str, Check]]:
    """Every check that `constraints` ask for, each with its name ("years", "degree" ...)."""
    checks: list[tuple[str, Check]] = []
    if constraints.min_years:
        checks.append(("years", check_years(constraints.min_years, resume.positions, relevant, today)))
    if constraints.degree:
        checks.append(("degree", check_degree(constraints, resume.education)))
    if constraints.licences:
        checks.append(("licence", check_licences(constraints, resume.licences, today)))
    if constraints.languages:
        checks.append(("language", check_languages(constraints, resume)))
    return checks


# --------------------------------------------------------------------------- words and comparisons


def _rank(entry: Education) -> int:
    return entry.level.rank if entry.level is not None else -1


def _degree_words(entry: Education) -> str:
    level = (entry.level or DegreeLevel.HIGH_SCHOOL).value.replace("_", " ")
    return f"{level}, {' '.join(entry.field.split())}" if entry.field else f"{level} (no field stated)"


_WORD = re.compile(r"[^\W\d_]+(?:[.&'][^\W\d_]+)*")
# Words that join or qualify fields of study without naming one.
_FIELD_FILLER = frozenset(
    """a an and any closely degree discipline engineering field fields in management of or other related
    relevant science sciences similar studies study subject technology the""".split()
)


def _field_fits(entry: Education, asked: tuple[str, ...]) -> bool:
    """Whether the stated field shares a naming word with one that is asked ("related" asks for judgement)."""
    if not asked:
        return True
    if entry.field is None:
        return False
    stated = {word[:6] for word in _field_words(entry.field)}
    for field in asked:
        words = {word[:6] for word in _field_words(field)}
        if (words & stated) or (not words and _plain(field) & _plain(entry.field)):
            return True
    return False


def _plain(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _field_words(text: str) -> set[str]:
    return _plain(text) - _FIELD_FILLER


_LICENCE_FILLER = frozenset(
    """active card certificate certification certified current licence license licensed licensure state
    unrestricted valid""".split()
)


@cache
def _licence_filler() -> frozenset[str]:
    return terms(" ".join(sorted(_LICENCE_FILLER))).stems


def _same_licence(asked: str, stated: str) -> bool:
    """All naming words of what is asked occur in what is stated, or one is the other's initials."""
    wanted, given = _licence_words(asked), _licence_words(stated)
    return wanted <= given or bool(_initials(stated) & wanted) or bool(_initials(asked) & given)


def _licence_words(text: str) -> frozenset[str]:
    """The stems that name a licence, aliases read as one ("RN" as "registered nurse")."""
    stems = terms(text).stems
    return (stems - _licence_filler()) or stems


def _initials(text: str) -> set[str]:
    """The initials of each run of capitalised words: "Project Management Professional" gives "pmp"."""
    found = set()
    for part in re.split(r"[,;:()/|–-]", text):
        words = [word for word in _WORD.findall(part) if word[0].isupper()]
        if len(words) > 1:
            found.add("".join(word[0] for word in words).casefold())
    return found


def _is_past(when: PartialDate | None, today: date) -> bool:
    """Whether the last day of the month (of the year, where no month is stated) lies before `today`."""
    return when is not None and (when.year, when.month or 12) < (today.year, today.month)


def _years(months: float) -> str:
    years, rest = divmod(round(months), 12)
    parts = [f"{years} year{'s' * (years != 1)}"] if years or not rest else []
    if rest:
        parts.append(f"{rest} month{'s' * (rest != 1)}")
    return " ".join(parts)

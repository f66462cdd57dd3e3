"""Constraints of a qualification checked against what was parsed from the resume.

Each check says what it found in words that a person can verify, and how far the demand is met. Nothing
is converted or guessed: a fact the resume does not state is `SILENT`, never a failure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from matcher.matching.checks import Check, Outcome, in_years
from matcher.matching.degree_facts import check_degree
from matcher.matching.equivalents import Sides
from matcher.matching.licence_facts import check_licences
from matcher.resumes import month_interval, months_of_experience
from matcher.types import (
    Constraints,
    LanguageSkill,
    Position,
    Qualification,
    Resume,
    SetAsideKind,
)


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
        return Check(Outcome.SILENT, 0.0, f"{in_years(needed)} asked; the resume gives no dates to count")
    spans = tuple(position.period.span for position in chosen if position.period and position.period.span)
    listed = "; ".join(_position_words(position) for position in chosen if position.period)
    if months is not None and months >= needed:
        note = f"{in_years(needed)} asked; {in_years(months)} in positions recognised as relevant ({listed})"
        return Check(Outcome.MET, 1.0, note, spans)
    if career < needed:
        note = f"{in_years(needed)} asked; all dated positions together cover {in_years(career)}"
        undated = sum(month_interval(position.period, today) is None for position in positions)
        if undated:
            note += f"; how long {undated} more lasted is not stated"
        return Check(Outcome.PARTLY if undated else Outcome.SHORT, (months or 0) / needed, note, spans)
    if not months:
        note = (
            f"{in_years(needed)} asked; no dated position recognised as relevant ({in_years(career)} in all)"
        )
        return Check(Outcome.PARTLY, 0.0, note)
    note = f"{in_years(needed)} asked; {in_years(months)} in positions recognised as relevant ({listed})"
    return Check(Outcome.PARTLY, months / needed, note, spans)


# Levels that a resume may state for a language, below working proficiency (CEFR A1-A2 and their names).
_BASIC_LEVEL = re.compile(
    r"\b(?:a1|a2|a few|basics?|beginner|elementary|learning|little|limited|notions|phrases|rusty|school|some"
    r"|tourist|words)\b",
    re.IGNORECASE,
)

# Levels below what is asked of someone who is to be bilingual, fluent, professional or able to write.
_MIDDLE_LEVEL = re.compile(r"\b(?:b1|conversation\w*|intermediate|limited|spoken|verbal)\b", re.IGNORECASE)
_ASKS_MORE = re.compile(
    r"\b(?:advanced|bilingual|business|c1|c2|excellent|fluen\w+|native|professional|trilingual|written|writing)\b",
    re.IGNORECASE,
)
# Unless the posting takes such a level as well.
_TAKES_LESS = re.compile(r"\b(?:b1|b2|basic|conversational|intermediate)\b", re.IGNORECASE)


def check_languages(constraints: Constraints, stated: Sequence[LanguageSkill], text: str = "") -> Check:
    """Human languages asked, by their English names, with the level as the resume states it.

    `text` is that of the demand: it may ask for more than some. Of several languages English alone is
    nothing that the resume does not show by itself.
    """
    known = {language.name.casefold(): language for language in reversed(stated)}
    found = [known[name.casefold()] for name in constraints.languages if name.casefold() in known]
    missing = [name for name in constraints.languages if name.casefold() not in known]
    spans = tuple(language.span for language in found)
    asked = (" or " if constraints.any_language else " and ").join(constraints.languages)
    words = ", ".join(f"{item.name} ({item.level})" if item.level else item.name for item in found)
    if not found:
        return Check(Outcome.SILENT, 0.0, f"{asked} asked; not among the languages stated")
    if missing and not constraints.any_language and all(item.name == "English" for item in found):
        note = f"{asked} asked; states {words}; {', '.join(missing)} not stated"
        return Check(Outcome.SILENT, 0.0, note)
    if missing and not constraints.any_language:
        share = len(found) / len(constraints.languages)
        note = f"{asked} asked; states {words}; {', '.join(missing)} not stated"
        return Check(Outcome.PARTLY, share, note, spans)
    more = _ASKS_MORE.search(text) is not None and _TAKES_LESS.search(text) is None
    basic = [bool(item.level and _is_below(item.level, more)) for item in found]
    if all(basic) if constraints.any_language else any(basic):
        return Check(
            Outcome.PARTLY, 0.5, f"{asked} asked; states {words}: a person to judge the level", spans
        )
    return Check(Outcome.MET, 1.0, f"{asked} asked; states {words}", spans)


def _is_below(level: str, more: bool) -> bool:
    """Whether a stated level may be less than is asked; `more` says that fluency or writing is."""
    return bool(_BASIC_LEVEL.search(level) or (more and _MIDDLE_LEVEL.search(level)))


def check_all(
    qualification: Qualification,
    resume: Resume,
    relevant: frozenset[int],
    today: date,
    sides: Sides | None = None,
) -> list[tuple[str, Check]]:
    """Every check that the qualification asks for, each with its name ("years", "degree" ...).

    With `sides` experience may stand in for the degree: the check "degree" is that of the side of education
    alone, and years that are asked of the experience are left to the check of that side.
    """
    constraints = qualification.constraints
    text = resume.document.text
    checks: list[tuple[str, Check]] = []
    if constraints.min_years and not (sides and sides.alone):
        checks.append(("years", check_years(constraints.min_years, resume.positions, relevant, today)))
    if constraints.degree:
        asked = replace(constraints, or_equivalent=constraints.or_equivalent and sides is None)
        demand = sides.degree if sides else qualification.text
        complete = all(item.kind is not SetAsideKind.UNREADABLE_PAGE for item in resume.document.set_aside)
        checks.append(("degree", check_degree(asked, resume.education, text, demand, complete)))
    if constraints.licences:
        licence = check_licences(constraints, resume.licences, today, text, qualification.text)
        checks.append(("licence", licence))
    if constraints.languages:
        checks.append(("language", check_languages(constraints, resume.languages, qualification.text)))
    return checks


# --------------------------------------------------------------------------- words and comparisons


def _position_words(position: Position) -> str:
    """Which position is meant: "Site Manager, Jan 2007 – present"; two may share their dates."""
    title = " ".join((position.title or "").split())
    return f"{title}, {position.period}" if title else str(position.period)

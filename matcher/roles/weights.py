"""What a qualification weighs when nobody has said: by its kind, and by what it can tell candidates apart by.

Printed with every ranking, written into the role file, and replaced by what a person gives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.types import Assess, Constraints, Qualification, QualificationKind

BY_KIND = {
    QualificationKind.REQUIRED: 1.0,
    QualificationKind.PREFERRED: 0.5,
    QualificationKind.RESPONSIBILITY: 0.0,
}

# What is asked in every trade - a language, a level of education in no field, a licence to drive - opens the
# door to a job and says nothing of its work: it counts less, or those who speak the language and have never
# done the work outrank those who have. What is required still weighs above what is preferred. On whole roles
# with graded candidates .25, .5 and .6 are alike.
GENERAL = 0.6

_DRIVE = re.compile(r"\bdriv(?:e|er|ers|ing)\b", re.IGNORECASE)
_DRIVING_JOB = re.compile(r"\b(?:chauffeur|courier|deliver\w*|driv\w+|haul\w*|truck\w*)\b", re.IGNORECASE)
# A demand that goes on to ask for work, or for a field that was not read as one, is of its trade.
_OF_A_TRADE = re.compile(
    r"\b(?:experience|training)\b|\b(?:in|en|as)\s+(?!any\b|an?\s+(?:related|relevant)\b|english\b)",
    re.IGNORECASE,
)
_LANGUAGE_JOB = re.compile(r"\b(?:bilingual|interpret\w*|language|lingu\w+|translat\w+)\b", re.IGNORECASE)


def weighed(found: Sequence[Qualification], title: str | None) -> tuple[Qualification, ...]:
    """The qualifications of a posting with this `title`, each with its weight, from 0 to 1.

    What is left to an interview, or says what another says, weighs nothing. Where nothing would weigh, as in
    a posting that has responsibilities alone, they weigh 1; where it has wishes alone, resumes are judged by
    those.
    """
    changed = tuple(replace(item, weight=_weight(item, title or "")) for item in found)
    if any(item.weight for item in changed):
        return changed
    if all(item.assess is Assess.INTERVIEW for item in found):
        found = [replace(item, assess=Assess.RESUME) for item in found]
    return tuple(replace(item, weight=0.0 if _stands_apart(item) else 1.0) for item in found)


def _stands_apart(item: Qualification) -> bool:
    return item.assess is Assess.INTERVIEW or item.same_as is not None


def _weight(item: Qualification, title: str) -> float:
    if _stands_apart(item):
        return 0.0
    return BY_KIND[item.kind] * (GENERAL if is_general(item.text, item.constraints, title) else 1.0)


def is_general(text: str, constraints: Constraints, title: str) -> bool:
    """Whether a demand is for a fact that every trade asks for, and the `title` is not that of its trade."""
    if constraints.min_years:
        return False
    if constraints.languages:
        named = any(name.casefold() in title.casefold() for name in constraints.languages)
        trade = named or _LANGUAGE_JOB.search(title) or re.search(r"\bexperience\b", text, re.IGNORECASE)
        return not (trade or constraints.licences)
    if constraints.licences:
        return all(map(_DRIVE.search, constraints.licences)) and not _DRIVING_JOB.search(title)
    if constraints.degree is None or constraints.degree_fields:
        return False
    return not _OF_A_TRADE.search(text)

"""What a qualification weighs when nobody has said: by its kind, and by what it can tell candidates apart by.

Printed with every ranking, written into the role file, and replaced by what a person gives.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.types import Constraints, Qualification, QualificationKind

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

# What a resume cannot show: what someone enjoys, believes or has a passion for ...
_INNER = re.compile(
    r"^\W*(?:(?:you|we|are|is|be|must|should|have|has|having|who|someone|a|an|the|real|genuine|strong|true|"
    r"deep|your)\s+)*"
    r"(?:believ(?:e|es|ing)|curiosity|curious|desire|enjoy(?:s|ing)?|enthusias(?:m|tic)|excited|love(?:s)?|"
    r"loving|passion(?:ate)?|pride)\b",
    re.IGNORECASE,
)
# ... and what it can, beside it.
_SHOWN = re.compile(
    r"\d|\b(?:background|built|certif\w+|degree|diploma|experience\w*|has|have|held|history|knowledge|led|"
    r"licen[cs]e\w*|managed|proficien\w+|proven|record|ran|skills? in|sold|trained|worked|years?)\b",
    re.IGNORECASE,
)
# Qualities of character, and the words that stand around them.
_QUALITIES = frozenset(
    """adaptable ambitious approachable attitude calm can-do caring character cheerful collaborative committed
    compassionate confident conscientious courteous creative curious dedicated dependable determined diligent
    driven dynamic eager easygoing empathetic empathy energetic energy enthusiasm enthusiastic ethic fast
    flexible flexibility friendly good-natured hard-working hardworking helpful honest honesty humble humour
    humor initiative integrity kind kindness learn learner loyal mindset motivated motivation open-minded
    optimistic outgoing passion passionate patience patient personality player polite positive proactive
    punctual quick quickly reliable reliability resilient resilience resourceful respectful self-directed
    self-motivated self-starter sense sensitive sociable stamina team teachable thinker thoughtful trustworthy
    warm warmth willing willingness work""".split()
)
_AROUND = frozenset(
    """a ability able also always an and are at be being can excellent friendly good great have highly in is
    new of or person positive someone strong that the things to under very well who with you your""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")


def weighed(found: Sequence[Qualification], title: str | None) -> tuple[Qualification, ...]:
    """The qualifications of a posting with this `title`, each with its weight, from 0 to 1.

    Where nothing would weigh, as in a posting that has responsibilities alone, all weigh 1.
    """
    changed = tuple(replace(item, weight=_weight(item, title or "")) for item in found)
    if any(item.weight for item in changed):
        return changed
    return tuple(replace(item, weight=1.0) for item in found)


def _weight(item: Qualification, title: str) -> float:
    if needs_interview(item.text, item.constraints):
        return 0.0
    return BY_KIND[item.kind] * (GENERAL if is_general(item.text, item.constraints, title) else 1.0)


def needs_interview(text: str, constraints: Constraints) -> bool:
    """Whether a demand is nothing but what no resume can show: "Quick learner", "A passion for education"."""
    if constraints:
        return False
    if inner := _INNER.match(text):
        return _SHOWN.search(text, inner.end()) is None
    words = [word.casefold() for word in _WORD.findall(text)]
    return any(word in _QUALITIES for word in words) and all(
        word in _QUALITIES or word in _AROUND for word in words
    )


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

"""Facets that look alike and are not: managing people, mentoring them, leading a project."""

from __future__ import annotations

import re
from enum import Enum

from matcher.matching.signals import asks_to_manage

# What a line keeps of its strength that shows another facet than the demand asks: it is near, and no more
# than partial evidence.
OTHER_FACET = 0.6


class Facet(Enum):
    """What someone does for others' work."""

    PEOPLE = "managing people"
    MENTORING = "mentoring"
    PROJECT = "leading a project"


_BITS = {1 << place: facet for place, facet in enumerate(Facet)}
_MANAGING = 1 << len(Facet)

_PEOPLE = re.compile(
    r"\b(?:line|people|staff|team) manage(?:ment|r)\b|\bdirect reports\b|\bmanag\w+ people\b", re.IGNORECASE
)
_MENTORING = re.compile(r"\b(?:coach(?:ed|es|ing)?|mentor\w*|tutor(?:ed|ing)?)\b", re.IGNORECASE)
_PROJECT = re.compile(
    r"\b(?:direct|lead|led|manag|ran|run)\w*\s+(?:[\w-]+\s+){0,4}?projects?\b|\bproject (?:lead|manage)\w*",
    re.IGNORECASE,
)
_MANAGES = re.compile(r"\bmanag(?:e|ed|es|ing)\b", re.IGNORECASE)


def facets(text: str) -> frozenset[Facet]:
    """The facets that a text speaks of, none where it speaks of other things."""
    found = set()
    if _PEOPLE.search(text) or asks_to_manage(text):
        found.add(Facet.PEOPLE)
    if _MENTORING.search(text):
        found.add(Facet.MENTORING)
    if _PROJECT.search(text):
        found.add(Facet.PROJECT)
    return frozenset(found)


def asks_people_management(text: str) -> bool:
    """Whether a demand names the managing of people as such, among other things or alone."""
    return _PEOPLE.search(text) is not None


def facet_bits(line: str) -> int:
    """What `is_other_facet` asks of a line, in one byte: a bit for each facet, the next for any managing."""
    shown = facets(line)
    found = sum(bit for bit, facet in _BITS.items() if facet in shown)
    return found | (_MANAGING if _MANAGES.search(line) else 0)


def is_other_facet(asked: frozenset[Facet], bits: int) -> bool:
    """Whether one facet is `asked` and a line with these `facet_bits` shows another, or the managing of
    things for that of people."""
    if len(asked) != 1:
        return False
    shown = [facet for bit, facet in _BITS.items() if bits & bit]
    if not shown:
        return Facet.PEOPLE in asked and bool(bits & _MANAGING)
    return asked.isdisjoint(shown)

"""Leading people as one of the things that are asked: the managing itself, or leading them through change.

Encoders and words in common miss both, for they are told in any words ("kept the department together through
the takeover"). What they have is a shape: someone leads people or a place of work, and through what.
"""

from __future__ import annotations

import re
from enum import Enum

from matcher.matching.domains import LEADS, PEOPLE, PLACES, leads_anyone
from matcher.matching.facets import asks_people_management


class Leading(Enum):
    """What leading a demand asks for besides other things."""

    PEOPLE = "managing people as such"
    CHANGE = "leading people through change"


_WORD = r"[\w&/+\'’-]+"
_UPHEAVAL = (
    r"(?:acquisitions?|ambiguity|bankruptcy|changes?|closures?|cris[ie]s|downsizing|flux|insolvency|layoffs?|"
    r"mergers?|pandemic|pivots?|redundancies|relocation|re-?organi[sz]ations?|restructur\w+|spin-?off|takeover|"
    r"transformations?|transitions?|turbulence|turmoil|turnaround|uncertainty|uncertainties|upheavals?)"
)
# "Led the group through the merger", "kept the department together during the 2020 acquisition".
_THROUGH = re.compile(
    rf"\b(?:{LEADS}|brought|carried|guid(?:ed?|es|ing)|held|ke(?:ep|eping|eps|pt)|navigat(?:ed?|es|ing)|saw|"
    rf"steer(?:ed|ing|s)?|took)\s+(?:{_WORD}\s+){{0,4}}?(?:{PEOPLE}|{PLACES})\s+(?:{_WORD}\s+){{0,2}}?"
    rf"(?:amid|amidst|during|in|through|throughout)\s+(?:{_WORD},?\s+){{0,5}}?{_UPHEAVAL}(?![\w'’-])",
    re.IGNORECASE,
)


def asked_leading(demand: str) -> frozenset[Leading]:
    """The leading that a `demand` asks for, whatever else it asks."""
    asked = {Leading.PEOPLE: asks_people_management(demand), Leading.CHANGE: leads_through(demand)}
    return frozenset(leading for leading, is_asked in asked.items() if is_asked)


def leads_through(text: str) -> bool:
    """Whether someone leads people through change."""
    return _THROUGH.search(text) is not None


def shows_leading(asked: frozenset[Leading], line: str) -> bool:
    """Whether a `line` shows some of the leading that is `asked`."""
    if Leading.PEOPLE in asked and leads_anyone(line):
        return True
    return Leading.CHANGE in asked and leads_through(line)

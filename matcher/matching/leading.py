"""Leading people as one of the things that are asked: the managing itself, or leading them through change.

Encoders and words in common miss both, for they are told in any words ("kept the department together through
the takeover"). What they have is a shape: someone leads people or a place of work, and through what.
"""

from __future__ import annotations

import re

from matcher.matching.domains import LEADS, PEOPLE, PLACES, leads_anyone
from matcher.matching.facets import asks_people_management

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


def shows_leading(demand: str, line: str) -> bool:
    """Whether a `demand` asks to manage people as such, or to lead them through change, and a `line` does."""
    if asks_people_management(demand) and leads_anyone(line):
        return True
    return bool(_THROUGH.search(line) and _THROUGH.search(demand))

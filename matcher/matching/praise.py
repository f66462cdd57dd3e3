"""What a line says of its writer instead of telling what was done: a quality of character, or mastery.

Two degrees of one thing. "Passionate about coaching" ascribes a quality that anyone may ascribe to himself;
"proficient in Excel" names something that could be shown. A deed in the same line outweighs both.
"""

from __future__ import annotations

import re
from enum import Enum


class Praise(Enum):
    """What a line says of its writer."""

    CHARACTER = "a quality of character"
    MASTERY = "that something is known or mastered"


# Qualities of character, those first that a title or the name of a thing never begins with ("Creative
# Director", "Positive Pay").
_SURE = (
    r"affable|ambitious|approachable|compassionate|conscientious|customer[- ](?:centric|focused|oriented)|"
    r"dedicated|dependable|detail[- ]oriented|determined|diligent|dynamic|empathetic|energetic|enthusiastic|"
    r"guest[- ]centric|hard[- ]?working|meticulous|motivated|passionate|personable|proactive|punctual|"
    r"reliable|resourceful|results[- ](?:driven|focused|oriented)|self[- ]\w+|trustworthy|versatile|"
    r"well[- ](?:organi[sz]ed|spoken)"
)
_QUALITY = (
    rf"{_SURE}|adaptable|articulate|calm|caring|charismatic|committed|confident|courteous|creative|curious|"
    r"diplomatic|driven|eager|easy[- ]?going|flexible|friendly|helpful|honest|innovative|keen|kind|loyal|"
    r"outgoing|patient|polite|positive|resilient|responsible|sociable|thoughtful|tireless|warm"
)
_DEGREE = (
    r"(?:a|an|be|being|i am|i'm|am|is|very|highly|extremely|truly|always|naturally|genuinely|consistently)"
)
_GOOD = r"(?:excellent|exceptional|good|great|outstanding|solid|strong|superb|superior)"
_PRAISE = re.compile(
    rf"^\W*(?:{_DEGREE}\s+)*(?:(?P<character>"
    rf"(?:{_QUALITY})\b(?=\s*(?:$|[.,;&]|(?:about|and|at|attitude|in|individual|person|personality|"
    r"team player|to|under|when|with|worker)\b))"
    r"|(?:thrive|enjoy|love|believe|pride)s?\s+(?!as\b)(?=\w)|excels?\s+(?:at|in|under|when)\b"
    r"|(?:comfortable|happy|at ease|at (?:my|his|her) best)\b"
    r"|(?:interested in|interest in|looking (?:for|to)|hoping to|aspiring)\b"
    r"|(?:quick|fast|eager|lifelong) (?:learner|study|to learn)\b|quick to \w+"
    r"|(?:team player|people person|natural leader|born leader|go[- ]getter|problem[- ]solver)\b"
    rf"|(?:demonstrat|display|exhibit|possess)(?:e?s|ed?|ing)?\s(?:(?:an?|the)\s)?(?:(?:{_GOOD}|advanced|consistent|"
    r"effective|high|proven)\s(?:[\w&/,-]+\s){0,6}?)?(?:abilit(?:y|ies)|attitude|capacity|ethics?|skills?|"
    r"willingness)\b"
    r"|(?:ability|able|capable|capacity|willing(?:ness)?|desire|passion|love|talent|flair) (?:to|of|for)\b"
    rf"|(?:{_GOOD}|effective)\s"
    r"(?:[\w&/,-]+\s){0,4}?(?:abilit(?:y|ies)|attitude|communicators?|demeanou?r|ethics?|listener|manners?|"
    r"personality|skills?|spirit|team player|work ethic)\b"
    rf")|(?:{_SURE}|{_GOOD}|adept|capable|committed to|experienced|expert|familiar with|knowledge of|"
    r"proficient|proven|quick|skilled|talented)\b)",
    re.IGNORECASE,
)
# What was done, with whom: a line that has it describes, whatever praise it begins with.
_DEED = re.compile(
    r"\b(?:and|who|while|by|when|after)\s+(?:have |has |had )?(?!skilled|experienced|motivated|"
    r"oriented|dedicated|driven|focused|organi[sz]ed|centered|minded)[a-z]{2,}ed\b"
    r"|\b(?:led|built|ran|taught|wrote|grew|won|made|held|sold|kept|took|gave|drove|brought)\b",
    re.IGNORECASE,
)
# How much, how often or how long makes a quality of character more than a word.
_AMOUNT = re.compile(r"\d|\byears?\b", re.IGNORECASE)


def praise(text: str) -> Praise | None:
    """How `text` praises its writer, None where it tells of something done, or does not praise."""
    found = _PRAISE.match(text)
    if found is None or _DEED.search(text):
        return None
    if found["character"] and not _AMOUNT.search(text):
        return Praise.CHARACTER
    return Praise.MASTERY

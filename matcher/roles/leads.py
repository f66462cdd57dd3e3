"""Lead-in lines -> what the list below is about, and which of them state nothing alone."""

from __future__ import annotations

import re

from matcher.roles.blocks import Block
from matcher.roles.constraints import constraints
from matcher.roles.headings import Section
from matcher.roles.kinds import Kind
from matcher.roles.prose import Speech, sentences, speech
from matcher.roles.topics import Topic, topic_of

KIND_OF = {
    Topic.REQUIRED: Kind.REQUIRED,
    Topic.PREFERRED: Kind.PREFERRED,
    Topic.RESPONSIBILITY: Kind.RESPONSIBILITY,
}
_LEAD_IN_APPLY = re.compile(r"\b(?:r[ée]sum[ée]|cv|applications?|apply|submit|send us|attach|upload)\b", re.I)
_LEAD_IN_LIST = re.compile(
    r"\bpositions? we\b|\bhoping to fill\b|\bvacancies\b|\bbenefits?\b|\bwe offer\b", re.I
)
DEFINED = re.compile(
    r"\b(?:defined as|as follows|includes? the following|the following|such as|including)\W*$", re.I
)
# "Production experience with", above a nested list: the items below say with what.
_OPEN_END = re.compile(
    r"\b(?:with|in|of|on|for|to|as|at|from|and|or|using|including|include|following|such as|like|both|"
    r"either|areas|tools|technologies|these)(?: (?:the|one of|any of|at least one of|some of|"
    r"all of)(?: following)?)?\W*$",
    re.I,
)
_LEAD_IN_WORDS = 14


def list_topic(section: Section, lead: Block | None) -> Topic:
    """What a list is about: its lead-in line says so, else its heading, else its content."""
    if lead is not None:
        if _LEAD_IN_APPLY.search(lead.text):
            return Topic.APPLY
        if _LEAD_IN_LIST.search(lead.text):
            return Topic.OTHER if "benefit" not in lead.text.lower() else Topic.BENEFITS
        if len(lead.text.split()) <= 25:
            named = topic_of(_last_sentence(lead.text))
            if named in KIND_OF and not (DEFINED.search(lead.text) and section.topic in KIND_OF):
                return named
            if named in (Topic.BENEFITS, Topic.APPLY, Topic.LEGAL) and section.topic not in KIND_OF:
                return named
        said = speech(_last_sentence(lead.text))
        if said is Speech.PREFERRED:
            return Topic.PREFERRED
        if said is Speech.REQUIRED:
            return Topic.REQUIRED
        if said is Speech.DUTY and section.topic not in KIND_OF:
            return Topic.RESPONSIBILITY
    return section.topic


def _last_sentence(text: str) -> str:
    start, end = sentences(text)[-1]
    return text[start:end]


def says_nothing_alone(text: str) -> bool:
    """True for "Production experience with" above a nested list; years or a degree would be kept."""
    short = len(text.split()) <= _LEAD_IN_WORDS and len(sentences(text)) == 1
    return short and _OPEN_END.search(text) is not None and not constraints(text)

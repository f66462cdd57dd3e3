"""What a text says of itself beside its words: the human languages it names, study that goes on, hopes.

Words in common cannot tell "fluent in Spanish" from "fluent in Italian", a student from a graduate, or a
licence from the wish for one. These few signs can, and a person can check each of them in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

# English names of human languages that postings and resumes name, and what else they are called.
_NAMES = """
    afrikaans albanian amharic arabic armenian azerbaijani basque bengali=bangla bosnian bulgarian burmese
    cantonese catalan cebuano croatian czech danish dari dutch=flemish english estonian farsi=persian
    finnish french gaelic georgian german greek gujarati hausa hebrew hindi hmong hungarian icelandic igbo
    ilocano indonesian irish italian japanese kannada kazakh khmer kinyarwanda korean kurdish lao latvian
    lithuanian macedonian malay malayalam maltese mandarin=chinese maori=māori marathi mongolian navajo
    nepali norwegian oromo pashto polish portuguese punjabi quechua romanian russian samoan serbian shona
    sindhi sinhala slovak slovenian somali spanish=castilian swahili swedish tagalog=filipino tamil telugu
    thai tibetan tigrinya tongan turkish twi ukrainian urdu uzbek vietnamese welsh wolof xhosa=isixhosa
    yiddish yoruba zulu=isizulu asl auslan bsl
"""
LANGUAGES = {name: group.split("=")[0] for group in _NAMES.split() for name in group.split("=")}

# A demand that names a language asks for it when it speaks of using one: a "German market" does not.
_USE = re.compile(
    r"(?i)\b(?:bilingual|command of|communicat\w*|conversational|fluen\w+|good enough|languages?|level|native"
    r"|oral|proficien\w+|read(?:ing)?|speak\w*|spoken|trilingual|verbal|writ(?:e|ing|ten))\b"
)
# Someone who studies now is asked for ...
_ASKS_STUDENT = re.compile(
    r"(?i)\b(?:enrol\w+|expected graduation|final[- ]year|graduating|pursuing|student status"
    r"|return\w* to (?:\w+ ){0,3}(?:education|program\w*|school|university))\b"
)
# ... and described.
_STUDIES = re.compile(
    r"(?i)\b(?:anticipated|candidate|current(?:ly)?|enrol\w+|expected|in[ -]pro(?:cess|gress)|ongoing|present"
    r"|pursuing|to be completed)\b"
)
# What is sought, studied towards, not yet there or there no more: by a word, or by a word and the next.
_HOPES = frozenset(
    """aspire aspires aspiring coursework desire eligible expired hope hoping lapsed objective obtain pursuing
    seek seeking seeks""".split()
)
_HOPE_BEGINS = {
    "in": frozenset({"process", "progress"}),
    "interested": frozenset({"in"}),
    "looking": frozenset({"for"}),
    "no": frozenset({"experience"}),
    "working": frozenset({"on", "toward", "towards"}),
}

# Several things are asked, and not one of them.
_AND = re.compile(r"(?i),\s|;|&|\band\b")
_OR = re.compile(r"(?i)\bor\b")

# People are to be managed ("manage accounts" asks for none), and titles of those who do.
_MANAGES_PEOPLE = re.compile(
    r"(?i)\b(?:direct|head|lead|led|manag|oversee|run|supervis)\w*\s+(?:[\w,&/-]+\s+){0,5}?"
    r"(?:crews?|departments?|employees|engineers|group|nurses|people|researchers|staff|teams?|workers)\b"
)
# "Sales lead" is one; a lead bartender mixes drinks as others do.
_MANAGER = re.compile(
    r"(?i)\b(?:c[efiot]o|chief|director|foreman|forewoman|head|leader|manager|matron|president|principal"
    r"|superintendent|supervisor|[es]?vp|lead(?=\W*$|\s*[,/()|–—-]|\s+(?:at|for|in|of)\b))\b"
)


def languages(words: Iterable[str]) -> frozenset[str]:
    """The languages that the words of a text name, capitals required ("Polish", not "polish")."""
    return frozenset(LANGUAGES[low] for word in words if (low := word.lower()) in LANGUAGES and low != word)


def asked_languages(text: str, named: frozenset[str]) -> frozenset[str]:
    """The languages that `text` asks for, of those it has `named`: English only when it is the only one.

    A resume in English shows some English, and postings add it for completeness.
    """
    if not named or not _USE.search(text):
        return frozenset()
    return named - {"english"} or named


@lru_cache(maxsize=1_024)
def asks_student(text: str) -> bool:
    """Whether a demand is for someone who studies now, or is about to graduate."""
    return _ASKS_STUDENT.search(text) is not None


def studies(text: str) -> bool:
    """Whether a line says that its studies go on."""
    return _STUDIES.search(text) is not None


def hopes(words: Sequence[str]) -> bool:
    """Whether a text, given as its words in lower case, speaks of what is sought or under way, not of what
    is there."""
    if not _HOPES.isdisjoint(words):
        return True
    return any(
        word in _HOPE_BEGINS and following in _HOPE_BEGINS[word] for word, following in pairwise(words)
    )


def asks_several(text: str) -> bool:
    """Whether a demand is for several things at once, which a resume may show line by line."""
    return _AND.search(text) is not None and _OR.search(text) is None


def asks_to_manage(text: str) -> bool:
    """Whether a demand is for managing people."""
    return _MANAGES_PEOPLE.search(text) is not None


def is_manager(title: str) -> bool:
    """Whether a job title is one of those who manage people, or may well be."""
    return _MANAGER.search(title) is not None

"""Whether a licence that a posting asks for is the one that a resume states, by name, initials and number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from matcher.matching.lexical import written
from matcher.types import Licence

_WORD = re.compile(r"[^\W\d_]+(?:[.&'][^\W\d_]+)*")
_LICENCE_FILLER = frozenset(
    """active card certificate certification certified course current hour hours licence license licensed
    licensure state ticket training unrestricted valid""".split()
)


_BAR = frozenset({"bar", "bar_admission"})
_NUMBER = re.compile(r"\d+")


@cache
def _licence_filler() -> frozenset[str]:
    return frozenset(written(" ".join(sorted(_LICENCE_FILLER))))


_FIRST_PART = re.compile(r"[,;:(|–]")

_CLASS = re.compile(r"\b[Cc](?:lass|ategory) ([A-Z0-9]{1,3})\b")
_BREAK = re.compile(r"[,;|•.]")
_NEAR = 60  # characters after a licence that may say so

# What stands beside a licence that is not held yet.
_PENDING = re.compile(
    r"(?i)\b(?:not (?:yet )?(?:taken|held|obtained|passed|sat)|not yet|studying"
    r"|(?:class|course|exam\w*|test) (?:is )?(?:booked|pending|planned|scheduled)"
    r"|in pro(?:cess|gress)|pursuing|working (?:on|towards?)|eligible for|applied for|application pending"
    r"|candidate for|to be (?:taken|completed))\b"
)


def is_pending(licence: Licence, text: str) -> bool:
    """Whether a licence is stated as not held yet: by its name, or by the words right before or after it on
    its line. `text` is the resume's. "CPA; pursuing CFA" says nothing against the CPA."""
    line = text.rfind("\n", 0, licence.span.start) + 1
    before = _BREAK.split(text[line : licence.span.start])[-1]
    after = text[licence.span.end : licence.span.end + _NEAR].split("\n", 1)[0].lstrip(" \t,:(–—-")
    return bool(_PENDING.search(licence.name) or _PENDING.search(before) or _PENDING.match(after))


def is_other_class(demand: str, stated: str) -> bool:
    """Whether a demand names a class of licence and what is stated names another: "Class A" and "Class B"."""
    asked, given = ({name.casefold() for name in _CLASS.findall(text)} for text in (demand, stated))
    return bool(asked and given) and not asked & given


def same_licences(asked: str, licences: Sequence[Licence]) -> list[Licence]:
    """The licences that are the one asked for, by `same_licence`; only the nearest in name where some are
    nearer: "Pharmacist, Board of Ohio" before "Ambulatory Care Pharmacist" before "Pharmacy Immunization"."""
    same = [licence for licence in licences if same_licence(asked, licence.name)]
    if not same:
        return []
    words = _plain_words(asked) - _LICENCE_FILLER
    as_written = [licence for licence in same if words <= _plain_words(licence.name)]
    alone = [
        licence
        for licence in as_written
        if _plain_words(_FIRST_PART.split(licence.name, maxsplit=1)[0]) - _LICENCE_FILLER == words
    ]
    return alone or as_written or same


def same_licence(asked: str, stated: str) -> bool:
    """All naming words of what is asked occur in what is stated, or one is the other's initials.

    A number names too: a Series 7 is no Series 66. Under "Bar admissions" a resume lists the bare names of
    states: "New York" is the New York bar.
    """
    name, given = _asked(asked), _licence_words(stated)
    if not name.numbers <= _numbers(stated):
        return False
    if name.words & _BAR and name.words - _BAR == given - _BAR:
        return True
    return name.words <= given or bool(name.initials & given) or bool(_initials(stated) & name.words)


class _Name(NamedTuple):
    words: frozenset[str]
    numbers: set[str]
    initials: set[str]


@lru_cache(maxsize=256)
def _asked(name: str) -> _Name:
    """The name of a licence that a posting asks for, which is compared with those of many resumes."""
    return _Name(_licence_words(name), _numbers(name), _initials(name))


def _licence_words(text: str) -> frozenset[str]:
    """The stems that name a licence, aliases read as one ("RN" as "registered nurse")."""
    stems = frozenset(written(text))
    if "commercial_driver_licence" in stems:
        stems |= {"driver_licence"}  # who may drive a lorry may drive a car
    return (stems - _licence_filler()) or stems


def _plain_words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(text))


def _initials(text: str) -> set[str]:
    """The initials of each run of capitalised words: "Project Management Professional" gives "pmp"."""
    found = set()
    for part in re.split(r"[,;:()/|–-]", text):
        words = [word for word in _WORD.findall(part) if word[0].isupper()]
        if len(words) > 1:
            found.add("".join(word[0] for word in words).casefold())
    return found

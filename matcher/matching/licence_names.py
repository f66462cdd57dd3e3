"""Whether a licence that a posting asks for is the one that a resume states, by name, initials and number."""

from __future__ import annotations

import re
from functools import cache

from matcher.matching.lexical import terms

_WORD = re.compile(r"[^\W\d_]+(?:[.&'][^\W\d_]+)*")
_LICENCE_FILLER = frozenset(
    """active card certificate certification certified course current hour hours licence license licensed
    licensure state training unrestricted valid""".split()
)


_BAR = frozenset({"bar", "bar_admission"})
_NUMBER = re.compile(r"\d+")


@cache
def _licence_filler() -> frozenset[str]:
    return terms(" ".join(sorted(_LICENCE_FILLER))).stems


def same_licence(asked: str, stated: str) -> bool:
    """All naming words of what is asked occur in what is stated, or one is the other's initials.

    A number names too: OSHA 10 is not OSHA 30, though the longer course covers the shorter. Under "Bar
    admissions" a resume lists the bare names of states: "New York" is the New York bar.
    """
    wanted, given = _licence_words(asked), _licence_words(stated)
    if not _numbers(asked) <= _numbers(stated):
        return False
    if wanted & _BAR and wanted - _BAR == given - _BAR:
        return True
    return wanted <= given or bool(_initials(stated) & wanted) or bool(_initials(asked) & given)


def _licence_words(text: str) -> frozenset[str]:
    """The stems that name a licence, aliases read as one ("RN" as "registered nurse")."""
    stems = terms(text).stems
    if "commercial_driver_licence" in stems:
        stems |= {"driver_licence"}  # who may drive a lorry may drive a car
    return (stems - _licence_filler()) or stems


def _numbers(text: str) -> set[str]:
    found = set(_NUMBER.findall(text))
    return found | {"10"} if "30" in found and "osha" in text.casefold() else found


def _initials(text: str) -> set[str]:
    """The initials of each run of capitalised words: "Project Management Professional" gives "pmp"."""
    found = set()
    for part in re.split(r"[,;:()/|–-]", text):
        words = [word for word in _WORD.findall(part) if word[0].isupper()]
        if len(words) > 1:
            found.add("".join(word[0] for word in words).casefold())
    return found

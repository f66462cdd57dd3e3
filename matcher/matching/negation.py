"""Lines that share a demand's words and say the opposite: "no experience with X", "four violations" where no
more than two may be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from matcher.matching.words import stem, tokens

# What a contrary line keeps of its strength: its words are those of the demand, and it is no evidence.
CONTRARY = 0.1

_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"no": 0, "single": 1, "several": 3, "many": 3, "multiple": 3, "dozen": 12}
# A demand that something be absent, or rare: what may at most be, and of what.
_LIMIT = re.compile(
    r"\b(?:(?:no|not) more than|at most|fewer than|less than|maximum(?: of)?|max\.?)\s+"
    r"(?P<most>\w+)\s+(?P<of>[^,.;]+)"
    r"|\b(?:no|zero|free (?:of|from)|without(?: any)?)\s+(?P<none>[^,.;]+)",
    re.IGNORECASE,
)
# A length of time is no such thing, nor is what is merely not asked ("no experience necessary").
_NO_LIMIT = re.compile(
    r"\b(?:years?|months?|weeks?|days?|hours?|minutes?|necessary|needed|required|problem|%|percent)\b",
    re.IGNORECASE,
)
_LIMITED_WORDS = 3
# Not having done it, not knowing it: "never missed a deadline" and "no complaints" are something else.
_LACK = re.compile(
    r"\b(?:no|without|lacks?|lacking|little)\s+(?:any\s+)?(?:\w+\s+)?(?:background|certification|experience|"
    r"exposure|familiarity|knowledge|qualification|training)\b"
    r"|\b(?:not|never)\s+(?:yet\s+|been\s+)?(?:certified|experienced|familiar|held|licen[sc]ed|qualified|trained|"
    r"used|worked)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a demand allows at most: `most` of the thing whose word has the stem `thing`."""

    most: int
    thing: str


def limit(text: str) -> Limit | None:
    """The limit that a demand sets on something countable, or None: "no more than two moving violations"."""
    found = _LIMIT.search(text)
    if found is None:
        return None
    words = tokens(found["of"] or found["none"])[:_LIMITED_WORDS]
    if not words or _NO_LIMIT.search(" ".join(words)):
        return None
    most = _count(found["most"]) if found["most"] else 0
    things = [word for word in words if word.isalpha() and word.endswith("s")]
    return Limit(most, stem(things[0].lower())) if most is not None and things else None


def lacks(text: str) -> bool:
    """Whether `text` says that it lacks experience, knowledge or a qualification."""
    return _LACK.search(text) is not None


def is_contrary(allowed: Limit | None, demand: str, line: str) -> bool:
    """Whether `line` says that it lacks what `demand` asks, or has more of a thing than is `allowed`."""
    if _LACK.search(line) and not _LACK.search(demand):
        return True
    return allowed is not None and any(count > allowed.most for count in _counts(line, allowed.thing))


def _counts(line: str, thing: str) -> Iterable[int]:
    """The numbers that stand up to three words before a word with the stem `thing`."""
    words = [word.lower() for word in tokens(line)]
    for place, word in enumerate(words):
        if stem(word) == thing:
            said = (_count(before) for before in reversed(words[max(0, place - _LIMITED_WORDS) : place]))
            count = next((number for number in said if number is not None), None)
            if count is not None:
                yield count


def _count(word: str) -> int | None:
    return int(word) if word.isdecimal() and len(word) < 4 else _NUMBERS.get(word.lower())

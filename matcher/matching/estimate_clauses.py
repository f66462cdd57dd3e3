"""The clauses of a demand in everybody's lines: support.py in columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.matching.demand import Clause
from matcher.matching.estimate_words import Floats
from matcher.matching.lexical import OPENING
from matcher.matching.outline import code, codes_from, opening_code
from matcher.matching.outlines import Outlines
from matcher.matching.support import MISSING, TELLING
from matcher.matching.weigh import BELOW_STRONG, PARTIAL_AT, STRONG_AT
from matcher.types import Joined

Flags = NDArray[np.bool_]


class Words:
    """All words of the resumes of some people, whichever lines they stand in."""

    def __init__(self, outlines: Outlines, people: NDArray[np.intp]) -> None:
        """Of the `people` (places)."""
        lines, of_people = outlines.lines.places(people)
        places, of_lines = outlines.line_stems.places(lines)
        self._stems = outlines.stems[places]
        self._ends = of_lines.ends[of_people.ends]
        self._count = len(people)

    def having(self, name: str) -> Flags:
        """Who has a stem."""
        return self._owners(self._stems == code(name))

    def having_akin(self, name: str) -> Flags:
        """Who has a stem or one that begins like it."""
        if len(name) < OPENING or not name.isalpha():
            return self.having(name)
        first, behind = codes_from(opening_code(name[:OPENING]))
        return self._owners((self._stems >= first) & (self._stems < behind))

    def _owners(self, here: Flags) -> Flags:
        found = np.zeros(self._count, dtype=np.bool_)
        found[np.searchsorted(self._ends, np.flatnonzero(here), side="right") - 1] = True
        return found


def clause_strengths(
    clauses: Sequence[Clause], whole: Floats, best: Sequence[Floats], words: Words | None
) -> list[Floats]:
    """The strength of each clause from that of all words of the demand and of its own best line.

    Without `words` of the resumes every name stands somewhere: no more can be said for anybody.
    """
    shown = [
        (found >= PARTIAL_AT) | (words is None or _stands(clause, words))
        for clause, found in zip(clauses, best, strict=True)
    ]
    some = np.logical_or.reduce(shown)
    strengths = []
    for clause, found, is_shown in zip(clauses, best, shown, strict=True):
        if all(clause.names):
            there = words is None or np.logical_or.reduce([_has_all(name, words) for name in clause.names])
            named = np.maximum(found, np.maximum(whole, PARTIAL_AT))  # the line with the name may be another
            strengths.append(np.where(there, named, np.minimum(found, BELOW_STRONG)))
        else:
            all_of_it = np.where(some, is_shown, whole >= STRONG_AT)
            strengths.append(np.where(all_of_it, np.maximum(whole, found), found))
    return strengths


def joined_strength(whole: Floats, joined: Joined, parts: Sequence[Floats], named: Sequence[bool]) -> Floats:
    """`support.joined_strength` of everybody."""
    every = np.array(parts)
    if joined is Joined.ANY:
        best: Floats = np.maximum(whole, every.max(0))
        return best
    weakest = every.min(0)
    reach = every.mean(0) * (BELOW_STRONG - PARTIAL_AT)
    stand = ((every >= PARTIAL_AT) & np.array(named)[:, np.newaxis]).sum(0) >= len(parts) / 2
    missing = np.maximum(np.minimum(whole, PARTIAL_AT + MISSING * reach), PARTIAL_AT * stand)
    partly = np.maximum(weakest, np.minimum(whole, PARTIAL_AT + reach))
    shown = [weakest >= STRONG_AT, weakest >= PARTIAL_AT]
    strength: Floats = np.select(shown, [np.maximum(whole, weakest), partly], missing)
    return strength


def _has_all(name: frozenset[str], words: Words) -> Flags:
    found: Flags = np.logical_and.reduce([words.having(stem) for stem in sorted(name)])
    return found


def _stands(clause: Clause, words: Words) -> Flags | bool:
    """Whether what sets a clause apart is little or stands by half of its weight in a resume."""
    mass = sum(clause.own.values())
    if mass < TELLING:
        return True
    standing = sum(weight * words.having_akin(name) for name, weight in clause.own.items())
    found: Flags = np.asarray(standing >= mass / 2)
    return found

"""Texts that are asked for, made ready to compare with lines: whatever follows from their words alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from operator import add

from matcher.matching.lexical import Terms, spelled, terms
from matcher.matching.signals import asked_languages, asks_student, asks_to_manage

# Levels of degree as aliases.tsv names them, lowest first.
LEVELS = ("high_school", "associate_degree", "bachelor_degree", "master_degree", "doctor_degree")

# Added to a weight before a share of it is taken, so that one common word alone is no full clause.
# On the graded training pairs 2 to 8 are alike.
DAMPING = 4.0

# A stem of this weight or more tells something: one in about twenty texts has it.
TELLS = 1.0

# Sets of stems of a text of which is kept what they say: lines share few of them, and the same ones.
_SETS_KEPT = 4_096


class Said:
    """What some stems of a text say, given by their bits; what was asked lately is kept.

    `names` are the stems in their order. `shares` is what the function of that name says, `alike` the damped
    share of the weight that they have where a line only has the like of them, `added` their share of it.
    `written` are the words that stand for them, the most telling first.
    """

    def __init__(self, words: Terms, clauses: tuple[tuple[frozenset[str], float], ...]) -> None:
        self._words, self._clauses = words, clauses
        kept = lru_cache(_SETS_KEPT)
        self.names: Callable[[int], list[str]] = kept(self._names)
        self.shares: Callable[[int], tuple[float, float]] = kept(self._shares)
        self.alike: Callable[[int], float] = kept(self._alike)
        self.added: Callable[[int], float] = kept(self._added)
        self.written: Callable[[int], tuple[str, ...]] = kept(self._written)

    def _names(self, bits: int) -> list[str]:
        return [name for place, name in enumerate(self._words.order) if bits >> place & 1]

    def _shares(self, bits: int) -> tuple[float, float]:
        return shares(self.names(bits), self._words, self._clauses)

    def _alike(self, bits: int) -> float:
        return math.fsum(self._weights(bits)) / ((self._words.mass or 1.0) + DAMPING)

    def _added(self, bits: int) -> float:
        # one after the other: what `sum` makes of floats depends on the version of Python
        return reduce(add, self._weights(bits), 0.0) / (self._words.mass or 1.0)

    def _written(self, bits: int) -> tuple[str, ...]:
        names = self.telling(bits)
        return tuple(dict.fromkeys(self._words.written[name] for name in names))

    def telling(self, bits: int) -> list[str]:
        """The stems that say anything, the most telling first."""
        weight_of = self._words.weight_of
        names = sorted(self.names(bits), key=lambda name: (-weight_of[name], name))
        return [name for name in names if weight_of[name] > 0]

    def _weights(self, bits: int) -> list[float]:
        return [self._words.weight_of[name] for name in self.names(bits)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that lines are compared with.

    Some of its stems are written as bits, that of place n in `terms.order` as 1 << n; `every` are all of
    them, `plain` those that it writes by no other name, `bit` has that of each.

    `terms` are its words and `spelled` the stems of how it writes each. `clauses` are those of the terms
    with their damped weights, and `said` is what bits say. `levels` are the levels of degree that meet it,
    `languages` the human languages of which one does, none where it asks for none; `student` asks for
    someone who studies, `manages` for managing people. `several` says that more than one of its words tells
    something.
    """

    terms: Terms
    spelled: dict[str, list[str]]
    clauses: tuple[tuple[frozenset[str], float], ...]
    levels: tuple[str, ...]
    languages: frozenset[str]
    student: bool
    manages: bool
    several: bool
    bit: dict[str, int]
    every: int
    plain: int
    said: Said = field(repr=False, compare=False)

    @classmethod
    def of(cls, text: str) -> Asked:
        """`text` made ready."""
        return cls.made(terms(text))

    @classmethod
    def made(cls, words: Terms) -> Asked:
        """A text that was read made ready."""
        weight_of = words.weight_of.__getitem__
        clauses = tuple((clause, math.fsum(map(weight_of, clause)) + DAMPING) for clause in words.clauses)
        lowest = next((place for place, level in enumerate(LEVELS) if level in words.stems), len(LEVELS))
        bit = {name: 1 << place for place, name in enumerate(words.order)}
        spelt = {name: spelled(written) for name, written in words.written.items()}
        return cls(
            terms=words,
            spelled=spelt,
            clauses=clauses,
            levels=LEVELS[lowest:],  # "BA, MA or PhD" asks for a BA
            languages=asked_languages(words.text, words.languages),
            student=asks_student(words.text),
            manages=asks_to_manage(words.text),
            several=sum(weight >= TELLS for weight in words.weights) > 1,
            bit=bit,
            every=(1 << len(words.order)) - 1,
            plain=sum(bit[name] for name, stems in spelt.items() if stems == [name]),
            said=Said(words, clauses),
        )


def shares(
    names: list[str], words: Terms, clauses: tuple[tuple[frozenset[str], float], ...]
) -> tuple[float, float]:
    """The share of the weight of `words` that these of its stems have, and 1 - the product over its `clauses`
    of what they leave of each."""
    # fsum is exact, so the sums do not depend on the order of the stems
    weight_of = words.weight_of
    uncovered = 1.0
    for clause, mass in clauses:
        if here := [weight_of[name] for name in names if name in clause]:
            uncovered *= 1.0 - math.fsum(here) / mass
    return math.fsum([weight_of[name] for name in names]) / (words.mass or 1.0), 1.0 - uncovered


@dataclass(frozen=True, slots=True)
class Texts:
    """Several texts to compare lines with at once: `standing` are for each stem the numbers of the texts that
    have it and its bit there, `opening` for each opening the numbers of the texts and the bits of their stems
    that begin so; `only` is the one stem of all texts that does, where there is one."""

    asked: tuple[Asked, ...]
    standing: dict[str, list[tuple[int, int]]]
    opening: dict[str, list[tuple[int, int]]]
    only: dict[str, str]

    @classmethod
    def of(cls, asked: Iterable[Asked]) -> Texts:
        """The texts made ready, in this order."""
        texts = tuple(asked)
        standing: dict[str, list[tuple[int, int]]] = {}
        opening: dict[str, list[tuple[int, int]]] = {}
        stems: dict[str, set[str]] = {}
        for number, text in enumerate(texts):
            for name, bit in text.bit.items():
                standing.setdefault(name, []).append((number, bit))
            for begins, names in text.terms.openings.items():
                opening.setdefault(begins, []).append((number, sum(map(text.bit.__getitem__, names))))
                stems.setdefault(begins, set()).update(names)
        only = {begins: next(iter(names)) for begins, names in stems.items() if len(names) == 1}
        return cls(texts, standing, opening, only)

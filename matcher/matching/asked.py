"""Texts that are asked for, made ready to compare with lines: whatever follows from their words alone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from matcher.matching.lexical import Terms, spelled, terms
from matcher.matching.signals import asked_languages, asks_student, asks_to_manage

# Levels of degree as aliases.tsv names them, lowest first.
LEVELS = ("high_school", "associate_degree", "bachelor_degree", "master_degree", "doctor_degree")

# Added to a weight before a share of it is taken, so that one common word alone is no full clause.
# On the graded training pairs 2 to 8 are alike.
DAMPING = 4.0

# A stem of this weight or more tells something: one in about twenty texts has it.
TELLS = 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that lines are compared with.

    `terms` are its words and `spelled` the stems of how it writes each. `clauses` are those of the terms
    with their damped weights, and `alone` is for each stem what `shares` says of it alone. `levels` are the
    levels of degree that meet it, `languages` the human languages of which one does, none where it asks for
    none; `student` asks for someone who studies, `manages` for managing people. `several` says that more than
    one of its words tells something.
    """

    terms: Terms
    spelled: dict[str, list[str]]
    clauses: tuple[tuple[frozenset[str], float], ...]
    alone: dict[str, tuple[float, float]]
    levels: tuple[str, ...]
    languages: frozenset[str]
    student: bool
    manages: bool
    several: bool

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
        return cls(
            terms=words,
            spelled={name: spelled(written) for name, written in words.written.items()},
            clauses=clauses,
            alone={name: shares([name], words, clauses) for name in words.order},
            levels=LEVELS[lowest:],  # "BA, MA or PhD" asks for a BA
            languages=asked_languages(words.text, words.languages),
            student=asks_student(words.text),
            manages=asks_to_manage(words.text),
            several=sum(weight >= TELLS for weight in words.weights) > 1,
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
    have it, `opening` for each opening the numbers of the texts and their stems that begin so."""

    asked: tuple[Asked, ...]
    standing: dict[str, list[int]]
    opening: dict[str, list[tuple[int, tuple[str, ...]]]]

    @classmethod
    def of(cls, asked: Iterable[Asked]) -> Texts:
        """The texts made ready, in this order."""
        texts = tuple(asked)
        standing: dict[str, list[int]] = {}
        opening: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for number, text in enumerate(texts):
            for name in text.terms.order:
                standing.setdefault(name, []).append(number)
            for begins, names in text.terms.openings.items():
                opening.setdefault(begins, []).append((number, names))
        return cls(texts, standing, opening)

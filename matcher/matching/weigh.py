"""Weighing: from what is seen in a (qualification, snippet) pair to the probability that it is evidence.

`strength` is the calibrated probability that a careful reader grades the snippet as at least partial
evidence (2 or 3 of 3). A logistic model over a few features that a person can check; its coefficients stand
in `weights.toml`. Every step is elementwise over the pairs, so a pair's strength is the same to the last
bit whatever else is weighed with it.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import DAMPING, Texts, shares
from matcher.matching.lines import Lines

# The columns of `features`, in order:
#   overlap        share of the qualification's weight that the snippet covers
#   clauses        1 - product over its clauses of (1 - damped covered share): near 1 as soon as one clause is
#                  covered, for when a qualification lists alternatives one is enough
#   related        damped share of the weight whose stems only begin alike ("pharmacy", "pharmacology")
#   degree_met     1 when a degree is asked and the snippet states that level or a higher one
#   degree_missing 1 when a degree is asked and the snippet states none that high
#   language_met   1 when a human language is asked and the snippet names one that is
#   language_missing  1 when one is asked and the snippet names none that is
#   not_student    1 when a student or a graduand is asked and the snippet says nothing of studies that go on
#   hoped          1 when the snippet speaks of what is sought or under way and the qualification does not
#   brief          1 for no words, falling to 0 at BRIEF: a label says less than a sentence, a longer line no
#                  more
FEATURES = (
    "overlap",
    "clauses",
    "related",
    "degree_met",
    "degree_missing",
    "language_met",
    "language_missing",
    "not_student",
    "hoped",
    "brief",
)

# Stems from which a snippet is no longer brief. On the graded pairs 8 to 12 are alike; it ends there so that
# a longer line never counts for its length.
BRIEF = 10

# Verdict thresholds, from `matcher evaluate --suite evidence` on 3,711 graded pairs of real snippets, fitted
# and measured on different roles. Of the pairs at or above STRONG_AT 93 % are graded 2 or 3 (51 % are 3):
# that is 73 % of all graded 3. Of those at or above PARTIAL_AT 81 % are graded 2 or 3: 78 % of all such.
# A shown quote is the best of a resume's many snippets, chosen for being high: expect somewhat less.
STRONG_AT = 0.80
PARTIAL_AT = 0.50

# The most that partial evidence can reach.
BELOW_STRONG = STRONG_AT * 0.99
# The most that what is no evidence can.
BELOW_PARTIAL = PARTIAL_AT * 0.99


@cache
def coefficients() -> tuple[float, ...]:
    """Intercept, weight of the cosine, and one weight per name in FEATURES, from `weights.toml`."""
    table = tomllib.loads(Path(__file__).with_name("weights.toml").read_text("utf-8"))
    return tuple(float(table[name]) for name in ("intercept", "cosine", *FEATURES))


def features(
    texts: Texts, lines: Lines, common: dict[tuple[int, int], list[str]] | None = None
) -> NDArray[np.float64]:
    """What the words say of each pair of a text and a line: shape (texts, lines, len(FEATURES)).

    `common` is what `in_common` says of them, None to ask it here.
    """
    columns = np.zeros((len(FEATURES), len(texts.asked), len(lines)))
    overlap, clauses, related, degree_met, degree_missing, spoken, unspoken, not_student, hoped, brief = (
        columns
    )
    common = in_common(texts, lines) if common is None else common
    for (number, place), names in common.items():
        text = texts.asked[number]
        shared = text.alone[names[0]] if len(names) == 1 else shares(names, text.terms, text.clauses)
        overlap[number, place], clauses[number, place] = shared
    for (number, place), weights in _begun_alike(texts, lines, common).items():
        mass = texts.asked[number].terms.mass or 1.0
        related[number, place] = math.fsum(weights) / (mass + DAMPING)
    hopes = np.frombuffer(lines.hopes, dtype=np.uint8)
    for number, text in enumerate(texts.asked):
        if text.levels:
            met = [place for level in text.levels for place in lines.having(level)]
            degree_missing[number] = 1.0
            degree_met[number, met], degree_missing[number, met] = 1.0, 0.0
        if text.languages:
            met = [place for name in text.languages for place in lines.languages.get(name, ())]
            unspoken[number] = 1.0
            spoken[number, met], unspoken[number, met] = 1.0, 0.0
        if text.student:
            not_student[number] = 1 - np.frombuffer(lines.studying, dtype=np.uint8)
        if not text.terms.hopes:
            hoped[number] = hopes
    brief[:] = np.maximum(0.0, 1.0 - np.frombuffer(lines.sizes, dtype=np.uint8) / BRIEF)
    return columns.transpose(1, 2, 0)


def in_common(texts: Texts, lines: Lines) -> dict[tuple[int, int], list[str]]:
    """The stems that a text and a line share, by their numbers: nine pairs in ten share none."""
    common: dict[tuple[int, int], list[str]] = {}
    for name in texts.standing.keys() & lines.numbers.keys():
        places = lines.having(name)
        for number in texts.standing[name]:
            for place in places:
                common.setdefault((number, place), []).append(name)
    return common


def _begun_alike(
    texts: Texts, lines: Lines, common: dict[tuple[int, int], list[str]]
) -> dict[tuple[int, int], list[float]]:
    """The weights of the stems of a text that are not in a line but begin like one that is, by the numbers of
    the two."""
    found: dict[tuple[int, int], list[float]] = {}
    for opening in texts.opening.keys() & lines.firsts.keys():
        numbers = list(lines.beginning(opening))
        for number, names in texts.opening[opening]:
            if len(numbers) == len(names) == 1 and lines.stems[numbers[0]] == names[0]:
                continue
            weight_of = texts.asked[number].terms.weight_of
            for place in {place for each in numbers for place in lines.of_number(each)}:
                there = common.get((number, place), ())
                for name in names:
                    if name not in there:
                        found.setdefault((number, place), []).append(weight_of[name])
    return found


def strengths(cosines: NDArray[np.floating], words: NDArray[np.float64]) -> NDArray[np.float64]:
    """The strength in [0, 1] of each pair.

    `words` is what `features` returned, or any part of it with the features as its last axis; `cosines` has
    the shape of the others.
    """
    intercept, of_cosine, *of_words = coefficients()
    logit = np.float64(intercept) + of_cosine * np.asarray(cosines, dtype=np.float64)
    for column, weight in enumerate(of_words):
        logit = logit + weight * words[..., column]
    return _logistic(logit)


def _logistic(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 / (1 + exp(-value)); math.exp, since the last bit of numpy's may depend on the code path."""
    small = np.array(list(map(math.exp, (-np.abs(values)).ravel().tolist()))).reshape(values.shape)
    return np.where(values >= 0, 1.0 / (1.0 + small), small / (1.0 + small))

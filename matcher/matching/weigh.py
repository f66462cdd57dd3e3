"""Weighing: from what is seen in a (qualification, snippet) pair to the probability that it is evidence.

`strength` is the calibrated probability that a careful reader grades the snippet as at least partial
evidence (2 or 3 of 3). A logistic model over a few features that a person can check; its coefficients stand
in `weights.toml`. Every step is elementwise over the pairs, so a pair's strength is the same to the last
bit whatever else is weighed with it.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import Texts
from matcher.matching.lines import MOST_STEMS, Lines

# Which pairs a feature is told of, by their numbers, and its value for each.
_Where = NDArray[np.int64] | list[int]
_Values = NDArray[np.float64] | float

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
# The feature by the number of stems.
_BRIEF = np.maximum(0.0, 1.0 - np.arange(MOST_STEMS + 1) / BRIEF)

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


def features(texts: Texts, lines: Lines) -> NDArray[np.float64]:
    """What the words say of each pair of a text and a line: shape (texts, lines, len(FEATURES))."""
    columns = np.zeros((len(FEATURES), len(texts.asked) * len(lines)))
    for column, where, values in _told(texts, lines, in_common(texts, lines)):
        columns[column, where] = values
    found = columns.reshape(len(FEATURES), len(texts.asked), len(lines))
    found[-1] = _brief(lines)
    return found.transpose(1, 2, 0)


def in_common(texts: Texts, lines: Lines) -> list[dict[int, int]]:
    """For each text the bits of the stems that lines (places) share with it: nine pairs in ten share none."""
    common: list[dict[int, int]] = [{} for _ in texts.asked]
    for name in texts.standing.keys() & lines.numbers.keys():
        places = lines.of_number(lines.numbers[name])
        for number, bit in texts.standing[name]:
            row = common[number]
            for place in places:
                row[place] = row.get(place, 0) | bit
    return common


def _begun_alike(texts: Texts, lines: Lines, common: Sequence[Mapping[int, int]]) -> list[dict[int, int]]:
    """For each text the bits of its stems that lines (places) do not have but have the like of, which begins
    the same."""
    found: list[dict[int, int]] = [{} for _ in texts.asked]
    for opening in texts.opening.keys() & lines.firsts.keys():
        if lines.only(opening) == texts.only.get(opening, ""):
            continue  # the same stem
        begun = list(lines.beginning(opening))
        for number, bits in texts.opening[opening]:
            row, there = found[number], common[number]
            for each in begun:
                for place in lines.of_number(each):
                    if missing := bits & ~there.get(place, 0):
                        row[place] = row.get(place, 0) | missing
    return found


def _told(
    texts: Texts, lines: Lines, common: Sequence[Mapping[int, int]]
) -> Iterator[tuple[int, _Where, _Values]]:
    """The features that are not 0, but for the last: the column, which of the pairs (text by text), and their
    values. They come in the order of the columns."""
    count = len(lines)
    where: list[int] = []
    shares: list[tuple[float, float]] = []
    for start, text, row in zip(_starts(texts, lines), texts.asked, common, strict=True):
        where += map(start.__add__, row)
        shares += map(text.said.shares, row.values())
    if where:
        overlap, clauses = zip(*shares, strict=True)
        at = np.array(where)
        yield 0, at, np.array(overlap)
        yield 1, at, np.array(clauses)
    where = []
    related: list[float] = []
    alike = _begun_alike(texts, lines, common)
    for start, text, row in zip(_starts(texts, lines), texts.asked, alike, strict=True):
        where += map(start.__add__, row)
        related += map(text.said.alike, row.values())
    if where:
        yield 2, np.array(where), np.array(related)
    for start, text in zip(_starts(texts, lines), texts.asked, strict=True):
        every = range(start, start + count)
        if text.levels:
            met = {start + place for level in text.levels for place in lines.having(level)}
            yield 3, sorted(met), 1.0
            yield 4, [pair for pair in every if pair not in met], 1.0
        if text.languages:
            met = {start + place for name in text.languages for place in lines.languages.get(name, ())}
            yield 5, sorted(met), 1.0
            yield 6, [pair for pair in every if pair not in met], 1.0
        if text.student:
            yield 7, [pair for pair in every if not lines.studying[pair - start]], 1.0
    if hopeful := [place for place, hopes in enumerate(lines.hopes) if hopes]:
        where = [
            start + place
            for start, text in zip(_starts(texts, lines), texts.asked, strict=True)
            if not text.terms.hopes
            for place in hopeful
        ]
        yield 8, where, 1.0


def _brief(lines: Lines) -> NDArray[np.float64]:
    """The last feature, of each line."""
    return _BRIEF[np.frombuffer(lines.sizes, dtype=np.uint8)]


def _starts(texts: Texts, lines: Lines) -> Iterable[int]:
    """The number of the first pair of each text."""
    return range(0, len(texts.asked) * len(lines), len(lines)) if len(lines) else [0] * len(texts.asked)


def odds(
    texts: Texts, lines: Lines, common: Sequence[Mapping[int, int]], cosines: NDArray[np.floating]
) -> NDArray[np.float64]:
    """The log-odds that the strength of each pair of a text and a line stands for: shape (texts, lines).

    `cosines` has that shape, `common` is what `in_common` says. A feature that is 0 adds nothing, so these
    are to the last bit those of `strengths`.
    """
    intercept, of_cosine, *of_words = coefficients()
    found = (np.float64(intercept) + of_cosine * np.asarray(cosines, dtype=np.float64)).reshape(-1)
    for column, where, values in _told(texts, lines, common):
        found[where] += of_words[column] * values
    return found.reshape(len(texts.asked), len(lines)) + of_words[-1] * _brief(lines)


def strengths(cosines: NDArray[np.floating], words: NDArray[np.float64]) -> NDArray[np.float64]:
    """The strength in [0, 1] of each pair.

    `words` is what `features` returned, or any part of it with the features as its last axis; `cosines` has
    the shape of the others.
    """
    intercept, of_cosine, *of_words = coefficients()
    logit = np.float64(intercept) + of_cosine * np.asarray(cosines, dtype=np.float64)
    for column, weight in enumerate(of_words):
        logit = logit + weight * words[..., column]
    return logistic(logit)


def logistic(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 / (1 + exp(-value)); math.exp, since the last bit of numpy's may depend on the code path."""
    small = np.array(list(map(math.exp, (-np.abs(values)).ravel().tolist()))).reshape(values.shape)
    return np.where(values >= 0, 1.0 / (1.0 + small), small / (1.0 + small))

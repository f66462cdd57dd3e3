"""Weighing: from what is seen in a (qualification, snippet) pair to the probability that it is evidence.

`strength` is the calibrated probability that a careful reader grades the snippet as at least partial
evidence (2 or 3 of 3). A logistic model over a few features that a person can check; its coefficients stand
in `weights.toml`. Every step is elementwise over the pairs, so a pair's strength is the same to the last
bit whatever else is weighed with it.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.matching.lexical import Terms
from matcher.matching.signals import asked_languages, asks_student, studies

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

# Added to a weight before a share of it is taken, so that one common word alone is no full clause.
# On the graded training pairs 2 to 8 are alike.
DAMPING = 4.0

# Levels of degree as aliases.tsv names them, lowest first.
_LEVELS = ("high_school", "associate_degree", "bachelor_degree", "master_degree", "doctor_degree")

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


@dataclass(frozen=True, slots=True)
class Lines:
    """Texts to compare many qualifications with: `places` are those of each stem and `opened` those of each
    opening, `hopes` and `brief` what the features of those names are for each text by itself."""

    texts: Sequence[Terms]
    places: dict[str, list[int]]
    opened: dict[str, list[int]]
    hopes: NDArray[np.float64]
    brief: NDArray[np.float64]

    @classmethod
    def of(cls, texts: Sequence[Terms]) -> Lines:
        """The `texts` made ready."""
        places: dict[str, list[int]] = {}
        opened: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            for name in text.stems:
                places.setdefault(name, []).append(place)
            for opening in text.openings:
                opened.setdefault(opening, []).append(place)
        words = np.array([len(text.stems) for text in texts], dtype=np.float64)
        hopes = np.array([text.hopes for text in texts], dtype=np.float64)
        return cls(texts, places, opened, hopes, np.maximum(0.0, 1.0 - words / BRIEF))


def features(qualification: Terms, lines: Lines) -> NDArray[np.float64]:
    """What the words say of the pair with each line: shape (len(lines.texts), len(FEATURES))."""
    snippets = lines.texts
    columns = np.zeros((len(FEATURES), len(snippets)))
    column = dict(zip(FEATURES, columns, strict=True))
    mass = qualification.mass or 1.0
    weight_of = qualification.weight_of.__getitem__
    clauses = [(clause, math.fsum(map(weight_of, clause)) + DAMPING) for clause in qualification.clauses]
    # nine lines in ten share nothing with a qualification
    for place in {place for name in qualification.stems for place in lines.places.get(name, ())}:
        common = qualification.stems & snippets[place].stems
        column["overlap"][place] = math.fsum(map(weight_of, common)) / mass
        uncovered = 1.0
        for clause, clause_mass in clauses:
            if here := clause & common:
                uncovered *= 1.0 - math.fsum(map(weight_of, here)) / clause_mass
        column["clauses"][place] = 1.0 - uncovered
    for place in {place for opening in qualification.openings for place in lines.opened.get(opening, ())}:
        column["related"][place] = _related(qualification, snippets[place]) / (mass + DAMPING)
    asked = _lowest_level(qualification)
    if asked is not None:
        column["degree_met"][:] = [not snippet.stems.isdisjoint(_LEVELS[asked:]) for snippet in snippets]
        column["degree_missing"][:] = 1.0 - column["degree_met"]
    if spoken := asked_languages(qualification.text, qualification.languages):
        column["language_met"][:] = [not spoken.isdisjoint(snippet.languages) for snippet in snippets]
        column["language_missing"][:] = 1.0 - column["language_met"]
    if asks_student(qualification.text):
        column["not_student"][:] = [not studies(snippet.text) for snippet in snippets]
    if not qualification.hopes:
        column["hoped"][:] = lines.hopes
    column["brief"][:] = lines.brief
    return columns.T


def _lowest_level(qualification: Terms) -> int | None:
    """The lowest level of degree that is named: "BA, MA or PhD" asks for a BA."""
    return next((place for place, level in enumerate(_LEVELS) if level in qualification.stems), None)


def _related(qualification: Terms, snippet: Terms) -> float:
    """The weight of the qualification's stems that are not in the snippet but begin like one that is."""
    openings = qualification.openings.keys() & snippet.openings.keys()
    return math.fsum(
        qualification.weight_of[name]
        for opening in openings
        for name in qualification.openings[opening]
        if name not in snippet.stems
    )


def strengths(cosines: NDArray[np.floating], words: NDArray[np.float64]) -> NDArray[np.float64]:
    """The strength in [0, 1] of each pair.

    `cosines` has shape (n,), `words` is what `features` returned, shape (n, len(FEATURES)).
    """
    intercept, of_cosine, *of_words = coefficients()
    logit = np.float64(intercept) + of_cosine * np.asarray(cosines, dtype=np.float64)
    for column, weight in zip(words.T, of_words, strict=True):
        logit = logit + weight * column
    return np.array([_logistic(value) for value in logit.tolist()], dtype=np.float64)


def _logistic(value: float) -> float:
    """1 / (1 + exp(-value)); math.exp, since the last bit of numpy's may depend on the code path."""
    if value >= 0:
        return 1.0 / (1.0 + math.exp(-value))
    small = math.exp(value)
    return small / (1.0 + small)

"""How strong lines are for a text, for many lines at once: weigh.py and standing.py in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import DAMPING, Asked
from matcher.matching.demand import Demand
from matcher.matching.domains import NO_FUNCTION
from matcher.matching.estimate_leading import leading_lines
from matcher.matching.estimate_words import MOST, Bits, CommonWords, Floats, every, weights
from matcher.matching.facets import OTHER_FACET, Facet, is_other_facet
from matcher.matching.kinds import EvidenceKind
from matcher.matching.lexical import stems
from matcher.matching.lines import MOST_STEMS
from matcher.matching.negation import CONTRARY, lacks
from matcher.matching.outline import (
    CLAIM,
    FACETS,
    HEADING,
    HOPES,
    LACKS,
    LEADS,
    NO_POSITION,
    STANDING,
    STUDIES,
    TELLS_LEADING,
)
from matcher.matching.outlines import Outlines
from matcher.matching.seen import NEAR_BEST
from matcher.matching.signals import LANGUAGES
from matcher.matching.standing import CLAIM as OF_CLAIM
from matcher.matching.standing import held
from matcher.matching.support import RELATED_AT
from matcher.matching.weigh import BELOW_STRONG, BRIEF, FEATURES, PARTIAL_AT, STRONG_AT, coefficients

Flags = NDArray[np.bool_]

_STEPS = 1_000


@dataclass(frozen=True, slots=True)
class Hits:
    """Lines that a search found for a text, by their places in `Outlines.marks`, and their cosines."""

    lines: NDArray[np.int64]
    cosines: NDArray[np.float32]


@cache
def _standings() -> Floats:
    """What a line proves by its standing (row) at each thousandth of the strength of its words (column)."""
    table = np.zeros((STANDING + 1, _STEPS + 1))
    steps = np.arange(_STEPS + 1) / _STEPS
    for kind in EvidenceKind:
        table[kind.rank] = [held(step, kind, character=False) for step in steps.tolist()]
    table[CLAIM] = steps * OF_CLAIM
    assert not table[HEADING].any()
    return table


def by_standing(values: Floats, marks: NDArray[np.uint8]) -> Floats:
    """The strengths of lines as far as their standing carries them."""
    # a strength a hair below a verdict stays there
    carried: Floats = _standings()[marks & STANDING, (values * _STEPS + 1e-9).astype(np.intp)]
    return carried


@dataclass(frozen=True, slots=True)
class NearLines:
    """The lines (places, ascending) that a search found for any of several texts: whose they are, which of
    them speak of hopes and of studies that go on, the numbers of their stems, and what words they have in
    common with the texts; `order` says where each line of everybody is among them."""

    outlines: Outlines
    lines: NDArray[np.int64]
    order: NDArray[np.int32]
    people: NDArray[np.intp]
    hopes: Flags
    student: Flags
    sizes: NDArray[np.uint8]
    words: CommonWords

    @classmethod
    def of(cls, texts: Sequence[Asked], hits: Iterable[Hits], outlines: Outlines) -> NearLines:
        """Those among all hits."""
        flags = np.zeros(len(outlines.marks), dtype=np.bool_)
        for each in hits:
            flags[each.lines] = True
        lines = np.flatnonzero(flags)
        order = np.empty(len(flags), dtype=np.int32)
        order[lines] = np.arange(len(lines), dtype=np.int32)
        names = {name for text in texts for name in (*text.levels, *_stems(text.languages))}
        return cls(
            outlines,
            lines,
            order,
            outlines.people_of(lines),
            (outlines.marks[lines] & HOPES) > 0,
            (outlines.shows[lines] & STUDIES) > 0,
            outlines.sizes[lines],
            CommonWords([text.terms for text in texts], names, lines, outlines),
        )


@dataclass(frozen=True, slots=True)
class LineWords:
    """What lines have in common with a text, and more of their words.

    `shared` are the stems that they have, `begun` those of which they have the opening alone, a bit each;
    `degree`, `language` and `student` say whether a line meets what the text asks of these, `hopes` whether
    it speaks of hopes; `sizes` are numbers of stems.
    """

    asked: Asked
    shared: Bits
    begun: Bits
    degree: Flags
    language: Flags
    student: Flags
    hopes: Flags
    sizes: NDArray[np.uint8]

    @classmethod
    def of(cls, asked: Asked, near: NearLines) -> LineWords:
        """Of all lines that are near."""
        shared = near.words.shared(asked.terms)
        return cls(
            asked,
            shared,
            near.words.begun(asked.terms) & ~shared,
            near.words.having(asked.levels),
            near.words.having(_stems(asked.languages)),
            near.student,
            near.hopes,
            near.sizes,
        )

    def at(self, places: NDArray[np.integer]) -> LineWords:
        """Of the lines at these places."""
        return LineWords(
            self.asked,
            self.shared[places],
            self.begun[places],
            self.degree[places],
            self.language[places],
            self.student[places],
            self.hopes[places],
            self.sizes[places],
        )

    def united(self, starts: NDArray[np.integer]) -> LineWords:
        """Of the lines from each of `starts` to the next read as one."""
        some = np.bitwise_or.reduceat
        shared: Bits = some(self.shared, starts)
        begun: Bits = some(self.begun, starts) & ~shared
        sizes = np.minimum(np.add.reduceat(self.sizes, starts, dtype=np.int64), MOST_STEMS)
        return LineWords(
            self.asked,
            shared,
            begun,
            some(self.degree, starts),
            some(self.language, starts),
            some(self.student, starts),
            some(self.hopes, starts),
            sizes.astype(np.uint8),
        )

    def share(self) -> Floats:
        """The share of the text's weight that they have."""
        words, found = self.asked.terms, np.zeros(len(self.shared))
        some = np.flatnonzero(self.shared)
        found[some] = weights(words, self.shared[some], words.order) / (words.mass or 1.0)
        return found

    def strengths(self, cosines: NDArray[np.floating]) -> Floats:
        """Their strengths by words and likeness alone."""
        of = dict(zip(("intercept", "cosine", *FEATURES), coefficients(), strict=True))
        asked, words = self.asked, self.asked.terms
        logit = of["intercept"] + of["cosine"] * cosines.astype(np.float64) + of["overlap"] * self.share()
        some = np.flatnonzero(self.shared)
        uncovered = np.ones(len(some))
        for clause, damped in asked.clauses:
            uncovered *= 1.0 - weights(words, self.shared[some], clause) / damped
        logit[some] += of["clauses"] * (1.0 - uncovered)
        some = np.flatnonzero(self.begun)
        mass = (words.mass or 1.0) + DAMPING
        logit[some] += of["related"] * weights(words, self.begun[some], words.order) / mass
        logit += of["brief"] * np.maximum(0.0, 1.0 - self.sizes / BRIEF)
        if not words.hopes:
            logit += of["hoped"] * self.hopes
        if asked.levels:
            logit += np.where(self.degree, of["degree_met"], of["degree_missing"])
        if asked.languages:
            logit += np.where(self.language, of["language_met"], of["language_missing"])
        if asked.student:
            logit += of["not_student"] * ~self.student
        values: Floats = 1.0 / (1.0 + np.exp(-logit))
        if asked.several and len(words.order) <= MOST:
            complete = (self.shared == every(words)) & ~self.hopes
            values[complete] = np.maximum(values[complete], STRONG_AT)
        return values


@lru_cache
def _stems(languages: frozenset[str]) -> tuple[str, ...]:
    """The stems of the names of languages."""
    names = (name for name, language in LANGUAGES.items() if language in languages)
    return tuple(dict.fromkeys(stem for name in names for stem in stems(name)))


@dataclass(frozen=True, slots=True)
class SeenLines:
    """Lines that bear on a text, each as often as it was found: with their strengths, cosines and places in
    `near` (-1 for those that are there for leading alone), and whose they are; `words` are those of each of
    the text's readings. `best` is the strength of everybody's best line, 0 where there is none."""

    near: NearLines
    words: list[LineWords]
    at: NDArray[np.int32]
    lines: NDArray[np.int64]
    values: Floats
    cosines: Floats
    people: NDArray[np.intp]
    best: Floats

    @classmethod
    def of(
        cls, demand: Demand, texts: Sequence[Asked], hits: Sequence[Hits], near: NearLines, without: int
    ) -> SeenLines:
        """What the `hits` of each of the texts show; lines with one of the marks `without` do not count."""
        outlines = near.outlines
        words = [LineWords.of(text, near) for text in texts]
        places = [near.order[each.lines] for each in hits]
        values = [
            each.at(at).strengths(hit.cosines) for each, at, hit in zip(words, places, hits, strict=True)
        ]
        led, value = leading_lines(demand, outlines)
        at = np.concatenate([*places, np.full(len(led), -1, dtype=np.int32)])
        lines = np.concatenate([*(each.lines for each in hits), led])
        cosines = np.concatenate([*(each.cosines for each in hits), np.zeros(len(led))])
        marks, shows = outlines.marks[lines], outlines.shows[lines]
        found = np.concatenate(values)
        if demand.lead is not None and demand.lead.included:
            found = np.minimum(found, BELOW_STRONG)
        held = by_standing(np.concatenate([found, value]), marks)
        changed = np.ones(len(lines))
        if demand.lead is not None and (demand.lead.domain or demand.lead.included):
            changed[(shows & TELLS_LEADING) == 0] = NO_FUNCTION
        if len(demand.facets) == 1:
            changed[_other_facets(demand.facets)[shows & FACETS]] = OTHER_FACET
        if not lacks(demand.qualification.text):
            changed[(shows & LACKS) > 0] = CONTRARY
        if demand.lead is not None:  # in whichever domain, where a job tells of it
            told = (marks & LEADS > 0) & (outlines.places[lines] != NO_POSITION) & (held >= RELATED_AT)
            held = np.where(told & (changed == 1.0), np.maximum(held, PARTIAL_AT), held)
        held = np.where(marks & without, 0.0, held * changed)
        people = np.concatenate([*(near.people[each] for each in places), outlines.people_of(led)])
        best = np.zeros(len(outlines))
        np.maximum.at(best, people, held)
        return cls(near, words, at, lines, held, cosines, people, best)

    def positions(self, least: float) -> Flags:
        """For each position whether a line of it speaks for the text, as `relevant_positions` has it."""
        outlines = self.near.outlines
        places = outlines.places[self.lines]
        speaks = self.values >= np.maximum(least, self.best[self.people] * NEAR_BEST)
        speaks &= places != NO_POSITION
        flags = np.zeros(len(outlines.starts), dtype=np.bool_)
        flags[outlines.positions.ends[self.people[speaks]] + places[speaks]] = True
        return flags


@lru_cache
def _other_facets(asked: frozenset[Facet]) -> Flags:
    """For each of `facet_bits` whether a line that shows them shows another facet than is asked."""
    return np.array([is_other_facet(asked, bits) for bits in range(FACETS + 1)])

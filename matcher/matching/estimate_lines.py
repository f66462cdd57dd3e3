"""How strong lines are for a text, for many lines at once: weigh.py and standing.py in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import DAMPING, Asked
from matcher.matching.demand import Demand
from matcher.matching.domains import is_either
from matcher.matching.kinds import EvidenceKind
from matcher.matching.leading import Leading
from matcher.matching.lexical import Terms, terms
from matcher.matching.outline import (
    CLAIM,
    HEADING,
    HOPES,
    LEADS,
    NO_POSITION,
    STANDING,
    THROUGH,
    code,
    opening_code,
)
from matcher.matching.outlines import Outlines
from matcher.matching.seen import LEADS_ALONE, NEAR_BEST
from matcher.matching.standing import CLAIM as OF_CLAIM
from matcher.matching.standing import held
from matcher.matching.support import RELATED_AT
from matcher.matching.trade import SAYS_KIND
from matcher.matching.weigh import BRIEF, FEATURES, PARTIAL_AT, STRONG_AT, coefficients

Floats = NDArray[np.float64]
Bits = NDArray[np.uint64]

_MOST = 64  # stems of a text that are looked for: one bit each
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


def line_strengths(asked: Asked, hits: Hits, outlines: Outlines) -> Floats:
    """The strength of each line for a text by words and likeness alone."""
    of = dict(zip(("intercept", "cosine", *FEATURES), coefficients(), strict=True))
    words = asked.terms
    same, alike = _shared(words, hits.lines, outlines)
    hopes = (outlines.marks[hits.lines] & HOPES) > 0
    mass = words.mass or 1.0
    uncovered = np.ones(len(same))
    for clause, damped in asked.clauses:
        uncovered *= 1.0 - _weight(words, same, clause) / damped
    logit = of["intercept"] + of["cosine"] * hits.cosines.astype(np.float64)
    logit += of["overlap"] * _weight(words, same, words.order) / mass + of["clauses"] * (1.0 - uncovered)
    logit += of["related"] * _weight(words, alike & ~same, words.order) / (mass + DAMPING)
    logit += of["brief"] * np.maximum(0.0, 1.0 - outlines.sizes[hits.lines] / BRIEF)
    if not words.hopes:
        logit += of["hoped"] * hopes
    if asked.languages:
        logit += of["language_missing"]  # one that is stated is a fact
    values: Floats = 1.0 / (1.0 + np.exp(-logit))
    if asked.several and len(words.order) <= _MOST:
        every = (same == np.uint64((1 << len(words.order)) - 1)) & ~hopes
        values[every] = np.maximum(values[every], STRONG_AT)
    return values


def _shared(words: Terms, lines: NDArray[np.int64], outlines: Outlines) -> tuple[Bits, Bits]:
    """For each line the stems of `words` that it has, and those of which it has the opening, a bit each."""
    bit = {name: 1 << place for place, name in enumerate(words.order[:_MOST])}
    openings = {
        opening_code(opening): sum(bit.get(name, 0) for name in names)
        for opening, names in words.openings.items()
    }
    places, grouped = outlines.line_stems.places(lines)
    stems = outlines.stems[places]
    same = _looked_up(stems, {code(name): value for name, value in bit.items()})
    return _united(same, grouped.ends), _united(_looked_up(stems >> np.uint32(16), openings), grouped.ends)


def _looked_up(codes: NDArray[np.uint32], table: dict[int, int]) -> Bits:
    # a dozen looks for one code each are quicker than one look for a dozen
    found = np.zeros(len(codes), dtype=np.uint64)
    for key, bits in table.items():
        found[np.flatnonzero(codes == np.uint32(key))] |= np.uint64(bits)
    return found


def _united(bits: Bits, ends: NDArray[np.int64]) -> Bits:
    """The bits of each group together."""
    found: Bits = np.bitwise_or.reduceat(np.append(bits, np.uint64(0)), ends[:-1])
    found[np.diff(ends) == 0] = 0
    return found


def _weight(words: Terms, bits: Bits, names: Iterable[str]) -> Floats:
    """The weight of those of the `names` whose bits are set."""
    wanted = frozenset(names)
    total = np.zeros(len(bits))
    for place, name in enumerate(words.order[:_MOST]):
        if name in wanted:
            total += words.weight_of[name] * ((bits >> np.uint64(place)) & np.uint64(1))
    return total


@dataclass(frozen=True, slots=True)
class SeenLines:
    """Lines that bear on a text, with their strengths and whose they are; `best` is that of everybody's best
    line, 0 where there is none."""

    outlines: Outlines
    lines: NDArray[np.int64]
    values: Floats
    people: NDArray[np.intp]
    best: Floats

    @classmethod
    def of(
        cls, demand: Demand, texts: Sequence[Asked], hits: Sequence[Hits], outlines: Outlines, without: int
    ) -> SeenLines:
        """What the `hits` of each of the texts show; lines with one of the marks `without` do not count."""
        lines, values = [each.lines for each in hits], []
        for text, each in zip(texts, hits, strict=True):
            values.append(line_strengths(text, each, outlines))
        led, value = _leading(demand, outlines)
        every = np.concatenate([*lines, led])
        marks = outlines.marks[every]
        held = by_standing(np.concatenate([*values, np.full(len(led), value)]), marks)
        if demand.lead is not None:  # in whichever domain, where a job tells of it
            told = (marks & LEADS > 0) & (outlines.places[every] != NO_POSITION) & (held >= RELATED_AT)
            held = np.where(told, np.maximum(held, PARTIAL_AT), held)
        held = np.where(marks & without, 0.0, held)
        people = outlines.people_of(every)
        best = np.zeros(len(outlines))
        np.maximum.at(best, people, held)
        return cls(outlines, every, held, people, best)

    def positions(self, least: float) -> NDArray[np.bool_]:
        """For each position whether a line of it speaks for the text, as `relevant_positions` has it."""
        places = self.outlines.places[self.lines]
        speaks = self.values >= np.maximum(least, self.best[self.people] * NEAR_BEST)
        speaks &= places != NO_POSITION
        flags = np.zeros(len(self.outlines.starts), dtype=np.bool_)
        flags[self.outlines.positions.ends[self.people[speaks]] + places[speaks]] = True
        return flags


def named_share(words: Terms, outlines: Outlines) -> Floats:
    """For each position the share of the weight of `words` that its title has."""
    share = np.zeros(len(outlines.titles))
    for name in words.order:
        share[outlines.titles == code(name)] = words.weight_of[name] / (words.mass or 1.0)
    return outlines.title_stems.sums(share)


def employed(words: Terms, outlines: Outlines) -> NDArray[np.bool_]:
    """For each position whether its employer is of what is asked, as `trade.employed_in` has it."""
    kinds = [code(name) for name, value in words.weight_of.items() if value >= SAYS_KIND]
    return outlines.employer_stems.sums(np.isin(outlines.employers, kinds)) > 0


def _leading(demand: Demand, outlines: Outlines) -> tuple[NDArray[np.int64], float]:
    """The lines that show the leading of people that a demand asks for, whatever their words, and how far."""
    lead, marks = demand.lead, outlines.marks
    if lead is not None and lead.kind == "people":
        lines = np.flatnonzero(marks & LEADS)
        if lead.domain:
            domain = terms(" ".join(sorted(lead.domain)))
            same, alike = _shared(domain, lines, outlines)
            some, every = same | alike, (1 << len(domain.order[:_MOST])) - 1
            lines = lines[some > 0 if is_either(lead) else some == every]
        return lines, LEADS_ALONE if lead.included else STRONG_AT
    bits = LEADS * (Leading.PEOPLE in demand.leading) | THROUGH * (Leading.CHANGE in demand.leading)
    lines = np.flatnonzero(marks & bits) if bits else np.empty(0, dtype=np.int64)
    standing = marks[lines] & STANDING
    described = (standing >= EvidenceKind.DESCRIBED.rank) & (standing <= EvidenceKind.OUTCOME.rank)
    return lines[described], PARTIAL_AT

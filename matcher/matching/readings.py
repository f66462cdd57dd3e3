"""How strongly each line of a resume answers each text that is asked for, by words and meaning alone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import Asked, Texts
from matcher.matching.candidate import Candidate
from matcher.matching.standing import CLAIM
from matcher.matching.support import RELATED_AT
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT, in_common, logistic, odds

# Log-odds a hair below those of a line that is related, and how near to the highest of all others may be the
# highest after rounding.
_HAIR = 1e-9
_RELATED = math.log(RELATED_AT / (1.0 - RELATED_AT)) - _HAIR


@dataclass(
    slots=True
)  # not frozen: dozens are made for each person, and frozen ones take three times as long
class Reading:
    """A text that is asked for, and what the lines of a resume are to it by words and meaning.

    `related` are the lines (places) that are `held` to show it, whatever their kind, at RELATED_AT or more,
    each with how strongly; `best` is the strongest of all lines, 0 where there is none. `common` are the bits
    of the stems that lines share with the text. Of all lines `cosines` and `odds` (log-odds of strength);
    those in `complete` have every word of it.
    """

    asked: Asked
    candidate: Candidate
    cosines: NDArray[np.float32]
    odds: NDArray[np.float64]
    related: dict[int, float]
    best: float
    common: dict[int, int]
    complete: list[int]

    def strengths(self) -> NDArray[np.float64]:
        """The strength of each line by words and meaning."""
        found = logistic(self.odds)
        for place in self.candidate.idle:
            if found[place] < PARTIAL_AT:
                found[place] = 0.0
        for place in self.complete:
            found[place] = max(found[place], STRONG_AT)
        return found

    def held(self) -> list[float]:
        """The same as far as each line keeps it."""
        values: list[float] = (self.strengths() * self.candidate.carried).tolist()
        return values


def readings_of(texts: Texts, candidate: Candidate, cosines: NDArray[np.float32]) -> list[Reading]:
    """What the lines of a candidate say of each text; `cosines` has shape (texts, lines).

    A line that has every word of several that tell is strong, however unlike it the encoder takes it to be
    ("programming in R").
    """
    lines = candidate.prepared.lines
    common = in_common(texts, lines)
    logits = odds(texts, lines, common, cosines)
    found = []
    for number, (related, best) in enumerate(_held(logits, candidate)):
        text, shared = texts.asked[number], common[number]
        complete: list[int] = []
        if text.several and text.every in shared.values():
            places = [place for place, bits in shared.items() if bits == text.every]
            complete = [place for place in places if not lines.hopes[place]]
        reading = Reading(
            asked=text,
            candidate=candidate,
            cosines=cosines[number],
            odds=logits[number],
            related=related,
            best=best,
            common=shared,
            complete=complete,
        )
        found.append(_completed(reading) if complete else reading)
    return found


def _completed(reading: Reading) -> Reading:
    """`reading` with its complete lines at what they are held to be."""
    values = reading.held()
    related = {place: value for place, value in enumerate(values) if value >= RELATED_AT}
    return replace(reading, related=related, best=max(values))


def _held(odds: NDArray[np.float64], candidate: Candidate) -> Iterator[tuple[dict[int, float], float]]:
    """For each text the `related` lines and the `best` of a Reading, by the log-odds of all pairs.

    One pair in twenty is of lines that are related: of the others only the highest of each text are worked
    out.
    """
    if not len(candidate.carried):
        yield from (({}, 0.0) for _ in odds)
        return
    highest = np.where(candidate.counted, odds, -np.inf).max(axis=1, keepdims=True)
    texts, places = (odds >= np.minimum(highest - _HAIR, _RELATED)).nonzero()
    values = logistic(odds[texts, places])
    if candidate.idle:
        values[(values < PARTIAL_AT) & candidate.is_idle[places]] = 0.0
    values *= candidate.carried[places]
    starts = np.arange(len(odds))
    best = np.maximum.reduceat(values, texts.searchsorted(starts)).tolist()
    (shown,) = (values >= RELATED_AT).nonzero()
    ends = texts[shown].searchsorted(starts, side="right").tolist()
    pairs = list(zip(places[shown].tolist(), values[shown].tolist(), strict=True))
    (claims,) = (candidate.carried == CLAIM).nonzero()
    for text, (start, end) in enumerate(pairwise((0, *ends))):
        if best[text] < CLAIM and len(claims):
            best[text] = max(best[text], *(logistic(odds[text, claims]) * CLAIM).tolist())
        yield dict(pairs[start:end]), best[text]

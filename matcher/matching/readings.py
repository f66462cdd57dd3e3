"""How strongly each line of a resume answers each text that is asked for, by words and meaning alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import Asked, Texts
from matcher.matching.lines import Lines
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT, features, in_common, strengths


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that is asked for, and of each line the cosine, the strength by words and meaning, and what it
    is `held` to be whatever it shows, with the `best` of these, 0 where there is none. `common` are the stems
    that lines (places) share with it."""

    asked: Asked
    cosines: NDArray[np.float32]
    strengths: NDArray[np.float64]
    held: list[float]
    best: float
    common: dict[int, list[str]]


def readings_of(
    texts: Texts,
    lines: Lines,
    cosines: NDArray[np.float32],
    idle: Sequence[int],
    carried: NDArray[np.float64],
) -> list[Reading]:
    """What the lines say of each text; `cosines` has shape (texts, lines).

    The lines at the places `idle` are of everyday life and say nothing below partial evidence; `carried` is
    the share of its strength that each line keeps.

    A line that has every word of several that tell is strong, however unlike it the encoder takes it to be
    ("programming in R").
    """
    common = in_common(texts, lines)
    found = strengths(cosines, features(texts, lines, common))
    for place in idle:
        found[found[:, place] < PARTIAL_AT, place] = 0.0
    each: list[dict[int, list[str]]] = [{} for _ in texts.asked]
    for (number, place), names in common.items():
        each[number][place] = names
        text = texts.asked[number]
        if text.several and len(names) == len(text.terms.stems) and not lines.hopes[place]:
            found[number, place] = max(found[number, place], STRONG_AT)
    held = found * carried
    best = held.max(axis=1, initial=0.0).tolist()
    columns = zip(texts.asked, cosines, found, held.tolist(), best, each, strict=True)
    return [Reading(*column) for column in columns]

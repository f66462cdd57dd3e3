"""How strongly each line of a resume answers each text that is asked for, by words and meaning alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import Asked, Texts
from matcher.matching.lines import Lines
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT, features, strengths


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that is asked for, and of each line the cosine and the strength."""

    asked: Asked
    cosines: NDArray[np.float32]
    strengths: list[float]


def readings_of(
    texts: Texts, lines: Lines, cosines: NDArray[np.float32], idle: Sequence[int]
) -> list[Reading]:
    """What the lines say of each text; `cosines` has shape (texts, lines).

    The lines at the places `idle` are of everyday life and say nothing below partial evidence.

    A line that has every word of several that tell is strong, however unlike it the encoder takes it to be
    ("programming in R").
    """
    values_of = strengths(cosines, features(texts, lines))
    for place in idle:
        values_of[values_of[:, place] < PARTIAL_AT, place] = 0.0
    found: list[list[float]] = values_of.tolist()
    for text, values in zip(texts.asked, found, strict=True):
        for place in lines.having_all(text.terms.stems) if text.several else ():
            if not lines.hopes[place]:
                values[place] = max(values[place], STRONG_AT)
    return [Reading(*each) for each in zip(texts.asked, cosines, found, strict=True)]

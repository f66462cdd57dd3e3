"""How strongly each line of a resume answers each text that is asked for, by words and meaning alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import Asked
from matcher.matching.lines import Lines
from matcher.matching.weigh import STRONG_AT, features, strengths


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that is asked for, and of each line the cosine and the strength."""

    asked: Asked
    cosines: NDArray[np.float32]
    strengths: list[float]


def readings_of(asked: Sequence[Asked], lines: Lines, cosines: NDArray[np.float32]) -> list[Reading]:
    """What the lines say of each text; `cosines` has shape (len(asked), len(lines)).

    A line that has every word of several that tell is strong, however unlike it the encoder takes it to be
    ("programming in R").
    """
    found: list[list[float]] = strengths(cosines, features(asked, lines)).tolist()
    for text, values in zip(asked, found, strict=True):
        for place in lines.having_all(text.terms.stems) if text.several else ():
            if not lines.hopes[place]:
                values[place] = max(values[place], STRONG_AT)
    return [Reading(*each) for each in zip(asked, cosines, found, strict=True)]

"""Lines of everyday life, which answer no posting: a car park rota kept, a summer tournament played in.

The words and the mood of such a line are near to some demand by chance, and of a thousand of them a few are
nearer than what many a resume says of it. They count nothing below partial evidence, so that a resume is
worth no more for being longer.

A line is told by its vector alone, by a linear model for that encoder (`idle.toml`, fitted by
models/training/fit_idle.py).
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def idle_lines(vectors: NDArray[np.float32], model: str) -> list[int]:
    """The places of the idle lines among `vectors` (n, dim), which are one a line.

    `model` is the fingerprint of the encoder; of another one than idle lines were told apart with, none is.
    """
    known, weights, idle = _fitted()
    if model != known:
        return []
    # row by row, so that a line is told alike whatever stands beside it
    odds = np.vecdot(np.ascontiguousarray(vectors, dtype=np.float32), weights).tolist()
    return [place for place, value in enumerate(odds) if value > idle]


@cache
def _fitted() -> tuple[str, NDArray[np.float32], float]:
    """The fingerprint of the encoder, its weights, and the sum above which a line is idle."""
    table = tomllib.loads(Path(__file__).with_name("idle.toml").read_text("utf-8"))
    weights = np.array(table["weights"], dtype=np.float32)
    return str(table["model"]), weights, float(table["idle"])

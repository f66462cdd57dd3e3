"""What an encoder is, and how every encoder treats duplicates and texts over its model's limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.errors import InputError


class Encoder(Protocol):
    """Turns texts into unit vectors whose inner product is their cosine similarity, higher is more alike."""

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Short text naming the model and its content: vectors of different fingerprints do not compare."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row per text, in order: (len(texts), dim) float32.

        A row depends on its own text alone, to the last bit. A text over the model's limit is cut at white
        space into parts that fit, and its row is the mean of the parts' rows, weighted by their length. A
        text without any word has the row that the model gives to the empty text. Raises InputError when
        `texts` is one str instead of a sequence of them.
        """
        ...


def distinct(texts: Sequence[str]) -> tuple[list[str], NDArray[np.intp]]:
    """The different texts in order of first use, and for each of `texts` the place of its own among them.

    Lone surrogates, which no tokenizer accepts, become "?".
    """
    if isinstance(texts, str):
        raise InputError("encode takes a sequence of texts, not one text: put it in a list.")
    places: dict[str, int] = {}
    order = [places.setdefault(text.encode("utf-8", "replace").decode(), len(places)) for text in texts]
    return list(places), np.array(order, dtype=np.intp)


def parts(text: str, fits: Callable[[str], bool]) -> list[str]:
    """`text` cut into parts that fit: halved at the white space nearest its middle, again where needed.

    Text that has no white space is cut in its very middle. A single character is taken to fit.
    """
    found: list[str] = []
    todo = [text]
    while todo:
        part = todo.pop()
        if len(part) <= 1 or fits(part):
            found.append(part)
            continue
        words = part.split()
        middle = len(part) // 2
        if len(words) > 1:
            half = len(words) // 2
            todo += [" ".join(words[half:]), " ".join(words[:half])]
        else:
            todo += [part[middle:], part[:middle]]
    return found


def unit_mean(rows: NDArray[np.float32], weights: Sequence[int]) -> NDArray[np.float32]:
    """The weighted mean of `rows`, in a fixed order of summation, scaled to length 1."""
    total = np.einsum("i,ij->j", np.array(weights, dtype=np.float64), rows.astype(np.float64))
    norm = float(np.sqrt(np.einsum("j,j->", total, total)))
    # Parts that cancel out exactly leave no direction: the first part then speaks for the text.
    mean: NDArray[np.float32] = (total / norm).astype(np.float32) if norm > 0 else rows[0]
    return mean

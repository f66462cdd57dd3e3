"""Right-to-left text: glyphs as they stand on the page, put into the order in which they are read.

PDFium turns right-to-left text around piece by piece, which comes out mixed where a producer splits words
(as Arabic shaping does). Positions are certain, so the order is taken from them.
"""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_SEGMENT_GAP = 0.7  # em; as wide as the gap that ends a chunk
_SAME_LINE = 0.45  # em between baselines


def is_backward(codes: Ints) -> Bools:
    """Which characters are of a right-to-left script (Hebrew, Arabic, Syriac and their kin)."""
    return ((codes >= 0x590) & (codes <= 0x8FF)) | ((codes >= 0xFB1D) & (codes <= 0xFEFC))


def logical_order(codes: Ints, left: Floats, right: Floats, baseline: Floats, em: Floats) -> Ints:
    """A permutation of the glyphs that puts lines with right-to-left text into reading order.

    Lines without any keep the order that they have.
    """
    rows = _rows(baseline, em)
    order = np.arange(len(codes))
    backward = is_backward(codes)
    for row in rows:
        if not backward[row].any():
            continue
        places = np.sort(row)
        visual = row[np.argsort(left[row] + right[row], kind="stable")]
        order[places] = np.concatenate(
            [_read(part, codes) for part in _segments(visual, left, right, em)][::-1]
        )
    return order


def _rows(baseline: Floats, em: Floats) -> list[Ints]:
    """Glyphs grouped by baseline."""
    by_height = np.argsort(baseline, kind="stable")
    steps = np.diff(baseline[by_height]) > _SAME_LINE * np.median(em)
    return [part for part in np.split(by_height, np.nonzero(steps)[0] + 1) if len(part)]


def _segments(visual: Ints, left: Floats, right: Floats, em: Floats) -> list[Ints]:
    """A row, left to right, cut at gaps as wide as those between columns."""
    gaps = left[visual[1:]] - np.maximum.accumulate(right[visual])[:-1]
    return np.split(visual, np.nonzero(gaps > _SEGMENT_GAP * em[visual[1:]])[0] + 1)


def _read(visual: Ints, codes: Ints) -> Ints:
    """One segment's glyphs in reading order: right to left, but Latin words and numbers left to right."""
    kinds = [_kind(int(codes[at])) for at in visual.tolist()]
    if "R" not in kinds:
        return visual
    base = "R" if kinds.count("R") >= kinds.count("L") else "L"
    at = 0
    while at < len(kinds):  # what has no direction goes with its neighbours where they agree
        end = at
        while end < len(kinds) and kinds[end] == "N":
            end += 1
        if end > at:
            before = kinds[at - 1] if at else base
            after = kinds[end] if end < len(kinds) else base
            kinds[at:end] = [before if before == after else base] * (end - at)
        at = max(end, at + 1)
    runs: list[tuple[str, list[int]]] = []
    for kind, place in zip(kinds, visual.tolist(), strict=True):
        if runs and runs[-1][0] == kind:
            runs[-1][1].append(place)
        else:
            runs.append((kind, [place]))
    ordered = runs[::-1] if base == "R" else runs
    return np.array([place for kind, run in ordered for place in (run[::-1] if kind == "R" else run)])


def _kind(code: int) -> str:
    """R for right-to-left letters, L for others and for numbers, N for what has no direction of its own."""
    category = unicodedata.bidirectional(chr(code))
    if category in ("R", "AL", "NSM"):
        return "R"
    return "L" if category in ("L", "EN", "AN") else "N"

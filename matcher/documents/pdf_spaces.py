"""Where words begin, decided from the gaps between glyphs, because many PDF producers draw no spaces."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# A gap of more than this many em between glyphs is a space, where the producer draws spaces itself.
_GAP_WITH_SPACES = 0.18
# The same where there are no space glyphs and the page is too short to show which gaps are spaces.
# wkhtmltopdf's narrowest spaces are 0.05 em, LaTeX's kerns reach 0.03 em.
_GAP_DEFAULT = 0.06
# Fewer space glyphs than this share of the gaps: the producer draws none.
_FEW_SPACES = 0.05
# A space after a slanted letter that hangs over the next one keeps at least this much of its width.
_GAP_LEANING = 0.03
# The range in which the boundary between kerning and spaces is looked for, in em.
_GAP_RANGE = (0.02, 0.33)


def find_words(
    codes: Ints, em: Floats, gap: Floats, chunk: Bools, spaced: Bools, space_gap: float | None
) -> tuple[Bools, float]:
    """Which glyphs begin a word, and the least gap in em that was taken for a space.

    `gap` is the gap before each glyph in em, `chunk` where chunks begin, `spaced` where the producer drew a
    space; `space_gap` is the boundary found on an earlier page, for pages too short to show their own.
    """
    tightness = np.zeros(len(gap))
    if spaced.mean() <= _FEW_SPACES:
        tightness = _tightness(codes, gap, em)
        if _is_set_tight(gap[~chunk], tightness[~chunk]):
            gap = gap - tightness
    found = _space_gap(gap[~chunk], spaced[~chunk]) or space_gap or _GAP_DEFAULT
    word = _words(chunk, spaced, gap, found)
    word |= (gap > _GAP_LEANING) & (gap - tightness > 2 * found) & (tightness < -_GAP_LEANING)
    return word, found


def _is_set_tight(gap: Floats, tightness: Floats) -> bool:
    """Whether every letter has its own gap, always the same, instead of standing at its own width."""
    inside = (gap > -0.3) & (gap < _GAP_DEFAULT)
    if not inside.any():
        return False
    usual = float(np.median(np.abs(gap[inside])))
    return usual > 0.008 and float(np.median(np.abs((gap - tightness)[inside]))) < 0.25 * usual


def _tightness(codes: Ints, gap: Floats, em: Floats) -> Floats:
    """How far apart, in em, each glyph usually stands from the letter that it follows.

    wkhtmltopdf sets each letter by its width at screen resolution, so that the gap after an "f" is 0.1 em
    less than after an "e", and a space after it nearly vanishes. The usual gap after the same letter in the
    same size, where it is too narrow to be a space, is what it is measured against.
    """
    keys = codes * 4096 + np.round(em * 4).astype(np.int64)
    keys = np.concatenate(([-1], keys[:-1]))
    inside = np.nonzero((gap < _GAP_DEFAULT) & (gap > -0.3))[0]
    order = inside[np.argsort(keys[inside] + gap[inside])]  # gaps are fractions, keys whole numbers
    if not len(order):
        return np.zeros(len(gap))
    starts = np.flatnonzero(np.diff(keys[order], prepend=-2))
    names, counts = keys[order[starts]], np.diff(starts, append=len(order))
    medians = gap[order[starts + counts // 2]]
    at = np.minimum(np.searchsorted(names, keys), len(names) - 1)
    return np.where((names[at] == keys) & np.isfinite(gap), medians[at], 0.0)


def _space_gap(gap: Floats, spaced: Bools) -> float | None:
    """The boundary in em between kerning and spaces on this page, None when it shows too little.

    Where no space glyphs are drawn, gaps fall in two heaps: the boundary is set in the widest stretch
    without gaps, so that wkhtmltopdf (spaces from 0.05 em) and LaTeX (from 0.2 em) are both served.
    """
    if len(gap) < 40:
        return None
    if spaced.mean() > _FEW_SPACES:
        return _GAP_WITH_SPACES
    low, high = _GAP_RANGE
    values = np.sort(gap[(gap > low) & (gap < high)])
    if len(values) < 8:
        return None
    # A few odd kerns may lie between the heaps.
    skip = min(len(gap) // 250, len(values) - 1)
    edges = np.concatenate(([low], values))[: len(values) - skip]
    values = values[skip:]
    # What lies above a boundary must be enough to be the spaces of a text: one gap in sixteen.
    above = (gap >= low).sum() - skip - np.arange(len(values))
    # Ratios, not differences: the heaps lie at 0.06-0.15 em for one producer, at 0.2-0.4 for another.
    width = np.where(above >= len(gap) / 16, np.log(values / edges), 0.0)
    best = int(width.argmax())
    if width[best] <= 0:
        return None
    return float(edges[best] ** 0.35 * values[best] ** 0.65)


def _words(chunk: Bools, spaced: Bools, gap: Floats, space_gap: float) -> Bools:
    """Where words begin. Letter-spaced chunks, every glyph of which stands apart, are read by wider gaps."""
    word = chunk | spaced | (gap > space_gap)
    starts = np.nonzero(chunk)[0]
    lengths = np.diff(starts, append=len(chunk))
    spread = (lengths >= 4) & (np.add.reduceat(word, starts, dtype=np.int64) >= 0.8 * lengths)
    for first, length in zip(starts[spread].tolist(), lengths[spread].tolist(), strict=True):
        inner = gap[first + 1 : first + length]
        usual = float(np.median(inner))
        word[first + 1 : first + length] = inner > max(1.6 * usual, usual + 0.12)
    return word

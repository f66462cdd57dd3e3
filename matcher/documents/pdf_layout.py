"""Reading order: columns, sidebars and tables found from the white space between chunks.

A gutter is a strip without text that stays empty over several lines and has text on both sides. The page
is cut at the best gutter into what is above, left, right and below, and each part is treated the same
way, until only single columns are left, whose chunks are joined to rows. Gutters between aligned rows
(titles with dates at the right margin, label columns, tables) are no column boundaries: they become tabs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.documents.pdf_chunks import Chunk
from matcher.documents.pdf_columns import SAME_ROW, are_columns, on_row
from matcher.documents.pdf_glyphs import Bools, Floats

# A gutter is at least this wide, in em of the region's median size.
_GUTTER = 0.9
_MAX_DEPTH = 12
_MAX_TRIES = 60  # gutters looked at per region
_MAX_CHUNKS = 3000  # a page with more is no text page; resumes have 50 to 300
_PARAGRAPH = 1.6  # em between baselines; more than this ends a paragraph


@dataclass(frozen=True, slots=True)
class Row:
    """Chunks on one visual line, in reading order; `region` tells the columns of a page apart."""

    chunks: list[Chunk]
    region: int

    @property
    def baseline(self) -> float:
        """The baseline of its largest chunk."""
        return max(self.chunks, key=lambda chunk: chunk.em).baseline


@dataclass(frozen=True, slots=True)
class _Region:
    """Chunks of a part of the page, by baseline from top to bottom; `em` is their median size."""

    left: Floats
    right: Floats
    base: Floats
    em: float

    def beside(self, start: float) -> tuple[Bools, Bools]:
        """Which chunks stand left and right of a gutter that ends at `start`."""
        return self.right <= start - _GUTTER * self.em + 0.5, self.left >= start - 0.5


@dataclass(frozen=True, slots=True)
class _Cut:
    above: list[Chunk]
    left: list[Chunk]
    right: list[Chunk]
    below: list[Chunk]


def reading_order(chunks: list[Chunk]) -> list[Row]:
    """Rows of a page in the order in which they are read. Turned text goes before what it stands beside."""
    if not chunks:
        return []
    turns = [chunk.quarter for chunk in chunks]
    main = max(set(turns), key=lambda turn: (sum(len(c.text) for c in chunks if c.quarter == turn), -turn))
    rows: list[Row] = []
    _order([chunk for chunk in chunks if chunk.quarter == main], 0, rows)
    for chunk in sorted(
        (c for c in chunks if c.quarter != main), key=lambda c: (c.quarter, c.baseline, c.left)
    ):
        _insert_turned(rows, chunk)
    return rows


def _insert_turned(rows: list[Row], chunk: Chunk) -> None:
    """Put turned text, most often a section's name along its side, before the rows that it runs along."""
    for at, row in enumerate(rows):
        last = row.chunks[-1]
        if (
            last.quarter == chunk.quarter
            and row.region < 0
            and on_row(chunk, last)
            and chunk.left - last.right < 2 * chunk.em
        ):
            rows[at] = Row([*row.chunks, chunk], -1)
            return
    beside = [
        at for at, row in enumerate(rows) if row.region >= 0 and row.chunks[0].box.bottom > chunk.box.top + 1
    ]
    at = beside[0] if beside else len(rows)
    while 0 < at < len(rows) and rows[at - 1].region == rows[at].region:
        if rows[at].baseline - rows[at - 1].baseline > 3 * rows[at].chunks[0].em:
            break
        at -= 1
    rows.insert(at, Row([chunk], -1))


def _order(chunks: list[Chunk], depth: int, rows: list[Row]) -> None:
    cut = _best_cut(chunks) if depth < _MAX_DEPTH and 3 <= len(chunks) <= _MAX_CHUNKS else None
    if cut is None:
        rows.extend(_rows_of(chunks, rows[-1].region + 1 if rows else 0))
        return
    for part in (cut.above, cut.left, cut.right, cut.below):
        if part:
            _order(part, depth + 1, rows)


def _rows_of(chunks: list[Chunk], region: int) -> list[Row]:
    """Chunks of a single column joined to rows, top to bottom."""
    rows: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda c: (c.quarter, c.baseline, c.left)):
        for row in reversed(rows[-3:]):
            largest = max(row, key=lambda c: c.em)
            if chunk.quarter == largest.quarter and on_row(chunk, largest) and not _overlaps(chunk, row):
                row.append(chunk)
                break
        else:
            rows.append([chunk])
    return [Row(sorted(row, key=lambda c: -c.right if _is_backward(row) else c.left), region) for row in rows]


def _overlaps(chunk: Chunk, row: list[Chunk]) -> bool:
    return any(min(chunk.right, c.right) - max(chunk.left, c.left) > 0.3 * min(chunk.em, c.em) for c in row)


def _is_backward(row: list[Chunk]) -> bool:
    """Whether a row is mostly right-to-left text."""
    letters = [char for chunk in row for char in chunk.text if char.isalpha()]
    return sum(0x590 <= ord(char) <= 0x8FF for char in letters) * 2 > len(letters)


def _best_cut(chunks: list[Chunk]) -> _Cut | None:
    """The gutter between columns that has most lines beside it, None when the region is one column."""
    chunks = sorted(chunks, key=lambda chunk: chunk.baseline)
    region = _Region(
        np.array([chunk.left for chunk in chunks]),
        np.array([chunk.right for chunk in chunks]),
        np.array([chunk.baseline for chunk in chunks]),
        float(np.median([chunk.em for chunk in chunks])),
    )
    for start, first, last in _gutters(region)[:_MAX_TRIES]:
        one, other = region.beside(start)
        outside = np.ones(len(chunks), bool)
        outside[first:last] = False
        one, other = one & ~outside, other & ~outside
        stop = float(region.base[last]) if last < len(chunks) else np.inf
        one, other = _trim(one, other, region, start, stop)
        one, other = _header_only(one, other, region.base, region.em)
        left, right = _taken(chunks, one), _taken(chunks, other)
        if are_columns(left, right):
            inside = one | other
            top = region.base[inside].min()
            above = ~inside & (region.base <= top)
            return _Cut(_taken(chunks, above), left, right, _taken(chunks, ~inside & ~above))
    return None


def _taken(chunks: list[Chunk], mask: Bools) -> list[Chunk]:
    return [chunks[at] for at in np.flatnonzero(mask).tolist()]


def _gutters(region: _Region) -> list[tuple[float, int, int]]:
    """Strips of white space with text on both sides, those with most lines on the lesser side first.

    Each is the left edge of what stands to its right, and the range of chunks (by baseline) it runs along.
    """
    base = region.base
    line = np.concatenate(([0], np.cumsum(np.diff(base) > SAME_ROW * region.em)))
    found: list[tuple[float, float, int, int]] = []
    for start in np.unique(np.round(region.left)).tolist():
        sides = region.beside(start)
        if not (sides[0].any() and sides[1].any()):
            continue
        across = np.flatnonzero(~(sides[0] | sides[1]))
        firsts, lasts = np.append(0, across + 1), np.append(across, len(base))
        counts = []
        for side in sides:
            new = np.zeros(len(base), np.int64)
            members = np.flatnonzero(side)
            new[members] = np.diff(line[members], prepend=-1) > 0
            total = np.append(0, np.cumsum(new))
            counts.append(total[lasts] - total[firsts])
        least = np.minimum(*counts)
        score = least + 0.01 * (counts[0] + counts[1])
        found += [
            (float(score[at]), start, int(firsts[at]), int(lasts[at]))
            for at in np.flatnonzero(least).tolist()
        ]
    found.sort(key=lambda gutter: -gutter[0])
    return [gutter[1:] for gutter in found]


def _trim(one: Bools, other: Bools, region: _Region, start: float, stop: float) -> tuple[Bools, Bools]:
    """Cut off the lines after the shorter column's end, unless they too are set to the column's width.

    `stop` is the baseline of the text that ends the gutter by running across it.
    """
    base, right = region.base, region.right
    end = min(base[one].max(), base[other].max()) + SAME_ROW * region.em
    long = one if base[one].max() > end else other
    # The line that ends a paragraph belongs to it, however far down the other column reaches.
    ordered = np.sort(base[long])
    breaks = np.flatnonzero((ordered[1:] > end) & (np.diff(ordered) > _PARAGRAPH * region.em))
    if not len(breaks):
        return one, other
    end = max(end, float(ordered[breaks[0]]) + 0.01)
    tail = long & (base > end)
    begin = region.left[one].min() if long is one else start
    width = start - begin if long is one else right[other].max() - start
    filled = int((right[tail] - begin >= 0.8 * width).sum())
    # Where the next line of the same paragraph runs across the gutter, the gutter was chance.
    if filled >= 2 and stop - base[tail].max() > _PARAGRAPH * region.em:
        return one, other
    return one & (base <= end), other & (base <= end)


def _header_only(one: Bools, other: Bools, base: Floats, em: float) -> tuple[Bools, Bools]:
    """Cut off rows that follow a block of contact lines at the right.

    Where the right side starts with a few close lines and all that comes after them, past a gap, meets a
    line on the left, the later lines are dates beside entries, not the same column.
    """
    rights = np.unique(np.round(base[other], 1))
    breaks = np.nonzero(np.diff(rights) > 1.75 * em)[0]
    if not len(breaks) or breaks[0] > 5:
        return one, other
    later = rights[breaks[0] + 1 :]
    lefts = base[one]
    meet = [bool((np.abs(lefts - value) < 0.3 * em).any()) for value in later]
    if sum(meet) < 0.9 * len(meet):
        return one, other
    end = rights[breaks[0]] + SAME_ROW * em
    return one & (base <= end), other & (base <= end)

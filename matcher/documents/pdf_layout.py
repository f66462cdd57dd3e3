"""Reading order: columns, sidebars and tables found from the white space between chunks.

A gutter is a strip without text that stays empty over several lines and has text on both sides. The page
is cut at the best gutter into what is above, left, right and below, and each part is treated the same
way, until only single columns are left, whose chunks are joined to rows. Gutters between aligned rows
(titles with dates at the right margin, label columns, tables) are no column boundaries: they become tabs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from matcher.documents.pdf_chunks import Chunk
from matcher.documents.pdf_columns import SAME_ROW, are_columns, on_row
from matcher.documents.pdf_glyphs import Bools, Floats

# A gutter is at least this wide, in em of the region's median size.
_GUTTER = 0.9
_MAX_DEPTH = 12


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
class _Cut:
    score: float
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
    cut = _best_cut(chunks) if depth < _MAX_DEPTH and len(chunks) >= 3 else None
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
    left = np.array([chunk.left for chunk in chunks])
    right = np.array([chunk.right for chunk in chunks])
    base = np.array([chunk.baseline for chunk in chunks])
    em = np.array([chunk.em for chunk in chunks])
    wide = _GUTTER * float(np.median(em))
    best: _Cut | None = None
    for start in np.unique(np.round(left)).tolist():
        beside_left = right <= start - wide + 0.5
        beside_right = left >= start - 0.5
        if beside_left.sum() < 1 or beside_right.sum() < 1:
            continue
        across = ~(beside_left | beside_right)
        stops = np.concatenate(([-np.inf], np.sort(base[across]), [np.inf]))
        for low, high in pairwise(stops.tolist()):
            band = (base > low) & (base < high)
            one, other = band & beside_left, band & beside_right
            score = float(min(_lines(base[one], em), _lines(base[other], em)))
            score = score * 2 + float(one.sum() + other.sum()) * 0.01
            if (best is not None and score <= best.score) or not one.any() or not other.any():
                continue
            one, other = _trim(one, other, base, left, right, em, start)
            one, other = _header_only(one, other, base, float(np.median(em)))
            if not are_columns(
                [chunks[at] for at in np.nonzero(one)[0]], [chunks[at] for at in np.nonzero(other)[0]]
            ):
                continue
            inside = one | other
            first = base[inside].min()
            best = _Cut(
                score,
                [chunks[at] for at in np.nonzero(~inside & (base < first + 0.01))[0]],
                [chunks[at] for at in np.nonzero(one)[0]],
                [chunks[at] for at in np.nonzero(other)[0]],
                [chunks[at] for at in np.nonzero(~inside & (base >= first + 0.01))[0]],
            )
    return best


def _lines(baselines: Floats, em: Floats) -> int:
    """How many lines of text a set of baselines makes."""
    if not len(baselines):
        return 0
    ordered = np.sort(baselines)
    return 1 + int((np.diff(ordered) > SAME_ROW * float(np.median(em))).sum())


def _trim(
    one: Bools,
    other: Bools,
    base: Floats,
    left: Floats,
    right: Floats,
    em: Floats,
    start: float,
) -> tuple[Bools, Bools]:
    """Cut off the lines after the shorter column's end, unless they too are set to the column's width."""
    end = min(base[one].max(), base[other].max()) + SAME_ROW * float(np.median(em))
    long, edge = (one, left[one].min()) if base[one].max() > end else (other, None)
    # The line that ends a paragraph belongs to it, however far down the other column reaches.
    ordered = np.sort(base[long])
    breaks = np.nonzero((ordered[1:] > end) & (np.diff(ordered) > 1.6 * float(np.median(em))))[0]
    if not len(breaks):
        return one, other
    end = float(ordered[breaks[0]]) + 0.01
    tail = long & (base > end)
    width = (start - edge) if edge is not None else right[other].max() - start
    begin = edge if edge is not None else start
    filled = (right[tail] - begin) >= 0.8 * width
    if filled.sum() >= 2:
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

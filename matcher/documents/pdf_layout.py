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
from matcher.documents.pdf_glyphs import Bools, Floats

# A gutter is at least this wide, in em of the region's median size.
_GUTTER = 0.9
_MAX_DEPTH = 12
_SAME_ROW = 0.35  # em between baselines on one visual row


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
            and _on_row(chunk, last)
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
            if chunk.quarter == largest.quarter and _on_row(chunk, largest) and not _overlaps(chunk, row):
                row.append(chunk)
                break
        else:
            rows.append([chunk])
    return [Row(sorted(row, key=lambda c: -c.right if _is_backward(row) else c.left), region) for row in rows]


def _on_row(chunk: Chunk, largest: Chunk) -> bool:
    return abs(chunk.baseline - largest.baseline) <= _SAME_ROW * max(chunk.em, largest.em)


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
            if not _are_columns(
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
    return 1 + int((np.diff(ordered) > _SAME_ROW * float(np.median(em))).sum())


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
    end = min(base[one].max(), base[other].max()) + _SAME_ROW * float(np.median(em))
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
    end = rights[breaks[0]] + _SAME_ROW * em
    return one & (base <= end), other & (base <= end)


def _are_columns(left: list[Chunk], right: list[Chunk]) -> bool:
    """Whether text on both sides of a gutter reads down, column by column, and not across, row by row."""
    one, other = _line_list(left), _line_list(right)
    if min(len(one), len(other)) == 0:
        return False
    if max(c.top for c in left) < min(c.top for c in right) or max(c.top for c in right) < min(
        c.top for c in left
    ):
        return False
    sparse, dense = (one, other) if len(one) <= len(other) else (other, one)
    em = float(np.median([chunk.em for chunk in left + right]))
    bases = np.array([line[0].baseline for line in dense])
    aligned = [bool((np.abs(bases - line[0].baseline) < 0.3 * em).any()) for line in sparse]
    # A line beside which there is nothing, such as a heading above a table, fits into rows as well.
    fits = [
        good or not bool((np.abs(bases - line[0].baseline) < 1.1 * em).any())
        for good, line in zip(aligned, sparse, strict=True)
    ]
    share = sum(aligned) / len(aligned)
    if len(sparse) == 1:
        # A name beside a block of contact lines; any other single line belongs to the row it stands in.
        return not aligned[0] and len(dense) >= 2 and sparse[0][0].em >= 1.3 * em
    if all(sum(line[0].bullet for line in side) >= max(2, 0.2 * len(side)) for side in (one, other)):
        return True  # lists side by side
    if one[0][0].em >= 1.3 * em and len(one) < len(other) and not aligned[0] and _is_block(other, em):
        return True  # a name in large letters beside a block of contact lines
    if len(sparse) <= 3 and (any(aligned) or _is_inline(left, right, em)):
        return False
    stacks = _stacks(sparse, fits, em)
    if (
        len(sparse) <= 0.75 * len(dense)
        and max(size for size, _ in stacks) <= 4
        and (len(stacks) >= 2 or len(sparse) <= 3)
        and sum(good for _, good in stacks) >= 0.75 * len(stacks)
    ):
        return False  # dates and places beside the entries they belong to
    if share >= 0.85:
        return _is_prose(one) and _is_prose(other)
    return True


def _is_block(lines: list[list[Chunk]], em: float) -> bool:
    """Whether three lines or more follow each other closely."""
    bases = [line[0].baseline for line in lines]
    return len(bases) >= 3 and all(after - before < 1.75 * em for before, after in pairwise(bases))


def _is_inline(left: list[Chunk], right: list[Chunk], em: float) -> bool:
    """Whether some row runs across the gutter with other gaps as wide: items set in one line."""
    for line in _line_list(left + right):
        gaps = [after.left - before.right for before, after in pairwise(line)]
        if len(gaps) >= 2 and sorted(gaps)[-2] > max(0.6 * max(gaps), _GUTTER * em):
            return True
    return False


def _line_list(chunks: list[Chunk]) -> list[list[Chunk]]:
    """Chunks of one side grouped to lines by baseline, left to right."""
    lines: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda c: (c.baseline, c.left)):
        if lines and _on_row(chunk, lines[-1][0]):
            lines[-1].append(chunk)
        else:
            lines.append([chunk])
    return [sorted(line, key=lambda c: c.left) for line in lines]


def _stacks(lines: list[list[Chunk]], aligned: list[bool], em: float) -> list[tuple[int, bool]]:
    """Runs of lines set close below each other: how many, and whether the first meets a line beside it."""
    stacks: list[tuple[int, bool]] = []
    previous = None
    for line, good in zip(lines, aligned, strict=True):
        base = line[0].baseline
        if previous is not None and base - previous <= 1.75 * em:
            stacks[-1] = (stacks[-1][0] + 1, stacks[-1][1])
        else:
            stacks.append((1, good))
        previous = base
    return stacks


def _is_prose(lines: list[list[Chunk]]) -> bool:
    """Whether most lines fill their column, as running text does and table cells do not."""
    left = min(line[0].left for line in lines)
    right = max(line[-1].right for line in lines)
    full = sum(line[-1].right >= left + 0.85 * (right - left) for line in lines)
    return len(lines) >= 3 and full >= 0.6 * len(lines)

"""Columns or rows: whether the text on both sides of a gutter is read downwards or across."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from matcher.documents.pdf_chunks import Chunk

SAME_ROW = 0.35  # em between baselines on one visual row
_PROSE_LENGTH = 30  # characters per line; labels and dates are shorter
_GUTTER = 0.9  # em; gaps at least this wide may separate columns


def on_row(chunk: Chunk, largest: Chunk) -> bool:
    """Whether a chunk stands on the row of another one."""
    return abs(chunk.baseline - largest.baseline) <= SAME_ROW * max(chunk.em, largest.em)


def are_columns(left: list[Chunk], right: list[Chunk]) -> bool:
    """Whether text on both sides of a gutter reads down, column by column, and not across, row by row."""
    one, other = _line_list(left), _line_list(right)
    if min(len(one), len(other)) == 0:
        return False
    if one[-1][0].baseline < other[0][0].baseline or other[-1][0].baseline < one[0][0].baseline:
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
    share = sum(fits) / len(fits)
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
    if any(len(lines) >= 3 and _mean_length(lines) >= _PROSE_LENGTH for lines, _ in stacks):
        return share < 0.85 or any(_is_prose(lines) for lines, _ in stacks)  # a paragraph, not labels
    if (
        len(sparse) <= 0.75 * len(dense)
        and max(len(lines) for lines, _ in stacks) <= 4
        and (len(stacks) >= 2 or len(sparse) <= 3)
        and sum(good for _, good in stacks) >= 0.75 * len(stacks)
    ):
        return False  # dates and places beside the entries they belong to
    return share < 0.85 or (_is_prose(one) and _is_prose(other))


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
        if lines and on_row(chunk, lines[-1][0]):
            lines[-1].append(chunk)
        else:
            lines.append([chunk])
    return [sorted(line, key=lambda c: c.left) for line in lines]


def _stacks(lines: list[list[Chunk]], fits: list[bool], em: float) -> list[tuple[list[list[Chunk]], bool]]:
    """Lines set close below each other, with whether the first of them fits into a row."""
    stacks: list[tuple[list[list[Chunk]], bool]] = []
    for line, good in zip(lines, fits, strict=True):
        if stacks and line[0].baseline - stacks[-1][0][-1][0].baseline <= 1.75 * em:
            stacks[-1][0].append(line)
        else:
            stacks.append(([line], good))
    return stacks


def _mean_length(lines: list[list[Chunk]]) -> float:
    return sum(len(chunk.text) for line in lines for chunk in line) / len(lines)


def _is_prose(lines: list[list[Chunk]]) -> bool:
    """Whether most lines fill their column, as running text does and table cells do not."""
    left = min(line[0].left for line in lines)
    right = max(line[-1].right for line in lines)
    full = sum(line[-1].right >= left + 0.85 * (right - left) for line in lines)
    return len(lines) >= 3 and full >= 0.6 * len(lines)

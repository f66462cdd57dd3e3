"""Rows put right before they become lines: dates back to their entries, labels and bullets apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest

import numpy as np

from matcher.documents.pdf_characters import LINE_HYPHEN
from matcher.documents.pdf_chunks import Chunk
from matcher.documents.pdf_layout import Row

HYPHENS = ("-", LINE_HYPHEN, "\u2010", "\u2011")
# A gap of this many em between chunks of a row is a tab, a smaller one a space.
TAB_GAP = 1.5
# A paragraph breaks where the distance between baselines exceeds the page's usual one by this factor.
_BREAK = 1.32


def lift_columns(rows: Sequence[Row]) -> list[Row]:
    """Rows with the dates and places that stand beside bullets moved up to the header they belong to.

    A header with text at the right margin is often followed there by more lines, level with the first
    bullets. They are read after the header, not at the end of the bullets' lines.
    """
    rows = _words_whole(rows)
    out: list[Row] = []
    stack: Row | None = None  # the header whose right part goes on
    at = 0
    for row in rows:
        left, right = _parted(row)
        starts = row.chunks[0].bullet
        if stack is not None and row.region == stack.region and right and (starts or at < len(out)):
            above, here = stack.chunks[-1], right[-1]
            beside = abs(above.right - here.right) < here.em or abs(above.left - right[0].left) < here.em
            if beside and here.baseline - above.baseline < 2.2 * here.em:
                stack = Row(right, row.region)
                out.insert(at, stack)
                at += 1
                out.append(Row(left, row.region))
                continue
        out.append(row)
        if starts and at < len(out) - 1:
            continue
        stack = row if right and not starts else stack if starts else None
        at = len(out) if not starts else at
    return out


def _words_whole(rows: Sequence[Row]) -> list[Row]:
    """Rows in which no word is broken before a tab: what is right of the tab goes after the word's rest."""
    out: list[Row] = []
    held: Row | None = None
    for row, following in zip_longest(rows, rows[1:]):
        left, right = _parted(row)
        goes_on = (
            following is not None
            and following.region == row.region
            and not following.chunks[0].bullet
            and following.chunks[0].text[0].islower()
        )
        if right and goes_on and held is None and left[-1].text.endswith(HYPHENS):
            out.append(Row(left, row.region))
            held = Row(right, row.region)
            continue
        out.append(row)
        if held is not None:
            out.append(held)
            held = None
    return out


def labels_apart(rows: Sequence[Row], usual: float) -> list[Row]:
    """Rows with what stands left of a bullet, or as a heading left of hanging text, on a line of its own."""
    out: list[Row] = []
    for at, row in enumerate(rows):
        left, right = _parted(row)
        following = rows[at + 1] if at + 1 < len(rows) else None
        if right and not row.chunks[0].bullet:
            hanging = following is not None and abs(following.chunks[0].left - right[0].left) < 1.0
            larger = left[0].em > 1.08 * right[0].em
            weighty = left[0].bold and not right[0].bold
            apart = at > 0 and breaks(rows[at - 1], row, usual)
            if right[0].bullet or (hanging and apart and (larger or weighty)):
                out += [Row(left, row.region), Row(right, row.region)]
                continue
        out.append(row)
    return out


def _parted(row: Row) -> tuple[list[Chunk], list[Chunk]]:
    """A row cut at its widest gap, where that is wide enough for a tab."""
    gaps = [after.left - before.right for before, after in pairwise(row.chunks)]
    if not gaps or max(gaps) <= TAB_GAP * row.chunks[0].em:
        return row.chunks, []
    cut = gaps.index(max(gaps)) + 1
    return row.chunks[:cut], row.chunks[cut:]


def usual_leading(rows: Sequence[Row]) -> float:
    """The page's usual distance between baselines, in em: the lower third, as most pages have few breaks."""
    steps = [
        (row.baseline - before.baseline) / row.chunks[0].em
        for before, row in pairwise(rows)
        if row.region == before.region and row.baseline > before.baseline and row.region >= 0
    ]
    return float(np.quantile(steps, 0.33)) if steps else 1.2


def breaks(before: Row, row: Row, usual: float) -> bool:
    """Whether a paragraph ends between two rows: another column, or a gap wider than usual."""
    if before.region != row.region:
        return True
    size = min(before.chunks[0].em, row.chunks[0].em)
    return abs(row.baseline - before.baseline) > _BREAK * usual * size

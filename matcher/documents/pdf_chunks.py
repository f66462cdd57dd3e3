"""Chunks: stretches of glyphs on one baseline without a wide gap, the units that layout orders."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from matcher.documents.pdf_characters import BULLETS
from matcher.documents.pdf_directions import is_backward
from matcher.documents.pdf_glyphs import Bools, Floats, Glyphs
from matcher.documents.pdf_paint import Words
from matcher.types import Box

# How far right of a bullet its text may begin, in em. Word's default list indent is about 1.5 em.
_BULLET_REACH = 3.2
_LONE_BULLET = re.compile(r"[-–—*+o]|\(?(?:\d{1,2}|[a-zA-Z])[.)]|\[\d{1,3}\]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Text with its place. `left`, `right` run along the reading direction, `baseline` across it (down).

    `edges` are the characters' leading edges on the page as shown, and the trailing edge of the last.
    `bullet` says that the text begins with a mark that stands for a list item.
    """

    text: str
    edges: list[float]
    left: float
    right: float
    baseline: float
    em: float
    bold: bool
    box: Box
    quarter: int
    bullet: bool = False

    @property
    def top(self) -> float:
        """Top of its capital letters, about three quarters of an em above the baseline."""
        return self.baseline - 0.75 * self.em

    @property
    def bottom(self) -> float:
        """Bottom of its descenders."""
        return self.baseline + 0.22 * self.em


def build_chunks(glyphs: Glyphs, words: Words, hidden: Bools) -> list[Chunk]:
    """The visible chunks of a page in content order, each duplicate drawn for boldness once."""
    inner = glyphs.word & ~glyphs.chunk
    pieces = list(glyphs.text)
    for at in np.nonzero(inner)[0].tolist():
        pieces[at] = " " + pieces[at]
    edges, places = _edges(glyphs, inner)
    # A chunk ends where its glyphs say so and around hidden words.
    firsts = words.first
    new = glyphs.chunk[firsts].copy()
    new[1:] |= hidden[1:] | hidden[:-1]
    heads = np.nonzero(new)[0]
    starts = firsts[heads]
    ends = np.append(starts[1:], len(glyphs))
    middle = (starts + ends - 1) // 2
    numbers = zip(
        heads.tolist(),
        np.append(heads[1:], len(firsts)).tolist(),
        starts.tolist(),
        ends.tolist(),
        np.minimum.reduceat(glyphs.u0, starts).tolist(),
        np.maximum.reduceat(glyphs.u1, starts).tolist(),
        glyphs.baseline[middle].tolist(),
        glyphs.em[middle].tolist(),
        map(
            Box,
            np.minimum.reduceat(glyphs.left, starts).tolist(),
            np.minimum.reduceat(glyphs.top, starts).tolist(),
            np.maximum.reduceat(glyphs.right, starts).tolist(),
            np.maximum.reduceat(glyphs.bottom, starts).tolist(),
        ),
        strict=True,
    )
    found: list[Chunk] = []
    seen: set[tuple[str, int, int]] = set()
    for head, tail, i, j, left, right, baseline, em, box in numbers:
        if hidden[head]:
            continue
        text = "".join(pieces[i:j]).lstrip()
        # Text drawn twice with a small shift is one of the ways to make it bold.
        key = (text, round(left / (0.3 * em)), round(baseline / (0.3 * em)))
        if len(text) > 1 and key in seen:
            continue
        seen.add(key)
        bold = words.bold[head:tail]
        where = places[j - 1]
        found.append(
            Chunk(
                text,
                [*edges[where - len(text) + 1 : where + 1], float(_trailing(glyphs, j - 1))],
                left,
                right,
                baseline,
                em,
                sum(bold) * 2 > len(bold),
                box,
                int(glyphs.quarter[i]),
                text[0] in BULLETS,
            )
        )
    return found


def _edges(glyphs: Glyphs, inner: Bools) -> tuple[list[float], list[int]]:
    """The leading edge of each character, spaces included, and at which of them each glyph stands.

    The leading edge is the left one, in Hebrew and Arabic the right one.
    """
    backward = is_backward(glyphs.codes)
    leading = np.where(backward, glyphs.right, glyphs.left)
    trailing = np.where(backward, glyphs.left, glyphs.right)
    places = np.arange(len(glyphs)) + np.cumsum(inner)
    edges = np.empty(int(places[-1]) + 1)
    edges[places] = leading
    spaces = np.nonzero(inner)[0]
    edges[places[spaces] - 1] = trailing[spaces - 1]
    return edges.tolist(), places.tolist()


def _trailing(glyphs: Glyphs, at: int) -> float:
    backward = is_backward(glyphs.codes[at : at + 1])[0]
    return float((glyphs.left if backward else glyphs.right)[at])


def attach_bullets(chunks: list[Chunk], marks: list[tuple[float, float, float, float]]) -> list[Chunk]:
    """The chunks with bullets joined to the text that they stand before.

    A bullet is a character alone in its chunk, or a small filled path (`marks`, as wkhtmltopdf and some
    LaTeX classes draw them). Several marks in a row are a rating or a separator, not bullets.
    """
    by_row = sorted(range(len(chunks)), key=lambda at: chunks[at].baseline)
    baselines = np.array([chunks[at].baseline for at in by_row])
    taken: set[int] = set()
    joined: dict[int, Chunk] = {}

    def partner(right: float, middle: float, lowest: float, but: int = -1) -> int | None:
        """The chunk that begins next to the right of a mark on its row."""
        near, best = None, float("inf")
        span = slice(*np.searchsorted(baselines, (lowest - 30, lowest + 30)).tolist())
        for at in by_row[span]:
            chunk = chunks[at]
            if at == but or at in taken or chunk.quarter:
                continue
            if not chunk.baseline - 1.0 * chunk.em <= middle <= chunk.baseline + 0.3 * chunk.em:
                continue
            gap = chunk.left - right
            if gap < -0.1 * chunk.em and chunk.right > right - 1:
                return None if chunk.left < right - 1 else near
            if -0.1 * chunk.em <= gap < min(best, _BULLET_REACH * chunk.em):
                near, best = at, gap
        return near

    for at, chunk in enumerate(chunks):
        alone = chunk.text in BULLETS or _LONE_BULLET.fullmatch(chunk.text)
        if not alone or chunk.quarter:
            continue
        other = partner(chunk.right, chunk.baseline - 0.25 * chunk.em, chunk.baseline, at)
        if other is None or other in joined or chunks[other].text in BULLETS:
            continue
        if chunk.text not in BULLETS and not _starts_row(chunk, chunks, by_row, baselines):
            continue
        taken.add(at)
        joined[other] = _with_mark(chunks[other], chunk.text, chunk.left, chunk.right, chunk.box)
    for left, top, right, bottom in marks:
        middle = (top + bottom) / 2
        row = [m for m in marks if abs((m[1] + m[3]) / 2 - middle) < 2 and 0 < abs(m[0] - left) < 30]
        other = None if row else partner(right, middle, middle)
        if other is None or other in joined or chunks[other].bullet:
            continue
        before = chunks[other]
        listed = any(abs(m[1] - top) > 0 and abs(m[0] - left) < 1 for m in marks)
        if not listed and any(
            abs(c.baseline - before.baseline) < 0.3 * c.em and 0 <= left - c.right < 1.5 * c.em
            for c in chunks
        ):
            continue  # a separator between two texts
        joined[other] = _with_mark(before, "•", left, right, before.box)
    return [joined.get(at, chunk) for at, chunk in enumerate(chunks) if at not in taken]


def icon_bullets(glyphs: Glyphs, words: Words) -> list[tuple[float, float, float, float]]:
    """Boxes of icons that stand as bullets: the same one several times below each other."""
    columns: dict[tuple[int, int], list[int]] = {}
    for first, icon in zip(words.first.tolist(), words.icons, strict=True):
        if icon:
            columns.setdefault((int(glyphs.codes[first]), round(float(glyphs.left[first]))), []).append(first)
    return [
        (float(glyphs.left[at]), float(glyphs.top[at]), float(glyphs.right[at]), float(glyphs.bottom[at]))
        for column in columns.values()
        if len(column) > 1
        for at in column
    ]


def _starts_row(chunk: Chunk, chunks: list[Chunk], by_row: list[int], baselines: Floats) -> bool:
    """Whether nothing stands close to the left of a chunk on its row."""
    span = slice(*np.searchsorted(baselines, (chunk.baseline - 3, chunk.baseline + 3)).tolist())
    return not any(0 <= chunk.left - chunks[at].right < 2 * chunk.em for at in by_row[span])


def _with_mark(chunk: Chunk, mark: str, left: float, right: float, box: Box) -> Chunk:
    """The chunk with a mark and a space before its text."""
    return replace(
        chunk,
        text=f"{mark} {chunk.text}",
        edges=[*np.linspace(left, right, len(mark) + 1).tolist(), *chunk.edges],
        left=min(left, chunk.left),
        box=Box(min(left, chunk.box.left), chunk.box.top, max(chunk.box.right, box.left), chunk.box.bottom),
        bullet=True,
    )

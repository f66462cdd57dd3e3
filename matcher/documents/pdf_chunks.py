"""Chunks: stretches of glyphs on one baseline without a wide gap, the units that layout orders."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from matcher.documents.pdf_characters import BULLETS
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
    pieces = list(glyphs.text)
    inner = glyphs.word & ~glyphs.chunk
    for at in np.nonzero(inner)[0].tolist():
        pieces[at] = " " + pieces[at]
    leading, trailing = _edges(glyphs)
    ends = trailing.tolist()
    starts = leading.tolist()
    firsts, lasts = words.first, words.last
    # A chunk ends where its glyphs say so and around hidden words.
    new = glyphs.chunk[firsts].copy()
    new[1:] |= hidden[1:] | hidden[:-1]
    heads = np.nonzero(new)[0]
    tails = np.append(heads[1:], len(firsts)) - 1
    found: list[Chunk] = []
    seen: set[tuple[str, int, int]] = set()
    for head, tail in zip(heads.tolist(), tails.tolist(), strict=True):
        if hidden[head]:
            continue
        i, j = int(firsts[head]), int(lasts[tail]) + 1
        text = "".join(pieces[i:j]).lstrip()
        left, right = float(glyphs.u0[i:j].min()), float(glyphs.u1[i:j].max())
        em = float(np.median(glyphs.em[i:j]))
        baseline = float(np.median(glyphs.baseline[i:j]))
        # Text drawn twice with a small shift is one of the ways to make it bold.
        key = (text, round(left / (0.3 * em)), round(baseline / (0.3 * em)))
        if len(text) > 1 and key in seen:
            continue
        seen.add(key)
        edges = []
        for at in range(i, j):
            if inner[at] and at > i:
                edges.append(ends[at - 1])
            edges.append(starts[at])
        edges.append(ends[j - 1])
        bold = words.bold[head : tail + 1]
        found.append(
            Chunk(
                text,
                edges,
                left,
                right,
                baseline,
                em,
                sum(bold) * 2 > len(bold),
                Box(
                    float(glyphs.left[i:j].min()),
                    float(glyphs.top[i:j].min()),
                    float(glyphs.right[i:j].max()),
                    float(glyphs.bottom[i:j].max()),
                ),
                int(glyphs.quarter[i]),
                text[0] in BULLETS,
            )
        )
    return found


def _edges(glyphs: Glyphs) -> tuple[Floats, Floats]:
    """Leading and trailing horizontal edge of each glyph; the leading one is the right in Hebrew, Arabic."""
    codes = np.array([ord(char) for char in glyphs.text])
    backward = ((codes >= 0x590) & (codes <= 0x8FF)) | ((codes >= 0xFB1D) & (codes <= 0xFEFC))
    if not backward.any():
        return glyphs.left, glyphs.right
    return np.where(backward, glyphs.right, glyphs.left), np.where(backward, glyphs.left, glyphs.right)


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

"""Rows become lines of text: bullets and hyphenation normalised, blank lines where paragraphs break."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from matcher.documents.pdf_characters import BULLETS, LINE_HYPHEN
from matcher.documents.pdf_chunks import Chunk
from matcher.documents.pdf_glyphs import Floats
from matcher.documents.pdf_layout import Row
from matcher.types import Box, Line, Span

# A gap of this many em between chunks of a row is a tab, a smaller one a space.
_TAB_GAP = 1.5
_MARGIN_GAP = 0.75
# A paragraph breaks where the distance between baselines exceeds the page's usual one by this factor.
_BREAK = 1.32
_HYPHENS = ("-", LINE_HYPHEN, "\u2010", "\u2011")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\u2011\u00ad]$")
_GOES_ON = re.compile(r"[^\W\d_]+")
_DASH_BULLET = re.compile(
    r"(?:[-–—*+]|o(?=\s+[A-Z]))\s+(?!\d|present\b|current\b|now\b|today\b)(?=\S)", re.IGNORECASE
)
# First and second parts of compounds that keep their hyphen when a line breaks after it, and endings that
# show that a word was broken by syllables all the same ("full-" + "ness").
_FIRST_PARTS = frozenset(
    "client cost cross customer decision detail fast full goal hands high hours long low non problem quality "
    "real result results risk second self short single six small solution third three top two user well".split()
)
_SECOND_PARTS = frozenset(
    "aware based building centered centric compliant depth driven edge effective efficient facing focused free "
    "friendly functional going learning making minded motivated oriented party purpose quality ready related "
    "saving scale solving speaking specific speed starter taking term thinking tier time up wide".split()
)
_ENDINGS = re.compile(
    r"(ings?|ers?|ed|ness|ments?|light(s|ed|ing)?|ways?|ages?|less|it(y|ies)|i[sz](e|ed|es|ing|ation)|ish(ed)?|ly|ful\w*|times?)$"
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line before it has its offsets. `gap` says that a blank line goes before it."""

    text: str
    edges: list[float]
    page: int
    box: Box
    size: float
    bold: bool
    region: int
    gap: bool


def text_lines(rows: Sequence[Row], page: int) -> list[TextLine]:
    """The lines of one page."""
    if not rows:
        return []
    rows = lift_columns(rows)
    usual = _usual_leading(rows)
    rows = _labels_apart(rows, usual)
    starts = np.sort(np.array([chunk.left for row in rows for chunk in row.chunks]))
    lines: list[TextLine] = []
    levels: list[float] = []
    previous: Row | None = None
    for row in rows:
        text, edges = _join(row, starts)
        text, edges = _bulleted(text, edges)
        text, edges = _composed(text, edges)
        stripped = text.rstrip()
        text, edges = stripped, edges[: len(stripped)] + edges[len(text) : len(text) + 1]
        if not text or text == "•":
            continue
        if previous is not None and previous.region != row.region:
            levels.clear()
        if text.startswith("• "):
            level = _level(levels, row.chunks[0].left, row.chunks[0].em)
            text, edges = "  " * level + text, [edges[0]] * (2 * level) + edges
        elif levels and row.chunks[0].left <= levels[0] + 0.1 * row.chunks[0].em:
            levels.clear()
        lines.append(
            TextLine(
                text,
                edges,
                page,
                Box(
                    min(chunk.box.left for chunk in row.chunks),
                    min(chunk.box.top for chunk in row.chunks),
                    max(chunk.box.right for chunk in row.chunks),
                    max(chunk.box.bottom for chunk in row.chunks),
                ),
                round(max(row.chunks, key=lambda chunk: len(chunk.text)).em, 2),
                2 * sum(len(chunk.text) for chunk in row.chunks if chunk.bold)
                > sum(len(c.text) for c in row.chunks),
                row.region,
                previous is not None and _breaks(previous, row, usual),
            )
        )
        previous = row
    return lines


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
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        left, right = _parted(row)
        goes_on = (
            following is not None
            and following.region == row.region
            and not following.chunks[0].bullet
            and following.chunks[0].text[0].islower()
        )
        if right and goes_on and held is None and left[-1].text.endswith(_HYPHENS):
            out.append(Row(left, row.region))
            held = Row(right, row.region)
            continue
        out.append(row)
        if held is not None:
            out.append(held)
            held = None
    return out


def _labels_apart(rows: Sequence[Row], usual: float) -> list[Row]:
    """Rows with what stands left of a bullet, or as a heading left of hanging text, on a line of its own."""
    out: list[Row] = []
    for at, row in enumerate(rows):
        left, right = _parted(row)
        following = rows[at + 1] if at + 1 < len(rows) else None
        if right and not row.chunks[0].bullet:
            hanging = following is not None and abs(following.chunks[0].left - right[0].left) < 1.0
            larger = left[0].em > 1.08 * right[0].em
            weighty = left[0].bold and not right[0].bold
            apart = at > 0 and _breaks(rows[at - 1], row, usual)
            if right[0].bullet or (hanging and apart and (larger or weighty)):
                out += [Row(left, row.region), Row(right, row.region)]
                continue
        out.append(row)
    return out


def _parted(row: Row) -> tuple[list[Chunk], list[Chunk]]:
    """A row cut at its widest gap, where that is wide enough for a tab."""
    gaps = [after.left - before.right for before, after in pairwise(row.chunks)]
    if not gaps or max(gaps) <= _TAB_GAP * row.chunks[0].em:
        return row.chunks, []
    cut = gaps.index(max(gaps)) + 1
    return row.chunks[:cut], row.chunks[cut:]


def _join(row: Row, starts: Floats) -> tuple[str, list[float]]:
    """Text and edges of a row: chunks apart by a tab where the gap is wide, by a space where not.

    A narrower gap is a tab too where what follows stands at the margin at which other rows start.
    """
    text, edges = row.chunks[0].text, list(row.chunks[0].edges)
    for before, chunk in pairwise(row.chunks):
        gap = max(chunk.left - before.right, before.left - chunk.right)
        size = max(before.em, chunk.em)
        margin = (
            gap > _MARGIN_GAP * size
            and np.diff(np.searchsorted(starts, (chunk.left - 0.5, chunk.left + 0.5)))[0] >= 3
        )
        joint = "\t" if margin or gap > _TAB_GAP * size else " "
        if gap < 0.12 * chunk.em and (chunk.em < 0.85 * before.em or chunk.left < before.left):
            joint = ""  # a superscript, or a number or a name within right-to-left text
        text += joint + chunk.text
        edges = edges[: len(edges) - (not joint)] + chunk.edges
    return text, edges


def _bulleted(text: str, edges: list[float]) -> tuple[str, list[float]]:
    """The line with its bullet, whatever it looked like, written as "• "."""
    if text[0] in BULLETS:
        rest = text[1:].lstrip("".join(BULLETS) + " \t")
        if not rest:
            return "•", edges[:1] + edges[-1:]
        skipped = len(text) - len(rest)
        return "• " + rest, [edges[0], edges[1], *edges[skipped:]]
    found = _DASH_BULLET.match(text)
    if found:
        return "• " + text[found.end() :], [edges[0], edges[1], *edges[found.end() :]]
    return text, edges


def _composed(text: str, edges: list[float]) -> tuple[str, list[float]]:
    """The line in NFC, soft hyphens inside it dropped; edges follow."""
    inner = LINE_HYPHEN in text[:-1]
    if not inner and unicodedata.is_normalized("NFC", text):
        return text, edges
    pieces: list[str] = []
    kept: list[float] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        part = unicodedata.normalize("NFC", text[at:end])
        if part == LINE_HYPHEN and end < len(text):
            part = "-" if text[end].isspace() or not text[end].isalpha() else ""
        pieces.append(part)
        kept += [edges[at]] * len(part)
        at = end
    return "".join(pieces), [*kept, edges[-1]]


def _level(levels: list[float], left: float, em: float) -> int:
    """How deep a bullet at `left` is nested; `levels` holds the indents of the list so far."""
    while levels and left < levels[-1] - 0.4 * em:
        levels.pop()
    if not levels or left > levels[-1] + 0.6 * em:
        levels.append(left)
    return len(levels) - 1


def _usual_leading(rows: Sequence[Row]) -> float:
    """The page's usual distance between baselines, in em: the lower third, as most pages have few breaks."""
    steps = [
        (row.baseline - before.baseline) / row.chunks[0].em
        for before, row in pairwise(rows)
        if row.region == before.region and row.baseline > before.baseline and row.region >= 0
    ]
    return float(np.quantile(steps, 0.33)) if steps else 1.2


def _breaks(before: Row, row: Row, usual: float) -> bool:
    """Whether a paragraph ends between two rows: another column, or a gap wider than usual."""
    if before.region != row.region:
        return True
    size = min(before.chunks[0].em, row.chunks[0].em)
    return abs(row.baseline - before.baseline) > _BREAK * usual * size


def assemble(pages: Sequence[Sequence[TextLine]]) -> tuple[str, list[Line]]:
    """The document's text and lines from the pages' lines; words broken at a line's end are made whole."""
    everything = [line for page in pages for line in page]
    vocabulary = set(
        re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line.text for line in everything).lower())
    )
    parts: list[str] = []
    lines: list[Line] = []
    length = 0
    glued = False
    for at, line in enumerate(everything):
        following = everything[at + 1] if at + 1 < len(everything) else None
        if parts and not glued:
            joint = "\n\n" if line.gap else "\n"
            parts.append(joint)
            length += len(joint)
        text, edges = line.text, line.edges
        glued = False
        if text.endswith(_HYPHENS):
            text, glued = _unhyphenated(line, following, vocabulary)
            edges = (
                edges[: len(text)] + edges[len(line.text) :][-1:]
                if len(text) == len(line.text)
                else edges[: len(text) + 1]
            )
        parts.append(text)
        lines.append(
            Line(
                Span(length, length + len(text)), line.page, line.box, array("f", edges), line.size, line.bold
            )
        )
        length += len(text)
    return "".join(parts), lines


def _unhyphenated(line: TextLine, following: TextLine | None, vocabulary: set[str]) -> tuple[str, bool]:
    """The line's text without or with its last hyphen, and whether the next line goes on in the same word."""
    plain = line.text[:-1] + "-"
    broken = _BROKEN.search(line.text)
    if following is None or broken is None or following.region != line.region or following.page != line.page:
        return plain, False
    goes_on = _GOES_ON.match(following.text)
    if goes_on is None or not goes_on.group()[0].islower() or following.gap:
        return plain, False
    first, second = broken.group(1).lower(), goes_on.group().lower()
    whole = first + second in vocabulary
    hyphenated = f"{first}-{second}" in vocabulary
    compound = (
        (first in _FIRST_PARTS and not _ENDINGS.fullmatch(second))
        or (second in _SECOND_PARTS and len(first) > 2)
        or line.text[: broken.start()].endswith("-")
    )
    shouting = broken.group(1).isupper() and len(first) > 1
    if hyphenated or (not whole and (compound or shouting)):
        return plain, True
    return line.text[:-1], True

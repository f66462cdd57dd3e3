"""Rows become lines of text: bullets and hyphenation normalised, blank lines where paragraphs break."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

import numpy as np

from matcher.documents.pdf_characters import BULLETS, LINE_HYPHEN
from matcher.documents.pdf_glyphs import Floats
from matcher.documents.pdf_layout import Row
from matcher.documents.pdf_rows import HYPHENS, TAB_GAP, breaks, labels_apart, lift_columns, usual_leading
from matcher.types import Box, Line, Span

# A smaller gap than TAB_GAP is a tab as well where what follows stands at a margin.
_MARGIN_GAP = 0.75
_GOES_ON = re.compile(r"[^\W\d_]+")
_DASH_BULLET = re.compile(
    r"(?:[-–—*+]|o(?=\s+[A-Z]))\s+(?!\d|present\b|current\b|now\b|today\b)(?=\S)", re.IGNORECASE
)
# First and second parts of compounds that keep their hyphen when a line breaks after it, and endings that
# show that a word was broken by syllables all the same ("full-" + "ness").
_FIRST_PARTS = frozenset(
    "client cost cross customer decision detail fast full goal hands high hours long low non problem "
    "quality real result results risk second self short single six small solution third "
    "three top two user well".split()
)
_SECOND_PARTS = frozenset(
    "aware based building centered centric compliant depth driven edge effective efficient facing focused "
    "free friendly functional going learning making minded motivated oriented party purpose quality "
    "ready related saving scale solving speaking specific speed starter taking term thinking tier "
    "time up wide".split()
)
_ENDINGS = re.compile(
    r"ings?|ers?|ed|ness|ments?|light(s|ed|ing)?|ways?|ages?|less|it(y|ies)|i[sz](e|ed|es|ing|ation)|"
    r"ish(ed)?|ly|ful\w*|times?"
)


_OPENING = ("", " ", "\t", "(", "[", '"', "'", "“", "‘", "„", "«", "\u2013", "\u2014")


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
    usual = usual_leading(rows)
    rows = labels_apart(rows, usual)
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
                previous is not None and breaks(previous, row, usual),
            )
        )
        previous = row
    return lines


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
        joint = "\t" if margin or gap > TAB_GAP * size else " "
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


def assemble(pages: Sequence[Sequence[TextLine]], *, hyphenated: bool) -> tuple[str, list[Line]]:
    """The document's text and lines from the pages' lines; words broken at a line's end are made whole.

    `hyphenated` says whether the producer breaks words by itself; if not, every hyphen is the author's.
    """
    everything = [line for page in pages for line in page]
    vocabulary: set[str] = set()
    if hyphenated and any(line.text.endswith(HYPHENS) for line in everything):
        words = " ".join(line.text for line in everything).lower()
        vocabulary = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", words))
    parts: list[str] = []
    lines: list[Line] = []
    length = 0
    glued = False
    for line, following in zip_longest(everything, everything[1:]):
        if parts and not glued:
            joint = "\n\n" if line.gap else "\n"
            parts.append(joint)
            length += len(joint)
        text, edges = line.text, line.edges
        glued = False
        if text.endswith(HYPHENS):
            text, glued = _whole(line, following, vocabulary, hyphenated=hyphenated)
            edges = edges[: len(text) + 1]
        parts.append(text)
        span = Span(length, length + len(text))
        lines.append(Line(span, line.page, line.box, array("f", edges), line.size, line.bold))
        length += len(text)
    return "".join(parts), lines


def _whole(
    line: TextLine, following: TextLine | None, vocabulary: set[str], *, hyphenated: bool
) -> tuple[str, bool]:
    """The line's text without or with its last hyphen, and whether the next line goes on in the same word."""
    kept = line.text[:-1] + "-"
    start = len(line.text) - 1
    while start and line.text[start - 1].isalpha():
        start -= 1
    first = line.text[start:-1]
    if not first or following is None or following.region != line.region or following.page != line.page:
        return kept, False
    goes_on = _GOES_ON.match(following.text)
    if goes_on is None or not goes_on.group()[0].islower() or following.gap:
        return kept, False
    second = goes_on.group().lower()
    compound = (
        (first.lower() in _FIRST_PARTS and not _ENDINGS.fullmatch(second))
        or (second in _SECOND_PARTS and len(first) > 2)
        or line.text[max(0, start - 1) : start] not in _OPENING  # 2.8B-parameter, example.org/my-page
        or (first.isupper() and len(first) > 1)
        or (first[-1].lower() == second[0] and second[0] in "aeiou")  # intra-aortic, anti-inflammatory
    )
    first = first.lower()
    if not hyphenated or f"{first}-{second}" in vocabulary:
        return kept, True
    if compound and first + second not in vocabulary:
        return kept, True
    return line.text[:-1], True

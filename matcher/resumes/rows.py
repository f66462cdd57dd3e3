"""Rows: the lines of `Document.text` with what decides their role (bullet, size, bold, how long they are)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.types import Document, Span

BULLETS = "•●◦▪·∙○■□▫➢➤►▶‣⁃✓✔❖◆♦*"
_BULLET = re.compile(
    rf"[ \t]*(?:[{re.escape(BULLETS)}]+[ \t]*|[-–—][ \t]+|(?:\(?\d{{1,2}}[.)]|[a-z]\))[ \t]+)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of text.

    `span` covers the line without the white space around it; `body` leaves out its bullet, too.
    `text` is the text of `body`. `size` is None where the format has none.
    """

    index: int
    span: Span
    body: Span
    text: str
    bullet: bool = False
    indent: int = 0
    size: float | None = None
    bold: bool = False
    page: int | None = None

    @property
    def blank(self) -> bool:
        """True when nothing is written on the line."""
        return not self.text


def rows_of(document: Document) -> tuple[Row, ...]:
    """Every line of the document's text in order, blank ones too, split at newlines only."""
    found: list[Row] = []
    lines = document.lines
    at = 0
    start = 0
    for index, raw in enumerate(document.text.split("\n")):
        end = start + len(raw)
        while at < len(lines) and lines[at].span.end <= start and lines[at].span.start < start:
            at += 1
        line = lines[at] if at < len(lines) and lines[at].span.start < max(end, start + 1) else None
        left = start + len(raw) - len(raw.lstrip())
        right = max(left, start + len(raw.rstrip()))
        match = _BULLET.match(raw)
        marked = match is not None and start + match.end() < right
        body = start + match.end() if match is not None and marked else left
        found.append(
            Row(
                index=index,
                span=Span(left, right),
                body=Span(body, right),
                text=document.text[body:right],
                bullet=marked,
                indent=left - start,
                size=line.size if line is not None else None,
                bold=line.bold if line is not None else False,
                page=line.page if line is not None else None,
            )
        )
        start = end + 1
    return tuple(found)


def body_size(rows: tuple[Row, ...]) -> float | None:
    """The font size that most characters are set in, None when no row has a size."""
    weights: dict[float, int] = {}
    for row in rows:
        if row.size is not None:
            size = round(row.size * 2) / 2
            weights[size] = weights.get(size, 0) + len(row.text)
    return max(weights, key=lambda size: (weights[size], -size)) if weights else None

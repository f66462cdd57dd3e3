"""Rows: the lines of `Document.text` with what decides their role (bullet, size, bold, how long they are)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.types import Document, Span

BULLETS = "•●◦▪·∙○■□▫➢➤►▶‣⁃✓✔❖◆♦*"
_BULLET = re.compile(
    rf"[ \t]{{0,9}}(?:[{re.escape(BULLETS)}]+[ \t]{{0,9}}|[-–—][ \t]{{1,9}}|[>»+][ \t]{{1,9}}(?=[A-Z])"
    rf"|(?:\(?\d{{1,2}}[.)]|[a-z]\))[ \t]{{1,9}})"
)


# Running heads and feet: page numbers, alone or behind a name, and the date of printing.
_FURNITURE = re.compile(
    r"^(?:[^\n]{0,60}?\b(?:page|seite|pagina|página)\s{1,9}\d{1,9}(?:\s{0,9}(?:of|/|von|de|di"
    r"|sur)\s{0,9}\d{1,9})?"
    r"|[-–—\s]*\d{1,2}\s{0,9}/\s{0,9}\d{1,2}[-–—\s]*|[-–—]\s{0,9}\d{1,2}\s{0,9}[-–—]"
    r"|[^\n\d]{0,40}\s[–-]\s\d{1,2}\s?/\s?\d{1,2}"
    r"|last updated (?:in|on)\b.{0,30}|\(?continued\)?)$",
    re.IGNORECASE,
)


_DIGIT = re.compile(r"\d")


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
    """Every line of the document's text in order, split at newlines only; page numbers count as blank."""
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
        if len(raw) <= 80 and ("on" in raw.lower() or _DIGIT.search(raw)) and _FURNITURE.match(raw.strip()):
            left = body = right
            marked = False
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


def rows_within(rows: Sequence[Row], start: int, end: int) -> Sequence[Row]:
    """The rows that start at or after `start` and before `end`."""
    first = bisect_left(rows, start, key=lambda row: row.span.start)
    return rows[first : bisect_left(rows, end, lo=first, key=lambda row: row.span.start)]


def lowered(text: str) -> str:
    """`text` in lower case with every offset kept; patterns search it faster than they ignore case."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def body_size(rows: tuple[Row, ...]) -> float | None:
    """The font size that most characters are set in, None when no row has a size."""
    weights: dict[float, int] = {}
    for row in rows:
        if row.size is not None:
            size = round(row.size * 2) / 2
            weights[size] = weights.get(size, 0) + len(row.text)
    return max(weights, key=lambda size: (weights[size], -size)) if weights else None

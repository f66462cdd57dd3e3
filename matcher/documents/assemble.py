"""The LineBuilder every reader without geometry writes to: pieces of text in, a Document out.

It owns the conventions of `Document.text`: "• " before list items with two spaces of indent per level,
a tab between table cells and columns, one empty line at most between blocks, clean characters, and spans
that always hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from matcher.documents.characters import INVISIBLE_CHARACTERS, clean, smuggled
from matcher.documents.drafts import (
    BLANK,
    NO_BLANK,
    SOFT_BLANK,
    Draft,
    body_size,
    is_fact_row,
    joined,
    stand_apart,
    tidy,
)
from matcher.errors import DocumentTooLargeError
from matcher.settings import Limits
from matcher.types import Document, Line, Link, SetAside, SetAsideKind, Span

BODY_SIZE = 11.0  # points: the size of text whose format does not say
HEADING_SIZES = {1: 20.0, 2: 16.0}  # points, by heading level
LOWER_HEADING_SIZE = 13.0

_DEEPEST_ROW = 20  # rows nested deeper are read as blocks, which bounds the work
_URL = re.compile(r"(?:https?://|mailto:|tel:|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)


def heading_size(level: int) -> float:
    """Points for a heading of `level` (1 is the highest) in a format that gives no sizes."""
    return HEADING_SIZES.get(level, LOWER_HEADING_SIZE)


@dataclass(slots=True)
class _Row:
    outer: list[Draft]
    cells: list[list[Draft]] = field(default_factory=list)


class LineBuilder:
    """Collects the lines of one file. Raises DocumentTooLargeError as soon as the text passes the limit."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.max_characters
        self._written = 0
        self._lines: list[Draft] = []
        self._open: Draft | None = None
        self._rows: list[_Row] = []
        self._flat_rows = 0
        self._next = Draft()
        self._hidden: list[tuple[SetAsideKind, str, list[str]]] = []
        self._hidden_open = False
        self.embedded: list[str] = []

    # --- lines

    def newline(self, *, bullet: bool = False, indent: int = 0, heading: bool = False) -> None:
        """End the open line; what is written next is a new line, an item when `bullet`."""
        self._open = None
        self._next = Draft(bullet=bullet, indent=indent, heading=heading)
        if self._hidden_open:
            self._hidden[-1][2].append("\n")

    @property
    def line_is_open(self) -> bool:
        """True when what is written next continues a line that shows something."""
        return self._open is not None

    def blank(self) -> None:
        """End the open line and leave an empty one, unless there is one already."""
        self._leave_blank(BLANK)

    def paragraph(self) -> None:
        """End the open line; an empty one follows when this or the next paragraph is long prose."""
        self._leave_blank(SOFT_BLANK)

    def _leave_blank(self, blank: int) -> None:
        self._open = None
        if self._lines and self._lines[-1].blank:
            self._lines[-1].blank = max(self._lines[-1].blank, blank)
        elif self._lines:
            self._lines.append(Draft(blank=blank))

    def text(
        self, text: str, *, bold: bool = False, size: float | None = None, url: str | None = None
    ) -> None:
        """Append `text` to the open line, opening one where there is none. Newlines in it break the line."""
        if not text:
            return
        self._count(text)
        url = _usable(url)
        secret = smuggled(text)
        if secret:
            self.hide(secret, INVISIBLE_CHARACTERS)
        for number, piece in enumerate(clean(text).split("\n")):
            if number and self._open is not None:
                self.newline(indent=self._next.indent, heading=self._next.heading)
            self._append(piece, bold, size, url)

    def _append(self, text: str, bold: bool, size: float | None, url: str | None) -> None:
        solid = not text.isspace() and bool(text)
        if self._open is None:
            if not solid:
                return
            self._open = Draft(self._next.bullet, self._next.indent, self._next.heading)
            if self._next.bullet:  # a second line of the same item hangs under its text
                self._next = Draft(indent=self._next.indent + 1, heading=self._next.heading)
            self._lines.append(self._open)
        self._open.add(text, bold=bold, size=size, url=url)
        if solid:
            self._hidden_open = False

    def _count(self, text: str) -> None:
        self._written += len(text)
        if self._written > self._limit:
            raise DocumentTooLargeError(
                f"The file holds more than {self._limit:,} characters, which is the limit. "
                "Raise max_characters or split the file."
            )

    # --- what a reader does not see

    def hide(self, text: str, reason: str, kind: SetAsideKind = SetAsideKind.HIDDEN_TEXT) -> None:
        """Keep `text` out of the document and list it for the reviewer; neighbours become one entry."""
        self._count(text)
        if self._hidden_open and self._hidden and self._hidden[-1][:2] == (kind, reason):
            self._hidden[-1][2].append(text)
        elif text.strip():
            self._hidden.append((kind, reason, [text]))
            self._hidden_open = True

    # --- tables

    def start_row(self) -> None:
        """Begin a table row; rows may stand inside cells of other rows."""
        self._open = None
        if len(self._rows) >= _DEEPEST_ROW:
            self._flat_rows += 1
            return
        self._rows.append(_Row(self._lines))
        self._lines = []

    def end_cell(self) -> None:
        """Finish a cell of the open row: what was written since the row or the last cell began."""
        if self._flat_rows:
            self.newline()
        elif self._rows:
            while self._lines and self._lines[-1].blank:
                self._lines.pop()
            self._rows[-1].cells.append(self._lines)
            self._lines = []
            self.newline()

    def end_row(self) -> None:
        """Write the row: cells with tabs between, or one after another where they hold blocks."""
        if self._flat_rows:
            self._flat_rows -= 1
            self.newline()
            return
        if not self._rows:
            return
        if self._lines:
            self.end_cell()
        row = self._rows.pop()
        cells = [cell for cell in row.cells if any(line.parts for line in cell)]
        self._lines = row.outer
        if len(cells) > 1 and is_fact_row(cells):
            self._lines.append(joined([cell[0] for cell in cells]))
        else:
            for number, cell in enumerate(cells):
                if number and len(cells[number - 1]) > 1:
                    self.blank()
                self._lines.extend(cell)
            if any(len(cell) > 1 for cell in cells):
                self.blank()
        self.newline()

    # --- the end

    def document(self, media_type: str, sha256: str) -> Document:
        """The Document of everything written so far, hidden text set aside."""
        while self._rows or self._flat_rows:
            self.end_row()
        body = body_size(self._lines)
        out: list[str] = []
        lines: list[Line] = []
        links: list[Link] = []
        at = 0
        gap = NO_BLANK
        for draft in self._lines:
            text, spans = draft.render()
            if not text:
                gap = max(gap, draft.blank)
                continue
            if out:
                apart = gap == BLANK or (gap == SOFT_BLANK and stand_apart(out[-1], text))
                newlines = "\n\n" if apart else "\n"
                out.append(newlines)
                at += len(newlines)
            gap = NO_BLANK
            size = draft.size
            if draft.heading:
                size = max(size or 0.0, (body or BODY_SIZE) + 1.0)
            lines.append(Line(Span(at, at + len(text)), size=size, bold=draft.bold))
            links.extend(Link(url, Span(at + start, at + end)) for url, start, end in spans)
            out.append(text)
            at += len(text)
        set_aside = (SetAside(kind, reason, tidy("".join(texts))) for kind, reason, texts in self._hidden)
        return Document(
            text="".join(out),
            media_type=media_type,
            sha256=sha256,
            lines=tuple(lines),
            links=tuple(links),
            set_aside=tuple(entry for entry in set_aside if entry.text),
            embedded=tuple(self.embedded),
        )


def _usable(url: str | None) -> str | None:
    """`url` when it leads out of the file (web, mail, telephone), else None."""
    url = (url or "").strip()
    return url if _URL.fullmatch(url) else None

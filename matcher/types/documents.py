"""The nouns of reading: a Document and the places in it."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open offsets into `Document.text`."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """True when the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


class Box(NamedTuple):
    """A rectangle on a page in PDF points (1/72 inch), the origin at the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Place(NamedTuple):
    """Where a quote stands: a page (counted from 1) and a box on it."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page as shown to a reader. `readable` is False when it shows content but carries no text."""

    number: int
    width: float
    height: float
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One visual line in reading order.

    `edges` holds, for a format with geometry, the left edge of each character and the right edge of
    the last one: `len(edges) == span.end - span.start + 1`. A word broken by a hyphen at a line's end
    is whole in `Document.text`; its two halves belong to two lines whose spans touch.
    """

    span: Span
    page: int | None = None
    box: Box | None = None
    edges: array[float] | None = None
    size: float | None = None  # font size in points
    bold: bool = False


class SetAsideKind(StrEnum):
    """Why something was kept out of scoring. A reviewer sees each; none is punished."""

    HIDDEN_TEXT = "hidden_text"  # white, invisible, off-page, microscopic or covered: not in Document.text
    INSTRUCTION = "instruction"  # visible text that talks to the machine: in Document.text, never scored
    UNREADABLE_PAGE = "unreadable_page"  # a page that shows something but has no text
    TEMPLATE = "template"  # unfilled placeholder text
    COPIED = "copied"  # a near-copy of the posting's own sentences


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that was cut from everything that is scored, for the reviewer to see.

    `span` is None when the text is not part of `Document.text` (hidden text).
    """

    kind: SetAsideKind
    reason: str
    text: str
    places: tuple[Place, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink. `span` is the text it stands under, None when that is unknown."""

    url: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """Text and geometry read from one file, in reading order, hidden text cut out.

    `sha256` is the hex digest of the file's bytes. `pages` is empty for formats that have none.
    `lines` cover all of `text` but the newlines between them. `embedded` holds schema.org JSON-LD blocks
    found in the file, verbatim.
    """

    text: str
    media_type: str
    sha256: str
    lines: Sequence[Line]
    pages: tuple[Page, ...] = ()
    links: tuple[Link, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    embedded: tuple[str, ...] = ()

    def lines_in(self, span: Span) -> tuple[Line, ...]:
        """The lines that share at least one character with `span`, in order."""
        first = max(0, bisect_right(self.lines, span.start, key=lambda line: line.span.start) - 1)
        found = []
        for number in range(first, len(self.lines)):
            line = self.lines[number]
            if line.span.start >= span.end:
                break
            if line.span.overlaps(span):
                found.append(line)
        return tuple(found)

    def places(self, span: Span) -> tuple[Place, ...]:
        """Page and box of each line's part of `span`; empty where the format has no geometry."""
        if not self.pages:
            return ()
        found = []
        for line in self.lines_in(span):
            if line.page is None or line.box is None:
                continue
            left, right = line.box.left, line.box.right
            if line.edges is not None:
                start = max(span.start, line.span.start) - line.span.start
                end = min(span.end, line.span.end) - line.span.start
                covered = line.edges[start : end + 1]
                left, right = min(covered), max(covered)
            found.append(Place(line.page, Box(left, line.box.top, right, line.box.bottom)))
        return tuple(found)

"""One line of text while it is being written, and how it looks when it is done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from matcher.documents.bullets import RULER, find_bullet
from matcher.documents.characters import clean

NO_BLANK, SOFT_BLANK, BLANK = 0, 1, 2  # a soft one shows after lists and around prose only

_GAP = re.compile(r"[ \t]+")
_WORD = re.compile(r"[ \t]+|[^ \t]+")
_COLUMNS = 3  # so many spaces in a row are a column, fewer are typing
_PROSE = 80  # characters; a paragraph longer than this stands apart from its neighbours
_BOLD_SHARE = 0.3  # of the letters: "Sous-chef" against "October 2014 - March 2019" has .32
_LONG_CELL = 100  # characters; two cells longer than this are columns of prose, not a row of facts


@dataclass(slots=True)
class Draft:
    """One line being written. `indent` counts levels of two spaces; `parts` are texts with their links.

    An empty line is a Draft without parts whose `blank` is not NO_BLANK.
    """

    bullet: bool = False
    indent: int = 0
    heading: bool = False
    parts: list[tuple[str, str | None]] = field(default_factory=list)
    sizes: Counter[float] = field(default_factory=Counter)
    letters: int = 0
    bold_letters: int = 0
    plain_lead: bool = False  # a letter before the first tab is not bold
    tabbed: bool = False
    blank: int = NO_BLANK

    def add(self, text: str, *, bold: bool, size: float | None, url: str | None) -> None:
        """Append a piece of clean text without newlines."""
        self.parts.append((text, url))
        letters = sum(map(str.isalnum, text))
        lead, tab, _ = text.partition("\t")
        if not self.tabbed and not bold and any(map(str.isalnum, lead)):
            self.plain_lead = True
        self.tabbed = self.tabbed or bool(tab)
        self.letters += letters
        self.bold_letters += letters if bold else 0
        if size is not None and not text.isspace():
            self.sizes[size] += max(letters, 1)

    @property
    def bold(self) -> bool:
        """True for a heading, and where all before the first tab and a good part of the line is bold.

        So a title in bold with its dates at the right is bold, a label before a long value is not.
        """
        return self.heading or (not self.plain_lead and self.bold_letters > _BOLD_SHARE * self.letters)

    @property
    def size(self) -> float | None:
        """The size of most of its letters, None when none is known."""
        return self.sizes.most_common(1)[0][0] if self.sizes else None

    def render(self) -> tuple[str, list[tuple[str, int, int]]]:
        """The finished text of the line, "" for none, and the (url, start, end) of each link in it."""
        raw = "".join(text for text, _ in self.parts)
        body = raw.lstrip(" \t")
        if RULER.fullmatch(body):
            self.blank = BLANK
            return "", []
        bullet = None if self.heading else find_bullet(body)
        skip = len(raw) - len(body) + (bullet.content if bullet else 0)
        prefix = "  " * self.indent + ("• " if bullet or self.bullet else "")
        out: list[str] = []
        at = len(prefix)
        gap = ""
        links: list[tuple[str, int, int]] = []
        place = 0
        for url, pieces in groupby(self.parts, key=itemgetter(1)):
            text = "".join(piece for piece, _ in pieces)
            start = None
            for word in _WORD.findall(text[max(0, skip - place) :]):
                if word[0] in " \t":
                    gap += word
                    continue
                between = _folded(gap) if out else ""
                gap = ""
                start = at + len(between) if start is None else start
                out += (between, word)
                at += len(between) + len(word)
            if url and start is not None:
                links.append((url, start, at))
            place += len(text)
        return (prefix + "".join(out) if out else ""), links


def _folded(gap: str) -> str:
    if not gap:
        return ""
    return "\t" if "\t" in gap or len(gap) >= _COLUMNS else " "


def body_size(lines: Iterable[Draft]) -> float | None:
    """The size of most text outside headings, None when no size is known."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if not line.heading:
            sizes.update(line.sizes)
    return sizes.most_common(1)[0][0] if sizes else None


def stand_apart(above: str, below: str) -> bool:
    """Whether two finished paragraphs have an empty line between them: after a list, and around prose."""
    items = [text.startswith(("• ", " ")) for text in (above, below)]
    if any(items):
        return items[0] and not items[1]
    return max(len(above), len(below)) > _PROSE


def is_fact_row(cells: Sequence[Sequence[Draft]]) -> bool:
    """True when each cell is one line and no item, and at most one of them is long."""
    if any(len(cell) != 1 or cell[0].bullet for cell in cells):
        return False
    return sum(sum(len(text) for text, _ in cell[0].parts) > _LONG_CELL for cell in cells) < 2


def joined(cells: Sequence[Draft]) -> Draft:
    """One line of the lines of a row's cells, a tab between them."""
    row = Draft(heading=all(cell.heading for cell in cells), plain_lead=cells[0].plain_lead, tabbed=True)
    for number, cell in enumerate(cells):
        if number:
            row.parts.append(("\t", None))
        row.parts.extend(cell.parts)
        row.sizes.update(cell.sizes)
        row.letters += cell.letters
        row.bold_letters += cell.bold_letters
    return row


def tidy(text: str) -> str:
    """`text` clean, with single spaces and without empty lines."""
    lines = (_GAP.sub(" ", line).strip() for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)

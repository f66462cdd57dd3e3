"""Document -> blocks: wrapped lines rejoined, list markers taken off, table cells apart.

A block is one paragraph, one list item, one heading line or one table cell, with its place in
`Document.text`. White space folded, the text at the block's span is the block's text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from matcher.roles.codes import codes
from matcher.types import Document, Line, Span

BODY_SIZE = 11.0  # what the readers give body text in formats without geometry
_EVIDENCE = 3  # pairs of lines that must look wrapped before the text is taken to be wrapped throughout
_NEARLY = 0.93  # of the width: a line this long that ends without a stop goes on
_LONG = 40  # a line shorter than this ends where its author ended it, unless the whole text is wrapped

_NESTED = 24.0  # points that a nested item is set in, where its bullet is drawn and no character

_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{2,4})[.)]\s+(?=\S)")
_SYMBOLS = frozenset("-–—*+>o·•●○◦▪■□‣⁃∙§»›~")
# A line that ends in one of these goes on in the next, however short it is.
_OPEN_END = re.compile(
    r"\b(?:a|an|the|our|your|their|its|this|these|of|to|and|or|with|in|for|at|by|from|on|as|is|are)$", re.I
)
_FIRST_WORD = re.compile(r"\S+")
_RULE = re.compile(r"[\s\-=_*~#.•–—]{3,}")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item, heading line or table cell.

    `level` is None outside lists and the depth of nesting (0 first) inside; `marker` is what stood
    before the item. `gap`: a blank line comes before. `row` numbers the table row a cell stands in.
    """

    text: str
    span: Span
    level: int | None = None
    marker: str = ""
    bold: bool = False
    size: float = BODY_SIZE
    gap: bool = False
    row: int | None = None
    cell: int = 0
    lines: int = 1


def fold(text: str) -> str:
    """The text with every run of white space made one space, and none at its ends."""
    return " ".join(text.split())


def _marker(text: str, start: int) -> tuple[int, str]:
    """Where an item's words begin and the marker before them; (start, "") when the line is no item."""
    if start >= len(text):
        return start, ""
    first = text[start]
    symbol = first in _SYMBOLS or unicodedata.category(first) == "So"
    if symbol:
        end = start + 1
        while end < len(text) and (text[end] == "\ufe0f" or text[end] == first):
            end += 1
        if end == len(text) and first != "o":
            return end, first
        if end < len(text) and text[end].isspace():
            return end + len(text[end:]) - len(text[end:].lstrip()), text[start:end]
        if first in "•●○◦▪■‣⁃∙":
            return end, first
        return start, ""
    number = _NUMBER.match(text, start)
    return (number.end(), number[0].strip()) if number else (start, "")


def _extent(line: Line, text: str) -> float:
    """How far right a line reaches: points where there is geometry, characters elsewhere."""
    return line.box.right if line.box is not None else float(len(text.rstrip()))


def _next_word(line: Line, text: str) -> float:
    """The room the line's first word takes with a space before it, in the unit of `_extent`."""
    found = _FIRST_WORD.search(text)
    characters = len(found[0]) if found else 0
    if line.box is None:
        return characters + 1.0
    return (characters + 1) * (line.box.right - line.box.left) / max(1, len(text.strip()))


def _starts_low(text: str) -> bool:
    stripped = text.lstrip()
    return bool(stripped) and (stripped[0].islower() or stripped[0] in "(&,;")


def _wrap_width(document: Document, texts: list[str]) -> float | None:
    """How wide wrapped lines run, None when the text does not look wrapped at a fixed width."""
    reach = []
    for i in range(len(texts) - 1):
        here, there = texts[i], texts[i + 1]
        if document.lines[i + 1].span.start - document.lines[i].span.end > 1:
            continue
        if (
            len(here.strip()) < _LONG
            or not there.strip()
            or _marker(there, len(there) - len(there.lstrip()))[1]
        ):
            continue
        if _starts_low(there) and here.rstrip()[-1] not in ".:;!?":
            reach.append(_extent(document.lines[i], here))
    return max(reach) if len(reach) >= _EVIDENCE else None


def _continues(document: Document, texts: list[str], i: int, width: float | None, item: bool) -> bool:
    """True when line `i` goes on with the sentence of line `i - 1`."""
    here, before, text, previous = document.lines[i], document.lines[i - 1], texts[i], texts[i - 1].rstrip()
    if here.bold != before.bold and (here.bold or len(previous) < _LONG):
        return False
    if here.size is not None and before.size is not None and abs(here.size - before.size) > 1.2:
        return False
    low = _starts_low(text)
    if low and _OPEN_END.search(previous):
        return True
    if low and previous and previous[-1] not in ".!?:":
        return len(previous) >= _LONG or item
    if item and document.lines[i].box is None and text.startswith("  "):
        return True
    if width is None:
        return False
    if not item and previous[-1:] not in ".!?:;" and _extent(before, previous) >= _NEARLY * width:
        return True
    slack = 0.0 if here.box is None else 6.0
    return _extent(before, previous) + _next_word(here, text) > width - slack


def _is_nested(before: Line, here: Line, text: str, item: float | None, right: float, sibling: bool) -> bool:
    """True for a line set far in under a list item whose last line had room for its first word.

    A browser draws the bullets of a nested list, so that the text has none of them. After a `sibling`,
    another such line, a capital begins the next.
    """
    if item is None or here.box is None or before.box is None or here.box.left < item + _NESTED:
        return False
    if sibling and text.strip()[:1].isupper():
        return True
    return before.box.right + _next_word(here, text) < right - 6.0


def blocks(document: Document) -> tuple[Block, ...]:
    """The posting's blocks in reading order."""
    text = document.text
    texts = [text[line.span.start : line.span.end] for line in document.lines]
    width = _wrap_width(document, texts)
    coded = codes(texts)
    found: list[Block] = []
    right = max((line.box.right for line in document.lines if line.box is not None), default=0.0)
    item: float | None = None  # where the last marked item begins, in points
    gap, joinable = True, False
    pending: tuple[int, str] | None = None  # a marker alone on its line
    for i, line in enumerate(document.lines):
        raw = texts[i]
        stripped = raw.strip()
        if i and "\n\n" in text[document.lines[i - 1].span.end : line.span.start]:
            gap, joinable = True, False
        if not stripped:
            gap, joinable = True, False
            continue
        if _RULE.fullmatch(stripped) and len(set(stripped)) <= 2 and len(stripped) > 2:
            if found and not gap and found[-1].level is None and found[-1].lines == 1:
                found[-1] = replace(found[-1], bold=True)
            gap, joinable = True, False
            continue
        indent = len(raw) - len(raw.lstrip())
        begin, marker = _marker(raw, indent)
        if i in coded:
            begin, marker = coded[i], raw[indent : coded[i]].strip()
        # A tab after the marker alone is the gap that a list leaves between the two.
        if "\t" in raw[begin if marker else 0 :].strip():
            found += _cells(line, raw, i, gap)
            gap, joinable = False, False
            continue
        level: int | None = indent // 2 if marker else None
        if marker and begin >= len(raw.rstrip()):
            pending = (indent // 2, marker)
            continue
        if marker or (found[-1:] and found[-1].level is None):
            item = line.box.left if marker and line.box is not None else None
        if pending is not None and not marker:
            (level, marker), begin = pending, indent
        elif (
            not marker
            and joinable
            and _is_nested(document.lines[i - 1], line, raw, item, right, found[-1].marker == "")
        ):
            level = 1
        elif not marker and joinable and _continues(document, texts, i, width, found[-1].level is not None):
            last = found[-1]
            span = Span(last.span.start, line.span.start + len(raw.rstrip()))
            bold = last.bold and line.bold
            joined = fold(text[span.start : span.end])
            found[-1] = replace(last, text=joined, span=span, bold=bold, lines=last.lines + 1)
            continue
        pending = None
        span = Span(line.span.start + begin, line.span.start + len(raw.rstrip()))
        size = line.size if line.size is not None else BODY_SIZE
        words = fold(text[span.start : span.end])
        found.append(Block(words, span, level, marker, line.bold, size, gap))
        gap, joinable = False, True
    return tuple(found)


def _cells(line: Line, raw: str, row: int, gap: bool) -> list[Block]:
    """One block per table cell that has text, its list marker taken off."""
    found, at = [], 0
    size = line.size if line.size is not None else BODY_SIZE
    for number, cell in enumerate(raw.split("\t")):
        start = at + len(cell) - len(cell.lstrip())
        at += len(cell) + 1
        if not cell.strip():
            continue
        start, marker = _marker(raw, start)
        end = at - 1 - (len(cell) - len(cell.rstrip()))
        if start >= end:
            continue
        span = Span(line.span.start + start, line.span.start + end)
        words = fold(raw[start:end])
        level = 0 if marker else None
        found.append(Block(words, span, level, marker, line.bold, size, gap and number == 0, row, number))
    return found

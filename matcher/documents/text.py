"""Plain text to Document: lines stay lines, typed bullets become "• ", columns of spaces become tabs."""

from __future__ import annotations

import re

from matcher.documents.assemble import LineBuilder
from matcher.documents.bullets import LONE_BULLET, RULER, find_bullet
from matcher.documents.characters import INVISIBLE_CHARACTERS, clean, smuggled
from matcher.settings import Limits
from matcher.types import Document

_UNDERLINE = re.compile(r"[ \t]*(?:-{3,}|={3,}|~{3,}|─{3,}|━{3,}|═{3,})[ \t]*")
_NUMBER = re.compile(
    r"(?:(?P<dot>\d{1,2}\.)|(?P<half>\d{1,2}\))|(?P<full>\(\d{1,2}\))|(?P<letter>[a-z]\)))[ \t]+(?=\S)"
)
_TAB_STOP = 4
_LONGEST_HEADING = 60  # characters of a line that a ruler below makes a heading


def read_text(text: str, sha256: str, limits: Limits) -> Document:
    """The Document of plain text. A short line underlined with dashes is bold; no line has a size."""
    builder = LineBuilder(limits)
    builder.hide(smuggled(text), INVISIBLE_CHARACTERS)
    write_lines(builder, clean(text).split("\n"))
    return builder.document("text/plain", sha256)


def write_lines(builder: LineBuilder, lines: list[str]) -> None:
    """Write clean lines to `builder`, with the levels of nested lists told from indent and marker."""
    numbered = _numbered_items(lines)
    items: list[tuple[int, str]] = []  # indent and marker of each open list level
    lone_bullet: int | None = None
    after_blank = False
    for number, line in enumerate(lines):
        body = line.lstrip(" \t")
        if not body or RULER.fullmatch(line):
            builder.blank()
            after_blank = True
            continue
        indent = _columns(line[: len(line) - len(body)])
        bullet = find_bullet(body)
        if LONE_BULLET.fullmatch(body.rstrip()):
            lone_bullet = indent
            continue
        if lone_bullet is not None and bullet is None:
            _start_item(builder, items, lone_bullet, "•")
            builder.text(body)
        elif bullet:
            _start_item(builder, items, indent, bullet.marker)
            builder.text(body[bullet.content :])
        elif number in numbered:
            _start_item(builder, items, indent, "1")
            builder.text(body[numbered[number] :])
        elif items and indent > items[-1][0] and not after_blank:
            builder.newline(indent=len(items))
            builder.text(body)
        else:
            items.clear()
            builder.newline()
            builder.text(body, bold=_is_underlined(lines, number))
        lone_bullet = None
        after_blank = False


def _start_item(builder: LineBuilder, items: list[tuple[int, str]], indent: int, marker: str) -> None:
    """Open an item at the level that its indent, or at equal indent its marker, gives it."""
    while items and items[-1][0] > indent + 1:
        items.pop()
    here = (indent, marker)
    if not items or items[-1][0] + 1 < indent:
        items.append(here)
    elif items[-1][1] != marker:
        same = [
            level
            for level, (column, known) in enumerate(items)
            if known == marker and abs(column - indent) < 2
        ]
        if same:
            del items[same[-1] + 1 :]
        else:
            items.append(here)
    builder.newline(bullet=True, indent=len(items) - 1)


def _columns(space: str) -> int:
    at = 0
    for char in space:
        at = at + 1 if char == " " else (at // _TAB_STOP + 1) * _TAB_STOP
    return at


def _is_underlined(lines: list[str], number: int) -> bool:
    """True for a short line with a ruler right below and nothing right above: a heading."""
    if number + 1 >= len(lines) or not _UNDERLINE.fullmatch(lines[number + 1]):
        return False
    alone = number == 0 or not lines[number - 1].strip()
    return alone and len(lines[number].strip()) <= _LONGEST_HEADING


def _numbered_items(lines: list[str]) -> dict[int, int]:
    """Line number to start of text, of lines numbered in steps of one with only their own wraps between.

    A number that stands alone ("1. Summary" above its paragraph) is a heading's, and stays.
    """
    found: dict[int, int] = {}
    last: tuple[int, int, str | None, int, int] | None = None  # line, indent, style, value, start of text
    for number, line in enumerate(lines):
        body = line.lstrip(" \t")
        if not body:
            continue
        indent = _columns(line[: len(line) - len(body)])
        match = _NUMBER.match(body)
        if match is None:
            if last and indent <= last[1]:
                last = None
            continue
        mark = match.group().strip(" \t().")
        value = int(mark) if mark.isdigit() else ord(mark) - ord("a") + 1
        if last and last[1:4] == (indent, match.lastgroup, value - 1):
            found[last[0]] = last[4]
            found[number] = match.end()
        last = (number, indent, match.lastgroup, value, match.end())
    return found

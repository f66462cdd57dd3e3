"""On which line of a TOML or JSON text a value stands, for errors that a person can act on.

The standard readers give values without places. A text that they have accepted is walked again here, by
tokens, in one pass.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands: ("qualifications", 2, "kind") is the kind of the third qualification."""

_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)
_TOML = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'  # one or two quotes may stand before the closing three
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
    r"|\#[^\n]*|\n|[\[\]{}=.]|[^\s\[\]{}=.\#\"']+",
    re.DOTALL,
)


def line_of(text: str, path: Path, *, is_json: bool) -> int:
    """The line, from 1, of the value at `path`, or of the innermost part of the path that is written."""
    lines: dict[Path, int] = {}
    for found, line in _json_lines(text) if is_json else _toml_lines(text):
        lines.setdefault(found, line)
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


def _numbered(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, int]]:
    """Each token with the line it begins on."""
    line, seen = 1, 0
    for token in pattern.finditer(text):
        line += text.count("\n", seen, token.start())
        seen = token.start()
        yield token[0], line


def _json_lines(text: str) -> Iterator[tuple[Path, int]]:
    place: list[str | int] = []  # for each open object its present key, for each open array its index
    begins = False  # an array's next item has not begun yet
    key_next = False
    for token, line in _numbered(_JSON, text):
        if begins and token != "]":
            yield tuple(place), line
        begins = False
        if token in "{[":
            place.append("" if token == "{" else 0)
            key_next, begins = token == "{", token == "["
        elif token in "}]":
            if place:
                place.pop()
            key_next = False
        elif token == "," and place:
            last = place[-1]
            if isinstance(last, int):
                place[-1], begins = last + 1, True
            else:
                key_next = True
        elif key_next:
            place[-1], key_next = json.loads(token), False
            yield tuple(place), line


def _toml_lines(text: str) -> Iterator[tuple[Path, int]]:
    table: Path = ()
    counts: dict[Path, int] = {}
    statement: list[str] = []  # the tokens of the line before "=", or of a header
    depth, in_value = 0, False
    for token, line in _numbered(_TOML, text):
        if in_value:
            depth += (token in ("[", "{")) - (token in ("]", "}"))
            in_value = depth > 0 or token != "\n"
        elif token == "\n":
            if statement and statement[0] == "[":
                table = _header(statement, counts)
                yield table, line
            statement = []
        elif token == "=":
            yield table + _keys(statement), line
            statement, in_value = [], True
        elif not token.startswith("#"):
            statement.append(token)


def _header(statement: list[str], counts: dict[Path, int]) -> Path:
    """The place of a header: `[a.b]`, or the next item of `[[a.b]]`. Inside an array it is its last item."""
    here: Path = ()
    keys = _keys([token for token in statement if token not in "[]"])
    for number, key in enumerate(keys, 1):
        here = (*here, key)
        if number == len(keys) and statement[1:2] == ["["]:
            counts[here] = counts.get(here, -1) + 1
        if here in counts:
            here = (*here, counts[here])
    return here


def _keys(tokens: list[str]) -> Path:
    return tuple(token.strip("\"'") for token in tokens if token != ".")

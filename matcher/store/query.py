"""The language of text queries: `"site reliability" AND (go OR rust) NOT intern`, `kubern*`.

    query  = either ; either = both { "OR" both } ; both = part { [ "AND" ] part } ; part = [ "NOT" ] one
    one    = word | prefix "*" | '"' words '"' | "(" query ")"

Operators are written in capitals; words beside each other are joined by AND; NOT binds closest, then AND,
then OR. Folding and the boundaries of words are those of the corpus (words.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.errors import QueryError
from matcher.store.words import words

MOST_CHARACTERS = 4_000
MOST_TERMS = 200
DEEPEST = 40

_TOKEN = re.compile(r'\s*(?:(?P<phrase>"[^"]*"?)|(?P<sign>[()])|(?P<word>[^\s()"]+))')
_OPERATORS = frozenset({"AND", "OR", "NOT"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other; with `prefix` the last is the beginning of one."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """All of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not the part."""

    part: Node


Node = Phrase | Both | Either | Without


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def parse_query(text: str) -> Node:
    """The query's tree. Raises QueryError, which names the character (from 1) that it stumbled over."""
    if len(text) > MOST_CHARACTERS:
        raise QueryError(f"The query has {len(text)} characters; the limit is {MOST_CHARACTERS}: shorten it.")
    parser = _Parser(list(_tokens(text)), len(text))
    node = parser.query(0)
    if parser.here is not None:
        raise _fault(parser.here.at, "there is a ) without its (")
    return node


def positive(node: Node) -> Iterator[Phrase]:
    """What the query asks to be there, in order: what a quote can show."""
    match node:
        case Phrase():
            yield node
        case Both(parts) | Either(parts):
            for part in parts:
                yield from positive(part)
        case Without():
            return


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while (found := _TOKEN.match(text, at)) is not None:
        kind = str(found.lastgroup)
        token = _Token(kind, found[kind], found.start(kind))
        yield _Token("operator", token.text, token.at) if token.text in _OPERATORS else token
        at = found.end()


class _Parser:
    def __init__(self, tokens: list[_Token], length: int) -> None:
        self._tokens = tokens
        self._next = 0
        self._length = length
        self._terms = 0

    @property
    def here(self) -> _Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def query(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise _fault(self._at(), f"parentheses are nested more than {DEEPEST} deep")
        parts = [self._both(depth)]
        while self._takes("operator", "OR"):
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self, depth: int) -> Node:
        parts = [self._part(depth)]
        while True:
            asked = self._takes("operator", "AND")
            token = self.here
            if not asked and (token is None or token.text == ")" or token.text == "OR"):
                return parts[0] if len(parts) == 1 else Both(tuple(parts))
            parts.append(self._part(depth))

    def _part(self, depth: int) -> Node:
        refused = False
        while self._takes("operator", "NOT"):
            refused = not refused
        node = self._one(depth)
        return Without(node) if refused else node

    def _one(self, depth: int) -> Node:
        token = self.here
        if token is None:
            raise _fault(self._length, "the query ends where a word, a phrase or ( is missing")
        if token.kind == "operator":
            raise _fault(token.at, f"{token.text} stands where a word, a phrase or ( is missing")
        if token.text == ")":
            raise _fault(token.at, "there is a ) where a word, a phrase or ( is missing")
        self._next += 1
        if token.text == "(":
            node = self.query(depth + 1)
            if not self._takes("sign", ")"):
                raise _fault(token.at, "this ( is never closed")
            return node
        return self._phrase(token)

    def _phrase(self, token: _Token) -> Phrase:
        text = token.text
        if token.kind == "phrase":
            if len(text) < 2 or not text.endswith('"'):
                raise _fault(token.at, 'this " is never closed')
            text = text[1:-1]
        prefix = text.endswith("*")
        found = tuple(words(text.rstrip("*")))
        if not found:
            raise _fault(token.at, "there is no letter or digit to search for")
        self._terms += len(found)
        if self._terms > MOST_TERMS:
            raise _fault(token.at, f"the query has more than {MOST_TERMS} words")
        return Phrase(found, prefix)

    def _takes(self, kind: str, text: str) -> bool:
        token = self.here
        if token is not None and (token.kind, token.text) == (kind, text):
            self._next += 1
            return True
        return False

    def _at(self) -> int:
        return self.here.at if self.here is not None else self._length


def _fault(at: int, what: str) -> QueryError:
    return QueryError(f"The query cannot be read at character {at + 1}: {what}.")

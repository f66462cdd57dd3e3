"""Skill aliases: different names of one thing, read as its canonical name before words are compared.

The names stand in `aliases.tsv`, one group a line: the canonical name, a tab, its aliases separated by
" | ". An alias in lower case is found in any case and number ("electronic medical records"). An alias with
a capital letter is found only as written, because in lower case it is an ordinary word ("IT", "Go").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from matcher.matching.words import stem, tokens


class Word(NamedTuple):
    """A word as it is compared (lower case, aliases replaced) and as it stands in the text."""

    read: str
    written: str


class _Alias(NamedTuple):
    parts: tuple[str, ...]  # stems, or the tokens as written for a name with a capital letter
    name: tuple[str, ...]  # what is read instead


_Table = dict[str, list[_Alias]]

# "Go" is a language except where it is the verb: at the start of a clause with more than a list after it, or
# before these.
_GO_VERB_BEFORE = frozenset(
    {"to", "above", "beyond", "live", "over", "through", "out", "into", "the", "green"}
)


@cache
def groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every group of the file: the canonical name and its aliases, as written."""
    found = []
    for line in Path(__file__).with_name("aliases.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, aliases = line.split("\t")
            found.append((name, tuple(aliases.split(" | "))))
    return tuple(found)


@cache
def _tables() -> tuple[_Table, _Table]:
    """Aliases by their first part, longest first: those found by stem, and those found as written."""
    folded: _Table = {}
    exact: _Table = {}
    for name, aliases in groups():
        for alias in aliases:
            as_written = alias != alias.lower()
            parts = tuple(token if as_written else stem(token) for token in tokens(alias))
            (exact if as_written else folded).setdefault(parts[0], []).append(
                _Alias(parts, tuple(name.split()))
            )
    for table in (exact, folded):
        for entries in table.values():
            entries.sort(key=lambda entry: -len(entry.parts))
    return exact, folded


def _is_verb(place: int, written: Sequence[str]) -> bool:
    following, beyond = (*written[place + 1 : place + 3], "", "")[:2]
    listed = following in ("", ",", "/") or (following in ("and", "or") and beyond[:1].isupper())
    begins = place == 0 or written[place - 1] == "."
    return (begins and not listed) or following.lower() in _GO_VERB_BEFORE


def _alias_at(place: int, written: Sequence[str], stems: Sequence[str]) -> _Alias | None:
    exact, folded = _tables()
    best: _Alias | None = None
    for keys, table in ((written, exact), (stems, folded)):
        for alias in table.get(keys[place], ()):
            size = len(alias.parts)
            if best is not None and size <= len(best.parts):
                break
            if size == 1 or tuple(keys[place : place + size]) == alias.parts:
                best = alias
                break
    if best is not None and best.parts == ("Go",) and _is_verb(place, written):
        return None
    return best


def read(written: Sequence[str]) -> list[Word]:
    """The tokens of a text with every alias replaced by the words of its canonical name.

    Of two names that begin at the same word the longer one is read.
    """
    lower = [token.lower() for token in written]
    stems = [stem(token) for token in lower]
    exact, folded = _tables()
    result: list[Word] = []
    place = 0
    while place < len(written):
        begins = written[place] in exact or stems[place] in folded  # most words begin no alias
        alias = _alias_at(place, written, stems) if begins else None
        if alias is None:
            result.append(Word(lower[place], written[place]))
            place += 1
        else:
            end = place + len(alias.parts)
            surface = " ".join(written[place:end])
            result += [Word(name, surface) for name in alias.name]
            place = end
    return result

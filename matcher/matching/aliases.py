"""Skill aliases: different names of one thing, read as its canonical name before words are compared.

The names stand in `aliases.tsv`, one group a line: the canonical name, a tab, its aliases separated by
" | ". An alias in lower case is found in any case and number ("electronic medical records"). An alias with
a capital letter is found only as written, because its lower-case form is an ordinary word ("IT", "Go").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from matcher.matching.words import stem, words

_Phrase = tuple[tuple[str, ...], tuple[str, ...]]  # the words to find, the words to read instead
_Phrases = dict[str, list[_Phrase]]


@cache
def groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every group of the file: the canonical name and its aliases, as written."""
    found = []
    for line in files("matcher.matching").joinpath("aliases.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, aliases = line.split("\t")
            found.append((name, tuple(aliases.split(" | "))))
    return tuple(found)


@cache
def _phrases() -> tuple[_Phrases, _Phrases]:
    """Aliases by their first word, longest first: those found by stem, and those found as written."""
    folded: _Phrases = {}
    exact: _Phrases = {}
    for name, aliases in groups():
        target = tuple(word.lower() for word in words(name))
        for alias in aliases:
            as_written = alias != alias.lower()
            parts = tuple(word if as_written else stem(word) for word in words(alias))
            (exact if as_written else folded).setdefault(parts[0], []).append((parts, target))
    for table in (folded, exact):
        for entries in table.values():
            entries.sort(key=lambda entry: -len(entry[0]))
    return folded, exact


def _alias_at(
    place: int, keys: Sequence[str], table: _Phrases
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    for parts, target in table.get(keys[place], ()):
        if tuple(keys[place : place + len(parts)]) == parts:
            return parts, target
    return None


def canonical(written: Sequence[str]) -> list[str]:
    """The words in lower case with every alias replaced by the words of its canonical name."""
    folded, exact = _phrases()
    lower = [word.lower() for word in written]
    stemmed = [stem(word) for word in lower]
    result: list[str] = []
    place = 0
    while place < len(written):
        found = _alias_at(place, written, exact) or _alias_at(place, stemmed, folded)
        if found is None:
            result.append(lower[place])
            place += 1
        else:
            result += found[1]
            place += len(found[0])
    return result

"""How near a degree's field of study is to those that a posting asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache
from pathlib import Path

from matcher.matching.words import stem
from matcher.types import Education

_WORD = re.compile(r"[^\W\d_]+(?:[.&'][^\W\d_]+)*")
# Words that join or qualify fields of study without naming one.
_FIELD_FILLER = frozenset(
    """a an and any closely degree discipline engineering field fields in management of or other related
    relevant science sciences similar studies study subject technology the""".split()
)
# Of these a field is a member of a family only when it says nothing else: construction management is no
# business administration.
_GENERAL = frozenset(stem(word) for word in "administration analytics design engineering management".split())

# Fields that the name of a degree says by itself, beside any concentration it states.
_NAMED_FIELDS = (
    ("law", re.compile(r"(?i)\b(?:juris doctor|j\.?d|ll\.?[bm]|(?:bachelor|master)s? of laws?)\b")),
    (
        "business administration",
        re.compile(r"(?i)\b(?:e?m\.?b\.?a|b\.?b\.?a|(?:bachelor|master)s? of business administration)\b"),
    ),
    ("commerce business", re.compile(r"(?i)\b(?:[bm]\.?\s?com|(?:bachelor|master)s? of commerce)\b")),
    ("nursing", re.compile(r"(?i)\b(?:[bm]\.?s\.?n|d\.?n\.?p)\b")),
)


class Nearness(Enum):
    """How near a field is to one that is asked."""

    SAME = "same"  # they share a naming word
    RELATED = "related"  # they stand in one family of field_families.tsv
    OTHER = "other"


def nearness(entry: Education, asked: Sequence[str], text: str) -> Nearness:
    """How near the stated field is to the nearest of those `asked`; SAME where none is. `text` is the
    resume's: the name of a degree may say its field ("Juris Doctor")."""
    if not asked:
        return Nearness.SAME
    said = text[entry.span.start : entry.span.end]
    named = [field for field, pattern in _NAMED_FIELDS if pattern.search(said)]
    stated = [entry.field or "", *named]
    openings = {word[:6] for field in stated for word in _field_words(field)}
    for field in asked:
        words = {word[:6] for word in _field_words(field)}
        if (words & openings) or (not words and _plain(field) & _plain(" ".join(stated))):
            return Nearness.SAME
    wanted = frozenset[str]().union(*map(families_of, asked))
    return Nearness.RELATED if any(wanted & families_of(field) for field in stated) else Nearness.OTHER


def families_of(field: str) -> frozenset[str]:
    """The families that a field of study stands in: of each of its words the longest name that is known."""
    stems = [stem(word.lower()) for word in _WORD.findall(field)]
    found: set[str] = set()
    place = 0
    while place < len(stems):
        length = next(
            (size for size in range(_LONGEST, 0, -1) if tuple(stems[place : place + size]) in _table()), 0
        )
        name = tuple(stems[place : place + length])
        if length and (len(stems) == length or length > 1 or stems[place] not in _GENERAL):
            found |= _table()[name]
        place += max(length, 1)
    return frozenset(found)


_LONGEST = 3  # words of the longest name in the table


@cache
def _table() -> dict[tuple[str, ...], frozenset[str]]:
    table: dict[tuple[str, ...], set[str]] = {}
    for line in Path(__file__).with_name("field_families.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            family, names = line.split("\t")
            for name in names.split(" | "):
                table.setdefault(tuple(stem(word) for word in name.split()), set()).add(family)
    return {name: frozenset(families) for name, families in table.items()}


def _plain(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _field_words(text: str) -> set[str]:
    return _plain(text) - _FIELD_FILLER

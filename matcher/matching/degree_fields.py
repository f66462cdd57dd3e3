"""How near a degree's field of study is to those that a posting asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path

from matcher.matching.words import stem
from matcher.types import Education
from matcher.types.degree_names import field_of_letters

_WORD = re.compile(r"[^\W\d_]+(?:[.&'][^\W\d_]+)*")
# Words that join or qualify fields of study without naming one.
_FIELD_FILLER = frozenset(
    """a an and any closely degree discipline engineering field fields in management of or other related
    relevant science sciences similar studies study subject technology the""".split()
)
# Of these a field is a member of a family only when it says nothing else: construction management is no
# business administration.
_GENERAL = frozenset(stem(word) for word in "administration analytics design engineering management".split())

# Where the name of a degree may say its field, beside any concentration that is stated: its letters, and
# what a bachelor or master is of.
_LETTERS = re.compile(r"(?<![\w.])(?:[A-Z][A-Za-z.]*[A-Z]\b|(?i:(?:B|M)\.?com|juris doctor(?:ate)?)\b)")
_OF = re.compile(r"(?i)\b(?:bachelor|master|doctor)['’]?s? of ((?:business )?[a-z]+)")
_NO_FIELD = frozenset("applied art arts letters philosophy professional science sciences".split())


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
    stated = fields_of(entry, text)
    openings = {stem(word)[:6] for field in stated for word in _field_words(field)}
    if "commer" in openings:  # what is called commerce in some countries is called business in others
        openings.add("busi")
    for field in asked:
        words = _asked_openings(field)
        if (words & openings) or (not words and _plain(field) & _plain(" ".join(stated))):
            return Nearness.SAME
    wanted = frozenset[str]().union(*map(_asked_families, asked))
    return Nearness.RELATED if any(wanted & families_of(field) for field in stated) else Nearness.OTHER


# What a posting asks for is compared with the education of many.
@lru_cache(maxsize=256)
def _asked_openings(field: str) -> frozenset[str]:
    return frozenset(stem(word)[:6] for word in _field_words(field))


@lru_cache(maxsize=256)
def _asked_families(field: str) -> frozenset[str]:
    return families_of(field)


def fields_of(entry: Education, text: str) -> list[str]:
    """The fields that an entry states, in its place and in the name of the degree; `text` is the resume's."""
    return [entry.field or "", *_named(text[entry.span.start : entry.span.end])]


def _named(said: str) -> Iterator[str]:
    """The fields that the name of a degree says, in the words of its entry."""
    for word in _LETTERS.findall(said):
        field = field_of_letters(word)
        if field is not None:
            yield field
    for field in _OF.findall(said):
        if field.lower() not in _NO_FIELD:
            yield field


def families_of(field: str) -> frozenset[str]:
    """The families that a field of study stands in: of each of its words the longest name that is known."""
    stems = [stem(word.lower()) for word in _WORD.findall(field)]
    found: set[str] = set()
    place = 0
    while place < len(stems):
        most = min(_LONGEST, len(stems) - place)
        length = next((n for n in range(most, 0, -1) if tuple(stems[place : place + n]) in _table()), 0)
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

"""Whether a degree's field of study is one that a posting asks for."""

from __future__ import annotations

import re

from matcher.types import Education

_WORD = re.compile(r"[^\W\d_]+(?:[.&'][^\W\d_]+)*")
# Words that join or qualify fields of study without naming one.
_FIELD_FILLER = frozenset(
    """a an and any closely degree discipline engineering field fields in management of or other related
    relevant science sciences similar studies study subject technology the""".split()
)


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


def field_fits(entry: Education, asked: tuple[str, ...], text: str) -> bool:
    """Whether the stated field shares a naming word with one that is asked ("related" asks for judgement)."""
    if not asked:
        return True
    said = text[entry.span.start : entry.span.end]
    named = [field for field, pattern in _NAMED_FIELDS if pattern.search(said)]
    stated = " ".join([entry.field or "", *named])
    openings = {word[:6] for word in _field_words(stated)}
    for field in asked:
        words = {word[:6] for word in _field_words(field)}
        if (words & openings) or (not words and _plain(field) & _plain(stated)):
            return True
    return False


def _plain(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


def _field_words(text: str) -> set[str]:
    return _plain(text) - _FIELD_FILLER

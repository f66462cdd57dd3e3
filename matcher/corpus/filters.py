"""Filters as text: `months>=24 language:Spanish tag:shortlist "site reliability" AND (go OR rust)`.

    filter = { term | query }   term = name sign value   value = word | '"' words '"'

Blanks may stand around >= and <=. All terms must hold. What is no term is one text query over the whole
resume (words, "phrases", prefix*, AND, OR, NOT, parentheses). Terms stand outside parentheses, with no OR and
no NOT before them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from matcher.errors import FilterError
from matcher.store import parse_query
from matcher.types import DegreeLevel
from matcher.types.corpus import Where

_TOKEN = re.compile(
    r'(?P<term>(?P<name>[A-Za-z_]+)(?P<sign>\s*(?:>=|<=|<|>)\s*|[:=])(?P<value>"[^"]*"?|[^\s"()]*))'
    r'|(?P<phrase>"[^"]*"?)|(?P<paren>[()])|(?P<word>[^\s"()]+)'
)
_MONTHS = 1_200  # more than anybody works
_FORMS = (
    "months>=N, months<=N, degree>=LEVEL, skill:X, language:X, location:X, tag:X, source:X, updated>=DATE"
)


@dataclass(slots=True)
class _Terms:
    """What has been read so far."""

    fields: dict[str, object] = field(default_factory=dict)
    several: dict[str, tuple[str, ...]] = field(default_factory=dict)


def parse_filter(text: str, today: date) -> Where:
    """The filter that `text` says. `today` is the day at which months of experience are counted.

    Raises FilterError, or QueryError for the text query; both name the character (from 1).
    """
    terms, query, depth, before = _Terms(), list(text), 0, ""
    after_term = False
    for token in _TOKEN.finditer(text):
        word = token[0]
        if token["term"] is not None:
            if depth:
                raise _fault(token.start(), f"{token['name']} stands within parentheses: put it outside")
            if before in ("OR", "NOT"):
                raise _fault(token.start(), f"{token['name']} stands behind {before}: terms are all required")
            _read(terms, token)
            query[token.start() : token.end()] = " " * len(word)
        elif word == "AND" and (after_term or (text[token.end() :].lstrip() and _is_term(text, token.end()))):
            query[token.start() : token.end()] = "   "  # it joins a term: nothing to do
        depth += {"(": 1, ")": -1}.get(word, 0)
        before, after_term = word, token["term"] is not None
    # Blanks stand where terms stood, so that a fault in the query is named by its place in the whole.
    asked = "".join(query)
    if asked.strip():
        parse_query(asked)
        terms.fields["text"] = asked
    # Each reader gives the type of its field.
    return replace(Where(today=today), **terms.fields)  # type: ignore[arg-type]


def as_where(where: Where | str | None, today: date | None) -> Where | None:
    """A filter given either way, None where it asks for nothing. `today` (default: this day) is for months of
    experience. Raises what `parse_filter` raises."""
    if isinstance(where, str):
        where = parse_filter(where, today or date.today())
    return None if where is None or where == Where(today=where.today) else where


def _is_term(text: str, start: int) -> bool:
    found = _TOKEN.search(text, start)
    return found is not None and found["term"] is not None


def _read(terms: _Terms, token: re.Match[str]) -> None:
    name, sign, value = token["name"].lower(), token["sign"].strip(), token["value"]
    at = token.start("value")
    if value.startswith('"') and (len(value) < 2 or not value.endswith('"')):
        raise _fault(at, 'this " is never closed')
    value = value.strip('"').strip()
    kind = name + (">=" if sign == ">=" else "<=" if sign == "<=" else ":" if sign in (":", "=") else sign)
    if kind not in _READERS:
        known = any(each.startswith((f"{name}>", f"{name}<", f"{name}:")) for each in _READERS)
        reason = f"{name} does not go with {sign}" if known else f"{name} is no filter"
        raise _fault(token.start(), f"{reason}; filters are {_FORMS}")
    if not value:
        raise _fault(at, f"{name} has no value")
    target, read = _READERS[kind]
    said = read(value, at)
    if target in ("skills", "languages", "tags"):
        terms.several[target] = (*terms.several.get(target, ()), str(said))
        terms.fields[target] = terms.several[target]
    elif target in terms.fields:
        raise _fault(token.start(), f"{name} is given twice")
    else:
        terms.fields[target] = said


def _months(value: str, at: int) -> object:
    if not re.fullmatch(r"[0-9]{1,6}", value) or int(value) > _MONTHS:
        raise _fault(at, f"months are a whole number from 0 to {_MONTHS}")
    return int(value)


def _degree(value: str, at: int) -> object:
    try:
        return DegreeLevel(value.lower().replace(" ", "_"))
    except ValueError:
        raise _fault(at, f"a degree is one of {', '.join(DegreeLevel)}") from None


def _day(value: str, at: int) -> object:
    try:
        return datetime.combine(date.fromisoformat(value), datetime.min.time(), UTC)
    except ValueError:
        raise _fault(at, "a date is written as 2026-01-31") from None


def _text(value: str, at: int) -> object:
    if value and not any(map(str.isalnum, value)):
        raise _fault(at, "there is no letter or digit")
    return value


_READERS: dict[str, tuple[str, Callable[[str, int], object]]] = {
    "months>=": ("months_from", _months),
    "months<=": ("months_to", _months),
    "degree>=": ("degree", _degree),
    "skill:": ("skills", _text),
    "language:": ("languages", _text),
    "location:": ("location", _text),
    "tag:": ("tags", _text),
    "source:": ("source", _text),
    "updated>=": ("updated_since", _day),
}


def _fault(at: int, what: str) -> FilterError:
    return FilterError(f"The filter cannot be read at character {at + 1}: {what}.")

"""The filters of `Where` as conditions on newest revisions: the one place where they become SQL."""

from __future__ import annotations

import sqlalchemy as sa

from matcher.errors import InputError
from matcher.store.lexicon import meets
from matcher.store.query import parse_query
from matcher.store.schema import UtcTime, aliases, contacts, facts, revisions, tags
from matcher.store.times import aware
from matcher.store.words import folded_line
from matcher.types.corpus import Where


def rendered(where: Where, dialect: str) -> list[sa.ColumnElement[bool]]:
    """Conditions on `revisions`, all of which a person's newest revision meets.

    Raises InputError for a filter that asks for nothing, and QueryError for a text query.
    """
    found: list[sa.ColumnElement[bool]] = [revisions.c.newest]
    if where.months_from is not None or where.months_to is not None:
        found += _months(where)
    if where.degree is not None:
        found.append(revisions.c.degree >= where.degree.rank)
    for kind, values in (("skill", where.skills), ("language", where.languages)):
        for value in values:
            found.append(_has_fact(kind, _folded(kind, value)))
    for tag in where.tags:
        found.append(revisions.c.candidate.in_(sa.select(tags.c.candidate).where(tags.c.tag == tag)))
    if where.location is not None:
        part = (
            _folded("location", where.location).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        )
        place = contacts.c.lookup.like(f"%{part}%", escape="\\")
        standing = sa.select(contacts.c.revision).where(contacts.c.kind == "location", place)
        found.append(revisions.c.id.in_(standing))
    if where.source is not None:
        found.append(revisions.c.source == where.source)
    if where.updated_since is not None:
        since = sa.literal(aware(where.updated_since), UtcTime())
        found.append(revisions.c.received >= since)
    if where.people is not None:
        named = sa.select(aliases.c.candidate).where(aliases.c.id.in_(where.people))
        found.append(revisions.c.candidate.in_(where.people) | revisions.c.candidate.in_(named))
    if where.text is not None:
        found.append(meets(parse_query(where.text), dialect))
    return found


def _months(where: Where) -> list[sa.ColumnElement[bool]]:
    """Months of experience on the day of the question: a current position has gone on meanwhile."""
    if where.today is None:
        raise InputError("A filter by months of experience needs today's date: give Where(today=...).")
    now = where.today.year * 12 + where.today.month - 1
    since = sa.case((sa.literal(now) > revisions.c.months_counted, now - revisions.c.months_counted), else_=0)
    months = revisions.c.months + sa.case((revisions.c.months_growing, since), else_=0)
    found = []
    if where.months_from is not None:
        found.append(months >= where.months_from)
    if where.months_to is not None:
        found.append(months <= where.months_to)
    return found


def _has_fact(kind: str, value: str) -> sa.ColumnElement[bool]:
    having = sa.select(facts.c.revision).where(facts.c.kind == kind, facts.c.value == value)
    return revisions.c.id.in_(having)


def _folded(kind: str, value: str) -> str:
    line = folded_line(value)
    if not line.strip():
        raise InputError(f"The filter by {kind} has no letter or digit: leave it out or name one.")
    return line

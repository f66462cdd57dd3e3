"""Keys of other systems for candidates, roles and applications."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Literal

import sqlalchemy as sa

from matcher.errors import CorpusConflictError, InputError
from matcher.store.database import Work
from matcher.store.listed import among
from matcher.store.schema import external_ids
from matcher.store.tenancy import prepared
from matcher.types.corpus import ExternalId

Kind = Literal["candidate", "role", "application"]

# Ordered here: SQLite would take the index that has the order, and read the keys of everybody.
_KEYS = prepared(
    sa.select(external_ids.c.system, external_ids.c.key, external_ids.c.target).where(
        external_ids.c.kind == sa.bindparam("kind"), among(external_ids.c.target, "targets")
    )
)


def resolve_external(work: Work, kind: Kind, external: ExternalId) -> str | None:
    """The id of what another system calls so, None when nothing is."""
    row = work.first(sa.select(external_ids.c.target).where(*_is(kind, external)))
    return None if row is None else str(row.target)


def link_external(work: Work, kind: Kind, target: str, external: ExternalId) -> None:
    """Let a key mean `target`. Raises CorpusConflictError where it means something else already."""
    if not external.system or not external.key or "\0" in external.system + external.key:
        raise InputError("An external id has a system and a key, neither of them empty.")
    found = resolve_external(work, kind, external)
    if found not in (None, target):
        raise CorpusConflictError(
            f"This external id means another {kind} already: take it from that one first."
        )
    if found is None:
        row = {"kind": kind, "system": external.system, "key": external.key, "target": target}
        work.insert(external_ids, [row])


def link_free(work: Work, kind: Kind, target: str, keys: Iterable[ExternalId]) -> None:
    """Let those of the keys mean `target` that mean nothing yet."""
    for key in keys:
        if resolve_external(work, kind, key) is None:
            link_external(work, kind, target, key)


def unlink_external(work: Work, kind: Kind, external: ExternalId) -> bool:
    """Forget a key; returns whether it was known."""
    return work.change(sa.delete(external_ids).where(*_is(kind, external))) > 0


def forget_targets(work: Work, kind: Kind, targets: Collection[str]) -> None:
    """Forget every key of these."""
    if targets:
        which = external_ids.c.kind == kind, external_ids.c.target.in_(targets)
        work.change(sa.delete(external_ids).where(*which))


def external_ids_of(work: Work, kind: Kind, targets: Collection[str]) -> dict[str, tuple[ExternalId, ...]]:
    """The keys of each, ordered by system and key; those that have none are left out."""
    found: dict[str, tuple[ExternalId, ...]] = {}
    for row in sorted(work.rows(_KEYS, {"kind": kind, "targets": targets})) if targets else ():
        found[row.target] = (*found.get(row.target, ()), ExternalId(row.system, row.key))
    return found


def external_keys(
    work: Work, kind: Kind, system: str, limit: int, after: str | None
) -> list[tuple[str, str]]:
    """A system's keys with what each means, by key, beginning behind the key `after`."""
    statement = sa.select(external_ids.c.key, external_ids.c.target).where(
        external_ids.c.kind == kind, external_ids.c.system == system
    )
    if after is not None:
        statement = statement.where(external_ids.c.key > after)
    rows = work.rows(statement.order_by(external_ids.c.key).limit(limit))
    return [(row.key, row.target) for row in rows]


def _is(kind: Kind, external: ExternalId) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        external_ids.c.kind == kind,
        external_ids.c.system == external.system,
        external_ids.c.key == external.key,
    )

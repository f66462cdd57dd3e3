"""The one place where the tenant enters statements: every table that a statement reads or changes is held
to the rows of one tenant, in subqueries too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from sqlalchemy import Alias, Delete, FromClause, Join, Select, Table, Update, bindparam
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import ClauseElement

from matcher.store.schema import lexicon

# The parameter that carries the tenant; `Work` gives it to every statement.
TENANT = "tenant_of_store"

Statement = TypeVar("Statement", bound=ClauseElement)


def scoped(statement: Statement) -> Statement:
    """The statement with `tenant = :tenant_of_store` added for each table, in every select inside it too.

    Raises TypeError for what it does not know how to narrow, so that nothing goes out unfiltered.
    """
    if not isinstance(statement, Select | Update | Delete):
        raise TypeError(
            f"A {type(statement).__name__} cannot be held to a tenant: use select, update, delete."
        )

    def narrow(element: Any, **_: object) -> Any:
        return scoped(element) if isinstance(element, Select) and element is not statement else None

    narrowed: Any = visitors.replacement_traverse(statement, {}, narrow)
    froms = narrowed.get_final_froms() if isinstance(narrowed, Select) else [narrowed.table]
    for table in _tables(froms):
        narrowed = narrowed.where(table.c.tenant == bindparam(TENANT))
    return narrowed  # type: ignore[no-any-return]


def _tables(froms: Iterable[FromClause]) -> Iterator[FromClause]:
    for each in froms:
        if isinstance(each, Join):
            yield from _tables([each.left, each.right])
        elif isinstance(each, Table) or (isinstance(each, Alias) and isinstance(each.element, Table)):
            yield each
        elif each is not lexicon:
            raise TypeError(f"A {type(each).__name__} in FROM cannot be held to a tenant: use a table or IN.")

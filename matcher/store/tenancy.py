"""The one place where the tenant enters statements: every table that a statement reads or changes is held
to the rows of one tenant, in selects within selects too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Alias, ColumnClause, Delete, FromClause, Join, Select, Table, Update, bindparam
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import ExternallyTraversible

from matcher.errors import InputError
from matcher.store.schema import lexicon

# The parameter that carries the tenant; `Work` gives it to every statement.
TENANT = "tenant_of_store"

Statement = TypeVar("Statement", bound=ClauseElement)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def checked_tenant(name: str) -> str:
    """The name of a tenant. Raises InputError where it could not be one."""
    if not _NAME.fullmatch(name):
        raise InputError("A tenant's name has 1 to 100 ASCII letters, digits, dots, dashes and underscores.")
    return name


def scoped(statement: Statement) -> Statement:
    """The statement with `tenant = :tenant_of_store` added for each table, in every select inside it too.

    Raises TypeError for what it does not know how to narrow, so that nothing goes out unfiltered.
    """
    if not isinstance(statement, Select | Update | Delete):
        raise TypeError(f"A {type(statement).__name__} cannot be held to a tenant.")

    def inner(element: Any, **_: object) -> Any:
        return scoped(element) if isinstance(element, Select) and element is not statement else None

    tables: dict[FromClause, None] = {}
    narrowed: Any = statement
    if _collect(statement, tables):
        narrowed = visitors.replacement_traverse(narrowed, {}, inner)
    conditions = [table.c.tenant == bindparam(TENANT) for table in tables]
    return narrowed.where(*conditions)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A select that is asked again and again: `prepared` made it once, with its first row alone."""

    rows: Select[Any]
    first: Select[Any]


def prepared(statement: Select[Any]) -> Prepared:
    """The statement held to the tenant, for asking it again and again.

    SQLAlchemy finds what it compiled for an object that it has seen in a tenth of the time that it takes to
    make the object and compare it with those it has seen.
    """
    return Prepared(scoped(statement), scoped(statement.limit(1)))


def _collect(element: ExternallyTraversible, tables: dict[FromClause, None]) -> bool:
    """Add the tables that belong to this statement itself; returns whether there is a select within it."""
    nested = False
    for child in element.get_children():
        if isinstance(child, Select):
            nested = True
        elif isinstance(child, Table | Alias):
            _add(child, tables)
        elif isinstance(child, ColumnClause):
            if child.table is not None:
                _add(child.table, tables)
        elif isinstance(child, FromClause) and not isinstance(child, Join | FunctionElement):
            _add(child, tables)
        else:
            nested |= _collect(child, tables)
    return nested


def _add(table: FromClause, tables: dict[FromClause, None]) -> None:
    if isinstance(table, Table) or (isinstance(table, Alias) and isinstance(table.element, Table)):
        tables[table] = None
    elif table is not lexicon:
        raise TypeError(f"A {type(table).__name__} cannot be held to a tenant: use a table, or IN.")

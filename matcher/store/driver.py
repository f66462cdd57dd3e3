"""Statements that are asked again and again, run by the driver itself as SQLAlchemy compiled them once.

SQLAlchemy's own way from a statement to rows takes several times what the driver and the database take, where
it was not gone just before and the processor's caches have other things.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DBAPIError

Converter = Callable[[Any], Any]

# The driver of SQLite takes values by name too, as that of PostgreSQL does.
_BY_NAME = sqlite.dialect(paramstyle="named")

_named: Any = namedtuple  # of fields that are known when it runs

_compiled: dict[tuple[sa.Select[Any] | sa.TextClause, str], _Compiled] = {}


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in SQL. `parameters` make values what the driver takes, and `said` are those that stand in
    the statement. `row` makes a row of the columns, in which those of `converted` are made what they are in
    Python; for SQL that was written by hand, rows stay what the driver gives."""

    sql: str
    parameters: Mapping[str, Converter | None]
    said: Mapping[str, object]
    row: Callable[[Sequence[Any]], Any] | None
    converted: Sequence[tuple[int, Converter]]

    @classmethod
    def of(cls, statement: sa.Select[Any] | sa.TextClause, dialect: Dialect) -> _Compiled:
        """The statement as this dialect says it. Raises TypeError for lists: `listed.among` has them."""
        made = statement.compile(dialect=_BY_NAME if dialect.name == "sqlite" else dialect)
        binds = {name: bind for bind, name in made.bind_names.items()}
        parameters = {
            name: bind.type.dialect_impl(made.dialect).bind_processor(made.dialect)
            for name, bind in binds.items()
        }
        said = {name: bind.value for name, bind in binds.items() if not bind.required}
        if "POSTCOMPILE" in made.string:
            raise TypeError("A list is no parameter of a statement that is compiled once.")
        if isinstance(statement, sa.TextClause):
            return cls(made.string, parameters, said, None, ())
        columns = list(statement.selected_columns)
        kinds = [column.type.dialect_impl(made.dialect) for column in columns]
        converters = [kind.result_processor(made.dialect, None) for kind in kinds]
        kind = _named("Row", [getattr(column, "name", "") for column in columns], rename=True)
        converted = [(place, each) for place, each in enumerate(converters) if each]
        return cls(made.string, parameters, said, kind._make, converted)

    def read(self, rows: list[Any]) -> list[Any]:
        """The driver's rows as they are in Python."""
        if self.row is None:
            return rows
        if not self.converted:
            return list(map(self.row, rows))
        found = []
        for row in map(list, rows):
            for place, converter in self.converted:
                row[place] = converter(row[place])
            found.append(self.row(row))
        return found


def ask(
    connection: Connection, statement: sa.Select[Any] | sa.TextClause, values: Mapping[str, object]
) -> list[Any]:
    """The rows that the statement finds, with fields by name, in the transaction of the connection.

    Raises DBAPIError as SQLAlchemy does, and KeyError for a value that is missing.
    """
    dialect = connection.dialect
    known = _compiled.get((statement, dialect.name))
    if known is None:
        known = _compiled[statement, dialect.name] = _Compiled.of(statement, dialect)
    values = {**known.said, **values}
    given = {
        name: values[name] if converted is None else converted(values[name])
        for name, converted in known.parameters.items()
    }
    driver: Any = connection.connection.dbapi_connection
    try:
        rows = driver.execute(known.sql, given).fetchall()
    except dialect.loaded_dbapi.Error as error:
        lost = dialect.is_disconnect(error, driver, None)
        raise DBAPIError(None, None, error, connection_invalidated=lost) from error
    return known.read(rows)

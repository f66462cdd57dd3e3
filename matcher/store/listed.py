"""Many values as one: in one parameter, so that a statement is the same however many they are, and neither
SQLAlchemy nor the database reads it anew; and out of one field, a third of the time of a row for each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator


def among(column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[bool]:
    """Whether the column has one of the values of the parameter `name`, whole numbers or texts."""
    values = _Values(sa.bindparam(name, type_=_Listed()), type_=column.type)
    return column.op("IN", is_comparison=True)(values)


def joined(column: sa.ColumnElement[Any], dialect: str) -> sa.ColumnElement[Any]:
    """The whole numbers of a column in one text, in no certain order, but all columns of a select alike; None
    where there are none."""
    if dialect == "sqlite":
        return sa.func.group_concat(column)
    return sa.func.string_agg(sa.cast(column, sa.Text), ",")


def numbers(text: str | None) -> NDArray[np.int64]:
    """The numbers of a column that was joined."""
    return np.fromstring(text or "", dtype=np.int64, sep=",")


class _Listed(TypeDecorator[Iterable[int | str]]):
    """The values as one text: JSON for SQLite, the literal of an array for PostgreSQL."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[int | str] | None, dialect: Dialect) -> str:
        """The text."""
        values = list(value or ())
        if dialect.name == "sqlite":
            return json.dumps(values)
        return "{" + ",".join(map(_element, values)) + "}"


class _Values(GenericFunction[Any]):
    """The values of the parameter, a row each."""

    inherit_cache = True


@compiles(_Values, "sqlite")
def _sqlite(element: _Values, compiler: SQLCompiler, **options: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(element.clauses, **options)}))"


@compiles(_Values, "postgresql")
def _postgresql(element: _Values, compiler: SQLCompiler, **options: Any) -> str:
    kind = "text" if isinstance(element.type, sa.Text) else "bigint"
    return f"(SELECT unnest(CAST({compiler.process(element.clauses, **options)} AS {kind}[])))"


def _element(value: int | str) -> str:
    if isinstance(value, int):
        return str(value)
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

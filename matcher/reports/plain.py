"""Nouns as JSON by the names of their fields, and lines for a terminal: for what a corpus answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from matcher.reports.json import DECIMALS, dumps
from matcher.reports.write import finish, new_console

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def as_json(schema: str, **values: object) -> str:
    """The values as JSON text, with the schema they are in."""
    return dumps({"schema": f"matcher.{schema}/1"} | {name: _plain(value) for name, value in values.items()})


def fields_of(value: DataclassInstance) -> dict[str, object]:
    """The fields of a noun by name, as they are."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def print_lines(lines: Iterable[str]) -> None:
    """Print each on a line of its own, folded where the terminal ends."""
    console = new_console(None)
    for line in lines:
        console.print(Text(line))
    finish(console, None)


def print_rows(console: Console, rows: Mapping[str, str | None]) -> None:
    """Print what has a value beside its name."""
    for name, value in rows.items():
        if value:
            console.print(Text(f"{name:<14}", style="dim").append(value))


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: _plain(item) for name, item in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return round(value, DECIMALS) if isinstance(value, float) else value

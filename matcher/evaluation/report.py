"""Tables in a terminal, as JSON, and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matcher.evaluation.tables import Cell, Table

if TYPE_CHECKING:
    from rich.console import Console

DASH = "-"


def shown(cell: Cell) -> str:
    """One cell as a reader sees it: three decimals for a float, a dash for None."""
    if cell is None:
        return DASH
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell)


def key(row: Sequence[Cell]) -> str:
    """What names a row in recorded baselines and in the paper: its leading text cells, joined by ", "."""
    names: list[str] = []
    for cell in row:
        if not isinstance(cell, str):
            break
        names.append(cell)
    return ", ".join(names)


def find(tables: Sequence[Table], name: str, row: str, column: str) -> Cell:
    """One figure. Raises KeyError, naming what is not there, for an unknown table, row or column."""
    table = next((table for table in tables if table.name == name), None)
    if table is None:
        raise KeyError(f"table {name}")
    if column not in table.columns:
        raise KeyError(f"column {column} of {name}")
    at = table.columns.index(column)
    for cells in table.rows:
        if row in (key(cells), cells[0]):
            return cells[at]
    raise KeyError(f"row {row} of {name}")


def to_json(tables: Sequence[Table]) -> str:
    """An object with the tables' names as keys, each with title, note, columns, and rows in their order."""
    content = {
        table.name: {
            "title": table.title,
            "note": table.note,
            "columns": list(table.columns),
            "rows": table.rows,
        }
        for table in tables
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def print_tables(tables: Sequence[Table], console: Console) -> None:
    """Print each table with its title above and its note below."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as Grid
    from rich.text import Text

    for table in tables:
        console.print(Text(f"{table.title}  [{table.name}]", style="bold"))
        if table.rows:
            grid = Grid(box=SIMPLE_HEAD, pad_edge=False)
            for place, column in enumerate(table.columns):
                numeric = all(not isinstance(row[place], str) for row in table.rows)
                grid.add_column(column, justify="right" if numeric else "left", overflow="fold")
            for row in table.rows:
                grid.add_row(*(Text(shown(cell)) for cell in row))
            console.print(grid)
        if table.note:
            console.print(Text(table.note, style="dim"))
        console.print()


def to_markdown(table: Table) -> str:
    """The table with its title above and its note below."""
    lines = [f"**{table.title}**", ""]
    if table.rows:
        numeric = [all(not isinstance(row[i], str) for row in table.rows) for i in range(len(table.columns))]
        lines.append(_line(table.columns))
        lines.append(_line(["--:" if right else "---" for right in numeric]))
        lines += [_line([shown(cell) for cell in row]) for row in table.rows]
        lines.append("")
    if table.note:
        lines += [table.note, ""]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

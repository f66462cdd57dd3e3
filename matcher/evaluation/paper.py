"""The paper docs/quality.md: the text of paper.md with the figures of one run.

Directives in the text, in double braces: `version`, `roles`; `table NAME` and `tables PREFIX` for whole
tables, `table NAME | SYSTEM | ...` for some of the rows; `image NAME | CAPTION` for a plot;
`TABLE | ROW | COLUMN` for one figure. What was not measured says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from matcher import __version__
from matcher.evaluation.plots import draw
from matcher.evaluation.report import find, shown, to_markdown
from matcher.evaluation.tables import Table

IMAGES = "images"  # beside the paper
NOT_MEASURED = "(not measured)"
_DIRECTIVE = re.compile(r"\{\{(.+?)\}\}")
_ROLES = re.compile(r"(\d+) roles")


def write_paper(tables: Sequence[Table], path: Path) -> None:
    """Write the paper to `path` and its plots into the folder `images` beside it."""
    plots = draw(tables, path.parent / IMAGES)
    path.write_text(fill(template(), tables, plots), encoding="utf-8")


def template() -> str:
    """The paper's text with its directives."""
    return Path(__file__).with_name("paper.md").read_text("utf-8")


def fill(text: str, tables: Sequence[Table], plots: Mapping[str, str]) -> str:
    """`text` with every directive replaced; `plots` are file names by what they show.

    The tables of a suite that the text does not name at all come at the end.
    """
    placed: set[str] = set()

    def put(found: re.Match[str]) -> str:
        words = found[1].strip()
        verb, _, rest = words.partition(" ")
        if words == "version":
            return __version__
        if words == "roles":
            return _roles(tables)
        if verb == "image":
            name, caption = (part.strip() for part in rest.split("|", 1))
            return f"![{caption}]({IMAGES}/{plots[name]})" if name in plots else NOT_MEASURED
        if verb in ("table", "tables"):
            name, *systems = (part.strip() for part in rest.split("|"))
            placed.add(name.split(".")[0])
            chosen = [t for t in tables if t.name == name or (verb == "tables" and _under(t.name, name))]
            return "\n".join(to_markdown(_only(t, systems)) for t in chosen) or f"{name} {NOT_MEASURED}\n"
        return _figure(tables, *(part.strip() for part in words.split("|")))

    filled = _DIRECTIVE.sub(put, text)
    left = [table for table in tables if table.name.split(".")[0] not in placed]
    if left:
        filled += "\n## Further tables\n" + "\n".join(map(to_markdown, left))
    return re.sub(r"\n{3,}", "\n\n", filled)


def _only(table: Table, systems: Sequence[str]) -> Table:
    """The table with the rows of these systems alone; with all rows when none is named."""
    rows = tuple(row for row in table.rows if not systems or row[0] in systems)
    return replace(table, rows=rows)


def _under(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def _figure(tables: Sequence[Table], name: str, row: str, column: str) -> str:
    """One figure; a table without rows, or one that is not there, was not measured.

    A row or column that a measured table lacks is a mistake in the text: KeyError.
    """
    if not any(table.name == name and table.rows for table in tables):
        return NOT_MEASURED
    return shown(find(tables, name, row, column))


def _roles(tables: Sequence[Table]) -> str:
    """The number of roles that the note of evidence.dev states."""
    notes = [table.note for table in tables if table.name == "evidence.dev"]
    found = _ROLES.search(notes[0]) if notes else None
    return found[1] if found else NOT_MEASURED

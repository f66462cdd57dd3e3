"""Put the tables of a run in the form that was asked for on standard output or in a file."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

from matcher.errors import FileUnavailableError
from matcher.evaluation.report import print_tables, to_json
from matcher.evaluation.tables import Table

WIDTH = 140  # columns of a table in a file or a pipe, where no terminal says how wide it is


def write_tables(tables: Sequence[Table], form: str, output: Path | None) -> None:
    """Write `tables` as "table" or "json" to `output`, or to standard output.

    An `output` whose name ends in .md gets the paper instead, with its plots in the folder images beside it.
    Raises FileUnavailableError when it cannot be written.
    """
    try:
        if output is not None and output.suffix == ".md":
            from matcher.evaluation.paper import write_paper

            write_paper(tables, output)
            return
        text = to_json(tables) if form == "json" else _as_text(tables, output)
        if text and output is not None:
            output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FileUnavailableError(
            f"The result could not be written to {output} ({error.strerror}): choose another place."
        ) from error
    if text and output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()


def _as_text(tables: Sequence[Table], output: Path | None) -> str:
    """The tables as plain text; shown at once, with nothing to write, on a terminal."""
    from rich.console import Console

    if output is None and sys.stdout.isatty():
        print_tables(tables, Console())
        return ""
    console = Console(file=io.StringIO(), width=WIDTH, force_terminal=False, color_system=None)
    print_tables(tables, console)
    assert isinstance(console.file, io.StringIO)
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())

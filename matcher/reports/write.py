"""Put a result in the form that was asked for on standard output or in a file.

Machine-readable forms are UTF-8 bytes on every system, so that the same result is the same file.
"""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.errors import FileUnavailableError
from matcher.types import QuotePictures, Ranking, Resume, Role

if TYPE_CHECKING:
    from rich.console import Console

# Columns of a table in a file or a pipe, where no terminal says how wide it is.
WIDTH = 100


def write_ranking(
    ranking: Ranking,
    form: str,
    output: Path | None = None,
    top: int | None = None,
    pictures: QuotePictures | None = None,
) -> None:
    """Write `ranking` as "table", "json", "html" or "csv" to `output`, or to standard output.

    `top` shows the best candidates only; a table then quotes every qualification of theirs. What is said of
    the pool and the tiers is of all candidates. `pictures` of quotes are for HTML. Raises
    FileUnavailableError when `output` cannot be written.
    """
    if form == "json":
        from matcher.reports.json import to_json

        put(to_json(ranking, top), output)
    elif form == "csv":
        from matcher.reports.csv import to_csv

        put(to_csv(ranking, top), output)
    elif form == "html":
        from matcher.reports.html import to_html

        put(to_html(ranking, top, pictures), output)
    else:
        from matcher.reports.table import print_ranking

        console = new_console(output)
        print_ranking(ranking, console, top)
        finish(console, output)


def write_comparison(
    ranking: Ranking, form: str, output: Path | None = None, pictures: QuotePictures | None = None
) -> None:
    """Write the candidates of `ranking` side by side as "table", "json" or "html".

    `pictures` of quotes are for HTML. Raises FileUnavailableError when `output` cannot be written.
    """
    from matcher.reports.compare import comparison_to_html, comparison_to_json, print_comparison

    if form == "json":
        put(comparison_to_json(ranking), output)
    elif form == "html":
        put(comparison_to_html(ranking, pictures), output)
    else:
        console = new_console(output)
        print_comparison(ranking, console)
        finish(console, output)


def write_role(role: Role, form: str, output: Path | None = None) -> None:
    """Write `role` as "table", or as a role file in "toml" or "json", to `output` or to standard output.

    Raises FileUnavailableError when `output` cannot be written.
    """
    if form in ("json", "toml"):
        from matcher.reports.role_file import role_file_text

        put(role_file_text(role, form), output)
        return
    from matcher.reports.parsed import print_role

    console = new_console(output)
    print_role(role, console)
    finish(console, output)


def write_resume(resume: Resume, form: str, today: date) -> None:
    """Write `resume` as "table" or, in the JSON Resume schema, as "json" to standard output."""
    if form == "json":
        from matcher.reports.json import dumps
        from matcher.resumes import to_json_resume

        put(dumps(to_json_resume(resume, today)), None)
        return
    from matcher.reports.parsed import print_resume

    console = new_console(None)
    print_resume(resume, console)
    finish(console, None)


def new_console(output: Path | None) -> Console:
    """The terminal, or where there is none a plain page of `WIDTH` columns kept in memory."""
    from rich.console import Console

    if output is None and sys.stdout.isatty():
        return Console()
    return Console(file=io.StringIO(), width=WIDTH, force_terminal=False, color_system=None)


def finish(console: Console, output: Path | None) -> None:
    """Write what a console kept in memory; a terminal has shown it already."""
    if isinstance(console.file, io.StringIO):
        lines = console.file.getvalue().splitlines()
        put("".join(f"{line.rstrip()}\n" for line in lines), output)


def put(text: str, output: Path | None = None) -> None:
    """Write a text as UTF-8. Raises FileUnavailableError when `output` cannot be written."""
    data = text.encode("utf-8", "replace")
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise FileUnavailableError(
            f"The result could not be written to {output} ({error.strerror}): choose another place."
        ) from error

"""What the commands share: options, exit codes, and how a command begins, fails and shows progress."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from matcher.errors import MatcherError

if TYPE_CHECKING:
    from matcher.service import Matcher
    from matcher.sources import NamedFile

# What the exit status says; 2 is the command line's own (a wrong option).
EXIT_ERROR = 1  # nothing was ranked
EXIT_REJECTED = 3  # the result is complete but for the resumes it lists as rejected

Model = Annotated[
    str | None,
    typer.Option(help="A sentence-transformers model by name or path, instead of the bundled one."),
]
Today = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help='The date that closes "Present" (default: this day).'),
]

Posting = Annotated[str, typer.Argument(metavar="ROLE", help="A posting or role file, or -.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write the result here.")]
Weights = Annotated[
    Path | None, typer.Option(help="JSON or TOML: qualification id to weight, such as q1 = 2.0.")
]
Blind = Annotated[bool, typer.Option("--blind", help="Show no name, contact, employer, school or file name.")]


@contextmanager
def matcher_for(model: str | None) -> Iterator[Matcher]:
    """A matcher for one command; its errors end the command with their message."""
    from matcher.service import Matcher

    try:
        with Matcher(model=model) as matcher:
            yield matcher
    except MatcherError as error:
        fail(f"{error.message} [{error.code}]")


def fail(message: str) -> NoReturn:
    """End the command with a message."""
    typer.echo(f"matcher: {message}", err=True)
    raise typer.Exit(EXIT_ERROR)


def check_place(output: Path | None) -> None:
    """End the command where the result could not be written: before the work, not after it."""
    if output is not None and not output.parent.is_dir():
        fail(f"The folder {output.parent} does not exist: choose another place for the result.")


def file_of(name: str) -> Path | NamedFile:
    """The file of this name; "-" is standard input."""
    if name != "-":
        return Path(name)
    from matcher.sources import NamedFile

    return NamedFile("-", sys.stdin.buffer.read())


def day_of(today: datetime | None) -> date:
    """The day that was given, or this one."""
    return today.date() if today else date.today()


@contextmanager
def progress_bar(
    total: int | None, what: str = "Reading and comparing"
) -> Iterator[Callable[[int], None] | None]:
    """A progress bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.advance(task, done)

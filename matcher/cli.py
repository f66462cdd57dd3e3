"""The command line: a thin door to `Matcher`. Results on standard output, diagnostics on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from matcher import __version__
from matcher.errors import MatcherError
from matcher.formats import CompareFormat, ParseFormat, RankFormat, RoleFormat

if TYPE_CHECKING:
    from matcher.service import Matcher
    from matcher.sources import NamedFile

# What the exit status says; 2 is the command line's own (a wrong option).
EXIT_ERROR = 1  # nothing was ranked
EXIT_REJECTED = 3  # the result is complete but for the resumes it lists as rejected

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Rank resumes against a role, with the exact words that speak for each qualification. "
    "It never decides about anyone.",
)
parse_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Show what was read from one role or one resume."
)
app.add_typer(parse_app, name="parse")


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


@app.command()
def rank(
    role: Posting,
    resumes: Annotated[
        list[str], typer.Argument(metavar="RESUME...", help="Files, folders (searched recursively), or -.")
    ],
    top: Annotated[int | None, typer.Option(min=1, help="Show the best N only.")] = None,
    format: Annotated[RankFormat, typer.Option(help="table is for terminals.")] = RankFormat.table,
    output: Output = None,
    weights: Weights = None,
    blind: Blind = False,
    today: Today = None,
    model: Model = None,
) -> None:
    """Rank RESUMEs against ROLE and quote the evidence for each qualification.

    Exit status: 0 all were ranked, 3 some could not be read (the result lists them), 1 nothing was ranked.
    """
    from matcher.inputs import expand, read_weights

    with _matcher(model) as matcher:
        if role == "-" and "-" in resumes:
            _fail("Only one of ROLE and RESUME can be standard input.")
        _check_place(output)
        chosen = read_weights(weights) if weights else {}
        files, skipped = expand(resumes)
        if skipped:
            names = ", ".join(sorted(skipped))
            typer.echo(f"Left out of folders: {sum(skipped.values())} files ending in {names}.", err=True)
        if not files:
            _fail("No resume was found: name files, or folders that hold PDF, DOCX, ODT, RTF, HTML, "
                  "Markdown or text files.")  # fmt: skip
        sources = [_file(name) for name in files]
        with _progress(len(sources)) as advance:
            ranking = matcher.rank(_file(role), sources, today=_day(today), weights=chosen, progress=advance)
        from matcher import reports  # earlier, its imports would hold up the reading of files

        shown = reports.blinded(ranking) if blind else ranking
        pictures = None
        if format is RankFormat.html and not blind:
            pictures = matcher.pictures(replace(ranking, reports=ranking.reports[:top]), sources)
        reports.write_ranking(shown, format.value, output, top, pictures)
    for item in ranking.rejected:
        typer.echo(f"Not ranked: {item.source}: {item.message} [{item.code}]", err=True)
    if ranking.rejected:
        raise typer.Exit(EXIT_REJECTED if ranking else EXIT_ERROR)


@app.command()
def compare(
    role: Posting,
    resumes: Annotated[list[str], typer.Argument(metavar="RESUME RESUME...", help="Two finalists or more.")],
    format: Annotated[CompareFormat, typer.Option(help="table is for terminals.")] = CompareFormat.table,
    output: Output = None,
    weights: Weights = None,
    blind: Blind = False,
    today: Today = None,
    model: Model = None,
) -> None:
    """Put finalists side by side, clause by clause, as `rank` judges them.

    Exit status: 0 all were compared, 3 some could not be read, 1 fewer than two could be.
    """
    from matcher import reports
    from matcher.inputs import expand, read_weights

    with _matcher(model) as matcher:
        files, _ = expand(resumes)
        if len(files) < 2 or (role == "-" and "-" in files):
            _fail("Name a role and at least two resumes; only one of them can be standard input.")
        _check_place(output)
        chosen = read_weights(weights) if weights else {}
        sources = [_file(name) for name in files]
        ranking = matcher.rank(_file(role), sources, today=_day(today), weights=chosen)
        for item in ranking.rejected:
            typer.echo(f"Not compared: {item.source}: {item.message} [{item.code}]", err=True)
        if len(ranking) < 2:
            _fail("Fewer than two resumes could be read: there is nothing to compare.")
        pictures = matcher.pictures(ranking, sources) if format is CompareFormat.html and not blind else None
        shown = reports.blinded(ranking) if blind else ranking
        reports.write_comparison(shown, format.value, output, pictures)
    if ranking.rejected:
        raise typer.Exit(EXIT_REJECTED)


@parse_app.command("resume")
def parse_resume(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A resume, or - for standard input.")],
    format: Annotated[ParseFormat, typer.Option(help="json is JSON Resume.")] = ParseFormat.table,
    today: Today = None,
) -> None:
    """Show what was read from a resume: sections, positions, education, skills, and what was set aside."""
    from matcher import reports

    with _matcher(None) as matcher:
        reports.write_resume(matcher.read_resume(_file(file)), format.value, _day(today))


@parse_app.command("role")
def parse_role(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A posting, a role file, or - for standard input.")
    ],
    format: Annotated[
        RoleFormat | None,
        typer.Option(help="toml and json are role files: correct one and rank with it."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write here; .toml and .json are role files.")
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Correct it in $EDITOR; writes a role file.")] = False,
) -> None:
    """Show what was read from a posting: qualifications, their kinds and constraints, and the terms."""
    from matcher.editing import edit_role, form_of
    from matcher.reports import write_role

    def again(message: str) -> bool:
        typer.echo(message, err=True)
        return sys.stdin.isatty() and typer.confirm("Go back to the editor?", default=True, err=True)

    with _matcher(None) as matcher:
        if edit:
            typer.echo(edit_role(matcher, _file(file), format, output, again), err=True)
        else:
            write_role(matcher.read_role(_file(file)), form_of(format, output), output)


@app.command()
def evaluate(
    suite: Annotated[
        str, typer.Option(help="evidence, quotes, ranking, judgement, parsing, invariance, or all.")
    ] = "all",
    data: Annotated[
        Path | None, typer.Option(help="A folder of graded data that is not in the repository.")
    ] = None,
    format: Annotated[ParseFormat, typer.Option(help="How to write the tables.")] = ParseFormat.table,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Write here; a name in .md gets the paper with its plots."),
    ] = None,
) -> None:
    """Measure how good it is, beside baselines. Needs a checkout and the extra `evaluation`."""
    from matcher.evaluation.run import chosen, run_suites
    from matcher.evaluation.write import write_tables

    try:
        names = chosen(suite)
        _check_place(output)
        if data is not None and not data.is_dir():
            _fail(f"The folder {data} does not exist: name the folder of the graded data.")
        tables = run_suites(names, data, lambda name: typer.echo(f"Measuring: {name}", err=True))
        write_tables(tables, format.value, output)
    except MatcherError as error:
        _fail(f"{error.message} [{error.code}]")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"matcher {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    del version


# --------------------------------------------------------------------------- helpers


@contextmanager
def _matcher(model: str | None) -> Iterator[Matcher]:
    """A matcher for one command; its errors end the command with their message."""
    from matcher.service import Matcher

    try:
        with Matcher(model=model) as matcher:
            yield matcher
    except MatcherError as error:
        _fail(f"{error.message} [{error.code}]")


def _fail(message: str) -> NoReturn:
    typer.echo(f"matcher: {message}", err=True)
    raise typer.Exit(EXIT_ERROR)


def _check_place(output: Path | None) -> None:
    """End the command where the result could not be written: before the work, not after it."""
    if output is not None and not output.parent.is_dir():
        _fail(f"The folder {output.parent} does not exist: choose another place for the result.")


def _file(name: str) -> Path | NamedFile:
    if name != "-":
        return Path(name)
    from matcher.sources import NamedFile

    return NamedFile("-", sys.stdin.buffer.read())


def _day(today: datetime | None) -> date:
    return today.date() if today else date.today()


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None] | None]:
    """A progress bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Reading and comparing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.advance(task, done)


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()

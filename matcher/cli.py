"""The command line: a thin door to `Matcher`. Results on standard output, diagnostics on standard error."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from matcher import __version__, corpus_cli, serve_cli
from matcher.command import (
    EXIT_ERROR,
    EXIT_REJECTED,
    Blind,
    Model,
    Output,
    Posting,
    Today,
    Weights,
    check_place,
    day_of,
    fail,
    file_of,
    matcher_for,
    progress_bar,
)
from matcher.errors import MatcherError
from matcher.formats import CompareFormat, ParseFormat, RankFormat, RoleFormat

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


@app.command()
def rank(
    role: Posting,
    resumes: Annotated[
        list[str], typer.Argument(metavar="RESUME", help="Files, folders (searched recursively), or -.")
    ],
    top: Annotated[int | None, typer.Option(min=1, help="Show the best N only.")] = None,
    format: Annotated[RankFormat, typer.Option(help="table is for terminals.")] = RankFormat.table,
    output: Output = None,
    weights: Weights = None,
    blind: Blind = False,
    today: Today = None,
    model: Model = None,
) -> None:
    """Rank RESUMEs against ROLE, with the quotes behind it.

    Exit status: 0 all were ranked, 3 some could not be read (the result lists them), 1 nothing was ranked.
    """
    from matcher.inputs import expand, read_weights

    with matcher_for(model) as matcher:
        if role == "-" and "-" in resumes:
            fail("Only one of ROLE and RESUME can be standard input.")
        check_place(output)
        chosen = read_weights(weights) if weights else {}
        files, skipped = expand(resumes)
        if skipped:
            names = ", ".join(sorted(skipped))
            typer.echo(f"Left out of folders: {sum(skipped.values())} files ending in {names}.", err=True)
        if not files:
            fail("No resume was found: name files, or folders that hold PDF, DOCX, ODT, RTF, HTML, "
                  "Markdown or text files.")  # fmt: skip
        sources = [file_of(name) for name in files]
        with progress_bar(len(sources)) as advance:
            ranking = matcher.rank(
                file_of(role), sources, today=day_of(today), weights=chosen, progress=advance
            )
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
    resumes: Annotated[list[str], typer.Argument(metavar="RESUME", help="Two finalists or more.")],
    format: Annotated[CompareFormat, typer.Option(help="table is for terminals.")] = CompareFormat.table,
    output: Output = None,
    weights: Weights = None,
    blind: Blind = False,
    today: Today = None,
    model: Model = None,
) -> None:
    """Put finalists side by side, clause by clause.

    Each is judged as by `rank`.

    Exit status: 0 all were compared, 3 some could not be read, 1 fewer than two could be.
    """
    from matcher import reports
    from matcher.inputs import expand, read_weights

    with matcher_for(model) as matcher:
        files, _ = expand(resumes)
        if len(files) < 2 or (role == "-" and "-" in files):
            fail("Name a role and at least two resumes; only one of them can be standard input.")
        check_place(output)
        chosen = read_weights(weights) if weights else {}
        sources = [file_of(name) for name in files]
        ranking = matcher.rank(file_of(role), sources, today=day_of(today), weights=chosen)
        for item in ranking.rejected:
            typer.echo(f"Not compared: {item.source}: {item.message} [{item.code}]", err=True)
        if len(ranking) < 2:
            fail("Fewer than two resumes could be read: there is nothing to compare.")
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

    with matcher_for(None) as matcher:
        reports.write_resume(matcher.read_resume(file_of(file)), format.value, day_of(today))


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

    with matcher_for(None) as matcher:
        if edit:
            typer.echo(edit_role(matcher, file_of(file), format, output, again), err=True)
        else:
            write_role(matcher.read_role(file_of(file)), form_of(format, output), output)


# Help lists commands in this order.
corpus_cli.register(app)
serve_cli.register(app)


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
    """Measure how good it is, beside baselines.

    Needs a checkout and the extra `evaluation`.
    """
    from matcher.evaluation.run import chosen, run_suites
    from matcher.evaluation.write import write_tables

    try:
        names = chosen(suite)
        check_place(output)
        if data is not None and not data.is_dir():
            fail(f"The folder {data} does not exist: name the folder of the graded data.")
        tables = run_suites(names, data, lambda name: typer.echo(f"Measuring: {name}", err=True))
        write_tables(tables, format.value, output)
    except MatcherError as error:
        fail(f"{error.message} [{error.code}]")


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


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()

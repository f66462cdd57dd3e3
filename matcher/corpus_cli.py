"""The commands of a corpus: a thin door to `Corpus`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.command import (
    EXIT_ERROR,
    EXIT_REJECTED,
    Blind,
    Model,
    Output,
    Today,
    Weights,
    check_place,
    day_of,
    fail,
    file_of,
    progress_bar,
)
from matcher.corpus_command import Form, Place, Tenant, Where, entry, noted_files, opened_corpus
from matcher.errors import NotInCorpusError
from matcher.formats import DataFormat, RankFormat
from matcher.people_cli import people, retention
from matcher.roles_cli import applications, roles

if TYPE_CHECKING:
    from matcher.corpus import Corpus
    from matcher.sources import Source
    from matcher.types import Ranking, Rejected
    from matcher.types.corpus import RoleRevision
    from matcher.types.found import Ingestion


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (ingest, search, show, erase, stats, reindex, doctor):
        app.command()(command)
    app.command("export")(export_lines)
    app.command("import")(import_lines)
    app.add_typer(people, name="people")
    app.add_typer(roles, name="roles")
    app.add_typer(applications, name="applications")
    app.add_typer(retention, name="retention")


def ingest(
    resumes: Annotated[
        list[str], typer.Argument(metavar="RESUME", help="Files, folders, zip archives, or -.")
    ],
    tag: Annotated[list[str] | None, typer.Option("--tag", help="Tag the people; may be repeated.")] = None,
    source: Annotated[str | None, typer.Option(help="Where the resumes come from.")] = None,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
    model: Model = None,
) -> None:
    """Take RESUMEs into the corpus.

    Known files are passed over, so it goes on where it was stopped.

    Exit status: 0 all are in, 3 some could not be read, 1 none could.
    """
    from matcher.corpus import resume_files
    from matcher.reports import corpus as written

    with (
        opened_corpus(corpus, tenant, model, begins=True) as opened,
        noted_files(opened, "Taking in", tagged=bool(tag)) as settled,
    ):
        sources = resume_files(resumes, opened.matcher.settings.limits)
        result = opened.ingest(sources, tags=tag or (), source=source, progress=settled)
    written.write_ingestion(result, format.value)
    if not result.taken and not result.rejected:
        fail("No resume was found: name files, archives, or folders that hold PDF, DOCX, ODT, RTF, HTML, "
             "Markdown or text files.")  # fmt: skip
    _end_of_intake(result)


def search(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="What to look for, in words.")] = None,
    role: Annotated[
        str | None,
        typer.Option(
            help="A posting or role file, or the id of a role that is kept: rank people against it."
        ),
    ] = None,
    where: Where = None,
    top: Annotated[int, typer.Option(min=1, help="Show the best N only.")] = 10,
    format: Annotated[RankFormat, typer.Option(help="html and csv are for roles.")] = RankFormat.table,
    output: Output = None,
    weights: Weights = None,
    blind: Blind = False,
    today: Today = None,
    corpus: Place = None,
    tenant: Tenant = "default",
    model: Model = None,
) -> None:
    """Find people by TEXT, or rank everyone with --role.

    By text: people with the quotes that answer it. By role: the report of `rank`.
    """
    from matcher import reports
    from matcher.inputs import read_weights
    from matcher.reports import corpus as written

    if (text is None) == (role is None):
        fail("Give a text to look for, or --role and a posting.")
    check_place(output)
    day = day_of(today)
    if text is not None:
        if format in (RankFormat.html, RankFormat.csv) or blind or weights:
            fail(
                "A search by text is written as table or json; html, csv, --blind and --weights need --role."
            )
        with opened_corpus(corpus, tenant, model) as opened:
            found = opened.search(text, where=where, top=top, today=day)
        written.write_found(found, format.value, output)
        return
    assert role is not None
    with opened_corpus(corpus, tenant, model) as opened:
        chosen = read_weights(weights) if weights else {}
        ranking = opened.rank(_role(opened, role), where=where, top=top, today=day, weights=chosen)
        shown = reports.blinded(ranking) if blind else ranking
        pictures = None
        if format is RankFormat.html and not blind:
            first: Ranking = replace(ranking, reports=ranking.reports[:top])
            pictures = opened.matcher.pictures(first, opened.originals(first))
        reports.write_ranking(shown, format.value, output, top, pictures)


def show(
    person: Annotated[str, typer.Argument(metavar="ID", help="A person's id, e-mail address, or name.")],
    format: Form = DataFormat.table,
    today: Today = None,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Show a person and what was read of them.

    Which of their resumes are kept, and what the newest says; a name may list several people.
    """
    from matcher.reports import corpus as written
    from matcher.reports import records

    with opened_corpus(corpus, tenant, None) as opened:
        found = []
        with suppress(NotInCorpusError):
            found = [opened.person(person)]
        found = found or opened.find(person)
        if not found:
            fail("The corpus has nobody with this id, e-mail address or name. [not_in_corpus]")
        if len(found) > 1:
            records.write_people(found, format.value)
            return
        kept = opened.store.resumes.revisions(found[0].id)
        written.write_person(found[0], opened.resume(found[0]), kept, format.value, day_of(today))


def erase(
    person: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of people.")],
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
    model: Model = None,
) -> None:
    """Erase people with all that is known of them.

    The receipt says what was taken away, and what remains where.
    """
    from matcher.reports import corpus as written

    with opened_corpus(corpus, tenant, model) as opened:
        receipt = opened.erase(person, entry("candidate.erased", "candidate", ""))
    written.write_receipt(receipt, format.value)


def stats(
    format: Form = DataFormat.table, corpus: Place = None, tenant: Tenant = "default", model: Model = None
) -> None:
    """Show how much the corpus holds and how it is searched."""
    from matcher.reports import corpus as written

    with opened_corpus(corpus, tenant, model) as opened:
        written.write_state(opened.state(), format.value)


def reindex(
    drop_others: Annotated[
        bool, typer.Option("--drop-others", help="Forget the vectors of every other model.")
    ] = False,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
    model: Model = None,
) -> None:
    """Bring the corpus to this version and model.

    Reads again what another version read, encodes what has no vector of the model, builds the index anew.

    Everybody goes on searching meanwhile. One that was stopped goes on where it was.
    Exit status: 0 all was read, 3 some files could not be: what was read of them before stays.
    """
    from matcher.reports import corpus as written

    with opened_corpus(corpus, tenant, model) as opened, progress_bar(None, "Reading again") as advance:
        done = opened.reindex(drop_others=drop_others, progress=advance)
    written.write_reindexed(done, format.value)
    _list_rejected("Not read again", done.rejected)
    if done.rejected:
        raise typer.Exit(EXIT_REJECTED)


def doctor(
    format: Form = DataFormat.table, corpus: Place = None, tenant: Tenant = "default", model: Model = None
) -> None:
    """Check that the corpus is whole and its index agrees.

    Exit status 1 when something is wrong.
    """
    from matcher.reports import corpus as written

    with opened_corpus(corpus, tenant, model) as opened:
        problems = opened.doctor()
    written.write_problems(problems, format.value)
    if not all(each.harmless for each in problems):
        raise typer.Exit(EXIT_ERROR)


def export_lines(
    output: Output = None, format: Form = DataFormat.table, corpus: Place = None, tenant: Tenant = "default"
) -> None:
    """Write the corpus as JSON Lines.

    Every file, and what was read from it: it is personal data.

    --format is for what is said of a file that was written. One that is there gives way to a whole one only.
    """
    from matcher.reports import corpus as written

    check_place(output)
    with opened_corpus(corpus, tenant, None) as opened:
        written.write_lines(opened.export(), output, format.value)


def import_lines(
    file: Annotated[str, typer.Argument(metavar="FILE", help="What export wrote, or -.")],
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
    model: Model = None,
) -> None:
    """Take in what `export` wrote.

    Its files are parsed again.
    """
    from matcher.inputs import read_lines
    from matcher.reports import corpus as written

    with (
        opened_corpus(corpus, tenant, model, begins=True) as opened,
        noted_files(opened, "Taking in") as settled,
    ):
        result = opened.restore(read_lines(file), settled)
    written.write_ingestion(result, format.value)
    _end_of_intake(result)


def _role(opened: Corpus, name: str) -> Source | RoleRevision:
    """The file of this name, else the role that the corpus keeps under it."""
    if name == "-" or Path(name).exists():
        return file_of(name)
    try:
        return opened.roles.named(name)
    except NotInCorpusError:
        fail(f"There is no file {name[:200]}, and the corpus has no such role. [not_in_corpus]")


def _end_of_intake(result: Ingestion) -> None:
    _list_rejected("Not taken in", result.rejected)
    if result.rejected:
        raise typer.Exit(EXIT_REJECTED if result.taken else EXIT_ERROR)


def _list_rejected(what: str, rejected: Sequence[Rejected]) -> None:
    for item in rejected:
        typer.echo(f"{what}: {item.source}: {item.message} [{item.code}]", err=True)

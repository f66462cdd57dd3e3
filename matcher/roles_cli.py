"""The commands about the roles that a corpus keeps, and who applied to them: a thin door to `Corpus`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from matcher.command import Model, check_place, file_of
from matcher.corpus_command import (
    After,
    Form,
    Key,
    Limit,
    Place,
    System,
    Tenant,
    entry,
    external_of,
    note,
    opened_corpus,
)
from matcher.formats import DataFormat, RoleFormat

roles = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Keep roles, in revisions that never change."
)
applications = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Who applied to which role, and the stage that is at."
)

RoleName = Annotated[str, typer.Argument(metavar="ROLE", help="A role's id; ID@2 is its second revision.")]
Application = Annotated[str, typer.Argument(metavar="ID", help="An application's id.")]


@roles.command("add")
def add_role(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A posting or role file, or -.")],
    revises: Annotated[
        str | None,
        typer.Option("--revises", metavar="ROLE", help="Keep it as the next revision of a role."),
    ] = None,
    system: System = None,
    key: Key = None,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
    model: Model = None,
) -> None:
    """Keep a role. Search with `search --role ID`; reports name the revision."""
    from matcher.reports import records as written

    with opened_corpus(corpus, tenant, model, begins=True) as opened:
        kept = opened.roles.add(file_of(file), revises, external_of(system, key))
        note(opened.store, "role.replaced" if revises else "role.created", "role", kept.role_id)
    written.write_roles([kept], format.value)


@roles.command("list")
def list_roles(
    limit: Limit = 50,
    after: After = None,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """List the newest revision of each role, in the order of their ids."""
    from matcher.reports import records as written

    with opened_corpus(corpus, tenant) as opened:
        written.write_roles(opened.roles.page(limit=limit, after=after), format.value)


@roles.command("show")
def show_role(
    role: RoleName,
    format: Annotated[
        RoleFormat | None,
        typer.Option(help="toml and json are role files: correct one and add it with --revises."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write here; .toml and .json are role files.")
    ] = None,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Show what a role asks."""
    from matcher.editing import form_of
    from matcher.reports import write_role

    check_place(output)
    with opened_corpus(corpus, tenant) as opened:
        write_role(opened.roles.named(role).role, form_of(format, output), output)


@roles.command("remove")
def remove_role(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="A role's id.")],
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Delete a role with its revisions and applications."""
    from matcher.reports import records as written

    with opened_corpus(corpus, tenant) as opened:
        gone = opened.roles.remove(role, entry("role.deleted", "role", role))
    written.write_removed("role", format.value, applications=gone)


@applications.command("add")
def add_application(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="A person's id.")],
    role: RoleName,
    stage: Annotated[str, typer.Option(help="Where it stands.")] = "applied",
    system: System = None,
    key: Key = None,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Tie a person to a revision of a role."""
    from matcher.reports import records as written

    with opened_corpus(corpus, tenant) as opened:
        made = opened.applications.add(person, role, stage, external_of(system, key))
        note(opened.store, "application.created", "candidate", made.candidate)
    written.write_applications([made], format.value)


@applications.command("list")
def list_applications(
    person: Annotated[str | None, typer.Option(help="Those of this person.")] = None,
    role: Annotated[str | None, typer.Option(help="Those to this role; ID@2 is its second revision.")] = None,
    limit: Limit = 50,
    after: After = None,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """List applications, in the order of their ids."""
    from matcher.reports import records as written

    with opened_corpus(corpus, tenant) as opened:
        found = opened.applications.page(person, role, limit=limit, after=after)
    written.write_applications(found, format.value)


@applications.command()
def move(
    application: Application,
    stage: Annotated[str, typer.Argument(metavar="STAGE", help="Where it stands now.")],
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Put an application into another stage."""
    from matcher.reports import records as written

    with opened_corpus(corpus, tenant) as opened:
        moved = opened.applications.change(application, stage)
        note(opened.store, "application.moved", "candidate", moved.candidate)
    written.write_applications([moved], format.value)


@applications.command("remove")
def remove_application(
    application: Application,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Delete an application."""
    from matcher.reports import records as written

    with opened_corpus(corpus, tenant) as opened:
        found = opened.applications.get(application)
        opened.applications.remove(application)
        note(opened.store, "application.deleted", "candidate", found.candidate)
    written.write_removed("application", format.value)

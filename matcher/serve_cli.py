"""The commands of the service: `matcher serve`, `matcher keys` and `matcher audit`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.command import Model, Output, check_place, fail
from matcher.corpus_command import note
from matcher.errors import MatcherError
from matcher.formats import DataFormat

if TYPE_CHECKING:
    from matcher.store import Store

Place = Annotated[
    str | None,
    typer.Option("--corpus", envvar="MATCHER_CORPUS", help="A folder, or postgresql://... (default: yours)."),
]
Tenant = Annotated[str, typer.Option(help="Whose key it is.")]
Form = Annotated[DataFormat, typer.Option(help="table is for terminals.")]
KeyId = Annotated[
    str, typer.Argument(metavar="KEY", help="The id of a key, as `matcher keys list` shows it.")
]

keys_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Make and revoke keys of the service."
)
audit_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Who read or wrote whose data.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(serve)
    app.add_typer(keys_app, name="keys")
    app.add_typer(audit_app, name="audit")


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="The port; 0 takes a free one.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer requests.")] = 1,
    corpus: Place = None,
    model: Model = None,
) -> None:
    """Serve the HTTP API.

    docs/ats-integration.md leads through it. A process beside it does the slow work.

    Further settings are read from the environment: MATCHER_<NAME>, see docs/service.md.
    """
    try:
        from api import environment

        environment.prepare()  # before NumPy is loaded, which the next line does
        from api.main import serve as run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("api", "matcher"):
            raise  # the package is broken, and no extra mends it
        fail("The service is not installed: pip install 'matcher[service]'. [missing_extra]")
    if corpus is not None:
        os.environ["MATCHER_CORPUS"] = corpus
    if model is not None:
        os.environ["MATCHER_MODEL"] = model
    try:
        raise typer.Exit(run(host, port, workers))
    except MatcherError as error:
        fail(f"{error.message} [{error.code}]")


@keys_app.command("make")
def make_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who will use it, such as greenhouse.")],
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="read, write, erase or admin; may be repeated.")
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Until it expires (default: never).")] = None,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Make a key and show it, this once; only its hash is kept. Without --scope it may read and write."""
    from matcher.reports import keys as written
    from matcher.types.service import Scope

    known = {each.value for each in Scope}
    asked = scope or ["read", "write"]
    for each in asked:
        if each not in known:
            fail(f"{each!r} is no scope: read, write, erase or admin.")
    now = datetime.now(UTC)
    expires = None if days is None else now + timedelta(days=days)
    with _store(corpus, tenant) as store:
        key, shown = store.keys.make(name, [Scope(each) for each in asked], now, expires)
        note(store, "key.made", "key", key.id)
    written.write_made(key, shown, format.value)


@keys_app.command("list")
def list_keys(format: Form = DataFormat.table, corpus: Place = None, tenant: Tenant = "default") -> None:
    """List the keys of a tenant: never their secrets."""
    from matcher.reports import keys as written

    with _store(corpus, tenant) as store:
        found = store.keys.all()
    written.write_keys(found, format.value)


@keys_app.command("rotate")
def rotate_key(
    key: KeyId,
    keep_hours: Annotated[float, typer.Option(min=0, help="How long the old key still opens.")] = 24.0,
    format: Form = DataFormat.table,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Make a key like KEY, which ends some hours from now."""
    from matcher.reports import keys as written

    with _store(corpus, tenant) as store:
        made, shown = store.keys.rotate(key, datetime.now(UTC), timedelta(hours=keep_hours))
        note(store, "key.rotated", "key", key, made.id)
    written.write_made(made, shown, format.value)


@keys_app.command("revoke")
def revoke_key(
    key: KeyId, format: Form = DataFormat.table, corpus: Place = None, tenant: Tenant = "default"
) -> None:
    """Take KEY back at once."""
    from matcher.reports import keys as written

    with _store(corpus, tenant) as store:
        revoked = store.keys.revoke(key, datetime.now(UTC))
        note(store, "key.revoked", "key", revoked.id)
    written.write_keys([revoked], format.value)


@audit_app.command("export")
def export_audit(
    since: Annotated[
        datetime | None, typer.Option(help="Only what happened then (UTC) or later, such as 2026-01-31.")
    ] = None,
    subject: Annotated[str | None, typer.Option(help="Only what was done to this id.")] = None,
    output: Output = None,
    corpus: Place = None,
    tenant: Tenant = "default",
) -> None:
    """Write the audit log of a tenant as JSON Lines: ids and times, no text of anybody."""
    from matcher.reports.audit import write_audit

    check_place(output)
    with _store(corpus, tenant) as store:
        write_audit(
            store.audit.entries(None if since is None else since.replace(tzinfo=UTC), subject), output
        )


@contextmanager
def _store(where: str | None, tenant: str) -> Iterator[Store]:
    from matcher.corpus import open_corpus

    try:
        with open_corpus(where, tenant=tenant) as corpus:
            yield corpus.store
    except MatcherError as error:
        fail(f"{error.message} [{error.code}]")

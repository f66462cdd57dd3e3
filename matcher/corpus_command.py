"""What the commands of a corpus share: their options, how one is opened, and how progress is shown."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.command import fail, matcher_for, progress_bar
from matcher.formats import DataFormat

if TYPE_CHECKING:
    from matcher.corpus import Corpus
    from matcher.store import Store
    from matcher.types import Rejected
    from matcher.types.corpus import ExternalId
    from matcher.types.found import Taken
    from matcher.types.service import AuditEntry

Where = Annotated[
    str | None,
    typer.Option(
        "--where", help='Filters, such as: months>=24 degree>=bachelor tag:x "site reliability" AND go.'
    ),
]
Place = Annotated[
    str | None,
    typer.Option(
        "--corpus",
        envvar="MATCHER_CORPUS",
        help="A folder, or postgresql://... (default: a folder of yours).",
    ),
]
Tenant = Annotated[str, typer.Option(help="Whose part of the corpus.")]
Form = Annotated[DataFormat, typer.Option(help="table is for terminals.")]
Limit = Annotated[int, typer.Option(min=1, help="List at most N.")]
After = Annotated[str | None, typer.Option(help="Go on behind this id: the last of the list before.")]
System = Annotated[str | None, typer.Option(help="Another system, such as an ATS, with --key.")]
Key = Annotated[str | None, typer.Option(help="Its id there.")]


def external_of(system: str | None, key: str | None) -> ExternalId | None:
    """What another system calls something, None where neither is given."""
    if (system is None) != (key is None):
        fail("--system and --key belong together: give both.")
    if system is None or key is None:
        return None
    from matcher.types.corpus import ExternalId

    return ExternalId(system, key)


@contextmanager
def opened_corpus(
    where: str | None, tenant: str, model: str | None = None, *, begins: bool = False
) -> Iterator[Corpus]:
    """The corpus for one command; its errors end the command with their message. One that is not there is
    begun by a command that `begins` one; to others a wrong name must not look like a corpus of nobody."""
    with matcher_for(model) as matcher:
        from matcher.corpus import unbegun

        if not begins and (folder := unbegun(where)):
            fail(f"There is no corpus in {folder}: `matcher ingest` and `matcher import` begin one, --corpus "
                 "and MATCHER_CORPUS name another. [corpus_unavailable]")  # fmt: skip
        with matcher.corpus(where, tenant) as opened:
            yield opened


# Lines of the audit log about people who are taken in that are written together: each commit waits for the
# disk.
_LINES_AT_ONCE = 50

# What the lines of the audit log that one command writes have in common, as those of one request have.
_COMMAND = str(uuid.uuid4())


def entry(action: str, kind: str, subject: str) -> AuditEntry:
    """A line of the audit log, for what is written together with what it tells of. Who ran the command is
    told by the number of their account, where there are such."""
    from matcher.types.service import AuditEntry

    actor = f"command:{os.getuid()}" if hasattr(os, "getuid") else "command"
    return AuditEntry(datetime.now(UTC), actor, action, kind, subject, _COMMAND)


def note(store: Store, action: str, kind: str, *subjects: str) -> None:
    """Write down what a command did to whom, as the service does for its routes. Every command that writes or
    deletes something calls this, or hands `entry` to what does it."""
    store.audit.add([entry(action, kind, subject) for subject in subjects])


@contextmanager
def noted_files(
    opened: Corpus, what: str, tagged: bool = False
) -> Iterator[Callable[[Taken | Rejected], None]]:
    """Notes each resume that is taken in, some at a time, once they are, and counts files on a terminal. A
    file that was known is noted where its person is `tagged`."""
    from matcher.types import Rejected
    from matcher.types.corpus import Outcome

    lines: list[AuditEntry] = []

    def write() -> None:
        opened.store.audit.add(lines)
        lines.clear()

    with progress_bar(None, what) as advance:

        def settled(item: Taken | Rejected) -> None:
            if not isinstance(item, Rejected) and (tagged or item.outcome is not Outcome.UNCHANGED):
                lines.append(entry(f"candidate.{item.outcome.value}", "candidate", item.candidate))
            if len(lines) >= _LINES_AT_ONCE:
                write()
            if advance is not None:
                advance(1)

        try:
            yield settled
        finally:
            write()

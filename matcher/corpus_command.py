"""What the commands of a corpus share: their options, how one is opened, and how progress is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from matcher.command import fail, matcher_for, progress_bar
from matcher.formats import DataFormat

if TYPE_CHECKING:
    from matcher.corpus import Corpus
    from matcher.types import Rejected
    from matcher.types.corpus import ExternalId
    from matcher.types.found import Taken

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
def opened_corpus(where: str | None, tenant: str, model: str | None = None) -> Iterator[Corpus]:
    """The corpus for one command; its errors end the command with their message."""
    with matcher_for(model) as matcher, matcher.corpus(where, tenant) as opened:
        yield opened


@contextmanager
def counted_files(what: str) -> Iterator[Callable[[Taken | Rejected], None] | None]:
    """A count of files on a terminal, nothing in a pipe."""
    with progress_bar(None, what) as advance:
        yield None if advance is None else lambda _: advance(1)

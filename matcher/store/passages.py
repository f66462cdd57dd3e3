"""Snippets as they stand in their files: what a search by text quotes of the people it found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from matcher.store.codec import document_from
from matcher.store.database import Work
from matcher.store.listed import among
from matcher.store.schema import contents, snippets
from matcher.store.tenancy import prepared
from matcher.types import Document, Place, SectionKind, Span

_SNIPPETS = prepared(
    sa.select(
        snippets.c.id,
        snippets.c.revision,
        snippets.c.start,
        snippets.c.end,
        snippets.c.section,
        snippets.c.masked,
    ).where(among(snippets.c.id, "ids"))
)
_CONTENTS = prepared(
    sa.select(contents.c.revision, contents.c.resume).where(among(contents.c.revision, "ids"))
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A snippet: verbatim and masked text, its section, and page and box of each line of it."""

    text: str
    masked: str
    section: SectionKind
    places: tuple[Place, ...]


def read_passages(work: Work, ids: Sequence[int]) -> dict[int, Passage]:
    """The passages of snippets of newest revisions; ids that are not there are passed over.

    Of each resume only the document is decoded: making the rest of it takes five times as long.
    """
    found: dict[int, Passage] = {}
    rows = work.rows(_SNIPPETS, {"ids": ids})
    held = work.rows(_CONTENTS, {"ids": {row.revision for row in rows}})
    documents: dict[int, Document] = {row.revision: document_from(row.resume) for row in held}
    for row in rows:
        if row.revision in documents:
            span, document = Span(row.start, row.end), documents[row.revision]
            found[row.id] = Passage(
                text=document.text[span.start : span.end],
                masked=row.masked,
                section=SectionKind(row.section),
                places=document.places(span),
            )
    return found

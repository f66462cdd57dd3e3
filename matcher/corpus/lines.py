"""A corpus as JSON Lines and back: docs/corpus.md says what each line holds.

The file that each resume was read from is the truth: importing parses it again. What stands beside it (JSON
Resume, the text, where the quotable pieces are) is for other software.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from matcher import __version__
from matcher.corpus.intake import Labels
from matcher.errors import InputError, NotInCorpusError
from matcher.resumes import to_json_resume
from matcher.sources import NamedFile
from matcher.store import Store
from matcher.types import Rejected, Resume
from matcher.types.corpus import Candidate, ExternalId, Revision
from matcher.types.found import Ingestion, Taken

if TYPE_CHECKING:
    from matcher.corpus.corpus import Corpus

SCHEMA = "matcher.corpus/1"
IMPORTED = "matcher"  # the system whose keys are ids that people had in the corpus of an export

_PEOPLE_AT_ONCE = 200


def exported(store: Store) -> Iterator[str]:
    """A line that names the schema, then one for each revision of each person, the oldest first."""
    yield _line({"schema": SCHEMA, "engine": __version__})
    after = None
    while people := store.people.page(limit=_PEOPLE_AT_ONCE, after=after):
        for person in people:
            revisions = store.resumes.revisions(person.id)
            for revision in sorted(revisions, key=lambda each: (each.received, each.newest, each.number)):
                try:
                    yield _line(_revision(store, person, revision))
                except NotInCorpusError:
                    continue  # erased meanwhile
        after = people[-1].id


def _revision(store: Store, person: Candidate, revision: Revision) -> dict[str, object]:
    stored = store.resumes.read([revision.id]).get(revision.id)
    if stored is None:
        raise NotInCorpusError
    return {
        "candidate": person.id,
        "number": revision.number,
        "newest": revision.newest,
        "received": revision.received.isoformat(),
        "source": revision.source,
        "tags": list(person.tags),
        "external_ids": [{"system": each.system, "key": each.key} for each in person.external_ids],
        "file_name": store.resumes.file_name(revision.id),
        "media_type": revision.media_type,
        "sha256": revision.sha256,
        "file": base64.b64encode(store.resumes.file(revision.id)).decode("ascii"),
        "engine": revision.engine,
        "resume": to_json_resume(stored.resume, revision.received.date()),
        "text": stored.resume.document.text,
        "snippets": _snippets(stored.resume),
    }


def _snippets(resume: Resume) -> list[dict[str, object]]:
    return [
        {
            "start": snippet.span.start,
            "end": snippet.span.end,
            "section": str(snippet.section),
            "position": snippet.position,
            "masked": snippet.masked,
        }
        for snippet in resume.snippets
    ]


def _line(fields: dict[str, object]) -> str:
    # A lone surrogate, which JSON may carry and UTF-8 may not, is written as an escape.
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":")) + "\n"


def imported(
    corpus: Corpus, lines: Iterable[str | bytes], progress: Callable[[Taken | Rejected], None] | None
) -> Ingestion:
    """Take in the files of the lines as the people they were of."""
    return corpus.take(_files(lines), progress)


def _files(lines: Iterable[str | bytes]) -> Iterator[tuple[NamedFile, Labels]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
            if number == 1 and "schema" in fields:
                if fields["schema"] != SCHEMA:
                    raise InputError(
                        f"The file says that it is {str(fields['schema'])[:40]!r}; {SCHEMA!r} is read here."
                    )
                continue
            yield _file(fields)
        except (ValueError, KeyError, TypeError, binascii.Error):
            raise InputError(
                f"Line {number} is none that `matcher export` writes: see docs/corpus.md. The lines "
                "before it have been taken in."
            ) from None


def _file(fields: dict[str, object]) -> tuple[NamedFile, Labels]:
    source, name, tags, keys = (fields[key] for key in ("source", "file_name", "tags", "external_ids"))
    if not isinstance(tags, list) or not isinstance(keys, list):
        raise TypeError
    labels = Labels(
        source=None if source is None else str(source),
        tags=tuple(map(str, tags)),
        external=ExternalId(IMPORTED, str(fields["candidate"])),
        others=tuple(ExternalId(str(each["system"]), str(each["key"])) for each in keys),
        received=datetime.fromisoformat(str(fields["received"])),
    )
    data = base64.b64decode(str(fields["file"]), validate=True)
    return NamedFile(str(name) if name is not None else str(fields["sha256"]), data), labels

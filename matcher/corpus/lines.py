"""A corpus as JSON Lines: docs/corpus.md says what each line holds, restoring.py reads them.

The file that each resume was read from is the truth: importing parses it again. What stands beside it (JSON
Resume, the text, where the quotable pieces are) is for other software.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from matcher import __version__
from matcher.errors import NotInCorpusError
from matcher.resumes import to_json_resume
from matcher.store import Store, role_from
from matcher.types import Resume
from matcher.types.corpus import (
    Application,
    Candidate,
    ExternalId,
    KeptRevision,
    Origin,
    Retention,
    Revision,
    RoleHistory,
)

SCHEMA = "matcher.corpus/2"

_AT_ONCE = 200  # people, roles or applications that are asked for together


def exported(store: Store) -> Iterator[str]:
    """A line that names the schema, one for the rules of retention, one for each revision of each person, the
    newest first, one for each role and one for each application."""
    yield _line({"schema": SCHEMA, "engine": __version__})
    rules = store.retention.get()
    if rules != Retention():
        days = {"revisions_days": rules.revisions_days, "candidates_days": rules.candidates_days}
        yield _line({"kind": "retention", **days})
    after = None
    while people := store.people.page(limit=_AT_ONCE, after=after):
        for person in people:
            origins = store.backup.origins(person.id)
            for revision in store.resumes.revisions(person.id):
                try:
                    yield _line(_resume(store, person, revision, origins[revision.id]))
                except (NotInCorpusError, KeyError):
                    continue  # erased, or read anew, meanwhile
        after = people[-1].id
    after = None
    while roles := store.backup.roles(_AT_ONCE, after):
        yield from (_line(_role(role)) for role in roles)
        after = roles[-1].role_id
    after = None
    while applied := store.applications.page(limit=_AT_ONCE, after=after):
        yield from (_line(_application(each)) for each in applied)
        after = applied[-1].id


def _resume(store: Store, person: Candidate, revision: Revision, origin: Origin) -> dict[str, object]:
    stored = store.resumes.read([revision.id]).get(revision.id)
    if stored is None:
        raise NotInCorpusError
    return {
        "kind": "resume",
        "candidate": person.id,
        "created": origin.created.isoformat(),
        "aliases": list(origin.aliases),
        "tags": list(person.tags),
        "external_ids": _keys(person.external_ids),
        "number": revision.number,
        "newest": revision.newest,
        "received": revision.received.isoformat(),
        "superseded": _moment(origin.superseded),
        "source": revision.source,
        "file_name": store.resumes.file_name(revision.id),
        "media_type": revision.media_type,
        "sha256": revision.sha256,
        "file": _base64(store.resumes.file(revision.id)),
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


def _role(history: RoleHistory) -> dict[str, object]:
    return {
        "kind": "role",
        "role": history.role_id,
        "created": history.created.isoformat(),
        "external_ids": _keys(history.external_ids),
        "revisions": [_role_revision(each) for each in history.revisions],
    }


def _role_revision(revision: KeptRevision) -> dict[str, object]:
    role = role_from(revision.content)
    return {
        "number": revision.number,
        "created": revision.created.isoformat(),
        "content": _base64(revision.content),
        "title": role.title,
        "company": role.company,
        "qualifications": [
            {"id": item.id, "text": item.text, "kind": str(item.kind), "weight": item.weight}
            for item in role.qualifications
        ],
        "text": role.document.text,
    }


def _application(application: Application) -> dict[str, object]:
    return {
        "kind": "application",
        "application": application.id,
        "candidate": application.candidate,
        "role": application.role_id,
        "role_revision": application.role_revision,
        "stage": application.stage,
        "updated": application.updated.isoformat(),
        "external_ids": _keys(application.external_ids),
    }


def _keys(keys: Sequence[ExternalId]) -> list[dict[str, str]]:
    return [{"system": each.system, "key": each.key} for each in keys]


def _moment(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _line(fields: dict[str, object]) -> str:
    # A lone surrogate, which JSON may carry and UTF-8 may not, is written as an escape.
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":")) + "\n"

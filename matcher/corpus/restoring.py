"""What `lines.exported` wrote, put back: resumes first, then roles and applications, then the rules.

Each resume, role and application is there once it is reported, and one that is there already changes nothing:
an import that was stopped goes on when it is begun again.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from matcher.corpus.intake import Labels
from matcher.corpus.lines import SCHEMA
from matcher.errors import InputError, MatcherError
from matcher.sources import NamedFile
from matcher.store import role_from
from matcher.types import Rejected
from matcher.types.corpus import (
    Application,
    ExternalId,
    KeptRevision,
    Origin,
    Retention,
    RoleHistory,
    Vectors,
)
from matcher.types.found import Ingestion, Taken

if TYPE_CHECKING:
    from matcher.corpus.corpus import Corpus


class _Fields(dict[str, object]):
    """A line's fields. Reading one of another type or one that is missing raises TypeError or KeyError."""

    def text(self, name: str) -> str:
        value = self[name]
        if not isinstance(value, str):
            raise TypeError
        return value

    def optional(self, name: str) -> str | None:
        return None if self[name] is None else self.text(name)

    def number(self, name: str) -> int:
        value = self[name]
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**31:
            raise TypeError
        return value

    def days(self, name: str) -> int | None:
        return None if self[name] is None else self.number(name)

    def moment(self, name: str) -> datetime:
        when = datetime.fromisoformat(self.text(name))
        if when.tzinfo is None:
            raise ValueError
        return when

    def data(self, name: str) -> bytes:
        return base64.b64decode(self.text(name), validate=True)

    def parts(self, name: str) -> list[_Fields]:
        value = self[name]
        if not isinstance(value, list):
            raise TypeError
        return [_Fields(each) for each in value]

    def texts(self, name: str) -> tuple[str, ...]:
        value = self[name]
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise TypeError
        return tuple(value)

    def keys_of(self, name: str) -> tuple[ExternalId, ...]:
        return tuple(ExternalId(each.text("system"), each.text("key")) for each in self.parts(name))


class _Lines:
    """The lines, read once: resumes as they come, the rest kept until they are through."""

    def __init__(self, lines: Iterable[str | bytes]) -> None:
        self._lines = lines
        self.roles: list[RoleHistory] = []
        self.applications: list[Application] = []
        self.rules: Retention | None = None
        self.fault: InputError | None = None

    def resumes(self) -> Iterator[tuple[NamedFile, Labels]]:
        """The files with whose they were. At a line that is none of an export's it ends, with `fault` set."""
        number = 0
        for number, line in enumerate(self._lines, start=1):
            if not line.strip():
                continue
            try:
                fields = _Fields(json.loads(line))
                if "schema" in fields:
                    _check_schema(fields)
                    continue
                found = self._sorted(fields)
            except InputError as error:
                self.fault = error
                return
            except (ValueError, KeyError, TypeError):
                self.fault = InputError(
                    f"Line {number} is none that `matcher export` writes: see docs/corpus.md. What stands "
                    "before it is in the corpus."
                )
                return
            if found is not None:
                yield found
        if number == 0:
            self.fault = InputError("The file is empty: what `matcher export` writes has a line at least.")

    def _sorted(self, fields: _Fields) -> tuple[NamedFile, Labels] | None:
        kind = fields.text("kind")
        if kind == "resume":
            return _resume(fields)
        if kind == "role":
            self.roles.append(_role(fields))
        elif kind == "application":
            self.applications.append(_application(fields))
        elif kind == "retention":
            self.rules = Retention(fields.days("revisions_days"), fields.days("candidates_days"))
        else:
            raise ValueError
        return None


def imported(
    corpus: Corpus, lines: Iterable[str | bytes], progress: Callable[[Taken | Rejected], None] | None
) -> Ingestion:
    """Put back what the lines hold. See `Corpus.restore`."""
    read = _Lines(lines)
    result = corpus.take(read.resumes(), progress)
    rejected = list(result.rejected)
    roles: dict[str, str] = {}
    for history in read.roles:
        vectors = {each.number: _vectors(corpus, each) for each in history.revisions}
        roles[history.role_id] = corpus.store.backup.restore_role(history, vectors)
    applications = 0
    for each in read.applications:
        here = roles.get(each.role_id, each.role_id)
        try:
            corpus.store.backup.restore_application(replace(each, role_id=here))
            applications += 1
        except MatcherError as error:
            rejected.append(Rejected(f"application {each.id}", error.code, error.message))
    if read.rules is not None and corpus.store.retention.get() == Retention():
        corpus.store.retention.set(read.rules)
    if read.fault is not None:
        raise read.fault
    return Ingestion(result.taken, tuple(rejected), len(roles), applications)


def _vectors(corpus: Corpus, revision: KeptRevision) -> Vectors:
    return corpus.roles.encoded(role_from(revision.content))


def _check_schema(fields: _Fields) -> None:
    if fields["schema"] != SCHEMA:
        raise InputError(f"The file says that it is {str(fields['schema'])[:40]!r}; {SCHEMA!r} is read here.")


def _resume(fields: _Fields) -> tuple[NamedFile, Labels]:
    data = fields.data("file")
    origin = Origin(
        candidate=fields.text("candidate"),
        created=fields.moment("created"),
        aliases=fields.texts("aliases"),
        external_ids=fields.keys_of("external_ids"),
        number=fields.number("number"),
        superseded=None if fields["superseded"] is None else fields.moment("superseded"),
    )
    labels = Labels(
        source=fields.optional("source"),
        tags=fields.texts("tags"),
        received=fields.moment("received"),
        origin=origin,
    )
    return NamedFile(fields.optional("file_name") or fields.text("sha256"), data), labels


def _role(fields: _Fields) -> RoleHistory:
    return RoleHistory(
        role_id=fields.text("role"),
        created=fields.moment("created"),
        external_ids=fields.keys_of("external_ids"),
        revisions=tuple(
            KeptRevision(each.number("number"), each.moment("created"), each.data("content"))
            for each in fields.parts("revisions")
        ),
    )


def _application(fields: _Fields) -> Application:
    return Application(
        id=fields.text("application"),
        candidate=fields.text("candidate"),
        role_id=fields.text("role"),
        role_revision=fields.number("role_revision"),
        stage=fields.text("stage"),
        updated=fields.moment("updated"),
        external_ids=fields.keys_of("external_ids"),
    )

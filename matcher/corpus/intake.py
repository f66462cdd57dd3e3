"""Files into the store: known ones are passed over unread, the others parsed by the workers and taken in
some at a time. What is yielded as taken is in the store, whatever happens afterwards."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from matcher import __version__
from matcher.corpus.facts import facts_of
from matcher.corpus.vectors import CorpusVectors
from matcher.errors import InputError, MatcherError, MissingVectorsError
from matcher.matching import outline, outline_bytes, prepare, prepared_bytes
from matcher.service import Matcher
from matcher.sources import NamedFile, Source, load, name_of
from matcher.store import Store
from matcher.types import Rejected, Resume
from matcher.types.corpus import ExternalId, Ingested, Intake, Origin, Outcome, Vectors
from matcher.types.found import Taken
from matcher.workers import Outcome as Parsed

# Resumes encoded and written together, and the snippets of theirs that are enough: one transaction costs some
# 5 ms of waiting for the disk, and a kill loses the work on those that were not written yet.
_RESUMES_AT_ONCE = 32
_SNIPPETS_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Labels:
    """What is said of files beside their content."""

    source: str | None = None
    tags: tuple[str, ...] = ()
    candidate: str | None = None
    external: ExternalId | None = None
    received: datetime | None = None
    origin: Origin | None = None  # of a resume that is put back


@dataclass(frozen=True, slots=True)
class _Read:
    """A file with the resume that it became."""

    file: NamedFile
    resume: Resume
    labels: Labels


Labelled = tuple[Source | Rejected, Labels]
_Ahead = deque[tuple[NamedFile, Labels, "Future[Parsed]"]]


class Intakes:
    """Takes files into a store."""

    def __init__(self, matcher: Matcher, store: Store, vectors: CorpusVectors) -> None:
        self._matcher = matcher
        self._store = store
        self._vectors = vectors

    def take(self, sources: Iterable[Labelled]) -> Iterator[Taken | Rejected]:
        """What became of each file, some time after it was handed in; in the order in which they settle.

        Some are encoded while those before them are written and those after them are parsed. No file raises;
        what keeps the corpus from being written does (CorpusError).
        """
        pending: tuple[list[_Read], Future[Vectors]] | None = None
        with ThreadPoolExecutor(1, thread_name_prefix="matcher-embed") as embedder:
            for item in self._read(sources):
                if not isinstance(item, list):
                    yield item
                    continue
                before = None if pending is None else pending[1]
                begun = item, embedder.submit(self._encoded, _texts(item), before)
                if pending is not None:
                    yield from self._write(*pending)
                pending = begun
            if pending is not None:
                yield from self._write(*pending)

    def _read(self, sources: Iterable[Labelled]) -> Iterator[Taken | Rejected | list[_Read]]:
        """What became of files that are not taken, and in between the others, some at a time."""
        ahead: _Ahead = deque()
        ready: list[_Read] = []
        for source, labels in sources:
            if isinstance(source, Rejected):
                yield source
                continue
            try:
                file = load(source, self._matcher.settings.limits)
            except InputError as error:
                yield Rejected(name_of(source), error.code, error.message)
                continue
            known = self._known(file, labels)
            if known is not None:
                yield known
                continue
            ahead.append((file, labels, self._matcher.begin_resume(file)))
            if len(ahead) > self._matcher.files_ahead:
                yield from _settle(ahead, ready)
        while ahead:
            yield from _settle(ahead, ready)
        if ready:
            yield ready

    def _known(self, file: NamedFile, labels: Labels) -> Taken | None:
        """A file that is known needs no reading; its person gets the tags all the same."""
        if labels.candidate is not None or labels.external is not None:
            return None
        digest = hashlib.sha256(file.data).hexdigest()
        ingested = self._store.resumes.known(digest)
        if ingested is None:
            return None
        if labels.origin is not None:
            self._store.backup.reclaim(digest, labels.origin, labels.tags)
        else:
            self._tag(ingested, labels)
        return _taken(file, ingested)

    def _tag(self, ingested: Ingested, labels: Labels) -> None:
        if labels.tags and set(labels.tags) - set(self._store.people.get(ingested.candidate).tags):
            self._store.people.tag(ingested.candidate, add=labels.tags)

    def _encoded(self, texts: Sequence[str], before: Future[Vectors] | None) -> Vectors:
        """The vectors that the store lacks of the texts; what came `before` is on its way to it."""
        return self._vectors.for_intake(texts, {} if before is None else before.result().rows)

    def _write(self, items: Sequence[_Read], encoded: Future[Vectors]) -> Iterator[Taken | Rejected]:
        """Take all of them in one transaction; where one of them is refused, each in its own."""
        try:
            taken = self._add(items, encoded.result())
        except InputError as error:
            if len(items) == 1:
                yield Rejected(items[0].file.name, error.code, error.message)
                return
            for item in items:
                yield from self._write([item], encoded)
            return
        yield from (_taken(item.file, ingested) for item, ingested in zip(items, taken, strict=True))

    def _add(self, items: Sequence[_Read], vectors: Vectors) -> list[Ingested]:
        now = datetime.now(UTC)
        intakes = [intake_of(item.file, item.resume, vectors, now, item.labels) for item in items]
        origins = [item.labels.origin for item in items]
        try:
            taken = self._kept(intakes, origins)
        except MissingVectorsError:  # an erasure took vectors that were there when they were asked for
            every = self._vectors.encoded(list(dict.fromkeys(_texts(items))))
            again = [replace(intake, vectors=_own(intake.resume, every)) for intake in intakes]
            taken = self._kept(again, origins)
        for item, ingested in zip(items, taken, strict=True):
            if ingested.outcome is Outcome.UNCHANGED:
                self._tag(ingested, item.labels)
        return taken

    def _kept(self, intakes: Sequence[Intake], origins: Sequence[Origin | None]) -> list[Ingested]:
        """Written in one transaction: all are put back where they were, or all are new."""
        put_back = [(intake, origin) for intake, origin in zip(intakes, origins, strict=True) if origin]
        return self._store.backup.restore_resumes(put_back) if put_back else self._store.resumes.add(intakes)


def _settle(ahead: _Ahead, ready: list[_Read]) -> Iterator[Rejected | list[_Read]]:
    """The file that was handed in first is rejected, or ready; when enough are ready, these."""
    file, labels, future = ahead.popleft()
    outcome = future.result()
    if isinstance(outcome, MatcherError):
        yield Rejected(file.name, outcome.code, outcome.message)
        return
    assert isinstance(outcome, Resume)
    ready.append(_Read(file, outcome, labels))
    if (
        sum(len(item.resume.snippets) for item in ready) >= _SNIPPETS_AT_ONCE
        or len(ready) >= _RESUMES_AT_ONCE
    ):
        yield ready[:]
        ready.clear()


def _texts(items: Iterable[_Read]) -> list[str]:
    return [snippet.masked for item in items for snippet in item.resume.snippets]


def intake_of(
    file: NamedFile, resume: Resume, vectors: Vectors, now: datetime, labels: Labels | None = None
) -> Intake:
    """A resume as the store takes it. `vectors` may have those of other resumes too."""
    said = labels or Labels()
    received, prepared = said.received or now, prepare(resume)
    return Intake(
        resume=resume,
        data=file.data,
        received=received,
        engine=__version__,
        facts=facts_of(resume, now.date()),
        vectors=_own(resume, vectors),
        file_name=file.name,
        source=said.source,
        tags=said.tags,
        features=prepared_bytes(prepared),
        outline=outline_bytes(outline(resume, prepared, received.date())),
        candidate=said.candidate,
        external=said.external,
    )


def _own(resume: Resume, vectors: Vectors) -> Vectors:
    """Those of the vectors that are of the resume's texts: others would be kept for nobody."""
    texts = {snippet.masked for snippet in resume.snippets}
    return Vectors(vectors.fingerprint, {text: row for text, row in vectors.rows.items() if text in texts})


def _taken(file: NamedFile, ingested: Ingested) -> Taken:
    return Taken(file.name, ingested.outcome, ingested.candidate, ingested.revision)

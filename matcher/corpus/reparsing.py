"""Reading again what another version read: some files at a time, each time in one transaction, so that one
that is stopped, or killed, goes on where it was, and everybody searches meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime

from matcher import __version__
from matcher.corpus.intake import intake_of
from matcher.corpus.vectors import CorpusVectors
from matcher.errors import MatcherError, MissingVectorsError, NotInCorpusError
from matcher.service import Matcher
from matcher.sources import NamedFile
from matcher.store import Store
from matcher.types import Rejected, Resume
from matcher.workers import Outcome

# Resumes written together: what a kill loses, and how long other writers wait.
_AT_ONCE = 32

_Begun = tuple[NamedFile, "Future[Outcome]"]


def parse_again(
    matcher: Matcher, store: Store, vectors: CorpusVectors, progress: Callable[[int], None] | None
) -> tuple[int, tuple[Rejected, ...]]:
    """Read every newest resume anew that another version read; returns how many were, and what could not be.

    What this version cannot read stays as it was. `progress` is called with how many more files are done.
    """
    parsed, rejected = 0, list[Rejected]()
    ready: list[tuple[NamedFile, Resume]] = []
    for file, outcome in _read(matcher, _files(store)):
        if isinstance(outcome, Resume):
            ready.append((file, outcome))
        elif isinstance(outcome, MatcherError):
            rejected.append(Rejected(file.name, outcome.code, outcome.message))
        if len(ready) >= _AT_ONCE:
            parsed += _replaced(store, vectors, ready)
            ready.clear()
        if progress:
            progress(1)
    return parsed + _replaced(store, vectors, ready), tuple(rejected)


def _files(store: Store) -> Iterator[NamedFile]:
    after = -1
    while revisions := store.resumes.outdated(__version__, _AT_ONCE, after):
        after = revisions[-1]
        for revision in revisions:
            try:
                yield NamedFile(store.resumes.file_name(revision) or "", store.resumes.file(revision))
            except NotInCorpusError:
                continue  # erased meanwhile


def _read(matcher: Matcher, files: Iterator[NamedFile]) -> Iterator[tuple[NamedFile, Outcome]]:
    """The files with what became of them, in order, parsed a few ahead of the reader."""
    ahead: deque[_Begun] = deque()
    for file in files:
        ahead.append((file, matcher.begin_resume(file)))
        if len(ahead) > matcher.files_ahead:
            first, future = ahead.popleft()
            yield first, future.result()
    for file, future in ahead:
        yield file, future.result()


def _replaced(store: Store, vectors: CorpusVectors, read: Sequence[tuple[NamedFile, Resume]]) -> int:
    """Write them; returns how many of the files were still there."""
    if not read:
        return 0
    now = datetime.now(UTC)
    texts = [snippet.masked for _, resume in read for snippet in resume.snippets]
    try:
        known = vectors.for_intake(texts)
        done = store.resumes.replace([intake_of(*each, known, now) for each in read])
    except MissingVectorsError:  # an erasure took vectors that were there when they were asked for
        known = vectors.encoded(list(dict.fromkeys(texts)))
        done = store.resumes.replace([intake_of(*each, known, now) for each in read])
    return sum(revision is not None for revision in done)

"""The one place that composes reading, understanding, embedding and matching.

The command line, the API and batch jobs are thin doors to `Matcher`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self

from matcher import __version__
from matcher.errors import InputError, MatcherError
from matcher.ranking import groups, report_of
from matcher.settings import Settings
from matcher.sources import NamedFile, Source, load, name_of
from matcher.types import (
    Engine,
    MatchReport,
    Qualification,
    QuotePictures,
    Ranking,
    Rejected,
    Resume,
    Role,
    Snippet,
)
from matcher.worker import Job
from matcher.workers import Outcome, WorkerPool

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from matcher.corpus import Corpus
    from matcher.embedding import Encoder
    from matcher.matching import RoleProfile

# Files parsed ahead of the reader, per worker process.
_AHEAD = 16


class Matcher:
    """Reads roles and resumes, ranks resumes against a role, and quotes the evidence.

    Everywhere a `Path` is a file, `bytes` a file's content, a `str` the text itself, and a
    `NamedFile(name, data)` content with the name that results should show. Files are parsed in worker
    processes, which start on first use; `close()` (or a `with` block) ends them.
    """

    def __init__(self, settings: Settings | None = None, *, model: str | None = None) -> None:
        """`model` is short for `Settings(model=...)`: the name or path of a sentence-transformers model."""
        self.settings = settings or Settings(model=model)
        if settings is not None and model is not None:
            raise InputError("Give the model in the settings or by itself, not both.")
        self._workers = WorkerPool(self.settings.limits, self.settings.workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the worker processes. The matcher cannot read files afterwards."""
        self._workers.close()

    # ----------------------------------------------------------------- reading

    def read_role(self, source: Source) -> Role:
        """The role in a posting or a role file. Raises DocumentError, RoleError or another InputError."""
        return _role_of(self._submit("role", source))

    def read_resume(self, source: Source) -> Resume:
        """The resume in a file. Raises DocumentError or another InputError."""
        resume = self._submit("resume", source).result()
        if isinstance(resume, MatcherError):
            raise resume
        assert isinstance(resume, Resume)
        return resume

    def _submit(self, kind: Literal["resume", "role"], source: Source) -> Future[Outcome]:
        file = load(source, self.settings.limits)
        return self._workers.submit(Job(kind, file.name, file.data))

    # ----------------------------------------------------------------- ranking

    def rank(
        self,
        role: Role | Source,
        resumes: Iterable[Resume | Source],
        *,
        today: date | None = None,
        weights: Mapping[str, float] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> Ranking:
        """The resumes ranked against the role, best first; what could not be read is in `.rejected`.

        `today` (default: this day) closes positions that are current. `weights` replaces the weights of
        qualifications by id. `progress` is called with the number of resumes done since the last call.
        No resume raises: only a bad role (RoleError, InputError), bad weights (WeightsError), a model that
        cannot be used (ModelError, MissingExtraError), or one resume where several are expected (InputError).
        """
        if isinstance(resumes, str | bytes | Path | NamedFile | Resume):  # strings and tuples are iterable
            raise InputError("rank takes several resumes: put a single one in a list.")
        loading = self._loading
        # A worker starts and reads the role while this process imports what compares.
        begun = _settled(role) if isinstance(role, Role) else self._submit("role", role)
        from matcher.matching import RoleProfile, ranked, with_weights, with_wordings

        weighed = with_weights(_role_of(begun), weights or {})
        profile = RoleProfile.of(with_wordings(weighed))
        today = today or date.today()
        rejected: list[Rejected] = []
        reports: list[MatchReport] = []
        wanted: NDArray[np.float32] | None = None
        for group, vectors in self._embedded(profile, self._parsed(resumes, rejected, progress)):
            if wanted is None:
                wanted = self.encode(profile.texts)
            model = loading.result().fingerprint
            start = 0
            for resume in group:
                own = vectors[start : start + len(resume.snippets)]
                start += len(resume.snippets)
                reports.append(report_of(profile, wanted, resume, own, model, today, self.settings.quotes))
            if progress:
                progress(len(group))
        engine = Engine(version=__version__, model=loading.result().fingerprint)
        rejected.sort(key=lambda item: (item.source, item.code))
        return Ranking(weighed, today, engine, ranked(reports), tuple(rejected))

    def _parsed(
        self,
        resumes: Iterable[Resume | Source],
        rejected: list[Rejected],
        progress: Callable[[int], None] | None,
    ) -> Iterator[Resume]:
        """The resumes that could be read, in order; the others are added to `rejected`.

        Files are parsed a few ahead of the reader, so that memory stays bounded.
        """
        ahead: deque[tuple[str, Future[Outcome]]] = deque()

        def settle(source: str, future: Future[Outcome]) -> Iterator[Resume]:
            outcome = future.result()
            if isinstance(outcome, Resume):
                yield outcome
            elif isinstance(outcome, MatcherError):
                rejected.append(Rejected(source, outcome.code, outcome.message))
                if progress:
                    progress(1)

        for item in resumes:
            ahead.append(
                (item.source if isinstance(item, Resume) else name_of(item), self.begin_resume(item))
            )
            if len(ahead) > self.files_ahead:
                yield from settle(*ahead.popleft())
        while ahead:
            yield from settle(*ahead.popleft())

    def begin_resume(self, item: Resume | Source) -> Future[Outcome]:
        """A future of the resume, or of the error that says why there is none; it never raises.

        What is read already, or cannot be, is settled at once.
        """
        try:
            return _settled(item) if isinstance(item, Resume) else self._submit("resume", item)
        except InputError as error:
            return _settled(error)

    @property
    def files_ahead(self) -> int:
        """How many files are worth parsing ahead of their reader."""
        return _AHEAD * self._workers.size

    def _embedded(
        self, profile: RoleProfile, resumes: Iterable[Resume]
    ) -> Iterator[tuple[list[Resume], NDArray[np.float32]]]:
        """Groups of resumes with the vectors of their snippets: (snippets of the group, dim), in order.

        A group is embedded while the one before it is compared and the one after it is parsed.
        """
        from matcher.matching import without_copies

        pending: tuple[list[Resume], Future[NDArray[np.float32]]] | None = None
        with ThreadPoolExecutor(1, thread_name_prefix="matcher-embed") as embedder:
            for group in groups(without_copies(profile.runs, resume) for resume in resumes):
                texts = [snippet.masked for resume in group for snippet in resume.snippets]
                begun = group, embedder.submit(self.encode, texts)
                if pending is not None:
                    yield pending[0], pending[1].result()
                pending = begun
            if pending is not None:
                yield pending[0], pending[1].result()

    def pictures(self, ranking: Ranking, resumes: Iterable[Source]) -> QuotePictures:
        """Pictures of the places in PDF files of the quotes that a report of `ranking` shows first.

        `resumes` are the sources that were ranked; one that has changed since has no pictures. No source
        raises. A blind ranking has none: a page shows names.
        """
        from matcher.pictures import draw_pictures

        return draw_pictures(self._workers, self.settings.limits, ranking, resumes)

    def corpus(
        self, where: str | Path | None = None, tenant: str = "default", index: str | None = None
    ) -> Corpus:
        """A lasting corpus in a folder, or in the PostgreSQL database of a URL; one that is not there begins.

        None: what MATCHER_CORPUS names, else a folder in the platform's data directory. `index` is "faiss",
        "milvus-lite" or "milvus+http://host:19530"; None: what MATCHER_INDEX says, else FAISS. Close it, or
        use it as a context manager. Raises CorpusError, InputError and MissingExtraError.
        """
        from matcher.corpus import Corpus

        return Corpus(self, where, tenant, index)

    # ----------------------------------------------------------------- evidence and vectors

    def score_evidence(
        self, qualification: Qualification | str, snippets: Sequence[Snippet | str]
    ) -> list[float]:
        """For each snippet, in order, the strength in [0, 1] of its evidence for the qualification.

        It judges the words alone: `rank` also knows where a snippet stands and what facts were parsed. A str
        is compared as it is; a Snippet by its masked text. Raises InputError when `snippets` is one str.
        """
        if isinstance(snippets, str):
            raise InputError("score_evidence takes several snippets: put a single one in a list.")
        from matcher.index import similarities
        from matcher.matching import snippet_strengths, terms

        text = qualification if isinstance(qualification, str) else qualification.text
        texts = [snippet if isinstance(snippet, str) else snippet.masked for snippet in snippets]
        cosines = similarities(self.encode([text]), self.encode(texts))[0]
        return snippet_strengths(terms(text), [terms(item) for item in texts], cosines)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One unit row per text: (n, dim) float32, the same bits whatever else is encoded with it."""
        return self.encoder.encode(texts)

    @property
    def encoder(self) -> Encoder:
        """What turns texts into vectors, with its fingerprint and their length."""
        return self._loading.result()

    @property
    def loaded(self) -> bool:
        """Whether the encoder is there; asking begins to load it, and waits for nothing."""
        return self._loading.done() and self._loading.exception() is None

    @cached_property
    def _loading(self) -> Future[Encoder]:
        """The encoder, loaded beside the first parsing: it takes about as long as a worker takes to start."""
        executor = ThreadPoolExecutor(1, thread_name_prefix="matcher-model")
        future = executor.submit(_load_encoder, self.settings.model)
        executor.shutdown(wait=False)
        return future


def _load_encoder(model: str | None) -> Encoder:
    from matcher.embedding import load_encoder

    return load_encoder(model)


def _settled(outcome: Outcome) -> Future[Outcome]:
    """The future of what is there already."""
    settled: Future[Outcome] = Future()
    settled.set_result(outcome)
    return settled


def _role_of(begun: Future[Outcome]) -> Role:
    """The role that a worker was asked for. Raises what kept it from reading one."""
    role = begun.result()
    if isinstance(role, MatcherError):
        raise role
    assert isinstance(role, Role)
    return role

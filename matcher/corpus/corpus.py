"""A corpus in use, for the command line, the service and anybody's Python."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Self

from matcher.corpus.doctor import examined
from matcher.corpus.filters import as_where
from matcher.corpus.following import FollowingIndex, opened_index
from matcher.corpus.intake import Intakes, Labelled, Labels
from matcher.corpus.leftovers import clear_leftovers
from matcher.corpus.lines import exported
from matcher.corpus.people import CorpusPeople
from matcher.corpus.places import default_corpus, index_folder, located, named_index
from matcher.corpus.restoring import imported
from matcher.corpus.role_search import RoleSearch
from matcher.corpus.roles import CorpusApplications, CorpusRoles
from matcher.corpus.text_search import TextSearch
from matcher.corpus.upkeep import brought_up, state_of
from matcher.corpus.vectors import CorpusVectors
from matcher.errors import InputError, NotInCorpusError
from matcher.service import Matcher
from matcher.settings import Settings
from matcher.sources import NamedFile, Source
from matcher.store import Store, open_beside, open_store
from matcher.types import Ranking, Rejected, Resume, Role
from matcher.types.corpus import Candidate, Due, ExternalId, Outcome, Receipt, RoleRevision, Where
from matcher.types.found import CorpusState, Found, Ingestion, Problem, Reindexed, Taken
from matcher.types.service import AuditEntry

OTHER_MACHINES_REMAIN = (
    "Indexes that other machines keep of this corpus hold encoded vectors of what was erased until the "
    "corpus is next searched or opened there; their searches find none of it."
)


class Corpus:
    """People of one tenant: taken in, searched, ranked, shown, erased. `Matcher.corpus` opens it.

    `people`, `roles` and `applications` have what these need beside. Several threads may use it, and several
    processes the same corpus. The index and the encoder are opened when they are first needed.
    """

    def __init__(
        self,
        matcher: Matcher,
        where: str | Path | None = None,
        tenant: str = "default",
        index: str | None = None,
        beside: Corpus | None = None,
    ) -> None:
        """Open what is at `where` (a folder, a PostgreSQL URL, None for the default place), or begin it.

        `index` is as in `Matcher.corpus`. With `beside`, a corpus at the same place that is closed later, its
        connections are used.
        """
        self.where = default_corpus() if where is None else located(where)
        self.matcher = matcher
        self._named_index = named_index(index)
        self.store: Store = open_beside(beside.store, tenant) if beside else open_store(self.where, tenant)
        clear_leftovers(self.store, index_folder(self.where, tenant))
        self.people = CorpusPeople(self.store)
        self.roles = CorpusRoles(matcher, self.store, lambda: self._vectors)
        self.applications = CorpusApplications(self.store, self.roles)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Save the index and give the connections back. The matcher stays open."""
        if "_index" in vars(self):
            self._index.close()
        self.store.close()

    # ----------------------------------------------------------------- taking in

    def ingest(
        self,
        sources: Iterable[Source | Rejected],
        *,
        tags: Collection[str] = (),
        source: str | None = None,
        candidate: str | None = None,
        external: ExternalId | None = None,
        progress: Callable[[Taken | Rejected], None] | None = None,
    ) -> Ingestion:
        """Take resumes in; what could not be read is in `.rejected`, and stops no other.

        A known file is passed over, and its person gets the tags. `candidate` or `external` says whose the
        resumes are: an earlier one of `candidate` is the newest again. `progress` is called with what became
        of each file, once it is in the store for good. Raises InputError for what is no list, CorpusError.
        """
        if isinstance(sources, str | bytes | Path | NamedFile):
            raise InputError("ingest takes several resumes: put a single one in a list.")
        labels = Labels(source, tuple(tags), candidate, external)
        return self.take(((each, labels) for each in sources), progress)

    def take(
        self, sources: Iterable[Labelled], progress: Callable[[Taken | Rejected], None] | None = None
    ) -> Ingestion:
        """`ingest`, with what is said of each file beside it."""
        taken: list[Taken] = []
        rejected: list[Rejected] = []
        for item in self._intakes.take(sources):
            if isinstance(item, Taken):
                taken.append(item)
            else:
                rejected.append(item)
            if progress:
                progress(item)
        if any(item.outcome is not Outcome.UNCHANGED for item in taken):
            self._index.save()
        return Ingestion(tuple(taken), tuple(rejected))

    def receive(self, sources: Iterable[Labelled]) -> Iterator[Taken | Rejected]:
        """`take`, where each is told of as it settles. The index is not asked for: who searches brings it up,
        so that a process that only takes in needs none."""
        return self._intakes.take(sources)

    # ----------------------------------------------------------------- searching

    def search(
        self, text: str, *, where: Where | str | None = None, top: int = 10, today: date | None = None
    ) -> list[Found]:
        """At most `top` people whose resumes answer the text by meaning or by words, each with quotes.

        `where` may be a filter as text, see `parse_filter`. `today` is for its months of experience. Raises
        InputError, FilterError and QueryError.
        """
        if not text.strip():
            raise InputError("The search text is empty: say what to look for.")
        _check_top(top)
        return self._texts.people(text, top, as_where(where, today))

    def rank(
        self,
        role: Role | Source | RoleRevision,
        *,
        where: Where | str | None = None,
        top: int = 50,
        today: date | None = None,
        weights: Mapping[str, float] | None = None,
    ) -> Ranking:
        """The people who fit the role best, as `Matcher.rank` ranks them; `top` or more, where there are.

        `role` may be one that the corpus keeps (`roles.named`): the ranking names its revision then. Each
        score and quote is that of `Matcher.rank`. A `candidate_id` is the person's in the corpus. In a
        corpus of more than 200 people those are compared who are likeliest to be best. Raises
        what `Matcher.rank` and `search` raise.
        """
        _check_top(top)
        day = today or date.today()
        revision = None
        if isinstance(role, RoleRevision):
            revision = self.roles.marked(role)
            self._vectors.recall(self.roles.texts(role.role))
            role = role.role
        read = role if isinstance(role, Role) else self.matcher.read_role(role)
        ranking = self._searches.ranking(read, top, as_where(where, day), day, weights or {})
        return replace(ranking, revision=revision)

    # ----------------------------------------------------------------- people

    def person(self, name: str) -> Candidate:
        """The person with this id, also one they had before a merge. Raises NotInCorpusError."""
        return self.store.people.get(name)

    def find(self, text: str, limit: int = 50) -> list[Candidate]:
        """People by an e-mail address or words of their name."""
        return self.store.people.find(text, limit)

    def resume(self, candidate: Candidate) -> Resume:
        """A person's newest resume. Raises NotInCorpusError when it was erased or revised this moment."""
        stored = self.store.resumes.read([candidate.revision]).get(candidate.revision)
        if stored is None:
            raise NotInCorpusError("The resume has been erased or revised meanwhile: ask again.")
        return stored.resume

    def originals(self, ranking: Ranking) -> list[NamedFile]:
        """The files of the people in a ranking that this corpus made, under the names the reports show."""
        found = []
        for report in ranking:
            with suppress(NotInCorpusError):  # erased meanwhile
                data = self.store.resumes.file(self.person(report.candidate_id).revision)
                found.append(NamedFile(report.source, data))
        return found

    def erase(self, people: Collection[str], entry: AuditEntry | None = None) -> Receipt:
        """Erase people with all that is known of them; a search after it returns finds none of them.

        `entry` makes a line of the audit log for each. Nobody goes where NotInCorpusError is raised for one.
        """
        if isinstance(people, str):
            raise InputError("erase takes several ids: put a single one in a list.")
        return self._forgotten(self.store.people.erase([self.person(name).id for name in people], entry))

    def due(self, now: datetime | None = None) -> Due:
        """What the tenant's rules of retention would take away now: a dry run."""
        return self.store.retention.due(now or datetime.now(UTC))

    def retain(self, now: datetime | None = None, entry: AuditEntry | None = None) -> Receipt:
        """Erase what is due, as `erase` does."""
        return self._forgotten(self.store.retention.apply(now or datetime.now(UTC), entry))

    def _forgotten(self, receipt: Receipt) -> Receipt:
        if "_searches" in vars(self):
            self._searches.forget(receipt.revisions)
        remains = (*receipt.remains, *self._index.forget())
        if not isinstance(self.where, Path):
            remains = (*remains, OTHER_MACHINES_REMAIN)
        return replace(receipt, remains=remains)

    # ----------------------------------------------------------------- upkeep

    def in_step(self, revision: int) -> bool:
        """Whether the index holds the corpus up to this revision, or a later one, after catching up."""
        self._index.catch_up()
        return self._index.revision >= revision

    def state(self) -> CorpusState:
        """How much there is, and how it is searched."""
        return state_of(self.where, self.store, self._vectors, self._index)

    def reindex(
        self, *, drop_others: bool = False, progress: Callable[[int], None] | None = None
    ) -> Reindexed:
        """Read anew what another version read, encode what has no vector under this encoder, and build the
        index anew.

        Everybody goes on searching meanwhile, each with their encoder. One that is killed goes on where it
        was. `drop_others` forgets the vectors of all other encoders. `progress` is called with how many files
        more have been read.
        """
        return brought_up(self.matcher, self.store, self._vectors, self._index, drop_others, progress)

    def doctor(self) -> list[Problem]:
        """What is wrong, and what to do; empty when all is well. It reads everything."""
        return examined(self.store, self._vectors, self._index)

    def export(self) -> Iterator[str]:
        """All of the corpus as JSON Lines (docs/corpus.md), each ending in a newline."""
        return exported(self.store)

    def restore(
        self, lines: Iterable[str | bytes], progress: Callable[[Taken | Rejected], None] | None = None
    ) -> Ingestion:
        """Put back what `export` wrote, under the same ids where these are free; files are parsed again.

        Raises InputError for a line that is none of `export`'s, after those before it have been put back.
        """
        return imported(self, lines, progress)

    # ----------------------------------------------------------------- parts

    @cached_property
    def _vectors(self) -> CorpusVectors:
        return CorpusVectors(self.store, self.matcher.encoder)

    @cached_property
    def _index(self) -> FollowingIndex:
        return opened_index(self._named_index, self.where, self.store, self._vectors)

    @cached_property
    def _texts(self) -> TextSearch:
        return TextSearch(self.store, self._vectors, self._index)

    @cached_property
    def _searches(self) -> RoleSearch:
        return RoleSearch(self.store, self._vectors, self._index, self.matcher.settings.quotes)

    @cached_property
    def _intakes(self) -> Intakes:
        return Intakes(self.matcher, self.store, self._vectors)


@contextmanager
def open_corpus(
    where: str | Path | None = None,
    *,
    tenant: str = "default",
    index: str | None = None,
    settings: Settings | None = None,
) -> Iterator[Corpus]:
    """A corpus with a matcher of its own, both closed at the end of the `with` block."""
    with Matcher(settings) as matcher, Corpus(matcher, where, tenant, index) as corpus:
        yield corpus


def _check_top(top: int) -> None:
    if top < 1:
        raise InputError(f"top is {top}: ask for at least 1 person.")

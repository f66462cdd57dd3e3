"""The people of a corpus beside their resumes: lists, tags, keys of other systems, two who are one, and how
long they are kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from matcher.corpus.filters import as_where
from matcher.errors import InputError, NotInCorpusError
from matcher.store import Store
from matcher.types.corpus import Candidate, ExternalId, Retention, Where


class CorpusPeople:
    """People by id: also by one that they had before they were merged into another."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, person: str) -> Candidate:
        """The person with this id. Raises NotInCorpusError."""
        return self._store.people.get(person)

    def require(self, people: Collection[str]) -> None:
        """Raise NotInCorpusError for the first of these ids that is nobody's."""
        self._store.people.require(people)

    def find(self, text: str, limit: int = 50) -> list[Candidate]:
        """People by an e-mail address, or by words of their name or the beginnings of them."""
        return self._store.people.find(text, limit)

    def page(
        self,
        where: Where | str | None = None,
        *,
        limit: int = 50,
        after: str | None = None,
        today: date | None = None,
    ) -> list[Candidate]:
        """People who meet the filter, by id, from behind the id `after`. Raises FilterError, QueryError."""
        return self._store.people.page(as_where(where, today), limit, after)

    def tag(self, person: str, add: Collection[str] = (), remove: Collection[str] = ()) -> Candidate:
        """Give a person tags and take others away. Raises NotInCorpusError, InputError for an empty tag."""
        if isinstance(add, str) or isinstance(remove, str):
            raise InputError("tag takes several tags: put a single one in a list.")
        if not all(tag.strip() for tag in add):
            raise InputError("A tag is empty: give it a name.")
        self._store.people.tag(person, add, remove)
        return self._store.people.get(person)

    def label(
        self,
        person: str,
        tags: Collection[str] | None = None,
        keys: Collection[ExternalId] | None = None,
    ) -> Candidate:
        """Replace a person's tags, other systems' keys for them, or both at once; None leaves them as they
        are. Raises NotInCorpusError, InputError and CorpusConflictError."""
        return self._store.people.label(person, tags, keys)

    def link(self, person: str, external: ExternalId) -> Candidate:
        """Let another system's key mean this person. Raises NotInCorpusError and CorpusConflictError."""
        self._store.people.link(person, external)
        return self._store.people.get(person)

    def unlink(self, external: ExternalId) -> Candidate:
        """Let another system's key mean nobody; returns whom it meant. Raises NotInCorpusError."""
        person = self._store.people.by_external(external)
        if person is None or not self._store.people.unlink(external):
            raise NotInCorpusError(
                "This external id means nobody: `matcher show ID` lists those of a person."
            )
        return self._store.people.get(person)

    def rules(self) -> Retention:
        """How long the tenant keeps people and their older resumes."""
        return self._store.retention.get()

    def set_rules(self, rules: Retention) -> None:
        """Replace the rules; what is due goes when `Corpus.retain` is called. Raises InputError."""
        self._store.retention.set(rules)

    def merge(self, keep: str, other: str) -> Candidate:
        """Make one person of two. `keep` gets the resumes, keys, tags and applications of `other`, whose id
        means them from now on; the newest resume of both is searched. Raises NotInCorpusError, InputError."""
        return self._store.people.merge(keep, other)

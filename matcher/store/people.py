"""People: showing, finding, tagging, joining and erasing them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from matcher.errors import InputError
from matcher.store.contacts import email_key
from matcher.store.database import Database, Work
from matcher.store.erase import erase_people
from matcher.store.external import (
    external_ids_of,
    external_keys,
    forget_targets,
    link_external,
    resolve_external,
    unlink_external,
)
from matcher.store.listed import among
from matcher.store.merge import merge_people
from matcher.store.recognise import require_candidates, resolve_candidate
from matcher.store.schema import contacts, revisions, tags
from matcher.store.tenancy import prepared
from matcher.store.where import rendered
from matcher.store.words import stored_text, words
from matcher.types.corpus import Candidate, ExternalId, Receipt, Where
from matcher.types.service import AuditEntry

_COLUMNS = revisions.c.id, revisions.c.candidate, revisions.c.received, revisions.c.source
_OF_REVISIONS = prepared(sa.select(*_COLUMNS).where(revisions.c.newest, among(revisions.c.id, "ids")))
_REACHED = prepared(
    sa.select(contacts.c.revision, contacts.c.kind, contacts.c.value)
    .where(among(contacts.c.revision, "ids"), sa.or_(contacts.c.kind == "name", contacts.c.kind == "email"))
    .order_by(contacts.c.revision, contacts.c.ordinal)
)
_TAGGED = prepared(
    sa.select(tags.c.candidate, tags.c.tag).where(among(tags.c.candidate, "people")).order_by(tags.c.tag)
)


class People:
    """The people of a corpus."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, candidate: str) -> Candidate:
        """The person with this id, or with an id that was merged into theirs. Raises NotInCorpusError."""
        with self._database.reading() as work:
            known = resolve_candidate(work, candidate)
            return _candidates(work, [revisions.c.newest, revisions.c.candidate == known])[0]

    def require(self, people: Collection[str]) -> None:
        """Raise NotInCorpusError for the first of these ids that `get` would not know."""
        with self._database.reading() as work:
            require_candidates(work, people)

    def by_external(self, external: ExternalId) -> str | None:
        """The id of the person whom another system calls so, None when it is nobody."""
        with self._database.reading() as work:
            return resolve_external(work, "candidate", external)

    def keys_of(self, system: str, limit: int, after: str | None = None) -> list[tuple[str, str]]:
        """What another system calls people, each with the person's id, by key from behind the key `after`."""
        with self._database.reading() as work:
            return external_keys(work, "candidate", system, limit, after)

    def find(self, text: str, limit: int = 50) -> list[Candidate]:
        """People by an e-mail address, or by words of their name, of which each may be the beginning of one.

        Older revisions count too. The last updated come first.
        """
        text = stored_text(text)
        if "@" in text:
            which = [contacts.c.kind == "email", contacts.c.lookup == email_key(text)]
        else:
            asked = words(text)
            if not asked:
                raise InputError("There is no letter or digit in the name: give a name or an e-mail address.")
            which = [contacts.c.kind == "name"]
            which += [contacts.c.lookup.contains(f" {word}", autoescape=True) for word in asked]
        named = sa.select(contacts.c.revision).where(*which)
        people = sa.select(revisions.c.candidate).where(revisions.c.id.in_(named))
        with self._database.reading() as work:
            return _candidates(work, [revisions.c.newest, revisions.c.candidate.in_(people)], limit)

    def page(self, where: Where | None = None, limit: int = 50, after: str | None = None) -> list[Candidate]:
        """People who meet the filters, by id, beginning behind the id `after`."""
        with self._database.reading() as work:
            which = rendered(where or Where(), work.dialect)
            if after is not None:
                which.append(revisions.c.candidate > after)
            return _candidates(work, which, limit, by_id=True)

    def of_revisions(self, ids: Sequence[int]) -> dict[int, Candidate]:
        """The person of each newest revision; others are left out."""
        with self._database.reading() as work:
            found = _described(work, work.rows(_OF_REVISIONS, {"ids": ids}))
        return {candidate.revision: candidate for candidate in found}

    def tag(self, candidate: str, add: Collection[str] = (), remove: Collection[str] = ()) -> None:
        """Give a person tags and take others away. Raises NotInCorpusError."""
        with self._database.writing() as work:
            known = resolve_candidate(work, candidate)
            rows = [{"candidate": known, "tag": stored_text(tag)} for tag in dict.fromkeys(add)]
            work.insert(tags, rows, skip_known=True)
            gone = tags.c.candidate == known, tags.c.tag.in_(list(remove))
            work.change(sa.delete(tags).where(*gone))

    def label(
        self,
        candidate: str,
        labels: Collection[str] | None = None,
        keys: Collection[ExternalId] | None = None,
    ) -> Candidate:
        """Replace a person's tags, other systems' keys for them, or both; None leaves them as they are.

        Raises NotInCorpusError, and CorpusConflictError for a key that means another, and changes nothing.
        """
        with self._database.writing() as work:
            known = resolve_candidate(work, candidate)
            if labels is not None:
                work.change(sa.delete(tags).where(tags.c.candidate == known))
                rows = [{"candidate": known, "tag": stored_text(tag)} for tag in dict.fromkeys(labels)]
                work.insert(tags, rows, skip_known=True)
            if keys is not None:
                forget_targets(work, "candidate", [known])
                for key in keys:
                    link_external(work, "candidate", known, key)
            return _candidates(work, [revisions.c.newest, revisions.c.candidate == known])[0]

    def link(self, candidate: str, external: ExternalId) -> None:
        """Let another system's key mean this person. Raises NotInCorpusError and CorpusConflictError."""
        with self._database.writing() as work:
            link_external(work, "candidate", resolve_candidate(work, candidate), external)

    def unlink(self, external: ExternalId) -> bool:
        """Forget another system's key; returns whether it was known."""
        with self._database.writing() as work:
            return unlink_external(work, "candidate", external)

    def merge(self, keep: str, other: str) -> Candidate:
        """Make one person of two: `keep` gets the revisions, keys, tags and applications of `other`, whose id
        means them from now on. The newest resume of both is searched. Raises NotInCorpusError."""
        with self._database.writing() as work:
            kept = merge_people(work, resolve_candidate(work, keep), resolve_candidate(work, other))
            return _candidates(work, [revisions.c.newest, revisions.c.candidate == kept])[0]

    def erase(self, people: Collection[str], entry: AuditEntry | None = None) -> Receipt:
        """Erase people with all that is known of them, and say what was taken away. See erase.py."""
        return erase_people(self._database, people, entry)


def _candidates(
    work: Work, which: Sequence[sa.ColumnElement[bool]], limit: int | None = None, *, by_id: bool = False
) -> list[Candidate]:
    if limit is not None and limit < 1:
        raise InputError(f"The limit is {limit}: ask for at least 1 person.")
    order = [revisions.c.candidate] if by_id else [revisions.c.received.desc(), revisions.c.candidate]
    return _described(work, work.rows(sa.select(*_COLUMNS).where(*which).order_by(*order).limit(limit)))


def _described(work: Work, rows: Sequence[sa.Row[Any]]) -> list[Candidate]:
    """The people of revisions, with what stands apart of them."""
    people = [row.candidate for row in rows]
    reached: dict[tuple[int, str], list[str]] = {}
    for row in work.rows(_REACHED, {"ids": [row.id for row in rows]}):
        reached.setdefault((row.revision, row.kind), []).append(row.value)
    tagged: dict[str, list[str]] = {}
    for row in work.rows(_TAGGED, {"people": people}):
        tagged.setdefault(row.candidate, []).append(row.tag)
    keys = external_ids_of(work, "candidate", people)
    return [
        Candidate(
            id=row.candidate,
            name=next(iter(reached.get((row.id, "name"), ())), None),
            emails=tuple(reached.get((row.id, "email"), ())),
            revision=row.id,
            updated=row.received,
            source=row.source,
            tags=tuple(tagged.get(row.candidate, ())),
            external_ids=keys.get(row.candidate, ()),
        )
        for row in rows
    ]

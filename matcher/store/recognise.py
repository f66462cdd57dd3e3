"""Whose resume this is: what a caller says, else a file that is known, else the same e-mail and name.

A person is taken for another only where two things agree, because an address alone is shared by the clients
of an agency, and a name by strangers. What is missed here a person joins (`People.merge`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from matcher.errors import CorpusConflictError, NotInCorpusError
from matcher.store.contacts import email_key
from matcher.store.database import Work
from matcher.store.external import link_external, resolve_external
from matcher.store.listed import among
from matcher.store.schema import aliases, candidates, contacts, revisions
from matcher.store.tenancy import prepared
from matcher.store.words import words
from matcher.types.corpus import ExternalId, Intake

_THERE = tuple(
    prepared(sa.select(table.c.id).where(among(table.c.id, "ids"))) for table in (candidates, aliases)
)


@dataclass(frozen=True, slots=True)
class Owner:
    """The person a resume belongs to; `external` is a key that is not theirs yet."""

    candidate: str
    new: bool = False
    external: ExternalId | None = None

    def link(self, work: Work) -> None:
        """Give the person the key."""
        if self.external is not None:
            link_external(work, "candidate", self.candidate, self.external)


def owner_of(work: Work, intake: Intake, digest: bytes) -> Owner:
    """The owner of a resume. Raises CorpusConflictError where what is said and what is known differ."""
    known = work.first(sa.select(revisions.c.candidate).where(revisions.c.sha256 == digest))
    said = None if intake.candidate is None else resolve_candidate(work, intake.candidate)
    linked = None if intake.external is None else resolve_external(work, "candidate", intake.external)
    named = {found for found in (known and known.candidate, said, linked) if found}
    if len(named) > 1:
        raise CorpusConflictError(
            f"The file, the candidate and the external id belong to {len(named)} different people: merge "
            "them, or add the resume without saying whose it is."
        )
    pending = intake.external if linked is None else None
    if named:
        return Owner(named.pop(), external=pending)
    same = _same_person(work, intake)
    return Owner(same, external=pending) if same else Owner(uuid.uuid4().hex, True, pending)


def resolve_candidate(work: Work, candidate: str) -> str:
    """The id of a person, also by an id that was merged into theirs. Raises NotInCorpusError."""
    if work.first(sa.select(candidates.c.id).where(candidates.c.id == candidate)) is not None:
        return candidate
    row = work.first(sa.select(aliases.c.candidate).where(aliases.c.id == candidate))
    if row is None:
        raise _nobody(candidate)
    return str(row.candidate)


def require_candidates(work: Work, people: Iterable[str]) -> None:
    """Raise NotInCorpusError for the first of these whom `resolve_candidate` would not find."""
    left = dict.fromkeys(people)
    for statement in _THERE:
        for row in work.rows(statement, {"ids": list(left)}):
            left.pop(row.id, None)
    for nobody in left:
        raise _nobody(nobody)


def _nobody(candidate: str) -> NotInCorpusError:
    return NotInCorpusError(f"The corpus has no candidate {candidate[:80]!r}.")


def _same_person(work: Work, intake: Intake) -> str | None:
    """Somebody with one of these e-mail addresses whose name has the same words, or some of them."""
    contact = intake.resume.contact
    name = set(words(contact.name or ""))
    keys = [email_key(email) for email in contact.emails]
    if not name or not keys:
        return None
    address, named = contacts.alias("address"), contacts.alias("named")
    statement = (
        sa.select(revisions.c.candidate, named.c.value)
        .select_from(
            revisions.join(address, address.c.revision == revisions.c.id).join(
                named, named.c.revision == revisions.c.id
            )
        )
        .where(address.c.kind == "email", address.c.lookup.in_(keys), named.c.kind == "name")
        .order_by(revisions.c.id)
    )
    for row in work.rows(statement):
        other = set(words(row.value))
        if other and (name <= other or other <= name):
            return str(row.candidate)
    return None

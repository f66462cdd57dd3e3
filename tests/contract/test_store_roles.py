"""Roles, applications and retention of a store, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

import pytest
from store_samples import (
    ADA,
    BRAM,
    CLEO,
    ENCODER,
    START,
    Corpus,
    add,
    day,
    encoded,
    intake,
    revised,
    role_of,
    rows_of,
)

from matcher.errors import CorpusConflictError, InputError, NotInCorpusError
from matcher.types.corpus import Due, ExternalId, Retention, Vectors

POSTING = "Site Reliability Engineer\n\nRequirements\n• Five years of Kubernetes\n• Go or Rust\n"
EDITED = POSTING.replace("Five", "Three")
SHARED = "Wrote the deployment tooling in Go"


def test_a_role_is_kept_in_frozen_revisions(corpus: Corpus) -> None:
    """An edit is a new revision, the same again is none, an older one is read as it was and is not newest."""
    with corpus.open() as store:
        role, edited = role_of(POSTING), replace(role_of(EDITED), parsed=role_of(POSTING))
        first = store.roles.add(role, START, external=ExternalId("ats", "r1"))
        assert (first.number, first.newest, first.role) == (1, True, role)
        assert store.roles.get(first.role_id) == first
        before = rows_of(store)
        assert store.roles.add(role, day(3), role_id=first.role_id) == first
        assert rows_of(store) == before
        larger = tuple(replace(line, size=99.0) for line in role.document.lines)
        set_otherwise = replace(role, document=replace(role.document, lines=larger))
        assert set_otherwise != role
        assert store.roles.add(set_otherwise, day(3), role_id=first.role_id) == first
        assert rows_of(store) == before
        second = store.roles.add(edited, day(4), role_id=first.role_id)
        assert (second.role_id, second.number) == (first.role_id, 2)
        assert store.roles.get(first.role_id) == second
        assert store.roles.get(first.role_id).role.parsed == role
        assert store.roles.get(first.role_id, 1) == replace(first, newest=False)
        assert store.roles.page() == [second]
        assert store.roles.page(after=first.role_id) == []
        assert store.roles.by_external(ExternalId("ats", "r1")) == first.role_id
        with pytest.raises(NotInCorpusError, match="2 revisions, and no revision 3"):
            store.roles.get(first.role_id, 3)
        # Back to what it was: said again, it is a revision of its own.
        assert store.roles.add(role, day(5), role_id=first.role_id).number == 3


def test_the_vectors_of_a_role_live_as_long_as_it_does(corpus: Corpus) -> None:
    """They are kept once, shared with resumes, and go with the last that has the text."""
    with corpus.open() as store:
        role = store.roles.add(role_of(POSTING), START, vectors=encoded(["Go or Rust", SHARED]))
        assert store.vectors.missing(ENCODER.fingerprint, ["Go or Rust", SHARED, "else"]) == ["else"]
        ada = add(store, ADA)
        assert store.vectors.add(Vectors("new@2", {"Go or Rust": b"0123"})) == 1
        store.people.erase([ada.candidate])
        assert store.stats().vectors == {ENCODER.fingerprint: 2, "new@2": 1}
        store.roles.remove(role.role_id)
        assert store.stats().vectors == {}
        with pytest.raises(NotInCorpusError):
            store.roles.get(role.role_id)
        assert store.problems() == []


def test_an_application_ties_a_person_to_a_revision_of_a_role(corpus: Corpus) -> None:
    """It keeps its revision when the role is edited, moves through stages, and is found by any side."""
    with corpus.open() as store:
        ada, bram = add(store, ADA).candidate, add(store, BRAM).candidate
        role = store.roles.add(role_of(POSTING), START).role_id
        key = ExternalId("ats", "a-1")
        first = store.applications.add(ada, role, 1, "applied", day(1), key)
        assert (first.candidate, first.role_id, first.role_revision) == (ada, role, 1)
        assert (first.stage, first.updated, first.external_ids) == ("applied", day(1), (key,))
        with pytest.raises(CorpusConflictError, match="application for this revision"):
            store.applications.add(ada, role, 1, "again", day(2))
        with pytest.raises(NotInCorpusError, match="no revision 2"):
            store.applications.add(ada, role, 2, "applied", day(2))
        with pytest.raises(InputError, match="stage has a name"):
            store.applications.add(bram, role, 1, " ", day(2))
        store.roles.add(role_of(EDITED), day(2), role_id=role)
        moved = store.applications.change(first.id, day(3), "interview")
        assert moved == replace(first, stage="interview", updated=day(3))
        second = store.applications.add(bram, role, 2, "applied", day(4))
        both = sorted([moved, second], key=lambda each: each.id)
        assert store.applications.page(role_id=role) == both
        assert store.applications.page(limit=1) == both[:1]
        assert store.applications.page(after=both[0].id) == both[1:]
        assert store.applications.page(candidate=bram) == [second]
        assert store.applications.by_external(key) == first.id
        assert store.stats().applications == 2
        store.applications.remove(first.id)
        assert store.applications.by_external(key) is None
        assert store.roles.remove(role) == 1
        assert store.applications.page() == []


def test_the_applications_of_merged_people_become_one_persons(corpus: Corpus) -> None:
    """Of two for the same revision the one updated last stays, and both keys mean it."""
    with corpus.open() as store:
        ada, bram = add(store, ADA).candidate, add(store, BRAM).candidate
        role = store.roles.add(role_of(POSTING), START).role_id
        store.roles.add(role_of(EDITED), day(1), role_id=role)
        one, two = ExternalId("ats", "1"), ExternalId("ats", "2")
        early = store.applications.add(ada, role, 1, "applied", day(1), one)
        late = store.applications.add(bram, role, 1, "interview", day(2), two)
        other = store.applications.add(bram, role, 2, "applied", day(1))
        store.people.merge(ada, bram)
        found = {each.id: each for each in store.applications.page(candidate=ada)}
        assert set(found) == {late.id, other.id}
        assert (found[late.id].stage, found[late.id].external_ids) == ("interview", (one, two))
        with pytest.raises(NotInCorpusError):
            store.applications.get(early.id)


def test_retention_says_what_is_due_before_it_takes_it(corpus: Corpus) -> None:
    """Older revisions by the day they were outdone; people by their newest resume and their applications."""
    with corpus.open() as store:
        ada = add(store, ADA, day(0))
        second = add(store, revised(ADA, "Kept bees"), day(10))
        add(store, revised(ADA, "Kept owls"), day(20))
        bram = add(store, BRAM, day(0))
        cleo = add(store, CLEO, day(0))
        role = store.roles.add(role_of(POSTING), START).role_id
        store.applications.add(cleo.candidate, role, 1, "applied", day(40))
        assert store.retention.due(day(9999)) == Due((), ())
        store.retention.set(Retention(revisions_days=30, candidates_days=45))
        assert store.retention.get() == Retention(30, 45)
        assert store.retention.due(day(39)) == Due((), ())
        assert store.retention.due(day(40)) == Due((), (ada.revision,))
        before = rows_of(store)
        assert store.retention.due(day(50)) == Due((bram.candidate,), (ada.revision, second.revision))
        assert rows_of(store) == before
        receipt = store.retention.apply(day(50))
        assert receipt.candidates == (bram.candidate,)
        assert set(receipt.revisions) == {ada.revision, second.revision, bram.revision}
        assert (receipt.files, receipt.applications) == (3, 0)
        assert [each.received for each in store.resumes.revisions(ada.candidate)] == [day(20)]
        assert store.retention.due(day(50)) == Due((), ())
        assert store.retention.apply(day(50)).candidates == ()
        assert store.retention.due(day(86)).candidates == tuple(sorted([ada.candidate, cleo.candidate]))
        assert store.problems() == []
        with pytest.raises(InputError, match="Retention is 0 days"):
            store.retention.set(Retention(candidates_days=0))


def test_an_erased_resume_may_come_back_as_somebody_new(corpus: Corpus) -> None:
    """Nothing remembers the person: not the file, not the key, not the number."""
    with corpus.open() as store:
        key = ExternalId("ats", "1")
        first = add(store, ADA, external=key)
        store.people.erase([first.candidate])
        again = store.resumes.add([intake(store, ADA, day(1), external=key)])[0]
        assert again.candidate != first.candidate
        assert again.revision > first.revision
        assert again.number == 1

"""The vectors of a revision together, and its features: both follow from what else is kept."""

from __future__ import annotations

import sqlalchemy as sa
from store_samples import ADA, BRAM, ENCODER, Corpus, add, day, resume_of, revised

from matcher.store import Store, vector_bytes
from matcher.store.schema import revision_vectors
from matcher.types.corpus import Vectors

FINGERPRINT = ENCODER.fingerprint


def together(text: str) -> bytes:
    """The vectors of a resume's snippets one after the other."""
    rows = ENCODER.encode([snippet.masked for snippet in resume_of(text).snippets])
    return b"".join(map(vector_bytes, rows))


def rows(store: Store) -> list[tuple[int, str]]:
    """Which revisions have a row, under which encoder."""
    statement = sa.select(revision_vectors.c.revision, revision_vectors.c.fingerprint)
    with store._database.engine.connect() as connection:
        return sorted(tuple(row) for row in connection.execute(statement))


def test_what_is_taken_in_has_its_vectors_together(corpus: Corpus) -> None:
    """In the order of the snippets, the same bytes as by text, also where all of them were known before."""
    with corpus.open() as store:
        ada = add(store, ADA)
        again = add(store, ADA.replace("Ada Lindqvist", "Ada Twin").replace("ada.lindqvist", "twin"))
        found = store.revision_vectors.get(FINGERPRINT, [ada.revision, again.revision, 999])
        assert found == {ada.revision: together(ADA), again.revision: together(ADA)}
        assert store.revision_vectors.get("other@1", [ada.revision]) == {}
        assert store.revision_vectors.differing(FINGERPRINT) == 0


def test_they_go_with_the_revision_that_is_searched(corpus: Corpus) -> None:
    """A newer revision takes the place of the older one's; an erasure leaves only others'."""
    with corpus.open() as store:
        first, bram = add(store, ADA), add(store, BRAM)
        second = add(store, revised(ADA, "Kept bees"), at=day(1))
        assert second.candidate == first.candidate
        assert rows(store) == [(bram.revision, FINGERPRINT), (second.revision, FINGERPRINT)]
        store.people.erase([second.candidate])
        assert rows(store) == [(bram.revision, FINGERPRINT)]


def test_another_encoder_is_filled_in_beside_the_old(corpus: Corpus) -> None:
    """Only revisions whose every text has a vector; nothing twice; dropping takes that encoder's alone."""
    with corpus.open() as store:
        ada, bram = add(store, ADA), add(store, BRAM)
        texts = [snippet.masked for snippet in resume_of(ADA).snippets]
        store.vectors.add(Vectors("new@2", dict.fromkeys(texts, b"\x00\x00\x00\x00")))
        assert store.revision_vectors.mend("new@2") == 1
        assert store.revision_vectors.mend("new@2") == 0
        assert store.revision_vectors.get("new@2", [ada.revision, bram.revision]) == {
            ada.revision: b"\0\0\0\0" * len(texts)
        }
        store.vectors.drop(FINGERPRINT)
        assert rows(store) == [(ada.revision, "new@2")]


def test_those_that_are_missing_or_other_are_counted_and_mended(corpus: Corpus) -> None:
    """One that was taken away and one that was changed behind the store's back are two."""
    with corpus.open() as store:
        ada, bram = add(store, ADA), add(store, BRAM)
        which = revision_vectors.c.revision
        with store._database.engine.begin() as connection:
            connection.execute(sa.delete(revision_vectors).where(which == ada.revision))
            connection.execute(sa.update(revision_vectors).where(which == bram.revision).values(vectors=b""))
        assert store.revision_vectors.differing(FINGERPRINT) == 2
        assert store.revision_vectors.mend(FINGERPRINT) == 2
        assert store.revision_vectors.differing(FINGERPRINT) == 0
        assert store.revision_vectors.get(FINGERPRINT, [ada.revision]) == {ada.revision: together(ADA)}


def test_features_are_known_by_how_they_begin(corpus: Corpus) -> None:
    """Absent ones and those of other rules are named, in order; what is kept comes back with the resume."""
    with corpus.open() as store:
        ada, bram = add(store, ADA, features=b"v1:old"), add(store, BRAM)
        assert store.features.outdated(b"v2:", 9) == [ada.revision, bram.revision]
        assert store.features.outdated(b"v1:", 9) == [bram.revision]
        assert store.features.outdated(b"v2:", 9, after=ada.revision) == [bram.revision]
        assert store.features.keep({ada.revision: b"v2:new", 999: b"v2:nobody's"}) == 1
        assert store.resumes.read([ada.revision])[ada.revision].features == b"v2:new"
        assert store.features.outdated(b"v2:", 1) == [bram.revision]

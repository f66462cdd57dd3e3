"""Outlines are kept of who is searched, and of nobody else."""

from __future__ import annotations

from store_samples import ADA, BRAM, Corpus, add, day, intake, revised

from matcher.store import Store


def kept(store: Store) -> dict[int, bytes]:
    """Every outline that there is."""
    return store.outlines.read(range(1, 50))


def test_outlines_are_kept_of_newest_revisions(corpus: Corpus) -> None:
    """What comes with a resume is there at once and goes with it; what is made later takes its place."""
    with corpus.open() as store:
        ada, bram = add(store, ADA), add(store, BRAM)
        assert kept(store) == {}
        assert store.outlines.keep({ada.revision: b"a", bram.revision: b"b", 999: b"nobody"}) == 2
        assert store.outlines.keep({bram.revision: b"bram"}) == 1
        assert kept(store) == {ada.revision: b"a", bram.revision: b"bram"}
        (newer,) = store.resumes.add([intake(store, revised(ADA, "Kept bees"), at=day(1), outline=b"newer")])
        assert kept(store) == {bram.revision: b"bram", newer.revision: b"newer"}
        assert store.outlines.keep({ada.revision: b"old"}) == 0, "no longer searched"
        store.people.erase([newer.candidate])
        assert kept(store) == {bram.revision: b"bram"}

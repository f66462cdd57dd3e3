"""Changes are forgotten once an index has them, some time after, and who is behind is told to build anew."""

from __future__ import annotations

import pytest
from store_samples import ADA, BRAM, CLEO, Corpus, add, day, revised, rows_of

from matcher.errors import IndexUnfitError
from matcher.store import changes


def test_old_changes_are_forgotten_behind_a_saved_index(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last writes stay for others; the corpus revision stays; the table stops growing."""
    monkeypatch.setattr(changes, "_KEPT", 3)
    monkeypatch.setattr(changes, "_AT_ONCE", 2)
    with corpus.open() as store:
        add(store, ADA)
        assert store.changes.forget(1) == 0
        for number in range(9):
            add(store, revised(ADA, f"Built {number} quiet zeppelins"), day(number + 1))
        every = store.changes.since(0)
        assert {change.corpus_revision for change in every} == set(range(1, 11))
        assert store.changes.forget(4) == 0  # that index has seen little
        assert store.changes.forget(8) == 9
        assert store.changes.revision() == 10
        assert store.changes.forget(8) == 0
        assert store.changes.since(5) == [change for change in every if change.corpus_revision > 5]
        assert store.changes.since(7, 1) == [change for change in every if change.corpus_revision == 8]
        for behind in (0, 4):
            with pytest.raises(IndexUnfitError, match="changes up to 5 are forgotten: rebuild"):
                store.changes.since(behind)
        sizes = []
        for number in range(12):
            add(store, revised(ADA, f"Sold {number} loud zeppelins"), day(number + 20))
            store.changes.forget(store.changes.revision())
            sizes.append(len(rows_of(store)["changes"]))
        assert max(sizes) <= 2 * (3 + 2) + 1
        assert store.problems() == []


def test_what_is_forgotten_may_have_been_an_erasure(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is behind it has to clean its files; whoever is not, need not."""
    monkeypatch.setattr(changes, "_KEPT", 0)
    monkeypatch.setattr(changes, "_AT_ONCE", 1)
    with corpus.open() as store:
        store.people.erase([add(store, ADA).candidate])
        add(store, BRAM)
        assert [store.changes.erased_since(at) for at in (1, 2, 3)] == [True, False, False]
        assert store.changes.forget(3) > 0
        assert [store.changes.erased_since(at) for at in (1, 2, 3)] == [True, True, False]
        add(store, CLEO)
        assert [change.corpus_revision for change in store.changes.since(3)] == [4]

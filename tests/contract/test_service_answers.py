"""Kept answers and keys on both databases: what is decided once is decided by the database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from store_samples import Corpus

from matcher.errors import InputError, NotInCorpusError
from matcher.store import Answer, Store, Taken
from matcher.types.service import Scope


@pytest.fixture
def store(corpus: Corpus) -> Iterator[Store]:
    """A tenant's store on each database."""
    with corpus.open() as opened:
        yield opened


NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_of_many_who_ask_at_once_one_begins(store: Store) -> None:
    """The others find it in flight."""
    gate = threading.Barrier(8)

    def begin(_: int) -> Answer | Taken:
        gate.wait()
        return store.answers.begin("holder", "key", b"1", NOW)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(begin, range(8)))
    assert sorted(found, key=str) == [Taken.BEGUN] + [Taken.IN_FLIGHT] * 7
    store.answers.keep("holder", "key", Answer(201, {"location": "/x"}, b"{}"))
    assert store.answers.begin("holder", "key", b"1", NOW) == Answer(201, {"location": "/x"}, b"{}")
    store.answers.drop("holder", "key")  # of an answer that is kept nothing is dropped
    assert isinstance(store.answers.begin("holder", "key", b"1", NOW), Answer)


def test_a_key_opens_until_it_ends(store: Store) -> None:
    """By expiry, by being replaced, a while later, or by being revoked, at once."""
    key, shown = store.keys.make("ats", [Scope.READ], NOW, NOW + timedelta(days=2))
    found = store.find_key(shown, NOW)
    assert found is not None
    assert (found.id, found.tenant, found.scopes) == (key.id, store.tenant, frozenset({Scope.READ}))
    assert store.find_key(shown, NOW + timedelta(days=2)) is None
    fresh, fresh_shown = store.keys.rotate(key.id, NOW, timedelta(hours=24))
    assert (fresh.name, fresh.scopes, fresh.expires) == (key.name, key.scopes, key.expires)
    assert store.find_key(shown, NOW + timedelta(hours=23)) is not None
    assert store.find_key(shown, NOW + timedelta(hours=24)) is None
    assert store.find_key(fresh_shown, NOW + timedelta(hours=24)) is not None
    store.keys.revoke(fresh.id, NOW)
    assert store.find_key(fresh_shown, NOW) is None


def test_an_ended_key_is_not_replaced_and_never_lives_longer(store: Store) -> None:
    """Rotation gives no life back."""
    key, _ = store.keys.make("ats", [Scope.READ], NOW, NOW + timedelta(hours=1))
    store.keys.rotate(key.id, NOW, timedelta(hours=24))
    assert store.keys.get(key.id).expires == NOW + timedelta(hours=1)
    with pytest.raises(InputError):
        store.keys.rotate(key.id, NOW + timedelta(hours=2), timedelta(hours=24))
    store.keys.revoke(key.id, NOW)
    with pytest.raises(InputError):
        store.keys.rotate(key.id, NOW, timedelta(hours=24))
    with pytest.raises(NotInCorpusError):
        store.keys.rotate("0" * 16, NOW, timedelta(0))


@pytest.mark.parametrize("mangle", [str.upper, lambda key: key + "x", lambda key: key[:-1] + "\0"])
def test_what_is_no_key_opens_nothing(store: Store, mangle: object) -> None:
    """Nor does one with the id of another, whatever characters it has."""
    _, shown = store.keys.make("ats", [Scope.READ], NOW)
    _, other = store.keys.make("ats", [Scope.READ], NOW)
    assert callable(mangle)
    assert store.find_key(mangle(shown), NOW) is None
    crossed = "_".join((*shown.split("_", 2)[:2], other.split("_", 2)[2]))
    for wrong in (crossed, "", "mk__", "mk_\0_x", "größe", "x" * 100_000):
        assert store.find_key(wrong, NOW) is None


def test_last_use_is_noted_once_a_minute(store: Store) -> None:
    """It says whether anybody still needs the key."""
    made, shown = store.keys.make("ats", [Scope.READ], NOW)
    assert made.last_used is None
    for minutes, noted in ((0, 0), (0.5, 0), (1.5, 1.5)):
        at = NOW + timedelta(minutes=minutes)
        key = store.find_key(shown, at)
        assert key is not None
        store.keys.used(key, at)
        assert store.keys.get(made.id).last_used == NOW + timedelta(minutes=noted)

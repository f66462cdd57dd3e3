"""Random histories of a store against one kept in dictionaries: what is there, searched and announced."""

from __future__ import annotations

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import ADA, ENCODER, Corpus, add, day, resume_of, snippet_texts

from matcher.store import Store
from matcher.types.corpus import Outcome, snippet_id

PEOPLE, VARIANTS = 4, 3
_tenants = itertools.count()

operations = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, PEOPLE - 1), st.integers(0, VARIANTS - 1)),
        st.tuples(st.just("add"), st.integers(0, PEOPLE - 1), st.integers(0, VARIANTS - 1)),
        st.tuples(st.just("erase"), st.integers(0, PEOPLE - 1), st.just(0)),
        st.tuples(st.just("merge"), st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)),
    ),
    min_size=4,
    max_size=14,
)


def resume(person: int, variant: int) -> str:
    """A resume of one of a few people; variants share most of their lines with each other and with others."""
    name = ("Ada", "Bob", "Cyd", "Dov")[person]
    text = ADA.replace("Ada Lindqvist", f"{name} Quill").replace("ada.lindqvist", name)
    return text.replace("Kubernetes", f"a place of {variant} rooms and {person % 2} doors")


class Oracle:
    """The same in dictionaries: whose each text is, and who each of the people has become."""

    def __init__(self) -> None:
        self.owner: dict[str, str] = {}  # text -> id
        self.revision: dict[str, int] = {}  # text -> id of its revision
        self.come: dict[str, int] = {}  # text -> the day it came
        self.ids: dict[int, str] = {}  # person -> id

    def newest(self) -> dict[str, str]:
        """The newest text of each id."""
        found: dict[str, str] = {}
        for text in sorted(self.owner, key=self.come.__getitem__):
            found[self.owner[text]] = text
        return found

    def erase(self, who: str) -> set[int]:
        """Forget an id; returns its revisions."""
        gone = [text for text, owner in self.owner.items() if owner == who]
        self.ids = {person: known for person, known in self.ids.items() if known != who}
        for text in gone:
            del self.owner[text]
        return {self.revision[text] for text in gone}


def step(store: Store, oracle: Oracle, what: str, one: int, two: int) -> None:
    """Do the same to both."""
    if what == "add":
        text = resume(one, two)
        known = text in oracle.owner
        when = two * PEOPLE + one
        ingested = add(store, text, day(when))
        expected = Outcome.UNCHANGED if known else Outcome.REVISED if one in oracle.ids else Outcome.ADDED
        assert ingested.outcome is expected
        assert oracle.ids.setdefault(one, ingested.candidate) == ingested.candidate
        if not known:
            oracle.owner[text], oracle.revision[text] = ingested.candidate, ingested.revision
            oracle.come[text] = when
    elif what == "erase" and one in oracle.ids:
        who = oracle.ids[one]
        receipt = store.people.erase([who])
        assert set(receipt.revisions) == oracle.erase(who)
    elif what == "merge" and oracle.ids.get(one) != oracle.ids.get(two) and {one, two} <= set(oracle.ids):
        keep, other = oracle.ids[one], oracle.ids[two]
        assert store.people.merge(keep, other).id == keep
        oracle.owner = {text: keep if who == other else who for text, who in oracle.owner.items()}
        oracle.ids = {person: keep if who == other else who for person, who in oracle.ids.items()}


@settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=operations)
def test_any_history_leaves_what_dictionaries_say(
    corpus: Corpus, history: list[tuple[str, int, int]]
) -> None:
    """People, revisions, snippets in order, distinct vectors, and the changes that an index followed."""
    oracle = Oracle()
    searched: set[int] = set()
    seen = 0
    with corpus.open(f"t{next(_tenants)}") as store:
        for what, one, two in history:
            step(store, oracle, what, one, two)
            for change in store.changes.since(seen):
                assert not searched & set(change.added)
                assert set(change.removed) <= searched
                searched = searched - set(change.removed) | set(change.added)
            seen = store.changes.revision()
        newest = oracle.newest()
        expected = {
            snippet_id(oracle.revision[text], ordinal): snippet.masked
            for text in newest.values()
            for ordinal, snippet in enumerate(resume_of(text).snippets)
        }
        assert searched == set(expected)
        assert dict(zip(sorted(searched), snippet_texts(store, sorted(searched)), strict=True)) == expected
        assert {person.id: person.revision for person in store.people.page()} == {
            who: oracle.revision[text] for who, text in newest.items()
        }
        distinct = len(set(expected.values()))
        assert store.stats().vectors == ({ENCODER.fingerprint: distinct} if distinct else {})
        assert store.stats().revisions == len(oracle.owner)
        hits = store.lexical.search("rooms", 99)
        assert sorted(hits) == sorted(key for key, text in expected.items() if "rooms" in text)
        for who in newest:
            numbers = sorted(revision.number for revision in store.resumes.revisions(who))
            assert numbers == list(range(1, len(numbers) + 1))
        assert store.problems() == []

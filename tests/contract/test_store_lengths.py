"""How long snippets are is known of whoever is searched, and ranks them as BM25 does."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
import sqlalchemy as sa
from store_samples import ADA, BRAM, Corpus, add, day, revised

from matcher.store import Store, lexical
from matcher.store.lengths import Lengths, snippet_lengths
from matcher.store.schema import snippets
from matcher.store.words import words
from matcher.types.corpus import snippet_id

WORDS = "go rust kubernetes team payroll bees bread ovens".split()


def masked(store: Store) -> dict[int, str]:
    """The masked text of every snippet of every tenant."""
    with store._database.engine.connect() as connection:
        rows = connection.execute(sa.select(snippets.c.id, snippets.c.masked).order_by(snippets.c.id)).all()
    return {row.id: row.masked for row in rows}


def kept(store: Store) -> dict[int, bytes]:
    """What is kept, by revision."""
    columns = snippet_lengths.c.revision, snippet_lengths.c.characters
    with store._database.engine.connect() as connection:
        return {row.revision: bytes(row.characters) for row in connection.execute(sa.select(*columns))}


def resume(number: int, chance: random.Random) -> str:
    """Somebody's, with lines of a few of the words, of very different length."""
    lines = (
        "• " + " ".join([*chance.sample(WORDS, chance.randint(1, 4)), *["lorem"] * chance.randint(0, 30)])
        for _ in range(6)
    )
    return f"Kim Sample\nkim.{number}@example.org\n\nExperience\nBaker, Fen Ltd\n2019 - 2020\n" + "\n".join(
        lines
    )


def test_lengths_follow_whoever_is_searched(corpus: Corpus) -> None:
    """Those who come are read on, those who went are let go of, and no tenant sees another's."""
    asked = Lengths()

    def found(store: Store) -> dict[int, int]:
        ids = np.array([*masked(store), snippet_id(999, 0)], np.int64)
        with store._database.reading() as work:
            return dict(zip(ids.tolist(), asked.of(work, ids).tolist(), strict=True))

    def told(store: Store) -> dict[int, int]:
        return {key: len(text) for key, text in masked(store).items()} | {snippet_id(999, 0): -1}

    with corpus.open() as store, corpus.open("other") as other:
        assert found(store) == {snippet_id(999, 0): -1}
        ada = add(store, ADA)
        assert found(store) == told(store)
        bram = add(store, BRAM)
        assert found(store) == told(store)
        add(store, revised(ADA, "Kept bees"), at=day(1))
        assert found(store) == told(store), "the older resume's are no longer there"
        theirs = add(other, BRAM)
        mine = {key: length for key, length in told(store).items() if key >> 16 != theirs.revision}
        assert found(store) == mine | {key: -1 for key in found(store) if key >> 16 == theirs.revision}
        store.people.erase([ada.candidate])
        assert found(store)[snippet_id(bram.revision, 0)] > 0
        known = asked._known.starts
        assert known[ada.revision] == -1, "forgotten in memory too"
        assert set(kept(store)) == {bram.revision, theirs.revision}
        assert store.problems() == []


def test_the_order_is_that_of_bm25_over_everybody(corpus: Corpus) -> None:
    """With every snippet's words and length counted one by one."""
    chance = random.Random(7)
    with corpus.open() as store:
        for number in range(30):
            add(store, resume(number, chance))
        texts = masked(store)
        for asked in ("payroll for a team", "go kubernetes rust bees", "ovens"):
            wanted = [word for word in words(asked) if word not in ("for", "a")]
            holding = {word: {key for key, text in texts.items() if word in words(text)} for word in wanted}
            telling = {
                key: sum(math.log(1_000_000 / len(holding[word])) for word in wanted if key in holding[word])
                / (1 + 1.2 * (0.25 + 0.75 * len(text) / 90))
                for key, text in texts.items()
            }
            order = sorted(
                filter(telling.__getitem__, telling), key=lambda key: (-round(telling[key], 9), key)
            )
            ids, scores = store.lexical.weighed(asked, 1_000)
            assert ids.tolist() == sorted(order)
            assert scores.tolist() == pytest.approx([telling[key] for key in ids.tolist()])
            found = store.lexical.nearest(asked, 12)
            assert [round(telling[key], 9) for key in found] == [round(telling[key], 9) for key in order[:12]]


def test_common_words_are_looked_for_among_those_who_have_a_rare_one(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of as many as may be weighed those with a rare word are all there, and their common words count."""
    chance = random.Random(3)
    with corpus.open() as store:
        for number in range(20):
            add(store, resume(number, chance))
        add(store, revised(BRAM, "Tamed a basilisk with bread and bees"))
        monkeypatch.setattr(lexical, "MOST_WEIGHED", 5)
        first, *_ = store.lexical.nearest("basilisk bread", 9)
        assert masked(store)[first] == "Tamed a basilisk with bread and bees"
        ids, scores = store.lexical.weighed("basilisk bread", 5)
        assert ids.tolist() == [first]
        assert scores[0] > store.lexical.weighed("basilisk", 5)[1][0]


def test_an_older_corpus_is_given_lengths(corpus: Corpus) -> None:
    """The migration writes what is written of new resumes; what is missing is said."""
    with corpus.open() as store:
        ada = add(store, ADA)
        add(store, revised(ADA, "Kept bees"), at=day(1))
        add(store, BRAM)
        before = kept(store)
        assert ada.revision not in before
        with store._database.engine.begin() as connection:
            connection.execute(sa.delete(snippet_lengths))
        assert store.problems() == ["2 newest resumes without the lengths of their snippets."]
        with store._database.engine.begin() as connection:
            connection.execute(sa.text("DROP TABLE snippet_lengths"))
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '0005'"))
    with corpus.open() as store:
        assert kept(store) == before
        assert store.problems() == []

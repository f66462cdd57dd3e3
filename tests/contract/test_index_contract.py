"""Every SnippetIndex, over random operations, against an oracle written with dicts and fractions of four."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.errors import InputError
from matcher.index import ExactIndex, FaissIndex, SnippetIndex

DIM = 16
INDEXES: list[type[ExactIndex] | type[FaissIndex]] = [ExactIndex, FaissIndex]

every_index = pytest.mark.parametrize("make", INDEXES)
Make = Callable[[int], SnippetIndex]


@st.composite
def unit_rows(draw: st.DrawFn) -> tuple[float, ...]:
    """A row with four entries of 1/2 or -1/2: its length is 1 and all its products are exact in float32.

    There are few of them, so that equal vectors and equal scores are common.
    """
    start = draw(st.integers(0, 3))
    signs = draw(st.sampled_from([(1, 1, 1, 1), (1, -1, 1, -1), (-1, -1, 1, 1)]))
    row = [0.0] * DIM
    for place, sign in enumerate(signs):
        row[2 * start + place] = sign / 2
    return tuple(row)


ids = st.integers(0, 12)
operations = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.tuples(ids, unit_rows()), max_size=8)),
        st.tuples(st.just("remove"), st.lists(ids, max_size=4)),
        st.tuples(st.just("search"), st.tuples(st.lists(unit_rows(), max_size=3), st.integers(1, 20))),
        st.tuples(st.just("reload"), st.none()),
    ),
    max_size=14,
)


def rows(values: list[tuple[float, ...]]) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32).reshape(-1, DIM)


def expected(
    stored: dict[int, tuple[float, ...]], query: tuple[float, ...], k: int
) -> list[tuple[float, int]]:
    """Naive search: every score, sorted by (-score, id), padded."""
    scores = sorted((-sum(map(float.__mul__, query, row)), key) for key, row in stored.items())
    found = [(-negative, key) for negative, key in scores[:k]]
    return found + [(-math.inf, -1)] * (k - len(found))


@every_index
@settings(max_examples=120, derandomize=True, deadline=None)
@given(todo=operations)
def test_random_operations_give_the_oracles_values(
    make: Make, todo: list[tuple[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After any adds, replacements, removals and reloads, scores, ids, ties and padding are the oracle's."""
    index: SnippetIndex = make(DIM)
    stored: dict[int, tuple[float, ...]] = {}
    for name, argument in todo:
        match name, argument:
            case "add", list(pairs):
                index.add([key for key, _ in pairs], rows([row for _, row in pairs]))
                stored.update(pairs)
            case "remove", list(gone):
                index.remove(gone)
                stored = {key: row for key, row in stored.items() if key not in gone}
            case "search", (list(queries), int(k)):
                scores, found = index.search(rows(queries), k)
                assert (scores.dtype, found.dtype) == (np.float32, np.int64)
                got = [
                    list(zip(*pair, strict=True))
                    for pair in zip(scores.tolist(), found.tolist(), strict=True)
                ]
                assert got == [expected(stored, query, k) for query in queries]
            case _:
                path = tmp_path_factory.mktemp("index") / "saved"
                index.save(path)
                index = type(index).load(path)
        assert len(index) == len(stored)


def random_units(count: int, dim: int, seed: int) -> NDArray[np.float32]:
    values = np.random.default_rng(seed).normal(size=(count, dim))
    return (values / np.linalg.norm(values, axis=1, keepdims=True)).astype(np.float32)


@every_index
def test_a_score_is_the_same_bits_whatever_else_is_stored_or_asked(make: Make) -> None:
    """One query against one vector, forty queries against three hundred: not a bit differs."""
    queries, vectors = random_units(40, 384, 1), random_units(300, 384, 2)
    index = make(384)
    index.add(list(range(300)), vectors)
    scores, found = index.search(queries, 300)
    together = np.empty_like(scores)
    np.put_along_axis(together, found, scores, axis=1)
    for query, vector in [(0, 0), (39, 299), (17, 5), (20, 123), (3, 298)]:
        alone = make(384)
        alone.add([vector], vectors[vector : vector + 1])
        assert alone.search(queries[query : query + 1], 1)[0][0, 0] == together[query, vector]
    part = make(384)
    part.add(list(range(100, 300)), vectors[100:])
    scores, found = part.search(queries[7:29], 9)
    assert (scores == np.take_along_axis(together[7:29], found, axis=1)).all()


@every_index
def test_scores_are_cosines(make: Make) -> None:
    """Scores agree with cosines worked out in double precision, and a vector is nearest to itself."""
    vectors = random_units(50, 384, 3)
    index = make(384)
    index.add(list(range(50)), vectors)
    scores, found = index.search(vectors, 50)
    double = vectors.astype(np.float64) @ vectors.astype(np.float64).T
    np.testing.assert_allclose(scores, np.take_along_axis(double, found, axis=1), atol=1e-6)
    assert found[:, 0].tolist() == list(range(50))


@every_index
def test_more_ties_than_are_fetched_at_first_still_come_by_id(make: Make) -> None:
    """Among a thousand equal vectors the five of the lowest ids are returned."""
    index = make(DIM)
    same = rows([(1.0, *[0.0] * (DIM - 1))])
    keys = np.random.default_rng(4).permutation(1000)
    index.add(keys, np.repeat(same, 1000, axis=0))
    assert index.search(same, 5)[1].tolist() == [[0, 1, 2, 3, 4]]


GOOD = (1.0, *[0.0] * (DIM - 1))


@every_index
@pytest.mark.parametrize(
    ("keys", "values", "message"),
    [
        ([1], [(math.nan, *GOOD[1:])], "NaN or infinity"),
        ([1], [(math.inf, *GOOD[1:])], "NaN or infinity"),
        ([1], [(2.0, *GOOD[1:])], "length 2 instead of 1"),
        ([1], [(0.0, *GOOD[1:])], "length 0 instead of 1"),
        ([1], [GOOD[:-1]], r"rows of 16 numbers, not an array of shape \(1, 15\)"),
        ([1, 2], [GOOD], "2 ids for 1 vectors"),
        ([-1], [GOOD], "from 0 to"),
        ([0.5], [GOOD], "whole numbers"),
    ],
)
def test_what_cannot_be_compared_is_refused_and_changes_nothing(
    make: Make, keys: list[int], values: list[tuple[float, ...]], message: str
) -> None:
    """A bad vector or id raises a typed error that says what is wrong; the index stays as it was."""
    index = make(DIM)
    index.add([1], rows([GOOD]))
    with pytest.raises(InputError, match=message):
        index.add(keys, np.array(values, dtype=np.float32))
    assert len(index) == 1
    assert index.search(rows([GOOD]), 1)[0].tolist() == [[1.0]]


@every_index
def test_queries_are_held_to_the_same_rules(make: Make) -> None:
    """A query that is not finite, of another dimension, or a k under 1 raises a typed error."""
    index = make(DIM)
    with pytest.raises(InputError, match="NaN"):
        index.search(np.full((1, DIM), np.nan, dtype=np.float32), 1)
    with pytest.raises(InputError, match="rows of 16"):
        index.search(np.ones((1, 3), dtype=np.float32), 1)
    with pytest.raises(InputError, match="k is 0"):
        index.search(rows([GOOD]), 0)


@every_index
def test_a_file_that_is_no_index_is_refused(
    make: type[ExactIndex] | type[FaissIndex], tmp_path: Path
) -> None:
    """Loading a missing file, other bytes or an empty file raises a typed error that names it."""
    other = tmp_path / "other"
    for content in (b"", b"These are no vectors.", b"PK\x03\x04"):
        other.write_bytes(content)
        with pytest.raises(InputError, match="other"):
            make.load(other)
    with pytest.raises(InputError, match="missing"):
        make.load(tmp_path / "missing")

"""Every SnippetIndex, over random operations, against an oracle written with dicts and fractions of four."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.embedding import load_encoder
from matcher.errors import IndexBehindError, IndexUnfitError, InputError
from matcher.index import ExactIndex, FaissIndex, IndexSpec, SnippetIndex

DIM = 16
SPEC = IndexSpec(DIM, "test@1")
Open = Callable[[Path, IndexSpec], SnippetIndex]
INDEXES: dict[str, Open] = {
    "exact": ExactIndex,
    "faiss": FaissIndex,
    "faiss in segments": partial(FaissIndex, exact_up_to=5),
}

if find_spec("milvus_lite"):
    from matcher.index import MilvusIndex

    INDEXES["milvus"] = MilvusIndex

# The same, where segments have groups enough for some to be passed over.
LARGE: dict[str, Open] = INDEXES | {"faiss in segments": partial(FaissIndex, exact_up_to=500)}
FIXTURES = Path(__file__).parents[2] / "data" / "fixtures" / "evidence"

IN_PROCESS = {name: opened for name, opened in INDEXES.items() if name != "milvus"}

every_index = pytest.mark.parametrize("opened", INDEXES.values(), ids=INDEXES)


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


ids = st.sampled_from([0, 1, 2, 3, 5, 8, 7 << 16, (7 << 16) + 1, 8 << 16, 1 << 40, (1 << 63) - 1])
some = st.none() | st.lists(ids, max_size=9)  # what a search is kept within
operations = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.tuples(ids, unit_rows()), max_size=8)),
        st.tuples(st.just("remove"), st.lists(ids, max_size=4)),
        st.tuples(st.just("search"), st.tuples(st.lists(unit_rows(), max_size=3), st.integers(1, 20), some)),
        st.tuples(st.sampled_from(["save", "compact", "reopen"]), st.none()),
    ),
    max_size=14,
)


def rows(values: list[tuple[float, ...]]) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32).reshape(-1, DIM)


def expected(stored: dict[int, tuple[float, ...]], query: tuple[float, ...]) -> list[tuple[float, int]]:
    """Naive search: every score, sorted by (-score, id)."""
    scores = sorted((-sum(map(float.__mul__, query, row)), key) for key, row in stored.items())
    return [(-negative, key) for negative, key in scores]


def check(
    index: SnippetIndex,
    stored: dict[int, tuple[float, ...]],
    queries: list[tuple[float, ...]],
    k: int,
    within: list[int] | None = None,
) -> None:
    """Compare a search with the oracle: to the last bit, or within the error that the index states."""
    scores, found = index.search(rows(queries), k, within)
    stored = {key: row for key, row in stored.items() if within is None or key in within}
    assert (scores.dtype, found.dtype) == (np.float32, np.int64)
    assert scores.shape == found.shape == (len(queries), k)
    state = index.describe()
    for query, values, keys in zip(queries, scores.tolist(), found.tolist(), strict=True):
        right = expected(stored, query)
        count = min(k, len(right))
        assert (values[count:], keys[count:]) == ([-math.inf] * (k - count), [-1] * (k - count))
        got = list(zip(values[:count], keys[:count], strict=True))
        if not state.approximate:
            assert got == right[:k]
            continue
        true = {key: value for value, key in right}
        assert got == sorted(got, key=lambda hit: (-hit[0], hit[1]))
        assert len({key for _, key in got}) == count
        assert all(abs(value - true[key]) <= state.error for value, key in got)
        missed = [value for value, key in right if key not in keys]
        assert max(missed, default=-1.0) <= min(values[:count], default=-1.0) + state.error


def operate(opened: Open, folder: Path, todo: list[tuple[str, object]]) -> None:
    """Do what is drawn to an index and to the oracle beside it, and compare whenever it is searched."""
    index = opened(folder, SPEC)
    stored: dict[int, tuple[float, ...]] = {}
    revision = 0
    for name, argument in todo:
        match name, argument:
            case "add", list(pairs):
                index.add([key for key, _ in pairs], rows([row for _, row in pairs]))
                stored.update(pairs)
            case "remove", list(gone):
                index.remove(gone)
                stored = {key: row for key, row in stored.items() if key not in gone}
            case "search", (list(queries), int(k), within):
                check(index, stored, queries, k, within)
            case "compact", _:
                index.compact()
                assert index.describe().leftover == 0
            case _:
                revision += 1
                index.save(revision)
                if name == "reopen":
                    index = opened(folder, SPEC)
        state = index.describe()
        assert (state.vectors, state.revision) == (len(stored), revision)
    check(index, stored, [(0.5, 0.5, 0.5, 0.5, *[0.0] * 12)], 5)


@pytest.mark.parametrize("opened", IN_PROCESS.values(), ids=IN_PROCESS)
@settings(max_examples=60, derandomize=True, deadline=None)
@given(todo=operations)
def test_random_operations_give_the_oracles_values(
    opened: Open, todo: list[tuple[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After any adds, replacements, removals, saves and compactions, scores, ids and padding are right."""
    operate(opened, tmp_path_factory.mktemp("index") / "kept", todo)


@pytest.mark.skipif("milvus" not in INDEXES, reason="milvus-lite is an extra: pip install 'matcher[milvus]'")
@settings(max_examples=8, derandomize=True, deadline=None)
@given(todo=operations)
def test_random_operations_in_milvus(
    todo: list[tuple[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same, fewer times: each begins a server of its own."""
    operate(INDEXES["milvus"], tmp_path_factory.mktemp("index") / "kept", todo)


def random_units(count: int, dim: int, seed: int) -> NDArray[np.float32]:
    values = np.random.default_rng(seed).normal(size=(count, dim))
    return (values / np.linalg.norm(values, axis=1, keepdims=True)).astype(np.float32)


def test_an_exact_score_is_the_same_bits_whatever_else_is_stored_or_asked(tmp_path: Path) -> None:
    """One query against one vector, forty queries against three hundred: not a bit differs."""
    spec = IndexSpec(384, "test@1")
    queries, vectors = random_units(40, 384, 1), random_units(300, 384, 2)
    index = FaissIndex(tmp_path, spec)
    index.add(list(range(300)), vectors)
    scores, found = index.search(queries, 300)
    together = np.empty_like(scores)
    np.put_along_axis(together, found, scores, axis=1)
    for query, vector in [(0, 0), (39, 299), (17, 5), (20, 123), (3, 298)]:
        alone = ExactIndex(tmp_path / "alone", spec)
        alone.add([vector], vectors[vector : vector + 1])
        assert alone.search(queries[query : query + 1], 1)[0][0, 0] == together[query, vector]
    part = ExactIndex(tmp_path / "part", spec)
    part.add(list(range(100, 300)), vectors[100:])
    scores, found = part.search(queries[7:29], 9)
    assert (scores == np.take_along_axis(together[7:29], found, axis=1)).all()


@every_index
def test_scores_are_cosines_within_the_stated_error(opened: Open, tmp_path: Path) -> None:
    """Scores agree with cosines worked out in double precision, and a vector is nearest to itself."""
    vectors = random_units(50, 384, 3)
    index = opened(tmp_path / "kept", IndexSpec(384, "test@1"))
    index.add(list(range(50)), vectors)
    index.save(1)
    scores, found = index.search(vectors, 50)
    double = vectors.astype(np.float64) @ vectors.astype(np.float64).T
    error = max(index.describe().error, 1e-6)
    assert error < 0.02
    np.testing.assert_allclose(scores, np.take_along_axis(double, found, axis=1), atol=error)
    assert found[:, 0].tolist() == list(range(50))


@pytest.fixture(scope="module")
def real_text() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Vectors of the demands and of the resume lines that the fixtures have graded."""
    demands: dict[str, None] = {}
    lines: dict[str, None] = {}
    for name in ("own", "quotes", "retrieved"):
        for line in (FIXTURES / f"{name}.jsonl").read_text("utf-8").splitlines():
            pair = json.loads(line)
            if "qualification" in pair:
                demands[pair["qualification"]] = None
                lines[pair.get("snippet") or pair["quote"]] = None
    encoder = load_encoder()
    return encoder.encode(list(demands)), encoder.encode(list(lines))


def in_common(left: NDArray[np.int64], right: NDArray[np.int64]) -> float:
    """How many ids two rows share, on average."""
    return float(np.mean([len(set(a) & set(b)) for a, b in zip(left.tolist(), right.tolist(), strict=True)]))


@pytest.mark.parametrize("opened", LARGE.values(), ids=LARGE)
def test_the_nearest_of_real_text_are_found(
    opened: Open, tmp_path: Path, real_text: tuple[NDArray[np.float32], NDArray[np.float32]]
) -> None:
    """Of the 100 lines nearest to each demand .95 at least are found, their scores within the error."""
    queries, lines = real_text
    assert len(queries) > 250
    assert len(lines) > 1300
    spec = IndexSpec(lines.shape[1], "test@1")
    oracle, index = ExactIndex(tmp_path / "oracle", spec), opened(tmp_path / "kept", spec)
    for each in (oracle, index):
        each.add(range(len(lines)), lines)
    index.save(1)
    right = oracle.search(queries, 100)[1]
    scores, found = opened(tmp_path / "kept", spec).search(queries, 100)
    assert in_common(right, found) >= 95
    some = np.arange(0, len(lines), 7)
    right = oracle.search(queries, 100, some)[1]
    assert in_common(right, index.search(queries, 100, some)[1]) >= 95
    true = np.take_along_axis(queries @ lines.T, found, axis=1)
    assert (np.diff(scores) <= 0).all()
    assert np.abs(scores - true).max() <= index.describe().error + 1e-5


@every_index
def test_equal_vectors_come_by_id(opened: Open, tmp_path: Path) -> None:
    """Equal vectors have equal scores and ascending ids; exact search finds the lowest of a thousand."""
    index = opened(tmp_path / "kept", SPEC)
    same = rows([(1.0, *[0.0] * (DIM - 1))])
    keys = np.random.default_rng(4).permutation(1000)
    index.add(keys, np.repeat(same, 1000, axis=0))
    index.save(1)
    scores, found = index.search(same, 5)
    assert len(set(scores[0].tolist())) == 1
    assert found[0].tolist() == sorted(set(found[0].tolist()))
    if not index.describe().approximate:
        assert found.tolist() == [[0, 1, 2, 3, 4]]


GOOD = (1.0, *[0.0] * (DIM - 1))


@every_index
def test_what_cannot_be_compared_is_refused_and_changes_nothing(opened: Open, tmp_path: Path) -> None:
    """A bad vector or id raises a typed error that says what is wrong; the index stays as it was."""
    index = opened(tmp_path / "kept", SPEC)
    index.add([1], rows([GOOD]))
    for keys, values, message in [
        ([1], [(math.nan, *GOOD[1:])], "NaN or infinity"),
        ([1], [(math.inf, *GOOD[1:])], "NaN or infinity"),
        ([1], [(2.0, *GOOD[1:])], "length 2 instead of 1"),
        ([1], [(0.0, *GOOD[1:])], "length 0 instead of 1"),
        ([1], [GOOD[:-1]], r"rows of 16 numbers, not an array of shape \(1, 15\)"),
        ([1, 2], [GOOD], "2 ids for 1 vectors"),
        ([-1], [GOOD], "from 0 to"),
        ([0.5], [GOOD], "whole numbers"),
    ]:
        with pytest.raises(InputError, match=message):
            index.add(keys, np.array(values, dtype=np.float32))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="NaN"):
        index.search(np.full((1, DIM), np.nan, dtype=np.float32), 1)
    with pytest.raises(InputError, match="rows of 16"):
        index.search(np.ones((1, 3), dtype=np.float32), 1)
    with pytest.raises(InputError, match="k is 0"):
        index.search(rows([GOOD]), 0)
    index.remove([7])  # unknown
    assert index.describe().vectors == 1
    np.testing.assert_allclose(index.search(rows([GOOD]), 1)[0], [[1.0]], atol=1e-6)


@every_index
def test_what_belongs_to_another_encoder_or_is_damaged_is_refused(opened: Open, tmp_path: Path) -> None:
    """Another dimension, another fingerprint: a typed error that says to rebuild."""
    folder = tmp_path / "kept"
    index = opened(folder, SPEC)
    index.add(range(9), rows([GOOD] * 9))
    index.save(3)
    for other in (IndexSpec(DIM, "test@2"), IndexSpec(8, "test@1")):
        with pytest.raises(IndexUnfitError, match="rebuild"):
            opened(folder, other)


@every_index
def test_of_two_that_save_the_second_is_behind(opened: Open, tmp_path: Path) -> None:
    """An object that was opened before another saved cannot save over it; opened again it can."""
    folder = tmp_path / "kept"
    first, second = opened(folder, SPEC), opened(folder, SPEC)
    first.add([1], rows([GOOD]))
    second.add([2], rows([GOOD]))
    first.save(1)
    with pytest.raises(IndexBehindError, match="open it again"):
        second.save(2)
    again = opened(folder, SPEC)
    again.add([2], rows([GOOD]))
    again.save(2)
    last = opened(folder, SPEC)
    assert sorted(last.search(rows([GOOD]), 2)[1][0].tolist()) == [1, 2]


@every_index
def test_readers_search_while_one_adds_removes_and_merges(opened: Open, tmp_path: Path) -> None:
    """A vector that is never touched is always found, one that is gone never, whatever is written beside."""
    index = opened(tmp_path / "kept", SPEC)
    others = random_units(400, DIM, 5)
    others[:, 0] = -np.abs(others[:, 0])  # all on the far side of the one that is looked for
    index.add([999], rows([GOOD]))
    index.add([998], rows([GOOD]))
    index.remove([998])
    done, wrong = threading.Event(), []

    def read() -> None:
        while not done.is_set():
            found = index.search(rows([GOOD]), 3)[1][0].tolist()
            if found[0] != 999 or 998 in found:
                wrong.append(found)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for start in range(0, 400, 40):
        index.add(range(start, start + 40), others[start : start + 40])
        index.remove(range(start, start + 10))
        index.save(start)
        opened_beside = opened(tmp_path / "kept", SPEC).search(rows([GOOD]), 1)[1]
        assert opened_beside.tolist() == [[999]]
    index.compact()
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert index.describe().vectors == 301


def bytes_of(folder: Path) -> dict[str, bytes]:
    """The content of every file under a folder."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@every_index
def test_no_file_keeps_a_removed_vector_after_compact(opened: Open, tmp_path: Path) -> None:
    """The numbers of a removed and of a replaced vector are in no file; those that stay are found."""
    folder, spec = tmp_path / "kept", IndexSpec(64, "test@1")
    vectors = random_units(300, 64, 6)
    index = opened(folder, spec)
    for start in range(0, 300, 100):
        index.add(range(start, start + 100), vectors[start : start + 100])
        index.save(start + 1)
    if "segments" not in index.describe().kind:  # there one byte a dimension is kept: see tests/unit/index
        assert any(vectors[7].tobytes() in content for content in bytes_of(tmp_path).values())
    gone = [7, 150, 299]
    index.remove(gone)
    index.add([40], vectors[41:42])  # what stood there is replaced
    index.save(400)
    index.compact()
    index = opened(folder, spec)
    for name, content in bytes_of(tmp_path).items():
        for key in [*gone, 40]:
            assert vectors[key].tobytes() not in content, f"{name} keeps the vector of {key}"
            assert vectors[key, :16].tobytes() not in content, f"{name} keeps a part of the vector of {key}"
    found = index.search(vectors, 1)[1][:, 0]
    kept = np.setdiff1d(np.arange(300), [*gone, 40, 41])
    assert found[kept].tolist() == kept.tolist()
    assert not set(gone) & set(index.search(vectors[gone], 300)[1].ravel().tolist())
    assert index.describe().revision == 400


@pytest.mark.parametrize("opened", [ExactIndex, INDEXES["faiss in segments"]], ids=["exact", "faiss"])
def test_a_damaged_or_missing_file_is_refused(opened: Open, tmp_path: Path) -> None:
    """Every file of an index, cut short, overwritten or gone, gives a typed error that says to rebuild."""
    folder = tmp_path / "kept"
    index = opened(folder, SPEC)
    index.add(range(90), random_units(90, DIM, 7))
    index.save(3)
    names = [path.name for path in folder.iterdir() if path.name != "lock"]
    assert len(names) >= 2
    for name in names:
        path = folder / name
        content = path.read_bytes()
        changed = bytearray(content)
        changed[len(changed) // 2] ^= 1
        for other in (content[: len(content) // 2], bytes(changed), b""):
            path.write_bytes(other)
            with pytest.raises(IndexUnfitError, match="rebuild"):
                opened(folder, SPEC)
        path.unlink()
        if name != "manifest.json":
            with pytest.raises(IndexUnfitError, match="rebuild"):
                opened(folder, SPEC)
        path.write_bytes(content)
    assert opened(folder, SPEC).describe().vectors == 90
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["revision"] == 3

"""Segments of the FAISS index: their bytes, their files, when they are merged, what opening costs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.errors import CorpusReadOnlyError
from matcher.index import FaissIndex, IndexSpec, segments
from matcher.index.ahead import Groups
from matcher.index.layout import lists_for, probes_for
from matcher.index.located import Located

SPEC = IndexSpec(32, "test@1")
NOBODY = 65534  # the user of that name on Linux


def units(count: int, seed: int) -> NDArray[np.float32]:
    values = np.random.default_rng(seed).normal(size=(count, SPEC.dim))
    return (values / np.linalg.norm(values, axis=1, keepdims=True)).astype(np.float32)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_groups_and_probes_grow_with_the_number_of_vectors() -> None:
    """A power of two near four roots of the vectors, 32 vectors a group at least; more probes for more."""
    assert [lists_for(n) for n in (1, 40, 20_000, 200_000, 1_000_000, 5_000_000)] == [
        1,
        1,
        512,
        2048,
        4096,
        8192,
    ]
    assert [probes_for(n) for n in (1, 20, 100, 512, 4096)] == [1, 20, 32, 64, 128]


def test_exact_until_the_limit_then_in_a_segment(tmp_path: Path) -> None:
    """At the limit scores are exact; one vector more, and the index says how far they may be off."""
    vectors = units(101, 1)
    index = FaissIndex(tmp_path, SPEC, exact_up_to=100)
    index.add(range(100), vectors[:100])
    index.save(1)
    assert (index.describe().kind, index.describe().approximate) == ("exact", False)
    index.add([100], vectors[100:])
    assert not index.describe().approximate
    index.save(2)
    state = index.describe()
    assert (state.kind, state.approximate, state.vectors) == ("101 in 1 IVF,SQ8 segments, 0 exact", True, 101)
    assert 0 < state.error < 0.02


def test_the_bytes_of_a_removed_vector_go_with_compact(tmp_path: Path) -> None:
    """One byte a dimension is in the segment until `compact`, is said to be, and then is in no file."""
    vectors = units(400, 2)
    index = FaissIndex(tmp_path, SPEC, exact_up_to=100)
    index.add(range(400), vectors)
    index.save(1)
    (segment,) = tmp_path.glob("segment-*.faiss")
    stored = faiss.read_index(str(segment))
    codes = stored.sq.compute_codes(vectors[:3])
    index.remove([0, 2])
    index.save(2)
    assert index.describe().leftover == 2
    assert any(codes[0].tobytes() in content for content in contents(tmp_path).values())
    index.compact()
    assert index.describe().leftover == 0
    after = contents(tmp_path).values()
    assert not any(codes[row].tobytes() in content for content in after for row in (0, 2))
    assert any(codes[1].tobytes() in content for content in after), (
        "the bytes of the others are kept as they are"
    )


def test_compacting_again_and_again_moves_no_score(tmp_path: Path) -> None:
    """Bytes are copied, not encoded anew: the error does not add up."""
    vectors = units(400, 3)
    index = FaissIndex(tmp_path, SPEC, exact_up_to=100)
    index.add(range(400), vectors)
    index.save(1)
    before = index.describe().error
    scores = dict(zip(*(part[0].tolist() for part in reversed(index.search(vectors[:1], 400))), strict=True))
    for key in range(1, 6):
        index.remove([key])
        index.compact()
    assert index.describe().error == before
    for score, key in zip(*(part[0].tolist() for part in index.search(vectors[:1], 395)), strict=True):
        assert abs(score - scores[key]) < 1e-6


def test_segments_of_one_size_are_merged_into_one_of_the_next(tmp_path: Path) -> None:
    """After sixteen flushes there are a few segments, and each vector was written at most three times."""
    vectors = np.sign(units(16 * 101, 4)) / np.float32(np.sqrt(SPEC.dim))  # all in the same steps
    index = FaissIndex(tmp_path, SPEC, exact_up_to=100)
    written = 0
    for start in range(0, len(vectors), 101):
        before = set(tmp_path.glob("segment-*.faiss"))
        index.add(range(start, start + 101), vectors[start : start + 101])
        index.save(start)
        (new,) = set(tmp_path.glob("segment-*.faiss")) - before
        written += faiss.read_index(str(new)).ntotal
    assert len(list(tmp_path.glob("segment-*.faiss"))) == 1
    assert written == 16 * 101 + 4 * 3 * 101 + 12 * 101
    assert index.search(vectors, 1)[1][:, 0].tolist() == list(range(len(vectors)))
    assert index.describe().error < 0.01, "the steps stay, so that being merged adds no error"


def test_a_vector_that_is_replaced_in_another_segment_is_found_once(tmp_path: Path) -> None:
    """The newest row of an id counts, wherever the older ones lie."""
    vectors = units(360, 5)
    index = FaissIndex(tmp_path, SPEC, exact_up_to=100)
    for start in (0, 120, 240):
        index.add(range(120), vectors[start : start + 120])
        index.save(start)
    assert index.describe().vectors == 120
    scores, found = FaissIndex(tmp_path, SPEC).search(vectors[240:], 120)
    assert found[:, 0].tolist() == list(range(120))
    assert (scores[:, 0] > 0.98).all()
    assert all(len(set(row)) == 120 for row in found.tolist())


def test_what_a_process_that_died_left_behind_does_not_count(tmp_path: Path) -> None:
    """Files without a place in the manifest are passed over, and go at the next save."""
    vectors = units(300, 6)
    index = FaissIndex(tmp_path, SPEC, exact_up_to=100)
    index.add(range(300), vectors)
    index.save(1)
    (tmp_path / "segment-00000002.faiss").write_bytes(b"half of")
    (tmp_path / "manifest.json.partial").write_bytes(b"{")
    opened = FaissIndex(tmp_path, SPEC, exact_up_to=100)
    assert opened.describe().vectors == 300
    opened.save(2)
    kept = {path.name.partition("-")[0] for path in tmp_path.iterdir()}
    assert kept == {"lock", "manifest.json", "segment", "tail"}
    assert len(list(tmp_path.iterdir())) == 5


def test_a_folder_that_may_not_be_written_gives_a_clear_error(tmp_path: Path) -> None:
    """Saving to a read-only folder raises a typed error, and what was saved still opens."""
    index = FaissIndex(tmp_path / "kept", SPEC)
    index.add([1], units(1, 7))
    index.save(1)
    (tmp_path / "kept").chmod(0o500)
    root = os.geteuid() == 0
    try:
        if root:  # who may write everywhere
            os.seteuid(NOBODY)
        with pytest.raises(CorpusReadOnlyError, match="still opens"):
            index.save(2)
    finally:
        if root:
            os.seteuid(0)
        (tmp_path / "kept").chmod(0o700)
    assert FaissIndex(tmp_path / "kept", SPEC).describe().revision == 1


FULL = """
import resource, signal, sys
import numpy as np
from pathlib import Path
from matcher.errors import CorpusFullError
from matcher.index import FaissIndex, IndexSpec
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
index = FaissIndex(folder, IndexSpec(32, "test@1"), exact_up_to=int(sys.argv[2]))
rows = np.eye(32, dtype=np.float32)
index.add([1], rows[:1])
index.save(1)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
index.add(range(2, 1026), np.repeat(rows, 32, axis=0))
try:
    index.save(2)
except CorpusFullError as error:
    assert "still opens" in error.message
    reopened = FaissIndex(folder, IndexSpec(32, "test@1")).describe()
    names = sorted(path.name for path in folder.iterdir())
    print("full", names, reopened.revision, index.describe().vectors)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits on file size are POSIX's")
@pytest.mark.parametrize("exact_up_to", [5_000, 500], ids=["the tail", "a segment"])
def test_a_full_disk_gives_a_clear_error_and_an_index_that_opens(tmp_path: Path, exact_up_to: int) -> None:
    """A save that finds no room raises a typed error; the state before is there, on disk and in memory."""
    command = [sys.executable, "-c", FULL, str(tmp_path), str(exact_up_to)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "full ['lock', 'manifest.json', 'tail-00000001.npz'] 1 1025\n"


def test_opening_reads_little(tmp_path: Path) -> None:
    """Opening maps files: it takes a fraction of writing them, and FAISS may not write to what it opened."""
    vectors = units(40_000, 8)
    index = FaissIndex(tmp_path, SPEC)
    index.add(range(40_000), vectors)
    index.save(1)
    before = contents(tmp_path)
    start = time.perf_counter()
    opened = FaissIndex(tmp_path, SPEC)
    assert time.perf_counter() - start < 1
    opened.add([7], vectors[8:9])
    opened.remove([9])
    assert opened.search(vectors[8:9], 2)[1][0].tolist() == [7, 8]
    assert contents(tmp_path) == before


READER = """
import sys
import numpy as np
from pathlib import Path
from matcher.index import FaissIndex, IndexSpec
folder, stop = Path(sys.argv[1]), Path(sys.argv[2])
looked_for = np.eye(32, dtype=np.float32)[:1]
print("ready", flush=True)
kept, opened = None, 0
while not stop.exists():
    index = FaissIndex(folder, IndexSpec(32, "test@1"), exact_up_to=100)
    for each in (index, kept or index):  # the one before is still open, its files are deleted
        assert each.search(looked_for, 3)[1][0, 0] == 9999
    kept, opened = index, opened + 1
print("opened", opened)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="open files cannot be deleted there")
def test_another_process_reads_while_this_one_merges(tmp_path: Path) -> None:
    """Whatever is saved and deleted beside it, a reader opens a whole state and finds what is in all."""
    folder, stop, vectors = tmp_path / "kept", tmp_path / "stop", units(40 * 101, 9)
    vectors[:, 0] = -np.abs(vectors[:, 0])  # all on the far side of the one that is looked for
    index = FaissIndex(folder, SPEC, exact_up_to=100)
    index.add([9999], np.eye(SPEC.dim, dtype=np.float32)[:1])
    index.save(1)
    command = [sys.executable, "-c", READER, str(folder), str(stop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
        for start in range(0, len(vectors), 101):
            index.add(range(start, start + 101), vectors[start : start + 101])
            index.save(start)
        index.remove(range(0, 2000))
        index.compact()
        stop.touch()
        said = reader.stdout.read().split()
    assert reader.returncode == 0
    assert said[0] == "opened"
    assert int(said[1]) > 3


@pytest.mark.parametrize("scanned", [True, False], ids=["one by one", "by groups"])
def test_a_search_within_ids_finds_the_nearest_of_them(
    scanned: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few they are and however far they lie, without those removed; in any order, known or not."""
    monkeypatch.setattr(segments, "scanned", lambda _: 3_000 * scanned)
    vectors = units(3_000, 7)
    index = FaissIndex(tmp_path, SPEC, exact_up_to=50)
    index.add(np.arange(3_000) * 2, vectors)
    index.save(1)
    index.add([1, 3], units(2, 8))
    index.remove([40, 42])
    query = vectors[:3]
    far = np.argsort(vectors @ vectors[0])[:300]  # none of the groups that are nearest to the first query
    for places in (far, np.arange(18, 60), np.arange(0, 3_000, 7), np.array([5])):
        within = np.concatenate([places * 2, [1, 7, 9_999]])
        kept = np.array([place for place in places if place not in (20, 21)])
        scores, ids = index.search(query, 10, within)
        assert set(ids[ids >= 0]) <= {*(kept * 2).tolist(), 1}
        assert ((ids >= 0).sum(axis=1) == min(10, len(kept) + 1)).all()
        best = -np.sort(-(query @ vectors[kept].T), axis=1)[:, : ids.shape[1]]
        found = np.sort(scores, axis=1)[:, ::-1][:, : best.shape[1]]
        near = found >= best - index.describe().error
        assert near.all() if scanned else near.mean() > 0.5  # vectors without neighbours lie in any group
    assert index.search(query, 5, [])[1].tolist() == [[-1] * 5] * 3


def test_cosines_straight_from_the_bytes_are_those_of_the_decoded_vectors(tmp_path: Path) -> None:
    """Of any places in any order, more than one block of them, and of none."""
    index = FaissIndex(tmp_path, SPEC, exact_up_to=50)
    index.add(range(3_000), units(3_000, 7))
    index.save(1)
    decoder = faiss.read_index(str(next(tmp_path.glob("*.faiss"))))
    located, queries = Located(decoder, Groups(decoder)), units(4, 8)
    decoder.make_direct_map()
    for places in (np.arange(3_000)[::-1], np.array([7, 7, 2_999]), np.empty(0, dtype=np.int64)):
        decoded = decoder.reconstruct_batch(places) if len(places) else np.empty((0, SPEC.dim))
        assert np.allclose(located.cosines(queries, places), queries @ decoded.T, rtol=0, atol=1e-6)

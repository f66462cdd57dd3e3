"""Erasing people from a whole corpus: whatever happened to their resumes before, no byte of them is in any
file or table afterwards, and no search that begins after `erase` has returned finds them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from corpus_bytes import left_in_folder, left_in_tables, marks_of_vector
from corpus_writers import EXACT_UP_TO, HASHING, File, line, named_file, surname, word

from matcher import Matcher
from matcher.corpus import Corpus, indexing
from matcher.index import FaissIndex
from matcher.sources import NamedFile
from matcher.types.corpus import ExternalId, Receipt, Retention

TESTS = Path(__file__).parents[1]
MARKED, REVISED = File(3, 1), File(3, 2)
OTHERS = [File(person, 1) for person in (0, 1, 4, 5, 6)]
POSTING = "Welder\n\nRequirements\n• Three years of welding\n• Repaired boats of the harbour\n"


@pytest.fixture(scope="module")
def matcher() -> Iterator[Matcher]:
    with Matcher(HASHING) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "FaissIndex", partial(FaissIndex, exact_up_to=EXACT_UP_TO))


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str | Path:
    """An empty corpus on each database; all files that belong to it are below `tmp_path`/data."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "data"))
    if request.param == "sqlite":
        return tmp_path / "data"
    found: str = request.getfixturevalue("postgresql")
    return found


def ingest(corpus: Corpus, *files: File) -> None:
    corpus.ingest([named_file(file) for file in files], tags=["planted-tag"], source="planted-source")


def person(corpus: Corpus, number: int = MARKED.person) -> str:
    """The id of a person."""
    (found,) = corpus.find(f"{surname(number).lower()}@example.org")
    return found.id


def parts_of_blobs(corpus: Corpus, ids: set[int]) -> set[bytes]:
    """Parts of what is derived of these revisions, and kept, that nobody else's has."""
    mine, others = [], []
    with corpus.store._database.engine.connect() as connection:
        for table, column in (
            ("contents", "features"),
            ("contents", "resume"),
            ("revision_vectors", "vectors"),
        ):
            for row in connection.execute(sa.text(f"SELECT revision, {column} FROM {table}")):
                if row[1] is not None:
                    (mine if row[0] in ids else others).append(bytes(row[1]))
    parts = {blob[start : start + 48] for blob in mine for start in range(0, len(blob) - 48, 48)}
    theirs = b"".join(others)
    return {part for part in parts if part not in theirs}


def marks(corpus: Corpus, folder: Path, files: list[File]) -> dict[str, bytes]:
    """Bytes that are of these files alone, whatever form they have."""
    found: dict[str, bytes] = {}
    ids: set[int] = set()
    for file in files:
        digest = sha256(named_file(file).data)
        found |= {
            f"word of {file}": word(file).encode(),
            f"sentence of {file}": line(file).encode(),
            f"digest of {file}": digest.digest(),
        }
        found |= marks_of_vector(corpus.matcher, line(file), folder)
        known = corpus.store.resumes.known(digest.hexdigest())
        ids |= {known.revision} if known else set()
    parts = parts_of_blobs(corpus, ids)
    assert len(parts) > 10
    return found | {f"part {number} of a blob": part for number, part in enumerate(parts)}


def everywhere(where: str | Path, folder: Path, wanted: dict[str, bytes]) -> list[str]:
    """Where the marks are, in files and in tables."""
    return left_in_folder(folder, wanted) + (left_in_tables(where, wanted) if isinstance(where, str) else [])


def plain(corpus: Corpus) -> None:
    ingest(corpus, MARKED)


def revised(corpus: Corpus) -> None:
    ingest(corpus, MARKED, *OTHERS[:2])
    ingest(corpus, REVISED)
    ingest(corpus, MARKED, REVISED)


def imported(corpus: Corpus) -> None:
    ingest(corpus, MARKED, REVISED)
    lines = list(corpus.export())
    corpus.erase([person(corpus)])
    corpus.restore(lines)


def merged(corpus: Corpus) -> None:
    ingest(corpus, MARKED)
    data, name = named_file(REVISED).data, surname(MARKED.person)
    data = data.replace(name.encode(), b"Elsewhere").replace(name.lower().encode(), b"elsewhere")
    ingested = corpus.ingest([NamedFile("other", data)]).taken[0].candidate
    corpus.store.people.merge(person(corpus), ingested)


def reindexed(corpus: Corpus) -> None:
    ingest(corpus, MARKED, REVISED)
    corpus.reindex()
    corpus.reindex()


def in_merged_segments(corpus: Corpus) -> None:
    ingest(corpus, MARKED)
    for number in range(7, 14):
        ingest(corpus, File(number, 1), File(number, 2))
    ingest(corpus, REVISED)
    assert "segments" in corpus.state().index


def applied_and_ranked(corpus: Corpus) -> None:
    ingest(corpus, MARKED)
    role = corpus.store.roles.add(corpus.matcher.read_role(POSTING), datetime.now(UTC)).role_id
    key = ExternalId("planted-system", "planted-key")
    corpus.store.applications.add(person(corpus), role, 1, "applied", datetime.now(UTC), key)
    corpus.rank(POSTING)
    corpus.search(line(MARKED))


LIVES: list[Callable[[Corpus], None]] = [
    plain, revised, imported, merged, reindexed, in_merged_segments, applied_and_ranked,
]  # fmt: skip


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.__name__)
def test_no_byte_is_left_whatever_happened_before(
    matcher: Matcher, where: str | Path, tmp_path: Path, life: Callable[[Corpus], None]
) -> None:
    """Names, address, sentences, digests, vectors as the store and the segments keep them, derived blobs."""
    folder = tmp_path / "data"
    with matcher.corpus(where) as corpus:
        ingest(corpus, *OTHERS)
        life(corpus)
        wanted = marks(corpus, folder, [MARKED, REVISED])
        name = surname(MARKED.person)
        wanted |= {"name": name.encode(), "folded name": name.lower().encode()}
        before = everywhere(where, folder, wanted)
        for mark in ("name in", "word of File(person=3, revision=1)", "vector of", "part 0"):
            assert any(each.startswith(mark) for each in before), mark
        receipt = corpus.erase([person(corpus)])
        assert bool(receipt.remains) == isinstance(where, str)
        assert everywhere(where, folder, wanted) == []
        assert not any(
            word(MARKED) in quote.text for each in corpus.search(line(MARKED)) for quote in each.quotes
        )
        assert corpus.doctor() == []
    assert everywhere(where, folder, wanted) == []


@pytest.mark.parametrize("old", [True, False])
def test_what_retention_takes_leaves_no_byte(
    matcher: Matcher, where: str | Path, tmp_path: Path, old: bool
) -> None:
    """Of older resumes, while the person stays, and of people."""
    folder = tmp_path / "data"
    with matcher.corpus(where) as corpus:
        ingest(corpus, *OTHERS, MARKED, File(8, 1), File(9, 1))
        ingest(corpus, REVISED)
        gone = [MARKED] if old else [MARKED, REVISED]
        wanted = marks(corpus, folder, gone)
        assert everywhere(where, folder, wanted)
        corpus.store.retention.set(Retention(30, None) if old else Retention(None, 30))
        receipt: Receipt = corpus.retain(datetime.now(UTC) + timedelta(days=40))
        assert len(receipt.candidates) == (0 if old else len(OTHERS) + 3)
        assert everywhere(where, folder, wanted) == []
        assert corpus.store.stats().candidates == (len(OTHERS) + 3 if old else 0)
        if old:
            assert any(word(REVISED) in quote.text for quote in corpus.search(line(REVISED))[0].quotes)
        assert corpus.doctor() == []


def test_no_search_that_begins_after_an_erasure_finds_the_person(matcher: Matcher, where: str | Path) -> None:
    """Also in threads of the same process that search all the while, by text and by role."""
    with matcher.corpus(where) as corpus:
        ingest(corpus, *OTHERS, MARKED)
        marked, seen, stop = person(corpus), [], threading.Event()

        def searching(find: Callable[[], set[str]]) -> None:
            while not stop.is_set():
                began = time.monotonic()
                seen.append((began, marked in find()))

        def texts() -> set[str]:
            return {each.candidate.id for each in corpus.search(line(MARKED), top=3)}

        def roles() -> set[str]:
            return {each.candidate_id for each in corpus.rank(POSTING)}

        assert marked in texts() & roles()
        threads = [threading.Thread(target=searching, args=(find,)) for find in (texts, roles)]
        for thread in threads:
            thread.start()
        time.sleep(0.2)
        corpus.erase([marked])
        erased = time.monotonic()
        after = texts() | roles()
        time.sleep(0.2)
        stop.set()
        for thread in threads:
            thread.join()
        assert marked not in after
        assert any(found for _, found in seen)
        assert not any(found for began, found in seen if began > erased)
        assert any(began > erased for began, _ in seen)


READER = """
import sys
from corpus_writers import HASHING, small_segments
from matcher import Matcher
small_segments()
with Matcher(HASHING) as matcher, matcher.corpus(sys.argv[1]) as corpus:
    for text in sys.stdin:
        found = corpus.search(text.strip(), top=3)
        print(*(each.candidate.id for each in found), flush=True)
"""


def test_another_process_sees_an_erasure_at_once_and_cleans_the_files_it_keeps(
    matcher: Matcher, where: str | Path, tmp_path: Path
) -> None:
    """Its next search does not find the person, and an index of its own, as on another machine, drops the
    bytes although nobody closes or saves it."""
    cache = tmp_path / "elsewhere"
    path = os.pathsep.join(map(str, (TESTS.parent, TESTS, TESTS / "integration")))
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONPATH": path}
    with matcher.corpus(where) as corpus:
        ingest(corpus, *OTHERS, MARKED, File(7, 1), File(8, 1))
        marked = person(corpus)
        reader = subprocess.Popen(
            [sys.executable, "-c", READER, str(where)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        with reader:
            assert reader.stdin is not None
            assert reader.stdout is not None

            def asked() -> list[str]:
                print(line(MARKED), file=reader.stdin, flush=True)
                return reader.stdout.readline().split()  # type: ignore[union-attr]

            assert asked()[0] == marked
            # What it looked at is saved when it is closed, or as here by another who shares its cache.
            command = [sys.executable, "-c", READER, str(where)]
            subprocess.run(
                command, input="x\n", text=True, env=environment, check=True, stdout=subprocess.DEVNULL
            )
            wanted = marks_of_vector(matcher, line(MARKED), tmp_path)
            assert left_in_folder(cache, wanted) or isinstance(where, Path)
            corpus.erase([marked])
            assert marked not in asked()
            until = time.monotonic() + 20
            while left_in_folder(cache, wanted) and time.monotonic() < until:
                time.sleep(0.05)
            assert left_in_folder(cache, wanted) == []
            reader.stdin.close()

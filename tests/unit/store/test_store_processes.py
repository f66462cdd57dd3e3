"""Several processes on one SQLite corpus."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from store_samples import ADA, BRAM, CLEO, Corpus, add, day, revised

from matcher.store import scrub
from matcher.types.corpus import Where

TESTS = Path(__file__).parents[2]

WRITER = """
import sys
from store_samples import ADA, Corpus, add
with Corpus(sys.argv[1]).open() as store:
    for number in range(12):
        name = f"{sys.argv[2]}{number}"
        add(store, ADA.replace("ada.lindqvist", name).replace("Kubernetes", name))
"""

# Answers "find", one at a time, with how many people and how many snippets it sees.
READER = """
import sys
from store_samples import Corpus
with Corpus(sys.argv[1]).open() as store:
    for _ in sys.stdin:
        print(store.stats().candidates, len(store.lexical.search("kubernetes", 9)), flush=True)
"""


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )


def test_processes_that_create_and_fill_a_corpus_at_once_lose_nothing(tmp_path: Path) -> None:
    """Three find no corpus, create it and write: they wait for each other, and all of it is there."""
    corpus = Corpus(tmp_path / "corpus")
    writers = [run(WRITER, corpus.where, name) for name in ("p", "q", "r")]
    ends = [(*writer.communicate(), writer.returncode) for writer in writers]
    assert ends == [("", "", 0)] * 3
    with corpus.open() as store:
        assert store.stats().candidates == 36
        assert store.changes.revision() == 36
        for name in ("p", "q", "r"):
            found = [store.resumes.select(Where(text=f"{name}{number}")) for number in range(12)]
            assert [len(each) for each in found] == [1] * 12
        assert store.problems() == []


def test_another_process_sees_a_write_and_an_erasure_at_once(tmp_path: Path) -> None:
    """And the erasure empties the log although that process holds the corpus open."""
    corpus = Corpus(tmp_path / "corpus")
    with corpus.open() as store, run(READER, corpus.where) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None

        def seen() -> str:
            print("find", file=reader.stdin, flush=True)
            return reader.stdout.readline().strip()  # type: ignore[union-attr]

        assert seen() == "0 0"
        person = add(store, ADA).candidate
        assert seen() == "1 1"
        add(store, BRAM)
        add(store, revised(ADA, "Wrote a book on Kubernetes"), day(1))
        assert seen() == "2 2"
        receipt = store.people.erase([person])
        assert receipt.remains == ()
        assert seen() == "1 0"
        assert not any(b"Lindqvist" in path.read_bytes() for path in (tmp_path / "corpus").iterdir())
        reader.stdin.close()


def test_a_reader_sees_one_moment_while_another_writes(tmp_path: Path) -> None:
    """The parts of a stream belong together, whatever is taken in or erased meanwhile."""
    with Corpus(tmp_path).open() as store, Corpus(tmp_path).open() as other:
        add(store, ADA)
        before = store.stats().snippets
        parts = store.vectors.stream("hashing-256", 2)
        ids = list(next(parts).ids)
        add(other, BRAM)
        add(other, CLEO)
        ids += [key for part in parts for key in part.ids]
        assert len(ids) == before
        assert store.stats().snippets > before


def test_an_erasure_that_readers_hold_up_says_what_remains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody finds the person from then on; the bytes go with the next erasure."""
    monkeypatch.setattr(scrub.scrub, "__defaults__", (0.1,))
    mark = b"zephyrometer"
    with Corpus(tmp_path).open() as store, Corpus(tmp_path).open() as reader:
        person = add(store, ADA.replace("Kubernetes", mark.decode())).candidate
        other = add(store, BRAM).candidate
        parts = reader.vectors.stream("hashing-256", 2)
        next(parts)
        assert store.people.erase([person]).remains == (scrub.LOG_REMAINS,)
        assert store.lexical.search(mark.decode(), 9) == []
        assert store.problems() == ["1 erasures whose bytes are still to be overwritten."]
        parts.close()
        assert store.people.erase([other]).remains == ()
        assert store.problems() == []
        assert not any(mark in path.read_bytes() for path in tmp_path.iterdir())

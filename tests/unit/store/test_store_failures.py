"""Disks that are full, folders that may not be written, files that are no corpus: typed errors, no harm."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_samples import ADA, BRAM, Corpus, add, intake, rows_of

from matcher.errors import (
    CorpusBusyError,
    CorpusDamagedError,
    CorpusFullError,
    CorpusUnavailableError,
    InputError,
    MissingExtraError,
)
from matcher.store import Store, engines, open_store

TESTS = Path(__file__).parents[2]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1.5 MB; a plain folder for a user who may not mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True).returncode == 0
    try:
        yield folder
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def fill(store: Store, disk: Path) -> None:
    """Leave next to no room: on a folder that is no disk of its own, by telling SQLite so."""
    if disk.is_mount():
        (disk / "ballast").write_bytes(bytes(500_000))
    else:
        with store._database.outside() as work:
            (pages,) = work.run("PRAGMA page_count")[0]
            work.run(f"PRAGMA max_page_count = {pages + 20}")


def test_a_full_disk_is_said_and_does_no_harm(small_disk: Path) -> None:
    """What does not fit is refused whole; what was there is there, also once there is room again."""
    with Corpus(small_disk / "corpus").open() as store:
        first = add(store, ADA)
        fill(store, small_disk)
        before = rows_of(store)
        large = BRAM + "\n" + "\n".join(f"• wrote number {number} of the reports" for number in range(900))
        with pytest.raises(CorpusFullError, match=r"full: make room .* \(SQLITE_FULL\)") as caught:
            store.resumes.add([intake(store, large)])
        assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)
        assert rows_of(store) == before
        assert store.resumes.file(first.revision) == ADA.encode()
    with Corpus(small_disk / "corpus").open() as store:
        assert store.problems() == []
        assert rows_of(store) == before
        (small_disk / "ballast").unlink(missing_ok=True)
        add(store, BRAM)
        assert store.stats().candidates == 2


READ_ONLY = """
import os, sys
from pathlib import Path
from store_samples import ADA, BRAM, Corpus, add, resume_of
from matcher.errors import CorpusError
resume_of(BRAM)  # modules that are imported late may not be this user's to read
os.setgid(65534); os.setuid(65534)
try:
    with Corpus(Path(sys.argv[1])).open() as store:
        print(store.stats().candidates)
        add(store, BRAM)
except CorpusError as error:
    print(type(error).__name__)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become a user who may not write")
@pytest.mark.parametrize("state", ["closed", "open"])
def test_a_folder_that_may_not_be_written_is_said(state: str, tmp_path: Path) -> None:
    """A user without the right gets a typed error, and the corpus is as it was."""
    corpus = Corpus(tmp_path / "corpus")
    store = corpus.open()
    add(store, ADA)
    before = rows_of(store)
    if state == "closed":
        store.close()
    for path in (tmp_path, *tmp_path.parents):
        if str(path) != "/" and path.stat().st_uid == os.getuid():
            path.chmod(path.stat().st_mode | 0o055)
    folder = tmp_path / "corpus"
    folder.chmod(0o555)
    for path in folder.iterdir():
        path.chmod(0o444)
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY, folder],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
    )
    assert done.stderr == ""
    answers = done.stdout.split()
    assert answers[-1] in ("CorpusReadOnlyError", "CorpusUnavailableError")
    assert answers[:-1] in ([], ["1"])
    with store if state == "open" else corpus.open() as again:
        assert rows_of(again) == before
        add(again, BRAM)


def test_a_corpus_that_is_none_is_refused(tmp_path: Path) -> None:
    """A file for a folder, other bytes for a corpus, an address that is none."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(CorpusUnavailableError, match="is no folder"):
        open_store(tmp_path / "file")
    (tmp_path / "corpus.sqlite").write_bytes(b"no database at all, but long enough to look" * 99)
    with pytest.raises(CorpusDamagedError, match="SQLITE_NOTADB"):
        open_store(tmp_path)
    with pytest.raises(InputError, match="begins with postgresql://"):
        open_store("mysql://somewhere/x")
    with pytest.raises(InputError, match="no URL"):
        open_store("postgresql://host:port/x")
    with pytest.raises(InputError, match="tenant's name"):
        open_store(tmp_path, "a tenant")


def test_a_server_that_does_not_answer_is_said(tmp_path: Path) -> None:
    """With its code or its own words, and without the password of an address."""
    try:
        with pytest.raises(CorpusUnavailableError) as caught:
            open_store(f"postgresql://someone:secret-word@/none?host={tmp_path}")
    except MissingExtraError:
        pytest.skip("psycopg is not installed")
    assert "secret-word" not in str(caught.value)
    assert "No such file or directory" in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_writer_that_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process that holds the lock for longer than the wait: an error, and the next try works."""
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.05)
    with Corpus(tmp_path).open() as store:
        ready = intake(store, ADA)
        other = sqlite3.connect(tmp_path / "corpus.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CorpusBusyError, match=r"try again.*SQLITE_BUSY"):
            store.resumes.add([ready])
        assert store.stats().candidates == 0
        other.execute("ROLLBACK")
        other.close()
        assert len(store.resumes.add([ready])) == 1

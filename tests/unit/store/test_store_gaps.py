"""What SQLite leaves of deleted rows in pages, although it overwrites them where they lay last."""

from __future__ import annotations

import random
import re
import sqlite3
from pathlib import Path

import pytest
from store_samples import ADA, Corpus, add

from matcher.store.gaps import clear
from matcher.store.opening import FILE


def moved_and_deleted(path: Path, table: str, ending: str) -> set[int]:
    """Rows that are put in at random places, so that they move while the table grows, every third of them
    deleted again; returns the numbers of the deleted ones."""
    chance = random.Random(1)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"CREATE TABLE {table} (place INTEGER, mark TEXT, PRIMARY KEY (place, mark)) {ending}")
    connection.execute("BEGIN")
    rows = [(chance.randrange(10**6), f"MARK{chance.randrange(10**9):09}x{row:05}") for row in range(3_000)]
    connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)
    connection.executemany(f"DELETE FROM {table} WHERE place = ? AND mark = ?", rows[::3])
    connection.execute("COMMIT")
    connection.close()
    return set(range(0, 3_000, 3))


def left(path: Path) -> set[int]:
    return {int(found[1]) for found in re.finditer(rb"MARK[0-9]{9}x([0-9]{5})", path.read_bytes())}


@pytest.mark.parametrize("ending", ["", "WITHOUT ROWID"])
@pytest.mark.parametrize("page_size", [512, 4096, 65536])
def test_unused_parts_of_pages_are_overwritten_and_nothing_else(
    tmp_path: Path, ending: str, page_size: int
) -> None:
    """Deleted rows are in no byte, all others are there, and the file is whole."""
    path = tmp_path / "file"
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute("VACUUM")
    connection.close()
    gone = moved_and_deleted(path, "rows", ending)
    assert left(path) & gone or page_size != 4096 or not ending  # what this is for
    assert clear(str(path))
    assert left(path) == set(range(3_000)) - gone
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA page_size").fetchone() == (page_size,)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("SELECT count(DISTINCT mark) FROM rows").fetchone() == (2_000,)
    connection.close()


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    """Not a byte of it is changed."""
    path = tmp_path / "file"
    path.write_bytes(b"\x0d\x00\x00\x00\x01\x0f\x00" * 4_000)
    before = path.read_bytes()
    assert not clear(str(path))
    assert path.read_bytes() == before


def test_an_erasure_overwrites_what_moved_rows_left(tmp_path: Path) -> None:
    """Whoever wrote the rows, and while the corpus goes on being open."""
    with Corpus(tmp_path).open() as store:
        person = add(store, ADA).candidate
        gone = moved_and_deleted(tmp_path / FILE, "elsewhere", "WITHOUT ROWID")
        assert store.people.erase([person]).remains == ()
        assert left(tmp_path / FILE) == set(range(3_000)) - gone
        add(store, ADA)
        assert store.problems() == []
    assert left(tmp_path / FILE) & gone == set()

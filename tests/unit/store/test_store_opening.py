"""Opening a corpus: its schema, older and newer ones, erasures that a crash left unfinished."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from store_samples import ADA, BRAM, Corpus, add

from matcher.errors import CorpusVersionError
from matcher.store import open_store
from matcher.store.opening import FILE
from matcher.store.schema import HEAD, metadata
from matcher.types.corpus import Where

VERSIONS = Path(__file__).parents[3] / "matcher" / "store" / "migrations" / "versions"


def test_the_migrations_make_the_schema_that_the_code_uses(tmp_path: Path) -> None:
    """Alembic finds no difference between the tables it made and those in schema.py, and HEAD is the last."""
    assert sorted(path.name[:4] for path in VERSIONS.glob("0*.py"))[-1] == HEAD
    with open_store(tmp_path) as store, store._database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        found = [
            each
            for each in compare_metadata(context, metadata)
            if not (each[0] == "remove_table" and each[1].name.startswith("lexicon"))
        ]
        assert found == []
        assert context.get_current_revision() == HEAD


def test_a_corpus_that_is_up_to_date_is_opened_without_alembic(tmp_path: Path) -> None:
    """It takes long to import."""
    open_store(tmp_path).close()
    code = "import sys, matcher.store; matcher.store.open_store(sys.argv[1]); print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_newer_corpus_is_refused_and_left_alone(tmp_path: Path) -> None:
    """With both versions in the message."""
    with Corpus(tmp_path).open() as store:
        add(store, ADA)
        with store._database.engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(CorpusVersionError, match=f"schema 9999; this version knows schemas up to {HEAD}"):
        open_store(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_corpus_is_for_its_owner(tmp_path: Path) -> None:
    """Nobody else may look into a folder that was created for it, and the pragmas are those of a corpus."""
    with open_store(tmp_path / "new" / "corpus") as store:
        assert (tmp_path / "new" / "corpus").stat().st_mode & 0o077 == 0
        with store._database.outside() as work:
            wanted = {"journal_mode": "wal", "secure_delete": 1, "foreign_keys": 1, "synchronous": 2}
            assert {name: work.run(f"PRAGMA {name}")[0][0] for name in wanted} == wanted


def test_an_erasure_that_a_crash_left_unfinished_is_finished(tmp_path: Path) -> None:
    """Its rows are gone, its bytes not yet: opening overwrites them."""
    from matcher.store.erase import remove_people

    mark = b"zephyrometer"
    with Corpus(tmp_path).open() as store:
        person = add(store, ADA.replace("Kubernetes", mark.decode())).candidate
        add(store, BRAM)
        with store._database.writing() as work:
            remove_people(work, [person])

    def left() -> list[str]:
        return [path.name for path in tmp_path.iterdir() if mark in path.read_bytes()]

    assert left() == [FILE]
    with Corpus(tmp_path).open() as store:
        assert left() == []
        assert store.problems() == []


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    """Rows that were lost or left over, by number and kind, without a word of anybody."""
    with Corpus(tmp_path).open() as store:
        add(store, ADA)
        add(store, BRAM)
        with sqlite3.connect(tmp_path / FILE) as connection:
            connection.execute("DELETE FROM candidates WHERE id IN (SELECT id FROM candidates LIMIT 1)")
            connection.execute("INSERT INTO files VALUES ('default', x'00', 'text/plain', x'00')")
            connection.execute("UPDATE vectors SET text_sha256 = x'00' WHERE id = 1")
            connection.execute("INSERT INTO scrubs VALUES ('default', 7)")
        connection.close()
        found = store.problems()
        assert found[0].endswith("rows point at rows that are not there.")
        assert found[1:] == [
            "1 snippets without a vector.",
            "1 files without a revision.",
            "1 files whose bytes are not those that were taken in.",
            "1 vectors of texts that nothing has.",
            "1 erasures whose bytes are still to be overwritten.",
        ]


def test_a_new_corpus_is_planned_for_as_a_large_one(tmp_path: Path) -> None:
    """Vectors and old features are found in the order of ids, unsorted, and facts by their value."""
    with Corpus(tmp_path).open() as store:
        add(store, ADA)
        seen: list[str] = []

        def explain(
            connection: sa.Connection, _: object, statement: str, values: object, *__: object
        ) -> None:
            raw = connection.connection.driver_connection
            assert raw is not None
            seen.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", values))

        sa.event.listen(store._database.engine, "before_cursor_execute", explain)
        assert len(list(store.vectors.stream("hashing-256"))) == 1
        assert seen[0] == "SCAN snippets"
        assert store.features.outdated(b"other", 9)
        assert not any("TEMP" in step for step in seen)
        seen.clear()
        store.resumes.select(Where(skills=("go",)))
        assert "SEARCH facts USING COVERING INDEX facts_value (tenant=? AND kind=? AND value=?)" in seen


def test_the_shape_of_a_large_corpus_names_indexes_that_are_there(tmp_path: Path) -> None:
    """With one number for all rows and one for each column of the index."""
    with open_store(tmp_path):
        connection = sqlite3.connect(tmp_path / FILE)
        for index, stat in connection.execute("SELECT idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL"):
            columns = connection.execute(f"PRAGMA index_info({index})").fetchall()
            assert len(stat.split()) == len(columns) + 1, index
        connection.close()

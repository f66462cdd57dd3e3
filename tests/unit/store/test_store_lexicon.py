"""How the words of snippets reach SQLite's full text."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from store_samples import ADA, BRAM, CLEO, Corpus, day, intake

from matcher.store.database import FILE


def test_people_who_come_together_are_one_segment_of_the_full_text(tmp_path: Path) -> None:
    """Not one each: at a million lines merging those took longer than all else that is written."""
    with Corpus(tmp_path).open() as store:
        store.resumes.add([intake(store, text) for text in (ADA, BRAM, CLEO)])
    connection = sqlite3.connect(tmp_path / FILE)
    assert connection.execute("SELECT count(DISTINCT segid) FROM lexicon_idx").fetchone() == (1,)
    connection.close()


def test_who_comes_and_is_revised_at_once_is_found_by_the_newest_words_alone(tmp_path: Path) -> None:
    """Words that are to be added late are there before they are taken out again."""
    newer = ADA.replace("Kubernetes", "Nomad")
    with Corpus(tmp_path).open() as store:
        store.resumes.add([intake(store, ADA), intake(store, newer, day(1)), intake(store, BRAM)])
        assert store.lexical.search("kubernetes", 10) == []
        assert len(store.lexical.search("nomad", 10)) == 1
        assert len(store.lexical.search("mentored", 10)) == 1
    connection = sqlite3.connect(tmp_path / FILE)
    connection.execute("INSERT INTO lexicon (lexicon) VALUES ('integrity-check')")
    held = "SELECT count(*) FROM lexicon WHERE lexicon MATCH 'kubernetes'"
    assert connection.execute(held).fetchone() == (0,)
    connection.close()

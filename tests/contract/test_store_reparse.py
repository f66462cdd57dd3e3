"""Reading again what an older version read: nothing of the old reading stays but its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from store_samples import (
    ADA,
    BRAM,
    ENCODER,
    START,
    Corpus,
    add,
    day,
    encoded,
    intake,
    resume_of,
    revised,
    rows_of,
)

from matcher.errors import InputError, MissingVectorsError
from matcher.store import Store
from matcher.types.corpus import Facts, Intake, snippet_id


def again(store: Store, text: str, engine: str = "2.0", line: str = "Led a migration") -> Intake:
    """What a version that reads every snippet but those that begin so makes of the same file."""
    given = intake(store, text, day(400), engine=engine, source="not used", tags=("not used",))
    kept = tuple(each for each in given.resume.snippets if not each.text.startswith(line))
    read = replace(given.resume, snippets=kept)
    return replace(given, resume=read, facts=Facts(months=7), features=b"new")


def test_a_revision_is_replaced_by_what_a_newer_version_read(corpus: Corpus) -> None:
    """Person, number, date, source, tags and names stay; what was read and computed is new."""
    with corpus.open() as store:
        first = add(store, ADA, file_name="ada.txt", source="fair", tags=("t",), features=b"old")
        add(store, BRAM)
        assert store.resumes.outdated("2.0", 9) == [1, 2]
        assert store.resumes.outdated("2.0", 9, after=1) == [2]
        before = store.people.get(first.candidate)
        (new,) = store.resumes.replace([again(store, ADA)])
        assert new is not None
        assert new > 2
        assert store.resumes.outdated("2.0", 9) == [2]
        assert store.people.get(first.candidate) == replace(before, revision=new)
        (revision,) = store.resumes.revisions(first.candidate)
        assert (revision.id, revision.number, revision.newest) == (new, 1, True)
        assert (revision.received, revision.engine, revision.source) == (START, "2.0", "fair")
        assert store.resumes.file_name(new) == "ada.txt"
        read = store.resumes.read([new, first.revision])
        assert (list(read), read[new].features) == ([new], b"new")
        assert len(read[new].resume.snippets) == len(resume_of(ADA).snippets) - 1
        assert store.lexical.search("kubernetes", 9) == []
        assert store.lexical.search("terraform", 9)[0] >> 16 == new
        sizes = len(resume_of(ADA).snippets), len(resume_of(BRAM).snippets)
        seen = store.changes.since(2)
        assert [change.corpus_revision for change in seen] == [3, 3]
        assert [(change.removed, change.added) for change in seen] == [
            (range(snippet_id(1, 0), snippet_id(1, sizes[0])), range(0)),
            (range(0), range(snippet_id(new, 0), snippet_id(new, sizes[0] - 1))),
        ]
        gone = next(
            each.masked for each in resume_of(ADA).snippets if each.text.startswith("Led a migration")
        )
        assert store.vectors.get(ENCODER.fingerprint, [gone]) == {}
        assert store.problems() == []


def test_an_older_revision_is_replaced_without_being_searched(corpus: Corpus) -> None:
    """It keeps its number and when it was superseded."""
    with corpus.open() as store:
        first = add(store, ADA)
        newer = revised(ADA, "Cut the cost of the zeppelin fleet by a third")
        add(store, newer, day(3))
        superseded = next(row for row in rows_of(store)["revisions"] if row[0] == first.revision)[7]
        (new,) = store.resumes.replace([again(store, ADA)])
        newest, older = store.resumes.revisions(first.candidate)
        assert (older.id, older.number, older.newest, newest.number) == (new, 1, False, 2)
        assert next(row for row in rows_of(store)["revisions"] if row[0] == new)[7] == superseded
        assert len(store.resumes.select()) == 1
        assert store.stats().snippets == len(resume_of(newer).snippets)
        assert store.problems() == []


def test_what_was_erased_or_read_meanwhile_is_left_alone(corpus: Corpus) -> None:
    """Nobody comes back, no row changes, and the second of two processes has nothing to do."""
    with corpus.open() as store:
        person = add(store, ADA).candidate
        add(store, BRAM)
        late, other = again(store, ADA), again(store, BRAM)
        store.people.erase([person])
        before = rows_of(store)
        assert store.resumes.replace([late]) == [None]
        assert rows_of(store) == before
        assert store.resumes.replace([late, other, other]) == [None, 3, None]
        assert store.resumes.replace([other]) == [None]
        assert store.stats().revisions == 1
        assert store.problems() == []


def test_a_replacement_that_fails_changes_nothing(corpus: Corpus) -> None:
    """A text without a vector, or other bytes, in one of several: none is replaced."""
    with corpus.open() as store:
        add(store, ADA)
        add(store, BRAM)
        before = rows_of(store)
        good = again(store, ADA)
        snippets = good.resume.snippets
        odd = replace(snippets[0], masked="Something that nobody has encoded")
        bare = replace(again(store, BRAM), resume=replace(resume_of(BRAM), snippets=(odd,)))
        with pytest.raises(MissingVectorsError):
            store.resumes.replace([good, bare])
        with pytest.raises(InputError):
            store.resumes.replace([good, replace(bare, data=b"other")])
        assert rows_of(store) == before
        done = store.resumes.replace([good, replace(bare, vectors=encoded([odd.masked]))])
        assert None not in done
        assert store.problems() == []

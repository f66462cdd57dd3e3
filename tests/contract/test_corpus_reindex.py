"""Bringing a corpus up to another version and another model, on both databases, while it is searched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from store_samples import ADA, BRAM, CLEO, revised
from store_samples import Corpus as Place

from matcher import Matcher, __version__
from matcher.corpus import Corpus
from matcher.settings import Settings
from matcher.sources import NamedFile

TEXTS = (ADA, BRAM, CLEO, revised(CLEO, "Counted bandages"))


@pytest.fixture(scope="module")
def matcher() -> Iterator[Matcher]:
    with Matcher(Settings(model="hashing")) as opened:
        yield opened


@pytest.fixture
def filled(
    matcher: Matcher, corpus: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Corpus]:
    """Three people whom another version has read, one of them with an older resume."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with matcher.corpus(corpus.where) as opened:
        for number, text in enumerate(TEXTS):
            opened.ingest([NamedFile(f"{number}.txt", text.encode())], tags=["t"], source="s")
        age(opened)
        yield opened


def age(corpus: Corpus, *, but: int = 0) -> None:
    """Let resumes have been read by another version."""
    with corpus.store._database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE revisions SET engine = '0.0.1' WHERE id > :but"), {"but": but})


def outdated(corpus: Corpus) -> int:
    return len(corpus.store.resumes.outdated(__version__, 99))


def test_what_another_version_read_is_read_again(filled: Corpus) -> None:
    """People, dates, tags and names stay; all is found as before; the older resume is left as it was."""
    before = filled.people.page()
    names = [filled.store.resumes.file_name(person.revision) for person in before]
    found = [each.candidate.id for each in filled.search("deployment tooling in Go")]
    (old,) = [problem for problem in filled.doctor() if "another version" in problem.what]
    assert (old.what[:1], old.cure, old.harmless) == ("3", "Run `matcher reindex`.", False)
    done = filled.reindex()
    assert (done.parsed, done.rejected, done.encoded, done.dropped) == (3, (), 0, 0)
    after = filled.people.page()
    kept = [(each.id, each.name, each.updated, each.tags, each.source) for each in before]
    assert [(each.id, each.name, each.updated, each.tags, each.source) for each in after] == kept
    assert [filled.store.resumes.file_name(person.revision) for person in after] == names
    assert not {each.revision for each in before} & {each.revision for each in after}
    assert [each.candidate.id for each in filled.search("deployment tooling in Go")] == found
    assert filled.store.stats().revisions == 4
    assert (outdated(filled), filled.doctor()) == (0, [])
    assert filled.reindex().parsed == 0


def test_one_that_was_stopped_goes_on(
    filled: Corpus, matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written stays written, everybody is found in between, by another who has the corpus open."""
    monkeypatch.setattr("matcher.corpus.reparsing._AT_ONCE", 1)
    seen: list[int] = []

    def stop(done: int) -> None:
        seen.append(done)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with matcher.corpus(filled.where) as other:
        with pytest.raises(KeyboardInterrupt):
            filled.reindex(progress=stop)
        assert outdated(other) == 1
        assert {each.candidate.name for each in other.search("Go and nursing", top=9)} == {
            "Ada Lindqvist",
            "Bram Oyelaran",
            "Cleo Marchetti-Ruiz",
        }
        assert filled.reindex().parsed == 1
        assert (outdated(other), other.doctor()) == (0, [])


def test_what_cannot_be_read_any_more_stays_as_it_was(filled: Corpus) -> None:
    """It is named with its reason; the others are read."""
    person = filled.find("bram")[0]
    with filled.store._database.engine.begin() as connection:
        change = "UPDATE files SET data = :data WHERE sha256 IN (SELECT sha256 FROM revisions WHERE id = :id)"
        connection.execute(sa.text(change), {"data": b"", "id": person.revision})
    done = filled.reindex()
    assert (done.parsed, [each.code for each in done.rejected]) == (2, ["document_empty"])
    assert filled.people.get(person.id) == person
    assert filled.search("Mentored an intern")[0].candidate.id == person.id


def test_vectors_of_a_model_that_nobody_uses_can_go(filled: Corpus) -> None:
    """Doctor names them without calling it a fault; the one in use keeps its own."""
    with filled.store._database.engine.begin() as connection:
        sql = (
            "INSERT INTO vectors (tenant, fingerprint, text_sha256, vector) "
            "SELECT tenant, 'old@1', text_sha256, vector FROM vectors"
        )
        connection.execute(sa.text(sql))
    filled.reindex()
    number = filled.store.stats().vectors["old@1"]
    (note,) = filled.doctor()
    assert (note.what, note.harmless) == (f"{number} vectors are of another model, old@1.", True)
    done = filled.reindex(drop_others=True)
    assert done.dropped == number > 0
    assert set(done.vectors) == {filled.matcher.encoder.fingerprint}
    assert filled.doctor() == []
    assert filled.search("deployment tooling in Go")

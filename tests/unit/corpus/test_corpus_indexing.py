"""The index follows the store: changes, damage, a restored past, and more vectors than are kept exactly."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from matcher import Matcher
from matcher.corpus import Corpus, indexing
from matcher.errors import IndexUnfitError
from matcher.index import FaissIndex
from matcher.settings import Settings
from matcher.sources import NamedFile
from matcher.store import changes


@pytest.fixture(scope="module")
def matcher() -> Iterator[Matcher]:
    with Matcher(Settings(model="hashing", workers=1)) as opened:
        yield opened


def person(number: int) -> NamedFile:
    """A person whose resume has a word that nobody else has."""
    surname = "Ande" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
    text = (
        f"Robin {surname}\nrobin{number}@example.org\n\nExperience\nKeeper of things, Acme\n2019 - 2021\n"
        f"• Repaired the quokka{number}x of the harbour\n• Counted {number} boats and wrote reports\n"
    )
    return NamedFile(f"{number}.txt", text.encode())


def words_found(corpus: Corpus, text: str) -> list[str]:
    return [quote.text for each in corpus.search(text, top=2) for quote in each.quotes]


def shown(corpus: Corpus, number: int) -> list[float]:
    """How near the best quotes of three people are."""
    people = corpus.search(f"repaired the quokka{number}x", top=3)
    return [quote.similarity for each in people for quote in each.quotes[:1]]


def buildings(place: Path) -> list[str]:
    return sorted(path.name.rpartition("-")[2] for path in (place / "index" / "default").iterdir())


def test_a_revision_takes_the_place_of_the_one_before(matcher: Matcher, tmp_path: Path) -> None:
    """The person is found by their newest resume alone, and the index holds what the store has."""
    with matcher.corpus(tmp_path) as corpus:
        corpus.ingest([person(1), person(2)])
        done = corpus.ingest([NamedFile("n", person(1).data.replace(b"quokka1x", b"wallaby1x"))])
        assert [item.outcome for item in done.taken] == ["revised"]
        assert not any("quokka1x" in text for text in words_found(corpus, "quokka1x"))
        assert any("wallaby1x" in text for text in words_found(corpus, "wallaby1x"))
        assert corpus.doctor() == []


def test_files_of_one_batch_may_be_the_same_and_of_the_same_person(matcher: Matcher, tmp_path: Path) -> None:
    """Each content once, the last revision newest, and no vector kept for nobody."""
    revised = NamedFile("r", person(1).data.replace(b"boats", b"ships"))
    with matcher.corpus(tmp_path) as corpus:
        done = corpus.ingest([person(1), person(1), revised, person(2)], tags=["a"])
        assert [item.outcome for item in done.taken] == ["added", "unchanged", "revised", "added"]
        again = corpus.ingest([person(2)], tags=["b"])
        assert [item.outcome for item in again.taken] == ["unchanged"]
        assert corpus.person(again.taken[0].candidate).tags == ("a", "b")
        assert corpus.doctor() == []


@pytest.mark.parametrize("damage", ["manifest", "rows", "gone"])
def test_a_damaged_index_is_built_anew(matcher: Matcher, tmp_path: Path, damage: str) -> None:
    """Whatever happened to its files, the next opening finds everybody."""
    with matcher.corpus(tmp_path) as corpus:
        corpus.ingest([person(number) for number in range(5)])
    (folder,) = (tmp_path / "index" / "default").iterdir()
    if damage == "gone":
        shutil.rmtree(tmp_path / "index")
    else:
        (file,) = folder.glob("manifest.json" if damage == "manifest" else "tail-*")
        file.write_bytes(file.read_bytes()[:100])
    with matcher.corpus(tmp_path) as corpus:
        assert any("quokka3x" in text for text in words_found(corpus, "quokka3x"))
        assert corpus.doctor() == []
    assert buildings(tmp_path) == ["2" if damage == "rows" else "1"]


def test_an_index_that_is_ahead_of_a_restored_store_is_built_anew(matcher: Matcher, tmp_path: Path) -> None:
    """A backup of the database alone may be older than the index beside it."""
    with matcher.corpus(tmp_path / "c") as corpus:
        corpus.ingest([person(1)])
    shutil.copy(tmp_path / "c" / "corpus.sqlite", tmp_path / "backup")
    with matcher.corpus(tmp_path / "c") as corpus:
        corpus.ingest([person(2)])
    shutil.copy(tmp_path / "backup", tmp_path / "c" / "corpus.sqlite")
    with matcher.corpus(tmp_path / "c") as corpus:
        assert not any("quokka2x" in text for text in words_found(corpus, "quokka2x"))
        assert corpus.doctor() == []


def test_an_index_of_segments_finds_what_an_exact_one_finds_and_forgets(
    matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past its exact size the scores shown are still exact; an erased person leaves no row behind."""
    with matcher.corpus(tmp_path / "exact") as corpus:
        corpus.ingest([person(number) for number in range(60)])
        expected = [shown(corpus, number) for number in (3, 30)]
    monkeypatch.setattr(indexing, "FaissIndex", partial(FaissIndex, exact_up_to=40))
    with matcher.corpus(tmp_path / "segments") as corpus:
        corpus.ingest([person(number) for number in range(60)])
        assert "segments" in corpus.state().index
        found = [corpus.search(f"repaired the quokka{number}x", top=3) for number in (3, 30)]
        assert [shown(corpus, number) for number in (3, 30)] == expected
        corpus.erase([people[0].candidate.id for people in found])
        assert corpus._index.describe().leftover == 0
        assert not any("quokka30x" in text for text in words_found(corpus, "quokka30x"))
        assert corpus.doctor() == []


def test_reindexing_begins_a_new_building_that_others_move_to(matcher: Matcher, tmp_path: Path) -> None:
    """Who had the old one open goes on, and sees what comes after."""
    with matcher.corpus(tmp_path) as one, matcher.corpus(tmp_path) as two:
        one.ingest([person(1)])
        assert any("quokka1x" in text for text in words_found(two, "quokka1x"))
        one.reindex()
        assert buildings(tmp_path) == ["2"]
        one.ingest([person(2)])
        assert any("quokka2x" in text for text in words_found(two, "quokka2x"))
        two.ingest([person(3)])
        assert any("quokka3x" in text for text in words_found(one, "quokka3x"))
        assert one.doctor() == two.doctor() == []


def test_reindexing_leaves_one_segment(
    matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many ingestions made them: a search reads less of one, and an erasure copies its bytes."""
    monkeypatch.setattr(indexing, "FaissIndex", partial(FaissIndex, exact_up_to=40))
    with matcher.corpus(tmp_path) as corpus:
        for start in (0, 30):
            corpus.ingest([person(number) for number in range(start, start + 30)])
        assert "in 2 IVF,SQ8 segments" in corpus.state().index
        expected = [shown(corpus, number) for number in (3, 40)]
        corpus.reindex()
        assert "in 1 IVF,SQ8 segments, 0 exact" in corpus.state().index
        assert [shown(corpus, number) for number in (3, 40)] == expected
        assert corpus.doctor() == []


def test_an_export_restores_people_ids_tags_and_revisions(matcher: Matcher, tmp_path: Path) -> None:
    """What is imported finds, shows and exports the same; ids of before still name the people."""
    with matcher.corpus(tmp_path / "a") as one, matcher.corpus(tmp_path / "b") as two:
        taken = one.ingest([person(1), person(2)], tags=["x"], source="fair").taken
        one.ingest([NamedFile("n", person(1).data.replace(b"boats", b"ships"))])
        lines = list(one.export())
        assert len(lines) == 1 + 3
        done = two.restore(lines)
        assert sorted(item.outcome for item in done.taken) == ["added", "added", "revised"]
        for item in taken:
            before, after = one.person(item.candidate), two.person(item.candidate)
            assert (before.name, before.emails, before.tags, before.updated) == (
                after.name,
                after.emails,
                after.tags,
                after.updated,
            )
            assert one.resume(before) == two.resume(after)
        assert two.doctor() == []
        assert sorted(item.outcome for item in two.restore(lines).taken) == ["unchanged"] * 3
        two.erase([taken[0].candidate])
        assert two.store.stats().candidates == 1


@pytest.mark.parametrize("exact_up_to", [40, 10_000])
def test_an_erasure_that_was_killed_before_the_index_is_finished_at_the_next_opening(
    matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exact_up_to: int
) -> None:
    """No search finds the person, and whoever saves the index next, here on closing, drops the bytes."""
    monkeypatch.setattr(indexing, "FaissIndex", partial(FaissIndex, exact_up_to=exact_up_to))
    with matcher.corpus(tmp_path) as corpus:
        corpus.ingest([person(number) for number in range(60)])
        (found, *_) = corpus.search("quokka7x", top=1)
        masked = corpus.resume(found.candidate).snippets[1].masked
        vector = matcher.encode([masked])[0].astype("<f4").tobytes()
        corpus.store.people.erase([found.candidate.id])
        assert all(each.candidate.id != found.candidate.id for each in corpus.search("quokka7x"))
    with matcher.corpus(tmp_path) as corpus:
        assert corpus.doctor() == []
        assert corpus._index.describe().leftover == 0
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(vector in path.read_bytes() or b"quokka7x" in path.read_bytes() for path in files)


def test_an_index_that_is_too_far_behind_is_built_anew(
    matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changed since it was saved is forgotten: it holds what the store holds all the same."""
    monkeypatch.setattr(changes, "_KEPT", 2)
    monkeypatch.setattr(changes, "_AT_ONCE", 1)
    with matcher.corpus(tmp_path) as late, matcher.corpus(tmp_path) as corpus:
        corpus.ingest([person(1)])
        assert any("quokka1x" in text for text in words_found(late, "quokka1x"))
        for number in range(2, 9):
            corpus.ingest([person(number)])
        corpus.erase([corpus.find("robin1@example.org")[0].id])
        assert corpus.store.changes.erased_since(1)
        with pytest.raises(IndexUnfitError):
            corpus.store.changes.since(1)
        assert any("quokka8x" in text for text in words_found(late, "quokka8x"))
        assert not any("quokka1x" in text for text in words_found(late, "quokka1x"))
        assert late.doctor() == []
    with matcher.corpus(tmp_path) as again:
        assert again.doctor() == []


@pytest.mark.parametrize("met_by", ["search", "role", "doctor", "erase"])
def test_damage_between_the_blocks_that_are_checked_is_met_by_building_anew(
    matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, met_by: str
) -> None:
    """Whoever reads damaged places of a segment first has the index built anew, and the right answer."""
    monkeypatch.setattr(indexing, "FaissIndex", partial(FaissIndex, exact_up_to=50))
    with matcher.corpus(tmp_path) as corpus:
        corpus.ingest([person(number) for number in range(300)])
    (file,) = (tmp_path / "index" / "default").glob("*/*.faiss")
    with matcher.corpus(tmp_path) as corpus:
        assert corpus.state().index.startswith("900 in 1 IVF")
        with file.open("r+b") as opened:  # after the files were checked: the mapping shows it
            opened.seek(file.stat().st_size // 3)
            opened.write(b"\xee" * (file.stat().st_size // 2))
        if met_by == "search":
            assert any("quokka3x" in text for text in words_found(corpus, "quokka3x"))
            found = corpus.search("repaired the quokka5x", where="months>=1", top=1)
            assert [quote.text for quote in found[0].quotes[:1]] == ["Repaired the quokka5x of the harbour"]
        elif met_by == "role":
            role = "Keeper\n\nRequirements\n- Repaired a quokka7x\n- Counted boats\n"
            assert len(corpus.rank(role, top=3)) >= 3
        elif met_by == "erase":
            assert corpus.erase([corpus.find("robin9@example.org")[0].id]).remains == ()
        assert corpus.doctor() == []
    assert buildings(tmp_path) == ["2"]


def test_a_file_that_changed_on_the_disk_is_told_of(matcher: Matcher, tmp_path: Path) -> None:
    """The database is whole then, and only the digest of the file's bytes says that they are others."""
    with matcher.corpus(tmp_path) as corpus:
        corpus.ingest([person(1), person(2)])
        with corpus.store._database.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE files SET data = x'25504446' WHERE rowid = 1")
        (problem,) = corpus.doctor()
    assert problem.what == "1 files whose bytes are not those that were taken in."
    assert "backup" in problem.cure

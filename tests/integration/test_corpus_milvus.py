"""A corpus whose index is in Milvus: found, ranked, erased to the byte and kept apart as with any other."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from milvus_server import free_port, served

from matcher import Matcher
from matcher.corpus import Corpus, role_search
from matcher.errors import CorpusUnavailableError, InputError
from matcher.index import similarities
from matcher.settings import Settings
from matcher.sources import NamedFile
from matcher.types.corpus import snippet_place

if not find_spec("milvus_lite"):
    pytest.skip("milvus-lite is an extra: pip install 'matcher[milvus]'", allow_module_level=True)

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
RESUMES = sorted(path for path in (FIXTURES / "resumes").iterdir() if path.is_file())
ROLE = FIXTURES / "roles" / "icu-nurse.md"
TODAY = date(2026, 1, 15)
LITE = "milvus-lite"


@pytest.fixture(scope="module")
def matcher() -> Iterator[Matcher]:
    with Matcher() as opened:
        yield opened


@pytest.fixture(scope="module")
def hashing() -> Iterator[Matcher]:
    with Matcher(Settings(model="hashing", workers=1)) as opened:
        yield opened


@pytest.fixture(scope="module")
def corpus(matcher: Matcher, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """All resumes of the fixtures under the bundled model. Tests only ask it."""
    with matcher.corpus(tmp_path_factory.mktemp("milvus") / "corpus", index=LITE) as opened:
        opened.ingest(RESUMES)
        yield opened


def person(number: int, surname: str = "Ande", did: str = "Repaired") -> NamedFile:
    """A person whose resume has a word that nobody else has."""
    surname += "".join(chr(ord("a") + int(digit)) for digit in str(number))
    text = (
        f"Robin {surname}\nrobin{number}@example.org\n\nExperience\nKeeper of things, Acme\n2019 - 2021\n"
        f"• {did} the quokka{number}x of the harbour by hand\n• Counted boats and wrote reports\n"
    )
    return NamedFile(f"{surname}{number}.txt", text.encode())


def finds(corpus: Corpus, number: int) -> bool:
    people = corpus.search(f"quokka{number}x", top=1)
    return any(f"quokka{number}x" in quote.text for each in people for quote in each.quotes)


def rows_in_milvus(corpus: Corpus) -> int:
    return corpus.state().indexed


def test_a_role_ranks_as_rank_does_and_the_nearest_are_those_of_all_cosines(
    matcher: Matcher, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever a shortlist of Milvus's hits names has the scores and quotes of `rank`, to the last bit."""
    assert "Milvus" in corpus.state().index
    monkeypatch.setattr(role_search, "SHORTLIST", 12)
    everyone = matcher.rank(ROLE, RESUMES, today=TODAY).reports
    found = corpus.rank(ROLE, today=TODAY, top=2).reports
    named = {each.resume.candidate_id: each for each in found}
    assert [replace(each, rank=0) for each in everyone if each.candidate_id in named] == [
        replace(each, rank=0, candidate_id=each.resume.candidate_id) for each in found
    ]
    assert found[0].resume.candidate_id == everyone[0].candidate_id

    ids = [key for part in corpus.store.resumes.snippet_ids() for key in part]
    stored = corpus.store.resumes.read(corpus.store.resumes.select())
    texts = [stored[place[0]].resume.snippets[place[1]].masked for place in map(snippet_place, ids)]
    queries = matcher.encode(["led a kubernetes migration", "cared for patients", "milked cows"])
    exact = similarities(queries, matcher.encode(texts))
    scores, near = corpus._index.search(queries, 20)
    for row, values, keys in zip(exact, scores, near, strict=True):
        best = {ids[place] for place in np.argsort(-row)[:20]}
        assert len(best & set(keys.tolist())) >= 19
        np.testing.assert_allclose(values, [row[ids.index(key)] for key in keys], atol=1e-5)
    assert corpus.doctor() == []


def test_text_and_filters_find_whom_they_find_elsewhere(
    matcher: Matcher, corpus: Corpus, tmp_path: Path
) -> None:
    """The same people in the same order as with the index in files."""
    with matcher.corpus(tmp_path / "files") as other:
        other.ingest(RESUMES)
        for text, where in [
            ("ventilated patients in intensive care", None),
            ("led a kubernetes migration", "months>=24"),
            ("worked with people", 'language:Spanish "patients"'),
        ]:
            both = [each.search(text, where=where, top=5, today=TODAY) for each in (corpus, other)]
            assert both[0]
            assert [each.candidate.name for each in both[0]] == [each.candidate.name for each in both[1]]


def unpacked(path: Path) -> bytes:
    """A file's bytes; of a Parquet file also those of its columns, which it keeps compressed."""
    data = path.read_bytes()
    if path.suffix != ".parquet":
        return data
    import pyarrow.parquet

    plain = io.BytesIO()
    with pyarrow.parquet.ParquetFile(path) as file:
        pyarrow.parquet.write_table(file.read(), plain, compression="none", use_dictionary=False)
    return data + plain.getvalue()


def holding(place: Path, marks: list[bytes]) -> set[bytes]:
    files = [unpacked(path) for path in place.rglob("*") if path.is_file()]
    return {mark for mark in marks if any(mark in content for content in files)}


def test_an_erased_persons_vectors_are_in_no_file_of_milvus(hashing: Matcher, tmp_path: Path) -> None:
    """Nor names or words anywhere, whichever of two openings erases; the other finds everybody else."""
    with hashing.corpus(tmp_path, index=LITE) as one, hashing.corpus(tmp_path, index=LITE) as two:
        one.ingest([person(number) for number in range(6)])
        two.ingest([person(7)])
        found = two.search("quokka3x", top=1)[0].candidate
        sentence = next(item.masked for item in one.resume(found).snippets if "quokka3x" in item.masked)
        vector = hashing.encode([sentence])[0].astype("<f4").tobytes()
        marks = [b"quokka3x", b"Anded", vector]
        assert holding(tmp_path, marks) == set(marks)
        assert two.erase([found.id]).remains == ()
        assert holding(tmp_path, marks) == set()
        assert [finds(one, number) for number in (0, 3, 5, 7)] == [True, False, True, True]
        assert one.doctor() == two.doctor() == []


def test_an_erasure_that_was_killed_before_milvus_is_finished_by_whoever_comes_next(
    hashing: Matcher, tmp_path: Path
) -> None:
    """The store has erased; a search of another opening applies it and writes the collection anew."""
    with hashing.corpus(tmp_path, index=LITE) as one:
        one.ingest([person(number) for number in range(4)])
        found = one.search("quokka2x", top=1)[0].candidate
        vector = hashing.encode([one.resume(found).snippets[1].masked])[0].astype("<f4").tobytes()
        one.store.people.erase([found.id])
    with hashing.corpus(tmp_path, index=LITE) as two:
        assert not finds(two, 2)
        assert holding(tmp_path, [vector]) == set()
        assert two.doctor() == []


def test_what_does_not_fit_is_built_anew(hashing: Matcher, tmp_path: Path) -> None:
    """A collection of another version, one that is ahead of a restored database, and one that is asked to."""
    place = tmp_path / "corpus"
    with hashing.corpus(place, index=LITE) as corpus:
        corpus.ingest([person(1), person(2)])
        index = corpus._index._index  # type: ignore[attr-defined]
        index._write(replace(index._state, format=0))
    with hashing.corpus(place, index=LITE) as corpus:
        assert finds(corpus, 2)
        assert corpus.doctor() == []
        index = corpus._index._index  # type: ignore[attr-defined]
        index.remove([1 << 16])
        index.save(99)
        assert corpus.reindex().indexed == corpus.store.stats().snippets
    with hashing.corpus(place, index=LITE) as corpus:
        corpus._index.catch_up()
        corpus._index._index.save(99)  # type: ignore[attr-defined]
    with hashing.corpus(place, index=LITE) as corpus:
        assert finds(corpus, 1)
        assert corpus.state().index_revision == corpus.store.changes.revision()


def test_models_have_collections_of_their_own_until_somebody_is_erased(
    hashing: Matcher, matcher: Matcher, tmp_path: Path
) -> None:
    """An erasure drops the collections of other models; these begin anew when they are used."""
    with hashing.corpus(tmp_path, index=LITE) as old, matcher.corpus(tmp_path, index=LITE) as new:
        old.ingest([person(number) for number in range(3)])
        new.reindex()
        assert old.state().index != new.state().index
        assert finds(old, 1)
        assert finds(new, 1)
        old.erase([old.search("quokka1x", top=1)[0].candidate.id])
        assert finds(new, 2)
        assert rows_in_milvus(new) == rows_in_milvus(old) == new.store.stats().snippets
        assert new.doctor() == [] or all(each.harmless for each in new.doctor())


@pytest.mark.parametrize("store", ["folder", "postgresql"])
def test_processes_share_a_server_and_go_on_without_it(
    hashing: Matcher,
    tmp_path: Path,
    store: str,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three ingest at once and all is found once; who erases while Milvus is away says what remains there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    place = request.getfixturevalue(store) if store == "postgresql" else tmp_path / "corpus"
    port = free_port()
    address = f"milvus+http://127.0.0.1:{port}"
    folders = [tmp_path / str(number) for number in range(3)]
    for number, folder in enumerate(folders):
        folder.mkdir()
        for each in range(number * 8, number * 8 + 8):
            (folder / f"{each}.txt").write_bytes(person(each).data)
    told = os.environ | {"MATCHER_INDEX": address, "MATCHER_CORPUS": str(place)}
    command, model = [sys.executable, "-m", "matcher"], ["--model", "hashing"]
    with hashing.corpus(place, index=address) as corpus:
        with served(tmp_path / "milvus", port):
            running = [subprocess.Popen([*command, "ingest", *model, folder], env=told) for folder in folders]
            assert [each.wait(120) for each in running] == [0, 0, 0]
            assert all(finds(corpus, number) for number in range(24))
            assert corpus.doctor() == []
            found = corpus.search("quokka5x", top=1)[0].candidate.id
            erasing = [*command, "erase", found, *model]
            done = subprocess.run(erasing, env=told, capture_output=True, text=True, check=True, timeout=120)
            assert "dataCoord.gc" in " ".join(done.stdout.split())
            assert not finds(corpus, 5)
            assert corpus.doctor() == []
            other = corpus.search("quokka6x", top=1)[0].candidate.id
        started = time.monotonic()
        assert any("still holds vectors" in each for each in corpus.erase([other]).remains)
        assert len(corpus.ingest([person(30)]).taken) == 1
        with pytest.raises(CorpusUnavailableError, match="check that it runs"):
            corpus.search("quokka7x")
        assert time.monotonic() - started < 120
        with served(tmp_path / "milvus", port):
            assert [finds(corpus, number) for number in (6, 7, 30)] == [False, True, True]
            assert corpus.doctor() == []


def test_tenants_of_one_server_never_meet(hashing: Matcher, tmp_path: Path) -> None:
    """Neither by a search among the other's very snippets, nor by erasing, reindexing or dropping."""
    port = free_port()
    address = f"milvus+http://127.0.0.1:{port}"
    with (
        served(tmp_path / "milvus", port),
        hashing.corpus(tmp_path / "c", "ours", index=address) as ours,
        hashing.corpus(tmp_path / "c", "theirs", index=address) as theirs,
        hashing.corpus(tmp_path / "d", "theirs", index=address) as elsewhere,
    ):
        theirs.ingest([person(number, "Brand") for number in range(3)])
        elsewhere.ingest([person(number, "Clay") for number in range(5)])
        query = hashing.encode(["Repaired the quokka1x of the harbour by hand"])
        every = np.concatenate([np.array(part) for part in theirs.store.resumes.snippet_ids()])
        assert (ours._index.search(query, 10)[1] == -1).all()
        assert (ours._index.search(query, 10, every)[1] == -1).all()
        assert ours.search("quokka1x") == []
        ours.ingest([person(1)])
        assert (ours._index.search(query, 10, every)[1] == -1).all()
        assert [each.candidate.name for each in ours.search("quokka1x", top=9)] == ["Robin Andeb"]
        ours.erase([ours.search("quokka1x", top=1)[0].candidate.id])
        ours._index.drop_others()
        ours.reindex()
        for corpus, people in ((theirs, 3), (elsewhere, 5)):
            assert rows_in_milvus(corpus) == corpus.store.stats().snippets
            assert all(finds(corpus, number) for number in range(people))
            assert corpus.doctor() == []


def test_threads_search_while_others_erase_and_reindex(hashing: Matcher, tmp_path: Path) -> None:
    """Nobody meets an error, and who stays is always found."""
    with hashing.corpus(tmp_path, index=LITE) as one, hashing.corpus(tmp_path, index=LITE) as two:
        one.ingest([person(number) for number in range(4)])
        done, wrong = threading.Event(), []

        def read() -> None:
            while not done.is_set():
                if not finds(two, 0):
                    wrong.append("missed")

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        try:
            for number in (1, 2):
                one.erase([one.search(f"quokka{number}x", top=1)[0].candidate.id])
                one.reindex()
        finally:
            done.set()
            for reader in readers:
                reader.join()
        assert wrong == []
        assert two.doctor() == []


@pytest.mark.parametrize(
    "index", ["pinecone", "milvus", "milvus+http://", "milvus+http://h:port", "http://h:1"]
)
def test_an_index_that_is_none_is_refused(hashing: Matcher, tmp_path: Path, index: str) -> None:
    """Before anything is begun."""
    with pytest.raises(InputError, match="An index is faiss, milvus-lite, or milvus"):
        hashing.corpus(tmp_path / "c", index=index)
    assert not (tmp_path / "c").exists()

"""Erasing people: what goes, what stays, what the receipt says, and that no byte is left."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from store_samples import (
    ADA,
    BRAM,
    ENCODER,
    PEOPLE,
    START,
    Corpus,
    add,
    day,
    encoded,
    intake,
    resume_of,
    revised,
    role_of,
    rows_of,
    snippet_texts,
)

from matcher.errors import NotInCorpusError
from matcher.store import Answer, Store
from matcher.store.scrub import SERVER_REMAINS
from matcher.types.corpus import ExternalId, snippet_id
from matcher.types.service import Asked, ItemState, JobItem, StoredReport, Upload

SENTENCE = "Calibrated the quixotronic zephyrometer of Vantablume harbour"
MARKED = (
    ADA.replace("Ada Lindqvist", "Xanthippe Quorlwood")
    .replace("ada.lindqvist@example.org", "xq.planted@example.org")
    .replace("Malmö, Sweden", "Zwettlmark, Austria")
    .replace("Led a migration of forty services to Kubernetes", SENTENCE)
)
POSTING = "Site Reliability Engineer\n\nRequirements\n• Five years of Kubernetes\n• Go or Rust\n"


def plant(store: Store, number: int = 0) -> str:
    """A person with marks everywhere a person leaves any; returns their id."""
    text = MARKED.replace("xq.planted@", f"xq{number}.planted@")
    person = add(
        store,
        text,
        day(number),
        file_name="planted-quorlwood.txt",
        source="planted-source",
        tags=("planted-tag",),
        external=ExternalId("planted-system", f"planted-key-{number}"),
        features=b"planted-features",
    ).candidate
    add(store, revised(text, f"Planted revision {number}"), day(number + 1))
    role = store.roles.add(role_of(POSTING), START).role_id
    key = ExternalId("planted-system", f"planted-application-{number}")
    store.applications.add(person, role, 1, "planted-stage", START, key)
    plant_in_service(store, person, role, text, number)
    return person


def plant_in_service(store: Store, person: str, role: str, text: str, number: int) -> None:
    """Their next resume and the present one, waiting; one that failed, kept answers, a report."""
    name = {"name": "planted-quorlwood.txt"}
    uploads = [
        Upload(name, revised(text, "Planted revision 99").encode(), person),
        Upload(name, text.encode()),
        Upload({**name, "url": "https://example.org/planted"}, None, person),
    ]
    job = store.jobs.add("candidates.create", {}, uploads, "system", START)
    first = store.jobs.items(job.id, 1)[0]
    failed = JobItem(0, ItemState.FAILED, first.upload, person, message="Xanthippe Quorlwood")
    assert store.jobs.settle(job.id, failed, keep_upload=True)
    store.answers.begin("key", f"order-{number}", b"1", START)
    answer = Answer(200, {}, f'{{"id": "{person}", "name": "Xanthippe Quorlwood"}}'.encode())
    store.answers.keep("key", f"order-{number}", answer, [person])
    for system, of in (("planted-system", f"planted-key-{number}"), ("greenhouse", None)):
        asked = Asked(system, f"planted-{number}", of, role, 1, "https://example.org/planted")
        assessment, _ = store.assessments.begin(asked, START, frozenset())
        if of is None:
            assert store.assessments.of_person(assessment.id, person)
            assert store.assessments.complete(assessment.id, {"planted": 1}, START, START)
    match = store.matches.begin(role, 1, START.date(), {}, "1.0", START)
    store.matches.fill(match, {}, [StoredReport(0, person, 0.5, b"Xanthippe Quorlwood " + SENTENCE.encode())])


def marks(store: Store) -> dict[str, bytes]:
    """Bytes that must be nowhere once the planted people are erased, beside everybody else's."""
    found = {
        word: word.encode()
        for word in (
            "Xanthippe Quorlwood",
            "quorlwood",
            ".planted@example.org",
            "Zwettlmark",
            "zwettlmark",
            SENTENCE[-25:],
            "zephyrometer",
            "vantablume",
            "planted",
            "quixotronic",
        )
    }
    for person in store.people.find("xanthippe"):
        for revision in store.resumes.revisions(person.id):
            found[f"digest of {revision.number}"] = bytes.fromhex(revision.sha256)
    texts = [text for text in ENCODED if text not in SHARED]
    rows = store.vectors.get(ENCODER.fingerprint, texts)
    assert SENTENCE in rows
    found |= {f"vector of {text}": row for text, row in rows.items()}
    return found


ENCODED = [snippet.masked for snippet in resume_of(MARKED).snippets]
SHARED = {snippet.masked for text in PEOPLE.values() for snippet in resume_of(text).snippets}


def left_in(folder: Path, wanted: dict[str, bytes]) -> list[str]:
    """Which marks are in any byte of any file of the folder."""
    found = []
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes().lower() if path.is_file() else b""
        found += [f"{name} in {path.name}" for name, mark in wanted.items() if mark.lower() in data]
    return found


def left_in_tables(store: Store, wanted: dict[str, bytes]) -> list[str]:
    """Which marks are in any value of any row of PostgreSQL's tables, catalogues left out."""
    found = []
    with store._database.engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            for row in connection.execute(sa.text(f"SELECT * FROM {table}")):
                data = b"\n".join(
                    value if isinstance(value, bytes) else str(value).encode() for value in row
                ).lower()
                found += [f"{name} in {table}" for name, mark in wanted.items() if mark.lower() in data]
    return found


def left(store: Store, wanted: dict[str, bytes]) -> list[str]:
    folder = store._database.folder
    return left_in_tables(store, wanted) if folder is None else left_in(folder, wanted)


def test_no_byte_of_an_erased_person_is_left(corpus: Corpus) -> None:
    """Name, address, place, file name, sentence, words, keys, tags, digests and vectors, of several people
    erased one by one among others who stay; and the others are all there."""
    with corpus.open() as store:
        for text in PEOPLE.values():
            add(store, text)
        people = [plant(store, number) for number in range(0, 9, 3)]
        wanted = marks(store)
        planted = left(store, wanted)
        missing = [name for name in wanted if not any(each.startswith(f"{name} in") for each in planted)]
        assert missing == []  # every mark was really there
        for person in people:
            receipt = store.people.erase([person])
            assert receipt.remains == (() if store._database.folder else (SERVER_REMAINS,))
            assert store.lexical.search("zephyrometer", 9) == [] or person != people[-1]
        assert left(store, wanted) == []
        assert store.stats().candidates == 3
        assert len(store.lexical.search("deployment", 9)) == 2
        assert store.problems() == []
    if isinstance(corpus.where, Path):
        assert left_in(corpus.where, wanted) == []


def test_a_receipt_says_what_was_taken_away(corpus: Corpus) -> None:
    """Ids and counts; a vector that somebody else shares is kept, and theirs alone is counted."""
    with corpus.open() as store:
        add(store, BRAM)
        ada = add(store, ADA)
        texts = {snippet.masked for snippet in resume_of(ADA).snippets}
        shared = texts & {snippet.masked for snippet in resume_of(BRAM).snippets}
        assert len(shared) == 1
        role = store.roles.add(role_of(POSTING), START).role_id
        store.applications.add(ada.candidate, role, 1, "applied", START)
        receipt = store.people.erase([ada.candidate])
        assert (receipt.candidates, receipt.revisions) == ((ada.candidate,), (ada.revision,))
        assert receipt.snippets == tuple(snippet_id(ada.revision, ordinal) for ordinal in range(len(texts)))
        assert (receipt.files, receipt.vectors, receipt.applications) == (1, len(texts) - 1, 1)
        assert receipt.corpus_revision == store.changes.revision()
        (change,) = store.changes.since(receipt.corpus_revision - 1)
        assert tuple(change.removed) == receipt.snippets
        assert set(store.vectors.get(ENCODER.fingerprint, texts)) == shared
        with pytest.raises(NotInCorpusError):
            store.people.get(ada.candidate)
        assert store.resumes.read([ada.revision]) == {}
        rows = rows_of(store)
        assert len(rows["candidates"]) == len(rows["revisions"]) == len(rows["files"]) == 1
        assert rows["applications"] == rows["scrubs"] == []


def test_a_merged_person_is_erased_by_either_id(corpus: Corpus) -> None:
    """And both resumes go."""
    with corpus.open() as store:
        ada, bram = add(store, ADA), add(store, BRAM)
        store.people.merge(ada.candidate, bram.candidate)
        receipt = store.people.erase([bram.candidate])
        assert receipt.candidates == (ada.candidate,)
        assert set(receipt.revisions) == {ada.revision, bram.revision}
        rows = rows_of(store)
        del rows["tenants"], rows["changes"]
        assert [name for name, found in rows.items() if found] == []


def test_an_unknown_person_stops_an_erasure_of_several(corpus: Corpus) -> None:
    """Nobody is erased, and the message does not repeat a long id."""
    with corpus.open() as store:
        ada = add(store, ADA).candidate
        before = rows_of(store)
        with pytest.raises(NotInCorpusError) as caught:
            store.people.erase([ada, "x" * 5_000])
        assert len(caught.value.message) < 200
        assert rows_of(store) == before
        assert store.people.erase([]).candidates == ()


def test_a_vector_erased_meanwhile_is_asked_for_again(corpus: Corpus) -> None:
    """Between asking what is missing and adding, the other who had the text may go."""
    from matcher.errors import MissingVectorsError

    with corpus.open() as store:
        ada = add(store, ADA)
        waiting = intake(store, BRAM)
        store.people.erase([ada.candidate])
        with pytest.raises(MissingVectorsError, match="1 snippets"):
            store.resumes.add([waiting])
        (taken,) = store.resumes.add([intake(store, BRAM)])
        texts = [snippet.masked for snippet in resume_of(BRAM).snippets]
        ids = [snippet_id(taken.revision, ordinal) for ordinal in range(len(texts))]
        assert snippet_texts(store, ids) == texts
        assert store.vectors.of_snippets(ENCODER.fingerprint, ids).rows == b"".join(
            encoded(texts).rows[text] for text in texts
        )

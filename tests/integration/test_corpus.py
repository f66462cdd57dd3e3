"""A corpus of all fixtures: the ranking of `rank`, search against the exact answer, erasure to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from matcher import Matcher
from matcher.corpus import Corpus, role_search
from matcher.errors import CorpusError, InputError, NotInCorpusError
from matcher.index import similarities
from matcher.settings import Settings
from matcher.types import MatchReport, Resume
from matcher.types.corpus import Outcome, Where, snippet_place

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
RESUMES = sorted(path for path in (FIXTURES / "resumes").iterdir() if path.is_file())
ROLES = [
    FIXTURES / "roles" / name
    for name in ("farm-manager.txt", "backend-engineer.html", "icu-nurse.md", "corporate-counsel.docx")
]
TODAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def matcher() -> Iterator[Matcher]:
    with Matcher() as opened:
        yield opened


@pytest.fixture(scope="module")
def corpus(matcher: Matcher, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """All resumes of the fixtures under the bundled model. Tests only ask it."""
    with matcher.corpus(tmp_path_factory.mktemp("fixtures") / "corpus") as opened:
        taken = opened.ingest(RESUMES, tags=["fixture"], source="repository")
        assert (taken.count(Outcome.ADDED), len(taken.rejected)) == (len(RESUMES), 0)
        yield opened


@pytest.fixture(scope="module")
def parsed(matcher: Matcher) -> list[Resume]:
    return [matcher.read_resume(path) for path in RESUMES]


def named(reports: tuple[MatchReport, ...]) -> list[MatchReport]:
    """Reports of a corpus with the ids that `rank` gives."""
    return [replace(report, candidate_id=report.resume.candidate_id) for report in reports]


@pytest.mark.parametrize("role", ROLES, ids=lambda path: path.stem)
def test_a_role_ranks_a_corpus_as_rank_ranks_the_files(
    matcher: Matcher, corpus: Corpus, parsed: list[Resume], role: Path
) -> None:
    """Order, ranks, scores and every piece of evidence are those of `rank`, to the last bit."""
    expected = matcher.rank(role, parsed, today=TODAY, weights={"q1": 2.5})
    found = corpus.rank(role, today=TODAY, weights={"q1": 2.5})
    assert named(found.reports) == list(expected.reports)
    assert (found.role, found.engine) == (expected.role, expected.engine)
    assert [corpus.person(each.candidate_id).name for each in found] == [
        each.resume.contact.name for each in expected
    ]


@pytest.mark.parametrize("role", ROLES, ids=lambda path: path.stem)
def test_a_shortlist_keeps_the_best_and_changes_no_score(
    matcher: Matcher, corpus: Corpus, parsed: list[Resume], role: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for twelve of thirty, the first two of `rank` are there, in its order and as it judges."""
    monkeypatch.setattr(role_search, "SHORTLIST", 12)
    everyone = matcher.rank(role, parsed, today=TODAY).reports
    found = corpus.rank(role, today=TODAY, top=2).reports
    assert len(found) == 12
    listed = {each.resume.candidate_id for each in found}
    assert [replace(each, rank=0) for each in named(found)] == [
        replace(each, rank=0) for each in everyone if each.candidate_id in listed
    ]
    assert named(found[:2]) == list(everyone[:2])


def test_a_filter_narrows_a_role_to_whom_it_names(corpus: Corpus) -> None:
    """The reports left are those of the whole ranking, less the people who do not meet it."""
    every = corpus.rank(ROLES[0], today=TODAY).reports
    where = "months>=120 degree>=master"
    some = corpus.rank(ROLES[0], today=TODAY, where=where).reports
    revisions = set(corpus.store.resumes.select(Where(months_from=120, today=TODAY)))
    kept = {corpus.person(each.candidate_id).revision for each in some}
    assert kept
    assert kept < revisions
    assert [each.score for each in some] == [
        each.score for each in every if corpus.person(each.candidate_id).revision in kept
    ]


def test_the_nearest_snippets_are_those_of_all_exact_cosines(matcher: Matcher, corpus: Corpus) -> None:
    """For several texts the first twenty by meaning are those of comparing with every vector."""
    ids = [key for part in corpus.store.resumes.snippet_ids() for key in part]
    stored = corpus.store.resumes.read(corpus.store.resumes.select())
    places = [snippet_place(key) for key in ids]
    texts = [stored[revision].resume.snippets[ordinal].masked for revision, ordinal in places]
    queries = matcher.encode(["led a kubernetes migration", "cared for patients", "milked cows"])
    for row in queries:
        found, known = corpus._texts.nearest(row[np.newaxis], 20, None)
        cosines = similarities(row[np.newaxis], matcher.encode(texts))[0].astype(float)
        order = sorted(zip(-cosines, ids, strict=True))
        assert found == [key for _, key in order[:20]]
        assert {key: -cosine for cosine, key in order[:20]} == known


@pytest.mark.parametrize(
    ("text", "person", "quote"),
    [
        ("led a kubernetes migration", "Thiago Valadares Nunes", "moved 14 services to kubernetes"),
        ("ventilated patients in intensive care", "Marisol Dela Peña-Whitcombe", "ventilat"),
        ("herd health on a dairy farm", "Wanjiru Kamau-Ellery", "herd"),
    ],
)
def test_free_text_finds_the_person_and_quotes_the_line(
    corpus: Corpus, text: str, person: str, quote: str
) -> None:
    """The one who did it comes first, with words that stand in their file."""
    found = corpus.search(text, top=5)
    assert found[0].candidate.name == person
    assert any(quote in " ".join(each.text.lower().split()) for each in found[0].quotes)
    resume = corpus.resume(found[0].candidate)
    assert all(each.text in resume.document.text for each in found[0].quotes)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_filters_narrow_a_search_by_text(corpus: Corpus) -> None:
    """Only people who meet all of the filter are found, and a filter nobody meets finds nobody."""
    found = corpus.search("worked with people", where='language:Spanish tag:fixture "patients"', today=TODAY)
    assert [each.candidate.name for each in found] == ["Marisol Dela Peña-Whitcombe"]
    assert corpus.search("worked with people", where="tag:nobody") == []
    assert len(corpus.search("worked with people", top=100, where="source:repository")) == len(RESUMES)


def test_an_erased_person_is_gone_from_every_search_and_every_byte(matcher: Matcher, tmp_path: Path) -> None:
    """Name, address, file name, a unique sentence and the raw vector of it are in no file; others stay."""
    sentence = "Tamed the zorblax reactor of Quimperle with a hand-wound abacus."
    file = tmp_path / "Oyelowo-Brandt-cv.txt"
    file.write_text(
        "Perpetua Oyelowo-Brandt\nperpetua.ob@example.org\n\nExperience\nKeeper, Acme\n2019 - 2021\n"
        f"• {sentence}\n",
        "utf-8",
    )
    place = tmp_path / "data"
    vector = matcher.encode([sentence])[0].astype("<f4").tobytes()
    marks = [b"Oyelowo", b"oyelowo", b"perpetua.ob", b"zorblax", vector, vector[64:128]]

    def holding() -> set[tuple[str, bytes]]:
        return {
            (path.name, mark[:8])
            for path in place.rglob("*")
            if path.is_file()
            for mark in marks
            if mark in path.read_bytes()
        }

    with matcher.corpus(place) as corpus:
        corpus.ingest([*RESUMES[:3], file])
        (first, *_) = corpus.search("zorblax reactor", top=1)
        assert first.candidate.name == "Perpetua Oyelowo-Brandt"
        corpus.rank(ROLES[0], today=TODAY)
        assert {mark for _, mark in holding()} == {mark[:8] for mark in marks}
        receipt = corpus.erase([first.candidate.id])
        assert (receipt.candidates, receipt.files, receipt.remains) == ((first.candidate.id,), 1, ())
        assert holding() == set()
        assert all(each.candidate.id != first.candidate.id for each in corpus.search("zorblax reactor"))
        assert len(corpus.rank(ROLES[0], today=TODAY)) == 3
        assert corpus.doctor() == []
        with pytest.raises(NotInCorpusError):
            corpus.person(first.candidate.id)
    assert holding() == set()


def test_a_new_model_is_brought_in_while_the_old_one_answers(matcher: Matcher, tmp_path: Path) -> None:
    """Before `reindex` the new one ranks right all the same; afterwards both have their vectors."""
    with Matcher(Settings(model="hashing")) as old, old.corpus(tmp_path) as before:
        before.ingest(RESUMES[:4])
        with matcher.corpus(tmp_path) as after:
            assert after.state().unencoded
            others = "Run `matcher reindex --drop-others` if nobody uses it."
            assert [problem.cure for problem in after.doctor()] == ["Run `matcher reindex`.", others]
            expected = matcher.rank(ROLES[0], RESUMES[:4], today=TODAY)
            assert named(after.rank(ROLES[0], today=TODAY).reports) == list(expected.reports)
            done = after.reindex()
            assert done.indexed == after.store.stats().snippets
            assert set(done.vectors) == {old.encoder.fingerprint, matcher.encoder.fingerprint}
            assert not after.state().unencoded
            assert [problem.cure for problem in after.doctor()] == [others]
        assert before.search("kubernetes")[0].candidate.name
        assert [problem.cure for problem in before.doctor()] == [others]


def test_one_source_and_nothing_to_look_for_are_refused(corpus: Corpus) -> None:
    """Each with a typed error, and a corpus cannot be begun where a file is."""
    with pytest.raises(InputError, match="several resumes"):
        corpus.ingest(RESUMES[0])  # type: ignore[arg-type]
    with pytest.raises(InputError, match="several ids"):
        corpus.erase("x")
    for text, top in (("  ", 3), ("x", 0)):
        with pytest.raises(InputError):
            corpus.search(text, top=top)
    with pytest.raises(CorpusError):
        corpus.matcher.corpus(RESUMES[0])

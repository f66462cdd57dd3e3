"""What a role search reads and keeps: `rank`'s results from what ingest made ready, and from memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from matcher import Matcher
from matcher.corpus import Corpus
from matcher.corpus.intake import Labels
from matcher.corpus.received import as_received
from matcher.sources import NamedFile
from matcher.types import MatchReport, SetAsideKind

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
RESUMES = sorted(path for path in (FIXTURES / "resumes").iterdir() if path.is_file())[:6]
FARM, BACKEND = (FIXTURES / "roles" / name for name in ("farm-manager.txt", "backend-engineer.html"))
TODAY = date(2026, 1, 15)

PRESENT = """Ines Varga-Holt
ines@example.org

Experience
Farm Manager, Willow Creek Dairy
Mar 2021 - Present
• Managed a herd of 400 dairy cows and a crew of nine milkers
• Kept the budget and bought feed, seed and machinery
"""
THIN = "Tor Aas\n\nExperience\nMilker, Nordre Farm\n2019 - 2020\n• Milked cows\n"


def copying() -> str:
    """A resume whose lines are those of the posting, beside one of its own."""
    lines = [line for line in FARM.read_text("utf-8").splitlines() if len(line.split()) > 9]
    bullets = "\n".join(f"• {line.lstrip('•-* ')}" for line in lines)
    head = "Kofi Adu\nkofi@example.org\n\nExperience\nFarm Hand, Brook Farm\n2015 - 2022"
    return f"{head}\n{bullets}\n• Repaired fences and calved heifers at night\n"


@pytest.fixture(scope="module")
def matcher() -> Iterator[Matcher]:
    with Matcher() as opened:
        yield opened


def named(reports: tuple[MatchReport, ...]) -> list[MatchReport]:
    """Reports of a corpus with the ids that `rank` gives."""
    return [replace(report, candidate_id=report.resume.candidate_id) for report in reports]


def kept(corpus: Corpus) -> set[int]:
    """The revisions of which a search keeps reports in memory."""
    return corpus._searches._kept.revisions()


def test_copies_thin_resumes_and_present_jobs_are_judged_as_by_rank(matcher: Matcher, tmp_path: Path) -> None:
    """To the last bit: what was prepared at ingest knows neither the posting nor the day."""
    files = [
        NamedFile(f"{number}.txt", text.encode()) for number, text in enumerate((PRESENT, THIN, copying()))
    ]
    with matcher.corpus(tmp_path) as corpus:
        received = datetime(2024, 5, 3, tzinfo=UTC)
        corpus.take((file, Labels(received=received)) for file in files)
        for today in (date(2024, 5, 20), TODAY):
            read = [as_received(matcher.read_resume(file), received.date(), today) for file in files]
            for role in (FARM, BACKEND):
                found = named(corpus.rank(role, today=today).reports)
                assert found == list(matcher.rank(role, read, today=today).reports)
        copied = [item.kind for report in found for item in report.set_aside]
        assert SetAsideKind.COPIED not in copied  # of the other posting nothing is copied
        by_source = {report.source: report for report in corpus.rank(FARM, today=TODAY)}
        assert SetAsideKind.COPIED in {item.kind for item in by_source["2.txt"].set_aside}


def test_a_second_search_gives_the_same_from_memory(matcher: Matcher, tmp_path: Path) -> None:
    """Other weights, days and people have reports of their own."""
    with matcher.corpus(tmp_path) as corpus:
        corpus.ingest(RESUMES[:4])
        first = corpus.rank(FARM, today=TODAY)
        assert kept(corpus) == set(corpus.store.resumes.select())
        assert corpus.rank(FARM, today=TODAY) == first
        heavier = corpus.rank(FARM, today=TODAY, weights={"q1": 3.0})
        expected = matcher.rank(FARM, RESUMES[:4], today=TODAY, weights={"q1": 3.0})
        assert named(heavier.reports) == list(expected.reports)
        later = date(2031, 1, 1)
        resumes = [
            as_received(matcher.read_resume(path), datetime.now(UTC).date(), later) for path in RESUMES[:4]
        ]
        assert named(corpus.rank(FARM, today=later).reports) == list(
            matcher.rank(FARM, resumes, today=later).reports
        )
        corpus.ingest(RESUMES[4:])
        assert named(corpus.rank(FARM, today=TODAY).reports) == list(
            matcher.rank(FARM, RESUMES, today=TODAY).reports
        )


def test_who_is_erased_leaves_memory_too(matcher: Matcher, tmp_path: Path) -> None:
    """At once where it was erased, and elsewhere before the next answer."""
    with matcher.corpus(tmp_path) as here, matcher.corpus(tmp_path) as there:
        here.ingest(RESUMES[:3])
        first, second, third = here.rank(FARM, today=TODAY)
        there.rank(FARM, today=TODAY)
        assert len(kept(here)) == len(kept(there)) == 3
        here.erase([second.candidate_id])
        assert kept(here) == set(here.store.resumes.select())
        assert [each.candidate_id for each in there.rank(FARM, today=TODAY)] == [
            first.candidate_id,
            third.candidate_id,
        ]
        assert kept(there) == set(here.store.resumes.select())


def test_a_person_who_was_merged_answers_under_the_id_that_was_kept(matcher: Matcher, tmp_path: Path) -> None:
    """Also where the report comes from memory."""
    with matcher.corpus(tmp_path) as corpus:
        corpus.ingest(RESUMES[:2])
        best, other = (each.candidate_id for each in corpus.rank(FARM, today=TODAY))
        corpus.store.people.merge(other, best)
        (left,) = corpus.rank(FARM, today=TODAY)
        assert left.candidate_id == other


def test_what_is_derived_is_made_again_by_reindex(matcher: Matcher, tmp_path: Path) -> None:
    """Features of other rules and vectors that are not together slow a role down and change no score."""
    with matcher.corpus(tmp_path) as corpus:
        corpus.ingest(RESUMES[:5])
        first, second, *_ = corpus.store.resumes.select()
        corpus.store.features.keep({first: b"\x92\xa3old\xc0"})
        with corpus.store._database.engine.begin() as connection:
            connection.execute(sa.text("DELETE FROM revision_vectors"))
            connection.execute(sa.text(f"UPDATE contents SET features = NULL WHERE revision = {second}"))
        assert [each.what.split()[:2] for each in corpus.doctor()] == [["2", "resumes"], ["Of", "5"]]
        expected = matcher.rank(FARM, RESUMES[:5], today=TODAY)
        assert named(corpus.rank(FARM, today=TODAY).reports) == list(expected.reports)
        corpus.reindex()
        assert corpus.doctor() == []
        again = matcher.rank(BACKEND, RESUMES[:5], today=TODAY)
        assert named(corpus.rank(BACKEND, today=TODAY).reports) == list(again.reports)

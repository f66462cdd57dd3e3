"""Pictures of the quotes of a ranking: drawn from the files that were ranked, within a limit."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matcher import Matcher, parsing, pictures
from matcher.errors import ParserCrashedError
from matcher.reports import blinded, quotes_to_draw
from matcher.reports.html import to_html
from matcher.settings import Limits
from matcher.sources import NamedFile, Source
from matcher.types import Box, Evidence, Match, MatchReport, Picture, Pictures, Place, Ranking, Verdict
from matcher.worker import Job
from matcher.workers import WorkerPool

sys.path.insert(0, str(Path(__file__).parents[1] / "documents"))

from pdf_samples import pdf
from sample_ranking import make_ranking

LINES = ["Ada Example", "", "Experience", "Engineer, Acme, Jan 2020 - Present"]


def resume_file(number: int) -> NamedFile:
    """A resume of one page as a PDF."""
    bullets = [f"• Built bridge {at} over river {number} with a team of nine" for at in range(6)]
    data = pdf(lambda sheet: sheet.lines(72, 72, LINES + bullets))
    return NamedFile(f"resume-{number}.pdf", data)


def ranking_of(files: list[NamedFile]) -> Ranking:
    """A ranking that quotes a bullet of each file for each of two qualifications, another for a third."""
    base = make_ranking()
    asked = base.role.qualifications[:3]
    reports = []
    for rank, file in enumerate(files, 1):
        resume = parsing.parse_resume(file.data, file.name, Limits())
        quotes = [snippet for snippet in resume.snippets if "Built" in snippet.text][:2]
        evidence = [
            Evidence(
                item.text,
                item.span,
                item.section,
                0.8,
                "near",
                resume.document.places(item.span),
                item.position,
            )
            for item in quotes
        ]
        matches = tuple(
            Match(item, Verdict.STRONG, 0.8, (evidence[at > 1],)) for at, item in enumerate(asked)
        )
        reports.append(MatchReport(resume.candidate_id, file.name, rank, 0.8, 1.0, matches, (), resume))
    role = replace(base.role, qualifications=asked)
    return Ranking(role, date(2025, 3, 14), base.engine, tuple(reports))


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher()


def test_each_quote_has_a_picture_and_the_file_holds_it_once(matcher: Matcher) -> None:
    """Two quotes of each file: two pictures; three cells and the best quotes show them by reference."""
    files = [resume_file(1), resume_file(2)]
    ranking = ranking_of(files)
    drawn = matcher.pictures(ranking, files)
    assert set(drawn.by_place) == {
        (report.resume.document.sha256, places) for report in ranking for places in quotes_to_draw(report)
    }
    assert len(drawn.by_place) == 4
    assert drawn.left_out == 0
    page = to_html(ranking, None, drawn)
    assert page.count("data:image/png;base64,") == 4
    assert len(re.findall(r'<use href="#p\d"/>', page)) == 2 * (3 + 2)
    for report in ranking:
        for match in report.matches:
            assert f'aria-label="{match.evidence[0].text}"' in page
    assert "data:image/png" not in to_html(ranking)


def test_over_the_limit_the_best_candidates_keep_their_pictures(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room for three pictures: the first candidate has both, and the page says how many are missing."""
    files = [resume_file(number) for number in range(6)]
    ranking = ranking_of(files)
    whole = matcher.pictures(ranking, files)
    sizes = [len(picture.data) for picture in whole.by_place.values()]
    monkeypatch.setattr(pictures, "MOST_BYTES", int(3.5 * max(sizes)))
    some = matcher.pictures(ranking, files)
    first = ranking[0].resume.document.sha256
    assert [key for key in whole.by_place if key[0] == first] == [
        key for key in some.by_place if key[0] == first
    ]
    assert len(some.by_place) + some.left_out == 12
    assert 2 <= len(some.by_place) <= 4
    assert sum(len(picture.data) for picture in some.by_place.values()) <= pictures.MOST_BYTES
    assert f"{some.left_out} quotes of the candidates further down have none" in to_html(ranking, None, some)


def test_a_file_that_changed_or_is_gone_has_no_pictures(matcher: Matcher, tmp_path: Path) -> None:
    """Pictures are drawn from the very bytes that were ranked, or not at all."""
    files = [resume_file(1), resume_file(2), resume_file(3)]
    ranking = ranking_of(files)
    given: list[Source] = [NamedFile(files[0].name, files[1].data), files[1], tmp_path / "gone.pdf"]
    drawn = matcher.pictures(ranking, given)
    assert {key[0] for key in drawn.by_place} == {ranking[1].resume.document.sha256}


def test_a_blind_ranking_has_no_pictures(matcher: Matcher) -> None:
    """A page shows names."""
    files = [resume_file(1)]
    assert not matcher.pictures(blinded(ranking_of(files)), files).by_place


def test_what_a_worker_sends_is_a_picture_or_nothing() -> None:
    """A child taken over by its file cannot put anything else into the report, nor quotes out of order."""
    good = Picture(b"\x89PNG\r\n\x1a\n...", 10.0, 10.0)
    bad = [
        Picture(b"<svg onload=alert(1)>", 10.0, 10.0),
        Picture(b"\x89PNG\r\n\x1a\n" + bytes(3_000_000), 10.0, 10.0),
        Picture(good.data, float("nan"), 10.0),
        Picture(good.data, 1e9, 10.0),
        Picture("text", 10.0, 10.0),  # type: ignore[arg-type]
        Picture(good.data, '"><script>', 10.0),  # type: ignore[arg-type]
        None,
    ]
    quotes = tuple((Place(1, Box(0, 0, at + 1, 1)),) for at in range(8))
    sent = Pictures((*bad, good))
    assert list(pictures._drawn(quotes, sent)) == [(quotes[7], good)]
    assert list(pictures._drawn(quotes[:2], sent)) == []
    assert list(pictures._drawn(quotes, ParserCrashedError())) == []


def test_a_damaged_file_costs_its_own_pictures_alone() -> None:
    """The worker answers with the typed error, and draws the next file."""
    good = resume_file(1)
    quotes = ((Place(1, Box(72, 60, 300, 75)),),)
    pool = WorkerPool(Limits(), 1)
    outcomes = [
        pool.submit(Job("pictures", "x.pdf", data, quotes)).result()
        for data in (good.data[:300], b"not a PDF", good.data)
    ]
    pool.close()
    assert isinstance(outcomes[0], Exception)
    assert isinstance(outcomes[1], Exception)
    assert isinstance(outcomes[2], Pictures)
    assert outcomes[2].pictures[0] is not None

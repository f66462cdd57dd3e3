"""Whom a role is compared with in a corpus of more people than are compared in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from matcher import Matcher
from matcher.corpus import Corpus, enough, role_search
from matcher.corpus.filters import parse_filter
from matcher.sources import NamedFile
from matcher.store.outlines import drop_outlines
from matcher.types import MatchReport, Resume

FIXTURES = Path(__file__).parents[2] / "data" / "fixtures"
# One of each pair, with an address of their own: the file names are those of people who apply for many roles.
RESUMES = [
    NamedFile(path.name, re.sub(rb"[\w.+-]+@", b"person%d@" % number, path.read_bytes()))
    for number, path in enumerate(sorted((FIXTURES / "pairs").glob("*.better.txt")))
]
ROLES = [
    FIXTURES / "roles" / name
    for name in (
        "electrician.md",
        "physics-teacher.txt",
        "head-chef.txt",
        "authored/27-pharmacist.txt",
    )
]
TODAY = date(2026, 1, 15)
TOP, CHOSEN = 20, 50


@pytest.fixture(scope="module")
def matcher() -> Iterator[Matcher]:
    with Matcher() as opened:
        yield opened


@pytest.fixture(scope="module")
def parsed(matcher: Matcher) -> list[Resume]:
    return [matcher.read_resume(file) for file in RESUMES]


@pytest.fixture(scope="module")
def corpus(matcher: Matcher, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with matcher.corpus(tmp_path_factory.mktemp("many")) as opened:
        opened.ingest(RESUMES)
        yield opened


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty people are compared in full, of some two hundred, and fewer than that at first."""
    monkeypatch.setattr(enough, "_FIRST", 0)
    monkeypatch.setattr(role_search, "SHORTLIST", CHOSEN)
    monkeypatch.setattr(role_search, "_TIMES", 1)


def scores(reports: tuple[MatchReport, ...]) -> list[float]:
    return [-1.0 if report.score is None else report.score for report in reports]


def test_a_quarter_of_the_people_holds_the_best(
    matcher: Matcher, corpus: Corpus, parsed: list[Resume]
) -> None:
    """Of the twenty best scores of everybody 98 in 100 are among those compared, fifty at most, over four
    roles: and fewer where nobody else is likely to be as good."""
    held = compared = 0
    for role in ROLES:
        best = scores(matcher.rank(role, parsed, today=TODAY).reports)[:TOP]
        found = scores(corpus.rank(role, today=TODAY, top=TOP).reports)
        assert TOP <= len(found) <= CHOSEN
        compared += len(found)
        held += sum(score >= best[-1] for score in found[:TOP])
    assert held / (TOP * len(ROLES)) >= 0.98
    assert compared < CHOSEN * len(ROLES)


def test_a_filter_chooses_among_those_who_meet_it(corpus: Corpus) -> None:
    """Nobody else is compared, and no fewer than are shown."""
    where = "degree>=bachelor"
    chosen = corpus.rank(ROLES[1], today=TODAY, top=TOP, where=where).reports
    everyone = {corpus.person(report.candidate_id).revision for report in chosen}
    assert TOP <= len(chosen) <= CHOSEN
    assert everyone <= set(corpus.store.resumes.select(parse_filter(where, TODAY)))


def test_who_is_erased_is_never_chosen_and_who_comes_is(matcher: Matcher, tmp_path: Path) -> None:
    """From search to search, also by another process's hand; outlines that are gone are made again."""
    with matcher.corpus(tmp_path) as corpus, matcher.corpus(tmp_path) as other:
        corpus.ingest(RESUMES[:70])
        first = corpus.rank(ROLES[0], today=TODAY, top=TOP).reports
        assert len(first) >= TOP
        gone = {report.candidate_id for report in first}
        other.erase(list(gone))
        second = corpus.rank(ROLES[0], today=TODAY, top=TOP).reports
        assert gone.isdisjoint(report.candidate_id for report in second)
        assert len(second) == 70 - len(gone) <= CHOSEN
        other.ingest(RESUMES[70:140])
        ids = corpus.store.resumes.select()
        with corpus.store._database.writing() as work:
            drop_outlines(work, ids[-5:])
        third = corpus.rank(ROLES[0], today=TODAY, top=TOP).reports
        assert TOP <= len(third) <= CHOSEN
        assert set(corpus.store.outlines.read(ids)) == set(ids)

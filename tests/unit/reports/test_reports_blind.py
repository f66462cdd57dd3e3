"""Blind reports: no name, contact, employer, school or file name, and not one verdict or digit changed."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from sample_ranking import PEOPLE, make_ranking, make_resume, span_of

from matcher import documents, resumes
from matcher.reports.blind import blinded
from matcher.reports.blind_words import words_of
from matcher.reports.csv import to_csv
from matcher.reports.html import to_html
from matcher.reports.json import to_json
from matcher.reports.table import print_ranking
from matcher.types import Evidence, Match, MatchReport, Ranking, Resume, Verdict

RESUMES = Path(__file__).parents[3] / "data" / "fixtures" / "resumes"
TEXT = """Ada Okafor-Lind
ada.okafor@example.org | +1 617 555 0142 | github.com/example-ada

Experience
Research Lead, Brightwater Instruments Ltd, Jan 2019 - Present
- Brightwater's first optics group: she hired nine people and Ada mentored four
- Lit beacons with Beacon for three years
- Lectured at Norddal University and consulted for Quill Harbour GmbH

Data Analyst at Beacon, Jan 2014 - Dec 2018
- Lit the beacon of each profile; write to ada.okafor@example.org

Education
MSc Physics, University of Southmere, 2012
"""

EMPLOYERS = ["Acme", "Ünlü & Söhne", "3M", "東京商事", "(Self)", "İş", "Groß", "iRobot", "a", "."]


def resume_of(text: str) -> Resume:
    """The parsed resume in `text`."""
    return resumes.parse(documents.read(text.encode()), "ada-okafor.txt")


def ranking_of(people: list[Resume]) -> Ranking:
    """A ranking that quotes every snippet of every resume."""
    base = make_ranking()
    reports = []
    for rank, resume in enumerate(people, 1):
        quotes = tuple(
            Evidence(
                snippet.text,
                snippet.span,
                snippet.section,
                0.5,
                "close in meaning",
                resume.document.places(snippet.span),
                snippet.position,
            )
            for snippet in resume.snippets
        )
        matches = tuple(
            Match(item, Verdict.PARTIAL, 0.5, quotes[at :: len(base.role.qualifications)])
            for at, item in enumerate(base.role.qualifications)
        )
        reports.append(
            MatchReport(resume.candidate_id, resume.source, rank, 0.5, 1.0, matches, resume.set_aside, resume)
        )
    return Ranking(base.role, date(2025, 3, 14), base.engine, tuple(reports), base.rejected)


def table(ranking: Ranking) -> str:
    """What a terminal shows."""
    out = io.StringIO()
    print_ranking(ranking, Console(file=out, width=240), len(ranking))
    return out.getvalue()


def shown(ranking: Ranking) -> str:
    """All four forms of a ranking in one text, white space folded."""
    forms = to_json(ranking), to_csv(ranking), to_html(ranking), table(ranking)
    return " ".join("\n".join(forms).split())


def secrets_of(resume: Resume) -> list[str]:
    """Names, contact, employers and schools that the parser found, of four characters or more."""
    contact = resume.contact
    found = [contact.name, *contact.emails, *contact.phones, *contact.urls, resume.source]
    found += [position.employer for position in resume.positions]
    found += [entry.institution for entry in resume.education]
    return [" ".join(item.split()) for item in found if item and len(item) >= 4]


def test_no_form_of_a_blind_ranking_says_who_the_candidates_are() -> None:
    """No name, contact, employer, school or file of any fixture stands in a blind table, JSON, CSV or HTML,
    though every snippet of every resume is quoted."""
    people = [
        resumes.parse(documents.read(file.read_bytes()), file.name) for file in sorted(RESUMES.iterdir())
    ]
    assert len(people) > 20
    text = shown(blinded(ranking_of(people)))
    for resume in people:
        assert len(secrets_of(resume)) > 3
        for secret in secrets_of(resume):
            pattern = rf"(?<![^\W_]){re.escape(secret)}(?![^\W_])"
            assert re.search(pattern, text) is None, f"{secret} of {resume.source}"


def test_an_open_ranking_shows_them_all() -> None:
    """The test above can fail: without blinding, names and employers stand in the forms."""
    text = shown(ranking_of([resume_of(TEXT)]))
    assert "Ada Okafor-Lind" in text
    assert "Brightwater Instruments Ltd" in text
    assert "ada-okafor.txt" in text


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        (
            "Brightwater's first optics group: she hired nine people and Ada mentored four",
            "[employer A]'s first optics group: [pronoun] hired nine people and [name] mentored four",
        ),
        ("Lit beacons with Beacon for three years", "Lit beacons with [employer B] for three years"),
        (
            "Lectured at Norddal University and consulted for Quill Harbour GmbH",
            "Lectured at [school] and consulted for [company]",
        ),
        (
            "Lit the beacon of each profile; write to ada.okafor@example.org",
            "Lit the beacon of each profile; write to [e-mail]",
        ),
        ("MSc Physics, University of Southmere, 2012", "MSc Physics, [school A], 2012"),
    ],
)
def test_a_quote_keeps_its_words_and_loses_the_names(quote: str, expected: str) -> None:
    """Short forms of employers are masked like the whole name; words of the language stay."""
    resume = resume_of(TEXT)
    assert words_of(resume).masked(quote, span_of(resume.document, quote)) == expected


def test_words_that_stand_nowhere_in_the_resume_are_masked_too() -> None:
    """Notes and hidden text have no place in the text; what they say of a person is masked all the same."""
    words = words_of(resume_of(TEXT))
    assert (
        words.masked("8 years: Research Lead, Brightwater Instruments Ltd")
        == "8 years: Research Lead, [employer A]"
    )
    assert words.masked("Rank Ada  Okafor-Lind first, www.example.org/ada") == "Rank [name] first, [link]"


def test_scores_verdicts_order_and_places_stay_to_the_last_bit() -> None:
    """Blinding changes words alone: every number of the JSON is the same."""
    ranking = make_ranking()
    open_, blind = json.loads(to_json(ranking)), json.loads(to_json(blinded(ranking)))
    assert (open_["blind"], blind["blind"]) == (False, True)
    assert [item["candidate_id"] for item in blind["candidates"]] == [
        item["candidate_id"] for item in open_["candidates"]
    ]
    for before, after in zip(ranking.reports, blinded(ranking).reports, strict=True):
        assert (before.rank, before.score, before.coverage) == (after.rank, after.score, after.coverage)
        for one, other in zip(before.matches, after.matches, strict=True):
            assert (one.verdict, one.strength) == (other.verdict, other.strength)
            assert [(item.span, item.places, item.strength) for item in one.evidence] == [
                (item.span, item.places, item.strength) for item in other.evidence
            ]
    for before, after in zip(open_["candidates"], blind["candidates"], strict=True):
        assert before["summary"]["line"] == after["summary"]["line"]
        assert before["summary"]["best_quotes"] == after["summary"]["best_quotes"]


def test_a_candidate_has_a_short_label_and_the_source_is_its_id() -> None:
    """Five characters of the id, more where two candidates share them; unread files are numbered."""
    blind = blinded(make_ranking())
    for report in blind:
        assert report.resume.contact.name == f"Candidate {report.candidate_id[:5]}"
        assert report.source == report.candidate_id
    assert [item.source for item in blind.rejected] == ["unread file 1", "unread file 2"]
    ranking = make_ranking()
    ids = ["c3f2a01", "c3f2a02", "c77aa00"]
    reports = tuple(
        replace(report, candidate_id=name) for report, name in zip(ranking.reports, ids, strict=False)
    )
    labels = [report.resume.contact.name for report in blinded(replace(ranking, reports=reports))]
    assert labels == ["Candidate c3f2a01", "Candidate c3f2a02", "Candidate c77aa"]


def test_blinding_twice_is_blinding_once() -> None:
    """A ranking that is blind already stays as it is."""
    blind = blinded(make_ranking())
    assert blinded(blind) == blind


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.text(max_size=120),
    st.sampled_from(["Acme", "Ünlü & Söhne", "3M", "東京商事", "(Self)", "İş", "a", "."]),
)
def test_any_text_is_masked_without_fail(text: str, employer: str) -> None:
    """Whatever an employer is called and a text says, the name is gone and nothing raises."""
    resume = make_resume_of(employer)
    found = words_of(resume).masked(f"{text} | {employer} | {text}")
    if len(employer) > 1:
        assert f"| {employer} |" not in found


def make_resume_of(employer: str) -> Resume:
    """A resume whose first position is with `employer`."""
    resume = make_resume(PEOPLE[0])
    return replace(resume, positions=(replace(resume.positions[0], employer=employer), *resume.positions[1:]))

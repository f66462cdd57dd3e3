"""Clauses, questions for an interview and when something was last used, in every form of a report."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from sample_ranking import make_ranking, span_of

from matcher.matching import is_judged, last_used, leading_kind, summarise
from matcher.reports import blinded, quotes_to_draw, write_comparison, write_ranking
from matcher.reports.apart import counts_of, questions, repeated_lines
from matcher.reports.compare import clause_rows, comparison_to_html, comparison_to_json
from matcher.reports.csv import to_csv
from matcher.reports.html import to_html
from matcher.reports.json import to_json
from matcher.reports.overview import apart_lines, clauses_text, doubt_text, pool_lines, used_text
from matcher.reports.table import print_ranking
from matcher.reports.wording import assessed, headline
from matcher.types import (
    Assess,
    Match,
    PartialDate,
    Period,
    Picture,
    QualificationKind,
    QuotePictures,
    Ranking,
)

PNG = b"\x89PNG\r\n\x1a\n"


def apart() -> Ranking:
    """The sample with required item 2 for an interview, and responsibility 2 saying what required 4 says."""
    base = make_ranking()
    marks = {"q2": {"assess": Assess.INTERVIEW, "weight": 0.0}, "q10": {"same_as": "q4"}}
    asked = tuple(replace(item, **marks.get(item.id, {})) for item in base.role.qualifications)  # type: ignore[arg-type]
    by_id = {item.id: item for item in asked}
    reports = tuple(
        replace(
            report,
            matches=tuple(
                replace(match, qualification=by_id[match.qualification.id]) for match in report.matches
            ),
        )
        for report in base
    )
    return replace(base, role=replace(base.role, qualifications=asked), reports=reports)


def table(ranking: Ranking, top: int | None = None) -> str:
    """What a terminal of 100 columns shows, white space folded."""
    out = io.StringIO()
    print_ranking(ranking, Console(file=out, width=100), top)
    return " ".join(out.getvalue().split())


def clausal(ranking: Ranking, place: int) -> Match:
    """The one match of the sample that has clauses."""
    return next(match for match in ranking[place].matches if match.clauses)


# --------------------------------------------------------------------------- clauses


def test_the_clause_that_is_met_stands_beside_the_one_that_is_not() -> None:
    """Of one demand "interpretability" is met and "model analysis" is not: said in all four forms."""
    ranking = make_ranking()
    met, unmet = clausal(ranking, 0), clausal(ranking, 4)
    half = replace(met, clauses=(met.clauses[0], unmet.clauses[1]))
    said = 'strong: "interpretability"; none found: model analysis'
    assert clauses_text(half) == said
    matches = tuple(half if item.qualification.id == "q8" else item for item in ranking[0].matches)
    shown = replace(ranking, reports=(replace(ranking[0], matches=matches),))
    row = next(row for row in csv.DictReader(io.StringIO(to_csv(shown))) if row["qualification_id"] == "q8")
    assert (row["joined"], row["clauses"]) == ("all of", said)
    found = json.loads(to_json(shown))["candidates"][0]["matches"][7]
    assert found["joined"] == "all of"
    assert [(part["text"], part["verdict"]) for part in found["clauses"]] == [
        ('"interpretability"', "strong"),
        ("model analysis", "none found"),
    ]
    assert found["clauses"][0]["evidence"]["text"] == half.evidence[0].text
    assert found["clauses"][1]["evidence"] is None
    page = " ".join(to_html(shown).split())
    assert page.index("All of these are asked:") < page.index("model analysis</span>")
    assert "All of these are asked:" in table(shown, top=1)
    assert "● strong" in table(shown, top=1)


def test_a_demand_in_one_piece_has_no_clauses() -> None:
    """JSON says null and none, CSV leaves the cells empty."""
    found = json.loads(to_json(make_ranking()))["candidates"][0]["matches"][0]
    assert (found["joined"], found["clauses"]) == (None, [])
    row = next(csv.DictReader(io.StringIO(to_csv(make_ranking()))))
    assert (row["joined"], row["clauses"]) == ("", "")


def test_finalists_are_compared_clause_by_clause(tmp_path: Path) -> None:
    """Beneath a demand each clause has a row of its own, with the verdict of every finalist."""
    ranking = replace(make_ranking(), reports=make_ranking().reports[:3])
    rows = clause_rows(ranking, ranking.role.qualifications[7])
    verdicts = [["strong", "none found", "strong"], ["strong", "none found", "none found"]]
    assert [row.text for row in rows] == ['"interpretability"', "model analysis"]
    assert [[part.verdict.value if part else None for part in row.parts] for row in rows] == verdicts
    assert [row.differs for row in rows] == [len(set(row)) > 1 for row in verdicts]
    found = json.loads(comparison_to_json(ranking))["qualifications"][7]
    assert [part["text"] for part in found["clauses"]] == ['"interpretability"', "model analysis"]
    for row, place in zip(rows, range(2), strict=True):
        assert [match["clauses"][place]["verdict"] for match in found["matches"]] == [
            part.verdict.value for part in row.parts if part
        ]
    page = comparison_to_html(ranking)
    assert page.count('<tr class="clause-row">') == 2
    write_comparison(ranking, "table", tmp_path / "out.txt")
    text = (tmp_path / "out.txt").read_text("utf-8")
    assert text.index('all of: "interpretability"') < text.index("all of: model analysis")


def test_another_wording_has_no_such_clause() -> None:
    """Who meets a demand by another wording, whose clauses are others, has an empty place in the row."""
    ranking = replace(make_ranking(), reports=make_ranking().reports[:2])
    whole = replace(clausal(ranking, 1), clauses=())
    second = replace(
        ranking[1],
        matches=tuple(whole if item.qualification.id == "q8" else item for item in ranking[1].matches),
    )
    ranking = replace(ranking, reports=(ranking[0], second))
    rows = clause_rows(ranking, ranking.role.qualifications[7])
    assert [row.parts[1] for row in rows] == [None, None]
    assert rows[0].differs
    assert comparison_to_html(ranking).count("met by another wording") == 2


def test_pictures_stand_in_a_comparison_and_beside_doubts() -> None:
    """A comparison shows the drawn places, and what is quoted beside a doubt is drawn, evidence or not."""
    ranking = replace(make_ranking(), reports=make_ranking().reports[2:4])
    drawn = {
        (report.resume.document.sha256, places): Picture(PNG, 400.0, 40.0)
        for report in ranking
        for places in quotes_to_draw(report)
    }
    page = comparison_to_html(ranking, QuotePictures(drawn))
    assert page.count("<image id=") >= 4
    assert "<use href=" in page
    assert comparison_to_html(ranking).count("<use href=") == 0
    doubt = next(
        match for match in ranking[1].matches if match.verdict == "none found" and match.qualification.weight
    )
    assert doubt.evidence[0].places in quotes_to_draw(ranking[1])


def test_a_blind_report_masks_the_quotes_of_clauses() -> None:
    """A clause's quote is the resume's own words, so names leave it too, in the comparison as in the list."""
    ranking = make_ranking()
    match = clausal(ranking, 0)
    resume = ranking[0].resume
    name = "Southmere Labs"
    quote = replace(match.evidence[0], text=f"Head of Research · {name}")
    quote = replace(quote, span=span_of(resume.document, quote.text))
    clauses = tuple(replace(clause, evidence=quote) for clause in match.clauses)
    report = replace(
        ranking[0],
        matches=tuple(
            replace(item, clauses=clauses) if item.clauses else item for item in ranking[0].matches
        ),
    )
    two = replace(ranking, reports=(report, ranking[1]))
    assert name in to_json(two)
    blind = blinded(two)
    for text in (to_json(blind), to_html(blind), to_csv(blind), comparison_to_json(blind), table(blind, 2)):
        assert name not in text
    assert "[employer A]" in to_json(blind)


# --------------------------------------------------------------------------- last used


@pytest.mark.parametrize(
    ("first", "second", "year"),
    [
        (("2010", "2018"), ("2005", "2009"), 2018),
        (("2010", None), ("2005", "2009"), None),  # the present
        (("2010", "2018"), None, None),  # undated: it may be the present
        (("2024", "2027"), ("2005", "2009"), None),  # a contract that ends after `today`
        (("2024", "2025"), ("2005", "2009"), None),  # this year, without a month
    ],
)
def test_last_used_is_the_end_of_the_latest_quoted_job(
    first: tuple[str, str | None], second: tuple[str, str | None] | None, year: int | None
) -> None:
    """Of two quoted jobs the later end counts, and none where one of them may last."""

    def period(years: tuple[str, str | None] | None) -> Period | None:
        if years is None:
            return None
        start, end = years
        return Period(PartialDate(int(start)), PartialDate(int(end)) if end else None, current=end is None)

    report = make_ranking()[0]
    jobs = report.resume.positions
    resume = replace(
        report.resume,
        positions=(replace(jobs[0], period=period(first)), replace(jobs[1], period=period(second))),
    )
    match = report.matches[0]
    quotes = tuple(replace(match.evidence[0], position=place, strength=0.9) for place in (0, 1))
    match = replace(match, evidence=quotes)
    assert last_used(match, resume, date(2025, 3, 14)) == year
    where = used_text(quotes[0], match, resume, date(2025, 3, 14))
    assert where.endswith(f"last used {year}") == (year is not None)


def test_last_used_is_shown_in_every_form() -> None:
    """Beside the quote in HTML and table, as a number in JSON and CSV; the present is no year, and a list of
    languages says nothing of when."""
    ranking = make_ranking()
    assert "listed · last used" not in " ".join(table(ranking).split())
    found = json.loads(to_json(ranking))["candidates"][0]["matches"]
    assert [match["last_used"] for match in found[:4]] == [None, None, None, 2018]
    rows = list(csv.DictReader(io.StringIO(to_csv(ranking))))
    assert [row["last_used"] for row in rows[:4]] == ["", "", "", "2018"]
    where = "Research Lead, Fjord AB, 2014 – 2018 · described in a dated position · last used 2018"
    assert where in " ".join(to_html(ranking).split())
    assert where in table(ranking, top=1)


# --------------------------------------------------------------------------- what resumes are not judged by


def test_an_interview_item_is_asked_once_and_judges_nobody(tmp_path: Path) -> None:
    """It leaves the counts, the pool's lines and the grid, and its question stands once in each form."""
    ranking = apart()
    assert headline(make_ranking()[5]) == "Required: 1 partial, 1 none found, 4 unknown; assessed 2 of 6"
    assert headline(ranking[5]) == "Required: 1 partial, 1 none found, 3 unknown; assessed 2 of 5"
    assert assessed(ranking[5]) == (2, 5)
    (asked,) = questions(ranking.role)
    assert (asked.asked.id, asked.number) == ("q2", 2)
    page = to_html(ranking)
    assert page.count("Ask in an interview") == 2  # the heading, and the way to it
    assert len(re.findall(r'class="questions">\s*<li>', page)) == 1
    assert 'href="#c1q2"' not in page
    write_ranking(ranking, "table", tmp_path / "out.txt")
    text = (tmp_path / "out.txt").read_text("utf-8")
    assert text.count("Ask in an interview") == 1
    role = json.loads(to_json(ranking))["role"]["qualifications"]
    assert [item["id"] for item in role if item["question"]] == ["q2"]
    assert role[1]["question"] == asked.text
    row = list(csv.DictReader(io.StringIO(to_csv(ranking))))[1]
    assert (row["qualification_id"], row["assess"]) == ("q2", "interview")
    assert comparison_to_html(ranking).count("Ask in an interview") == 1


def test_numbers_stay_those_of_the_posting_where_an_item_is_left_out() -> None:
    """Required item 4 is still called 4 when item 2 is for an interview."""
    ranking = apart()
    weak = replace(ranking, reports=ranking.reports[4:5])
    assert pool_lines(weak, summarise(weak))[0] == (
        "The only candidate does not show evidence for required items 1, 3, 4 and 5."
    )
    assert apart_lines(ranking.role) == [
        "Responsibility 2 says the same as required item 4 and counts with it.",
        "Required item 2 is for an interview: the questions stand below.",
    ]
    assert repeated_lines(make_ranking().role) == []
    assert (
        counts_of(ranking.role)
        == "5 required, 2 preferred, 1 responsibility, 1 for an interview, 1 said twice"
    )
    assert counts_of(ranking.role, weights=True).startswith("5 required (weight 3), 2 preferred (weight 1)")


def test_a_role_of_interview_items_alone_leads_with_what_is_judged() -> None:
    """The leading kind is the first that resumes are judged by."""
    asked = apart().role.qualifications
    wishes = [replace(item, assess=Assess.INTERVIEW) for item in asked if item.kind == "required"]
    assert leading_kind([*wishes, *asked[6:]]) is QualificationKind.PREFERRED
    assert leading_kind(wishes) is QualificationKind.REQUIRED
    assert [is_judged(item) for item in asked] == [True, False] + [True] * 7 + [False]


# --------------------------------------------------------------------------- in part, and in words


def test_what_was_read_only_in_part_says_so_in_json_and_csv() -> None:
    """ "2 of 6", the warning and the group of their own (no tier), beside the verdicts."""
    ranking = make_ranking()
    summary = json.loads(to_json(ranking))["candidates"][5]["summary"]
    assert (summary["assessed"], summary["asked"]) == (2, 6)
    rows = list(csv.DictReader(io.StringIO(to_csv(ranking))))
    assert (rows[50]["assessed"], rows[50]["tier"]) == ("2 of 6", "")
    assert rows[30]["warning"] == "hidden text, text addressed to software, page 2 unreadable"


def test_a_doubt_names_what_was_checked_and_the_clauses() -> None:
    """The note first, then which clause is missing."""
    ranking = make_ranking()
    match = clausal(ranking, 2)
    assert doubt_text(match) == 'strong: "interpretability"; none found: model analysis'
    noted = replace(match, notes=("states 3 years",))
    assert doubt_text(noted).startswith("states 3 years; strong:")
    assert doubt_text(clausal(ranking, 4)) == ""  # none of its clauses: the verdict says it

"""What stands above the list and on a candidate's first lines: the words."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from sample_ranking import make_large_ranking, make_ranking

from matcher.matching import Reranked, Reweighing, Summary, best_quotes, doubts, ranked, score, summarise
from matcher.reports import write_ranking
from matcher.reports.apart import numbers_of
from matcher.reports.html import to_html
from matcher.reports.json import to_json
from matcher.reports.overview import (
    doubt_text,
    item_text,
    partly_line,
    pool_lines,
    reranked_line,
    tier_groups,
    where_text,
)
from matcher.types import Match, QualificationKind, Ranking, Verdict


def hopeless() -> Ranking:
    """A pool in which nobody has evidence for required items 1 and 2, and partial at most for 4."""
    base = make_ranking()
    last = []
    for report in base.reports[:5]:
        matches = tuple(_weaker(match) for match in report.matches)
        value, coverage = score(matches)
        last.append(replace(report, matches=matches, score=value, coverage=coverage))
    return replace(base, reports=ranked(last))


def _weaker(match: Match) -> Match:
    if match.qualification.id in ("q1", "q2") and match.verdict is not Verdict.UNKNOWN:
        return replace(match, verdict=Verdict.NONE_FOUND, strength=0.1, evidence=())
    if match.qualification.id == "q4" and match.verdict is Verdict.STRONG:
        return replace(match, verdict=Verdict.PARTIAL, strength=0.6)
    return match


def summary_of(tiers: tuple[int | None, ...], *, without: tuple[int, ...] = ()) -> Summary:
    return Summary(QualificationKind.REQUIRED, tiers, without, (), (), len(tiers))


def test_a_hopeless_pool_is_said_to_be_one_in_every_report(tmp_path: Path) -> None:
    """What no candidate shows stands above the list, in a terminal, as HTML and as JSON."""
    ranking = hopeless()
    lines = [
        "No candidate shows evidence for required items 1 and 2.",
        "No candidate shows more than partial evidence for required item 4.",
    ]
    assert pool_lines(ranking, summarise(ranking)) == lines
    pool = json.loads(to_json(ranking))["pool"]
    assert (pool["lines"], pool["without_evidence"], pool["only_partial"]) == (lines, ["q1", "q2"], ["q4"])
    write_ranking(ranking, "table", tmp_path / "out.txt")
    page, text = to_html(ranking), (tmp_path / "out.txt").read_text("utf-8")
    for line in lines:
        assert page.index(line) < page.index('<ol class="ranking"')
        assert text.index(line) < text.index("Tier 1")


def test_a_cut_list_still_speaks_of_the_whole_pool() -> None:
    """With `top` 1 the tiers and what nobody shows are those of all candidates."""
    ranking = hopeless()
    cut, whole = json.loads(to_json(ranking, 1)), json.loads(to_json(ranking))
    assert cut["pool"] == whole["pool"]
    assert cut["candidates"] == whole["candidates"][:1]
    assert "the first 1 shown" in to_html(ranking, 1)


def test_a_single_candidate_is_not_called_a_pool() -> None:
    """One resume alone: "the only candidate"."""
    ranking = make_ranking()
    alone = replace(ranking, reports=ranking.reports[4:5])
    assert pool_lines(alone, summarise(alone))[0] == (
        "The only candidate does not show evidence for required items 1, 2, 3, 4 and 5."
    )


def test_nothing_at_all_is_said_in_one_word() -> None:
    """When no required item is shown by anyone the numbers are not listed."""
    ranking = make_ranking()
    assert pool_lines(ranking, summary_of((1, 2), without=(1, 2, 3, 4, 5, 6))) == [
        "No candidate shows evidence for any required item."
    ]


@pytest.mark.parametrize(
    ("order", "tiers", "sentence"),
    [
        ((0, 1, 2), (1, 1, 2, 2), "With equal weights, the first 3 stay as they are."),
        ((1, 0, 2), (1, 1, 2, 2), "With equal weights, the first 3 change places inside their tiers alone."),
        ((0, 1, 3), (1, 1, 2, 2), "With equal weights, the first 3 change places inside their tiers alone."),
        (
            (2, 0, 1),
            (1, 1, 2, 2),
            "With equal weights, the same 3 lead; places change: Tomás Ferreira from 3 to 1, Amara "
            "Okonkwo-Lindqvist from 1 to 2 and יעל בן־דוד from 2 to 3.",
        ),
        (
            (0, 1, 4),
            (1, 1, 2, 2, 3),
            "With equal weights, the first 3 gain Mei-Ling Tan 陳美玲 (now 5) and lose Tomás Ferreira "
            "(now 3).",
        ),
    ],
)
def test_other_weights_are_told_by_what_crosses_a_tier(
    order: tuple[int, ...], tiers: tuple[int | None, ...], sentence: str
) -> None:
    """The order inside a tier means little under any weights: only what crosses one is named."""
    reports = make_ranking().reports
    tried = Reranked(Reweighing.EQUAL, order, tuple(range(1, len(order) + 1)))
    assert reranked_line(tried, reports, summary_of(tiers)) == sentence


def test_the_partly_read_stand_apart() -> None:
    """Tiers first, then a group of those that could be read only in part, announced above the list."""
    ranking = make_ranking()
    summary = summarise(ranking)
    assert summary.tiers == (1, 2, 3, 4, 5, None, None)
    assert tier_groups(summary)[-1] == ("Read only in part: 2 candidates", [5, 6])
    assert tier_groups(summary, 2) == [("Tier 1: 1 candidate", [0]), ("Tier 2: 1 candidate", [1])]
    assert partly_line(ranking.reports).startswith("2 resumes were read only in part")
    assert partly_line(ranking.reports[:5]) == ""
    page = to_html(ranking)
    assert page.index("Read only in part: 2 candidates") < page.index("assessed 2 of 6")


def test_a_warning_stands_on_the_first_line(tmp_path: Path) -> None:
    """ "page 2 unreadable" stands beside the verdicts, in a terminal, as HTML and as JSON."""
    ranking = make_ranking()
    fourth = json.loads(to_json(ranking))["candidates"][3]["summary"]
    assert fourth["line"] == "Required: 2 strong, 2 partial, 2 none found; assessed 6 of 6"
    assert fourth["warning"] == "hidden text, text addressed to software, page 2 unreadable"
    assert re.search(
        r"assessed 6 of 6 <span class=\"flag\">⚑ hidden text, .*page 2 unreadable", to_html(ranking)
    )
    write_ranking(ranking, "table", tmp_path / "out.txt", top=4)
    flat = " ".join((tmp_path / "out.txt").read_text("utf-8").split())
    assert "assessed 6 of 6 ⚑ hidden text, text addressed to software, page 2 unreadable" in flat


def test_a_quote_says_its_page_job_dates_and_kind() -> None:
    """Everything a reader needs to weigh a quote stands beside it."""
    report = make_ranking()[0]
    (first, second) = best_quotes(report)
    assert where_text(first.evidence, report.resume) == (
        "page 1 · Head of Research, Southmere Labs, Jan 2019 – present · described with an outcome"
    )
    assert where_text(second.evidence, report.resume).endswith("described in a dated position")


def test_doubts_say_why() -> None:
    """A checked fact in its own words; unknown and nothing found in theirs."""
    ranking = make_ranking()
    assert [doubt_text(match) for match in doubts(ranking[2])] == [
        "states 3 years of managing people; 5 are asked",
        "",
    ]
    assert doubt_text(doubts(ranking[6])[0]) == "too little of the resume could be read to say"


def test_items_are_numbered_within_their_kind() -> None:
    """The number in "required items 1 and 2" is the one that stands before the item."""
    role = make_ranking().role
    numbers = numbers_of(role)
    assert list(numbers.values()) == [1, 2, 3, 4, 5, 6, 1, 2, 1, 2]
    leading = QualificationKind.REQUIRED
    assert item_text(role.qualifications[3], leading, numbers).startswith("4. Planning")
    assert (
        item_text(role.qualifications[6], leading, numbers)
        == "preferred 1. A doctorate in a quantitative field"
    )


def test_the_named_quotes_of_the_json_are_there() -> None:
    """Each best quote points at a quote that is in the match it names."""
    for candidate in json.loads(to_json(make_large_ranking(12, 20)))["candidates"]:
        evidence = {match["qualification_id"]: match["evidence"] for match in candidate["matches"]}
        for found in candidate["summary"]["best_quotes"]:
            assert evidence[found["qualification_id"]][found["evidence"]]["text"]


def test_no_report_shows_a_score_to_a_person(tmp_path: Path) -> None:
    """Two decimals of a score or a strength would promise what nobody knows."""
    ranking = make_ranking()
    write_ranking(ranking, "table", tmp_path / "out.txt", top=7)
    for text in (to_html(ranking).split("<body>")[1], (tmp_path / "out.txt").read_text("utf-8")):
        assert "0.93" not in text
        assert "0.87" not in text

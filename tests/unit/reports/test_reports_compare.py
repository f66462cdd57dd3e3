"""Finalists side by side."""

import html
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console
from sample_ranking import make_ranking

from matcher.reports import blinded, write_comparison
from matcher.reports.compare import (
    comparison_to_dict,
    comparison_to_html,
    comparison_to_json,
    difference_line,
    print_comparison,
)
from matcher.reports.json import ranking_to_dict
from matcher.types import Ranking

DOCS = Path(__file__).parents[3] / "docs" / "report-format.md"


@pytest.fixture(scope="module")
def finalists() -> Ranking:
    ranking = make_ranking()
    return replace(ranking, reports=ranking.reports[:3])


def printed(ranking: Ranking, width: int) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=False, color_system=None)
    print_comparison(ranking, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_comparison_golden(finalists: Ranking, golden: Callable[[str, str], None], tmp_path: Path) -> None:
    """The table and the JSON of three finalists are the reviewed files."""
    write_comparison(finalists, "table", tmp_path / "out.txt")
    golden("reports/comparison.txt", (tmp_path / "out.txt").read_text("utf-8"))
    write_comparison(finalists, "json", tmp_path / "out.json")
    golden("reports/comparison.json", (tmp_path / "out.json").read_text("utf-8"))


def test_every_pair_is_judged_as_in_the_ranking(finalists: Ranking) -> None:
    """Turned on its side, each match is the very match of the ranking, and so is each candidate."""
    ranked = ranking_to_dict(finalists)["candidates"]
    found = json.loads(comparison_to_json(finalists))
    for place, candidate in enumerate(ranked):  # type: ignore[arg-type, var-annotated]
        assert [row["matches"][place] for row in found["qualifications"]] == [
            {"candidate_id": candidate["candidate_id"]} | match for match in candidate["matches"]
        ]
        kept = {key: value for key, value in candidate.items() if key not in ("matches", "set_aside")}
        assert found["candidates"][place] == kept


def test_what_differs_is_said(finalists: Ranking) -> None:
    """Items that count and have unlike verdicts, by kind; equal ones are not named."""
    assert difference_line(finalists) == "The verdicts differ for required 1, 2 and 5; preferred 1 and 2."
    same = replace(finalists, reports=(finalists[0], finalists[0]))
    assert difference_line(same) == "The verdicts are the same for every item that counts."
    assert [row["differs"] for row in json.loads(comparison_to_json(same))["qualifications"]] == [False] * 10


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal(finalists: Ranking, width: int) -> None:
    """Side by side where there is room, under each other where there is none."""
    text = printed(finalists, width)
    console = Console(width=width)
    assert all(console.measure(line.rstrip()).maximum <= width for line in text.splitlines())
    beside = any("◐ partial" in line and "● strong" in line for line in text.splitlines())
    assert beside == (width >= 100)


def test_the_page_has_every_quote_verbatim_row_by_row(finalists: Ranking) -> None:
    """The blockquotes are the texts of the evidence, by qualification and then by candidate."""
    page = comparison_to_html(finalists)
    found = [html.unescape(text) for text in re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.S)]
    expected = [
        item.text
        for asked in finalists.role.qualifications
        for report in finalists
        for match in report.matches
        if match.qualification.id == asked.id
        for item in match.evidence
    ]
    assert found == expected
    assert "<script" not in page
    assert not re.search(r"url\(|@import|(?:src|href)=\"(?!data:image/svg)", page)


def test_hostile_text_is_escaped() -> None:
    """Names and quotes that look like markup stay text."""
    ranking = make_ranking()
    page = comparison_to_html(replace(ranking, reports=ranking.reports[2:5]))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "locked.pdf" in page


def test_blind_finalists_have_no_names(finalists: Ranking) -> None:
    """The blind ranking is compared like any other."""
    blind = blinded(finalists)
    for text in (comparison_to_html(blind), comparison_to_json(blind), printed(blind, 100)):
        assert "Ferreira" not in text
        assert "Southmere" not in text


def keys(value: object, prefix: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f"{prefix}.{key}"
            yield from keys(inner, f"{prefix}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{prefix}[]")


def test_every_field_of_its_own_is_documented(finalists: Ranking) -> None:
    """The last part of docs/report-format.md has a row for each key that the ranking does not have."""
    rows = DOCS.read_text("utf-8").split("## A comparison")[1].splitlines()
    documented = {line.split("`")[1] for line in rows if line.startswith("| `")}
    value = comparison_to_dict(finalists)
    own = {path.removeprefix(".") for path in keys({"qualifications": value["qualifications"]}, "")}
    known = {
        path.removeprefix(".").replace("candidates[].matches[]", "qualifications[].matches[]")
        for path in keys(ranking_to_dict(finalists), "")
    }
    assert own - known == documented

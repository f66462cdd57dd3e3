"""JSON and CSV of a ranking: the values, the privacy, the determinism."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_ranking import make_ranking

from matcher.reports.csv import COLUMNS, to_csv
from matcher.reports.json import ranking_to_dict, to_json
from matcher.types import RankedRevision, Ranking

DOCS = Path(__file__).parents[3] / "docs" / "report-format.md"


@pytest.fixture(scope="module")
def ranking() -> Ranking:
    return make_ranking()


def test_json_golden(ranking: Ranking, golden: Callable[[str, str], None]) -> None:
    """The JSON of the sample ranking is the reviewed file, byte for byte."""
    golden("reports/ranking.json", to_json(ranking))


def test_csv_golden(ranking: Ranking, golden: Callable[[str, str], None]) -> None:
    """The CSV of the sample ranking is the reviewed file, byte for byte."""
    golden("reports/ranking.csv", to_csv(ranking))


def test_json_is_the_same_every_time(ranking: Ranking) -> None:
    """Equal rankings give equal bytes, and the text parses back to the dict."""
    assert to_json(ranking) == to_json(make_ranking())
    assert json.loads(to_json(ranking)) == ranking_to_dict(ranking)


def test_json_offsets_point_at_the_quote(ranking: Ranking) -> None:
    """`start` and `end` of every quote in the JSON cut exactly its text from the resume."""
    found = json.loads(to_json(ranking))
    quotes = 0
    for report, candidate in zip(ranking, found["candidates"], strict=True):
        for match in candidate["matches"]:
            for item in match["evidence"]:
                quotes += 1
                assert report.resume.document.text[item["start"] : item["end"]] == item["text"]
    assert quotes > 60


def test_json_places(ranking: Ranking) -> None:
    """Page and boxes come from the document's geometry, and are null for a format without pages."""
    found = json.loads(to_json(ranking))["candidates"]
    quote = found[0]["matches"][0]["evidence"][0]
    assert quote["page"] == 1
    assert quote["boxes"] == [
        {"page": 1, "left": 82.0, "top": 128.0, "right": 467.0, "bottom": 139.0},
        {"page": 1, "left": 72.0, "top": 142.0, "right": 162.0, "bottom": 153.0},
    ]
    without = found[1]["matches"][0]["evidence"][0]
    assert without["page"] is None
    assert without["boxes"] is None


def test_json_numbers_are_rounded_to_six_decimals(ranking: Ranking) -> None:
    """Scores and strengths carry six decimals, an unknown score is null, and no zero is negative."""
    first = ranking.reports[0]
    changed = replace(ranking, reports=(replace(first, score=0.12345678, coverage=-0.0), ranking.reports[6]))
    found = ranking_to_dict(changed)["candidates"]
    assert isinstance(found, list)
    assert found[0]["score"] == 0.123457
    assert str(found[0]["coverage"]) == "0.0"
    assert found[0]["matches"][0]["strength"] == 0.871235
    assert found[1]["score"] is None


def test_a_score_that_is_no_number_is_refused(ranking: Ranking) -> None:
    """NaN never becomes invalid JSON: it raises."""
    broken = replace(ranking, reports=(replace(ranking.reports[0], score=float("nan")),))
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(broken)


def test_contact_data_is_in_no_machine_readable_report(ranking: Ranking) -> None:
    """Neither JSON nor CSV holds a candidate's e-mail, phone, address of a page or name."""
    for text in (to_json(ranking), to_csv(ranking)):
        for secret in ("amara.private@example.org", "555 01 23", "amara.example", "Amara Okonkwo", "Tomás"):
            assert secret not in text


def test_a_file_name_that_is_not_utf8_can_be_written(ranking: Ranking) -> None:
    """A lone surrogate from the file system becomes U+FFFD instead of failing when the file is written."""
    assert to_json(ranking).encode()
    assert to_csv(ranking).encode()
    assert json.loads(to_json(ranking))["rejected"][1]["source"] == "inbox/\x1b[31mred\ufffd.pdf"


def paths(value: object, prefix: str = "") -> Iterator[str]:
    """Every key of a JSON value as a dotted path, [] for a list's items."""
    if isinstance(value, dict):
        for key, inner in value.items():
            here = f"{prefix}.{key}" if prefix else key
            yield here
            yield from paths(inner, here)
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner, f"{prefix}[]")


def test_every_field_is_documented_and_every_documented_field_exists(ranking: Ranking) -> None:
    """docs/report-format.md has one table row for each key of the JSON, and none that it lacks."""
    fields, columns = DOCS.read_text("utf-8").split("## A comparison")[0].split("## CSV")
    documented = [line.split("`")[1] for line in fields.splitlines() if line.startswith("| `")]
    kept = replace(ranking, revision=RankedRevision("r1", 1, 2))
    written = set(paths(ranking_to_dict(kept)))
    quoted = {path for path in written if ".clauses[].evidence." in path}
    assert {path.replace("clauses[].evidence.", "evidence[].") for path in quoted} <= written
    assert sorted(documented) == sorted(written - quoted)
    assert [line.split("`")[1] for line in columns.splitlines() if line.startswith("| `")] == list(COLUMNS)


def test_csv_has_one_row_for_each_candidate_and_qualification(ranking: Ranking) -> None:
    """Rows are candidate by candidate in rank order, and numbers read back as numbers."""
    rows = list(csv.DictReader(io.StringIO(to_csv(ranking))))
    assert len(rows) == 7 * 10
    assert [row["qualification_id"] for row in rows[:3]] == ["q1", "q2", "q3"]
    assert float(rows[0]["score"]) == 0.931234
    assert rows[0]["page"] == "1"
    assert rows[0]["position"] == "Head of Research, Southmere Labs, Jan 2019 – present"
    assert rows[-1]["score"] == ""
    assert rows[-1]["quote"] == ""


def test_csv_quotes_cannot_run_in_a_spreadsheet(ranking: Ranking) -> None:
    """A quote that begins with = is kept, behind an apostrophe."""
    rows = list(csv.DictReader(io.StringIO(to_csv(ranking))))
    assert rows[30]["quote"].startswith("'=HYPERLINK(")


@settings(derandomize=True, max_examples=60, deadline=None)
@given(text=st.text(max_size=40))
def test_no_csv_cell_begins_like_a_formula(text: str) -> None:
    """Whatever a resume or a posting says, no text cell starts with a formula character."""
    base = make_ranking()
    report = base.reports[0]
    quote = replace(report.matches[0].evidence[0], text=text, why=text)
    match = replace(report.matches[0], evidence=(quote,), notes=(text,))
    hostile = replace(base, reports=(replace(report, source=text, matches=(match,)),))
    rows = list(csv.reader(io.StringIO(to_csv(hostile))))
    assert len(rows) == 2
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[1])

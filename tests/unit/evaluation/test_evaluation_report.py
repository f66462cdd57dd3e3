"""Tables as text, JSON and the paper: every figure is one of the run, and what is missing says so."""

import json
import re
from pathlib import Path

import pytest

from matcher.cli import app
from matcher.errors import InputError
from matcher.evaluation import paper
from matcher.evaluation.plots import draw
from matcher.evaluation.report import find, key, to_json, to_markdown
from matcher.evaluation.run import SUITES, chosen
from matcher.evaluation.tables import Table
from matcher.evaluation.write import write_tables

NDCG_3, NDCG_10 = "nDCG(dcg='exp-log2')@3", "nDCG(dcg='exp-log2')@10"
DEV = Table(
    "evidence.dev",
    "Evidence",
    ("system", NDCG_3, NDCG_10, "AUC", "ECE"),
    (("stock MiniLM", 0.61234, 0.7, 0.8, None), ("ours", 0.7, 0.75, 0.9, 0.02)),
    "12 pairs, 4 qualifications, 3 roles.",
)
GAPS = Table(
    "evidence.dev.difference",
    "Difference",
    ("system", "measure", "difference", "lower", "upper"),
    (
        ("ours", NDCG_3, 0.08766, 0.05, 0.12),
        ("ours", NDCG_10, 0.05, -0.01, 0.1),
        ("ours", "AUC", 0.1, 0.0, 0.2),
    ),
)
BANDS = Table(
    "evidence.dev.reliability",
    "Reliability",
    ("strength", "pairs", "mean strength", "graded 2 or 3", "lower", "upper"),
    (("0.0-0.1", 7, 0.04, 0.1, 0.0, 0.2), ("0.9-1.0", 5, 0.95, 0.9, 0.8, 1.0)),
)
TABLES = [DEV, GAPS, BANDS]


def test_a_figure_is_found_by_table_row_and_column() -> None:
    """A row is named by its leading texts, or by the first when that is enough; a wrong name is said."""
    assert key(GAPS.rows[1]) == f"ours, {NDCG_10}"
    assert find(TABLES, "evidence.dev.difference", "ours, AUC", "upper") == 0.2
    assert find(TABLES, "evidence.dev", "ours", "ECE") == 0.02
    for name, row, column in (
        ("x", "ours", "ECE"),
        ("evidence.dev", "theirs", "ECE"),
        ("evidence.dev", "ours", "x"),
    ):
        with pytest.raises(KeyError):
            find(TABLES, name, row, column)


def test_json_has_the_tables_by_name_with_whole_figures() -> None:
    """Nothing is rounded, None is null, and columns of one name stay apart."""
    twice = Table("t", "T", ("system", "from", "from"), (("ours", 0.1, 0.2),))
    content = json.loads(to_json([DEV, twice]))
    assert content["evidence.dev"]["rows"][0] == ["stock MiniLM", 0.61234, 0.7, 0.8, None]
    assert content["t"]["rows"] == [["ours", 0.1, 0.2]]


def test_markdown_rounds_to_three_decimals_and_dashes_what_is_none() -> None:
    """Figures are right-aligned, and a bar in a name does not end its cell."""
    lines = to_markdown(DEV).splitlines()
    assert "| stock MiniLM | 0.612 | 0.700 | 0.800 | - |" in lines
    assert "| --- | --: | --: | --: | --: |" in lines
    assert "a \\| b" in to_markdown(Table("t", "T", ("x",), (("a | b",),)))


def test_a_text_table_in_a_file_has_titles_figures_and_notes(tmp_path: Path) -> None:
    """The same tables for people, without escape sequences."""
    write_tables(TABLES, "table", tmp_path / "out.txt")
    text = (tmp_path / "out.txt").read_text("utf-8")
    assert "Evidence  [evidence.dev]" in text
    assert re.search(r"stock MiniLM +0\.612 ", text)
    assert "12 pairs" in text
    assert "\x1b" not in text


def test_the_paper_takes_every_figure_from_the_run(tmp_path: Path) -> None:
    """Figures, tables and plots stand where the text names them; what was not measured says so."""
    write_tables(TABLES, "table", tmp_path / "quality.md")
    text = (tmp_path / "quality.md").read_text("utf-8")
    assert "{{" not in text
    assert "| ours | 0.700 | 0.750 | 0.900 | 0.020 |" in text
    assert "3 roles" in text
    assert f"ranking.pairs {paper.NOT_MEASURED}" in text
    images = re.findall(r"\]\((images/[^)]+)\)", text)
    assert len(images) == 2
    assert all((tmp_path / image).read_text("utf-8").startswith("<?xml") for image in images)


def test_the_papers_text_states_no_result_of_its_own() -> None:
    """Outside of directives the template has no number with a decimal point but the strength it explains."""
    prose = re.sub(r"\{\{.+?\}\}", "", paper.template())
    assert set(re.findall(r"\d+\.\d+", prose)) <= {"0.8"}


def test_without_a_table_its_figures_are_not_measured_and_a_slip_in_the_text_is_an_error() -> None:
    """A missing table is no failure, a wrong row is; tables of a suite nobody placed come at the end."""
    text = "{{evidence.dev | ours | AUC}} {{roles}} {{table evidence.dev | ours}}"
    assert paper.fill(text, [], {}).startswith(f"{paper.NOT_MEASURED} {paper.NOT_MEASURED} evidence.dev")
    filled = paper.fill(text, [DEV, Table("other.suite", "Another", ("x",), ((1,),))], {})
    assert filled.startswith("0.900 3 ")
    assert "| stock MiniLM" not in filled
    assert "Further tables" in filled
    assert "**Another**" in filled
    with pytest.raises(KeyError):
        paper.fill("{{evidence.dev | theirs | AUC}}", [DEV], {})


def test_the_same_figures_draw_the_same_files(tmp_path: Path) -> None:
    """Plots carry no date, so a run that changes nothing changes no file."""
    for folder in ("one", "two"):
        assert set(draw(TABLES, tmp_path / folder)) == {"reliability", "ndcg"}
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_a_suite_is_chosen_by_name() -> None:
    """`all` is every suite in order; another name is refused with those there are."""
    assert chosen("all") == list(SUITES)
    assert chosen("parsing") == ["parsing"]
    with pytest.raises(InputError, match="evidence, "):
        chosen("speed of light")


def test_the_command_says_what_is_wrong_before_it_measures(tmp_path: Path) -> None:
    """A wrong suite or folder ends with status 1 and one line on standard error."""
    from typer.testing import CliRunner

    runner = CliRunner()
    for words in (
        ["--suite", "none"],
        ["--data", str(tmp_path / "no")],
        ["-o", str(tmp_path / "no" / "x.md")],
    ):
        done = runner.invoke(app, ["evaluate", *words])
        assert done.exit_code == 1
        assert done.stderr.startswith("matcher: ")
        assert "Measuring" not in done.stderr

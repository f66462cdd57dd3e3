"""The real model and parsers on the fixtures: a figure that falls past baselines.toml fails.

Of two suites only the part that has such figures is measured: `matcher evaluate` takes minutes for the rest.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from matcher.embedding import load_encoder
from matcher.evaluation import judgement, judgement_probes, ranking, ranking_pairs
from matcher.evaluation.parsing_tally import fixtures
from matcher.evaluation.ranking_baselines import Vectors, stock_vectors
from matcher.evaluation.report import find, key
from matcher.evaluation.run import run_suites
from matcher.evaluation.tables import Table
from matcher.service import Matcher

pytestmark = pytest.mark.slow

RECORDED = tomllib.loads(Path(__file__).with_name("baselines.toml").read_text("utf-8"))
SUITES = sorted({name.split(".")[0] for tables in RECORDED.values() for name in tables})


@cache
def tables_of(suite: str) -> list[Table]:
    """The tables of one suite, run once, on what the repository holds."""
    if suite == "judgement":
        return judged_probes()
    if suite == "ranking":
        return ranked_pairs()
    return run_suites([suite], None)


def judged_probes() -> list[Table]:
    """The probes alone, beside a cosine that costs nothing: no figure of it is recorded."""
    today, probes = judgement_probes.load(fixtures() / judgement.FILE)
    with Matcher() as matcher:
        return judgement.tables(judgement.judged(matcher, Vectors(load_encoder("hashing")), probes, today))


def ranked_pairs() -> list[Table]:
    """The pairs alone, by every system."""
    with Matcher() as matcher:
        return ranking_pairs.tables(ranking_pairs.ranked(matcher, stock_vectors(), ranking.FIXTURES))


def every_row(suite: str, name: str) -> list[str]:
    """The rows of a table that was measured."""
    (table,) = [table for table in tables_of(suite) if table.name == name]
    assert table.rows, f"{name} was not measured"
    return [key(row) for row in table.rows]


def recorded(suite: str) -> Iterator[tuple[str, str, str, str, float]]:
    """The rule, table, row, column and figure of each baseline of a suite."""
    for rule, tables in RECORDED.items():
        for name, rows in tables.items():
            if name.split(".")[0] == suite:
                for row, columns in rows.items():
                    for each in every_row(suite, name) if row == "*" else [row]:
                        for column, figure in columns.items():
                            yield rule, name, each, column, figure


@pytest.mark.parametrize("suite", SUITES)
def test_no_figure_falls_past_its_baseline(suite: str) -> None:
    """Every recorded figure of the suite holds; those that do not are all named."""
    wrong = []
    for rule, name, row, column, figure in recorded(suite):
        found = find(tables_of(suite), name, row, column)
        assert isinstance(found, int | float), f"{name} / {row} / {column} was not measured"
        if found < figure if rule == "at_least" else found > figure:
            wrong.append(f"{name} / {row} / {column} is {found:.4f}, recorded {rule} {figure}")
    assert not wrong, "\n".join(wrong)


def test_pairs_are_ordered_better_than_by_any_baseline() -> None:
    """Of resumes that differ in one thing, more are ordered right by ours than by each other system."""
    tables = tables_of("ranking")
    systems = [str(row[0]) for table in tables if table.name == "ranking.pairs" for row in table.rows]
    right = {system: find(tables, "ranking.pairs", system, "right") for system in systems}
    best = right.pop("ours")
    assert isinstance(best, float)
    assert right
    assert all(isinstance(other, float) and best > other for other in right.values()), (best, right)

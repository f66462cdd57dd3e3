"""The ranking suite: pairs of resumes, whole roles with graded candidates, job titles."""

from __future__ import annotations

from pathlib import Path

import matcher
from matcher.errors import FileUnavailableError
from matcher.evaluation import ranking_pairs, ranking_roles, ranking_titles
from matcher.evaluation.ranking_baselines import stock_vectors
from matcher.evaluation.tables import Table
from matcher.service import Matcher

FIXTURES = Path(matcher.__file__).parents[1] / "data" / "fixtures"


def run(data: Path | None) -> list[Table]:
    """The tables of the suite, every figure beside its baselines.

    `data` is the folder of shared data, for the job titles. Raises FileUnavailableError where the fixtures
    are not there, and MissingExtraError without the `evaluation` extra.
    """
    if not (FIXTURES / "pairs" / "pairs.json").is_file():
        raise FileUnavailableError(
            "The fixtures are not in the installed package: run this from a checkout of the repository."
        )
    today, _ = ranking_pairs.load(FIXTURES)
    vectors = stock_vectors()
    with Matcher() as engine:
        return [
            *ranking_pairs.tables(ranking_pairs.ranked(engine, vectors, FIXTURES)),
            *ranking_roles.tables(engine, vectors, FIXTURES, today),
            *ranking_titles.tables(engine.settings.model, data),
        ]

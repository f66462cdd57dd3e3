"""The suites by name, and running them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from matcher.errors import InputError
from matcher.evaluation.tables import Table

# Each suite is a module with `run(data: Path | None) -> list[Table]`, imported when it is asked for.
SUITES = {
    "evidence": "matcher.evaluation.evidence",
    "quotes": "matcher.evaluation.quotes",
    "ranking": "matcher.evaluation.ranking",
    "judgement": "matcher.evaluation.judgement",
    "parsing": "matcher.evaluation.parsing",
    "invariance": "matcher.evaluation.invariance",
}
ALL = "all"


def chosen(name: str) -> list[str]:
    """The suites that `name` means: one, or every one. Raises InputError for a name that is none."""
    if name == ALL:
        return list(SUITES)
    if name not in SUITES:
        raise InputError(f"There is no suite {name!r}: choose one of {', '.join(SUITES)} or {ALL}.")
    return [name]


def run_suites(
    names: Iterable[str], data: Path | None, begun: Callable[[str], None] | None = None
) -> list[Table]:
    """The tables of the suites, in the order of `names`.

    `data` is a folder of graded data, or None: what needs it gives a table without rows that says so.
    `begun` is called with each suite's name before it runs. Raises MissingExtraError without the extra
    `evaluation`, FileUnavailableError where the fixtures or `data` are not there.
    """
    tables: list[Table] = []
    for name in names:
        if begun:
            begun(name)
        if find_spec(SUITES[name]) is None:
            tables.append(Table(name, name, (), (), "Not measured: this version has no such suite."))
        else:
            tables += import_module(SUITES[name]).run(data)
    return tables

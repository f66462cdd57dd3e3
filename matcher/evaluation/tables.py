"""What a suite of the evaluation gives: tables of figures, each with what it means."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True)
class Table:
    """Figures with their names. A float is printed with three decimals, None as a dash.

    `name` is the stable key of the table in JSON and in recorded baselines ("evidence.dev"), `note` the
    sentences a reader needs to judge the figures: what was measured, on what, and what it does not say.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

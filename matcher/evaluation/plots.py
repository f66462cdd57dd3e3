"""Plots of the evidence suite's tables, as SVG files for the paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matcher.errors import MissingExtraError
from matcher.evaluation.measures import EXPONENTIAL
from matcher.evaluation.report import find
from matcher.evaluation.tables import Cell, Table

try:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
except ImportError as error:
    raise MissingExtraError("The paper's plots need matplotlib: pip install 'matcher[evaluation]'") from error

INK, ACCENT, PALE = "#222222", "#1f6f8b", "#9aa5ab"


def draw(tables: Sequence[Table], folder: Path) -> dict[str, str]:
    """Write the plots that the tables give into `folder`: file names by what they show.

    A plot whose table was not measured is left out.
    """
    measured = {table.name: table for table in tables if table.rows}
    drawn: dict[str, str] = {}
    folder.mkdir(parents=True, exist_ok=True)
    with matplotlib.rc_context():
        matplotlib.rc("svg", hashsalt="matcher")  # the same figures give the same file
        matplotlib.rc("font", size=9, family="DejaVu Sans")
        matplotlib.rc("axes", edgecolor=INK)
        matplotlib.rc("axes.spines", top=False, right=False)
        if "evidence.dev.reliability" in measured:
            figure = _reliability(measured["evidence.dev.reliability"])
            drawn["reliability"] = _save(figure, folder, "reliability")
        if "evidence.dev.difference" in measured:
            drawn["ndcg"] = _save(_ndcg(tables, measured["evidence.dev"]), folder, "ndcg")
    return drawn


def _save(figure: Figure, folder: Path, name: str) -> str:
    file = f"evidence-{name}.svg"
    figure.savefig(folder / file, metadata={"Date": None}, facecolor="white", bbox_inches="tight")
    pyplot.close(figure)
    return file


def _number(cell: Cell) -> float:
    assert isinstance(cell, int | float)
    return float(cell)


def _reliability(table: Table) -> Figure:
    """Share of evidence against mean strength, each band with its interval and its number of pairs."""
    rows = [[_number(cell) for cell in row[1:]] for row in table.rows]
    figure, (above, below) = pyplot.subplots(
        2, 1, figsize=(4.6, 5.0), sharex=True, height_ratios=(4, 1), layout="constrained"
    )
    above.plot([0, 1], [0, 1], color=PALE, linewidth=1, linestyle="--", label="perfect")
    strength, share = [row[1] for row in rows], [row[2] for row in rows]
    reach = [[row[2] - row[3] for row in rows], [row[4] - row[2] for row in rows]]
    above.errorbar(
        strength, share, yerr=reach, color=ACCENT, marker="o", markersize=4, linewidth=1.2, capsize=2,
        label="ours, held out by role; 95 % intervals",
    )  # fmt: skip
    above.set(xlim=(0, 1), ylim=(0, 1), ylabel="share graded 2 or 3")
    above.legend(frameon=False, loc="upper left")
    places = [(float(str(row[0]).split("-")[0]) + float(str(row[0]).split("-")[1])) / 2 for row in table.rows]
    below.bar(places, [row[0] for row in rows], width=0.09, color=PALE)
    below.set(xlabel="strength (mean of a band of width 0.1)", ylabel="pairs")
    return figure


def _ndcg(tables: Sequence[Table], table: Table) -> Figure:
    """Both nDCG of each system; whiskers are the interval of its difference to the stock model."""
    systems = [str(row[0]) for row in table.rows]
    figure, panels = pyplot.subplots(1, 2, figsize=(7.6, 2.9), sharey=True, layout="constrained")
    for panel, measure in zip(panels, EXPONENTIAL, strict=True):
        _bars(panel, tables, systems, measure)
    panels[0].invert_yaxis()
    return figure


def _bars(panel: Axes, tables: Sequence[Table], systems: Sequence[str], measure: str) -> None:
    stock = _number(find(tables, "evidence.dev", "stock MiniLM", measure))
    values = [_number(find(tables, "evidence.dev", system, measure)) for system in systems]
    colours = [ACCENT if system == "ours" else PALE for system in systems]
    panel.barh(range(len(systems)), values, color=colours, height=0.65)
    panel.axvline(stock, color=INK, linewidth=0.8, linestyle="--")
    for place, system in enumerate(systems):
        text_from = values[place]
        try:
            ends = [
                stock + _number(find(tables, "evidence.dev.difference", f"{system}, {measure}", end))
                for end in ("lower", "upper")
            ]
        except KeyError:
            pass  # random and the stock model itself have no difference
        else:
            panel.plot(ends, [place, place], color=INK, linewidth=1.4, solid_capstyle="butt")
            text_from = max(ends[1], text_from)
        panel.annotate(
            f"{values[place]:.3f}", (text_from, place), xytext=(4, 0), textcoords="offset points",
            va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        )  # fmt: skip
    panel.set(title=measure, xlim=(0.0, 1.0), yticks=range(len(systems)), yticklabels=systems)
    panel.title.set_fontsize(9)

"""The judgement suite: verdicts and orders that a careful recruiter would sign, rule by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matcher.errors import InputError
from matcher.evaluation.judgement_checks import misses, ordered
from matcher.evaluation.judgement_probes import Probe, Side, load, pads
from matcher.evaluation.judgement_stories import measured
from matcher.evaluation.parsing_tally import fixtures
from matcher.evaluation.ranking_baselines import Vectors, stock_vectors, whole, wilson
from matcher.evaluation.tables import Cell, Table
from matcher.service import Matcher
from matcher.sources import NamedFile
from matcher.types import MatchReport

FILE = "judgement.yaml"
ALL = "all"
_COLUMNS = ("rule", "probes", "held", "share", "from", "to", "orders", "orders held", "whole-document cosine")


@dataclass(frozen=True)
class Outcome:
    """How one probe came out. `misses` says what did not hold.

    `ours` and `stock` say whether the order holds in our scores and by the cosine of whole documents;
    they are None where no order is asked.
    """

    probe: Probe
    misses: tuple[str, ...]
    ours: bool | None = None
    stock: bool | None = None


def run(data: Path | None) -> list[Table]:
    """The tables of the suite: probes, and what moves a place among the fixtures and the resumes of `data`.

    Raises FileUnavailableError outside a checkout, MissingExtraError without the `evaluation` extra.
    """
    today, probes = load(fixtures() / FILE)
    vectors = stock_vectors()
    with Matcher() as matcher:
        found = tables(judged(matcher, vectors, probes, today))
    return found + measured(data, vectors, pads(fixtures() / FILE), today)


def judged(matcher: Matcher, vectors: Vectors, probes: Sequence[Probe], today: date) -> list[Outcome]:
    """The outcome of every probe; `vectors` are those of the stock model."""
    reports = _reports(matcher, probes, today)
    found = []
    for probe in probes:
        a, b = reports[_name(probe, probe.a)], reports.get(_name(probe, probe.b)) if probe.b else None
        amiss = tuple(misses(probe, a, b))
        order = probe.expected.order
        if order is None or b is None or probe.b is None:
            found.append(Outcome(probe, amiss))
            continue
        ours = a.score is not None and b.score is not None and ordered(order, a.score, b.score)
        cosines = [
            float(whole(vectors, side.posting, [_read_text(report)])[0])
            for side, report in ((probe.a, a), (probe.b, b))
        ]
        found.append(Outcome(probe, amiss, ours, ordered(order, cosines[0], cosines[1])))
    return found


def _reports(matcher: Matcher, probes: Sequence[Probe], today: date) -> dict[str, MatchReport]:
    """The report of every side by its name. What shares a posting is ranked together."""
    groups: dict[str, list[NamedFile]] = {}
    for probe in probes:
        for side in (probe.a, probe.b):
            if side is not None:
                file = NamedFile(_name(probe, side), side.resume.encode("utf-8"))
                groups.setdefault(side.posting, []).append(file)
    reports: dict[str, MatchReport] = {}
    for posting, files in groups.items():
        ranking = matcher.rank(matcher.read_role(posting), files, today=today)
        if ranking.rejected:
            raise InputError(f"A probe's resume could not be read: {ranking.rejected[0].source}.")
        reports |= {report.source: report for report in ranking}
    return reports


def _name(probe: Probe, side: Side) -> str:
    return f"{probe.name}.{'a' if side is probe.a else 'b'}.txt"


def _read_text(report: MatchReport) -> str:
    """What of a resume the baseline compares: everything that is not identity, so that it is no straw man."""
    return " ".join(snippet.masked for snippet in report.resume.snippets)


def tables(outcomes: Sequence[Outcome]) -> list[Table]:
    """Shares held by rule, and the probes that did not hold."""
    rules = dict.fromkeys(item.probe.rule for item in outcomes)
    rows = [_row(rule, [item for item in outcomes if item.probe.rule == rule]) for rule in rules]
    note = (
        f"{len(outcomes)} probes written for this project from what a recruiter would sign, not from what "
        "the software does: one or two small resumes, a small role, and an order of scores, a verdict or a "
        "field. A probe holds when all it expects does. Intervals: Wilson, 95 %. Orders: the probes "
        "that order two scores; beside ours, the cosine of whole documents by the stock MiniLM. Equal means "
        "within a millionth."
    )
    lost = tuple(
        (item.probe.name, item.probe.rule, "; ".join(item.misses)) for item in outcomes if item.misses
    )
    return [
        Table(
            "judgement", "What a careful recruiter would sign", _COLUMNS, (*rows, _row(ALL, outcomes)), note
        ),
        Table("judgement.not_held", "Probes that do not hold", ("probe", "rule", "what"), lost),
    ]


def _row(name: str, outcomes: Sequence[Outcome]) -> tuple[Cell, ...]:
    held = sum(not item.misses for item in outcomes)
    number = len(outcomes)
    orders = [item for item in outcomes if item.ours is not None]
    shares = [
        sum(bool(value) for value in values) / len(orders) if orders else None
        for values in ([item.ours for item in orders], [item.stock for item in orders])
    ]
    return (
        name,
        number,
        held,
        held / number if number else None,
        *wilson(held, number),
        len(orders),
        *shares,
    )

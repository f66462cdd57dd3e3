"""Pairs of resumes that differ in one thing a role asks: ordered right, and for that reason?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from matcher.embedding import load_encoder
from matcher.evaluation.graded import Floats
from matcher.evaluation.ranking_baselines import Vectors, best_snippets, whole, wilson
from matcher.evaluation.tables import Cell, Table
from matcher.matching import worth
from matcher.service import Matcher
from matcher.types import Match, MatchReport, Role, Verdict

OURS, STOCK, TUNED, MAXSIM = (
    "ours",
    "whole-document cosine, stock MiniLM",
    "whole-document cosine, ours",
    "MaxSim",
)


@dataclass(frozen=True)
class Pair:
    """Two resumes, of which a careful recruiter puts `better` first, because of `qualification` alone."""

    name: str
    kind: str
    role: Path
    better: Path
    worse: Path
    qualification: str


@dataclass(frozen=True)
class Outcome:
    """How one pair came out. `gaps` are better - worse of each system; 0 or less is wrong.

    `named` and `maxsim_named`: the qualification whose share in the score (for MaxSim: whose best cosine)
    differs most is the one that the pair is about; `widest` is its text by our report, None without any gap.
    """

    pair: Pair
    gaps: dict[str, float]
    named: bool
    maxsim_named: bool
    widest: str | None


def load(folder: Path) -> tuple[date, list[Pair]]:
    """The date to rank at and the pairs of `folder/pairs/pairs.json`."""
    table = json.loads((folder / "pairs" / "pairs.json").read_text("utf-8"))
    return date.fromisoformat(table["today"]), [
        Pair(
            item["id"],
            item["kind"],
            folder / item["role"],
            folder / item["better"],
            folder / item["worse"],
            item["qualification"],
        )
        for item in table["pairs"]
    ]


def ranked(matcher: Matcher, vectors: Vectors, folder: Path) -> list[Outcome]:
    """Every pair, ordered by us and by the baselines; `vectors` are those of the stock model."""
    today, pairs = load(folder)
    own = Vectors(load_encoder(matcher.settings.model))
    outcomes: dict[str, Outcome] = {}
    for path in dict.fromkeys(pair.role for pair in pairs):
        role = matcher.read_role(path)
        chosen = [pair for pair in pairs if pair.role == path]
        # One ranking for all of a role's resumes: a score does not depend on the pool (law 3).
        ranking = matcher.rank(
            role, [side for pair in chosen for side in (pair.better, pair.worse)], today=today
        )
        reports = {report.source: report for report in ranking}
        for pair in chosen:
            outcomes[pair.name] = _outcome(
                pair, role, reports[str(pair.better)], reports[str(pair.worse)], vectors, own
            )
    return [outcomes[pair.name] for pair in pairs]


def _outcome(
    pair: Pair, role: Role, better: MatchReport, worse: MatchReport, vectors: Vectors, own: Vectors
) -> Outcome:
    asked = [item.text for item in role.qualifications if item.weight]
    posting = role.document.text
    texts = [" ".join(snippet.masked for snippet in report.resume.snippets) for report in (better, worse)]
    near = [
        best_snippets(vectors, asked, [snippet.masked for snippet in report.resume.snippets])
        for report in (better, worse)
    ]
    gained = np.array(
        [
            item.qualification.weight * (_worth(item) - _worth(other))
            for item, other in zip(better.matches, worse.matches, strict=True)
        ]
    )
    widest = _widest(gained, [item.qualification.text for item in better.matches])
    return Outcome(
        pair,
        {
            STOCK: _difference(whole(vectors, posting, texts)),
            TUNED: _difference(whole(own, posting, texts)),
            MAXSIM: float(near[0].mean() - near[1].mean()),
            OURS: (better.score or 0.0) - (worse.score or 0.0),
        },
        _names(widest, pair.qualification),
        _names(_widest(near[0] - near[1], asked), pair.qualification),
        widest,
    )


def _worth(match: Match) -> float:
    return 0.0 if match.verdict is Verdict.UNKNOWN else worth(match)


def _difference(of_two: Floats) -> float:
    return float(of_two[0] - of_two[1])


def _widest(gaps: Floats, texts: Sequence[str]) -> str | None:
    """The text of the qualification with the largest gap in favour of the better; None when there is none."""
    place = int(gaps.argmax())
    return texts[place] if gaps[place] > 0 else None


def _names(text: str | None, qualification: str) -> bool:
    return text is not None and _plain(qualification) in _plain(text)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def tables(outcomes: Sequence[Outcome]) -> list[Table]:
    """Systems with intervals, kinds of difference, and the pairs that came out wrong."""
    number = len(outcomes)
    named: dict[str, Callable[[Outcome], bool]] = {
        MAXSIM: lambda item: item.maxsim_named,
        OURS: lambda item: item.named,
    }
    systems: list[tuple[Cell, ...]] = []
    for system in (STOCK, TUNED, MAXSIM, OURS):
        right = sum(item.gaps[system] > 0 for item in outcomes)
        cells: list[Cell] = [system, right / number, *wilson(right, number)]
        if system in named:
            told = sum(named[system](item) for item in outcomes)
            cells += [told / number, *wilson(told, number)]
        systems.append((*cells, *[None] * (7 - len(cells))))
    roles = len({item.pair.role for item in outcomes})
    note = (
        f"{number} pairs over {roles} roles, written for this project; each differs in one line about one "
        "qualification. Right: the better resume scores higher (a tie is wrong). Named: the qualification "
        "whose share in the score differs most is the one the pair is about. Intervals: Wilson, 95 %; pairs "
        "of one role share much of their text, so they are a little too narrow. MaxSim: the mean over the "
        "qualifications of the best snippet's cosine."
    )
    return [
        Table(
            "ranking.pairs",
            "Resumes that differ in one thing",
            ("system", "right", "from", "to", "named", "named from", "named to"),
            tuple(systems),
            note,
        ),
        _kinds(outcomes),
        _wrong(outcomes),
    ]


def _kinds(outcomes: Sequence[Outcome]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for kind, number in sorted(Counter(item.pair.kind for item in outcomes).items()):
        chosen = [item for item in outcomes if item.pair.kind == kind]
        rows.append(
            (
                kind,
                number,
                sum(item.gaps[OURS] > 0 for item in chosen) / number,
                sum(item.named for item in chosen) / number,
                *(sum(item.gaps[system] > 0 for item in chosen) / number for system in (STOCK, MAXSIM)),
            )
        )
    columns = (
        "difference",
        "pairs",
        "right, ours",
        "named, ours",
        "right, whole-document cosine",
        "right, MaxSim",
    )
    return Table("ranking.pairs.kinds", "By kind of difference", columns, tuple(rows))


def _wrong(outcomes: Sequence[Outcome]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for item in outcomes:
        gap = item.gaps[OURS]
        if gap > 0 and item.named:
            continue
        what = "other qualification" if gap > 0 else "tie" if gap == 0 else "wrong order"
        rows.append((item.pair.name, item.pair.kind, what, gap, item.pair.qualification, item.widest))
    columns = ("pair", "difference", "what", "gap", "about", "widest gap")
    return Table(
        "ranking.pairs.wrong", "Pairs not ordered right, or for another reason", columns, tuple(rows)
    )

"""The quotes suite: how often the best quote shown for a qualification is evidence, over whole resumes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

import matcher
from matcher.errors import InputError
from matcher.evaluation.graded import Floats
from matcher.evaluation.measures import interval, share_of
from matcher.evaluation.quotes_shown import (
    BANDS,
    FIXTURES_SET,
    KINDS,
    LIVECAREER,
    OURS,
    STOCK,
    Shown,
    drawn,
    fixture_files,
    livecareer_files,
    shown_quotes,
)
from matcher.evaluation.ranking_baselines import stock_vectors, wilson
from matcher.evaluation.tables import Cell, Table
from matcher.service import Matcher
from matcher.types import Verdict

FIXTURES = Path(matcher.__file__).parents[1] / "data" / "fixtures"
GRADES = Path("evidence", "quotes.jsonl")

COLUMNS = ("shown", "graded", "evidence", "from", "to", "direct")

EVIDENCE = 2  # the grade from which a quote is evidence
DIRECT = 3

# Below this share of a sample drawn today having grades, the figures say too little of today's quotes: those
# that a change brings are no random part. Of one change 12 % were new, and the precision of the others .05
# higher than that of all had been.
FRESH = 0.9

_REGRADE = (
    " REGRADE: fewer than {least:.0%} of the quotes that would be drawn today have a grade; "
    "data/fixtures/builders/shown_quotes.py prints those without."
)


def run(data: Path | None) -> list[Table]:
    """Precision of the shown best quotes, overall, by verdict and by band of strength, for each set.

    `data` is the folder with the real resumes; without it those tables say so. Raises FileUnavailableError
    where the fixtures are not there, and MissingExtraError without the `evaluation` extra.
    """
    roles, resumes = fixture_files(FIXTURES)
    grades = load_grades(FIXTURES / GRADES)
    vectors = stock_vectors()
    found: list[Table] = []
    with Matcher() as engine:
        shown = shown_quotes(engine, vectors, FIXTURES_SET, roles, resumes)
        found += tables(FIXTURES_SET, shown, grades)
        roles, resumes = livecareer_files(data) if data else ([], [])
        if not resumes:
            where = "--data FOLDER was not given" if data is None else f"no {data}/resumes/livecareer"
            return [
                *found,
                Table(f"quotes.{LIVECAREER}", _title(LIVECAREER), (), (), f"Not measured: {where}."),
            ]
        shown = shown_quotes(engine, vectors, LIVECAREER, roles, resumes)
    return found + tables(LIVECAREER, shown, grades)


def load_grades(path: Path) -> dict[str, int]:
    """The grade of each key in a file of graded quotes; empty where there is none yet.

    Raises InputError for a line without a key and a grade from 0 to 3.
    """
    if not path.is_file():
        return {}
    grades: dict[str, int] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        if not isinstance(row.get("key"), str) or row.get("grade") not in range(4):
            raise InputError(f"Line {number} of {path.name} needs a key, and a grade of 0, 1, 2 or 3.")
        grades[row["key"]] = row["grade"]
    return grades


def tables(source: str, quotes: Sequence[Shown], grades: Mapping[str, int]) -> list[Table]:
    """The precision of ours and of the baseline, of ours by band of strength, and of both by what is asked.

    `quotes` are all that are shown today of both systems. Measured are those of today's sample that have a
    grade: one drawn for the other system alone would favour the quotes on which both agree.
    """
    asked = drawn(quotes)
    graded = [item for item in asked if item.key in grades]
    given = np.array([grades[item.key] for item in graded], dtype=np.float64)
    stands_for = weights(quotes, graded)
    ours = [item for item in quotes if item.system == OURS]
    rows: list[tuple[Cell, ...]] = [_row(OURS, ours, graded, given, stands_for)]
    for verdict in (Verdict.STRONG, Verdict.PARTIAL):
        here = [item for item in ours if item.verdict is verdict]
        rows.append(_row(f"{OURS}, {verdict}", here, graded, given, stands_for))
    stock = [item for item in quotes if item.system == STOCK]
    rows.append(_row(STOCK, stock, graded, given, stands_for))
    rows.append(_difference(graded, given, stands_for))
    for system, side in ((OURS, ours), (STOCK, stock)):
        here = [item for item in side if item.kind != KINDS[0]]
        rows.append(_row(f"{system}, no degree asked", here, graded, given, stands_for))
    fresh = len(graded) / len(asked) if asked else 0.0
    postings, people = len({item.role for item in ours}), len({item.resume for item in ours})
    note = (
        "The best quote of a whole resume for each required or preferred qualification that `rank` calls "
        f"strong or partial: {len(ours)} quotes of {postings} postings and {people} resumes. The baseline's "
        "is the line nearest by cosine; over all postings and resumes its nearest are taken, as many as are "
        "ours. evidence: graded 2 or 3; direct: graded 3. Each posting in turn gave quotes to grade, and one "
        "that is graded stands for others of its band of strength. from and to: 95 % bootstrap interval of "
        "`evidence` over postings. The grader is a language model that saw neither strength nor system, no "
        "recruiter. Most resumes are of another occupation than the posting: many quotes are degrees in "
        f"other fields, partial evidence by the guide. {fresh:.0%} of a sample drawn today have a grade."
    )
    if source == LIVECAREER:
        note += " The weights were fitted on other lines for the qualifications of most of these postings."
    if fresh < FRESH:
        note += _REGRADE.format(least=FRESH)
    return [
        Table(f"quotes.{source}", _title(source), ("quotes", *COLUMNS), tuple(rows), note),
        _by_band(source, ours, graded, grades),
        _by_kind(source, quotes, graded, given, stands_for),
    ]


def _title(source: str) -> str:
    kind = "real resumes" if source == LIVECAREER else "fixture resumes"
    return f"Shown best quotes over whole resumes: {kind}"


def weights(quotes: Sequence[Shown], graded: Sequence[Shown]) -> Floats:
    """For each graded quote how many of `quotes` it stands for: those of its system and band, shared out
    evenly. A band of which nothing is graded is stood for by nobody.
    """
    shown = Counter((item.system, item.band) for item in quotes)
    read = Counter((item.system, item.band) for item in graded)
    return np.array(
        [shown[item.system, item.band] / read[item.system, item.band] for item in graded], dtype=np.float64
    )


def _row(
    name: str, quotes: Sequence[Shown], graded: Sequence[Shown], given: Floats, stands_for: Floats
) -> tuple[Cell, ...]:
    """Of the graded quotes those that are among `quotes`."""
    among = set(quotes)
    mine = np.array([item in among for item in graded], dtype=np.bool_)
    if not mine.any():
        return (name, len(quotes), 0, None, None, None, None)
    heavy = stands_for[mine]
    share = share_of(given[mine] >= EVIDENCE)
    roles = [item.role for item in graded if item in among]
    low, high = interval(lambda times: share(times * heavy), roles)
    direct = share_of(given[mine] >= DIRECT)(heavy)
    return (name, len(quotes), int(mine.sum()), share(heavy), low, high, direct)


def _difference(graded: Sequence[Shown], given: Floats, stands_for: Floats) -> tuple[Cell, ...]:
    """Ours less the baseline, with the interval over postings drawn for both together."""
    name = "difference"
    mine = np.array([item.system == OURS for item in graded], dtype=np.bool_)
    if not mine.any() or mine.all():
        return (name, None, None, None, None, None, None)

    def gap(least: int, times: Floats) -> float:
        share = share_of(given >= least)
        return share(times * stands_for * mine) - share(times * stands_for * ~mine)

    once = np.ones(len(given))
    low, high = interval(lambda times: gap(EVIDENCE, times), [item.role for item in graded])
    return (name, None, None, gap(EVIDENCE, once), low, high, gap(DIRECT, once))


def _by_band(source: str, ours: Sequence[Shown], graded: Sequence[Shown], grades: Mapping[str, int]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for place, start in enumerate(BANDS):
        here = [item for item in ours if item.band == place]
        found = [item for item in graded if item.system == OURS and item.band == place]
        given = np.array([grades[item.key] for item in found])
        end = BANDS[place + 1] if place + 1 < len(BANDS) else 1.0
        cells: list[Cell] = [f"{start:.1f} to {end:.1f}", len(here), len(found)]
        if not found:
            rows.append((*cells, None, None, None, None, None))
            continue
        right = int((given >= EVIDENCE).sum())
        strength = float(np.mean([item.value for item in found]))
        direct = float((given >= DIRECT).mean())
        rows.append((*cells, strength, right / len(found), *wilson(right, len(found)), direct))
    return Table(
        f"quotes.{source}.bands",
        f"{_title(source)}, by strength",
        ("strength of the quote", "shown", "graded", "mean strength", "evidence", "from", "to", "direct"),
        tuple(rows),
        "Is a quote of strength .8 evidence eight times in ten? from and to: 95 % interval after Wilson. "
        "The quote of a checked fact has the strength of the fact: .95 where it meets the demand, else what "
        "share of it is met. Below .5 stand such facts (most are degrees in another field), and quotes of a "
        "verdict that enough years or several lines together carried.",
    )


def _by_kind(
    source: str, quotes: Sequence[Shown], graded: Sequence[Shown], given: Floats, stands_for: Floats
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for kind in KINDS:
        for system in (OURS, STOCK):
            here = [item for item in quotes if item.kind == kind and item.system == system]
            rows.append((kind, *_row(system, here, graded, given, stands_for)))
    return Table(
        f"quotes.{source}.asked",
        f"{_title(source)}, by what is asked",
        ("asked", "quotes", *COLUMNS),
        tuple(rows),
        "The first of these that a qualification asks for. By the guide of the grades a degree of the level "
        "asked in another field is partial evidence, and so is one of two languages asked.",
    )

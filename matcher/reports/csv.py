"""A Ranking as CSV for spreadsheets: one row for each candidate and qualification, with the best quote."""

from __future__ import annotations

import csv
import io
from datetime import date

from matcher.matching import evidence_kind, last_used, tiers_of
from matcher.reports.json import DECIMALS
from matcher.reports.overview import clauses_text
from matcher.reports.wording import (
    assessed_text,
    encodable,
    folded,
    pages_text,
    position_text,
    set_aside_text,
)
from matcher.types import Match, MatchReport, Ranking

COLUMNS = (
    "rank",
    "candidate_id",
    "source",
    "score",
    "coverage",
    "qualification_id",
    "kind",
    "weight",
    "qualification",
    "verdict",
    "strength",
    "quote",
    "page",
    "section",
    "position",
    "why",
    "notes",
    "tier",
    "evidence_kind",
    "assessed",
    "warning",
    "last_used",
    "joined",
    "clauses",
    "assess",
)

# A spreadsheet reads a cell that begins with one of these as a formula (OWASP, "CSV injection"); the
# full-width forms are read so under East Asian settings.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def to_csv(ranking: Ranking, top: int | None = None) -> str:
    """The ranking as CSV text with a header row, comma-separated, lines ending in a line feed.

    White space in a text is folded to one space. A text that a spreadsheet would run as a formula gets
    an apostrophe before it. An unknown number is an empty cell. Rejected files have no row here. `top` keeps
    the best candidates alone; their tiers are those among all.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for report, tier in list(zip(ranking.reports, tiers_of(ranking.reports), strict=True))[:top]:
        for match in report.matches:
            row = _row(report, match)
            writer.writerow((*row, "" if tier is None else str(tier), *_later(report, match, ranking.today)))
    return out.getvalue()


def _row(report: MatchReport, match: Match) -> tuple[str, ...]:
    asked = match.qualification
    best = match.evidence[0] if match.evidence else None
    return (
        str(report.rank),
        _cell(report.candidate_id),
        _cell(report.source),
        _number(report.score),
        _number(report.coverage),
        _cell(asked.id),
        asked.kind.value,
        _number(asked.weight),
        _cell(asked.text),
        match.verdict.value,
        _number(match.strength),
        _cell(best.text) if best else "",
        _cell(pages_text(best.places).removeprefix("pages ").removeprefix("page ")) if best else "",
        best.section.value if best else "",
        _cell(position_text(report.resume, best.position)) if best else "",
        _cell(best.why) if best else "",
        _cell("; ".join(match.notes)),
    )


def _later(report: MatchReport, match: Match, today: date) -> tuple[str, ...]:
    """The columns that later versions added, which stand behind the first ones."""
    year = last_used(match, report.resume, today)
    return (
        evidence_kind(match.evidence[0], report.resume).value if match.evidence else "",
        assessed_text(report),
        _cell(set_aside_text(report)),
        "" if year is None else str(year),
        match.joined.value if match.clauses else "",
        _cell(clauses_text(match)),
        match.qualification.assess.value,
    )


def _cell(text: str) -> str:
    """`text` on one line, made harmless for a spreadsheet."""
    line = folded(encodable(text))
    return f"'{line}" if line.startswith(_FORMULA) else line


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{round(float(value), DECIMALS) + 0.0:.{DECIMALS}f}".rstrip("0").rstrip(".")

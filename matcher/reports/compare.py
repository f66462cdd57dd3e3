"""Finalists side by side, qualification by qualification, clause by clause: in a terminal, as JSON or HTML.

The same ranking as everywhere, turned on its side; schema `matcher.compare/1` in docs/report-format.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matcher.matching import Summary, leading_kind, summarise
from matcher.reports.apart import judged, listed, numbers_of
from matcher.reports.edits import print_edits
from matcher.reports.html import page
from matcher.reports.json import (
    JsonObject,
    candidate_object,
    dumps,
    inputs_object,
    match_object,
    rejected_list,
)
from matcher.reports.overview import doubt_text, item_text, used_text, where_text
from matcher.reports.pictures import Gallery
from matcher.reports.table import print_closing, role_line, who_text
from matcher.reports.table_candidate import first_line, quote_text, verdict_text
from matcher.reports.wording import KINDS, candidate_name, folded, short_sources, weight_text
from matcher.types import (
    ClauseMatch,
    Joined,
    Match,
    MatchReport,
    Qualification,
    QualificationKind,
    QuotePictures,
    Ranking,
    Verdict,
)

SCHEMA = "matcher.compare/1"

# The narrowest column that a quote reads well in; with less, candidates stand under each other.
COLUMN = 26
GAP = 3
# Characters of a quote: about seven lines of the narrowest column.
QUOTE_LENGTH = 180


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause of a qualification, with what each candidate shows for it in the order of the ranking.

    None stands for a candidate who meets the qualification best by another wording, which has no such clause.
    """

    text: str
    joined: Joined
    parts: tuple[ClauseMatch | None, ...]

    @property
    def differs(self) -> bool:
        """Whether the candidates have different verdicts."""
        return len({part.verdict if part else None for part in self.parts}) > 1


def matches_for(ranking: Ranking, asked: Qualification) -> list[Match]:
    """What each candidate shows for one qualification, in the order of the ranking."""
    return [match for report in ranking for match in report.matches if match.qualification.id == asked.id]


def clause_rows(ranking: Ranking, asked: Qualification) -> list[ClauseRow]:
    """The clauses of one qualification in the posting's order, and then those of its other wordings."""
    matches = matches_for(ranking, asked)
    joined = {clause.text: match.joined for match in matches for clause in match.clauses}
    by_text = [{clause.text: clause for clause in match.clauses} for match in matches]
    return [
        ClauseRow(text, how, tuple(clauses.get(text) for clauses in by_text)) for text, how in joined.items()
    ]


def differing(ranking: Ranking) -> list[Qualification]:
    """The qualifications that count and for which not all candidates have one verdict."""
    return [
        item
        for item in judged(ranking.role)
        if item.weight and len({match.verdict for match in matches_for(ranking, item)}) > 1
    ]


def difference_line(ranking: Ranking) -> str:
    """Which qualifications tell the candidates apart, in one sentence."""
    numbers = numbers_of(ranking.role)
    found = differing(ranking)
    parts = [
        f"{kind.value} {listed(chosen)}"
        for kind in QualificationKind
        if (chosen := [str(numbers[item.id]) for item in found if item.kind is kind])
    ]
    if not parts:
        return "The verdicts are the same for every item that counts."
    return f"The verdicts differ for {'; '.join(parts)}."


# --------------------------------------------------------------------------- JSON


def comparison_to_json(ranking: Ranking) -> str:
    """The comparison as JSON text, in the layout of all reports."""
    return dumps(comparison_to_dict(ranking))


def comparison_to_dict(ranking: Ranking) -> JsonObject:
    """The comparison as plain values: candidates best first, and for each qualification their matches."""
    tiers = summarise(ranking).tiers
    return {
        "schema": SCHEMA,
        **inputs_object(ranking),
        "candidates": [candidate_object(report, tier) for report, tier in zip(ranking, tiers, strict=True)],
        "qualifications": [_row(ranking, item) for item in ranking.role.qualifications],
        "rejected": rejected_list(ranking),
    }


def _row(ranking: Ranking, asked: Qualification) -> JsonObject:
    matches = matches_for(ranking, asked)
    return {
        "qualification_id": asked.id,
        "differs": len({match.verdict for match in matches}) > 1,
        "clauses": [{"text": row.text, "differs": row.differs} for row in clause_rows(ranking, asked)],
        "matches": [
            {"candidate_id": report.candidate_id} | match_object(match, report.resume, ranking.today)
            for report, match in zip(ranking, matches, strict=True)
        ],
    }


# --------------------------------------------------------------------------- HTML


def comparison_to_html(ranking: Ranking, pictures: QuotePictures | None = None) -> str:
    """The comparison as one self-contained HTML document, quotes verbatim.

    `pictures` show quotes where they stand on their pages.
    """
    return page(
        "compare.html",
        ranking,
        gallery=Gallery(pictures or QuotePictures({})),
        tiers=summarise(ranking).tiers,
        rows={item.id: clause_rows(ranking, item) for item in ranking.role.qualifications},
        difference=difference_line(ranking),
        differing={item.id for item in differing(ranking)},
    )


# --------------------------------------------------------------------------- terminal


def print_comparison(ranking: Ranking, console: Console) -> None:
    """Print the candidates side by side where the terminal is wide enough, else under each other."""
    summary = summarise(ranking)
    console.print(role_line(ranking.role))
    console.print(Text(f"As of {ranking.today} · {len(ranking)} candidates side by side", style="dim"))
    print_edits(ranking.role, console)
    console.print(Text(f"\n{difference_line(ranking)}\n", style="bold"))
    _print_row(_heads(ranking, summary), console)
    numbers, leading = numbers_of(ranking.role), leading_kind(ranking.role.qualifications)
    beside = _beside(len(ranking), console)
    for kind in QualificationKind:
        asked = [item for item in judged(ranking.role) if item.kind is kind and item.weight]
        if asked:
            console.print(Text(f"\n{KINDS[kind]}", style="bold"))
        for item in asked:
            said = f"{item_text(item, leading, numbers)} (weight {weight_text(item.weight)})"
            console.print(Text(f"\n{said}"))
            pairs = zip(matches_for(ranking, item), ranking, strict=True)
            _print_row([_cell(*pair, ranking, named=not beside) for pair in pairs], console)
            for row in clause_rows(ranking, item):
                console.print(Text(f"\n  {row.joined}: {folded(row.text)}", style="italic"))
                parts = zip(row.parts, matches_for(ranking, item), ranking, strict=True)
                _print_row([_clause_cell(*part, named=not beside) for part in parts], console)
    print_closing(ranking, console)


def _heads(ranking: Ranking, summary: Summary) -> list[Text]:
    sources = short_sources(ranking)
    heads = []
    for report, tier in zip(ranking, summary.tiers, strict=True):
        head = Text(f"{report.rank}  ", style="bold").append(who_text(report, folded(sources[report.source])))
        head.append(f"\n{f'tier {tier}' if tier else 'read only in part'}\n", style="dim not bold")
        heads.append(head.append(first_line(report)))
    return heads


def _cell(match: Match, report: MatchReport, ranking: Ranking, named: bool) -> Text:
    cell = _verdict(match.verdict, report, named)
    if match.evidence:
        best = match.evidence[0]
        where = used_text(best, match, report.resume, ranking.today)
        cell.append("\n").append(quote_text(best, match.verdict, where, QUOTE_LENGTH))
    why = doubt_text(replace(match, clauses=())) if match.verdict is not Verdict.STRONG else ""
    if why:
        cell.append(f"\n{folded(why)}", style="dim not bold")
    return cell


def _clause_cell(part: ClauseMatch | None, match: Match, report: MatchReport, named: bool) -> Text:
    if part is None:
        return Text(f"{report.rank} " * named + "met by another wording", style="dim")
    cell = _verdict(part.verdict, report, named)
    if part.evidence and part.evidence.span in [quote.span for quote in match.evidence[:1]]:
        cell.append("\nas above", style="dim not bold")
    elif part.evidence and part.verdict is not Verdict.NONE_FOUND:
        where = where_text(part.evidence, report.resume)
        cell.append("\n").append(quote_text(part.evidence, part.verdict, where, QUOTE_LENGTH))
    return cell


def _verdict(verdict: Verdict, report: MatchReport, named: bool) -> Text:
    """A verdict, with whose it is where the candidates stand under each other."""
    cell = Text().append(verdict_text(verdict))
    return cell.append(f"  {report.rank} {candidate_name(report)}", style="bold") if named else cell


def _beside(candidates: int, console: Console) -> bool:
    return (console.width - GAP * (candidates - 1)) // max(1, candidates) >= COLUMN


def _print_row(cells: Sequence[Text], console: Console) -> None:
    if not _beside(len(cells), console):
        for cell in cells:
            first, *rest = cell.split("\n")
            console.print(first)
            for line in rest:
                console.print(Padding(line, (0, 0, 0, GAP), expand=False))
        return
    grid = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
    width = (console.width - GAP * (len(cells) - 1)) // len(cells)
    for _ in cells:
        grid.add_column(width=width, overflow="fold")
    grid.add_row(*cells)
    console.print(grid)

"""One candidate in a terminal: first line, best quotes and largest doubts, and every qualification at length.

Texts from files are shown as they are, never as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matcher.matching import best_quotes, doubts
from matcher.reports.overview import JOINED, item_text, unlike_clauses, used_text, where_text
from matcher.reports.wording import (
    KINDS,
    SET_ASIDE,
    SIGNS,
    candidate_name,
    folded,
    headline,
    kinds_in,
    leading_kind,
    matches_of,
    pages_text,
    set_aside_text,
)
from matcher.types import Evidence, Match, MatchReport, QualificationKind, Resume, Verdict

STYLES = {
    Verdict.STRONG: "bold blue",
    Verdict.PARTIAL: "blue",
    Verdict.CONTRADICTED: "bold red",
    Verdict.NONE_FOUND: "dim",
    Verdict.UNKNOWN: "yellow",
}
# Characters of a quote, a requirement and a set-aside text before the ellipsis: about three, two and
# two lines of 100 columns. JSON and HTML carry them whole.
QUOTE_LENGTH = 280
ASKED_LENGTH = 180
SET_ASIDE_LENGTH = 160
# Characters of a requirement in a candidate's short lines, and of a clause and its quote.
BRIEF = 76
CLAUSE_LENGTH = 60
CLAUSE_QUOTE = 120
# Columns before a candidate's lines, and before the text beside a verdict.
INDENT = 3
HANG = 18


def print_candidate(
    report: MatchReport, tier: int | None, numbers: dict[str, int], today: date, console: Console
) -> None:
    """Print a candidate in ten seconds: first line, best quotes, largest doubts."""
    title = Text(f"{report.rank}  ", style="bold").append(candidate_name(report))
    title.append(f" · tier {tier}" if tier else " · read only in part", style="not bold dim")
    console.print(Text("\n").append(title))
    console.print(indented(first_line(report)))
    console.print(indented(Text("Best quotes", style="bold")))
    quotes = best_quotes(report)
    for highlight in quotes:
        _print_match(highlight.match, highlight.evidence, report, numbers, today, console)
    if not quotes:
        console.print(indented(Text("none that counts", style="dim")))
    left = doubts(report)
    if left:
        console.print(indented(Text("Largest doubts", style="bold")))
    for match in left:
        quoted = match.evidence[0] if match.evidence else None
        _print_match(match, quoted, report, numbers, today, console)


def print_qualifications(report: MatchReport, numbers: dict[str, int], today: date, console: Console) -> None:
    """Print every scored qualification with its best quote, and what was set aside."""
    for kind in scored_kinds([report]):
        console.print(indented(Text(KINDS[kind], style="bold"), above=1))
        for match in matches_of(report, kind):
            quoted = match.evidence[0] if match.evidence else None
            _print_match(match, quoted, report, numbers, today, console, whole=True)
    for item in report.set_aside:
        where = pages_text(item.places)
        said = f"{SET_ASIDE[item.kind]}{f' on {where}' if where else ''}, not scored: {folded(item.reason)}"
        if item.text:
            said += f" “{folded(item.text, SET_ASIDE_LENGTH)}”"
        console.print(indented(Text(said, style="yellow"), above=1))


def first_line(report: MatchReport) -> Text:
    """The verdicts of the leading kind in words, and what was wrong with the file."""
    line = Text(headline(report))
    warning = set_aside_text(report)
    return line.append(f" ⚑ {warning}", style="yellow") if warning else line


def verdict_text(verdict: Verdict) -> Text:
    """A verdict as sign and word, in its style."""
    return Text(f"{SIGNS[verdict]} {verdict}", style=STYLES[verdict])


def quote_text(quoted: Evidence, verdict: Verdict, where: str, length: int = QUOTE_LENGTH) -> Text:
    """A quote with where it stands; beside "none found" it is called the nearest."""
    nearest = verdict is Verdict.NONE_FOUND
    quote = Text("nearest, not enough to count: " if nearest else "", style="dim" if nearest else "")
    quote.append(f"“{folded(quoted.text, length)}”", style="not bold")
    return quote.append(f"\n— {where}", style="dim not bold")


def scored_kinds(reports: Sequence[MatchReport]) -> list[QualificationKind]:
    """Required and preferred; responsibilities only where the posting has nothing else."""
    kinds = kinds_in(reports)
    return [kind for kind in kinds if kind is not QualificationKind.RESPONSIBILITY] or kinds


def indented(shown: RenderableType, left: int = INDENT, above: int = 0) -> Padding:
    """`shown` after `left` empty columns and `above` empty lines."""
    return Padding(shown, (above, 0, 0, left), expand=False)


def _print_match(
    match: Match,
    quoted: Evidence | None,
    report: MatchReport,
    numbers: dict[str, int],
    today: date,
    console: Console,
    whole: bool = False,
) -> None:
    """Print one match; `whole` with each clause and its quote, else with their verdicts on one line."""
    asked = item_text(match.qualification, leading_kind(report), numbers)
    _print_beside(verdict_text(match.verdict), Text(folded(asked, ASKED_LENGTH if whole else BRIEF)), console)
    if quoted:
        where = used_text(quoted, match, report.resume, today)
        console.print(indented(quote_text(quoted, match.verdict, where), HANG))
    if whole:
        _print_clauses(match, report.resume, console)
    elif said := unlike_clauses(match):
        console.print(indented(Text(f"{match.joined}: {said}", style="dim"), HANG))
    for note in match.notes:
        console.print(indented(Text(f"checked: {folded(note)}", style="dim"), HANG))


def _print_clauses(match: Match, resume: Resume, console: Console) -> None:
    """Each clause with its verdict, the met beside the one that is not."""
    if match.clauses:
        console.print(indented(Text(f"{JOINED[match.joined]}:", style="dim"), HANG))
    for clause in match.clauses:
        line = Text(folded(clause.text, CLAUSE_LENGTH))
        quoted = clause.evidence
        if quoted and clause.verdict is not Verdict.NONE_FOUND:
            line.append(f"  “{folded(quoted.text, CLAUSE_QUOTE)}”", style="dim")
            line.append(f" — {where_text(quoted, resume)}", style="dim")
        _print_beside(verdict_text(clause.verdict), line, console, HANG)


def _print_beside(verdict: Text, said: Text, console: Console, left: int = INDENT) -> None:
    grid = Table.grid(padding=0)
    grid.add_column(width=HANG - INDENT, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(verdict, said)
    console.print(indented(grid, left))

"""A Ranking for reading in a terminal: the ranked list, then the best quotes of the first candidates.

Set at 100 columns; it wraps below that. Colours and bold come from rich and vanish in a pipe, so every
verdict is also a sign and a word. Texts from files are shown as they are, never as markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matcher.reports.wording import (
    KINDS,
    NONE_FOUND_MEANS,
    PERSON_DECIDES,
    SET_ASIDE,
    SIGNS,
    candidate_name,
    count,
    folded,
    headline,
    kinds_in,
    matches_of,
    pages_text,
    place_text,
    score_text,
    set_aside_text,
    share_text,
    short_sources,
    verdict_counts,
    weight_text,
)
from matcher.types import Match, MatchReport, QualificationKind, Ranking, Role, Verdict

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
# Below this width the list keeps only the leading kind of qualification.
WIDE = 90
# Columns before a candidate's lines, and before the text beside a verdict.
INDENT = 3
HANG = 18


def print_ranking(ranking: Ranking, console: Console, details: int = 3) -> None:
    """Print the list of candidates, the quotes of the first `details` of them, and what was rejected."""
    _print_heading(ranking, console)
    if ranking.reports:
        console.print(_list(ranking, wide=console.width >= WIDE))
    else:
        console.print(Text("No candidate could be ranked."))
    for report in ranking.reports[: max(0, details)]:
        _print_candidate(report, console)
    if ranking.reports[max(0, details) :] and details > 0:
        shown = min(details, len(ranking.reports))
        console.print(Text(f"\nQuotes of the first {shown} of {count(len(ranking.reports), 'candidate')}."))
    if ranking.rejected:
        _print_rejected(ranking, console)
    console.print(Text(f"\n{PERSON_DECIDES} {NONE_FOUND_MEANS}", style="dim"))


def role_line(role: Role) -> Text:
    """Title and company of a role, for a heading."""
    line = Text(folded(role.title or "Role without a title"), style="bold")
    if role.company:
        line.append(f" · {folded(role.company)}")
    return line


def verdict_text(verdict: Verdict) -> Text:
    """A verdict as sign and word, in its style."""
    return Text(f"{SIGNS[verdict]} {verdict}", style=STYLES[verdict])


def _print_heading(ranking: Ranking, console: Console) -> None:
    engine = ranking.engine
    console.print(role_line(ranking.role))
    console.print(
        Text(f"As of {ranking.today} · matcher {engine.version} · model {folded(engine.model)}", style="dim")
    )
    asked = []
    for kind in QualificationKind:
        weights = [item.weight for item in ranking.role.qualifications if item.kind is kind]
        if weights:
            span = sorted({weight_text(min(weights)), weight_text(max(weights))}, key=float)
            asked.append(f"{len(weights)} {kind.value} (weight {'–'.join(span)})")
    console.print(Text(f"{count(len(ranking.role.qualifications), 'qualification')}: {', '.join(asked)}"))
    console.print(Text("  ").join(verdict_text(verdict) for verdict in Verdict))
    console.print()


def _list(ranking: Ranking, wide: bool) -> Table:
    kinds = _scored_kinds(ranking.reports)[: 2 if wide else 1]
    sources = short_sources(ranking)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("Candidate", ratio=1, overflow="fold")
    for kind in kinds:
        table.add_column(KINDS[kind], no_wrap=True)
    table.add_column("Score", justify="right", no_wrap=True)
    table.add_column("Coverage", justify="right", no_wrap=True)
    for report in ranking.reports:
        table.add_row(
            str(report.rank),
            _who(report, folded(sources[report.source])),
            *(_counts(matches_of(report, kind)) for kind in kinds),
            score_text(report.score),
            share_text(report.coverage),
        )
    return table


def _scored_kinds(reports: Sequence[MatchReport]) -> list[QualificationKind]:
    """Required and preferred; responsibilities only where the posting has nothing else."""
    kinds = kinds_in(reports)
    return [kind for kind in kinds if kind is not QualificationKind.RESPONSIBILITY] or kinds


def _who(report: MatchReport, source: str) -> Text:
    name = candidate_name(report)
    line = Text(name, style="bold")
    if source != name:
        line.append(f"\n{source}", style="dim not bold")
    warning = set_aside_text(report)
    if warning:
        line.append(f"\nset aside: {warning}", style="yellow not bold")
    return line


def _counts(matches: Sequence[Match]) -> Text:
    """Each verdict's count in a place of its own, so that a column can be scanned: " 5 ●  1 ◐  · " ..."""
    counts = verdict_counts(matches)
    cells = []
    for verdict in Verdict:
        number = counts[verdict]
        cells.append(
            Text(f"{number:>2}{SIGNS[verdict]}", style=STYLES[verdict])
            if number
            else Text("  ·", style="dim")
        )
    return Text(" ").join(cells)


def _print_candidate(report: MatchReport, console: Console) -> None:
    title = Text(f"{report.rank}  ", style="bold")
    title.append(candidate_name(report))
    console.print(Text("\n").append(title))
    line = f"{headline(report)} · score {score_text(report.score)} · coverage {share_text(report.coverage)}"
    console.print(_indented(Text(line)))
    for kind in _scored_kinds([report]):
        console.print(_indented(Text(KINDS[kind], style="bold"), above=1))
        for match in matches_of(report, kind):
            _print_match(match, report, console)
    for item in report.set_aside:
        where = pages_text(item.places)
        said = f"{SET_ASIDE[item.kind]}{f' on {where}' if where else ''}, not scored: {folded(item.reason)}"
        if item.text:
            said += f" “{folded(item.text, SET_ASIDE_LENGTH)}”"
        console.print(_indented(Text(said, style="yellow"), above=1))


def _print_match(match: Match, report: MatchReport, console: Console) -> None:
    line = verdict_text(match.verdict)
    grid = Table.grid(padding=0)
    grid.add_column(width=HANG - INDENT, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(line, Text(folded(match.qualification.text, ASKED_LENGTH)))
    console.print(_indented(grid))
    if match.evidence:
        best = match.evidence[0]
        nearest = match.verdict is Verdict.NONE_FOUND
        quote = Text("nearest, not enough to count: " if nearest else "")
        quote.append(f"“{folded(best.text, QUOTE_LENGTH)}”", style="dim" if nearest else "")
        quote.append(f"\n— {place_text(best, report.resume)}", style="dim")
        console.print(_indented(quote, HANG))
    for note in match.notes:
        console.print(_indented(Text(f"checked: {folded(note)}", style="dim"), HANG))


def _indented(shown: RenderableType, left: int = INDENT, above: int = 0) -> Padding:
    return Padding(shown, (above, 0, 0, left), expand=False)


def _print_rejected(ranking: Ranking, console: Console) -> None:
    sources = short_sources(ranking)
    console.print(Text(f"\nCould not be read: {count(len(ranking.rejected), 'file')}", style="bold"))
    for item in ranking.rejected:
        line = Text(f"{folded(sources[item.source])}  ")
        line.append(f"{item.code}: {folded(item.message)}", style="dim")
        console.print(_indented(line))

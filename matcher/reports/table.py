"""A Ranking for reading in a terminal: the ranked list, then the best quotes of the first candidates.

Set at 100 columns; it wraps below that. Colours and bold come from rich and vanish in a pipe, so every
verdict is also a sign and a word. Texts from files are shown as they are, never as markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matcher.matching import TOP, Summary, best_quotes, doubts, summarise
from matcher.reports.edits import print_edits
from matcher.reports.overview import (
    NEAR_EQUAL,
    PARTLY_READ,
    numbers_of,
    partly_line,
    pool_lines,
    reranked_line,
    shown_by,
    tier_groups,
    where_text,
)
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
    leading_kind,
    matches_of,
    pages_text,
    set_aside_text,
    short_sources,
    verdict_counts,
    weight_text,
)
from matcher.types import Evidence, Match, MatchReport, QualificationKind, Ranking, Role, Verdict

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
# Columns of a candidate's name in the list, and the width below which its verdicts stand under the name.
NAME = 32
WIDE = 96
# Columns of the two counts behind a requirement; characters of a requirement in a candidate's short lines.
COUNTED = 24
BRIEF = 76
# Columns before a candidate's lines, and before the text beside a verdict.
INDENT = 3
HANG = 18


def print_ranking(ranking: Ranking, console: Console, top: int | None = None) -> None:
    """Print what the pool shows, the candidates by tier, and of the first ones the best quotes and doubts.

    With `top` that many are shown, with every qualification. The rejected files follow.
    """
    summary = summarise(ranking)
    shown = ranking.reports[:top]
    numbers = numbers_of(ranking.role)
    _print_heading(ranking, console)
    if shown:
        _print_pool(ranking, summary, console)
        _print_list(ranking, summary, top, console)
    else:
        console.print(Text("No candidate could be ranked."))
    for report, tier in list(zip(shown, summary.tiers, strict=False))[: top or TOP]:
        _print_candidate(report, tier, numbers, console)
        if top is not None:
            _print_qualifications(report, numbers, console)
    if shown and top is None:
        first = f"of the first {TOP} of {len(shown)} candidates " if len(shown) > TOP else ""
        console.print(
            Text(
                f"\nBest quotes and largest doubts {first}are shown; --top N or --format html quotes all.",
                "dim",
            )
        )
    print_closing(ranking, console)


def print_closing(ranking: Ranking, console: Console) -> None:
    """Print what could not be read, and who decides."""
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
    print_edits(ranking.role, console)
    console.print()


def _print_pool(ranking: Ranking, summary: Summary, console: Console) -> None:
    """What was asked, how many show it, what nobody shows, and how the top hangs on the weights."""
    console.print(Text(f"{KINDS[summary.kind]}, and how many of {len(ranking)} show it", style="bold"))
    asked = [item for item in ranking.role.qualifications if item.kind is summary.kind]
    for number, item in enumerate(asked, 1):
        strong, partial = (shown_by(ranking, item, verdict) for verdict in (Verdict.STRONG, Verdict.PARTIAL))
        line = Text(f"{number:>{INDENT}}  ")
        line.append(folded(item.text, console.width - COUNTED - INDENT - 4))
        line.pad_right(console.width - COUNTED - line.cell_len)
        line.append(f"{strong:>4} strong", style=STYLES[Verdict.STRONG] if strong else "dim")
        line.append(f"{partial:>4} partial", style=STYLES[Verdict.PARTIAL] if partial else "dim")
        console.print(line)
    console.print()
    for said in pool_lines(ranking, summary):
        console.print(Text(said, style="bold"))
    for tried in summary.reranked:
        console.print(Text(reranked_line(tried, ranking.reports, summary)))
    partly = partly_line(ranking.reports)
    if partly:
        console.print(Text(partly, style="yellow"))


def _print_list(ranking: Ranking, summary: Summary, top: int | None, console: Console) -> None:
    sources = short_sources(ranking)
    for heading, places in tier_groups(summary, top):
        partly = summary.tiers[places[0]] is None
        console.print(Text(f"\n{heading}", style="bold yellow" if partly else "bold"))
        if partly:
            console.print(Text(PARTLY_READ, style="dim"))
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(justify="right", no_wrap=True, width=3)
        if console.width >= WIDE:
            grid.add_column(overflow="fold", width=NAME)
        grid.add_column(overflow="fold", ratio=1)
        for place in places:
            report = ranking.reports[place]
            who, shows = who_text(report, folded(sources[report.source])), _shows(report)
            cells = (who, shows) if console.width >= WIDE else (who.append("\n").append(shows),)
            grid.add_row(str(report.rank), *cells)
        console.print(grid)
    tiers = [tier for tier in summary.tiers if tier]
    if len(set(tiers)) < len(tiers):
        console.print(Text(f"\n{NEAR_EQUAL}", style="dim"))


def who_text(report: MatchReport, source: str) -> Text:
    """A candidate's name and, under it, the file where that says more."""
    name = candidate_name(report)
    line = Text(name, style="bold")
    if source != name:
        line.append(f"\n{source}", style="dim not bold")
    return line


def _shows(report: MatchReport) -> Text:
    """The first line of a candidate, and under it what it shows of the other kinds."""
    line = first_line(report)
    for kind in _scored_kinds([report])[1:]:
        if any(match.verdict is not Verdict.NONE_FOUND for match in matches_of(report, kind)):
            line.append(f"\n{_counted(report, kind)}", style="dim not bold")
    return line


def first_line(report: MatchReport) -> Text:
    """The verdicts of the leading kind in words, and what was wrong with the file."""
    line = Text(headline(report))
    warning = set_aside_text(report)
    return line.append(f" ⚑ {warning}", style="yellow") if warning else line


def _counted(report: MatchReport, kind: QualificationKind) -> str:
    counts = verdict_counts(matches_of(report, kind))
    return f"{KINDS[kind]}: " + ", ".join(
        f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict]
    )


def _scored_kinds(reports: Sequence[MatchReport]) -> list[QualificationKind]:
    """Required and preferred; responsibilities only where the posting has nothing else."""
    kinds = kinds_in(reports)
    return [kind for kind in kinds if kind is not QualificationKind.RESPONSIBILITY] or kinds


def _print_candidate(
    report: MatchReport, tier: int | None, numbers: dict[str, int], console: Console
) -> None:
    """A candidate in ten seconds: first line, best quotes, largest doubts."""
    title = Text(f"{report.rank}  ", style="bold").append(candidate_name(report))
    title.append(f" · tier {tier}" if tier else " · read only in part", style="not bold dim")
    console.print(Text("\n").append(title))
    console.print(_indented(first_line(report)))
    console.print(_indented(Text("Best quotes", style="bold")))
    quotes = best_quotes(report)
    for highlight in quotes:
        _print_match(highlight.match, highlight.evidence, report, numbers, console, BRIEF)
    if not quotes:
        console.print(_indented(Text("none that counts", style="dim")))
    left = doubts(report)
    if left:
        console.print(_indented(Text("Largest doubts", style="bold")))
    for match in left:
        quoted = match.evidence[0] if match.evidence else None
        _print_match(match, quoted, report, numbers, console, BRIEF)


def _print_qualifications(report: MatchReport, numbers: dict[str, int], console: Console) -> None:
    """Every scored qualification with its best quote, and what was set aside."""
    for kind in _scored_kinds([report]):
        console.print(_indented(Text(KINDS[kind], style="bold"), above=1))
        for match in matches_of(report, kind):
            _print_match(match, match.evidence[0] if match.evidence else None, report, numbers, console)
    for item in report.set_aside:
        where = pages_text(item.places)
        said = f"{SET_ASIDE[item.kind]}{f' on {where}' if where else ''}, not scored: {folded(item.reason)}"
        if item.text:
            said += f" “{folded(item.text, SET_ASIDE_LENGTH)}”"
        console.print(_indented(Text(said, style="yellow"), above=1))


def _print_match(
    match: Match,
    quoted: Evidence | None,
    report: MatchReport,
    numbers: dict[str, int],
    console: Console,
    limit: int = ASKED_LENGTH,
) -> None:
    grid = Table.grid(padding=0)
    grid.add_column(width=HANG - INDENT, no_wrap=True)
    grid.add_column(overflow="fold")
    asked = match.qualification
    kind = "" if asked.kind is leading_kind(report) else f"{asked.kind.value} "
    grid.add_row(verdict_text(match.verdict), Text(f"{kind}{numbers[asked.id]}. {folded(asked.text, limit)}"))
    console.print(_indented(grid))
    if quoted:
        nearest = match.verdict is Verdict.NONE_FOUND
        quote = Text("nearest, not enough to count: " if nearest else "")
        quote.append(f"“{folded(quoted.text, QUOTE_LENGTH)}”", style="dim" if nearest else "")
        quote.append(f"\n— {where_text(quoted, report.resume)}", style="dim")
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

"""A Ranking for reading in a terminal: the ranked list, then the best quotes of the first candidates.

Set at 100 columns; it wraps below that. Colours and bold come from rich and vanish in a pipe, so every
verdict is also a sign and a word. Texts from files are shown as they are, never as markup.
"""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from matcher.matching import TOP, Summary, summarise
from matcher.reports.apart import ASK, ASK_WHY, counts_of, judged, numbers_of, questions
from matcher.reports.edits import print_edits, revision_line
from matcher.reports.overview import (
    NEAR_EQUAL,
    PARTLY_READ,
    apart_lines,
    partly_line,
    pool_lines,
    reranked_line,
    shown_by,
    tier_groups,
)
from matcher.reports.table_candidate import (
    HANG,
    INDENT,
    STYLES,
    first_line,
    indented,
    print_candidate,
    print_qualifications,
    scored_kinds,
)
from matcher.reports.wording import (
    KINDS,
    NONE_FOUND_MEANS,
    PERSON_DECIDES,
    candidate_name,
    count,
    counts_text,
    folded,
    matches_of,
    short_sources,
)
from matcher.types import MatchReport, QualificationKind, Ranking, Role, Verdict

# Columns of a candidate's name in the list, and the width below which its verdicts stand under the name.
NAME = 32
WIDE = 96
# Columns of the two counts behind a requirement.
COUNTED = 24


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
        print_candidate(report, tier, numbers, ranking.today, console)
        if top is not None:
            print_qualifications(report, numbers, ranking.today, console)
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
    """Print what to ask every candidate, what could not be read, and who decides."""
    _print_questions(ranking.role, console)
    if ranking.rejected:
        _print_rejected(ranking, console)
    console.print(Text(f"\n{PERSON_DECIDES} {NONE_FOUND_MEANS}", style="dim"))


def role_line(role: Role) -> Text:
    """Title and company of a role, for a heading."""
    line = Text(folded(role.title or "Role without a title"), style="bold")
    if role.company:
        line.append(f" · {folded(role.company)}")
    return line


def _print_heading(ranking: Ranking, console: Console) -> None:
    engine = ranking.engine
    console.print(role_line(ranking.role))
    console.print(
        Text(f"As of {ranking.today} · matcher {engine.version} · model {folded(engine.model)}", style="dim")
    )
    number = len(ranking.role.qualifications)
    console.print(Text(f"{count(number, 'qualification')}: {counts_of(ranking.role, weights=True)}"))
    print_edits(ranking.role, console)
    if ranking.revision is not None:
        console.print(Text(revision_line(ranking.revision)))
    console.print()


def _print_pool(ranking: Ranking, summary: Summary, console: Console) -> None:
    """What was asked, how many show it, what nobody shows, and how the top hangs on the weights."""
    console.print(Text(f"{KINDS[summary.kind]}, and how many of {len(ranking)} show it", style="bold"))
    numbers = numbers_of(ranking.role)
    for item in [item for item in judged(ranking.role) if item.kind is summary.kind]:
        strong, partial = (shown_by(ranking, item, verdict) for verdict in (Verdict.STRONG, Verdict.PARTIAL))
        line = Text(f"{numbers[item.id]:>{INDENT}}  ")
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
    for said in apart_lines(ranking.role):
        console.print(Text(said))
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
    for kind in scored_kinds([report])[1:]:
        if any(match.verdict is not Verdict.NONE_FOUND for match in matches_of(report, kind)):
            line.append(f"\n{_counted(report, kind)}", style="dim not bold")
    return line


def _counted(report: MatchReport, kind: QualificationKind) -> str:
    return f"{KINDS[kind]}: {counts_text(matches_of(report, kind), report.resume)}"


def _print_questions(role: Role, console: Console) -> None:
    """What only an interview shows, each with its question, once for all candidates."""
    found = questions(role)
    if not found:
        return
    console.print(Text(f"\n{ASK}", style="bold").append(f"  {ASK_WHY}", style="not bold dim"))
    for item in found:
        asked = f"{item.asked.kind.value} {item.number}."
        console.print(indented(Text(f"{asked:<{HANG - INDENT}}").append(folded(item.asked.text))))
        console.print(indented(Text(folded(item.text), style="bold"), HANG))


def _print_rejected(ranking: Ranking, console: Console) -> None:
    sources = short_sources(ranking)
    console.print(Text(f"\nCould not be read: {count(len(ranking.rejected), 'file')}", style="bold"))
    for item in ranking.rejected:
        line = Text(f"{folded(sources[item.source])}  ")
        line.append(f"{item.code}: {folded(item.message)}", style="dim")
        console.print(indented(line))

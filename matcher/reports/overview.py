"""The words for what a reader should see first: above the list, and on a candidate's first lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from matcher.matching import Reranked, Reweighing, Summary, evidence_kind, last_used, partly_assessed
from matcher.reports.apart import items_text, judged, listed, questions, repeated_lines
from matcher.reports.wording import candidate_name, count, folded, place_text
from matcher.types import (
    Evidence,
    Joined,
    Match,
    MatchReport,
    Qualification,
    QualificationKind,
    Ranking,
    Resume,
    Role,
    Verdict,
)

# Moves named in a sentence about other weights: more would be a table.
MOVES = 3

JOINED = {
    Joined.ALL: "All of these are asked",
    Joined.ANY: "One of these is enough",
}
REWEIGHINGS = {
    Reweighing.LEADING_ONLY: "With the {kind} items alone",
    Reweighing.EQUAL: "With equal weights",
}
NEAR_EQUAL = "The evidence cannot tell the candidates of one tier apart; their order inside it means little."
PARTLY_READ = (
    "Too little of these resumes could be read. They stand in the order of what could be assessed and do not "
    "compare with the others: open the files, or ask for better copies."
)


def item_text(asked: Qualification, leading: QualificationKind, numbers: Mapping[str, int]) -> str:
    """A qualification with its number, and its kind unless that is the leading one: "preferred 2. French"."""
    kind = "" if asked.kind is leading else f"{asked.kind.value} "
    return f"{kind}{numbers[asked.id]}. {folded(asked.text)}"


def where_text(evidence: Evidence, resume: Resume) -> str:
    """Where a quote stands and what kind of evidence it is: "page 2 · Cook, Harbour Inn, 2019 · listed"."""
    parts = (place_text(evidence, resume), evidence_kind(evidence, resume))
    return " · ".join(part for part in parts if part)


def used_text(evidence: Evidence, match: Match, resume: Resume, today: date) -> str:
    """`where_text`; beside a match's first quote with when it was last used, if that is not the present:
    "page 2 · Cook, Harbour Inn, 2017 – 2019 · described in a dated position · last used 2019"."""
    year = last_used(match, resume, today) if evidence is match.evidence[0] else None
    return where_text(evidence, resume) + (f" · last used {year}" if year else "")


def clauses_text(match: Match) -> str:
    """What was found for each clause: "strong: Python; none found: Tableau", or "" for one whole."""
    return "; ".join(f"{clause.verdict}: {folded(clause.text)}" for clause in match.clauses)


def unlike_clauses(match: Match) -> str:
    """What was found for each clause, by verdict ("strong: Python; none found: SQL, Tableau"), where the
    clauses have unlike verdicts: else the verdict of the whole says it all."""
    found = {clause.verdict for clause in match.clauses}
    if len(found) < 2:
        return ""
    return "; ".join(
        f"{verdict}: " + ", ".join(folded(each.text) for each in match.clauses if each.verdict is verdict)
        for verdict in Verdict
        if verdict in found
    )


def tier_groups(summary: Summary, top: int | None = None) -> list[tuple[str, list[int]]]:
    """The places in `ranking.reports` of each group with its heading: the tiers, then the partly assessed.

    `top` keeps the first places alone.
    """
    groups: list[tuple[int | None, list[int]]] = []
    for place, tier in enumerate(summary.tiers[:top]):
        if not groups or groups[-1][0] != tier:
            groups.append((tier, []))
        groups[-1][1].append(place)
    return [(_tier_heading(tier, summary.tiers.count(tier)), places) for tier, places in groups]


def _tier_heading(tier: int | None, size: int) -> str:
    if tier is None:
        return f"Read only in part: {count(size, 'candidate')}"
    return f"Tier {tier}: {count(size, 'candidate')}"


def shown_by(ranking: Ranking, asked: Qualification, verdict: Verdict) -> int:
    """How many candidates have this verdict for a qualification."""
    return sum(
        match.verdict == verdict and match.qualification.id == asked.id
        for report in ranking.reports
        for match in report.matches
    )


# --------------------------------------------------------------------------- above the list


def pool_lines(ranking: Ranking, summary: Summary) -> list[str]:
    """What the pool as a whole does not show, in sentences; [] where someone meets every item strongly."""
    if not summary.candidates:
        return []
    who = "No candidate shows" if summary.candidates > 1 else "The only candidate does not show"
    lines = []
    asked = sum(item.kind is summary.kind for item in judged(ranking.role))
    if summary.without_evidence and len(summary.without_evidence) == asked:
        lines.append(f"{who} evidence for any {items_text(summary.kind, ())}.")
    elif summary.without_evidence:
        lines.append(f"{who} evidence for {items_text(summary.kind, summary.without_evidence)}.")
    if summary.only_partial:
        partly = items_text(summary.kind, summary.only_partial)
        lines.append(f"{who} more than partial evidence for {partly}.")
    return lines


def apart_lines(role: Role) -> list[str]:
    """What resumes are not judged by, in sentences: what to ask in an interview, what is said twice."""
    lines = repeated_lines(role)
    for kind in QualificationKind:
        numbers = [item.number for item in questions(role) if item.asked.kind is kind]
        if numbers:
            verb = "is" if len(numbers) == 1 else "are"
            said = items_text(kind, numbers).capitalize()
            lines.append(f"{said} {verb} for an interview: the questions stand below.")
    return lines


def partly_line(reports: Sequence[MatchReport]) -> str:
    """That some resumes were read only in part and where they stand, or ""."""
    number = sum(map(partly_assessed, reports))
    if not number:
        return ""
    verb = "was" if number == 1 else "were"
    return f"{count(number, 'resume')} {verb} read only in part: see the group after the tiers."


def reranked_line(tried: Reranked, reports: Sequence[MatchReport], summary: Summary) -> str:
    """How the top changes under other weights, in one sentence. `reports` are those of the whole ranking.

    Who changes places inside a tier is not named: the order there means little under any weights.
    """
    size = len(tried.order)
    start = REWEIGHINGS[tried.weights].format(kind=summary.kind.value)
    if tried.order == tuple(range(size)):
        return f"{start}, the first {size} stay as they are."
    left = [place for place in range(size) if place not in tried.order]
    crossed = _crossing((*tried.order, *left), summary.tiers)
    if not crossed:
        return f"{start}, the first {size} change places inside their tiers alone."
    entered = [place for place in tried.order if place >= size]
    moves = [
        (place, now) for now, place in enumerate(tried.order) if place in crossed and now != place < size
    ]
    moves.sort(key=lambda move: -abs(move[0] - move[1]))
    parts = []
    if entered:
        names, gone = _named(entered, reports), _named(left, reports)
        parts.append(f"the first {size} gain {names} and lose {gone}")
    if moves:
        said = [f"{candidate_name(reports[place])} from {place + 1} to {now + 1}" for place, now in moves]
        same = "" if entered or size == len(reports) else f"the same {size} lead; "
        parts.append(f"{same}places change: {_some(said)}")
    return f"{start}, {'; '.join(parts)}."


def _crossing(order: Sequence[int], tiers: Sequence[int | None]) -> set[int]:
    """The places that stand before one of a better tier in `order`, and those that they stand before."""
    pairs = [
        (place, other)
        for before, place in enumerate(order)
        for other in order[before + 1 :]
        if place > other and tiers[place] != tiers[other]
    ]
    return {place for pair in pairs for place in pair}


def _named(places: Sequence[int], reports: Sequence[MatchReport]) -> str:
    return _some([f"{candidate_name(reports[place])} (now {place + 1})" for place in places])


def _some(said: Sequence[str]) -> str:
    """The first MOVES in a sentence, and how many more there are."""
    if len(said) > MOVES + 1:
        return listed([*said[:MOVES], f"{len(said) - MOVES} more"])
    return listed(said)


# --------------------------------------------------------------------------- a doubt


def doubt_text(match: Match) -> str:
    """Why a match leaves something to ask, in words: what was checked, the clauses, what a verdict means."""
    by_clause = unlike_clauses(match)
    said = [*match.notes[:1], by_clause]
    if any(said):
        return "; ".join(part for part in said if part)
    if match.verdict is Verdict.UNKNOWN:
        return "too little of the resume could be read to say"
    if match.verdict is Verdict.NONE_FOUND and not match.evidence:
        return "nothing close to it was recognised"
    return ""

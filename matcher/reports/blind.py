"""A Ranking without names, contact, employers, schools and file names, for a reader who should not know them.

Neutral labels stand in their places: "Candidate c3f2a", "[employer A]", "[school A]". Every report then shows
the blind ranking as it shows any other. Scores, verdicts, order and offsets are those of the open ranking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from matcher.reports.blind_words import Words, words_of
from matcher.types import (
    Contact,
    Education,
    Evidence,
    Match,
    MatchReport,
    Position,
    Ranking,
    Resume,
    SetAside,
)

# Characters of a candidate's id that a label shows, more only where two candidates share them.
_SHORTEST = 5


def blinded(ranking: Ranking) -> Ranking:
    """The ranking with everything masked that says who the candidates are; `blind` is set.

    What the parser did not recognise as a name, an employer or a school stays where a quote holds it.
    """
    if ranking.blind:
        return ranking
    labels = _labels([report.candidate_id for report in ranking.reports])
    return replace(
        ranking,
        reports=tuple(_report(report, labels[report.candidate_id]) for report in ranking.reports),
        rejected=tuple(
            replace(item, source=f"unread file {number}") for number, item in enumerate(ranking.rejected, 1)
        ),
        blind=True,
    )


def _labels(ids: Sequence[str]) -> dict[str, str]:
    """ "Candidate c3f2a" for each id: its beginning, as long as it takes to tell it from the others."""
    labels = {}
    different = sorted(set(ids))
    for at, name in enumerate(different):
        beside = different[max(0, at - 1) : at] + different[at + 1 : at + 2]
        shared = max((_shared(name, other) for other in beside), default=0)
        labels[name] = f"Candidate {name[: max(_SHORTEST, shared + 1)]}"
    return labels


def _shared(one: str, other: str) -> int:
    """How many characters two ids have in common at the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _report(report: MatchReport, label: str) -> MatchReport:
    words = words_of(report.resume)
    set_aside = tuple(_set_aside(item, words) for item in report.set_aside)
    return replace(
        report,
        source=report.candidate_id,
        matches=tuple(_match(match, words) for match in report.matches),
        set_aside=set_aside,
        resume=_resume(report.resume, words, label, set_aside),
    )


def _match(match: Match, words: Words) -> Match:
    return replace(
        match,
        evidence=tuple(_evidence(item, words) for item in match.evidence),
        clauses=tuple(
            replace(clause, evidence=_evidence(clause.evidence, words) if clause.evidence else None)
            for clause in match.clauses
        ),
        notes=tuple(words.masked(note) for note in match.notes),
    )


def _evidence(item: Evidence, words: Words) -> Evidence:
    return replace(item, text=words.masked(item.text, item.span), why=words.masked(item.why))


def _set_aside(item: SetAside, words: Words) -> SetAside:
    return replace(item, text=words.masked(item.text, item.span))


def _resume(resume: Resume, words: Words, label: str, set_aside: tuple[SetAside, ...]) -> Resume:
    """What reports show of a resume: its facts with labels, none of its text."""
    return replace(
        resume,
        document=replace(resume.document, text="", lines=(), links=(), set_aside=(), embedded=()),
        source=resume.candidate_id,
        contact=Contact(label),
        identity=(),
        positions=tuple(_position(position, words) for position in resume.positions),
        education=tuple(_education(entry, words) for entry in resume.education),
        skills=tuple(replace(skill, name=words.masked(skill.name, skill.span)) for skill in resume.skills),
        licences=tuple(replace(item, name=words.masked(item.name)) for item in resume.licences),
        snippets=(),
        set_aside=set_aside,
    )


def _position(position: Position, words: Words) -> Position:
    title = words.masked(position.title, position.title_span) if position.title else None
    employer = words.label_of(position.employer) if position.employer else None
    return replace(position, title=title, employer=employer, location=None)


def _education(entry: Education, words: Words) -> Education:
    field = words.masked(entry.field) if entry.field else None
    institution = words.label_of(entry.institution) if entry.institution else None
    return replace(entry, field=field, institution=institution)

"""A Ranking as JSON, schema `matcher.rank/1`, documented field by field in docs/report-format.md.

Every key is always present: null or [] says "none". The same Ranking gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from matcher.matching import (
    Summary,
    best_quotes,
    doubts,
    evidence_kind,
    last_used,
    position_of,
    summarise,
)
from matcher.reports.edits import edits_of, revision_object
from matcher.reports.overview import doubt_text, pool_lines
from matcher.reports.wording import assessed, encodable, headline, set_aside_text
from matcher.roles import interview_question
from matcher.types import (
    Assess,
    ClauseMatch,
    Constraints,
    Evidence,
    Logistics,
    Match,
    MatchReport,
    Place,
    Qualification,
    Ranking,
    Resume,
    Role,
    SetAside,
    Span,
)

SCHEMA = "matcher.rank/1"

# A float32 cosine carries about seven significant digits: more decimals would be noise.
DECIMALS = 6
# A hundredth of a point is 0.0035 mm: finer than a page is drawn.
BOX_DECIMALS = 2

JsonObject: TypeAlias = dict[str, object]


def to_json(ranking: Ranking, top: int | None = None) -> str:
    """The ranking as JSON text: two spaces of indent, non-ASCII letters as they are, a newline at the end.

    `top` keeps the best candidates alone; what is said of the pool is of all.

    Raises ValueError when a score or a box is not a finite number.
    """
    return dumps(ranking_to_dict(ranking, top))


def dumps(value: JsonObject) -> str:
    """`value` as JSON text in the layout all reports share; the order of the keys is kept."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def ranking_to_dict(ranking: Ranking, top: int | None = None) -> JsonObject:
    """The ranking as plain values. No contact data: neither name, e-mail nor phone of a candidate.

    Quotes are verbatim, so what a resume says inside a quoted sentence stays in it.
    """
    summary = summarise(ranking)
    placed = list(zip(ranking.reports, summary.tiers, strict=True))[:top]
    return {
        "schema": SCHEMA,
        **inputs_object(ranking),
        "pool": _pool(ranking, summary),
        "candidates": [
            {**candidate_object(report, tier), **_details(report, ranking.today)} for report, tier in placed
        ],
        "rejected": rejected_list(ranking),
    }


def inputs_object(ranking: Ranking) -> JsonObject:
    """What every score depends on besides the resumes, and whether the report is blind."""
    return {
        "today": ranking.today.isoformat(),
        "engine": {"version": ranking.engine.version, "model": ranking.engine.model},
        "blind": ranking.blind,
        "role_revision": revision_object(ranking.revision),
        "role": role_object(ranking.role),
    }


def rejected_list(ranking: Ranking) -> list[JsonObject]:
    """The files that could not be read."""
    return [
        {"source": encodable(item.source), "code": item.code, "message": encodable(item.message)}
        for item in ranking.rejected
    ]


def role_object(role: Role) -> JsonObject:
    """A role as plain values: what was asked, not the posting's whole text."""
    return {
        "role_id": role.role_id,
        "title": _text(role.title),
        "company": _text(role.company),
        "qualifications": [_qualification(item) for item in role.qualifications],
        "logistics": _logistics(role.logistics),
        "edits": [{name: _text(value) for name, value in edit._asdict().items()} for edit in edits_of(role)],
    }


def _qualification(item: Qualification) -> JsonObject:
    return {
        "id": item.id,
        "text": encodable(item.text),
        "kind": item.kind.value,
        "weight": _number(item.weight),
        "constraints": _constraints(item.constraints),
        "alternatives": [encodable(text) for text in item.alternatives],
        "from_about": [encodable(text) for text in item.from_about],
        "assess": item.assess.value,
        "same_as": item.same_as,
        "question": interview_question(item) if item.assess is Assess.INTERVIEW else None,
    }


def _constraints(asked: Constraints) -> JsonObject:
    return {
        "min_years": _number(asked.min_years),
        "max_years": _number(asked.max_years),
        "degree": asked.degree.value if asked.degree else None,
        "degree_fields": [encodable(field) for field in asked.degree_fields],
        "or_equivalent": asked.or_equivalent,
        "licences": [encodable(name) for name in asked.licences],
        "any_licence": asked.any_licence,
        "languages": [encodable(name) for name in asked.languages],
        "any_language": asked.any_language,
    }


def _logistics(terms: Logistics) -> JsonObject:
    return {
        "location": _text(terms.location),
        "work_mode": terms.work_mode.value if terms.work_mode else None,
        "salary_min": _number(terms.salary_min),
        "salary_max": _number(terms.salary_max),
        "salary_currency": _text(terms.salary_currency),
        "salary_period": _text(terms.salary_period),
        "visa_sponsorship": terms.visa_sponsorship,
        "travel_percent": terms.travel_percent,
    }


def _pool(ranking: Ranking, summary: Summary) -> JsonObject:
    """What is said of all candidates together, also of those that are not shown."""
    asked = [item.id for item in ranking.role.qualifications if item.kind is summary.kind]
    return {
        "candidates": summary.candidates,
        "without_evidence": [asked[number - 1] for number in summary.without_evidence],
        "only_partial": [asked[number - 1] for number in summary.only_partial],
        "lines": pool_lines(ranking, summary),
        "reranked": [
            {
                "weights": tried.weights.value,
                "top": [
                    {
                        "candidate_id": ranking.reports[place].candidate_id,
                        "source": encodable(ranking.reports[place].source),
                        "rank": rank,
                        "rank_as_weighed": ranking.reports[place].rank,
                    }
                    for place, rank in zip(tried.order, tried.ranks, strict=True)
                ],
            }
            for tried in summary.reranked
        ],
    }


def candidate_object(report: MatchReport, tier: int | None) -> JsonObject:
    """A candidate without the matches, as plain values."""
    return {
        "candidate_id": report.candidate_id,
        "source": encodable(report.source),
        "rank": report.rank,
        "score": _number(report.score),
        "coverage": _number(report.coverage),
        "tier": tier,
        "summary": _summary(report),
    }


def _details(report: MatchReport, today: date) -> JsonObject:
    return {
        "matches": [match_object(match, report.resume, today) for match in report.matches],
        "set_aside": [_set_aside(item) for item in report.set_aside],
    }


def _summary(report: MatchReport) -> JsonObject:
    """A candidate in ten seconds; quotes are named by qualification and place in its evidence."""
    could, asked = assessed(report)
    return {
        "line": headline(report),
        "assessed": could,
        "asked": asked,
        "warning": set_aside_text(report) or None,
        "best_quotes": [
            {
                "qualification_id": item.match.qualification.id,
                "evidence": item.match.evidence.index(item.evidence),
            }
            for item in best_quotes(report)
        ],
        "largest_doubts": [
            {"qualification_id": match.qualification.id, "why": _text(doubt_text(match) or None)}
            for match in doubts(report)
        ],
    }


def match_object(match: Match, resume: Resume, today: date) -> JsonObject:
    """What one resume shows for one qualification, as plain values."""
    return {
        "qualification_id": match.qualification.id,
        "verdict": match.verdict.value,
        "strength": _number(match.strength),
        "notes": [encodable(note) for note in match.notes],
        "last_used": last_used(match, resume, today),
        "joined": match.joined.value if match.clauses else None,
        "clauses": [_clause(clause, resume) for clause in match.clauses],
        "evidence": [_evidence(item, resume) for item in match.evidence],
    }


def _clause(clause: ClauseMatch, resume: Resume) -> JsonObject:
    return {
        "text": encodable(clause.text),
        "verdict": clause.verdict.value,
        "strength": _number(clause.strength),
        "evidence": _evidence(clause.evidence, resume) if clause.evidence else None,
    }


def _evidence(item: Evidence, resume: Resume) -> JsonObject:
    position = position_of(item, resume)
    return {
        "text": encodable(item.text),
        **_where(item.span, item.places),
        "section": item.section.value,
        "kind": evidence_kind(item, resume).value,
        "job_title": _text(position.title if position else None),
        "dates": (str(position.period or "") or None) if position else None,
        "strength": _number(item.strength),
        "why": encodable(item.why),
    }


def _set_aside(item: SetAside) -> JsonObject:
    return {
        "kind": item.kind.value,
        "reason": encodable(item.reason),
        "text": encodable(item.text),
        **_where(item.span, item.places),
    }


def _where(span: Span | None, places: Sequence[Place]) -> JsonObject:
    """Page, offsets and boxes of a quote; each box names its page, for a quote may run over two."""
    boxes = [
        {"page": place.page}
        | {side: round(float(edge), BOX_DECIMALS) + 0.0 for side, edge in place.box._asdict().items()}
        for place in places
    ]
    return {
        "page": places[0].page if places else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "boxes": boxes or None,
    }


def _number(value: float | None) -> float | None:
    """`value` rounded, as a plain float (also from a NumPy scalar), without a negative zero."""
    return None if value is None else round(float(value), DECIMALS) + 0.0


def _text(value: str | None) -> str | None:
    return None if value is None else encodable(value)

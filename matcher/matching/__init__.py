"""Qualifications and snippets to matches: retrieve -> weigh -> explain, then score and order."""

from matcher.matching.copying import without_copies
from matcher.matching.demand import RoleProfile, clauses_of
from matcher.matching.estimate import likeliest, searched
from matcher.matching.estimate_lines import Hits
from matcher.matching.idle import idle_lines
from matcher.matching.kinds import EvidenceKind, evidence_kind, is_dated, position_of
from matcher.matching.lexical import Terms, terms
from matcher.matching.match import match_resume
from matcher.matching.outline import Outline, outline, outline_bytes, outline_from
from matcher.matching.outlines import Outlines
from matcher.matching.prepared import (
    Prepared,
    copies,
    prepare,
    prepared_bytes,
    prepared_from,
    prepared_start,
    prepared_without,
)
from matcher.matching.recency import last_used
from matcher.matching.score import partly_assessed, ranked, score, with_weights, worth
from matcher.matching.seen import snippet_strengths
from matcher.matching.summary import (
    TOP,
    Highlight,
    Reranked,
    Reweighing,
    Summary,
    best_quotes,
    doubts,
    is_judged,
    leading_kind,
    summarise,
)
from matcher.matching.tiers import tiers_of
from matcher.matching.wordings import best_wordings, with_wordings

__all__ = [
    "TOP",
    "EvidenceKind",
    "Highlight",
    "Hits",
    "Outline",
    "Outlines",
    "Prepared",
    "Reranked",
    "Reweighing",
    "RoleProfile",
    "Summary",
    "Terms",
    "best_quotes",
    "best_wordings",
    "clauses_of",
    "copies",
    "doubts",
    "evidence_kind",
    "idle_lines",
    "is_dated",
    "is_judged",
    "last_used",
    "leading_kind",
    "likeliest",
    "match_resume",
    "outline",
    "outline_bytes",
    "outline_from",
    "partly_assessed",
    "position_of",
    "prepare",
    "prepared_bytes",
    "prepared_from",
    "prepared_start",
    "prepared_without",
    "ranked",
    "score",
    "searched",
    "snippet_strengths",
    "summarise",
    "terms",
    "tiers_of",
    "with_weights",
    "with_wordings",
    "without_copies",
    "worth",
]

"""Qualifications and snippets to matches: retrieve -> weigh -> explain, then score and order."""

from matcher.matching.copying import without_copies
from matcher.matching.lexical import Terms, terms
from matcher.matching.match import RoleProfile, match_resume, snippet_strengths
from matcher.matching.score import ranked, score, with_weights

__all__ = [
    "RoleProfile",
    "Terms",
    "match_resume",
    "ranked",
    "score",
    "snippet_strengths",
    "terms",
    "with_weights",
    "without_copies",
]

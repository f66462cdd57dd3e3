"""Why a snippet is quoted, in words a person can check against the quote."""

from __future__ import annotations

from matcher.matching.lexical import Terms, shared

# From which cosine of the bundled encoder a snippet is near and from which it is close: of lines of real
# resumes that search had found, 85 % from 0.6 on were graded as evidence, 43 % between the two, 5 % below. A
# reader gets the words alone, for the second decimal of a cosine says nothing.
CLOSE, NEAR = 0.6, 0.4


def because(wanted: Terms, snippet: Terms, cosine: float) -> str:
    """How near the two are in meaning, and the most telling words that qualification and snippet share."""
    words = shared(wanted, snippet)
    common = f"shares: {', '.join(words)}" if words else "no telling word in common"
    return f"{_nearness(cosine)}; {common}"


def _nearness(cosine: float) -> str:
    if cosine >= CLOSE:
        return "close in meaning"
    return "near in meaning" if cosine >= NEAR else "not near in meaning"

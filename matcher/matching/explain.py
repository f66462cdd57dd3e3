"""Why a snippet is quoted, in words a person can check against the quote."""

from __future__ import annotations

from matcher.matching.lexical import Terms, shared


def because(wanted: Terms, snippet: Terms, cosine: float) -> str:
    """The similarity in meaning, and the most telling words that qualification and snippet share."""
    words = shared(wanted, snippet)
    meaning = f"similarity in meaning {cosine:.2f}"
    return f"{meaning}; shares: {', '.join(words)}" if words else f"{meaning}; no telling word in common"

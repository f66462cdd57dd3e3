"""Why a snippet is quoted, in words a person can check against the quote."""

from __future__ import annotations

from matcher.matching.lexical import Terms

# How many shared words are named; more would be a second copy of the quote.
_NAMED = 4


def because(wanted: Terms, snippet: Terms, cosine: float) -> str:
    """The similarity in meaning and the most telling words that qualification and snippet share."""
    shared = [
        (weight, name)
        for name, weight in zip(wanted.order, wanted.weights, strict=True)
        if name in snippet.stems
    ]
    shared.sort(key=lambda pair: (-pair[0], pair[1]))
    words = [wanted.written[name] for weight, name in shared[:_NAMED] if weight]
    meaning = f"similarity in meaning {cosine:.2f}"
    return f"{meaning}; shares: {', '.join(words)}" if words else f"{meaning}; no word in common"

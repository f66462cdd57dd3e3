"""Quotes: snippets as evidence, and the places where checked facts are stated."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.matching.candidate import Candidate
from matcher.matching.checks import Outcome
from matcher.matching.verdicts import FACT_STRENGTH, Checks
from matcher.types import Evidence, SectionKind, Span


def quote(candidate: Candidate, index: int, strength: float, why: str) -> Evidence:
    """The snippet (index) as evidence of that strength, and why it is."""
    resume = candidate.resume
    snippet = resume.snippets[index]
    return Evidence(
        text=snippet.text,
        span=snippet.span,
        section=snippet.section,
        strength=strength,
        why=why + candidate.prepared.repeated.get(index, ""),
        places=resume.document.places(snippet.span),
        position=snippet.position,
    )


def with_facts(
    candidate: Candidate, checks: Checks, evidence: Sequence[Evidence], quotes: int
) -> tuple[Evidence, ...]:
    """The quotes, with the places where checked facts are stated before them (years stay in the notes)."""
    if not checks:
        return tuple(evidence[:quotes])
    facts: list[Evidence] = []
    for name, check in checks:
        if name == "years":
            continue
        strength = FACT_STRENGTH if check.outcome is Outcome.MET else check.share
        for span in check.spans:
            fact = _fact(candidate, span, strength, check.note)
            if not any(fact.span.overlaps(other.span) for other in facts):
                facts.append(fact)
    taken = [fact.span for fact in facts]
    words = [quote for quote in evidence if not any(quote.span.overlaps(span) for span in taken)]
    return tuple((facts + words)[: max(quotes, len(facts))])


def _fact(candidate: Candidate, span: Span, strength: float, why: str) -> Evidence:
    resume = candidate.resume
    for index, snippet in enumerate(resume.snippets):
        if snippet.span.start <= span.start and span.end <= snippet.span.end:
            return quote(candidate, index, strength, why)
    section = next((item.kind for item in resume.sections if item.span.overlaps(span)), None)
    text = resume.document.text[span.start : span.end]
    return Evidence(
        text=text,
        span=span,
        section=section or SectionKind.OTHER,
        strength=strength,
        why=why,
        places=resume.document.places(span),
    )

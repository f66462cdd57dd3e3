"""One resume against one role: retrieve -> weigh -> explain. Everything here depends on that pair, `today`
and this code alone (the pool law): no statistic of other resumes enters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.matching.copying import runs
from matcher.matching.explain import because
from matcher.matching.facts import Outcome, check_all
from matcher.matching.kinds import EvidenceKind
from matcher.matching.lexical import Terms, terms
from matcher.matching.standing import held, is_claim, kinds_of
from matcher.matching.stated import stated
from matcher.matching.support import distinct_lines, joint_strength, title_share
from matcher.matching.verdicts import BELOW_STRONG, FACT_STRENGTH, Checks, combine, judge
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT, features, strengths
from matcher.types import (
    Evidence,
    Match,
    Qualification,
    Resume,
    Role,
    SectionKind,
    SetAsideKind,
    Span,
)

# A resume with fewer words than this says too little for "none found" to mean anything. The shortest
# complete resume among the fixtures has about three times as many.
THIN_WORDS = 40

# A snippet below this strength is not worth a reader's look, even as the best there is.
SHOWN_FROM = PARTIAL_AT / 2

# A position supports a demand for years when one of its snippets reaches this: less than a quote must, since
# the position's whole text is what counts.
RELEVANT_FROM = SHOWN_FROM

# A demand for years of experience is not answered by what was studied, certified or published.
_NOT_EXPERIENCE = frozenset(
    {SectionKind.CERTIFICATIONS, SectionKind.EDUCATION, SectionKind.LANGUAGES, SectionKind.PUBLICATIONS}
)


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """A role made ready to compare: the terms of each qualification and the runs of words of the posting."""

    role: Role
    terms: tuple[Terms, ...]
    runs: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, role: Role) -> RoleProfile:
        """The profile of `role`."""
        asked = tuple(terms(qualification.text) for qualification in role.qualifications)
        return cls(role, asked, runs(role.document.text))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A resume made ready to compare: the terms, kind and praise of each snippet, the terms of each title."""

    resume: Resume
    today: date
    terms: tuple[Terms, ...]
    kinds: tuple[EvidenceKind, ...]
    claims: tuple[bool, ...]
    titles: tuple[Terms, ...]
    thin: bool

    @classmethod
    def of(cls, resume: Resume, today: date) -> _Candidate:
        return cls(
            resume=resume,
            today=today,
            terms=tuple(terms(snippet.masked) for snippet in resume.snippets),
            kinds=tuple(kinds_of(resume)),
            claims=tuple(is_claim(snippet.masked) for snippet in resume.snippets),
            titles=tuple(terms(position.title or "") for position in resume.positions),
            thin=is_thin(resume),
        )

    def standing(self, values: Sequence[float]) -> list[float]:
        """The strengths of the snippets as far as their kind carries them."""
        return [held(*line) for line in zip(values, self.kinds, self.claims, strict=True)]


def snippet_strengths(
    qualification: Terms, snippets: Sequence[Terms], cosines: NDArray[np.float32]
) -> list[float]:
    """For each snippet the probability that it is evidence; `cosines` has shape (n,), one per snippet."""
    return [float(value) for value in strengths(cosines, features(qualification, snippets))]


def match_resume(
    profile: RoleProfile, resume: Resume, cosines: NDArray[np.float32], today: date, quotes: int
) -> tuple[Match, ...]:
    """What `resume` shows for each qualification of the role, in the role's order.

    `cosines` has shape (qualifications, snippets); `quotes` is the most evidence shown per qualification.
    """
    candidate = _Candidate.of(stated(resume), today)
    pairs = zip(profile.role.qualifications, profile.terms, cosines, strict=True)
    return tuple(
        _match_one(qualification, wanted, candidate, row, quotes) for qualification, wanted, row in pairs
    )


def is_thin(resume: Resume) -> bool:
    """Whether too little could be read for "none found" to mean anything."""
    unreadable = any(item.kind is SetAsideKind.UNREADABLE_PAGE for item in resume.document.set_aside)
    return unreadable or sum(len(snippet.masked.split()) for snippet in resume.snippets) < THIN_WORDS


def _match_one(
    qualification: Qualification,
    wanted: Terms,
    candidate: _Candidate,
    cosines: NDArray[np.float32],
    quotes: int,
) -> Match:
    resume, snippets = candidate.resume, candidate.resume.snippets
    values = candidate.standing(snippet_strengths(wanted, candidate.terms, cosines))
    if qualification.constraints.min_years and not qualification.constraints.degree:
        values = [
            0.0 if snippet.section in _NOT_EXPERIENCE else value
            for snippet, value in zip(snippets, values, strict=True)
        ]
    lines = distinct_lines(snippets, values)
    chosen = [index for index in lines[:quotes] if values[index] >= SHOWN_FROM]
    whys = [because(wanted, candidate.terms[index], float(cosines[index])) for index in chosen]
    evidence = [_evidence(resume, index, values[index], why) for index, why in zip(chosen, whys, strict=True)]
    relevant = frozenset(
        snippet.position
        for snippet, value in zip(snippets, values, strict=True)
        if snippet.position is not None and value >= RELEVANT_FROM
    )
    checks = check_all(qualification, resume, relevant, candidate.today)
    title = title_share(wanted, candidate.titles, relevant)
    words = joint_strength(wanted, candidate.terms, values, lines, title)
    if max(values, default=0.0) < STRONG_AT and not _has_years(checks):
        words = min(words, BELOW_STRONG)
    strength = combine(words, checks, wanted, qualification.constraints)
    verdict = judge(strength, checks, candidate.thin)
    return Match(
        qualification=qualification,
        verdict=verdict,
        strength=strength,
        evidence=_with_facts(resume, checks, evidence, quotes),
        notes=tuple(check.note for _, check in checks),
    )


def _has_years(checks: Checks) -> bool:
    """Whether enough years are stated in positions that support the demand."""
    return any(name == "years" and check.outcome is Outcome.MET for name, check in checks)


# --------------------------------------------------------------------------- quotes


def _evidence(resume: Resume, index: int, strength: float, why: str) -> Evidence:
    snippet = resume.snippets[index]
    return Evidence(
        text=snippet.text,
        span=snippet.span,
        section=snippet.section,
        strength=strength,
        why=why,
        places=resume.document.places(snippet.span),
        position=snippet.position,
    )


def _with_facts(
    resume: Resume, checks: Checks, evidence: Sequence[Evidence], quotes: int
) -> tuple[Evidence, ...]:
    """The quotes, with the places where checked facts are stated before them (years stay in the notes)."""
    facts: list[Evidence] = []
    for name, check in checks:
        if name == "years":
            continue
        strength = FACT_STRENGTH if check.outcome is Outcome.MET else check.share
        for span in check.spans:
            fact = _fact_evidence(resume, span, strength, check.note)
            if not any(fact.span.overlaps(other.span) for other in facts):
                facts.append(fact)
    taken = [fact.span for fact in facts]
    words = [quote for quote in evidence if not any(quote.span.overlaps(span) for span in taken)]
    return tuple((facts + words)[: max(quotes, len(facts))])


def _fact_evidence(resume: Resume, span: Span, strength: float, why: str) -> Evidence:
    for index, snippet in enumerate(resume.snippets):
        if snippet.span.start <= span.start and span.end <= snippet.span.end:
            return _evidence(resume, index, strength, why)
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

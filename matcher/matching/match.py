"""One resume against one role: retrieve -> weigh -> explain. Everything here depends on that pair, `today`
and this code alone (the pool law): no statistic of other resumes enters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.matching.demand import Demand, RoleProfile
from matcher.matching.explain import because
from matcher.matching.facets import OTHER_FACET, is_other_facet
from matcher.matching.facts import Outcome, check_all
from matcher.matching.kinds import EvidenceKind, is_heading, kinds_of
from matcher.matching.lexical import Terms, terms
from matcher.matching.negation import CONTRARY, is_contrary
from matcher.matching.praise import Praise, praise
from matcher.matching.standing import held
from matcher.matching.stated import stated
from matcher.matching.stated_years import check_stated_years
from matcher.matching.support import (
    RELATED_AT,
    distinct_lines,
    joined_strength,
    joint_strength,
    title_share,
    titled,
)
from matcher.matching.verdicts import FACT_STRENGTH, Checks, combine, judge
from matcher.matching.weigh import BELOW_STRONG, PARTIAL_AT, STRONG_AT, features, strengths
from matcher.types import (
    ClauseMatch,
    Evidence,
    Match,
    Resume,
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

# And this share of what the best line reaches: beside a job that shows the very thing, one that is merely
# like it is no year of it.
NEAR_BEST = 0.5

# A demand for years of experience is not answered by what was studied, certified or published.
_NOT_EXPERIENCE = frozenset(
    {SectionKind.CERTIFICATIONS, SectionKind.EDUCATION, SectionKind.LANGUAGES, SectionKind.PUBLICATIONS}
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A resume made ready to compare: the terms, kind and praise of each snippet, the terms of each title."""

    resume: Resume
    today: date
    terms: tuple[Terms, ...]
    kinds: tuple[EvidenceKind, ...]
    claims: tuple[bool, ...]
    headings: tuple[bool, ...]
    titles: tuple[Terms, ...]
    thin: bool

    @classmethod
    def of(cls, resume: Resume, today: date) -> _Candidate:
        return cls(
            resume=resume,
            today=today,
            terms=tuple(terms(snippet.masked) for snippet in resume.snippets),
            kinds=tuple(kinds_of(resume)),
            claims=tuple(praise(snippet.masked) is Praise.CHARACTER for snippet in resume.snippets),
            headings=tuple(map(is_heading, resume.snippets)),
            titles=tuple(terms(position.title or "") for position in resume.positions),
            thin=is_thin(resume),
        )

    def standing(self, values: Sequence[float]) -> list[float]:
        """The strengths of the snippets as far as their kind carries them."""
        return [held(*line) for line in zip(values, self.kinds, self.claims, strict=True)]

    def clause(self, words: float, whole: Sequence[float], part: float, name: frozenset[str]) -> float:
        """The strength of a clause from that of all `words`, of each line for the `whole` and of its `part`.

        What shows the whole shows a clause that is prose. A proper name has to stand in a line; there it is
        shown as far as that line shows the whole, and partly at least; what is merely like it is partial.
        """
        if not name:
            return max(words, part)
        lines = zip(self.terms, self.claims, whole, strict=True)
        named = [value for line, claim, value in lines if name <= line.stems and not claim]
        return max(part, PARTIAL_AT, *named) if named else min(part, BELOW_STRONG)


def snippet_strengths(
    qualification: Terms, snippets: Sequence[Terms], cosines: NDArray[np.float32]
) -> list[float]:
    """For each snippet the probability that it is evidence; `cosines` has shape (n,), one per snippet."""
    return [float(value) for value in strengths(cosines, features(qualification, snippets))]


def match_resume(
    profile: RoleProfile, resume: Resume, cosines: NDArray[np.float32], today: date, quotes: int
) -> tuple[Match, ...]:
    """What `resume` shows for each qualification of the role, in the role's order.

    `cosines` has shape (len(profile.texts), snippets); `quotes` is the most evidence shown per qualification.
    """
    candidate = _Candidate.of(stated(resume), today)
    rows = iter(cosines[len(profile.demands) :])
    return tuple(
        _match_one(demand, candidate, row, [next(rows) for _ in demand.clause_terms], quotes)
        for demand, row in zip(profile.demands, cosines, strict=False)
    )


def is_thin(resume: Resume) -> bool:
    """Whether too little could be read for "none found" to mean anything."""
    unreadable = any(item.kind is SetAsideKind.UNREADABLE_PAGE for item in resume.document.set_aside)
    return unreadable or sum(len(snippet.masked.split()) for snippet in resume.snippets) < THIN_WORDS


def _match_one(
    demand: Demand,
    candidate: _Candidate,
    cosines: NDArray[np.float32],
    clause_cosines: Sequence[NDArray[np.float32]],
    quotes: int,
) -> Match:
    resume, snippets = candidate.resume, candidate.resume.snippets
    constraints = demand.qualification.constraints
    whole = _seen(demand, demand.terms, candidate, cosines)
    relevant = frozenset(
        snippet.position
        for snippet, value in zip(snippets, whole.values, strict=True)
        if snippet.position is not None and value >= max(RELEVANT_FROM, whole.best * NEAR_BEST)
    )
    if constraints.min_years:
        relevant |= titled(demand.terms, candidate.titles)
    checks = check_all(demand.qualification, resume, relevant, candidate.today)
    if constraints.min_years and not _has_years(checks):
        said = [snippets[index].masked for index in whole.lines if whole.values[index] >= PARTIAL_AT]
        checks += check_stated_years(constraints.min_years, said)
    title = title_share(demand.terms, candidate.titles, relevant)
    words = joint_strength(demand.terms, candidate.terms, whole.values, whole.lines, title)
    if max(whole.values, default=0.0) < STRONG_AT and not _has_years(checks):
        words = min(words, BELOW_STRONG)
    parts = [
        _seen(demand, wanted, candidate, row)
        for wanted, row in zip(demand.clause_terms, clause_cosines, strict=True)
    ]
    clauses = [
        candidate.clause(words, whole.values, part.best, name)
        for part, name in zip(parts, demand.names, strict=True)
    ]
    words = joined_strength(words, demand.clauses.joined, clauses)
    strength = combine(words, checks, demand.terms, constraints)
    return Match(
        qualification=demand.qualification,
        verdict=judge(strength, checks, candidate.thin),
        strength=strength,
        evidence=_with_facts(resume, checks, whole.quotes(candidate, demand.terms, quotes), quotes),
        notes=tuple(check.note for _, check in checks),
        clauses=tuple(
            _clause(text, value, part.quotes(candidate, wanted, 1), candidate.thin)
            for text, value, part, wanted in zip(
                demand.clauses.texts, clauses, parts, demand.clause_terms, strict=True
            )
        ),
        joined=demand.clauses.joined,
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the lines of a resume say of one text: a strength for each, and the lines that bear on it."""

    values: list[float]
    lines: list[int]
    cosines: NDArray[np.float32]

    @property
    def best(self) -> float:
        return max(self.values, default=0.0)

    def quotes(self, candidate: _Candidate, wanted: Terms, most: int) -> list[Evidence]:
        """The best lines that are worth a look, with what they have in common with the words `wanted`."""
        return [
            _evidence(
                candidate.resume,
                index,
                self.values[index],
                because(wanted, candidate.terms[index], float(self.cosines[index])),
            )
            for index in self.lines[:most]
            if self.values[index] >= SHOWN_FROM
        ]


def _seen(demand: Demand, wanted: Terms, candidate: _Candidate, cosines: NDArray[np.float32]) -> _Seen:
    snippets = candidate.resume.snippets
    values = candidate.standing(snippet_strengths(wanted, candidate.terms, cosines))
    constraints = demand.qualification.constraints
    for index, snippet in enumerate(snippets):
        if candidate.headings[index]:
            values[index] = 0.0
        elif values[index] < RELATED_AT:
            continue
        elif constraints.min_years and not constraints.degree and snippet.section in _NOT_EXPERIENCE:
            values[index] = 0.0
        elif is_contrary(demand.allowed, demand.qualification.text, snippet.masked):
            values[index] *= CONTRARY
        elif is_other_facet(demand.facets, snippet.masked):
            values[index] *= OTHER_FACET
    return _Seen(values, distinct_lines(snippets, values), cosines)


def _clause(text: str, value: float, quotes: Sequence[Evidence], thin: bool) -> ClauseMatch:
    return ClauseMatch(text, judge(value, (), thin), value, quotes[0] if quotes else None)


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

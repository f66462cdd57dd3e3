"""One resume against one role: retrieve -> weigh -> explain. Everything here depends on that pair, `today`
and this code alone (the pool law): no statistic of other resumes enters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.matching.checks import Outcome
from matcher.matching.demand import Demand, RoleProfile
from matcher.matching.domains import NO_FUNCTION, lacks_function, other_domain
from matcher.matching.explain import because
from matcher.matching.facets import OTHER_FACET, is_other_facet
from matcher.matching.facts import check_all
from matcher.matching.kinds import EvidenceKind, is_heading, kinds_of
from matcher.matching.lexical import Terms, terms
from matcher.matching.negation import CONTRARY, is_contrary
from matcher.matching.praise import Praise, praise
from matcher.matching.quotes import quote, with_facts
from matcher.matching.standing import held
from matcher.matching.stated import stated
from matcher.matching.stated_years import check_stated_years
from matcher.matching.support import (
    RELATED_AT,
    clause_strengths,
    distinct_lines,
    joined_strength,
    joint_strength,
    title_share,
    titled,
)
from matcher.matching.verdicts import Checks, combine, judge
from matcher.matching.weigh import BELOW_STRONG, PARTIAL_AT, STRONG_AT, features, strengths
from matcher.types import (
    ClauseMatch,
    Evidence,
    Joined,
    Match,
    Resume,
    SectionKind,
    SetAsideKind,
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

# A stem of this weight or more tells something: one in about twenty texts has it.
TELLS = 1.0

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

    @property
    def counts(self) -> list[bool]:
        """For each snippet whether a name in it is more than a claim."""
        return [not claim for claim in self.claims]

    def title(self, snippet: int) -> str:
        """The title of the job that a snippet (index) is of, or ""."""
        position = self.resume.snippets[snippet].position
        return "" if position is None else self.titles[position].text

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

    `cosines` has shape (len(profile.texts), snippets); `quotes` is the most evidence shown per qualification.
    """
    candidate = _Candidate.of(stated(resume), today)
    rows = iter(cosines[len(profile.demands) :])
    return tuple(
        _match_one(demand, candidate, [row, *(next(rows) for _ in demand.others)], quotes)
        for demand, row in zip(profile.demands, cosines, strict=False)
    )


def is_thin(resume: Resume) -> bool:
    """Whether too little could be read for "none found" to mean anything."""
    unreadable = any(item.kind is SetAsideKind.UNREADABLE_PAGE for item in resume.document.set_aside)
    return unreadable or sum(len(snippet.masked.split()) for snippet in resume.snippets) < THIN_WORDS


def _match_one(
    demand: Demand,
    candidate: _Candidate,
    cosines: Sequence[NDArray[np.float32]],
    quotes: int,
) -> Match:
    """What the candidate shows for one demand; `cosines` are those of all its words, then of its `others`."""
    resume, snippets = candidate.resume, candidate.resume.snippets
    constraints = demand.qualification.constraints
    rows = iter(cosines)
    whole = _seen(demand, [(words, next(rows)) for words in demand.readings], candidate)
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
        _seen(demand, [(asked, next(rows)) for asked in clause.asked], candidate) for clause in demand.clauses
    ]
    clauses = clause_strengths(
        demand, words, whole.values, [part.values for part in parts], candidate.terms, candidate.counts
    )
    words = joined_strength(words, demand.joined, clauses)
    strength = combine(words, checks, demand.terms, constraints)
    return Match(
        qualification=demand.qualification,
        verdict=judge(strength, checks, candidate.thin),
        strength=strength,
        evidence=with_facts(resume, checks, whole.quotes(candidate, quotes), quotes),
        notes=(*(check.note for _, check in checks), *_said(demand, whole, clauses)),
        clauses=tuple(
            ClauseMatch(
                clause.text, judge(value, (), candidate.thin), value, _shown(candidate, value, part, whole)
            )
            for clause, value, part in zip(demand.clauses, clauses, parts, strict=True)
        ),
        joined=demand.joined,
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the lines of a resume say of one thing: a strength for each, and the lines that bear on it.

    `reading` is the text that each line was compared with, of those that stand for the thing the one it
    answers best, and `cosines` what it was likened with; `elsewhere` the domain of each line that shows the
    function that is asked in another one.
    """

    values: list[float]
    lines: list[int]
    reading: list[Terms]
    cosines: list[float]
    elsewhere: dict[int, str]

    @property
    def best(self) -> float:
        return max(self.values, default=0.0)

    def quotes(self, candidate: _Candidate, most: int) -> list[Evidence]:
        """The best lines that are worth a look, with what they have in common with what they answer."""
        return [
            quote(
                candidate.resume,
                index,
                self.values[index],
                because(self.reading[index], candidate.terms[index], self.cosines[index]),
            )
            for index in self.lines[:most]
            if self.values[index] >= SHOWN_FROM
        ]


def _seen(
    demand: Demand, readings: Sequence[tuple[Terms, NDArray[np.float32]]], candidate: _Candidate
) -> _Seen:
    """What the lines say of a text, by the best of its `readings`, each with its cosines."""
    snippets = candidate.resume.snippets
    each = [_compared(words, candidate.terms, row) for words, row in readings]
    best = np.argmax(each, axis=0).tolist()
    values = candidate.standing([each[reading][index] for index, reading in enumerate(best)])
    constraints = demand.qualification.constraints
    elsewhere: dict[int, str] = {}
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
        elif lacks_function(demand.lead, snippet.masked, candidate.title(index)):
            values[index] *= NO_FUNCTION
        elif snippet.position is not None and values[index] < PARTIAL_AT:
            domain = other_domain(demand.lead, snippet.masked)
            if domain is not None:
                values[index] = PARTIAL_AT
                elsewhere[index] = domain
    return _Seen(
        values=values,
        lines=distinct_lines(snippets, values),
        reading=[readings[reading][0] for reading in best],
        cosines=[float(readings[reading][1][index]) for index, reading in enumerate(best)],
        elsewhere=elsewhere,
    )


def _compared(words: Terms, lines: Sequence[Terms], cosines: NDArray[np.float32]) -> list[float]:
    """The strength of each line; one that has every word of several that tell is strong, however unlike it
    the encoder takes it to be ("programming in R")."""
    values = snippet_strengths(words, lines, cosines)
    if sum(weight >= TELLS for weight in words.weights) < 2:
        return values
    return [
        max(value, STRONG_AT) if words.stems <= line.stems and not line.hopes else value
        for value, line in zip(values, lines, strict=True)
    ]


def _said(demand: Demand, whole: _Seen, clauses: Sequence[float]) -> Iterator[str]:
    """In words: another domain that the best line is of, and the clauses for which nothing was found."""
    best = whole.lines[0] if whole.lines else None
    if best in whole.elsewhere:
        yield f"other domain: {whole.elsewhere[best]}"
    missing = [
        clause.text for clause, value in zip(demand.clauses, clauses, strict=True) if value < PARTIAL_AT
    ]
    if demand.joined is Joined.ALL and 0 < len(missing) < len(clauses):
        yield "nothing found for " + " or ".join(f"“{text}”" for text in missing)


def _shown(candidate: _Candidate, value: float, part: _Seen, whole: _Seen) -> Evidence | None:
    """The best line for a clause of strength `value`; that for the whole where this is what shows it."""
    quotes = part.quotes(candidate, 1)
    if not quotes and value >= PARTIAL_AT:
        quotes = whole.quotes(candidate, 1)
    return quotes[0] if quotes else None


def _has_years(checks: Checks) -> bool:
    """Whether enough years are stated in positions that support the demand."""
    return any(name == "years" and check.outcome is Outcome.MET for name, check in checks)

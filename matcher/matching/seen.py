"""What the lines of one resume say of one text: a strength for each, and the lines that bear on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.matching.demand import Demand
from matcher.matching.domains import NO_FUNCTION, includes, lacks_function, leads_people, other_domain
from matcher.matching.explain import because
from matcher.matching.facets import OTHER_FACET, is_other_facet
from matcher.matching.kinds import EvidenceKind, is_heading, kinds_of
from matcher.matching.leading import shows_leading
from matcher.matching.lexical import Terms, overlap, terms, united
from matcher.matching.negation import CONTRARY, is_contrary
from matcher.matching.praise import Praise, praise
from matcher.matching.quotes import quote
from matcher.matching.standing import held
from matcher.matching.support import RELATED_AT, distinct_lines
from matcher.matching.trade import Trade
from matcher.matching.weigh import BELOW_STRONG, PARTIAL_AT, STRONG_AT, Lines, features, strengths
from matcher.types import Evidence, Resume, SectionKind, SetAsideKind

# A resume with fewer words than this says too little for "none found" to mean anything. The shortest
# complete resume among the fixtures has about three times as many.
THIN_WORDS = 40

# A snippet below this strength is not worth a reader's look, even as the best there is.
SHOWN_FROM = PARTIAL_AT / 2

# A position supports a demand for years when one of its lines is evidence for what the years are asked in.
RELEVANT_FROM = PARTIAL_AT

# And this share of what the best line reaches: beside a job that shows the very thing, one that is merely
# like it is no year of it.
NEAR_BEST = 0.5

# What a line shows that leads people where more goes with it and is told nowhere in the job ("managing staff,
# including hiring"): the middle of partial evidence.
LEADS_ALONE = (PARTIAL_AT + STRONG_AT) / 2

# The most lines of described work that are read as one.
TOGETHER = 3
# And the least share of a demand's weight that they cover. Below it a reader signed about one in ten of such
# quotes: "cash" and "control" in two bullets direct no branch.
TOGETHER_COVERS = 0.4

# A stem of this weight or more tells something: one in about twenty texts has it.
TELLS = 1.0

# A demand for years of experience is not answered by what was studied, certified or published.
NOT_EXPERIENCE = frozenset(
    {SectionKind.CERTIFICATIONS, SectionKind.EDUCATION, SectionKind.LANGUAGES, SectionKind.PUBLICATIONS}
)
# Experience that stands in for a degree has to be told, not listed.
NOT_TOLD = NOT_EXPERIENCE | {SectionKind.AWARDS, SectionKind.INTERESTS, SectionKind.SKILLS}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A resume made ready to compare: of each snippet the terms (by place in `lines`), the kind, whether it
    only praises its writer (`claims`) and whether it is a heading; the terms of each title; the positions
    (indices) of the trade of the posting; and whether the resume says too little to judge by."""

    resume: Resume
    today: date
    terms: tuple[Terms, ...]
    lines: Lines
    kinds: tuple[EvidenceKind, ...]
    claims: tuple[bool, ...]
    headings: tuple[bool, ...]
    titles: tuple[Terms, ...]
    trade: frozenset[int]
    thin: bool

    @classmethod
    def of(cls, resume: Resume, today: date, trade: Trade) -> Candidate:
        """`resume` made ready, as of `today`, for a posting of that `trade`."""
        titles = tuple(terms(position.title or "") for position in resume.positions)
        read = tuple(terms(snippet.masked) for snippet in resume.snippets)
        said = [praise(snippet.masked) for snippet in resume.snippets]
        return cls(
            resume=resume,
            today=today,
            terms=read,
            lines=Lines.of(read),
            kinds=tuple(kinds_of(resume, said)),
            claims=tuple(praised is Praise.CHARACTER for praised in said),
            headings=tuple(map(is_heading, resume.snippets)),
            titles=titles,
            trade=trade.positions(titles),
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

    def told(self, position: int | None) -> frozenset[str]:
        """The stems of all lines of a position (index)."""
        lines = zip(self.resume.snippets, self.terms, strict=True)
        return frozenset[str]().union(*(there.stems for line, there in lines if line.position == position))

    def standing(self, values: Sequence[float]) -> list[float]:
        """The strengths of the snippets as far as their kind carries them."""
        return [held(*line) for line in zip(values, self.kinds, self.claims, strict=True)]


def snippet_strengths(
    qualification: Terms, snippets: Sequence[Terms], cosines: NDArray[np.float32]
) -> list[float]:
    """For each snippet the probability that it is evidence; `cosines` has shape (n,), one per snippet."""
    values: list[float] = strengths(cosines, features(qualification, Lines.of(snippets))).tolist()
    return values


def is_thin(resume: Resume) -> bool:
    """Whether too little could be read for "none found" to mean anything."""
    unreadable = any(item.kind is SetAsideKind.UNREADABLE_PAGE for item in resume.document.set_aside)
    return unreadable or sum(len(snippet.masked.split()) for snippet in resume.snippets) < THIN_WORDS


@dataclass(frozen=True, slots=True)
class Seen:
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
        """The strength of the best line, 0 where there is none."""
        return max(self.values, default=0.0)

    def quotes(
        self,
        candidate: Candidate,
        most: int,
        positions: frozenset[int] | None = None,
        least: float = SHOWN_FROM,
    ) -> list[Evidence]:
        """The best lines that are worth a look, with what they have in common with what they answer.

        With `positions` (indices) lines of those alone; `least` is the strength that is worth a look.
        """
        snippets = candidate.resume.snippets
        lines = [index for index in self.lines if positions is None or snippets[index].position in positions]
        return [
            quote(
                candidate.resume,
                index,
                self.values[index],
                because(self.reading[index], candidate.terms[index], self.cosines[index]),
            )
            for index in lines[:most]
            if self.values[index] >= least
        ]

    def together(self, wanted: Terms, candidate: Candidate) -> float:
        """The strength of the best lines that describe work, read as one line; 0 where there are not two.

        A demand for many things ("coaching, performance reviews and hiring") is shown one bullet at a time.
        The lines have to bear on it each by itself, all of them have to cover much of its weight (a word
        each in common is chance), and how near they come to it is said by the nearest.
        """
        told = [i for i in self.lines if candidate.kinds[i].rank >= EvidenceKind.DESCRIBED.rank][:TOGETHER]
        if len(told) < 2:
            return 0.0
        line = united([candidate.terms[index] for index in told])
        if overlap(wanted, line) < TOGETHER_COVERS:
            return 0.0
        nearest = np.array([max(self.cosines[index] for index in told)], dtype=np.float32)
        return snippet_strengths(wanted, [line], nearest)[0]


def look(
    demand: Demand,
    readings: Sequence[tuple[Terms, NDArray[np.float32]]],
    candidate: Candidate,
    apart: frozenset[SectionKind],
) -> Seen:
    """What the lines say of a text, by the best of its `readings`, each with its cosines.

    The lines of the sections `apart` do not count.
    """
    snippets = candidate.resume.snippets
    each = [_compared(words, candidate.lines, row) for words, row in readings]
    best: list[int] = np.argmax(each, axis=0).tolist() if len(each) > 1 else [0] * len(snippets)
    found = [each[reading][index] for index, reading in enumerate(best)]
    told: dict[int | None, frozenset[str]] = {}  # the words of each position that leads people
    leads = demand.lead or demand.leading
    for index, snippet in enumerate(snippets if leads else ()):
        if demand.lead and leads_people(demand.lead, snippet.masked):
            if snippet.position not in told:
                told[snippet.position] = candidate.told(snippet.position)
            whole = includes(demand.lead, told[snippet.position])
            found[index] = max(found[index], STRONG_AT if whole else LEADS_ALONE)
        elif demand.lead and demand.lead.included:
            found[index] = min(found[index], BELOW_STRONG)
        elif found[index] >= PARTIAL_AT or not _is_told(candidate, index):
            continue
        elif shows_leading(demand.leading, snippet.masked):
            found[index] = PARTIAL_AT
    values = candidate.standing(found)
    elsewhere: dict[int, str] = {}
    for index, snippet in enumerate(snippets):
        if candidate.headings[index]:
            values[index] = 0.0
        elif values[index] < RELATED_AT:
            continue
        elif snippet.section in apart:
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
    rows = [row.tolist() for _, row in readings]
    return Seen(
        values=values,
        lines=distinct_lines(snippets, values),
        reading=[readings[reading][0] for reading in best],
        cosines=[rows[reading][index] for index, reading in enumerate(best)],
        elsewhere=elsewhere,
    )


def _is_told(candidate: Candidate, snippet: int) -> bool:
    """Whether a snippet (index) describes work in a dated job."""
    return candidate.kinds[snippet].rank >= EvidenceKind.DESCRIBED.rank


def _compared(words: Terms, lines: Lines, cosines: NDArray[np.float32]) -> list[float]:
    """The strength of each line; one that has every word of several that tell is strong, however unlike it
    the encoder takes it to be ("programming in R")."""
    values: list[float] = strengths(cosines, features(words, lines)).tolist()
    if sum(weight >= TELLS for weight in words.weights) < 2:
        return values
    return [
        max(value, STRONG_AT) if words.stems <= line.stems and not line.hopes else value
        for value, line in zip(values, lines.texts, strict=True)
    ]


def relevant_positions(seen: Seen, resume: Resume, least: float = RELEVANT_FROM) -> frozenset[int]:
    """The positions (indices) with a line that speaks for what was looked for, at `least` so strongly."""
    least = max(least, seen.best * NEAR_BEST)
    return frozenset(
        snippet.position
        for snippet, value in zip(resume.snippets, seen.values, strict=True)
        if snippet.position is not None and value >= least
    )

"""What the lines of one resume say of one text: a strength for each, and the lines that bear on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import Asked, Texts
from matcher.matching.candidate import KINDS, Candidate
from matcher.matching.demand import Demand
from matcher.matching.domains import NO_FUNCTION, includes, lacks_function, leads_people, other_domain
from matcher.matching.explain import because
from matcher.matching.facets import OTHER_FACET, is_other_facet
from matcher.matching.leading import Leading
from matcher.matching.lexical import Terms, share
from matcher.matching.lines import Lines
from matcher.matching.negation import CONTRARY, is_contrary
from matcher.matching.quotes import quote
from matcher.matching.readings import Reading
from matcher.matching.standing import held
from matcher.matching.support import RELATED_AT, distinct_lines
from matcher.matching.weigh import BELOW_STRONG, PARTIAL_AT, STRONG_AT, features, strengths
from matcher.types import Evidence, Resume, SectionKind

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

# A demand for years of experience is not answered by what was studied, certified or published.
NOT_EXPERIENCE = frozenset(
    {SectionKind.CERTIFICATIONS, SectionKind.EDUCATION, SectionKind.LANGUAGES, SectionKind.PUBLICATIONS}
)
# Experience that stands in for a degree has to be told, not listed.
NOT_TOLD = NOT_EXPERIENCE | {SectionKind.AWARDS, SectionKind.INTERESTS, SectionKind.SKILLS}


def snippet_strengths(
    qualification: Terms, snippets: Sequence[Terms], cosines: NDArray[np.float32]
) -> list[float]:
    """For each snippet the probability that it is evidence; `cosines` has shape (n,), one per snippet."""
    words = features(Texts.of([Asked.made(qualification)]), Lines.of(snippets))
    values: list[float] = strengths(cosines, words[0]).tolist()
    return values


@dataclass(frozen=True, slots=True)
class Seen:
    """What the lines of a resume say of one thing: a strength for each, and the lines that bear on it.

    `related` are all lines that bear on it, `lines` those of them that are not the same, best first, and
    `best` is the strength of the best, 0 where there is none. `readings` are the texts that stand for the
    thing, each with the cosines of the lines, and `reading` says which of them each line answers best, None
    where there is one. `elsewhere` is the domain of each line that shows the function that is asked in
    another one.
    """

    values: list[float]
    best: float
    related: list[int]
    lines: list[int]
    readings: Sequence[Reading]
    reading: list[int] | None
    elsewhere: dict[int, str]

    def read(self, index: int) -> Reading:
        """The text that a line (index) answers best."""
        return self.readings[self.reading[index] if self.reading else 0]

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
            quote(candidate, index, self.values[index], self._because(candidate, index))
            for index in lines[:most]
            if self.values[index] >= least
        ]

    def _because(self, candidate: Candidate, index: int) -> str:
        reading, prepared = self.read(index), candidate.prepared
        common = reading.common.get(index, ())
        line, names = candidate.resume.snippets[index].masked, prepared.other_names.get(index, {})
        return because(reading.asked, line, common, names, float(reading.cosines[index]))

    def together(self, wanted: Asked, candidate: Candidate) -> float:
        """The strength of the best lines that describe work, read as one line; 0 where there are not two.

        A demand for many things ("coaching, performance reviews and hiring") is shown one bullet at a time.
        The lines have to bear on it each by itself, all of them have to cover much of its weight (a word
        each in common is chance), and how near they come to it is said by the nearest.
        """
        told = [index for index in self.lines if candidate.is_told(index)][:TOGETHER]
        lines = candidate.prepared.lines
        if len(told) < 2 or share(wanted.terms, lines.stems_in(told, wanted.terms.stems)) < TOGETHER_COVERS:
            return 0.0
        nearest = np.array([max(float(self.read(index).cosines[index]) for index in told)], dtype=np.float32)
        return float(strengths(nearest, features(Texts.of([wanted]), lines.united(told))[0])[0])


def look(
    demand: Demand, readings: Sequence[Reading], candidate: Candidate, apart: frozenset[SectionKind]
) -> Seen:
    """What the lines say of a text, by the best of its `readings`.

    The lines of the sections `apart` do not count.
    """
    if len(readings) == 1 and not demand.lead and not demand.leading:
        values, reading, best = list(readings[0].held), None, readings[0].best
    else:
        values, reading = _found(demand, readings, candidate)
        best = max(values, default=0.0)
    prepared, snippets = candidate.prepared, candidate.resume.snippets
    lead, facets = demand.lead, demand.facets
    related: list[int] = []
    elsewhere: dict[int, str] = {}
    if best >= RELATED_AT:
        for index in [index for index, value in enumerate(values) if value >= RELATED_AT]:
            snippet = snippets[index]
            values[index] = held(values[index], KINDS[prepared.kinds[index]], False)
            if apart and snippet.section in apart:
                values[index] = 0.0
            elif (prepared.lacking[index] or demand.allowed) and is_contrary(
                demand.allowed, demand.qualification.text, snippet.masked
            ):
                values[index] *= CONTRARY
            elif facets and is_other_facet(facets, prepared.facets[index]):
                values[index] *= OTHER_FACET
            elif lead and lacks_function(lead, snippet.masked, candidate.title(index)):
                values[index] *= NO_FUNCTION
            elif lead and snippet.position is not None and values[index] < PARTIAL_AT:
                domain = other_domain(lead, snippet.masked)
                if domain is not None:
                    values[index] = PARTIAL_AT
                    elsewhere[index] = domain
            if values[index] >= RELATED_AT:
                related.append(index)
        best = max(values)
    return Seen(
        values=values,
        best=best,
        related=related,
        lines=distinct_lines(snippets, values, related) if len(related) > 1 else related,
        readings=readings,
        reading=reading,
        elsewhere=elsewhere,
    )


def _found(
    demand: Demand, readings: Sequence[Reading], candidate: Candidate
) -> tuple[list[float], list[int] | None]:
    """What each line is held to be by the best of the `readings`, with what it shows of leading people; and
    which of them that is, None where there is one."""
    found: list[float] = readings[0].strengths.tolist()
    reading = None
    if len(readings) > 1:
        each = np.array([item.strengths for item in readings])
        found, reading = each.max(axis=0).tolist(), np.argmax(each, axis=0).tolist()
    if demand.lead or demand.leading:
        found = _leading(demand, found, candidate)
    return (np.array(found) * candidate.carried).tolist(), reading


def _leading(demand: Demand, found: Sequence[float], candidate: Candidate) -> list[float]:
    """The strengths `found` of the lines, with what those show that lead people."""
    lead = demand.lead
    prepared, snippets = candidate.prepared, candidate.resume.snippets
    values = [min(value, BELOW_STRONG) for value in found] if lead and lead.included else list(found)
    people, change = Leading.PEOPLE in demand.leading, Leading.CHANGE in demand.leading
    leads = zip(prepared.leading, prepared.through, strict=True)
    for index in [place for place, shown in enumerate(leads) if any(shown) and place not in candidate.idle]:
        if lead and prepared.leading[index] and leads_people(lead, snippets[index].masked):
            whole = includes(lead, candidate.told(snippets[index].position, lead.included))
            values[index] = max(found[index], STRONG_AT if whole else LEADS_ALONE)
        elif (lead and lead.included) or values[index] >= PARTIAL_AT or not candidate.is_told(index):
            continue
        elif (people and prepared.leading[index]) or (change and prepared.through[index]):
            values[index] = PARTIAL_AT
    return values


def relevant_positions(seen: Seen, resume: Resume, least: float = RELEVANT_FROM) -> frozenset[int]:
    """The positions (indices) with a line that speaks for what was looked for, at `least` so strongly."""
    least = max(least, seen.best * NEAR_BEST)
    positions = (resume.snippets[index].position for index in seen.related if seen.values[index] >= least)
    return frozenset(position for position in positions if position is not None)

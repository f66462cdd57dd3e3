"""What the lines of one resume say of one text: a strength for each, and the lines that bear on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from matcher.matching.asked import Asked, Texts
from matcher.matching.candidate import KINDS, Candidate
from matcher.matching.demand import Demand
from matcher.matching.distinct import distinct_lines
from matcher.matching.domains import NO_FUNCTION, includes, lacks_function, leads_people, other_domain
from matcher.matching.explain import because
from matcher.matching.facets import OTHER_FACET, is_other_facet
from matcher.matching.leading import Leading
from matcher.matching.lexical import Terms
from matcher.matching.lines import Lines
from matcher.matching.negation import CONTRARY, is_contrary
from matcher.matching.quotes import quote
from matcher.matching.readings import Reading
from matcher.matching.standing import held
from matcher.matching.support import RELATED_AT
from matcher.matching.weigh import (
    BELOW_STRONG,
    BRIEF,
    PARTIAL_AT,
    STRONG_AT,
    features,
    in_common,
    logistic,
    odds,
    strengths,
)
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
TOGETHER_COVERS = 0.45

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


@dataclass(slots=True)  # not frozen, as `Reading`
class Seen:
    """What the lines of a resume say of one thing: how strong they are, and which of them bear on it.

    `values` are the strengths of the lines that words and meaning relate to it, or that lead people as it
    asks. `related` are those of them that bear on it, `lines` those of these that are not the same, best
    first, and `best` is the strength of the best of all lines, 0 where there is none. `readings` are the
    texts that stand for the thing, and `reading` says of the lines in `values` which of the texts they answer
    best, None where there is one. `elsewhere` is the domain of each line that shows the function that is
    asked in another one.
    """

    demand: Demand
    values: dict[int, float]
    best: float
    related: list[int]
    lines: list[int]
    readings: Sequence[Reading]
    reading: dict[int, int] | None
    elsewhere: dict[int, str]

    def value(self, index: int) -> float:
        """The strength of any line (index)."""
        if index in self.values:
            return self.values[index]
        return _of_every_line(self.demand, self.readings)[index]

    def read(self, index: int) -> Reading:
        """The text that a line (index) answers best."""
        return self.readings[self.reading.get(index, 0) if self.reading else 0]

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
        common = reading.common.get(index, 0)
        line, names = candidate.resume.snippets[index].masked, prepared.other_names.get(index, {})
        leads = self._leads(candidate, index)
        return because(reading.asked, line, common, names, float(reading.cosines[index]), leads)

    def _leads(self, candidate: Candidate, index: int) -> str:
        """In words what a line (index) shows of the leading that is asked, "" where that is nothing."""
        demand, prepared = self.demand, candidate.prepared
        if not (demand.lead or demand.leading):
            return ""
        if Leading.CHANGE in demand.leading and prepared.through[index]:
            return "leads people through change"
        people = Leading.PEOPLE in demand.leading or (demand.lead and demand.lead.kind == "people")
        return "leads people" if people and prepared.leading[index] else ""

    def together(self, candidate: Candidate) -> float:
        """The strength of the best lines that describe work, read as one line; 0 where there are not two.

        A demand for many things ("coaching, performance reviews and hiring") is shown one bullet at a time.
        The lines have to bear on it each by itself, all of them have to cover much of its weight (a word
        each in common is chance), and how near they come to it is said by the nearest.
        """
        told = list(islice(filter(candidate.is_told, self.lines), TOGETHER))
        if len(told) < 2:
            return 0.0
        wanted, common, bits = self.readings[0].asked, self.readings[0].common, 0
        for index in told:
            bits |= common.get(index, 0)
        if wanted.said.shares(bits)[0] < TOGETHER_COVERS:
            return 0.0
        names = (*wanted.terms.order, *wanted.levels)
        joined = candidate.prepared.lines.united(told, names, wanted.terms.openings, BRIEF)
        nearest = np.array([[max(self.read(index).cosines[index] for index in told)]])
        alone = Texts.of([wanted])
        return float(logistic(odds(alone, joined, in_common(alone, joined), nearest))[0, 0])


def look(
    demand: Demand, readings: Sequence[Reading], candidate: Candidate, apart: frozenset[SectionKind]
) -> Seen:
    """What the lines say of a text, by the best of its `readings`.

    The lines of the sections `apart` do not count.
    """
    values, best = readings[0].related, readings[0].best
    reading: dict[int, int] | None = None
    if demand.lead or demand.leading:
        every = _of_every_line(demand, readings)
        best = max(every, default=0.0)
        values = {index: value for index, value in enumerate(every) if value >= RELATED_AT}
        if len(readings) > 1:
            each = np.array([item.strengths() for item in readings])
            reading = dict(enumerate(np.argmax(each, axis=0).tolist()))
    elif len(readings) > 1:
        best = max(item.best for item in readings)
        values, reading = _best_of(readings)
    related: list[int] = []
    elsewhere: dict[int, str] = {}
    if best >= RELATED_AT:
        values, elsewhere = _judged(demand, values, candidate, apart)
        related = [index for index, value in values.items() if value >= RELATED_AT]
        best = max(values.values())
        if not related:
            every = _of_every_line(demand, readings)
            best = max(values.get(index, value) for index, value in enumerate(every))
    return Seen(
        demand=demand,
        values=values,
        best=best,
        related=related,
        lines=distinct_lines(candidate.prepared.repeats, values, related) if len(related) > 1 else related,
        readings=readings,
        reading=reading,
        elsewhere=elsewhere,
    )


def _judged(
    demand: Demand, values: Mapping[int, float], candidate: Candidate, apart: frozenset[SectionKind]
) -> tuple[dict[int, float], dict[int, str]]:
    """The strengths of lines by their kind, and by what they show beside words and meaning; and the domains
    of those of another one than asked."""
    prepared, snippets = candidate.prepared, candidate.resume.snippets
    lead, facets, allowed = demand.lead, demand.facets, demand.allowed
    judged: dict[int, float] = {}
    elsewhere: dict[int, str] = {}
    for index, strength in values.items():
        value = strength
        if value >= PARTIAL_AT:
            value = held(value, KINDS[prepared.kinds[index]], False)
        if apart and snippets[index].section in apart:
            value = 0.0
        elif (prepared.lacking[index] or allowed) and is_contrary(
            allowed, demand.qualification.text, snippets[index].masked
        ):
            value *= CONTRARY
        elif facets and is_other_facet(facets, prepared.facets[index]):
            value *= OTHER_FACET
        elif lead and lacks_function(lead, snippets[index].masked, candidate.title(index)):
            value *= NO_FUNCTION
        elif lead and snippets[index].position is not None and value < PARTIAL_AT:
            domain = other_domain(lead, snippets[index].masked)
            if domain is not None:
                value = PARTIAL_AT
                elsewhere[index] = domain
        judged[index] = value
    return judged, elsewhere


def _best_of(readings: Sequence[Reading]) -> tuple[dict[int, float], dict[int, int]]:
    """The lines that are related to one of several `readings`, with their strengths by the one that they
    answer best; and which it is, the first of equals."""
    values: dict[int, float] = {}
    answered: dict[int, int] = {}
    for number, reading in enumerate(readings):
        for index, value in reading.related.items():
            if value > values.get(index, 0.0):
                values[index], answered[index] = value, number
    return dict(sorted(values.items())), answered


def _of_every_line(demand: Demand, readings: Sequence[Reading]) -> list[float]:
    """What each line is held to be by the best of the `readings`, with what it shows of leading people."""
    each = [reading.strengths() for reading in readings]
    found: list[float] = np.maximum.reduce(each).tolist()
    candidate = readings[0].candidate
    if demand.lead or demand.leading:
        found = _leading(demand, found, candidate)
    values: list[float] = (np.array(found) * candidate.carried).tolist()
    return values


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
    snippets, values = resume.snippets, seen.values
    positions = [snippets[index].position for index in seen.related if values[index] >= least]
    return frozenset([position for position in positions if position is not None])

"""The lines of everybody that show the leading of people, whatever their words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.matching.demand import Demand
from matcher.matching.domains import Lead, is_either
from matcher.matching.estimate_words import CommonWords, Floats, every
from matcher.matching.kinds import EvidenceKind
from matcher.matching.leading import Leading
from matcher.matching.lexical import terms
from matcher.matching.outline import LEADS, NO_POSITION, STANDING, THROUGH, code
from matcher.matching.outlines import Outlines
from matcher.matching.seen import LEADS_ALONE
from matcher.matching.weigh import PARTIAL_AT, STRONG_AT

Lines = NDArray[np.int64]


def leading_lines(demand: Demand, outlines: Outlines) -> tuple[Lines, Floats]:
    """The lines that show the leading of people that a demand asks for, and how far each does."""
    lead, marks = demand.lead, outlines.marks
    if lead is not None and lead.kind == "people":
        lines = np.flatnonzero(marks & LEADS)
        if lead.domain:
            domain = terms(" ".join(sorted(lead.domain)))
            words = CommonWords([domain], (), lines, outlines)
            there = words.shared(domain) | words.begun(domain)
            lines = lines[there > 0 if is_either(lead) else there == every(domain)]
        whole = _included(lead, lines, outlines)
        return lines, np.where(whole, STRONG_AT, LEADS_ALONE)
    bits = LEADS * (Leading.PEOPLE in demand.leading) | THROUGH * (Leading.CHANGE in demand.leading)
    lines = np.flatnonzero(marks & bits) if bits else np.empty(0, dtype=np.int64)
    standing = marks[lines] & STANDING
    described = (standing >= EvidenceKind.DESCRIBED.rank) & (standing <= EvidenceKind.OUTCOME.rank)
    lines = lines[described]
    return lines, np.full(len(lines), PARTIAL_AT)


def _included(lead: Lead, lines: Lines, outlines: Outlines) -> NDArray[np.bool_]:
    """Whether the job that each line is of tells of half of what goes with the leading, or more."""
    if not lead.included:
        return np.ones(len(lines), dtype=np.bool_)
    jobs = _jobs(lines, outlines)
    told = np.zeros(len(lines))
    for name in lead.included:
        having = (
            np.searchsorted(outlines.line_stems.ends, np.flatnonzero(outlines.stems == code(name)), "right")
            - 1
        )
        told += np.isin(jobs, _jobs(having, outlines))
    return (told >= len(lead.included) / 2) & (jobs >= 0)


def _jobs(lines: Lines, outlines: Outlines) -> Lines:
    """The position (place) that each line is of, -1 for none."""
    own = outlines.places[lines]
    jobs: Lines = outlines.positions.ends[outlines.people_of(lines)] + own
    return np.where(own == NO_POSITION, -1, jobs)

"""Order, batch and pool, measured through the service itself: what is ranked together changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from matcher.evaluation.invariance_scores import Comparison
from matcher.matching import ranked
from matcher.service import Matcher
from matcher.types import Resume, Role


def comparisons(
    matcher: Matcher, role: Role, resumes: Sequence[Resume], today: date, random: Random
) -> Iterator[tuple[str, Comparison]]:
    """Each change of order, batch and pool with its comparison."""
    whole = tuple(matcher.rank(role, resumes, today=today))
    names = {resume.source for resume in resumes}

    found = Comparison()
    for _ in range(2):
        mixed = random.sample(list(resumes), k=len(resumes))
        found.add([whole], [tuple(matcher.rank(role, mixed, today=today))], names)
    yield "another order of the input", found

    found = Comparison()
    for size in (1, 4):  # other texts share the encoder's batches
        runs = [resumes[start : start + size] for start in range(0, len(resumes), size)]
        apart = [report for some in runs for report in matcher.rank(role, some, today=today)]
        found.add([whole], [ranked(apart)], names)
    yield "each alone, or four at once", found

    found = Comparison()
    for _ in range(3):
        half = random.sample(list(resumes), k=len(resumes) // 2)
        names = {resume.source for resume in half}
        kept = tuple(report for report in whole if report.source in names)
        found.add([kept], [tuple(matcher.rank(role, half, today=today))], names)
    yield "half of the pool", found

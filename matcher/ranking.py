"""One resume's report against one role, from its vectors: the function that `rank` and a search of a corpus
share, so that both give the same scores and the same evidence to the last bit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from matcher.types import MatchReport, Resume

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from matcher.matching import Prepared, RoleProfile

# Snippets embedded together: enough to fill the encoder's fixed batches, few enough to begin early.
_SNIPPETS_AT_ONCE = 512


def report_of(
    profile: RoleProfile,
    wanted: NDArray[np.float32],
    resume: Resume,
    vectors: NDArray[np.float32],
    model: str,
    today: date,
    quotes: int,
    prepared: Prepared | None = None,
) -> MatchReport:
    """The report of a resume, without a rank.

    `wanted` has a row for each of the profile's texts, `vectors` one for each snippet of the resume; both are
    of the encoder with the fingerprint `model`. `quotes` is the most evidence shown per qualification.
    `prepared` is what was made of the resume before (`matching.prepare`), None to make it now. Copies of the
    posting are taken out of the resume here, where that was not done already (`matching.without_copies`).
    """
    import numpy as np

    from matcher import index, matching

    prepared = matching.prepare(resume) if prepared is None else prepared
    if copied := matching.copies(profile, resume, prepared):
        resume, vectors = matching.without_copies(profile.runs, resume), np.delete(vectors, copied, axis=0)
        prepared = matching.prepared_without(prepared, copied, resume)
    cosines = index.similarities(wanted, vectors)
    idle = matching.idle_lines(vectors, model)
    found = matching.match_resume(profile, resume, prepared, cosines, today, quotes, idle)
    matches = matching.best_wordings(found)
    value, coverage = matching.score(matches)
    return MatchReport(
        candidate_id=resume.candidate_id,
        source=resume.source,
        rank=0,
        score=value,
        coverage=coverage,
        matches=matches,
        set_aside=resume.set_aside,
        resume=resume,
    )


def groups(resumes: Iterable[Resume]) -> Iterator[list[Resume]]:
    """Runs of resumes with about as many snippets as are worth embedding together."""
    group: list[Resume] = []
    snippets = 0
    for resume in resumes:
        group.append(resume)
        snippets += len(resume.snippets)
        if snippets >= _SNIPPETS_AT_ONCE:
            yield group
            group, snippets = [], 0
    if group:
        yield group

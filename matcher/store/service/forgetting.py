"""What an erasure takes from the service's tables, in the same transaction as from the corpus.

Reports of matches, and assessments that were made, go by foreign key.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.store.database import Work
from matcher.store.service import answers, assessments, job_rows


def forget_people(work: Work, people: Sequence[str], digests: Sequence[bytes]) -> None:
    """Take people out of jobs, files that wait, kept answers and what an ATS asked of them.

    `people` are all ids that mean them, `digests` the SHA-256 of their files.
    """
    answers.forget_people(work, people)
    assessments.forget_people(work, people)
    job_rows.forget_people(work, people, digests)

"""More people than `corpus_text.py` makes: their lines are those of the first 21,000, in other company.

A line is encoded once for a corpus, and encoding is half of what taking somebody in costs, so five million
lines are built in the time of two. Who has number n has a template and four companions among the first 21,000
whose newest job has the same title; a job has the template's dates and, for each of its lines, one that a
companion has in a job of the same place; the other sections are each one companion's. The name and the
employers are new. n and the seed decide it all.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from corpus_text import CANDIDATES, SHARD, Candidate, Job, candidates
from corpus_words import FIRST, LAST, PLACES, TRADES

COMPANIONS = 4


class Mixer:
    """Makes candidates out of candidates."""

    def __init__(self, first: Sequence[Candidate], seed: int) -> None:
        self._first, self._seed = first, seed
        self._alike: dict[str, list[Candidate]] = defaultdict(list)
        for one in first:
            self._alike[one.jobs[0].title].append(one)

    def candidate(self, number: int) -> Candidate:
        """The candidate of this number, always the same."""
        chance = random.Random(f"{self._seed}:{number}")
        template = chance.choice(self._first)
        others = chance.choices(self._alike[template.jobs[0].title], k=COMPANIONS)
        jobs = [
            self._job(chance, job, [other.jobs[min(place, len(other.jobs) - 1)] for other in others])
            for place, job in enumerate(template.jobs)
        ]
        parts = {kind: chance.choice(others).parts[kind] for kind in template.parts}
        return Candidate(number, f"{chance.choice(FIRST)} {chance.choice(LAST)}", jobs, parts)

    def _job(self, chance: random.Random, job: Job, others: Sequence[Job]) -> Job:
        at_a_place = zip_longest(*(other.lines for other in others))
        lines = [chance.choice([line for line in some if line]) for some in at_a_place]
        employer = f"{chance.choice(PLACES)} {chance.choice(LAST)} {chance.choice(TRADES)}"
        return Job(job.title, employer, job.dates, list(dict.fromkeys(lines))[: len(job.lines)])


def mixed(folder: Path, kept: Path, seed: int, many: int) -> Iterator[list[Candidate]]:
    """Those of the first `many` who come after the first 21,000, a shard at a time."""
    if many <= CANDIDATES:
        return
    mixer = Mixer([one for shard in candidates(folder, kept, seed, CANDIDATES) for one in shard], seed)
    for start in range(CANDIDATES, many, SHARD):
        yield [mixer.candidate(number) for number in range(start, min(start + SHARD, many))]

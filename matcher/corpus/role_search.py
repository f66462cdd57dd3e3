"""A role against the corpus: a shortlist from what each qualification finds, then `rank`'s own function.

The shortlist may miss somebody; whoever is on it has the score and the evidence that `rank` gives, to the
last bit, because they come from the same resumes, the same vectors and the same code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from matcher import __version__
from matcher.corpus.asked import Asked, AskedRoles
from matcher.corpus.enough import is_enough, next_step
from matcher.corpus.following import FollowingIndex
from matcher.corpus.garbage import undisturbed
from matcher.corpus.kept import Kept, KeptReports
from matcher.corpus.outlines import prepared_of
from matcher.corpus.received import as_received
from matcher.corpus.shortlist import Shortlist
from matcher.corpus.vectors import CorpusVectors
from matcher.matching import partly_assessed, ranked, without_copies
from matcher.ranking import report_of
from matcher.store import Store, StoredResume
from matcher.types import Engine, MatchReport, Ranking, Role
from matcher.types.corpus import Where

# People on the shortlist: so many, or so many times those who are to be shown. Those of them are compared who
# may be among the best (`enough.py`). `benchmarks/shortlist_recall.py` says how many of the best it holds.
SHORTLIST = 800
_TIMES = 4


class RoleSearch:
    """Ranks the people of a corpus against a role. Several threads may use it."""

    def __init__(self, store: Store, vectors: CorpusVectors, index: FollowingIndex, quotes: int) -> None:
        self._store = store
        self._vectors = vectors
        self._shortlist = Shortlist(store, index)
        self._quotes = quotes
        self._asked = AskedRoles(vectors)
        self._kept = KeptReports()
        self._seen = 0  # the corpus revision at which all that is kept was there

    def ranking(
        self, role: Role, top: int, where: Where | None, today: date, weights: Mapping[str, float]
    ) -> Ranking:
        """Those of the shortlist who were compared, best first. `candidate_id` is that of the person in the
        corpus."""
        asked = self._asked.of(role, weights)
        self._forget_erased()
        size = max(SHORTLIST, _TIMES * top)
        people: dict[str, str] = {}
        reports: list[MatchReport] = []
        with undisturbed():
            for person, report in self._compared(asked, size, top, where, today):
                people[report.candidate_id] = person
                reports.append(report)
        # Ordered first: equal scores stand in the order of the ids that `rank` knows.
        named = (replace(each, candidate_id=people[each.candidate_id]) for each in ranked(reports))
        return Ranking(asked.role, today, Engine(__version__, self._vectors.fingerprint), tuple(named))

    def forget(self, revisions: Collection[int]) -> None:
        """Leave nothing in memory of resumes that were erased."""
        self._kept.forget(revisions)
        self._shortlist.forget()

    def _forget_erased(self) -> None:
        """The same for those whom other processes erased since the last search."""
        now = self._store.changes.revision()
        if now != self._seen:
            kept = self._kept.revisions()
            self._kept.forget(kept - self._store.resumes.owners(kept).keys())
            self._seen = now

    def _compared(
        self, asked: Asked, size: int, top: int, where: Where | None, today: date
    ) -> Iterator[tuple[str, MatchReport]]:
        """Each person with their report, of a shortlist of `size` people: all of them, or as many as may be
        among the best `top`."""
        chosen = self._shortlist.likeliest(asked, size, top, where, today)
        revisions, end = list(chosen), 0
        scores: list[tuple[float, float]] = []
        while end < len(revisions):
            left = [estimated for key in revisions[end:] if (estimated := chosen[key]) is not None]
            if left and is_enough(scores, left, top):
                return
            start, end = end, end + next_step(end, top)
            for revision, person, report in self._reports(asked, revisions[start:end], today):
                yield person, report
                estimated = chosen[revision]
                if estimated is not None and report.score is not None and not partly_assessed(report):
                    scores.append((estimated, report.score))

    def _reports(
        self, asked: Asked, revisions: Sequence[int], today: date
    ) -> Iterator[tuple[int, str, MatchReport]]:
        """Each revision with its person and their report; who was erased this moment is passed over."""
        key, moment = (asked.key, today), self._kept.moment
        kept = self._kept.of(key)
        stored = self._store.resumes.read(revisions)
        new = {revision: item for revision, item in stored.items() if revision not in kept}
        made = dict(self._made(asked, new, today))
        self._kept.keep(key, {revision: Kept.of(report) for revision, report in made.items()}, moment)
        for revision, item in stored.items():
            report = made[revision] if revision in made else _again(asked, item, kept[revision], today)
            yield revision, item.candidate, report

    def _made(
        self, asked: Asked, stored: Mapping[int, StoredResume], today: date
    ) -> Iterable[tuple[int, MatchReport]]:
        vectors = self._vectors.of_resumes({key: item.resume for key, item in stored.items()})
        for revision, item in stored.items():
            resume = as_received(item.resume, item.received.date(), today)
            yield (
                revision,
                report_of(
                    asked.profile,
                    asked.wanted,
                    resume,
                    vectors[revision],
                    self._vectors.fingerprint,
                    today,
                    self._quotes,
                    prepared_of(item),
                ),
            )


def _again(asked: Asked, stored: StoredResume, kept: Kept, today: date) -> MatchReport:
    """The report that was made before, with the resume read again."""
    resume = as_received(stored.resume, stored.received.date(), today)
    if kept.copied:
        resume = without_copies(asked.profile.runs, resume)
    return MatchReport(
        candidate_id=resume.candidate_id,
        source=resume.source,
        rank=0,
        score=kept.score,
        coverage=kept.coverage,
        matches=kept.matches,
        set_aside=resume.set_aside,
        resume=resume,
    )

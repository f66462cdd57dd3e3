"""A role against the corpus: a shortlist from what each qualification finds, then `rank`'s own function.

The shortlist may miss somebody; whoever is on it has the score and the evidence that `rank` gives, to the
last bit, because they come from the same resumes, the same vectors and the same code.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher import __version__
from matcher.corpus.asked import Asked, AskedRoles
from matcher.corpus.fusion import first_of_each, fused
from matcher.corpus.kept import KeptReports
from matcher.corpus.received import as_received
from matcher.corpus.text_search import TextSearch
from matcher.corpus.vectors import CorpusVectors
from matcher.errors import OldFeaturesError
from matcher.matching import Prepared, RoleProfile, prepare, prepared_from, ranked
from matcher.ranking import report_of
from matcher.store import Store, StoredResume
from matcher.types import Engine, MatchReport, Ranking, Role
from matcher.types.corpus import Where, snippet_place

# People on the shortlist: so many, or so many times those who are to be shown. Up to that number nobody is
# left out, and nothing is searched.
SHORTLIST = 300
_TIMES = 4

# Snippets that a qualification finds in each of the two ways.
_SNIPPETS = 1_000

_READ_AT_ONCE = 128  # resumes with their vectors: some 15 MB


class RoleSearch:
    """Ranks the people of a corpus against a role. Several threads may use it."""

    def __init__(self, store: Store, vectors: CorpusVectors, texts: TextSearch, quotes: int) -> None:
        self._store = store
        self._vectors = vectors
        self._texts = texts
        self._quotes = quotes
        self._asked = AskedRoles(vectors)
        self._kept = KeptReports()
        self._seen = 0  # the corpus revision at which all that is kept was there

    def ranking(
        self, role: Role, top: int, where: Where | None, today: date, weights: Mapping[str, float]
    ) -> Ranking:
        """The shortlist ranked, best first. `candidate_id` is that of the person in the corpus."""
        asked = self._asked.of(role, weights)
        self._forget_erased()
        revisions = self._shortlist(asked.profile, asked.wanted, max(SHORTLIST, _TIMES * top), where)
        people: dict[str, str] = {}
        reports: list[MatchReport] = []
        for person, report in self._reports(asked, revisions, today):
            people[report.candidate_id] = person
            reports.append(report)
        # Ordered first: equal scores stand in the order of the ids that `rank` knows.
        named = (replace(each, candidate_id=people[each.candidate_id]) for each in ranked(reports))
        return Ranking(asked.role, today, Engine(__version__, self._vectors.fingerprint), tuple(named))

    def forget(self, revisions: Collection[int]) -> None:
        """Leave nothing in memory of resumes that were erased."""
        self._kept.forget(revisions)

    def _forget_erased(self) -> None:
        """The same for those whom other processes erased since the last search."""
        now = self._store.changes.revision()
        if now != self._seen:
            kept = self._kept.revisions()
            self._kept.forget(kept - self._store.resumes.owners(kept).keys())
            self._seen = now

    def _reports(
        self, asked: Asked, revisions: Sequence[int], today: date
    ) -> Iterator[tuple[str, MatchReport]]:
        """Each person with their report; who was erased this moment is passed over."""
        key, moment = (asked.key, today), self._kept.moment
        kept = self._kept.of(key)
        known = [revision for revision in revisions if revision in kept]
        for revision, person in self._store.resumes.owners(known).items():
            yield person, kept[revision]
        new = [revision for revision in revisions if revision not in kept]
        for start in range(0, len(new), _READ_AT_ONCE):
            stored = self._store.resumes.read(new[start : start + _READ_AT_ONCE])
            made = dict(self._made(asked, stored, today))
            self._kept.keep(key, made, moment)
            for revision, report in made.items():
                yield stored[revision].candidate, report

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
                    today,
                    self._quotes,
                    _prepared(item),
                ),
            )

    def _shortlist(
        self, profile: RoleProfile, wanted: NDArray[np.float32], size: int, where: Where | None
    ) -> list[int]:
        """Newest revisions of at most `size` people who meet the filter."""
        everyone = self._store.resumes.select(where)
        if len(everyone) <= size:
            return everyone
        among = frozenset(everyone)
        asked = [
            (number, demand)
            for number, demand in enumerate(profile.demands)
            if demand.qualification.weight > 0
        ]
        people = None if where is None else self._store.resumes.snippet_ids(where)
        near = self._texts.nearest(
            wanted[[number for number, _ in asked]], _SNIPPETS, self._texts.within(people)
        )
        orders: list[tuple[float, Sequence[int]]] = []
        for (_, demand), hits in zip(asked, near, strict=True):
            counted = None if where is None else among
            worded = self._store.lexical.nearest(demand.terms.text, _SNIPPETS, counted)
            for found in (hits, worded):
                revisions = first_of_each(snippet_place(key)[0] for key in found)
                order = [revision for revision in revisions if revision in among]
                orders.append((demand.qualification.weight, order))
        return [revision for revision, _ in fused(orders)[:size]]


def _prepared(stored: StoredResume) -> Prepared:
    """What was made ready at ingest; made now where it was not, or by other rules than these."""
    if stored.features is not None:
        try:
            return prepared_from(stored.features)
        except OldFeaturesError:
            pass  # `matcher reindex` makes them anew
    return prepare(stored.resume)

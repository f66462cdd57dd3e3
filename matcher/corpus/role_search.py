"""A role against the corpus: a shortlist from what each qualification finds, then `rank`'s own function.

The shortlist may miss somebody; whoever is on it has the score and the evidence that `rank` gives, to the
last bit, because they come from the same resumes, the same vectors and the same code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher import __version__
from matcher.corpus.fusion import first_of_each, fused
from matcher.corpus.received import as_received
from matcher.corpus.text_search import TextSearch
from matcher.corpus.vectors import CorpusVectors
from matcher.matching import RoleProfile, ranked, with_weights, with_wordings, without_copies
from matcher.ranking import groups, report_of
from matcher.store import Store, StoredResume
from matcher.types import Engine, MatchReport, Ranking, Role
from matcher.types.corpus import Where, snippet_place

# People on the shortlist: so many, or so many times those who are to be shown. Up to that number nobody is
# left out, and nothing is searched.
SHORTLIST = 300
_TIMES = 4

# Snippets that a qualification finds in each of the two ways.
_SNIPPETS = 1_000

_READ_AT_ONCE = 64  # resumes


class RoleSearch:
    """Ranks the people of a corpus against a role."""

    def __init__(self, store: Store, vectors: CorpusVectors, texts: TextSearch, quotes: int) -> None:
        self._store = store
        self._vectors = vectors
        self._texts = texts
        self._quotes = quotes

    def ranking(
        self, role: Role, top: int, where: Where | None, today: date, weights: Mapping[str, float]
    ) -> Ranking:
        """The shortlist ranked, best first. `candidate_id` is that of the person in the corpus."""
        weighed = with_weights(role, weights)
        profile = RoleProfile.of(with_wordings(weighed))
        wanted = self._vectors.of_queries(profile.texts)
        people: dict[str, str] = {}
        reports: list[MatchReport] = []
        revisions = self._shortlist(profile, wanted, max(SHORTLIST, _TIMES * top), where)
        for start in range(0, len(revisions), _READ_AT_ONCE):
            stored = self._store.resumes.read(revisions[start : start + _READ_AT_ONCE])
            people |= {item.resume.candidate_id: item.candidate for item in stored.values()}
            reports += self._reports(profile, wanted, list(stored.values()), today)
        # Ordered first: equal scores stand in the order of the ids that `rank` knows.
        named = (replace(each, candidate_id=people[each.candidate_id]) for each in ranked(reports))
        return Ranking(weighed, today, Engine(__version__, self._vectors.fingerprint), tuple(named))

    def _reports(
        self, profile: RoleProfile, wanted: NDArray[np.float32], stored: Sequence[StoredResume], today: date
    ) -> list[MatchReport]:
        found = []
        resumes = (as_received(item.resume, item.received.date(), today) for item in stored)
        for group in groups(without_copies(profile.runs, resume) for resume in resumes):
            texts = [snippet.masked for resume in group for snippet in resume.snippets]
            vectors = self._vectors.of_texts(texts)
            start = 0
            for resume in group:
                own = vectors[start : start + len(resume.snippets)]
                start += len(resume.snippets)
                found.append(report_of(profile, wanted, resume, own, today, self._quotes))
        return found

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

"""A stored role against people: the library's ranking, kept with a report for each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from api.events import emit
from api.state import Services
from matcher.corpus import Corpus, parse_filter
from matcher.reports import blinded
from matcher.reports.html import to_html
from matcher.reports.json import ranking_to_dict
from matcher.types import Ranking
from matcher.types.corpus import Where
from matcher.types.service import Job, StoredMatch, StoredReport

KIND = "matches.create"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a match compares: people by id, by a filter, or everyone, and how."""

    people: tuple[str, ...] | None
    where: str | None
    top: int
    weights: Mapping[str, float]
    blind: bool

    def values(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "people": None if self.people is None else list(self.people),
            "where": self.where,
            "top": self.top,
            "weights": dict(self.weights),
            "blind": self.blind,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Asked:
        """From what was kept."""
        people = kept["people"]
        named = None if people is None else tuple(people)
        return cls(named, kept["where"], kept["top"], kept["weights"], kept["blind"])

    def filter(self, today: date) -> Where | None:
        """Whom to compare; None for everyone. Raises FilterError and QueryError."""
        where = None if self.where is None else parse_filter(self.where, today)
        if self.people is None:
            return where
        return replace(where or Where(today=today), people=self.people)


def ranking_of(corpus: Corpus, match: StoredMatch) -> Ranking:
    """A match ranked, now: the same people give the same reports as long as the engine is the same."""
    asked = Asked.of(match.request)
    revision = corpus.roles.get(match.role_id, match.role_revision)
    ranking = corpus.rank(
        revision, where=asked.filter(match.today), top=asked.top, today=match.today, weights=asked.weights
    )
    first = replace(ranking, reports=ranking.reports[: asked.top])
    return blinded(first) if asked.blind else first


def make(services: Services, tenant: str, match_id: str) -> StoredMatch:
    """Make a match that was put down, keep what came out, and tell whoever wants to know."""
    corpus = services.corpus(tenant)
    match = corpus.store.matches.get(match_id)
    values: dict[str, Any] = dict(ranking_to_dict(ranking_of(corpus, match)))
    people: Any = values.pop("candidates")
    # A file's name outlives nobody: reports go with their people, what is said of the pool does not.
    for tried in values["pool"]["reranked"]:
        for each in tried["top"]:
            del each["source"]
    reports = [
        StoredReport(
            place, each["candidate_id"], each["score"], json.dumps(each, ensure_ascii=False).encode()
        )
        for place, each in enumerate(people)
    ]
    corpus.store.matches.fill(match_id, values, reports)
    made = corpus.store.matches.get(match_id)
    data = {
        "match_id": made.id,
        "role_id": made.role_id,
        "role_revision": made.role_revision,
        "reports": made.reports,
        "job_id": made.job,
    }
    emit(services, tenant, "match.completed", data, key=made.id)
    return made


def page_of(corpus: Corpus, match: StoredMatch) -> str:
    """The match as the HTML report, of those who are still there."""
    return to_html(ranking_of(corpus, match))


def run(services: Services, tenant: str, job: Job) -> dict[str, Any]:
    """Do a job of this kind; returns its result."""
    made = make(services, tenant, str(job.request["match"]))
    return {"match": made.id, "reports": made.reports}

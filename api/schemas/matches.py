"""Matches: what is compared, and what is said of everyone."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field, StrictBool, StrictFloat, StrictInt

from api.schemas.common import EXAMPLE_ID, Day, Strict
from matcher.types.corpus import RoleRevision
from matcher.types.service import StoredMatch, StoredReport

_ROLE = Field(
    description="The id of a role, for its newest revision, or `ID@2` for another.",
    min_length=1,
    max_length=200,
    examples=[EXAMPLE_ID],
)
_WEIGHTS: Any = Field(
    default_factory=dict,
    description="Qualification id to weight, instead of the role's.",
    examples=[{"q1": 2.0}],
)
_TODAY = Field(None, description="The day that closes positions that are current (default: this day, UTC).")


class MatchIn(Strict):
    """A role against people: those named, those who meet a filter, or everyone."""

    role: str = _ROLE
    candidates: list[str] | None = Field(
        None,
        min_length=1,
        max_length=1_000,
        description="Ids of people; with `where`, those of them who meet it.",
    )
    where: str | None = Field(
        None,
        max_length=2_000,
        description="A filter, as in docs/corpus.md.",
        examples=['months>=24 degree>=bachelor "site reliability" AND (go OR rust)'],
    )
    top: StrictInt = Field(50, ge=1, le=1_000, description="Reports that are kept, the best first.")
    weights: dict[str, StrictFloat] = _WEIGHTS
    today: Day | None = _TODAY
    blind: StrictBool = Field(False, description="Show no name, contact, employer, school or file name.")


class ExplainIn(Strict):
    """One person against a role."""

    role: str = _ROLE
    candidate: str = Field(
        min_length=1, max_length=200, description="The id of a person.", examples=[EXAMPLE_ID]
    )
    weights: dict[str, StrictFloat] = _WEIGHTS
    today: Day | None = _TODAY


class MatchOut(BaseModel):
    """What was asked, and what is said of everyone compared."""

    id: str = Field(description="Of the match.")
    state: str = Field(description="`done`, or `pending` while its job makes it.")
    role_id: str = Field(description="The role that people were compared with.")
    role_revision: int = Field(description="Its revision.")
    stale: bool = Field(description="Whether the role has been edited since.")
    today: date = Field(description="The day that closed positions that are current.")
    engine: dict[str, Any] | None = Field(description="Version of the engine and fingerprint of the model.")
    blind: bool = Field(description="Whether names, contact, employers and schools are masked.")
    created: datetime = Field(description="When it was asked for.")
    reports: int = Field(description="How many people have a report here.")
    pool: dict[str, Any] | None = Field(
        description="What is said of all compared: for whom nothing shows required items, and how the first "
        "ten change under other weights."
    )
    role: dict[str, Any] | None = Field(
        description="The role with the weights that counted, as in docs/report-format.md. `role_id` in it is "
        "a digest of the posting, not an id of this service."
    )
    links: dict[str, str] = Field(description="`self`, `reports`, `html`, and `job` where one makes it.")


class ReportOut(BaseModel):
    """One person in a match: score, coverage, verdicts and quotes, as in docs/report-format.md.

    A person decides: a report ranks and quotes, and says no more.
    """

    candidate_id: str = Field(description="Who it is about.")
    source: str | None = Field(description="What their file was called; blind, a label.")
    rank: int = Field(description="Their place in this match, from 1.")
    score: float | None = Field(
        description="Weighted mean of what the verdicts are worth, 0 to 1; null where nothing was assessed."
    )
    coverage: float = Field(description="Share of the weight that could be assessed, 0 to 1.")
    tier: int | None = Field(description="Those of one tier the evidence cannot tell apart.")
    summary: dict[str, Any] = Field(description="The first line, the best quotes and the largest doubts.")
    matches: list[dict[str, Any]] = Field(
        description="For each qualification: its id, the verdict, the strength and the quoted evidence."
    )
    set_aside: list[dict[str, Any]] = Field(
        description="What was kept out of scoring, for a reviewer to see; held against nobody."
    )
    engine: dict[str, Any] = Field(
        description="What made this report, which may be older than what answers: `version`, and `model`, a "
        "fingerprint. Scores of two fingerprints do not compare.",
        examples=[{"version": "0.1.0", "model": "wordhash-512:2fd4e1c6"}],
    )


def match_out(match: StoredMatch, newest: RoleRevision) -> MatchOut:
    """A match as it is answered."""
    head = match.head or {}
    path = f"/v1/matches/{match.id}"
    links = {"self": path, "reports": f"{path}/reports", "html": f"{path}/report.html"}
    if match.job is not None:
        links["job"] = f"/v1/jobs/{match.job}"
    values = {
        "id": match.id,
        "state": "pending" if match.head is None else "done",
        "role_id": match.role_id,
        "role_revision": match.role_revision,
        "stale": newest.number > match.role_revision,
        "today": match.today,
        "blind": bool(match.request.get("blind")),
        "created": match.created,
        "reports": match.reports,
        "links": links,
    }
    return MatchOut.model_validate({**values, **{key: head.get(key) for key in ("engine", "pool", "role")}})


def report_out(report: StoredReport) -> ReportOut:
    """A report as it is answered."""
    return ReportOut.model_validate({**json.loads(report.content), "engine": report.engine})

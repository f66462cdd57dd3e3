"""What both assessment partners have in common: accepting what is asked, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from api.intake import ResumeUpload
from api.integrations.links import Link, report_link
from api.jobs import hand_in
from api.schemas.connections import AshbySettings, GreenhouseSettings, System, settings_of
from api.security import Caller
from api.state import Services, now
from matcher.corpus import Corpus
from matcher.errors import NotInCorpusError
from matcher.reports.html import to_html
from matcher.reports.json import ranking_to_dict
from matcher.types import Assess, QualificationKind, Ranking, Verdict
from matcher.types.corpus import RoleRevision, Where
from matcher.types.service import Asked, Assessment, AssessmentState, Connection

KIND = "assessments.create"

# A file that the two systems' people send is called so: names of files are often names of people.
FILE_NAME = "resume"

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Told:
    """What an assessment is told as: its state, and why it is not complete."""

    state: AssessmentState
    code: str | None
    message: str | None


def published(corpus: Corpus) -> list[RoleRevision]:
    """The newest revision of each role: what can be assessed against, by the role's title."""
    found: list[RoleRevision] = []
    after = None
    while page := corpus.roles.page(limit=_PAGE, after=after):
        found += page
        after = page[-1].role_id
    return sorted(found, key=lambda each: ((each.role.title or "").casefold(), each.role_id))


def named(revision: RoleRevision) -> str:
    """How a person who chooses among revisions sees one."""
    title = revision.role.title or "Role without a title"
    company = f", {revision.role.company}" if revision.role.company else ""
    return f"{title}{company} (revision {revision.number})"


def test_id(revision: RoleRevision) -> str:
    """The id under which a system asks for a revision."""
    return f"{revision.role_id}@{revision.number}"


def accept(
    caller: Caller, asked: Asked, upload: ResumeUpload | None, again: frozenset[AssessmentState]
) -> tuple[Assessment, bool]:
    """Accept an assessment, once: when this returns it will be done. Returns it, and whether this call began
    it; asked a second time, it is the first one. Raises a ProblemError when too much waits."""
    store, tenant = caller.store, caller.key.tenant
    assessment, _ = store.assessments.begin(asked, now(), again)
    if assessment.job is not None or assessment.state is not AssessmentState.PENDING:
        return assessment, False
    job = hand_in(
        caller.services,
        tenant,
        KIND,
        {"assessment": assessment.id},
        actor=caller.key.id,
        request_id=caller.request_id,
        files=[] if upload is None else [upload.row()],
    )
    store.assessments.given_to(assessment.id, job.id)
    caller.audit("assessment.accepted", "assessment", assessment.id)
    return assessment, True


def told(corpus: Corpus, assessment: Assessment) -> Told:
    """How an assessment stands. One whose job ended without saying so has failed."""
    state, code, message = assessment.state, assessment.code, assessment.message
    if state is AssessmentState.PENDING and assessment.job is not None:
        try:
            job = corpus.store.jobs.get(assessment.job)
        except NotInCorpusError:
            return Told(AssessmentState.FAILED, "job_expired", "It was not finished: send it again.")
        if job.state.is_end:
            state, code, message = AssessmentState.FAILED, job.code or "cancelled", job.message
    return Told(state, code, message)


def ranked(corpus: Corpus, assessment: Assessment, today: date) -> Ranking:
    """The person of an assessment against its role. Raises NotInCorpusError where either is gone."""
    if assessment.role_id is None or assessment.candidate is None:
        raise NotInCorpusError("The assessment has not got as far as a person and a role.")
    person = corpus.people.get(assessment.candidate)
    revision = corpus.roles.get(assessment.role_id, assessment.role_revision)
    where = Where(people=(person.id,), today=today)
    return corpus.rank(revision, where=where, top=1, today=today)


def result_of(ranking: Ranking) -> dict[str, object]:
    """What is kept and told of a ranking of one person: counts and the score, no text."""
    (report,) = ranking.reports
    result: dict[str, object] = {
        "today": ranking.today.isoformat(),
        "engine": ranking.engine.version,
        "score": None if report.score is None else round(report.score * 100),
    }
    shown: Any = ranking_to_dict(ranking)["candidates"]
    result["summary"] = shown[0]["summary"]["line"]
    for kind in (QualificationKind.REQUIRED, QualificationKind.PREFERRED):
        found = [
            match.verdict
            for match in report.matches
            if match.qualification.kind is kind
            and match.qualification.assess is Assess.RESUME
            and match.qualification.same_as is None
        ]
        result[kind.value] = len(found)
        for verdict in Verdict:
            result[f"{kind.value}_{verdict.value.replace(' ', '_')}"] = found.count(verdict)
    return result


def page_of(corpus: Corpus, assessment: Assessment) -> str:
    """The report of an assessment as a page, as of the day it was made."""
    result = assessment.result or {}
    return to_html(ranked(corpus, assessment, date.fromisoformat(str(result["today"]))))


def connection_of(corpus: Corpus, system: System) -> Connection | None:
    """The connection to a system, None where there is none."""
    try:
        return corpus.store.connections.get(system)
    except NotInCorpusError:
        return None


def settings_for(corpus: Corpus, system: System) -> GreenhouseSettings | AshbySettings:
    """The settings for a system: the usual ones where it is not connected."""
    return settings_of(connection_of(corpus, system), system)


def link_of(services: Services, corpus: Corpus, assessment: Assessment, days: int) -> str:
    """A link to the report that expires after some days."""
    link = Link(corpus.store.tenant, assessment.id, now() + timedelta(days=days))
    return report_link(services, link)

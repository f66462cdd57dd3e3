"""Assessments that were accepted: the resume in, compared, and the ATS told, whoever is killed in between."""

from __future__ import annotations

import random
import time
from datetime import timedelta

import structlog

from api import logs
from api.fetch import FetchError, fetch
from api.intake import ResumeUpload
from api.integrations import ashby_api
from api.integrations.ashby_api import Ashby
from api.integrations.assessing import (
    FILE_NAME,
    KIND,
    connection_of,
    link_of,
    ranked,
    result_of,
    settings_for,
)
from api.integrations.client import CallError, call
from api.jobs import hand_in
from api.state import Services, now
from api.work import candidates
from api.work.task import LATER, Task, WorkFailedError
from matcher.corpus import Corpus
from matcher.errors import MatcherError
from matcher.sources import NamedFile
from matcher.types.corpus import ExternalId
from matcher.types.service import Assessment, AssessmentState, ItemState

__all__ = ["KIND", "TELL", "assess", "tell", "tell_due"]

TELL = "assessments.tell"

# Seconds between the tries to tell an ATS: about two days in all. Greenhouse asks by itself every hour too.
_SCHEDULE = (1, 5, 30, 120, 600, 3600, 4 * 3600, 12 * 3600, 24 * 3600)
_JITTER = 0.2

# Who tells an ATS has it for himself for so long; killed meanwhile, another does it then.
_LEASE = timedelta(seconds=60)
_AT_A_TIME = 100

# Seconds between tries to fetch a resume.
_PAUSES = (0.5, 2.0)


def assess(task: Task) -> dict[str, object]:
    """Do an assessment, and tell the ATS."""
    store = task.corpus.store.assessments
    assessment = store.get(str(task.job.request["assessment"]))
    if assessment.state is AssessmentState.PENDING:
        try:
            result = _made(task, assessment)
            if result is not None:
                store.complete(assessment.id, result, now(), now() if assessment.callback else None)
        except LATER:
            raise
        except (WorkFailedError, CallError, MatcherError) as error:
            # Greenhouse is told of what is complete alone, and asks for the rest.
            due = now() if assessment.system == ashby_api.SYSTEM else None
            store.fail(assessment.id, error.code, error.message, now(), due)
    _tell(task.services, task.corpus, assessment.id)
    return {"assessment": assessment.id, "state": store.get(assessment.id).state.value}


def tell(task: Task) -> dict[str, object]:
    """Tell an ATS once more of an assessment that it could not be told of."""
    name = str(task.job.request["assessment"])
    _tell(task.services, task.corpus, name, claimed=True)
    return {"assessment": name}


def tell_due(services: Services) -> None:
    """Hand in a job for each assessment that an ATS is to be told of by now."""
    for each in services.first.store.due_notices(now(), _AT_A_TIME):
        store = services.store(each.tenant)
        if store.assessments.claim(each.assessment, now(), now() + _LEASE):
            request = {"assessment": each.assessment}
            hand_in(
                services, each.tenant, TELL, request, actor="system", request_id=logs.request_id(), total=0
            )


def _made(task: Task, assessment: Assessment) -> dict[str, object] | None:
    """The result; None where it is not asked for any more."""
    jobs, store = task.corpus.store.jobs, task.corpus.store.assessments
    if assessment.system == ashby_api.SYSTEM:
        _from_ashby(task, assessment)
    _fetched(task)
    candidates.take(task)
    items = jobs.items(task.job.id, 1)
    person = items[0].candidate if items else _known(task.corpus, assessment)
    if items and items[0].state is not ItemState.DONE:
        raise WorkFailedError(items[0].code or "cancelled", items[0].message or "The job was cancelled.")
    if person is None:
        raise WorkFailedError("no_resume", "There is no resume: attach one and send it again.")
    person = task.corpus.people.get(person).id
    if not store.of_person(assessment.id, person):
        return None
    current = store.get(assessment.id)
    result = result_of(ranked(task.corpus, current, now().date()))
    task.corpus.store.audit.add([task.entry("candidate.matched", "candidate", person)])
    return result


def _known(corpus: Corpus, assessment: Assessment) -> str | None:
    """The person, where they are here under the key of the ATS."""
    if assessment.person is None:
        return None
    return corpus.store.people.by_external(ExternalId(assessment.system, assessment.person))


def _fetched(task: Task) -> None:
    """Keep the resume before anything else: its address expires. What fails here fails again when it is taken
    in, and is said there."""
    jobs = task.corpus.store.jobs
    for item in jobs.items(task.job.id, 1, state=ItemState.PENDING):
        waiting = None if item.upload is None else jobs.upload(item.upload)
        if waiting is None or item.upload is None or waiting.data is not None:
            continue
        for pause in (*_PAUSES, None):
            try:
                jobs.fetched(item.upload, fetch(ResumeUpload.of(waiting).url or "", task.services.settings))
                break
            except FetchError as error:
                if pause is None or error.code != "fetch_failed":
                    break
            time.sleep(pause * (1 + random.uniform(0, _JITTER)))


def _from_ashby(task: Task, assessment: Assessment) -> None:
    """Read from Ashby what its call did not carry: the posting and the resume."""
    connection = connection_of(task.corpus, "ashby")
    if connection is None:
        raise WorkFailedError("not_connected", "No Ashby API key is set here any more.")
    ashby = Ashby(connection, task.services.settings, task.is_wanted)
    if assessment.role_id is None:
        job = ashby.job_of(assessment.callback or "")
        external = ExternalId(ashby_api.SYSTEM, job)
        source = NamedFile("posting.html", ashby.posting(job).encode())
        known = task.corpus.store.roles.by_external(external)
        revision = task.corpus.roles.add(source, known, external)
        task.corpus.store.assessments.of_role(assessment.id, revision.role_id, revision.number)
    if task.corpus.store.jobs.items(task.job.id, 1) or assessment.person is None:
        return
    url = ashby.resume_url(assessment.person)
    if url is not None:
        person = ExternalId(ashby_api.SYSTEM, assessment.person)
        upload = ResumeUpload(url=url, name=FILE_NAME, source=ashby_api.SYSTEM, external=person)
        task.corpus.store.jobs.extend(task.job.id, [upload.row()], now())
    try:
        ashby.update(assessment.id, ashby_api.started())
    except CallError as error:  # it is told of the end in any case
        structlog.get_logger().warning("ashby_not_told", assessment=assessment.id, code=error.code)


def _tell(services: Services, corpus: Corpus, name: str, claimed: bool = False) -> None:
    """Tell the ATS what is due, once; when that fails, note when to try again."""
    store = corpus.store.assessments
    if not claimed and not store.claim(name, now(), now() + _LEASE):
        return
    assessment = store.get(name)
    if assessment.due is None:
        return
    log = structlog.get_logger().bind(assessment=name, system=assessment.system)
    try:
        _say(services, corpus, assessment)
    except CallError as error:
        if not error.passing or assessment.attempt >= len(_SCHEDULE):
            store.told(name)
            log.error("assessment_not_told", code=error.code, status=error.status)
            return
        wait = _SCHEDULE[assessment.attempt] * (1 + random.uniform(0, _JITTER))
        store.put_off(name, now() + timedelta(seconds=wait))
        log.warning("assessment_told_later", code=error.code, status=error.status)
        return
    store.told(name)
    log.info("assessment_told")


def _say(services: Services, corpus: Corpus, assessment: Assessment) -> None:
    if assessment.system != ashby_api.SYSTEM:
        call("PATCH", assessment.callback or "", services.settings, {"Content-Length": "0"}, read=False)
        return
    connection = connection_of(corpus, "ashby")
    if connection is None:
        raise CallError("not_connected", "No Ashby API key is set here any more.", passing=False)
    ashby = Ashby(connection, services.settings, lambda: True)
    if assessment.state is not AssessmentState.COMPLETE:
        ashby.update(assessment.id, ashby_api.failed(assessment.message or "It was not possible."))
        return
    settings = settings_for(corpus, "ashby")
    link = link_of(services, corpus, assessment, settings.report_days)
    said = ashby_api.complete(assessment.result or {}, link, settings.show_score)
    ashby.update(assessment.id, said)

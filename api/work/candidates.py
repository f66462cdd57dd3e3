"""Resumes that were accepted into the corpus: each item by itself, whatever becomes of the others."""

from __future__ import annotations

from api import events
from api.fetch import FetchError, fetch
from api.intake import KIND, ResumeUpload
from api.work.task import Task
from matcher.corpus import Labels
from matcher.errors import (
    CorpusConflictError,
    DocumentError,
    NotInCorpusError,
    ParseMemoryError,
    ParserCrashedError,
    ParseTimeoutError,
)
from matcher.sources import NamedFile
from matcher.types.corpus import Outcome
from matcher.types.found import Taken
from matcher.types.results import Rejected
from matcher.types.service import ItemState, JobItem

__all__ = ["KIND", "take"]

_AT_A_TIME = 100

# Refusals that another try may not meet: the file is kept for it.
_PASSING = {ParseTimeoutError.code, ParseMemoryError.code, ParserCrashedError.code, "fetch_failed"}


def take(task: Task) -> None:
    """Take in what waits of a job."""
    while items := task.corpus.store.jobs.items(task.job.id, _AT_A_TIME, state=ItemState.PENDING):
        for item in items:
            if not task.is_wanted():
                return
            _settle(task, item)


def _settle(task: Task, item: JobItem) -> None:
    try:
        taken = _taken(task, item)
    except (FetchError, DocumentError, NotInCorpusError, CorpusConflictError) as error:
        taken = Rejected("", error.code, error.message)
    jobs = task.corpus.store.jobs
    # Said before it is noted, and under a key: a worker killed in between says it again, and it counts once.
    said = {"job_id": task.job.id, "item": item.ordinal}
    key = f"{task.job.id}:{item.ordinal}:{task.job.attempt}"
    if isinstance(taken, Rejected):
        keep = taken.code in _PASSING
        failed = JobItem(item.ordinal, ItemState.FAILED, item.upload, code=taken.code, message=taken.message)
        events.emit(task.services, task.tenant, "candidate.rejected", {**said, "code": taken.code}, key)
        jobs.settle(task.job.id, failed, keep_upload=keep)
        return
    outcome = _outcome(task, taken)
    done = JobItem(item.ordinal, ItemState.DONE, item.upload, taken.candidate, outcome.value)
    entry = task.entry(f"candidate.{outcome.value}", "candidate", taken.candidate)
    data = {**said, "candidate_id": taken.candidate, "outcome": outcome.value}
    events.emit(task.services, task.tenant, "candidate.ready", data, key)
    jobs.settle(task.job.id, done, [entry])


def _taken(task: Task, item: JobItem) -> Taken | Rejected:
    jobs = task.corpus.store.jobs
    waiting = None if item.upload is None else jobs.upload(item.upload)
    if waiting is None or item.upload is None:
        raise NotInCorpusError("The file was erased before it was taken in.")
    upload = ResumeUpload.of(waiting)
    data = upload.data
    if data is None:
        data = fetch(upload.url or "", task.services.settings)
        if not jobs.fetched(item.upload, data):
            raise NotInCorpusError("The file was erased before it was taken in.")
    labels = Labels(upload.source, upload.tags, upload.candidate, upload.external, task.job.created)
    (taken,) = task.corpus.receive([(NamedFile(upload.name, data), labels)])
    return taken


def _outcome(task: Task, taken: Taken) -> Outcome:
    """What this job did, also where a worker before this one was killed between doing and saying it."""
    if taken.outcome is not Outcome.UNCHANGED:
        return taken.outcome
    for revision in task.corpus.store.resumes.revisions(taken.candidate):
        if revision.id == taken.revision and revision.received == task.job.created:
            return Outcome.ADDED if revision.number == 1 else Outcome.REVISED
    return taken.outcome

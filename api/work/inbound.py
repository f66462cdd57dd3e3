"""A new application's resume, where the event that tells of it carries none."""

from __future__ import annotations

from api.intake import ResumeUpload
from api.integrations.ashby_api import SYSTEM, Ashby
from api.integrations.assessing import FILE_NAME
from api.integrations.client import CallError
from api.integrations.inbound import FETCH
from api.state import now
from api.work import candidates
from api.work.task import Task, WorkFailedError
from matcher.types.corpus import ExternalId

__all__ = ["FETCH", "fetch_resume"]


def fetch_resume(task: Task) -> None:
    """Take in the resume of an Ashby candidate, if there is one."""
    person, store = str(task.job.request["person"]), task.corpus.store
    if not store.jobs.items(task.job.id, 1):
        ashby = Ashby(store.connections.get(SYSTEM), task.services.settings, task.is_wanted)
        try:
            url = ashby.resume_url(person)
        except CallError as error:
            raise WorkFailedError(error.code, error.message) from None
        if url is None:
            return
        external = ExternalId(SYSTEM, person)
        upload = ResumeUpload(url=url, name=FILE_NAME, source=SYSTEM, external=external)
        store.jobs.extend(task.job.id, [upload.row()], now())
    candidates.take(task)

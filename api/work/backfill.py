"""A backfill: everybody whom an ATS has, taken in page by page, and who is not there any more, erased.

How far it is stands in the connection, written together with the items of each page: whoever is killed begins
again there, and a later job goes on where one stopped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from api.intake import ResumeUpload
from api.integrations.assessing import FILE_NAME
from api.integrations.client import CallError
from api.integrations.harvest import SYSTEM, Harvest, HarvestPage
from api.integrations.inbound import forget
from api.state import now
from api.work import candidates
from api.work.task import Task, WorkFailedError
from matcher.types.corpus import ExternalId

KIND = "backfill"

_KEYS = 500

# More people than this part of all, and than this number, are not erased at once unless that was asked for:
# it may be that the client may see only some.
_PART = 0.1
_FEW = 10

# Answers to a place that the other system has forgotten.
_FORGOTTEN = (400, 404, 410, 422)


@dataclass(frozen=True, slots=True)
class Place:
    """How far a backfill is: the page that comes next, None for the first, whether all were read, counts."""

    following: str | None = None
    read: bool = False
    seen: int = 0
    without_resume: int = 0

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> Place:
        """From what was kept."""
        return cls() if kept is None else cls(**kept)


def backfill(task: Task) -> dict[str, object] | None:
    """Do a backfill; None when it was cancelled."""
    connection = task.corpus.store.connections.get(SYSTEM)
    harvest = Harvest(connection, task.services.settings, task.is_wanted)
    place = Place.of(connection.cursor)
    candidates.take(task)  # what waited when a worker before this one was killed
    try:
        while not place.read:
            place = _next(task, harvest, place)
            candidates.take(task)
            if not task.is_wanted():
                return None
        followed = _follow(task, harvest) if task.job.request["follow_deletions"] else {}
    except CallError as error:
        if error.code == "cancelled":
            return None
        raise WorkFailedError(error.code, error.message) from None
    task.corpus.store.connections.read_to(SYSTEM, None)
    return {"candidates": place.seen, "without_resume": place.without_resume, **followed}


def _next(task: Task, harvest: Harvest, place: Place) -> Place:
    """Hand in the resumes of the next page; returns the place behind it."""
    page = _page(task, harvest, place)
    addresses = harvest.resumes(page.candidates)
    uploads = [
        ResumeUpload(url=url, name=FILE_NAME, source=SYSTEM, external=ExternalId(SYSTEM, person)).row()
        for person, url in addresses.items()
    ]
    behind = replace(
        place,
        following=page.following,
        read=page.following is None,
        seen=place.seen + len(page.candidates),
        without_resume=place.without_resume + len(page.candidates) - len(uploads),
    )
    task.corpus.store.jobs.extend(task.job.id, uploads, now(), (SYSTEM, asdict(behind)))
    return behind


def _page(task: Task, harvest: Harvest, place: Place) -> HarvestPage:
    after: Any = task.job.request["updated_after"]
    try:
        return harvest.page(place.following, after)
    except CallError as error:
        if place.following is None or error.status not in _FORGOTTEN:
            raise
    return harvest.page(None, after)  # it has forgotten the place: known files change nothing


def _follow(task: Task, harvest: Harvest) -> dict[str, object]:
    """Erase who is here under a key that the ATS does not know any more."""
    people, after, known = task.corpus.store.people, None, 0
    gone: list[str] = []
    while keys := people.keys_of(SYSTEM, _KEYS, after):
        after = keys[-1][0]
        ours = [key for key, _ in keys if key.isdecimal()]  # others are not Greenhouse's own
        known += len(ours)
        gone += sorted(harvest.missing(ours))
    if len(gone) > max(_FEW, known * _PART) and not task.job.request["erase_many"]:
        return {"erased": 0, "not_erased": len(gone)}
    erased = 0
    for key in gone:
        if not task.is_wanted():
            break
        erased += forget(task.services, task.tenant, ExternalId(SYSTEM, key), task.job.request_id)
    return {"erased": erased, "not_erased": len(gone) - erased}

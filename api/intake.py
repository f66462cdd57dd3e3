"""Accepting resumes: what was sent becomes an item of a job, which the worker takes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from api.jobs import hand_in
from api.state import Services
from matcher.types.corpus import ExternalId
from matcher.types.service import Job, Upload

KIND = "candidates.create"


@dataclass(frozen=True, slots=True)
class ResumeUpload:
    """A resume that was sent, as bytes or as the address that has it, and what was said of it.

    `candidate` or `external` says whose it is, where that is known.
    """

    data: bytes | None = None
    url: str | None = None
    name: str = "resume"
    tags: tuple[str, ...] = ()
    source: str | None = None
    candidate: str | None = None
    external: ExternalId | None = None

    def row(self) -> Upload:
        """As it waits in the store."""
        external = None if self.external is None else [self.external.system, self.external.key]
        labels: dict[str, object] = {
            "name": self.name,
            "url": self.url,
            "tags": list(self.tags),
            "source": self.source,
            "external": external,
        }
        return Upload(labels, self.data, self.candidate)

    @classmethod
    def of(cls, upload: Upload) -> Self:
        """From what `row` gave."""
        labels: Any = upload.labels
        external = labels["external"]
        return cls(
            upload.data,
            labels["url"],
            labels["name"],
            tuple(labels["tags"]),
            labels["source"],
            upload.candidate,
            None if external is None else ExternalId(*external),
        )


def accept_resume(
    services: Services, tenant: str, upload: ResumeUpload, actor: str, request_id: str | None = None
) -> Job:
    """Accept a resume: when this returns, it will be taken in once, whatever is killed meanwhile.

    `actor` is the id of a key, or "system". Raises a ProblemError when too much waits already.
    """
    return accept_resumes(services, tenant, [upload], actor, request_id)


def accept_resumes(
    services: Services,
    tenant: str,
    uploads: Sequence[ResumeUpload],
    actor: str,
    request_id: str | None = None,
) -> Job:
    """The same for several, as one job with an item for each, in order."""
    files = [upload.row() for upload in uploads]
    return hand_in(services, tenant, KIND, {}, actor=actor, request_id=request_id, files=files)

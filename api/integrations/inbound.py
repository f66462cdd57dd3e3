"""The events of an ATS that mean something here: somebody deleted, merged or anonymised, a new application.

Each may come twice. What is slow is handed in as a job.
"""

from __future__ import annotations

from api.inbound import HANDLERS, InboundEvent, at, erase_external, note
from api.intake import ResumeUpload, accept_resume
from api.integrations.assessing import FILE_NAME
from api.jobs import hand_in
from api.state import Services
from matcher.types.corpus import ExternalId

FETCH = "inbound.fetch"

_ACTOR = "system"

# What Greenhouse may anonymise of a person, and a resume shows.
_IDENTITY = {"full_name", "email_addresses", "phone_numbers", "attachments"}


def forget(services: Services, tenant: str, external: ExternalId, request_id: str | None) -> bool:
    """Erase the person whom another system has deleted, with files that wait and what was asked of them;
    returns whether somebody was here."""
    store = services.store(tenant)
    store.jobs.drop_waiting(external)
    store.assessments.forget(external.system, external.key)
    return erase_external(services, tenant, external, request_id)


def _deleted(services: Services, event: InboundEvent) -> None:
    """Greenhouse: {"payload": {"person": {"id": 1}}}; Ashby: {"data": {"candidate": {"id": "..."}}}."""
    for path in (("payload", "person", "id"), ("data", "candidate", "id")):
        known = _key(at(event.body, *path))
        if known is not None:
            forget(services, event.tenant, ExternalId(event.system, known), event.request_id)
            return


def _anonymized(services: Services, event: InboundEvent) -> None:
    """Greenhouse: {"payload": {"candidate_id": 1, "anonymized_fields": [...]}}. Whose name, addresses or
    documents are taken away there is not to be found here."""
    known = _key(at(event.body, "payload", "candidate_id"))
    fields = at(event.body, "payload", "anonymized_fields")
    if known is not None and isinstance(fields, list) and _IDENTITY & set(map(str, fields)):
        forget(services, event.tenant, ExternalId(event.system, known), event.request_id)


def _merged(services: Services, event: InboundEvent) -> None:
    """Greenhouse: two people are one now, under `new_candidate_id`."""
    old = _key(at(event.body, "payload", "person", "id"))
    new = _key(at(event.body, "payload", "person", "new_candidate_id"))
    if old is None or new is None:
        return
    people, said = services.store(event.tenant).people, (event.tenant, event.system, event.request_id)
    gone, kept = (people.by_external(ExternalId(event.system, key)) for key in (old, new))
    if gone is None:
        return
    if kept is None:
        people.link(gone, ExternalId(event.system, new))
        note(services, *said, "candidate.changed", gone)
    elif kept != gone:
        people.merge(kept, gone)
        note(services, *said, "candidate.merged", kept, gone)
    people.unlink(ExternalId(event.system, old))


def _applied_at_greenhouse(services: Services, event: InboundEvent) -> None:
    """The event carries where the resume is."""
    known = _key(at(event.body, "payload", "application", "candidate", "id"))
    found = at(event.body, "payload", "application", "candidate", "attachments")
    attachments = found if isinstance(found, list) else []
    resumes = [at(each, "url") for each in attachments if at(each, "type") == "resume"]
    if known is None or not resumes or not isinstance(resumes[-1], str):
        return
    external = ExternalId(event.system, known)
    upload = ResumeUpload(url=resumes[-1], name=FILE_NAME, source=event.system, external=external)
    accept_resume(services, event.tenant, upload, _ACTOR, event.request_id)


def _applied_at_ashby(services: Services, event: InboundEvent) -> None:
    """The event says who; a job asks Ashby for the resume."""
    known = _key(at(event.body, "data", "application", "candidate", "id"))
    if known is not None:
        request = {"person": known}
        hand_in(services, event.tenant, FETCH, request, actor=_ACTOR, request_id=event.request_id)


def _key(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | str) or not 0 < len(str(value)) <= 200:
        return None
    return str(value)


HANDLERS.update(
    {
        ("greenhouse", "delete_candidate"): _deleted,
        ("greenhouse", "candidate_anonymized"): _anonymized,
        ("greenhouse", "merge_candidate"): _merged,
        ("greenhouse", "new_candidate_application"): _applied_at_greenhouse,
        ("greenhouse", "new_prospect_application"): _applied_at_greenhouse,
        ("ashby", "candidateDelete"): _deleted,
        ("ashby", "applicationSubmit"): _applied_at_ashby,
    }
)

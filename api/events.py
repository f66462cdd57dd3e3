"""What happened, for whoever wants to be told."""

from __future__ import annotations

from collections.abc import Mapping

from api.schemas.events import MODELS
from api.state import Services, now
from api.webhooks.delivering import hand_over
from matcher.types.webhooks import EventType

# Where to read what an id names.
_PATHS = {
    "candidate": "/v1/candidates/{candidate_id}",
    "job": "/v1/jobs/{job_id}",
    "match": "/v1/matches/{match_id}",
    "reports": "/v1/matches/{match_id}/reports",
}


def emit(
    services: Services, tenant: str, kind: str, data: Mapping[str, object], key: str | None = None
) -> None:
    """Note an event of a tenant, a type of `matcher.types.webhooks.EventType`, and see that it is delivered.

    `data` has the ids and codes that `api.schemas.events` names for the type, and nothing else: it raises a
    ValidationError otherwise. With a `key` an event is noted once however often it is emitted: work that is
    begun again says it again.
    """
    event = EventType(kind)
    said = checked(event, data, services.settings.public_url)
    hand_over(services, tenant, services.store(tenant).deliveries.note(event, said, now(), key))


def checked(kind: EventType, data: Mapping[str, object], public_url: str) -> dict[str, object]:
    """The data of an event as it is told, with links. Raises a ValidationError for what does not belong."""
    model = MODELS[kind]
    found = model.model_validate(data)
    if "links" not in model.model_fields:
        return found.model_dump()
    known = {name: value for name, value in found.model_dump().items() if value is not None}
    links = {
        name: public_url.rstrip("/") + path.format_map(known)
        for name, path in _PATHS.items()
        if path.partition("{")[2].partition("}")[0] in known
    }
    return model.model_validate({**data, "links": links}).model_dump()

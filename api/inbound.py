"""Events that other systems send here: believed by their signature alone, and handled once.

They come at least once and in no order. A handler that fails is called again when the event is sent again, so
that each must be fit to be called twice; so must it be for two copies that come at the same moment.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from api.problems import ProblemError
from api.state import Services, now
from api.webhooks.delivering import hand_over_erased
from matcher.types.corpus import ExternalId
from matcher.types.service import AuditEntry


@dataclass(frozen=True, slots=True)
class InboundEvent:
    """An event whose signature is right: `action` names what happened, `body` is all that was sent."""

    tenant: str
    system: str
    action: str
    body: Mapping[str, Any]
    request_id: str


@dataclass(frozen=True, slots=True)
class _Dialect:
    """Where a system puts its signature and the id of the event."""

    signature_header: str
    signature_prefix: str
    event_id: Callable[[Mapping[str, str], Mapping[str, Any]], str]


DIALECTS = {
    "greenhouse": _Dialect(
        "signature", "sha256 ", lambda headers, _body: headers.get("greenhouse-event-id", "")
    ),
    "ashby": _Dialect(
        "ashby-signature", "sha256=", lambda _headers, body: str(body.get("webhookActionId", ""))
    ),
}


def receive(
    services: Services, system: str, tenant: str, headers: Mapping[str, str], raw: bytes, request_id: str
) -> str:
    """Verify an event and handle it; returns handled, duplicate or ignored. `headers` have small letters.

    Raises a ProblemError, which is the same for a tenant who is not there and one without a connection.
    """
    dialect = DIALECTS.get(system)
    known = dialect is not None and tenant in services.first.store.tenants()
    inbound = services.store(tenant).inbound if known else None
    secrets = () if inbound is None else inbound.secrets(system)
    if dialect is None or inbound is None or not _is_signed(dialect, secrets, headers, raw):
        raise ProblemError("bad_signature", "No connection of this tenant signs like this: check the secret.")
    body = _object(raw)
    # The id is outside of what is signed: with the body it names an event that nobody else could have sent.
    digest = hashlib.sha256(raw).hexdigest()
    name = f"{dialect.event_id(headers, body)[:100]}:{digest}"
    if inbound.handled(system, name):
        return "duplicate"
    action = str(body.get("action", ""))
    handle = HANDLERS.get((system, action))
    if handle is not None:
        handle(services, InboundEvent(tenant, system, action, body, request_id))
    inbound.note(system, name, now())
    shown = action if handle is not None else "other"
    structlog.get_logger().info("inbound", system=system, action=shown, handled=handle is not None)
    return "ignored" if handle is None else "handled"


def erase_external(services: Services, tenant: str, external: ExternalId, request_id: str | None) -> bool:
    """Erase the person whom another system has deleted; returns whether somebody was.

    One whom that system knows by other ids too was merged there: only the id goes.
    """
    corpus = services.corpus(tenant)
    person = corpus.store.people.by_external(external)
    if person is None:
        return False
    if sum(each.system == external.system for each in corpus.people.get(person).external_ids) > 1:
        corpus.store.people.unlink(external)
        note(services, tenant, external.system, request_id, "candidate.changed", person)
        return False
    entry = AuditEntry(now(), external.system, "candidate.erased", "candidate", person, request_id)
    corpus.erase([person], entry)
    hand_over_erased(services, tenant, person)
    return True


def note(
    services: Services, tenant: str, system: str, request_id: str | None, action: str, *people: str
) -> None:
    """Write into the audit log what another system's word did to people."""
    lines = [AuditEntry(now(), system, action, "candidate", person, request_id) for person in people]
    services.store(tenant).audit.add(lines)


def at(body: object, *names: str) -> object:
    """What lies under the names in objects within objects, None where there is nothing."""
    for name in names:
        body = body.get(name) if isinstance(body, dict) else None
    return body


def _is_signed(dialect: _Dialect, secrets: tuple[str, ...], headers: Mapping[str, str], raw: bytes) -> bool:
    """Whether one of the secrets made the signature, over the very bytes, compared in constant time."""
    sent = headers.get(dialect.signature_header, "").encode("utf-8", "replace")
    made = [
        dialect.signature_prefix + hmac.new(each.encode(), raw, hashlib.sha256).hexdigest()
        for each in secrets
    ]
    return any([hmac.compare_digest(each.encode(), sent) for each in made])  # noqa: C419 - all are compared


def _object(raw: bytes) -> Mapping[str, Any]:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise ProblemError("bad_request", "The body is no JSON object.")
    return body


Handler = Callable[[Services, InboundEvent], None]

# By system and action, filled by `api.integrations.inbound`; any other is acknowledged and passed over.
HANDLERS: dict[tuple[str, str], Handler] = {}

"""Events of other systems: believed by their signature over the raw bytes, handled once, or again."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime

import httpx
import pytest
from api_service import Service, check_problem
from store_samples import ADA, BRAM, add

from api import inbound
from api.inbound import InboundEvent
from api.state import Services
from matcher.store import open_store
from matcher.types.corpus import ExternalId

SECRET = "s-3f1c"
DELETED = {"action": "delete_candidate", "payload": {"person": {"id": 37, "first_name": "Jill"}}}


def connect(service: Service, tenant: str, system: str, **credentials: str) -> None:
    """Connect a tenant to a system, with a key so that the tenant is there."""
    service.key(tenant=tenant)
    with open_store(service.corpus, tenant) as store:
        store.connections.put(system, credentials, {}, datetime.now(UTC))


def signature(raw: bytes, secret: str = SECRET) -> str:
    """What both systems call one."""
    return hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def greenhouse(
    service: Service, tenant: str, body: object, *, sent: str | None = None, event: str = "e-1"
) -> httpx.Response:
    """An event as Greenhouse sends it, with spaces that a JSON library would not write."""
    raw = json.dumps(body, indent=1).encode()
    headers = {
        "Signature": (f"sha256 {signature(raw)}" if sent is None else sent).encode("latin-1"),
        "Greenhouse-Event-ID": event.encode(),
        "Content-Type": b"application/json",
        "X-Request-Id": event.encode(),
    }
    return httpx.post(f"{service.url}/v1/inbound/greenhouse/{tenant}", content=raw, headers=headers)


def test_a_deletion_erases_the_person_once(service: Service) -> None:
    """The person whom the system deleted is gone, others stay; sent again, it is a duplicate."""
    connect(service, "deleted", "greenhouse", webhook_secret=SECRET)
    with open_store(service.corpus, "deleted") as store:
        person = add(store, ADA, external=ExternalId("greenhouse", "37")).candidate
        other = add(store, BRAM, external=ExternalId("greenhouse", "38")).candidate
    answers = [greenhouse(service, "deleted", DELETED) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert [each.json()["status"] for each in answers] == ["handled", "duplicate"]
    with service.client(tenant="deleted") as client:
        check_problem(client.get(f"/v1/candidates/{person}"), 404, "not_in_corpus")
        assert client.get(f"/v1/candidates/{other}").status_code == 200
        lines = client.get("/v1/audit", params={"subject": person}).json()["items"]
    told = [(each["actor"], each["action"], each["request_id"]) for each in lines]
    assert ("greenhouse", "candidate.erased", "e-1") in told
    assert greenhouse(service, "deleted", DELETED, event="e-2").json()["status"] == "handled", "of nobody"


def test_who_was_merged_there_is_not_erased(service: Service) -> None:
    """A person whom the system knows by another id too only loses the id that is gone."""
    connect(service, "merged", "greenhouse", webhook_secret=SECRET)
    with open_store(service.corpus, "merged") as store:
        person = add(store, ADA, external=ExternalId("greenhouse", "37")).candidate
        store.people.link(person, ExternalId("greenhouse", "40"))
    assert greenhouse(service, "merged", DELETED).json()["status"] == "handled"
    with service.client(tenant="merged") as client:
        (line,) = client.get("/v1/audit", params={"subject": person}).json()["items"]
        assert (line["actor"], line["action"]) == ("greenhouse", "candidate.changed")
        left = client.get(f"/v1/candidates/{person}").json()["external_ids"]
    assert left == [{"system": "greenhouse", "key": "40"}]


def test_who_becomes_one_person_there_does_here(service: Service) -> None:
    """Both are noted, under the request; a new key takes the place of the one that goes."""
    connect(service, "one", "greenhouse", webhook_secret=SECRET)
    with open_store(service.corpus, "one") as store:
        gone = add(store, ADA, external=ExternalId("greenhouse", "37")).candidate
        kept = add(store, BRAM, external=ExternalId("greenhouse", "38")).candidate
    for old, new in ((37, 38), (38, 39)):
        body = {
            "action": "merge_candidate",
            "payload": {"person": {"id": old, "new_candidate_id": new}},
        }
        assert greenhouse(service, "one", body, event=f"e-{new}").json()["status"] == "handled"
    with open_store(service.corpus, "one") as store:
        assert store.people.by_external(ExternalId("greenhouse", "39")) == kept
        assert store.people.get(gone).id == kept
        noted = [(each.action, each.subject, each.request_id) for each in store.audit.entries()]
    assert noted == [
        ("candidate.merged", kept, "e-38"),
        ("candidate.merged", gone, "e-38"),
        ("candidate.changed", kept, "e-39"),
    ]


@pytest.mark.parametrize(
    "sent",
    ["", "sha256", "sha256 " + "0" * 64, "sha1 " + "0" * 40, signature(b"other"), "sha256 \xff"],
)
def test_what_is_not_signed_is_refused_and_does_nothing(service: Service, sent: str) -> None:
    """Alike for a wrong signature, a tenant without a connection, and one who is not there."""
    connect(service, "signed", "greenhouse", webhook_secret=SECRET)
    service.key(tenant="unconnected")
    details = {
        str(check_problem(greenhouse(service, tenant, DELETED, sent=sent), 401, "bad_signature")["detail"])
        for tenant in ("signed", "unconnected", "nobody")
    }
    assert len(details) == 1
    with open_store(service.corpus, "signed") as store:
        assert not [row for row in store.audit.entries() if row.action == "candidate.erased"]


def test_the_bytes_are_signed_and_not_what_they_say(service: Service) -> None:
    """The same JSON in other bytes is another message; the secret before this one goes on to hold."""
    connect(service, "bytes", "greenhouse", webhook_secret=SECRET, previous_webhook_secret="old")
    raw = json.dumps({"action": "ping"}).encode()
    url = f"{service.url}/v1/inbound/greenhouse/bytes"
    for content, secret, status in (
        (raw, SECRET, 200),
        (raw.replace(b" ", b""), "old", 200),
        (raw, "older", 401),
    ):
        headers = {"Signature": f"sha256 {signature(content, secret)}"}
        assert httpx.post(url, content=content, headers=headers).status_code == status
    headers = {"Signature": f"sha256 {signature(raw)}"}
    assert httpx.post(url, content=raw.replace(b" ", b""), headers=headers).status_code == 401


def test_ashby_signs_in_its_own_way(service: Service) -> None:
    """`Ashby-Signature: sha256=...`, the id of the event in the body; what nothing depends on is ignored."""
    connect(service, "ashby", "ashby", webhook_secret=SECRET)
    raw = b'{"action": "ping", "webhookActionId": "w-1", "data": {}}'
    url = f"{service.url}/v1/inbound/ashby/ashby"
    headers = {"Ashby-Signature": f"sha256={signature(raw)}"}
    answers = [httpx.post(url, content=raw, headers=headers).json()["status"] for _ in range(2)]
    assert answers == ["ignored", "duplicate"]
    assert httpx.post(url, content=raw, headers={"Signature": f"sha256 {signature(raw)}"}).status_code == 401


def test_what_failed_is_handled_when_it_is_sent_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A handler that fails leaves the event unhandled: the sender gets 5xx and sends it again."""
    connect(service, "failing", "greenhouse", webhook_secret=SECRET)
    calls: list[InboundEvent] = []

    def handler(_: Services, event: InboundEvent) -> None:
        calls.append(event)
        if len(calls) == 1:
            raise OSError

    monkeypatch.setitem(inbound.HANDLERS, ("greenhouse", "tried"), handler)
    answers = [greenhouse(service, "failing", {"action": "tried"}).status_code for _ in range(3)]
    assert answers == [500, 200, 200]
    assert len(calls) == 2
    assert (calls[1].tenant, calls[1].body) == ("failing", {"action": "tried"})


@pytest.mark.parametrize("body", [[], "text", None, 7, {"action": {"x": 1}}, {"payload": []}])
def test_a_signed_body_of_any_shape_is_answered(service: Service, body: object) -> None:
    """What is no object is refused, what is nothing that is known is ignored."""
    connect(service, "shapes", "greenhouse", webhook_secret=SECRET)
    status = 200 if isinstance(body, Mapping) else 400
    assert greenhouse(service, "shapes", body).status_code == status
    strange = {"action": "delete_candidate", "payload": {"person": body}}
    assert greenhouse(service, "shapes", strange).status_code == 200


def test_a_system_that_nobody_knows_and_a_body_without_end(service: Service) -> None:
    """Refused before anything is looked up."""
    assert httpx.post(f"{service.url}/v1/inbound/workday/x", content=b"{}").status_code == 422
    big = httpx.post(f"{service.url}/v1/inbound/ashby/x", content=b"x" * 1_000_001)
    check_problem(big, 413, "body_too_large")

"""Two tenants in one service, each with the other's ids in hand, at the same time, on every route."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from api_service import Service, ended, until

POSTING = "Baker\n\nRequirements\n- Baking bread for two years\n- Fluent in English\n"
RESUME = "{name}\n{mail}\n\nExperience\nBaker, Mill Lane, 2019 - 2023\n- Baked bread of {grain} for a town\n"
ROUNDS = 2

Ids = dict[str, str]
Call = dict[str, Any]  # of a request: params, json

# Routes whose address has ids, and a body: one that would be taken.
BODIES: dict[str, Any] = {
    "replace_role": {"text": POSTING},
    "replace_candidate": {"text": RESUME.format(name="No One", mail="no@example.org", grain="spelt")},
    "change_role": {"external_ids": []},
    "change_candidate": {"tags": ["taken-over"]},
    "change_application": {"stage": "taken-over", "external_ids": []},
    "change_webhook": {"enabled": False},
    "rotate_webhook_secret": {"keep_hours": 0},
    "replay_failed": {"since": "2026-01-01T00:00:00Z"},
}


def _pair(role: str, one: str, many: str) -> Callable[[Ids, Ids], list[Call]]:
    """A role and a person in a body, each in turn the other tenant's."""

    def calls(own: Ids, other: Ids) -> list[Call]:
        mixed = ((own, other), (other, own), (other, other))
        named = [(of["role_id"], whose["candidate_id"]) for of, whose in mixed]
        return [{"json": {role: known, one or many: person if one else [person]}} for known, person in named]

    return calls


# Routes that take ids in a query or a body.
NAMING: dict[str, Callable[[Ids, Ids], list[Call]]] = {
    "create_match": _pair("role", "", "candidates"),
    "explain": _pair("role", "candidate", ""),
    "create_application": _pair("role", "candidate", ""),
    "create_candidate": lambda _, other: [
        {"json": {"text": RESUME, "candidate_id": other["candidate_id"]}},
        {"json": {"json_resume": {"basics": {}}, "candidate_id": other["candidate_id"]}},
    ],
    "list_candidates": lambda _, other: [
        {"params": {"external_system": "ats", "external_key": other["external_key"]}},
        {"params": {"where": f"source:{other['source']}"}},
    ],
    "search": lambda _, other: [{"json": {"text": "baked bread", "where": f"source:{other['source']}"}}],
    "list_matches": lambda _, other: [{"params": {"role": other["role_id"]}}],
    "list_applications": lambda _, other: [
        {"params": {"role": other["role_id"]}},
        {"params": {"candidate": other["candidate_id"]}},
    ],
    "list_audit": lambda _, other: [{"params": {"subject": other["candidate_id"]}}],
    "send_test": lambda _, other: [
        {"json": {"partner_test_id": f"{other['role_id']}{end}", "candidate": {}}} for end in ("", "@1")
    ],
    "test_status": lambda _, other: [{"params": {"partner_interview_id": other["assessment"]}}],
    "start_assessment": lambda _, other: [
        {
            "json": {
                "assessment_type_id": f"{other['role_id']}@1",
                "candidate": {"id": "1"},
                "application": {"id": "1"},
            }
        }
    ],
    "cancel_assessment": lambda _, other: [{"json": {"assessment_id": other["assessment"]}}],
}

# Routes that take no id of anything: what they tell is looked through for ids of the other tenant.
LISTING = {
    "version": "/v1/version",
    "list_roles": "/v1/roles",
    "list_jobs": "/v1/jobs?limit=200",
    "list_webhooks": "/v1/webhooks",
    "list_connections": "/v1/connections",
    "read_greenhouse": "/v1/connections/greenhouse",
    "read_ashby": "/v1/connections/ashby",
    "list_tests": "/integrations/greenhouse/list_tests",
    "list_assessments": "POST /integrations/ashby/assessment.list",
}

# They make something of the caller's own, or end it, and read nothing that is there.
MAKING = {
    "create_role",
    "create_webhook",
    "connect_greenhouse",
    "connect_ashby",
    "disconnect_greenhouse",
    "disconnect_ashby",
    "create_backfill",
    "response_error",
}

# They ask for no key: what opens them is a signature or a sealed link, which tests of their own try to break.
KEYLESS = {"healthz", "readyz", "read_metrics", "receive_event", "read_linked_report"}


@dataclass
class Tenant:
    """A tenant with something of every kind."""

    name: str
    client: httpx.Client
    ids: Ids

    def own(self) -> dict[str, Any]:
        """All that is theirs, as it is told to them."""
        paths = (
            "/v1/roles/{role_id}",
            "/v1/candidates/{candidate_id}",
            "/v1/applications/{application_id}",
            "/v1/matches/{match_id}",
            "/v1/matches/{match_id}/reports",
            "/v1/jobs/{job_id}",
            "/v1/webhooks/{endpoint_id}",
        )
        answers = {path: self.client.get(path.format(**self.ids)) for path in paths}
        assert {each.status_code for each in answers.values()} == {200}
        return {path: answer.json() for path, answer in answers.items()}


@pytest.fixture(scope="module")
def tenants(working: Service) -> Iterator[tuple[Tenant, Tenant]]:
    """Two of them."""
    with working.client(tenant="north") as north, working.client(tenant="south") as south:
        yield _tenant("north", north), _tenant("south", south)


def _tenant(name: str, client: httpx.Client) -> Tenant:
    """A tenant for whom something of every kind is made."""

    def made(path: str, body: object) -> Any:
        answer = client.post(path, json=body)
        assert answer.status_code in (200, 201, 202), answer.text
        return answer.json()

    source, key = uuid.uuid4().hex, uuid.uuid4().hex
    hook = made("/v1/webhooks", {"url": "http://localhost:9/hook", "events": ["candidate.ready"]})["id"]
    text = RESUME.format(name=f"Nora {name.title()}", mail=f"{name}@example.org", grain=f"{name}ern wheat")
    person = {"text": text, "source": source, "external_id": {"system": "ats", "key": key}}
    job = ended(client, made("/v1/candidates", person)["links"]["self"], 120)
    candidate = client.get(job["links"]["items"]).json()["items"][0]["candidate_id"]
    role = made("/v1/roles", {"text": POSTING})["id"]
    match = made("/v1/matches", {"role": role, "candidates": [candidate]})["id"]
    application = made("/v1/applications", {"role": role, "candidate": candidate})["id"]
    until(lambda: bool(client.get(f"/v1/webhooks/{hook}/deliveries").json()["items"]))
    (delivery,) = client.get(f"/v1/webhooks/{hook}/deliveries").json()["items"]
    test = {"partner_test_id": f"{role}@1", "candidate": {}}
    ids = {
        "role_id": role,
        "candidate_id": candidate,
        "match_id": match,
        "application_id": application,
        "job_id": job["id"],
        "endpoint_id": hook,
        "delivery_id": delivery["id"],
        "external_key": key,
        "source": source,
        "assessment": made("/integrations/greenhouse/send_test", test)["partner_interview_id"],
    }
    return Tenant(name, client, ids)


def _operations(service: Service) -> dict[str, tuple[str, str]]:
    """Method and path of every operation by its name."""
    paths = httpx.get(f"{service.url}/openapi.json", timeout=60).json()["paths"]
    return {
        operation["operationId"]: (method, path)
        for path, methods in paths.items()
        for method, operation in methods.items()
    }


def _requests(operations: Mapping[str, tuple[str, str]], own: Ids, other: Ids) -> list[tuple[str, str, Call]]:
    """Every way in which a tenant can name what is the other's, each as method, path and the rest."""
    found: list[tuple[str, str, Call]] = []
    for name, (method, path) in operations.items():
        if name in NAMING:
            found += [(method, path, call) for call in NAMING[name](own, other)]
        elif "{" in path and name not in KEYLESS and name not in MAKING and name not in LISTING:
            call = {"json": BODIES[name]} if name in BODIES else {}
            found.append((method, path.format(**other), call))
            if "{match_id}" in path and "{candidate_id}" in path:
                found.append((method, path.format(**{**other, "match_id": own["match_id"]}), call))
                found.append((method, path.format(**{**other, "candidate_id": own["candidate_id"]}), call))
            if "{delivery_id}" in path:
                found.append((method, path.format(**{**other, "endpoint_id": own["endpoint_id"]}), call))
    return found


def _is_nothing(answer: httpx.Response) -> bool:
    """Whether an answer refuses, or is a list without anything."""
    found = answer.json()
    return answer.status_code in (404, 409, 422) or [] in (found.get("items"), found.get("people"))


def _told(answer: httpx.Response, ids: Ids) -> tuple[int, str]:
    """Status and text of an answer, without what names the request."""
    text = answer.text
    for known in sorted(ids.values(), key=len, reverse=True):
        text = text.replace(known, "ID")
    shown = json.loads(text) if text else None
    for name in ("request_id", "requestId"):
        for each in (shown, shown.get("errorInfo")) if isinstance(shown, dict) else ():
            if isinstance(each, dict):
                each.pop(name, None)
    return answer.status_code, json.dumps(shown)


def _hammer(operations: Mapping[str, tuple[str, str]], own: Tenant, other: Tenant) -> list[str]:
    """Ask for the other's, and beside it for what is nobody's; returns where the answers differ or tell."""
    wrong: list[str] = []
    nobody = {
        name: uuid.uuid4().hex if "-" not in known else str(uuid.uuid4()) for name, known in other.ids.items()
    }
    for _ in range(ROUNDS):
        theirs, nobodys = (_requests(operations, own.ids, ids) for ids in (other.ids, nobody))
        for (method, path, call), (_, path_of_none, call_of_none) in zip(theirs, nobodys, strict=True):
            found = own.client.request(method, path, **call)
            none = own.client.request(method, path_of_none, **call_of_none)
            if _told(found, other.ids) != _told(none, nobody):
                wrong.append(
                    f"{method} {path}: {_told(found, other.ids)}, and {_told(none, nobody)} of nobody"
                )
            named_by_path = any(known in path for known in other.ids.values())
            if found.status_code != 404 and (named_by_path or not _is_nothing(found)):
                wrong.append(f"{method} {path} {call}: {found.text[:200]}")
        for name, path in LISTING.items():
            method, path = path.split() if " " in path else ("GET", path)
            text = own.client.request(method, path).text
            wrong += [
                f"{name} tells the other's {kind}" for kind, known in other.ids.items() if known in text
            ]
        people = own.client.post("/v1/search", json={"text": "baked bread of wheat"}).json()["people"]
        if [each["candidate"]["id"] for each in people] != [own.ids["candidate_id"]]:
            wrong.append("search finds others")
    return wrong


def test_every_route_is_tried(working: Service) -> None:
    """A route that somebody adds is one of these lists, or its address has ids; a body is known for each."""
    operations = _operations(working)
    with_ids = {name for name, (_, path) in operations.items() if "{" in path}
    assert set(operations) == with_ids | set(NAMING) | set(LISTING) | MAKING | KEYLESS
    described = httpx.get(f"{working.url}/openapi.json", timeout=60).json()["paths"]
    for name in with_ids - KEYLESS - MAKING - set(LISTING) - set(NAMING):
        method, path = operations[name]
        assert ("requestBody" in described[path][method]) == (name in BODIES), name


@pytest.mark.both_databases
def test_nothing_crosses_between_tenants(working: Service, tenants: tuple[Tenant, Tenant]) -> None:
    """Both at once ask for the other's by every route: each answer is that of an id that nobody has. What is
    theirs stays as it was, and no line of an audit log or a delivery names anything of the other's."""
    operations = _operations(working)
    north, south = tenants
    before = [each.own() for each in tenants]
    with ThreadPoolExecutor(2) as pool:
        wrong = list(pool.map(lambda pair: _hammer(operations, *pair), ((north, south), (south, north))))
    assert wrong == [[], []]
    assert [each.own() for each in tenants] == before
    for own, other in ((north, south), (south, north)):
        audit = own.client.get("/v1/audit?limit=200").text
        assert own.ids["candidate_id"] in audit
        events = own.client.get(f"/v1/webhooks/{own.ids['endpoint_id']}/deliveries?limit=200").text
        for known in other.ids.values():
            assert known not in audit
            assert known not in events

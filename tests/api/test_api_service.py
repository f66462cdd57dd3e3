"""What every request meets: keys, ids, refusals of one shape."""

from __future__ import annotations

from collections.abc import Callable

import httpx
from api_service import Service, check_problem

from matcher.types.service import Scope


def test_only_what_tells_nothing_answers_without_a_key(service: Service) -> None:
    """Health, readiness and the description need no key; everything else does."""
    for path in ("/healthz", "/readyz", "/openapi.json"):
        assert httpx.get(service.url + path).status_code == 200
    for path in ("/v1/version", "/metrics"):
        refused = httpx.get(service.url + path)
        check_problem(refused, 401, "unauthenticated")
        assert "Bearer" in refused.headers["www-authenticate"]


def test_a_key_opens_as_bearer_and_as_the_user_of_basic(service: Service) -> None:
    """Greenhouse sends the key as a user with a blank password."""
    key, where = service.key(), f"{service.url}/v1/version"
    assert httpx.get(where, headers={"Authorization": f"Bearer {key}"}).status_code == 200
    assert httpx.get(where, auth=(key, "")).status_code == 200
    for wrong in (key + "x", key[:-1], "mk_", "mk_0_0", "Bearer"):
        refused = httpx.get(where, headers={"Authorization": f"Bearer {wrong}"})
        check_problem(refused, 401, "unauthenticated")


def test_a_key_does_what_its_scopes_say(service: Service) -> None:
    """None includes another."""
    with service.client(Scope.READ) as reader:
        check_problem(reader.get("/metrics"), 403, "forbidden")
    with service.client(Scope.ADMIN) as admin:
        assert admin.get("/metrics").status_code == 200
        check_problem(admin.get("/v1/version"), 403, "forbidden")


def test_a_request_keeps_the_id_it_came_with(service: Service) -> None:
    """An id that could end in a log as anything else is replaced."""
    given = httpx.get(f"{service.url}/healthz", headers={"X-Request-Id": "order-17"})
    assert given.headers["x-request-id"] == "order-17"
    odd = httpx.get(f"{service.url}/healthz", headers={"X-Request-Id": "a b {c}"})
    assert odd.headers["x-request-id"] != "a b {c}"


def test_beyond_its_rate_a_key_waits(start: Callable[..., Service]) -> None:
    """The refusal says how long."""
    with start(requests_a_minute=3).client() as client:
        answers = [client.get("/v1/version") for _ in range(4)]
    assert [each.status_code for each in answers[:3]] == [200] * 3
    assert answers[0].headers["x-ratelimit-limit"] == "3"
    check_problem(answers[3], 429, "rate_limited")
    assert 1 <= int(answers[3].headers["retry-after"]) <= 60


def test_what_is_not_there_is_a_problem_too(service: Service) -> None:
    """Unknown paths and methods have the same shape."""
    check_problem(httpx.get(f"{service.url}/nothing"), 404, "not_found")
    check_problem(httpx.delete(f"{service.url}/healthz"), 405, "method_not_allowed")

"""Everybody whom a Greenhouse has, taken in; the tests play Harvest."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from api_service import Service, check_problem, ended, until
from fake_ats import FakeAts, fake_ats, resume

from api.integrations.client import CallError, call
from api.settings import ServiceSettings
from matcher.types.service import Scope


@pytest.fixture
def ats() -> Iterator[FakeAts]:
    """A Greenhouse with five people, one of them without a resume, on pages of two."""
    with fake_ats() as running:
        for number in (1, 2, 3, 5):
            running.people[number] = f"/resume/{number}"
            running.files[f"/resume/{number}"] = resume(f"Person{number} Backfilled")
        running.people[4] = ""
        yield running


def connect(client: httpx.Client, ats: FakeAts) -> None:
    """Set the credentials of Harvest."""
    said = {
        "credentials": {"client_id": "c", "client_secret": "planted-secret"},
        "settings": {"api_url": ats.url, "token_url": f"{ats.url}/token"},
    }
    client.put("/v1/connections/greenhouse", json=said).raise_for_status()


def filled(client: httpx.Client, **asked: object) -> dict[str, Any]:
    """A backfill at its end."""
    answer = client.post("/v1/backfills", json={"system": "greenhouse", **asked})
    assert answer.status_code == 202, answer.text
    return ended(client, answer.headers["location"])


def keys(client: httpx.Client) -> list[str]:
    """Greenhouse's ids of the people who are here."""
    people = client.get("/v1/candidates").json()["items"]
    return sorted(each["external_ids"][0]["key"] for each in people)


def test_everybody_comes_whatever_the_other_side_does(working: Service, ats: FakeAts) -> None:
    """Pages by the Link header alone; a rate limit is waited for, a token that ended is got anew, errors
    pass; each resume has its outcome; a second run changes nothing and follows a deletion."""
    ats.files.pop("/resume/5")
    ats.script = {
        "/token": [500],
        "/v3/candidates": ["words"],
        "/v3/attachments": [401, {"X-RateLimit-Reset": str(int(time.time()))}, 503],
    }
    with working.client(tenant="backfilled") as client:
        check_problem(client.post("/v1/backfills", json={"system": "greenhouse"}), 404, "not_in_corpus")
        connect(client, ats)
        job = filled(client)
        assert (job["state"], job["code"]) == ("done", None)
        assert job["result"] == {"candidates": 5, "without_resume": 1}
        assert (job["progress"]["total"], job["progress"]["done"], job["progress"]["failed"]) == (4, 3, 1)
        failed = client.get(job["links"]["items"], params={"state": "failed"}).json()["items"]
        assert [each["code"] for each in failed] == ["fetch_failed"]
        assert keys(client) == ["1", "2", "3"]
        assert client.get("/v1/connections/greenhouse").json()["reading"] is False
        del ats.people[2]
        again = filled(client, follow_deletions=True)
        assert again["result"] == {"candidates": 4, "without_resume": 1, "erased": 1, "not_erased": 0}
        outcomes = {each["outcome"] for each in client.get(again["links"]["items"]).json()["items"]}
        assert outcomes == {"unchanged", None}
        assert keys(client) == ["1", "3"]
    with working.client(Scope.ADMIN, Scope.WRITE, tenant="backfilled") as client:
        asked = {"system": "greenhouse", "follow_deletions": True}
        check_problem(client.post("/v1/backfills", json=asked), 403, "forbidden")
    assert "planted" not in working.log.read_text("utf-8")


def test_a_backfill_goes_on_where_it_stopped(working: Service, ats: FakeAts) -> None:
    """Cancelled on its second page, another goes on there; one runs at a time; a place that was forgotten
    begins at the first page again."""
    ats.held["/resume/3"] = threading.Event()
    with working.client(tenant="stopped") as client:
        connect(client, ats)
        answer = client.post("/v1/backfills", json={"system": "greenhouse"})
        until(lambda: len(ats.to("/resume/3")) == 1)
        second = client.post("/v1/backfills", json={"system": "greenhouse"})
        check_problem(second, 409, "conflict")
        client.post(f"{answer.headers['location']}/cancel").raise_for_status()
        ats.held["/resume/3"].set()
        before = len(ats.to("/v3/candidates"))
        assert client.get("/v1/connections/greenhouse").json()["reading"] is True
        ats.script["/v3/candidates"] = [422]
        assert filled(client)["state"] == "done"
        asked = [set(each.query) for each in ats.to("/v3/candidates")[before:]]
        assert asked[:2] == [{"cursor"}, {"per_page"}]
        assert keys(client) == ["1", "2", "3", "5"]


def test_many_who_are_missing_are_not_erased_unasked(working: Service, ats: FakeAts) -> None:
    """A client that sees only some must not empty the corpus."""
    for number in range(10, 24):
        ats.people[number] = f"/resume/{number}"
        ats.files[f"/resume/{number}"] = resume(f"Person{number} Many")
    ats.page_size = 50
    with working.client(tenant="many") as client:
        connect(client, ats)
        filled(client)
        for number in range(10, 24):
            del ats.people[number]
        kept = filled(client, follow_deletions=True)
        assert (kept["result"]["erased"], kept["result"]["not_erased"]) == (0, 14)
        gone = filled(client, follow_deletions=True, erase_many=True)
        assert (gone["result"]["erased"], gone["result"]["not_erased"]) == (14, 0)
        assert keys(client) == ["1", "2", "3", "5"]


def test_credentials_go_to_encrypted_addresses_alone(working: Service) -> None:
    """And only to hosts that may be called; they are never shown, and deleted for good."""
    with working.client(tenant="creds") as client:
        for url in ("http://example.com", "https://127.0.0.1", "https://user:pass@example.com"):
            said = {"settings": {"api_url": url}}
            check_problem(client.put("/v1/connections/greenhouse", json=said), 422, "blocked_url")
        said = {"credentials": {"client_secret": "planted"}, "settings": {"report_days": 0}}
        refused = client.put("/v1/connections/greenhouse", json=said)
        check_problem(refused, 422, "invalid")
        assert "planted" not in refused.text
        client.put("/v1/connections/ashby", json={"credentials": {"api_key": "k"}}).raise_for_status()
        assert client.delete("/v1/connections/ashby").status_code == 204
        check_problem(client.get("/v1/connections/ashby"), 404, "not_in_corpus")
    with working.client(Scope.READ, Scope.WRITE, tenant="creds") as client:
        check_problem(client.get("/v1/connections"), 403, "forbidden")


def test_who_does_not_answer_is_not_waited_for(ats: FakeAts) -> None:
    """An answer that drips, or none, ends at its time, and another try may help."""
    ats.held["/slow"] = threading.Event()
    settings = ServiceSettings(allowed_hosts=frozenset({"localhost"}))
    with pytest.raises(CallError) as caught:
        call("GET", f"{ats.url}/slow", settings, seconds=0.3)
    assert (caught.value.code, caught.value.passing) == ("timeout", True)


def test_greenhouses_events_take_in_join_and_erase(working: Service, ats: FakeAts) -> None:
    """An application brings its resume; a merge keeps the other id; an anonymised tag erases nobody, a name
    does, and so does a deletion."""
    url = f"{working.url}/v1/inbound/greenhouse/gh-events"

    def event(action: str, payload: dict[str, object]) -> str:
        raw = json.dumps({"action": action, "payload": payload}).encode()
        signature = "sha256 " + hmac.new(b"shared", raw, hashlib.sha256).hexdigest()
        answer = httpx.post(url, content=raw, headers={"Signature": signature, "Greenhouse-Event-ID": action})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["status"])

    with working.client(tenant="gh-events") as client:
        said = {"credentials": {"webhook_secret": "shared"}}
        client.put("/v1/connections/greenhouse", json=said).raise_for_status()
        for number in (1, 2):
            files = [
                {"type": "cover_letter", "url": "https://example.org/x"},
                {"type": "resume", "url": f"{ats.url}/resume/{number}"},
            ]
            candidate = {"id": number, "first_name": "P", "attachments": files}
            assert event("new_candidate_application", {"application": {"candidate": candidate}}) == "handled"
        until(lambda: keys(client) == ["1", "2"])
        event("merge_candidate", {"person": {"id": 2, "new_candidate_id": 7}})
        assert keys(client) == ["1", "7"]
        event("candidate_anonymized", {"candidate_id": 7, "anonymized_fields": ["tags"]})
        assert keys(client) == ["1", "7"]
        event("candidate_anonymized", {"candidate_id": 7, "anonymized_fields": ["tags", "full_name"]})
        assert keys(client) == ["1"]
        event("delete_candidate", {"person": {"id": 1}})
        assert keys(client) == []

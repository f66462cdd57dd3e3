"""The service as Ashby's assessment partner, and its events; the tests play Ashby."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from api_service import Service, until
from fake_ats import POSTING, FakeAts, fake_ats, resume

from matcher.types.service import Scope

BASE = "/integrations/ashby"


@pytest.fixture
def ats() -> Iterator[FakeAts]:
    """An Ashby of one's own, with a candidate, an application, a job and a posting."""
    with fake_ats() as running:
        running.files["/file"] = resume("Bea Beason")
        running.ashby = {
            "candidate.info": {"id": "c-1", "resumeFileHandle": {"id": "f", "name": "n", "handle": "h-1"}},
            "file.info": {"url": f"{running.url}/file"},
            "application.info": {"id": "a-1", "candidate": {"id": "c-1"}, "job": {"id": "j-1"}},
            "job.info": {"id": "j-1", "jobPostingIds": ["p-1"]},
            "jobPosting.info": {
                "title": "Platform Engineer",
                "descriptionHtml": "<h2>Requirements</h2><ul><li>Kubernetes</li><li>Go</li></ul>",
            },
        }
        yield running


def connected(service: Service, ats: FakeAts, tenant: str, **settings: object) -> str:
    """A tenant with a role and a connection; returns the id of the role's assessment."""
    with service.client(tenant=tenant) as client:
        made = client.post("/v1/roles", content=POSTING, headers={"Content-Type": "text/plain"}).json()
        said = {
            "credentials": {"api_key": "ashby-planted-key", "webhook_secret": "shared"},
            "settings": {"api_url": ats.url, **settings},
        }
        shown = client.put("/v1/connections/ashby", json=said)
        assert shown.status_code == 200, shown.text
        assert "planted" not in shown.text + client.get("/v1/connections").text
        assert shown.json()["credentials"] == ["api_key", "webhook_secret"]
    return f"{made['id']}@1"


def ashby(service: Service, tenant: str) -> httpx.Client:
    """A client as Ashby is one."""
    key = service.key(Scope.READ, Scope.WRITE, tenant=tenant)
    return httpx.Client(base_url=service.url, auth=(key, ""), timeout=30)


def started(test: str, application: str = "a-1") -> dict[str, Any]:
    """A body of assessment.start."""
    return {
        "assessment_type_id": test,
        "candidate": {
            "ashby_id": "c-1",
            "first_name": "Bea",
            "last_name": "Beason",
            "email": "b@example.org",
        },
        "application": {"ashby_id": application, "status": "Active"},
        "job": {"ashby_id": "j-1", "name": "SRE"},
    }


def start(client: httpx.Client, body: dict[str, Any]) -> str:
    """The id of an assessment that was begun."""
    answer = client.post(f"{BASE}/assessment.start", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["success"] is True
    return str(answer.json()["results"]["assessment_id"])


def last_told(ats: FakeAts, assessment: str, name: str) -> dict[str, Any]:
    """The update with this field, when it has come."""

    def found() -> list[dict[str, Any]]:
        told = [each.data for each in ats.to("/assessment.update")]
        return [each for each in told if each["assessment_id"] == assessment and name in each]

    until(lambda: bool(found()))
    return found()[-1]


def test_ashby_is_told_in_typed_fields(working: Service, ats: FakeAts) -> None:
    """The list's envelope; the resume from Ashby; Started, then the result with a link and counts."""
    test = connected(working, ats, "ashby-told")
    ats.script = {"/candidate.info": [500, "words"], "/file.info": [{"Retry-After": "0"}]}
    with ashby(working, "ashby-told") as client:
        listed = client.post(f"{BASE}/assessment.list", json={}).json()
        assert set(listed) == {"success", "results", "moreDataAvailable", "nextCursor"}
        assert [each["assessment_type_id"] for each in listed["results"]] == ["job-posting", test]
        assert set(listed["results"][0]) == {"assessment_type_id", "name", "description"}
        assessment = start(client, started(test))
        told = last_told(ats, assessment, "assessment_result")
        assert last_told(ats, assessment, "assessment_status")["assessment_status"]["value"] == "Complete"
        assert isinstance(told["timestamp"], int)
        blobs = [told["assessment_result"], told["assessment_profile_url"], *told["metadata"]]
        assert all({"identifier", "label", "type", "value"} <= set(each) for each in blobs)
        assert {each["type"] for each in blobs} == {"string", "url"}  # no number to sort people by
        assert len({each["identifier"] for each in blobs}) == len(blobs)
        page = httpx.get(working.url + urlsplit(told["assessment_profile_url"]["value"]).path)
        assert (page.status_code, "Kubernetes" in page.text) == (200, True)
    assert (
        ats.to("/candidate.info")[0].headers["authorization"]
        == httpx.BasicAuth("ashby-planted-key", "")._auth_header
    )
    assert "planted" not in working.log.read_text("utf-8")


def test_what_runs_is_409_and_what_cannot_is_422(working: Service, ats: FakeAts) -> None:
    """Each with a message in Ashby's shape; a cancelled one is told no more; then it may be started again."""
    test = connected(working, ats, "ashby-refused")
    ats.held["/file"] = threading.Event()
    with ashby(working, "ashby-refused") as client:
        first = start(client, started(test))
        again = client.post(f"{BASE}/assessment.start", json=started(test))
        unknown = client.post(f"{BASE}/assessment.start", json=started("nothing@1"))
        broken = client.post(f"{BASE}/assessment.start", json={"assessment_type_id": test})
        for answer, status in ((again, 409), (unknown, 422), (broken, 422)):
            assert answer.status_code == status
            body = answer.json()
            assert set(body) == {"success", "errors", "message", "errorInfo"}
            assert (body["success"], bool(body["message"])) == (False, True)
            assert set(body["errorInfo"]) == {"code", "message", "requestId"}
        for _ in range(2):
            cancelled = client.post(f"{BASE}/assessment.cancel", json={"assessment_id": first})
            assert cancelled.json() == {"success": True, "results": {"assessment_id": first}}
        missing = client.post(f"{BASE}/assessment.cancel", json={"assessment_id": "x"})
        assert (missing.status_code, missing.json()["success"]) == (422, False)
        ats.held["/file"].set()
        second = start(client, started(test))
        assert second != first
        last_told(ats, second, "assessment_result")
        ended = client.post(f"{BASE}/assessment.cancel", json={"assessment_id": second})
        assert ended.status_code == 422
    told = [each.data["assessment_id"] for each in ats.to("/assessment.update") if b"_result" in each.body]
    assert told == [second]
    with ashby(working, "nobody-connected") as client:
        assert client.post(f"{BASE}/assessment.start", json=started(test)).status_code == 422


def test_the_jobs_own_posting_becomes_a_role(working: Service, ats: FakeAts) -> None:
    """Under Ashby's id of the job; who has no resume is cancelled with the reason; a score by setting."""
    connected(working, ats, "ashby-posting", show_score=True)
    with ashby(working, "ashby-posting") as client, working.client(tenant="ashby-posting") as reader:
        assessment = start(client, started("job-posting"))
        told = last_told(ats, assessment, "assessment_result")
        assert told["assessment_result"]["type"] == "numeric_score"
        titles = {each["title"] for each in reader.get("/v1/roles").json()["items"]}
        assert "Platform Engineer" in titles
        ats.ashby["candidate.info"] = {"id": "c-2", "resumeFileHandle": None}
        body = started("job-posting", "a-2")
        body["candidate"]["ashby_id"] = "c-2"
        reason = last_told(ats, start(client, body), "cancelled_reason")["cancelled_reason"]
        assert (reason["type"], "no resume" in reason["value"]) == ("string", True)


def test_events_take_in_an_application_and_erase_who_is_deleted(working: Service, ats: FakeAts) -> None:
    """Signed over the raw bytes; sent twice, done once."""
    connected(working, ats, "ashby-events")
    url = f"{working.url}/v1/inbound/ashby/ashby-events"

    def event(action: str, number: int, data: dict[str, Any]) -> httpx.Response:
        raw = json.dumps({"action": action, "webhookActionId": str(number), "data": data}).encode()
        signature = "sha256=" + hmac.new(b"shared", raw, hashlib.sha256).hexdigest()
        return httpx.post(url, content=raw, headers={"Ashby-Signature": signature})

    with working.client(tenant="ashby-events") as client:

        def keys() -> list[str]:
            people = client.get("/v1/candidates").json()["items"]
            return [each["external_ids"][0]["key"] for each in people]

        applied = {"application": {"id": "a-1", "candidate": {"id": "c-1", "name": "Bea"}}}
        for _ in range(2):
            assert event("applicationSubmit", 1, applied).status_code == 200
        until(lambda: keys() == ["c-1"])
        assert event("candidateDelete", 2, {"candidate": {"id": "c-1"}}).status_code == 200
        until(lambda: keys() == [])
        kinds = [each["kind"] for each in client.get("/v1/jobs").json()["items"]]
        assert kinds.count("inbound.fetch") == 1

"""The service as Greenhouse's assessment partner; the tests play Greenhouse."""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from api_service import Service, until
from fake_ats import POSTING, FakeAts, fake_ats, resume

from api.integrations.links import SECRET
from matcher.store import open_store
from matcher.types.service import Scope

BASE = "/integrations/greenhouse"


@pytest.fixture
def ats() -> Iterator[FakeAts]:
    """A Greenhouse of one's own."""
    with fake_ats() as running:
        yield running


def greenhouse(service: Service, tenant: str) -> httpx.Client:
    """A client as Greenhouse is one: the key as the user, a blank password."""
    key = service.key(Scope.READ, Scope.WRITE, tenant=tenant)
    return httpx.Client(base_url=service.url, auth=(key, ""), timeout=30)


def role(service: Service, tenant: str) -> str:
    """A role's id."""
    with service.client(tenant=tenant) as client:
        made = client.post("/v1/roles", content=POSTING, headers={"Content-Type": "text/plain"})
        return str(made.json()["id"])


def sent(ats: FakeAts, test: str, number: int, **candidate: object) -> dict[str, object]:
    """A body of send_test, with properties that nobody knows yet."""
    person = {
        "first_name": "Ada",
        "last_name": "Lindqvist",
        "preferred_name": None,
        "resume_url": f"{ats.url}/resume/{number}",
        "phone_number": None,
        "email": "ada.lindqvist@example.org",
        "greenhouse_profile_url": f"https://app.greenhouse.io/people/{number}?application_id=77{number}",
        **candidate,
    }
    url = f"{ats.url}/take_home_tests/{number}"
    return {"partner_test_id": test, "candidate": person, "sent_by": None, "url": url, "later": {}}


def status(client: httpx.Client, interview: str) -> dict[str, object]:
    """What test_status answers."""
    answer = client.get(f"{BASE}/test_status", params={"partner_interview_id": interview})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    assert set(found) == {"partner_status", "partner_profile_url", "partner_score", "metadata"}
    return found


def assessed(client: httpx.Client, body: dict[str, object]) -> str:
    """The id of an assessment that has come to an end."""
    answer = client.post(f"{BASE}/send_test", json=body)
    assert answer.status_code == 200, answer.text
    (interview,) = answer.json().values()
    until(lambda: status(client, interview)["partner_status"] != "pending")
    return str(interview)


def linked(service: Service, found: dict[str, object]) -> str:
    """Where a report is on this service."""
    return service.url + urlsplit(str(found["partner_profile_url"])).path


def test_a_resume_is_assessed_and_greenhouse_is_told(working: Service, ats: FakeAts) -> None:
    """list_tests is a bare array; send_test answers an id; the PATCH has no body; counts are told, no score;
    the link opens the report. The same send_test again is the same assessment."""
    ats.files["/resume/1"] = resume("Ada Lindqvist")
    first = role(working, "told")
    with greenhouse(working, "told") as client:
        tests = client.get(f"{BASE}/list_tests").json()
        assert tests == [
            {"partner_test_id": f"{first}@1", "partner_test_name": "Site Reliability Engineer (revision 1)"}
        ]
        body = sent(ats, f"{first}@1", 1)
        interview = assessed(client, body)
        until(lambda: len(ats.to("/take_home_tests/1")) == 1)
        patch = ats.to("/take_home_tests/1")[0]
        assert (patch.method, patch.body) == ("PATCH", b"")
        found = status(client, interview)
        assert (found["partner_status"], found["partner_score"]) == ("complete", None)
        counts = found["metadata"]
        assert isinstance(counts, dict)
        verdicts = ("strong", "partial", "contradicted", "none_found", "unknown")
        assert counts["required"] == 3 == sum(counts[f"required_{verdict}"] for verdict in verdicts)
        assert counts["required_none_found"] < 3
        assert all(value is None or isinstance(value, str | int) for value in counts.values())
        page = httpx.get(linked(working, found))
        assert page.status_code == 200
        assert "Kubernetes" in page.text
        assert page.headers["x-robots-tag"] == "noindex, nofollow"
        assert page.headers["cache-control"] == "no-store"
        again = client.post(f"{BASE}/send_test", json=body)
        assert again.json() == {"partner_interview_id": interview}
    with working.client(tenant="told") as client:
        (person,) = client.get("/v1/candidates").json()["items"]
        assert person["external_ids"] == [{"system": "greenhouse", "key": "1"}]
        kinds = [each["kind"] for each in client.get("/v1/jobs").json()["items"]]
        assert kinds == ["assessments.create"]
        log = client.get("/v1/audit").text
        for action in ("assessment.accepted", "candidate.added", "candidate.matched"):
            assert action in log
    assert len(ats.to("/take_home_tests/1")) == 1


def test_a_score_is_told_by_setting(working: Service, ats: FakeAts) -> None:
    """Off by default, so that nobody is sorted by a number unread."""
    ats.files["/resume/2"] = resume("Score Scoreson")
    test = role(working, "scored") + "@1"
    with working.client(tenant="scored") as admin, greenhouse(working, "scored") as client:
        admin.put("/v1/connections/greenhouse", json={"settings": {"show_score": True}}).raise_for_status()
        found = status(client, assessed(client, sent(ats, test, 2)))
        score = found["partner_score"]
        assert isinstance(score, int)
        assert 0 < score <= 100


def test_refusals_are_in_greenhouses_shape(working: Service, ats: FakeAts) -> None:
    """`message`, and `errors` of `message` and `field`; a wrong key is 401."""
    test = role(working, "refused") + "@1"
    with greenhouse(working, "refused") as client:
        for body, field in (
            (sent(ats, "nothing@1", 3), "partner_test_id"),
            (sent(ats, test, 3, resume_url="http://127.0.0.1:1/x"), "candidate.resume_url"),
            ({"partner_test_id": test}, "candidate"),
        ):
            answer = client.post(f"{BASE}/send_test", json=body)
            assert answer.status_code == 422
            assert set(answer.json()) == {"message", "errors"}
            assert [each["field"] for each in answer.json()["errors"]] == [field]
            assert set(answer.json()["errors"][0]) == {"message", "field"}
        unknown = client.get(f"{BASE}/test_status", params={"partner_interview_id": "x"})
        assert (unknown.status_code, unknown.json()["errors"]) == (404, [])
        wrong = client.post(f"{BASE}/send_test", content=b"{", headers={"Content-Type": "application/json"})
        assert (wrong.status_code, set(wrong.json())) == (400, {"message", "errors"})
        noted = {"api_call": "test_status", "errors": ["planted-complaint of Ada"]}
        answer = client.post(f"{BASE}/response_error", json=noted)
        assert (answer.status_code, answer.json()) == (200, {"received": True})
    refused = httpx.get(f"{working.url}{BASE}/list_tests", auth=("mk_no_key", ""))
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"]
    assert set(refused.json()) == {"message", "errors"}


def test_a_resume_that_does_not_come_fails_the_assessment(working: Service, ats: FakeAts) -> None:
    """An expired address and an unreadable file are `failed` with a reason; a server that stumbles twice is
    not; no resume at all is said. Sent again, what failed begins again."""
    ats.files["/resume/5"] = resume("Stumble Stumbleson")
    ats.files["/resume/6"] = b"%PDF-1.4 broken"
    ats.script = {"/resume/4": [403] * 4, "/resume/5": [500, "close"]}
    test = role(working, "failing") + "@1"
    with greenhouse(working, "failing") as client:
        expired = status(client, assessed(client, sent(ats, test, 4)))
        assert expired["partner_status"] == "failed"
        assert expired["partner_profile_url"] is None
        assert expired["metadata"] == {"code": "fetch_failed", "reason": "The address answered 403, not 200."}
        assert status(client, assessed(client, sent(ats, test, 5)))["partner_status"] == "complete"
        assert status(client, assessed(client, sent(ats, test, 6)))["partner_status"] == "failed"
        nothing = status(client, assessed(client, sent(ats, test, 7, resume_url=None)))
        assert nothing["metadata"]["code"] == "no_resume"  # type: ignore[index]
        ats.files["/resume/4"] = resume("Late Lateson")
        assert status(client, assessed(client, sent(ats, test, 4)))["partner_status"] == "complete"
    assert ats.to("/take_home_tests/6") == []  # only what is complete is told


def test_a_callback_that_is_down_is_called_again(working: Service, ats: FakeAts) -> None:
    """503, no answer, then up: told once it is; asking meanwhile says complete."""
    ats.files["/resume/8"] = resume("Down Downson")
    ats.script["/take_home_tests/8"] = [503, "close"]
    test = role(working, "down") + "@1"
    with greenhouse(working, "down") as client:
        interview = assessed(client, sent(ats, test, 8))
        assert status(client, interview)["partner_status"] == "complete"
        until(lambda: len(ats.to("/take_home_tests/8")) == 3)
    with open_store(working.corpus, "down") as store:
        until(lambda: store.assessments.get(interview).due is None)
        assert store.assessments.get(interview).attempt == 2


def test_a_link_opens_for_who_has_it_until_it_expires(working: Service, ats: FakeAts) -> None:
    """Tampered, of another tenant, after the erasure: never the report; by setting, with a key alone."""
    ats.files["/resume/9"] = resume("Link Linkson")
    test = role(working, "linked") + "@1"
    role(working, "others")
    with greenhouse(working, "linked") as client, working.client(tenant="linked") as admin:
        found = status(client, assessed(client, sent(ats, test, 9)))
        link = linked(working, found)
        assert httpx.get(link).status_code == 200
        head, _, token = link.rpartition("/")
        tenant, interview, expires, signature = token.rsplit(".", 3)
        longer = str(int(expires) + 10**6)
        for wrong in (
            f"{tenant}.{interview}.{longer}.{signature}",
            f"others.{interview}.{expires}.{signature}",
            f"{tenant}.{interview}.{expires}.{signature[:-1]}",
            f"nobody.{interview}.{expires}.{signature}",
            "x",
        ):
            answer = httpx.get(f"{head}/{wrong}")
            assert (answer.status_code, "Linkson" in answer.text) == (404, False)
        settings = {"settings": {"report_needs_key": True}}
        admin.put("/v1/connections/greenhouse", json=settings).raise_for_status()
        assert httpx.get(link).status_code == 401
        assert client.get(urlsplit(link).path).status_code == 200
        with greenhouse(working, "others") as other:
            assert other.get(urlsplit(link).path).status_code == 404
        admin.delete("/v1/connections/greenhouse").raise_for_status()
        (person,) = admin.get("/v1/candidates").json()["items"]
        admin.delete(f"/v1/candidates/{person['id']}").raise_for_status()
        assert httpx.get(link).status_code == 410
        gone = client.get(f"{BASE}/test_status", params={"partner_interview_id": interview})
        assert gone.status_code == 404


def test_an_expired_link_is_gone(working: Service, ats: FakeAts) -> None:
    """However right its signature is."""
    ats.files["/resume/10"] = resume("Past Pastson")
    test = role(working, "past") + "@1"
    with greenhouse(working, "past") as client:
        interview = assessed(client, sent(ats, test, 10))
    with open_store(working.corpus, "past") as store:
        secret = store.secrets.get(SECRET)
    for days, expected in ((1, 200), (-1, 410)):
        expires = int((datetime.now(UTC) + timedelta(days=days)).timestamp())
        said = f"past.{interview}.{expires}"
        signature = base64.urlsafe_b64encode(hmac.digest(secret, said.encode(), hashlib.sha256))
        url = f"{working.url}/integrations/reports/{said}.{signature.decode().rstrip('=')}"
        assert httpx.get(url).status_code == expected


def test_a_worker_killed_in_between_leaves_one_result(start: Callable[..., Service], ats: FakeAts) -> None:
    """Killed while the resume comes: another worker finishes; one person, one result, one PATCH. And no log
    holds a name, an address or what Greenhouse said."""
    service = start(allowed_hosts=frozenset({"localhost"}))
    ats.files["/resume/11"] = resume("Kill Killson")
    ats.held["/resume/11"] = threading.Event()
    test = role(service, "default") + "@1"
    with greenhouse(service, "default") as client:
        process = service.begin_work(allowed_hosts="localhost")
        interview = client.post(f"{BASE}/send_test", json=sent(ats, test, 11)).json()["partner_interview_id"]
        until(lambda: len(ats.to("/resume/11")) == 1)
        process.kill()
        process.wait()
        assert status(client, interview)["partner_status"] == "pending"
        ats.held["/resume/11"].set()
        second = service.begin_work(allowed_hosts="localhost")
        try:
            until(lambda: len(ats.to("/take_home_tests/11")) == 1)
            assert status(client, interview)["partner_status"] == "complete"
        finally:
            second.terminate()
            second.wait(timeout=20)
    with open_store(service.corpus) as store:
        assert store.stats().candidates == 1
        assert store.assessments.get(interview).due is None
    assert len(ats.to("/take_home_tests/11")) == 1
    log = service.log.read_text("utf-8")
    for mark in ("Killson", "Lindqvist", "example.org", "/resume/11", "take_home_tests", "Kubernetes"):
        assert mark not in log

"""Endpoints through the service: made, changed, tried, replayed; and what a worker sends, killed between."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx
import pytest
from api_service import Service, check_problem, until
from standardwebhooks import Webhook
from webhook_receiver import Receiver, receiving

from api import guard
from api.queue import Queue
from matcher.types.service import Scope

ALL = ["candidate.ready", "candidate.rejected", "candidate.erased", "match.completed"]
RESUME = """Zebulon Quackenbush
zebulon.quackenbush@example.org

Experience
Site Reliability Engineer, Vermilion Ocelot AB
May 2019 - Present
- Ran 40 Kubernetes clusters for payments
"""
MARKS = ("zebulon", "quackenbush", "vermilion", "ocelot", "marked-file-name")
POSTING = "Site Reliability Engineer\n\nRequirements\n- Kubernetes\n- Fluent in English\n"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver that is told what to answer."""
    with receiving() as found:
        found.status = 200
        yield found


def test_an_endpoint_from_its_making_to_its_end(service: Service) -> None:
    """The secret is shown when it is made and when it is rotated, and never else."""
    with service.client() as client:
        asked = {"url": "https://hooks.example.com/a?key=1", "events": ["candidate.ready"]}
        made = client.post("/v1/webhooks", json=asked)
        assert made.status_code == 201
        body = made.json()
        secret, address = body.pop("secret"), made.headers["location"]
        assert secret.startswith("whsec_")
        assert client.get(address).json() == body
        assert body["enabled"]
        assert body in client.get("/v1/webhooks").json()["items"]
        changed = client.patch(address, json={"events": ALL, "enabled": False}).json()
        assert (changed["events"], changed["disabled_reason"]) == (sorted(ALL), "by_request")
        check_problem(client.post(f"{address}/test"), 409, "corpus_conflict")
        assert client.patch(address, json={"enabled": True}).json()["disabled_reason"] is None
        rotated = client.post(f"{address}/rotate", json={"keep_hours": 1}).json()
        assert rotated["secret"] not in (secret, None)
        until_ = datetime.fromisoformat(rotated["previous_secret_until"])
        assert 3500 < (until_ - datetime.now(UTC)).total_seconds() <= 3600
        shown = client.get(address).text + client.get("/v1/webhooks").text
        assert secret not in shown
        assert rotated["secret"] not in shown
        assert client.delete(address).status_code == 204
        check_problem(client.get(address), 404, "not_in_corpus")


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",  # not encrypted
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://10.1.2.3/",
        "https://2130706433/",
        "https://hooks.example.com:8443/",
        "https://user:word@hooks.example.com/",
        "https://user@hooks.example.com/",
        "https://@hooks.example.com/",
        "https://hooks.example.com/matcher#part",
        "https://hooks.example.com/#",
        "https://localhost/",
        "ftp://hooks.example.com/",
        "file:///etc/passwd",
        "https:///x",
        "no address",
    ],
)
def test_an_address_that_is_not_public_is_refused(service: Service, url: str) -> None:
    """When an endpoint is made and when it is changed, with the field named and nothing kept."""
    with service.client() as client:
        problem = check_problem(
            client.post("/v1/webhooks", json={"url": url, "events": ALL}), 422, "blocked_url"
        )
        assert problem["errors"][0]["field"] == "url"  # type: ignore[index]
        good = {"url": "https://hooks.example.com/", "events": ALL}
        address = client.post("/v1/webhooks", json=good).headers["location"]
        check_problem(client.patch(address, json={"url": url}), 422, "blocked_url")
        assert client.get(address).json()["url"] == good["url"]
        client.delete(address)


def test_a_name_of_a_private_machine_is_refused(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host is asked for where it is before an endpoint is made."""
    real = guard.socket.getaddrinfo

    def resolver(host: str, port: int, *rest: object, **named: object) -> object:
        return real("10.0.0.1" if host == "inside.example" else host, port, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(guard.socket, "getaddrinfo", resolver)
    with service.client() as client:
        asked = {"url": "https://inside.example/", "events": ALL}
        check_problem(client.post("/v1/webhooks", json=asked), 422, "blocked_url")


def test_what_cannot_be_asked(service: Service) -> None:
    """Types nobody knows, none at all, the test's own, unknown fields, a time without a zone, too many."""
    with service.client(tenant="crowded") as client:
        good = {"url": "https://hooks.example.com/", "events": ALL}
        for wrong in (
            {**good, "events": []},
            {**good, "events": ["candidate.hired"]},
            {**good, "events": ["webhook.test"]},
            {**good, "secret": "whsec_mine"},
        ):
            check_problem(client.post("/v1/webhooks", json=wrong), 422, "invalid")
        made = [client.post("/v1/webhooks", json=good) for _ in range(20)]
        assert {each.status_code for each in made} == {201}
        check_problem(client.post("/v1/webhooks", json=good), 409, "corpus_conflict")
        address = made[0].headers["location"]
        since = {"since": "2026-01-01T00:00:00"}
        check_problem(client.post(f"{address}/replay", json=since), 422, "invalid")


def test_webhooks_are_an_administrators_and_a_tenants(service: Service) -> None:
    """Another scope is refused; another tenant's endpoint is not there, whatever is asked of it."""
    with service.client() as client, service.client(tenant="other") as other:
        made = client.post("/v1/webhooks", json={"url": "https://hooks.example.com/", "events": ALL})
        address = made.headers["location"]
        delivery = client.post(f"{address}/test").headers["location"]
        with service.client(Scope.READ, Scope.WRITE, Scope.ERASE) as reader:
            check_problem(reader.get("/v1/webhooks"), 403, "forbidden")
            check_problem(reader.post(f"{address}/test"), 403, "forbidden")
        assert other.get("/v1/webhooks").json()["items"] == []
        for call in (
            other.get(address),
            other.patch(address, json={"enabled": False}),
            other.delete(address),
            other.post(f"{address}/rotate", json={}),
            other.post(f"{address}/test"),
            other.get(f"{address}/deliveries"),
            other.get(delivery),
            other.post(f"{delivery}/replay"),
            other.post(f"{address}/replay", json={"since": "2026-01-01T00:00:00Z"}),
        ):
            check_problem(call, 404, "not_in_corpus")
        assert client.get(delivery).status_code == 200
        mine = client.post("/v1/webhooks", json={"url": "https://hooks.example.com/", "events": ALL}).json()
        crossed = delivery.replace(made.json()["id"], mine["id"])
        check_problem(client.get(crossed), 404, "not_in_corpus")


def test_the_log_is_read_in_pages(service: Service) -> None:
    """The newest first, by cursor, and by state."""
    with service.client(tenant="paged") as client:
        made = client.post("/v1/webhooks", json={"url": "https://hooks.example.com/", "events": ALL})
        log = made.headers["location"] + "/deliveries"
        sent = [client.post(made.headers["location"] + "/test").json()["id"] for _ in range(5)]
        first = client.get(log, params={"limit": 2, "state": "pending"}).json()
        rest = client.get(log, params={"limit": 9, "cursor": first["next_cursor"]}).json()
        found = [each["id"] for each in first["items"] + rest["items"]]
        assert set(found) == set(sent)
        assert found == sorted(found, reverse=True)
        assert client.get(log, params={"state": "failed"}).json()["items"] == []


@pytest.mark.both_databases
def test_what_happens_is_told_and_says_nothing_of_a_person(working: Service, receiver: Receiver) -> None:
    """A resume in, one refused, a match, an erasure: each is told once, signed, by ids that can be read; no
    mark of the resume is in an event, a delivery or a log."""
    url = receiver.url.replace("127.0.0.1", "localhost") + "/told"
    with working.client(tenant="told") as client:
        secret = client.post("/v1/webhooks", json={"url": url, "events": ALL}).json()["secret"]
        named = {"Content-Type": "text/plain"}
        job = client.post("/v1/candidates", files={"file": ("marked-file-name.txt", RESUME)})
        assert job.status_code in (201, 202), job.text
        until(lambda: len(receiver.got) == 1)
        bad = client.post("/v1/candidates", content=b"%PDF-1.4 zebulon", headers={**named})
        assert bad.status_code in (202, 422), bad.text
        until(lambda: len(receiver.got) == 2)
        role = client.post("/v1/roles", json={"text": POSTING}).json()["id"]
        match = client.post("/v1/matches", json={"role": role}).json()
        until(lambda: len(receiver.got) == 3)
        told = [Webhook(secret).verify(got.body, got.headers) for got in receiver.got]
        assert [each["type"] for each in told] == ["candidate.ready", "candidate.rejected", "match.completed"]
        person = told[0]["data"]["candidate_id"]
        assert told[2]["data"]["match_id"] == match["id"]
        assert told[2]["data"]["links"]["reports"].endswith(f"/v1/matches/{match['id']}/reports")
        assert client.get("/v1" + told[0]["data"]["links"]["candidate"].partition("/v1")[2]).is_success
        client.delete(f"/v1/candidates/{person}")
        until(lambda: len(receiver.got) == 4)
        assert json.loads(receiver.got[3].body)["data"] == {"candidate_id": person}
        log = client.get(client.get("/v1/webhooks").json()["items"][0]["links"]["deliveries"])
        assert {each["state"] for each in log.json()["items"]} == {"delivered"}
    said = working.kept("webhook_events", "webhook_deliveries", "webhook_endpoints", "audit_log")
    said += "".join(str(got) for got in receiver.got) + log.text + working.log.read_text()
    assert not [mark for mark in MARKS if mark in said.lower()]


def test_a_delivery_is_logged_under_the_request_it_tells_of(working: Service, receiver: Receiver) -> None:
    """Of a job's, an answer's and an erasure's event, a test and a replay, each attempt after one that failed
    too; with the id that the receiver gets."""
    url = receiver.url.replace("127.0.0.1", "localhost") + "/told"
    with working.client(tenant="traced") as client:

        def asked(name: str, method: str, path: str, **said: object) -> httpx.Response:
            sent = {"X-Request-Id": f"traced-{name}"}
            answer = client.request(method, path, headers=sent, **said)  # type: ignore[arg-type]
            assert answer.is_success, answer.text
            return answer

        def arrived(number: int) -> None:
            until(lambda: len(receiver.got) == number)

        endpoint = asked("none", "POST", "/v1/webhooks", json={"url": url, "events": ALL}).headers["location"]
        asked("ready", "POST", "/v1/candidates", json={"text": RESUME})
        arrived(1)
        person = json.loads(receiver.got[0].body)["data"]["candidate_id"]
        role = asked("none", "POST", "/v1/roles", json={"text": POSTING}).json()["id"]
        asked("match", "POST", "/v1/matches", json={"role": role})
        arrived(2)
        asked("erased", "DELETE", f"/v1/candidates/{person}")
        arrived(3)
        receiver.status = 503
        test = asked("test", "POST", f"{endpoint}/test").headers["location"]
        arrived(4)
        receiver.status = 200
        arrived(5)
        until(lambda: client.get(test).json()["state"] == "delivered")
        asked("again", "POST", f"{test}/replay")
        arrived(6)
    ids = [got.headers["webhook-id"] for got in receiver.got]
    expected = list(zip(("ready", "match", "erased", "test", "test", "again"), ids, strict=True))

    def logged() -> list[tuple[str, object]]:
        lines = (json.loads(each) for each in working.log.read_text("utf-8").splitlines() if each[-1] == "}")
        told = [each for each in lines if each["event"] == "delivery" and each["webhook_id"] in ids]
        return [(each["request_id"].removeprefix("traced-"), each["webhook_id"]) for each in told]

    until(lambda: len(logged()) == len(expected))
    assert logged() == expected


def test_a_worker_that_is_killed_between_attempts_goes_on(
    start: Callable[..., Service], receiver: Receiver
) -> None:
    """The next one makes the next attempt in its time, and every attempt has one id. What was sent when the
    worker died may be sent again: deliveries arrive at least once."""
    service = start(allowed_hosts=frozenset({"127.0.0.1"}))
    worker = service.begin_work(allowed_hosts="127.0.0.1")
    queue = Queue(service.corpus)
    try:
        with service.client() as client:
            asked = {"url": receiver.url + "/told", "events": ALL}
            address = client.post("/v1/webhooks", json=asked).headers["location"]
            receiver.status = 503
            delivery = client.post(f"{address}/test").headers["location"]
            until(lambda: client.get(delivery).json()["attempts"] == 1)
            until(lambda: not queue.known_deliveries())  # it has done with the first attempt
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            due = datetime.fromisoformat(client.get(delivery).json()["next_attempt"])
            receiver.status = 200
            worker = service.begin_work(allowed_hosts="127.0.0.1")
            until(lambda: client.get(delivery).json()["state"] == "delivered")
            found = client.get(delivery).json()
            assert found["attempts"] == 2
            assert datetime.fromisoformat(found["last_attempt"]) >= due
            assert {got.headers["webhook-id"] for got in receiver.got} == {found["event_id"]}
            assert len(receiver.got) >= found["attempts"]
            before = len(receiver.got)
            again = client.post(f"{delivery}/replay")
            assert (again.status_code, again.json()["state"]) == (202, "pending")
            until(lambda: len(receiver.got) > before)
            assert {got.headers["webhook-id"] for got in receiver.got} == {found["event_id"]}
    finally:
        queue.close()
        worker.kill()
        worker.wait()

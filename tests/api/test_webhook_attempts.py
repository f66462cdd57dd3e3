"""Attempts over real HTTP at injected times: the schedule, every way to fail, who is never called."""

from __future__ import annotations

import ipaddress
import json
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from standardwebhooks import Webhook
from webhook_sender import DATA, ERASED, Sender

from api import guard
from api.webhooks.delivering import JITTER, SCHEDULE, tried
from api.webhooks.signing import new_secret
from matcher.errors import CorpusConflictError
from matcher.types.webhooks import DeliveryState, EventType


def test_an_event_arrives_signed_and_thin(sender: Sender) -> None:
    """The body is type, time and ids; the headers verify with the endpoint's secret."""
    secret = new_secret()
    sender.store.webhooks.add(sender.receiver.url + "/ok", {ERASED}, secret, sender.clock())
    done = sender.attempt(sender.emitted())
    (got,) = sender.receiver.got
    assert Webhook(secret).verify(got.body, got.headers)["data"] == DATA
    assert got.headers["webhook-id"] == done.event
    assert got.headers["content-type"] == "application/json"
    assert json.loads(got.body)["type"] == "candidate.erased"
    assert len(got.body) < 20_000
    assert (done.state, done.status, done.error, done.attempt) == (DeliveryState.DELIVERED, 204, None, 1)
    assert sender.attempt(done.id) == done
    assert len(sender.receiver.got) == 1


def test_what_arrives_twice_has_one_id(sender: Sender) -> None:
    """A worker that is killed after its attempt and before it noted it leaves the delivery as it was: the
    next one sends it again, as the same event with the same bytes, signed at its own time."""
    secret = new_secret()
    sender.store.webhooks.add(sender.receiver.url + "/ok", {ERASED}, secret, sender.clock())
    delivery = sender.emitted()
    killed = sender.store.deliveries.begin(delivery, sender.clock())
    assert killed is not None
    assert tried(killed, sender.services.settings, sender.clock).error is None
    sender.clock.time += timedelta(seconds=2)
    done = sender.attempt(delivery)
    assert (done.state, done.attempt) == (DeliveryState.DELIVERED, 1)
    first, second = sender.receiver.got
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == done.event
    assert first.body == second.body
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    for got in (first, second):
        Webhook(secret).verify(got.body, got.headers)


def test_the_schedule_is_kept_to_the_last_attempt(sender: Sender) -> None:
    """Ten attempts at 0, 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, each up to a tenth late and none
    early, with one id and a timestamp of its own; then the delivery has failed, and the endpoint is disabled.
    """
    endpoint = sender.endpoint("/told")
    delivery, begun = sender.emitted(), sender.clock()
    assert [round(each) for each in SCHEDULE] == [
        5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400,
    ]  # fmt: skip
    for number, seconds in enumerate(SCHEDULE, 1):
        found = sender.attempt(delivery)
        assert (found.state, found.attempt, found.status, found.error) == ("pending", number, 500, "status")
        assert found.due is not None
        waited = (found.due - sender.clock()).total_seconds()
        assert seconds <= waited <= seconds * (1 + JITTER) + 1e-3
        sender.clock.time = found.due - timedelta(seconds=2)
        assert sender.attempt(delivery) == found, "it is not due"
        sender.clock.time = found.due
    last = sender.attempt(delivery)
    assert (last.state, last.attempt, last.due) == ("failed", 10, None)
    assert len({got.headers["webhook-id"] for got in sender.receiver.got}) == 1
    assert len({got.body for got in sender.receiver.got}) == 1
    stamps = [int(got.headers["webhook-timestamp"]) for got in sender.receiver.got]
    assert len(stamps) == 10
    assert stamps == sorted(set(stamps))
    assert stamps[0] == int(begun.timestamp())
    found_endpoint = sender.store.webhooks.get(endpoint)
    assert found_endpoint.disabled == "failing"
    assert found_endpoint.failed == sender.clock()


def test_an_endpoint_that_others_reach_is_marked_and_stays_enabled(sender: Sender) -> None:
    """One event that is always refused does not stop those that arrive."""
    endpoint = sender.endpoint("/told")
    delivery = sender.emitted()
    for _ in SCHEDULE:
        sender.clock.time = sender.attempt(delivery).due or sender.clock.time
    sender.receiver.status = 200
    assert sender.attempt(sender.emitted()).state == "delivered"
    sender.receiver.status = 400
    assert sender.attempt(delivery).state == "failed"
    found = sender.store.webhooks.get(endpoint)
    assert (found.disabled, found.failed) == (None, sender.clock())


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/told", 500, "status"),
        ("/redirect", 302, "redirect"),
        ("/closed", None, "no_answer"),
        ("/garbage", None, "no_answer"),
        ("/silent", None, "timeout"),
    ],
)
def test_what_is_no_success_is_tried_again(
    sender: Sender, monkeypatch: pytest.MonkeyPatch, path: str, status: int | None, error: str
) -> None:
    """Whatever an endpoint does, the attempt ends, is told by its kind, and the next one is due."""
    if error == "timeout":
        hurried = replace(sender.services.settings, webhook_seconds=0.3)
        monkeypatch.setattr(sender.services, "settings", hurried)
    sender.endpoint(path)
    found = sender.attempt(sender.emitted())
    assert (found.state, found.status, found.error) == ("pending", status, error)
    assert found.due is not None
    assert [got.path for got in sender.receiver.got] == [path], "no redirect is followed"


def test_nobody_there_and_no_encryption_there(sender: Sender) -> None:
    """A port that nobody listens at, a host without an address, and https where there is none."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for url, error in (
        (f"http://127.0.0.1:{port}/", "unreachable"),
        ("https://nobody.invalid/", "unreachable"),
        (sender.receiver.url.replace("http:", "https:"), "tls"),
    ):
        made = sender.store.webhooks.add(url, {EventType.TEST}, new_secret(), sender.clock())
        waiting = sender.store.deliveries.note_for(made.id, EventType.TEST, {}, sender.clock())
        assert sender.attempt(waiting.id).error == error


@pytest.mark.parametrize("path", ["/slow", "/huge"])
def test_an_answer_is_its_status(sender: Sender, path: str) -> None:
    """A body that never ends, slow or fast, is not waited for: 200 is a success."""
    sender.endpoint(path)
    found = sender.attempt(sender.emitted())
    assert (found.state, found.status) == ("delivered", 200)


def test_410_disables_and_gives_up_what_waits(sender: Sender) -> None:
    """Nothing more is sent; enabled again, what failed since a time is sent again under the same id."""
    endpoint = sender.endpoint("/told")
    before = sender.clock()
    first, second = sender.emitted(), sender.emitted()
    sender.receiver.status = 410
    assert sender.attempt(first).error == "gone"
    assert sender.store.webhooks.get(endpoint).disabled == "gone"
    waited = sender.attempt(second)
    assert (waited.state, waited.attempt, waited.error) == ("failed", 0, "endpoint_disabled")
    assert sender.store.deliveries.note(ERASED, DATA, sender.clock()) == []
    for refused in (
        lambda: sender.store.deliveries.replay(first, before),
        lambda: sender.store.deliveries.replay_failed(endpoint, before, before),
        lambda: sender.store.deliveries.note_for(endpoint, EventType.TEST, {}, before),
    ):
        with pytest.raises(CorpusConflictError):
            refused()
    sender.store.webhooks.change(endpoint, sender.clock(), enabled=True)
    sender.receiver.status = 200
    later = sender.clock() + timedelta(seconds=1)
    assert sender.store.deliveries.replay_failed(endpoint, later, sender.clock()) == []
    again = sender.store.deliveries.replay_failed(endpoint, before, sender.clock())
    assert {each.delivery for each in again} == {first, second}
    assert {sender.attempt(each.delivery).state for each in again} == {"delivered"}
    sent = [got.headers["webhook-id"] for got in sender.receiver.got]
    assert sent[0] in sent[1:]


@pytest.mark.parametrize(
    ("asked", "least"),
    [("60", 60), ("2", 5), ("999999999999", 86_400), ("-5", 5), ("soon", 5), ("", 5)],
)
def test_retry_after_counts_where_it_is_longer(sender: Sender, asked: str, least: float) -> None:
    """Up to a day; what is shorter than the schedule, or nonsense, changes nothing."""
    sender.endpoint("/told")
    sender.receiver.retry_after = asked
    found = sender.attempt(sender.emitted())
    assert found.due is not None
    assert least <= (found.due - sender.clock()).total_seconds() <= least * (1 + JITTER)


def test_retry_after_may_be_a_date(sender: Sender) -> None:
    """As HTTP writes one."""
    sender.endpoint("/told")
    sender.clock.time = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
    sender.receiver.retry_after = format_datetime(sender.clock() + timedelta(hours=1), usegmt=True)
    assert sender.attempt(sender.emitted()).due == sender.clock() + timedelta(hours=1)


def test_a_rotated_secret_signs_beside_the_new_one_for_its_time(sender: Sender) -> None:
    """Both verify until then, and the new one alone afterwards."""
    old, new = new_secret(), new_secret()
    made = sender.store.webhooks.add(sender.receiver.url + "/ok", {ERASED}, old, sender.clock())
    sender.store.webhooks.rotate(made.id, new, sender.clock(), timedelta(hours=1))
    sender.attempt(sender.emitted())
    (got,) = sender.receiver.got
    for secret in (old, new):
        Webhook(secret).verify(got.body, got.headers)
    sender.clock.time += timedelta(hours=1)
    sender.attempt(sender.emitted())
    assert len(sender.receiver.got[1].headers["webhook-signature"].split(" ")) == 1


def test_an_address_that_turns_private_is_not_called(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    """The host is asked for once in each attempt, and what it says is both checked and connected to: a name
    that meant a public machine when the endpoint was made does not lead inside later."""
    made = sender.store.webhooks.add("https://hooks.example/x", {ERASED}, new_secret(), sender.clock())
    asked: list[str] = []

    def resolver(host: str, _port: int) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
        asked.append(host)
        return [ipaddress.ip_address("93.184.216.34"), ipaddress.ip_address("127.0.0.1")]

    monkeypatch.setattr(guard, "resolved", resolver)
    delivery = sender.emitted()
    found = sender.attempt(delivery)
    assert (found.error, found.endpoint, asked) == ("blocked_address", made.id, ["hooks.example"])
    assert sender.receiver.got == []
    private = replace(sender.services.settings, allowed_hosts=frozenset())
    monkeypatch.setattr(sender.services, "settings", private)
    sender.store.webhooks.change(made.id, sender.clock(), url=sender.receiver.url + "/ok")
    assert sender.attempt(sender.store.deliveries.replay(delivery, sender.clock()).delivery).error == (
        "blocked_address"
    )
    assert sender.receiver.got == []

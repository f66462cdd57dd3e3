"""What is put down of an event, for whom, how often, and for how long; by ids alone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from store_samples import ADA, BRAM, add
from webhook_sender import DATA, ERASED, TENANT, Sender

from api.events import emit
from matcher.errors import NotInCorpusError
from matcher.types.webhooks import EventType


def test_only_who_asks_is_told_and_a_key_counts_once(sender: Sender) -> None:
    """Each enabled endpoint that asks for the type gets one delivery; nothing is kept of what nobody asks."""
    first = sender.endpoint("/ok", ERASED, EventType.MATCH_COMPLETED)
    second = sender.endpoint("/ok", ERASED)
    stopped = sender.endpoint("/ok", ERASED)
    sender.store.webhooks.change(stopped, sender.clock(), enabled=False)
    for _ in range(2):
        emit(sender.services, TENANT, "candidate.erased", DATA, key="c-1")
    found = sender.store.deliveries.page(9)
    assert {each.endpoint for each in found} == {first, second}
    assert len(found) == 2
    assert len({each.event for each in found}) == 1
    asked = {"job_id": "j", "item": 0, "code": "unreadable"}
    emit(sender.services, TENANT, "candidate.rejected", asked)
    assert len(sender.store.deliveries.page(9)) == 2


@pytest.mark.parametrize(
    "data", [{"candidate_id": "c", "name": "Ada"}, {"candidate_id": "c" * 30_000}, {}, {"candidate_id": 1}]
)
def test_nothing_but_ids_can_be_told(sender: Sender, data: dict[str, object]) -> None:
    """A field that has no place in an event, or no bound, is refused before anything is written."""
    sender.endpoint("/ok")
    with pytest.raises(ValueError, match="validation error"):
        emit(sender.services, TENANT, "candidate.erased", data)
    assert sender.store.deliveries.page(9) == []


def test_what_is_due_and_lost_is_found(sender: Sender) -> None:
    """A delivery that was put down and never handed in is overdue, the longest first."""
    sender.endpoint("/ok")
    first = sender.emitted()
    sender.clock.time += timedelta(seconds=1)
    second = sender.emitted()
    later = sender.clock() + timedelta(minutes=1)
    assert [each.delivery for each in sender.store.deliveries.overdue(later, 9)] == [first, second]
    assert [each.delivery for each in sender.store.deliveries.overdue(sender.clock(), 9)] == [first]


def test_ended_deliveries_are_forgotten_after_a_month(sender: Sender) -> None:
    """With their events; what is pending stays."""
    sender.endpoint("/ok")
    sender.attempt(sender.emitted())
    pending = sender.emitted()
    assert sender.store.deliveries.expire(sender.clock() + timedelta(days=29)) == 0
    assert sender.store.deliveries.expire(sender.clock() + timedelta(days=31)) == 1
    assert [each.id for each in sender.store.deliveries.page(9)] == [pending]
    assert sender.store.deliveries.begin(pending, sender.clock()) is not None


def test_every_erasure_is_told_with_it(sender: Sender) -> None:
    """By whomever people are erased, an event for each lies in the erasure's own transaction; what was told
    of them before keeps their id and nothing else."""
    sender.endpoint("/ok", ERASED, EventType.CANDIDATE_READY)
    people = [add(sender.store, text).candidate for text in (ADA, BRAM)]
    emit(sender.services, TENANT, "candidate.ready", {"candidate_id": people[0], "outcome": "added"})
    with pytest.raises(NotInCorpusError):
        sender.store.people.erase([people[0], "nobody"])
    assert [each.type for each in sender.store.deliveries.page(9)] == ["candidate.ready"]
    sender.store.people.erase(people)
    for delivery in sender.store.deliveries.page(9):
        assert sender.attempt(delivery.id).state == "delivered"
    told = [json.loads(got.body) for got in sender.receiver.got]
    erased = {each["data"]["candidate_id"] for each in told if each["type"] == ERASED}
    assert erased == set(people)
    (ready,) = (each["data"] for each in told if each["type"] == "candidate.ready")
    links = {"candidate": f"{sender.services.settings.public_url}/v1/candidates/{people[0]}"}
    assert ready == {
        "candidate_id": people[0],
        "outcome": "added",
        "job_id": None,
        "item": None,
        "links": links,
    }

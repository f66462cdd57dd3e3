"""JSON is taken at its word: a text is no number, a number no day, a 1 no yes."""

from __future__ import annotations

import pytest
from api_service import Service, check_problem

EXPLAIN = {"role": "r", "candidate": "c"}
BACKFILL = {"system": "greenhouse"}


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("search", {"text": "a", "top": "5"}, "top"),
        ("search", {"text": "a", "top": True}, "top"),
        ("search", {"text": "a", "top": 5.5}, "top"),
        ("matches", {"role": "r", "top": "5"}, "top"),
        ("matches", {"role": "r", "blind": 1}, "blind"),
        ("matches", {"role": "r", "today": 0}, "today"),
        ("matches", {"role": "r", "today": "86400"}, "today"),
        ("matches", {"role": "r", "today": True}, "today"),
        ("matches", {"role": "r", "weights": {"q1": "2"}}, "weights.q1"),
        ("explain", {**EXPLAIN, "weights": {"q1": True}}, "weights.q1"),
        ("explain", {**EXPLAIN, "today": 86400}, "today"),
        ("webhooks/x/rotate", {"keep_hours": "5"}, "keep_hours"),
        ("webhooks/x/rotate", {"keep_hours": True}, "keep_hours"),
        ("webhooks/x/replay", {"since": 1_700_000_000}, "since"),
        ("webhooks/x/replay", {"since": "1700000000"}, "since"),
        ("backfills", {**BACKFILL, "erase_many": "yes"}, "erase_many"),
        ("backfills", {**BACKFILL, "follow_deletions": 1}, "follow_deletions"),
        ("backfills", {**BACKFILL, "restart": "on"}, "restart"),
        ("backfills", {**BACKFILL, "updated_after": 5}, "updated_after"),
    ],
)
def test_what_is_of_another_type_is_refused(
    service: Service, path: str, body: dict[str, object], field: str
) -> None:
    """The refusal names the field."""
    with service.client() as client:
        refused = check_problem(client.post(f"/v1/{path}", json=body), 422, "invalid")
    assert [each["field"] for each in refused["errors"]] == [field]  # type: ignore[attr-defined]


def test_whole_numbers_are_weights_and_a_time_has_a_day(service: Service) -> None:
    """What JSON has one type for is not told apart."""
    with service.client() as client:
        for said in ({"weights": {"q1": 2}}, {"today": "2026-01-31"}, {"today": None}):
            answer = client.post("/v1/explain", json={**EXPLAIN, **said})
            check_problem(answer, 404, "not_in_corpus")


def test_what_is_no_json_has_no_field(service: Service) -> None:
    """The place of a byte is none of a field, and what we say is not led in by a class of Python's."""
    headers = {"Content-Type": "application/json"}
    with service.client() as client:
        broken = check_problem(client.post("/v1/search", content=b"{", headers=headers), 400, "bad_request")
        nothing = check_problem(client.post("/v1/candidates", json={}), 422, "invalid")
    assert [each["field"] for each in broken["errors"]] == ["body"]  # type: ignore[attr-defined]
    assert nothing["errors"] == [
        {"field": "body", "message": "Give exactly one of text, json_resume and resume_url."}
    ]

"""Signatures hold before an implementation that is not ours, and against the vector that is published."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from api.webhooks.signing import body_of, new_secret, sign, signed_headers
from matcher.types.webhooks import Event, EventType

# Of the tests of the libraries of Standard Webhooks.
PUBLISHED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_the_published_vector() -> None:
    """The signature that the libraries of the standard are tested with."""
    made = sign(PUBLISHED, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@settings(derandomize=True, max_examples=50)
@given(body=st.text(max_size=200), known=st.from_regex(r"evt_[0-9a-f]{32}", fullmatch=True))
def test_any_body_verifies(body: str, known: str) -> None:
    """What is signed is verified by the standard's own library, and by no other secret."""
    secret = new_secret()
    headers = signed_headers(known, body.encode(), [secret], datetime.now(UTC))
    Webhook(secret).verify(body, headers, json_parse=False)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(body, headers, json_parse=False)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body + " ", headers, json_parse=False)


def test_while_a_secret_is_rotated_either_verifies() -> None:
    """Two signatures, the new one first, in one header."""
    old, new = new_secret(), new_secret()
    headers = signed_headers("evt_1", b"{}", [new, old], datetime.now(UTC))
    for secret in (old, new):
        Webhook(secret).verify(b"{}", headers)
    assert len(headers["webhook-signature"].split(" ")) == 2


def test_a_secret_is_as_the_standard_writes_one() -> None:
    """`whsec_` and base64 of 24 to 64 random bytes."""
    made = {new_secret() for _ in range(20)}
    assert len(made) == 20
    for secret in made:
        assert secret.startswith("whsec_")
        assert 24 <= len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) <= 64


def test_a_body_is_the_same_bytes_each_time() -> None:
    """Type, time and data, compact, the time of the event in UTC."""
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    event = Event("evt_1", EventType.CANDIDATE_ERASED, at, {"candidate_id": "c"})
    assert body_of(event) == (
        b'{"type":"candidate.erased","timestamp":"2026-01-02T03:04:05.000000Z","data":{"candidate_id":"c"}}'
    )

"""Signatures of Standard Webhooks 1.0: HMAC-SHA256 over `{id}.{timestamp}.{body}`, as `v1,<base64>`."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from datetime import datetime

from matcher.types.webhooks import Event

_PREFIX = "whsec_"

# The standard wants 24 to 64.
_BYTES = 32


def new_secret() -> str:
    """A secret that nobody can guess, as the standard writes one."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def body_of(event: Event) -> bytes:
    """What is sent and signed of an event: the same bytes at each attempt."""
    said = {"type": event.type.value, "timestamp": _iso(event.at), "data": event.data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def signed_headers(event_id: str, body: bytes, keys: Sequence[str], moment: datetime) -> dict[str, str]:
    """The three headers of an attempt made at `moment`, with a signature by each secret."""
    timestamp = int(moment.timestamp())
    signatures = [sign(key, event_id, timestamp, body) for key in keys]
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def sign(key: str, event_id: str, timestamp: int, body: bytes) -> str:
    """One signature."""
    content = f"{event_id}.{timestamp}.".encode() + body
    secret = base64.b64decode(key.removeprefix(_PREFIX))
    return "v1," + base64.b64encode(hmac.digest(secret, content, hashlib.sha256)).decode()


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")

"""Times that the store takes: aware ones, for a naive one means another moment on every machine."""

from __future__ import annotations

from datetime import UTC, datetime

from matcher.errors import InputError


def aware(when: datetime) -> datetime:
    """The same moment in UTC. Raises InputError for a time without a zone."""
    if when.tzinfo is None:
        raise InputError("A time has no zone: give datetime.now(UTC), or any other aware datetime.")
    return when.astimezone(UTC)

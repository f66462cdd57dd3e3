"""What happened, for whoever wants to be told."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.store import Store


def emit(store: Store, kind: str, data: Mapping[str, object]) -> None:
    """Note an event of the tenant whose store it is; `data` has ids and codes alone."""

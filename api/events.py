"""What happened, for whoever wants to be told."""

from __future__ import annotations

from collections.abc import Mapping

from api.state import Services


def emit(
    services: Services, tenant: str, kind: str, data: Mapping[str, object], key: str | None = None
) -> None:
    """Note an event of a tenant: a type of `matcher.types.service.EventType`, and ids and codes as its data.

    With a `key` it is noted once however often it is emitted: work that is begun again says it again.
    """

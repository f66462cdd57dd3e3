"""Keys of the service, as a table for a terminal or as JSON. A secret is shown once, when it is made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.table import Table

from matcher.reports.json import JsonObject, dumps
from matcher.reports.write import finish, new_console, put
from matcher.types.service import ApiKey


def write_made(key: ApiKey, shown: str, form: str) -> None:
    """A new key with what its holder sends."""
    if form == "json":
        put(dumps({"schema": "matcher.key/1", **_object(key), "key": shown}))
        return
    console = new_console(None)
    until = _time(key.expires) or "revoked"
    scopes = " ".join(sorted(key.scopes))
    console.print(f"{key.name}: id {key.id}, scopes {scopes}, until {until}")
    console.print("Send this as `Authorization: Bearer`; it is not shown again:")
    console.print(shown, soft_wrap=True)
    finish(console, None)


def write_keys(keys: Sequence[ApiKey], form: str) -> None:
    """Keys without their secrets."""
    if form == "json":
        put(dumps({"schema": "matcher.keys/1", "keys": [_object(key) for key in keys]}))
        return
    console = new_console(None)
    table = Table("id", "name", "scopes", "made", "expires", "last used", "revoked", box=None)
    for key in keys:
        times = (_time(when) or "-" for when in (key.created, key.expires, key.last_used, key.revoked))
        table.add_row(key.id, key.name, " ".join(sorted(key.scopes)), *times)
    console.print(table if keys else "There are no keys: matcher keys make NAME.")
    finish(console, None)


def _object(key: ApiKey) -> JsonObject:
    return {
        "id": key.id,
        "tenant": key.tenant,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "created": _time(key.created),
        "expires": _time(key.expires),
        "revoked": _time(key.revoked),
        "last_used": _time(key.last_used),
    }


def _time(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat(timespec="seconds")

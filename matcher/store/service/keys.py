"""Keys of the API: made, found, replaced and revoked. A secret is shown once and only its hash is kept."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from matcher.errors import InputError, NotInCorpusError
from matcher.store.database import Database
from matcher.store.service.schema import api_keys
from matcher.store.times import aware
from matcher.types.service import ApiKey, Scope

# What the holder of a key sends: `secrets.token_hex(8)` and `secrets.token_urlsafe(32)`.
_PRESENTED = re.compile(r"mk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")

# Between two notes of when a key was last used: a write for each request would cost more than the answer.
_NOTED_EVERY = timedelta(minutes=1)


class ApiKeys:
    """The keys of one tenant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(
        self, name: str, scopes: Collection[Scope], now: datetime, expires: datetime | None = None
    ) -> tuple[ApiKey, str]:
        """A new key, and what its holder sends: `mk_<id>_<secret>`, shown this once. Raises InputError."""
        if not name.strip() or not scopes:
            raise InputError("A key has a name and at least one scope: read, write, erase or admin.")
        if expires is not None and aware(expires) <= now:
            raise InputError("The key would expire at once: name a later time.")
        known, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
        row = {
            "id": known,
            "name": name.strip(),
            "sha256": _digest(secret),
            "scopes": " ".join(sorted(scopes)),
            "created": aware(now),
            "expires": expires,
        }
        with self._database.noting() as work:
            work.insert(api_keys, [row])
        return self.get(known), f"mk_{known}_{secret}"

    def get(self, key_id: str) -> ApiKey:
        """A key of this tenant. Raises NotInCorpusError."""
        with self._database.reading() as work:
            row = work.first(sa.select(api_keys).where(api_keys.c.id == key_id))
        if row is None:
            raise NotInCorpusError(f"There is no key {key_id[:40]!r}.")
        return _key(row)

    def all(self) -> list[ApiKey]:
        """Every key, the oldest first, revoked ones too."""
        with self._database.reading() as work:
            return [_key(row) for row in work.rows(sa.select(api_keys).order_by(api_keys.c.created))]

    def revoke(self, key_id: str, now: datetime) -> ApiKey:
        """Take a key back: from now on it opens nothing. Raises NotInCorpusError."""
        self.get(key_id)
        with self._database.noting() as work:
            which = api_keys.c.id == key_id, api_keys.c.revoked.is_(None)
            work.change(sa.update(api_keys).where(*which).values(revoked=aware(now)))
        return self.get(key_id)

    def rotate(self, key_id: str, now: datetime, keep: timedelta) -> tuple[ApiKey, str]:
        """A new key with the name and scopes of this one, which ends `keep` from now at the latest. Raises
        InputError for one that has ended, and NotInCorpusError."""
        old = self.get(key_id)
        if not old.is_valid(now):
            raise InputError("The key has ended: make a new one.")
        until = min(old.expires or now + keep, now + keep)
        made = self.make(old.name, old.scopes, now, old.expires)
        with self._database.noting() as work:
            work.change(sa.update(api_keys).where(api_keys.c.id == key_id).values(expires=until))
        return made

    def used(self, key: ApiKey, now: datetime) -> None:
        """Note that a key was used, once a minute at most."""
        if key.last_used is None or now - key.last_used >= _NOTED_EVERY:
            with self._database.noting() as work:
                work.change(sa.update(api_keys).where(api_keys.c.id == key.id).values(last_used=aware(now)))


def find_key(database: Database, presented: str, now: datetime) -> ApiKey | None:
    """The key that is presented, of whichever tenant, or None where it opens nothing.

    It is the one question that comes before the tenant is known. The secret is compared in constant time, and
    what has no key is compared too.
    """
    parts = _PRESENTED.fullmatch(presented)
    known, secret = ("", "") if parts is None else parts.groups()
    row = None if parts is None else database.key_row(known)
    kept = bytes(32) if row is None else row.sha256
    matches = hmac.compare_digest(kept, _digest(secret))
    if row is None or not matches:
        return None
    key = _key(row)
    return key if key.is_valid(now.astimezone(UTC)) else None


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("ascii")).digest()


def _key(row: sa.Row[tuple[object, ...]]) -> ApiKey:
    scopes = frozenset(Scope(name) for name in row.scopes.split())
    return ApiKey(row.id, row.tenant, row.name, scopes, row.created, row.expires, row.revoked, row.last_used)

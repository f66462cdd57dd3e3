"""Greenhouse's Harvest API, version 3: its people and their resumes, page by page.

Versions 1 and 2 (an API key as the user of Basic authentication) ended on 31 August 2026; a token is got for
a client's id and secret, and pages follow each other by the Link header alone.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from api.integrations.client import CallError, Reply, basic, call, patiently, rest
from api.schemas.connections import GreenhouseSettings
from api.settings import ServiceSettings
from matcher.types.service import Connection

SYSTEM = "greenhouse"

# The most that Harvest gives on a page, and the most ids that it takes in a filter.
PER_PAGE = 500
_MOST_IDS = 50

# A token is not used in its last seconds; one of unknown life is asked for anew after a while.
_MARGIN = 60.0
_LIFE = 600.0

# Calls that may be left in a window before this pauses until the next: others use the same limit.
_SPARED = 2

_NEXT = re.compile(r'<([^<>]{1,4000})>\s*;\s*rel="?next"?')


@dataclass(frozen=True, slots=True)
class HarvestPage:
    """Candidates' ids, and where the next page is, None on the last."""

    candidates: tuple[str, ...]
    following: str | None


@dataclass
class Harvest:
    """Harvest for one tenant. `wanted` says, while something is waited for, whether to go on."""

    connection: Connection
    settings: ServiceSettings
    wanted: Callable[[], bool]
    _token: str | None = None
    _until: float = 0.0
    _paused: float = field(default=0.0)

    def page(self, following: str | None, updated_after: str | None = None) -> HarvestPage:
        """A page of candidates: the first, or the one that the page before named."""
        filters = {} if updated_after is None else {"updated_at": f"gte|{updated_after}"}
        url = following or self._url("candidates", {"per_page": PER_PAGE, **filters})
        reply = self._get(url)
        return HarvestPage(tuple(map(_id, _objects(reply))), _next(reply))

    def resumes(self, candidates: Sequence[str]) -> dict[str, str]:
        """Where the newest resume of each candidate can be fetched; who has none is left out."""
        newest: dict[str, tuple[str, str]] = {}
        for part in _parts(candidates):
            asked = {"candidate_ids": ",".join(part), "type": "resume", "per_page": PER_PAGE}
            url: str | None = self._url("attachments", asked)
            while url is not None:
                reply = self._get(url)
                for each in _objects(reply):
                    person, address = str(each.get("candidate_id")), each.get("url")
                    found = str(each.get("created_at") or ""), str(address)
                    if person in part and isinstance(address, str) and found > newest.get(person, ("", "")):
                        newest[person] = found
                url = _next(reply)
        return {person: address for person, (_, address) in newest.items()}

    def missing(self, candidates: Sequence[str]) -> set[str]:
        """Those of some candidates whom Harvest does not know (any more)."""
        gone = set(candidates)
        for part in _parts(candidates):
            url: str | None = self._url("candidates", {"ids": ",".join(part), "per_page": PER_PAGE})
            while url is not None:
                reply = self._get(url)
                gone.difference_update(map(_id, _objects(reply)))
                url = _next(reply)
        return gone

    def _url(self, path: str, asked: dict[str, object]) -> str:
        return f"{self._address()}/v3/{path}?{urlencode(asked, safe=',|:')}"

    def _address(self) -> str:
        return GreenhouseSettings.model_validate(self.connection.settings).api_url.rstrip("/")

    def _get(self, url: str) -> Reply:
        # A token goes to the address in the settings and nowhere else, whatever a page names as the next.
        ours, asked = urlsplit(self._address()), urlsplit(url)
        if (ours.scheme, ours.netloc) != (asked.scheme, asked.netloc):
            raise CallError("bad_answer", "The next page is on another host.", passing=False)
        return patiently(lambda: self._ask(url), self.wanted)

    def _ask(self, url: str) -> Reply:
        while (left := self._paused - time.monotonic()) > 0:
            if not self.wanted():
                raise CallError("cancelled", "The job was cancelled.", passing=False)
            time.sleep(min(left, 5.0))
        try:
            reply = call("GET", url, self.settings, {"Authorization": f"Bearer {self._access()}"})
        except CallError as error:
            if error.status != 401 or self._token is None:
                raise
            self._token = None  # it ended early: once more with another
            reply = call("GET", url, self.settings, {"Authorization": f"Bearer {self._access()}"})
        left_over = reply.headers.get("x-ratelimit-remaining", "")
        if left_over.isdecimal() and int(left_over) <= _SPARED:
            self._paused = time.monotonic() + min(max(rest(reply.headers), 0.0), _MARGIN)
        return reply

    def _access(self) -> str:
        if self._token is not None and time.monotonic() < self._until:
            return self._token
        known, settings = (
            self.connection.credentials,
            GreenhouseSettings.model_validate(self.connection.settings),
        )
        asked: dict[str, object] = {"grant_type": "client_credentials"}
        if settings.user_id is not None:
            asked["sub"] = settings.user_id
        headers = {
            "Authorization": basic(known.get("client_id", ""), known.get("client_secret", "")),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        found = call("POST", settings.token_url, self.settings, headers, urlencode(asked).encode()).data
        token = found.get("access_token") if isinstance(found, dict) else None
        if not isinstance(token, str) or not token:
            raise CallError("bad_answer", "Greenhouse gave no token.", passing=True)
        life = found.get("expires_in")
        seconds = float(life) if isinstance(life, int | float) else _LIFE
        self._token, self._until = token, time.monotonic() + max(seconds - _MARGIN, 1.0)
        return token


def _objects(reply: Reply) -> list[dict[str, Any]]:
    if not isinstance(reply.data, list) or not all(isinstance(each, dict) for each in reply.data):
        raise CallError("bad_answer", "Greenhouse's answer is no list of objects.", passing=True)
    return reply.data


def _id(candidate: dict[str, Any]) -> str:
    found = candidate.get("id")
    if not isinstance(found, int | str) or isinstance(found, bool):
        raise CallError("bad_answer", "Greenhouse's answer has a candidate without an id.", passing=True)
    return str(found)


def _next(reply: Reply) -> str | None:
    found = _NEXT.search(reply.headers.get("link", ""))
    return found[1] if found else None


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _MOST_IDS] for start in range(0, len(ids), _MOST_IDS))

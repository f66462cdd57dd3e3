"""Who asks: an API key, as a bearer token or as the user of Basic authentication with a blank password."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

import anyio
from fastapi import Depends, Request
from fastapi.security import HTTPBasic, HTTPBearer
from starlette.concurrency import run_in_threadpool

from api.known import Known
from api.problems import ProblemError, overloaded
from api.state import Services, now
from matcher.corpus import Corpus
from matcher.store import Store
from matcher.types.service import ApiKey, AuditEntry, Scope

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="matcher", Basic realm="matcher"'}

# What the OpenAPI page says of the two ways; reading them is this module's.
_SCHEMES: tuple[Callable[..., object], ...] = (
    HTTPBearer(auto_error=False, description="`Authorization: Bearer mk_...`"),
    HTTPBasic(auto_error=False, description="The key as user, the password blank."),
)


@dataclass(frozen=True, slots=True)
class Caller:
    """The holder of a valid key, and what it opens: one tenant's data. `people` are those whom the answer is
    about, as far as the audit log was told."""

    key: ApiKey
    services: Services
    corpus: Corpus
    request_id: str
    people: set[str] = field(default_factory=set)

    @property
    def store(self) -> Store:
        """The tenant's store."""
        return self.corpus.store

    @property
    def today(self) -> date:
        """The day in UTC."""
        return now().date()

    def entry(self, action: str, kind: str, subject: str) -> AuditEntry:
        """A line of the audit log, for what is written together with what it tells of."""
        return AuditEntry(now(), self.key.id, action, kind, subject, self.request_id)

    def audit(self, action: str, kind: str, *subjects: str) -> None:
        """Note what was done to whom; before the answer goes out."""
        self.store.audit.add([self.entry(action, kind, subject) for subject in subjects])
        if kind == "candidate":
            self.people.update(subjects)


async def identify(request: Request) -> Caller:
    """The caller, if their key is valid and within its rate; looked for once in each request.

    Raises a ProblemError, also where no thread was free to look for so long.
    """
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is not None:
        return caller
    state, shown = request.app.state, presented(request.headers.get("authorization", ""))
    services: Services = state.services
    known: Known | None = state.keys.get(shown)
    if known is None:
        patience = services.settings.wait_seconds
        try:
            with anyio.fail_after(patience):
                known = await run_in_threadpool(_look, shown, services)
        except TimeoutError:
            raise overloaded(f"No thread was free for {patience:g} seconds: try again.") from None
        state.keys.keep(shown, known)
    request.state.key_id = known.key.id
    state.rates.check(request, known.key.id)
    request.state.caller = caller = Caller(known.key, services, known.corpus, request.state.request_id)
    return caller


def _look(shown: str, services: Services) -> Known:
    key = services.find_key(shown)
    if key is None:
        detail = "No key was sent: send `Authorization: Bearer` and a key."
        if shown:
            detail = (
                "The key is not known to this service, has expired or was revoked: "
                "`matcher keys list` shows those of its corpus and tenant."
            )
        raise ProblemError("unauthenticated", detail, headers=_CHALLENGE)
    corpus = services.corpus(key.tenant)
    corpus.store.keys.used(key, now())
    return Known(key, corpus)


# The scope that each dependency asks for, for the description.
NEEDED: dict[Callable[..., object], Scope] = {}


def caller_with(scope: Scope) -> Callable[[Request], Awaitable[Caller]]:
    """A dependency: the caller, if their key has the scope too."""

    async def caller(request: Request) -> Caller:
        found = await identify(request)
        if scope not in found.key.scopes:
            raise ProblemError("forbidden", f"This needs a key with the scope {scope.value!r}.")
        return found

    NEEDED[caller] = scope
    return caller


def presented(header: str) -> str:
    """The key in an Authorization header, or "" where there is none."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        user, _, _password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, ValueError):
        return ""
    return user


Reader = Annotated[Caller, Depends(caller_with(Scope.READ))]
Writer = Annotated[Caller, Depends(caller_with(Scope.WRITE))]
Eraser = Annotated[Caller, Depends(caller_with(Scope.ERASE))]
Admin = Annotated[Caller, Depends(caller_with(Scope.ADMIN))]
SCHEMES = [Depends(scheme) for scheme in _SCHEMES]

"""Who asks: an API key, as a bearer token or as the user of Basic authentication with a blank password."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBasic, HTTPBearer

from api.limits import check_rate
from api.problems import ProblemError
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
    """The holder of a valid key, and what it opens: one tenant's data."""

    key: ApiKey
    services: Services
    corpus: Corpus
    request_id: str

    @property
    def store(self) -> Store:
        """The tenant's store."""
        return self.corpus.store

    @property
    def today(self) -> date:
        """The day in UTC."""
        return now().date()

    def audit(self, action: str, kind: str, *subjects: str) -> None:
        """Note what was done to whom; before the answer goes out."""
        at = now()
        self.store.audit.add(
            [AuditEntry(at, self.key.id, action, kind, subject, self.request_id) for subject in subjects]
        )


def caller_with(scope: Scope) -> Callable[..., Caller]:
    """A dependency: the caller, if their key is valid, has the scope and is within its rate."""

    def caller(request: Request) -> Caller:
        services: Services = request.app.state.services
        key = key_of(request)
        check_rate(request, services.settings, key.id)
        if scope not in key.scopes:
            raise ProblemError("forbidden", f"This needs a key with the scope {scope.value!r}.")
        store = services.store(key.tenant)
        store.keys.used(key, now())
        request.state.key_id = key.id
        return Caller(key, services, services.corpus(key.tenant), request.state.request_id)

    return caller


def key_of(request: Request) -> ApiKey:
    """The valid key that a request presents; it is looked for once. Raises a ProblemError."""
    known: ApiKey | None = getattr(request.state, "api_key", None)
    if known is None:
        services: Services = request.app.state.services
        known = services.find_key(presented(request.headers.get("authorization", "")))
        if known is None:
            detail = "Send `Authorization: Bearer` and a valid key."
            raise ProblemError("unauthenticated", detail, headers=_CHALLENGE)
        request.state.api_key = known
    return known


def presented(header: str) -> str:
    """The key in an Authorization header, or "" where there is none."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        user, _, _password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return user


Reader = Annotated[Caller, Depends(caller_with(Scope.READ))]
Writer = Annotated[Caller, Depends(caller_with(Scope.WRITE))]
Eraser = Annotated[Caller, Depends(caller_with(Scope.ERASE))]
Admin = Annotated[Caller, Depends(caller_with(Scope.ADMIN))]
SCHEMES = [Depends(scheme) for scheme in _SCHEMES]

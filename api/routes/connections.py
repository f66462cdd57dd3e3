"""Connections to applicant tracking systems, one for each, set by who administers the tenant."""

from __future__ import annotations

from api import problems
from api.guard import BlockedAddressError, checked_url, is_allowed
from api.idempotency import router as new_router
from api.problems import ProblemError
from api.schemas.connections import (
    SYSTEMS,
    AshbyIn,
    ConnectionOut,
    GreenhouseIn,
    System,
    connection_out,
)
from api.security import Admin, Caller
from api.settings import ServiceSettings
from api.state import now

router = new_router("connections")


@router.get("/connections", summary="List connections", responses=problems.responses())
def list_connections(caller: Admin) -> list[ConnectionOut]:
    """Which systems are connected, and with which settings. No credential is ever shown."""
    return [connection_out(each) for each in caller.store.connections.all() if each.system in SYSTEMS]


@router.get("/connections/greenhouse", summary="Read Greenhouse's", responses=problems.responses(404))
def read_greenhouse(caller: Admin) -> ConnectionOut:
    """All but its credentials."""
    return connection_out(caller.store.connections.get("greenhouse"))


@router.get("/connections/ashby", summary="Read Ashby's", responses=problems.responses(404))
def read_ashby(caller: Admin) -> ConnectionOut:
    """All but its credentials."""
    return connection_out(caller.store.connections.get("ashby"))


@router.put("/connections/greenhouse", summary="Connect Greenhouse", responses=problems.responses())
def connect_greenhouse(caller: Admin, asked: GreenhouseIn) -> ConnectionOut:
    """Sets credentials and settings, in place of those before."""
    return _connected(caller, "greenhouse", asked)


@router.put("/connections/ashby", summary="Connect Ashby", responses=problems.responses())
def connect_ashby(caller: Admin, asked: AshbyIn) -> ConnectionOut:
    """Sets credentials and settings, in place of those before."""
    return _connected(caller, "ashby", asked)


@router.delete(
    "/connections/greenhouse",
    status_code=204,
    summary="Disconnect Greenhouse",
    responses=problems.responses(404),
)
def disconnect_greenhouse(caller: Admin) -> None:
    """Forgets the credentials. Assessments that were asked for stay; the system is told no more."""
    _disconnected(caller, "greenhouse")


@router.delete(
    "/connections/ashby", status_code=204, summary="Disconnect Ashby", responses=problems.responses(404)
)
def disconnect_ashby(caller: Admin) -> None:
    """Forgets the credentials. Assessments that were asked for stay; the system is told no more."""
    _disconnected(caller, "ashby")


def _disconnected(caller: Caller, system: System) -> None:
    caller.store.connections.remove(system)
    caller.audit("connection.deleted", "connection", system)


def _connected(caller: Caller, system: System, asked: GreenhouseIn | AshbyIn) -> ConnectionOut:
    urls = [asked.settings.api_url]
    if isinstance(asked, GreenhouseIn):
        urls.append(asked.settings.token_url)
    for url in urls:
        _check(url, caller.services.settings)
    credentials = asked.credentials.model_dump(exclude_none=True)
    settings = asked.settings.model_dump()
    made = caller.store.connections.put(system, credentials, settings, now())
    caller.audit("connection.set", "connection", system)
    return connection_out(made)


def _check(url: str, settings: ServiceSettings) -> None:
    """Credentials go there: only encrypted, unless the settings of the service name the host."""
    try:
        parts = checked_url(url, settings.allowed_hosts)
    except BlockedAddressError as error:
        raise ProblemError("blocked_url", str(error)) from None
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if parts.scheme != "https" and not is_allowed(parts.hostname or "", port, settings.allowed_hosts):
        raise ProblemError("blocked_url", "The address does not begin with https://: credentials go there.")

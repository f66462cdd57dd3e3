"""The description of the service, OpenAPI 3.1: FastAPI's, with what all routes have in common, and the shapes
that routes read by themselves."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api import problems
from api.idempotency import HEADER, PATTERN
from api.problems import Problem
from api.routes import routers
from api.schemas.candidates import CandidateIn
from api.schemas.events import MODELS as EVENTS
from api.schemas.roles import RoleIn
from api.security import NEEDED
from api.webhooks.described import described_events
from matcher.types.service import Scope

# Named by `$ref` in descriptions that are written by hand.
_MODELS: tuple[type[BaseModel], ...] = (Problem, CandidateIn, RoleIn, *EVENTS.values())

_TEMPLATE = "#/components/schemas/{model}"

_TAGS = {
    "roles": "What people are compared with: postings in frozen revisions, corrected by a person.",
    "candidates": "People and their resumes, and their erasure.",
    "matches": "A role against people, with a report on each.",
    "search": "People found by a text.",
    "applications": "Who applied to which revision of a role, under the keys of an ATS.",
    "jobs": "Slow work that was accepted.",
    "webhooks": "Who is told what happens, and whether it arrived.",
    "inbound": "What other systems tell.",
    "audit": "Who read or wrote whose data.",
    "connections": "How applicant tracking systems are reached, and taking everybody in from one.",
    "greenhouse": "What Greenhouse calls of an assessment partner, in its dialect.",
    "ashby": "What Ashby calls of an assessments partner, in its dialect.",
    "integrations": "Reports that an applicant tracking system links to.",
    "service": "Whether the service lives, is ready, and what it is.",
}

_PATHS = {
    "role_id": "The id of a role.",
    "candidate_id": "The id of a person. One that was merged into theirs will do.",
    "application_id": "The id of an application.",
    "match_id": "The id of a match.",
    "job_id": "The id of a job.",
    "endpoint_id": "The id of an endpoint.",
    "delivery_id": "The id of a delivery.",
    "system": "`greenhouse` or `ashby`.",
    "tenant": "The tenant whose connection it is, `default` where there is one alone.",
    "token": "As the link has it, signed and good for some days.",
}

_KEY_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Sent again with the same key within a day, the request is done once and gets its first "
    "answer. Another request with the key is refused (422), and one whose first is still worked on (409).",
    "schema": {"type": "string", "pattern": PATTERN},
}

# What to do with the id in an answer: (operation, status, operations that take the id, as which parameter).
_LINKS = (
    ("create_role", "201", ("read_role", "read_role_file", "replace_role", "delete_role"), "role_id"),
    ("create_match", "201", ("read_match", "list_reports", "read_page", "delete_match"), "match_id"),
    (
        "create_application",
        "201",
        ("read_application", "change_application", "delete_application"),
        "application_id",
    ),
    (
        "create_candidate",
        "201",
        ("read_candidate", "read_file", "change_candidate", "replace_candidate", "erase_candidate"),
        "candidate_id",
    ),
    ("create_candidate", "202", ("read_job", "list_job_items", "cancel_job", "retry_job"), "job_id"),
)

_CODES = """

Codes are stable; items of jobs and the event `candidate.rejected` have the same. New ones may come: treat one
that you do not know by its status.

| code | status | title |
|---|---|---|
{}"""

_HEADERS = {
    "X-Request-Id": ("string", "The id of the request: as it was sent, or a new one. Logs name it."),
    "X-Engine-Version": ("string", "The version of the engine that made the answer."),
    "X-RateLimit-Limit": ("integer", "Requests that the key may make in a minute."),
    "X-RateLimit-Remaining": ("integer", "Those that are left."),
    "X-RateLimit-Reset": ("integer", "Seconds until one more request may be made."),
    "Retry-After": ("integer", "Seconds after which to ask again."),
    "Location": ("string", "Where to read what was made, or the job that makes it."),
}


def install(app: FastAPI) -> None:
    """Make `app.openapi()` the whole description."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _description(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _description(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    _, found = models_json_schema([(model, "validation") for model in _MODELS], ref_template=_TEMPLATE)
    components = schema["components"]
    components["schemas"].update(found["$defs"])
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    components["schemas"]["Problem"]["description"] += _CODES.format(
        "\n".join(f"| `{code}` | {int(status)} | {title} |" for status, code, title in problems.catalogue())
    )
    components["headers"] = {
        name: {"schema": {"type": kind}, "description": text} for name, (kind, text) in _HEADERS.items()
    }
    used = set()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            used.update(operation.get("tags", ()))
            _complete(path, method, operation)
    scopes = _scopes()
    for operations in schema["paths"].values():
        for operation in operations.values():
            if scope := scopes.get(operation["operationId"]):
                operation["description"] += f"\n\nNeeds the scope `{scope}`."
    schema["webhooks"] = described_events()
    _link(schema)
    schema["tags"] = [
        {"name": name, "description": _TAGS.get(name, "")}
        for name in sorted(used, key=lambda name: [*_TAGS, *sorted(used)].index(name))
    ]
    return schema


def _scopes() -> dict[str, Scope]:
    """The scope that each operation needs, by its name."""
    return {
        route.name: NEEDED[each.call]
        for router, _ in routers()
        for route in router.routes
        if isinstance(route, APIRoute)
        for each in route.dependant.dependencies
        if each.call in NEEDED
    }


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Add to an operation what every one of its kind has."""
    answers, codes = operation["responses"], set()
    if "requestBody" in operation:
        codes |= {408, 413, 415}
    if path.startswith("/v1/") and method == "post" and "security" in operation:
        operation.setdefault("parameters", []).append(_KEY_PARAMETER)
        codes |= {409, 410}
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            parameter.setdefault("description", _PATHS[parameter["name"]])
    said = problems.responses(*codes)
    if "HTTPValidationError" in str(answers.get("422")):
        answers["422"] = said[422]
    for code, answer in said.items() if codes else ():
        answers.setdefault(str(code), answer)
    operation["responses"] = dict(sorted(answers.items()))
    for code, answer in operation["responses"].items():
        names = ["X-Request-Id", "X-Engine-Version"]
        if path.startswith("/v1/"):
            names += ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"]
        if code in ("429", "503"):
            names.append("Retry-After")
        if code in ("201", "202"):
            names.append("Location")
        answer = operation["responses"][code] = dict(answer)
        answer["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _link(schema: dict[str, Any]) -> None:
    """Say which operations take the id that another answers with."""
    found = {each["operationId"]: each for path in schema["paths"].values() for each in path.values()}
    for source, status, targets, parameter in _LINKS:
        found[source]["responses"][status]["links"] = {
            target: {"operationId": target, "parameters": {parameter: "$response.body#/id"}}
            for target in targets
        }

"""Errors as the service answers them: application/problem+json (RFC 9457), one shape for all.

HTTP status numbers live here alone. A problem never shows text of a resume, a stack trace or a path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from matcher import errors

MEDIA_TYPE = "application/problem+json"

# Seconds after which a client may try again what was refused for want of room.
RETRY_AFTER = 2

# Of the fields that are wrong so many are told, and of the name of each so many characters.
_MOST_FIELDS = 50
_LONGEST_PLACE = 200

# Of a field or parameter that is not one of the request's: most often a slip.
UNKNOWN = "This is not known here: /docs names what this request takes."

# The status of each error of the library; one that is not named has that of the class it comes from.
_STATUS: dict[type[errors.MatcherError], HTTPStatus] = {
    errors.MatcherError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.InputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.UnsupportedFormatError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    errors.DocumentTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.NotInCorpusError: HTTPStatus.NOT_FOUND,
    errors.CorpusConflictError: HTTPStatus.CONFLICT,
    errors.CorpusError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ModelError: HTTPStatus.SERVICE_UNAVAILABLE,
}

# What the service itself refuses: code -> status and title.
_OWN = {
    "unauthenticated": (HTTPStatus.UNAUTHORIZED, "A valid API key is needed"),
    "bad_signature": (HTTPStatus.UNAUTHORIZED, "The signature is not the sender's"),
    "forbidden": (HTTPStatus.FORBIDDEN, "The key may not do this"),
    "not_found": (HTTPStatus.NOT_FOUND, "There is nothing here"),
    "method_not_allowed": (HTTPStatus.METHOD_NOT_ALLOWED, "This cannot be done here"),
    "bad_request": (HTTPStatus.BAD_REQUEST, "The request cannot be read"),
    "invalid": (HTTPStatus.UNPROCESSABLE_ENTITY, "Some fields cannot be used as they are"),
    "body_too_large": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large"),
    "body_too_slow": (HTTPStatus.REQUEST_TIMEOUT, "The body did not come in time"),
    "unsupported_media_type": (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "This kind of content is not taken here"),
    "conflict": (HTTPStatus.CONFLICT, "This does not go with what is there"),
    "gone": (HTTPStatus.GONE, "This has been erased or has ended"),
    "idempotency_in_flight": (HTTPStatus.CONFLICT, "The first request with this key is still worked on"),
    "idempotency_mismatch": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The key was used for another request",
    ),
    "rate_limited": (HTTPStatus.TOO_MANY_REQUESTS, "Too many requests"),
    "overloaded": (HTTPStatus.SERVICE_UNAVAILABLE, "There is too much to do"),
    "blocked_url": (HTTPStatus.UNPROCESSABLE_ENTITY, "This address may not be called"),
    "fetch_failed": (HTTPStatus.UNPROCESSABLE_ENTITY, "The address did not give a file"),
    "internal": (HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here"),
}


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="Where: a path such as `labels.tags.0`, a header or a parameter.")
    message: str = Field(description="What is wrong, and what to do.")


class Problem(BaseModel):
    """Why a request was refused, by RFC 9457."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:matcher:problem:not_in_corpus",
                    "title": "The corpus has nothing under this id.",
                    "status": 404,
                    "detail": "The corpus has nobody under this id.",
                    "code": "not_in_corpus",
                    "request_id": "0f8fad5b-d9cb-469f-a165-70867728950e",
                    "errors": [],
                }
            ]
        }
    )

    type: str = Field(description="`urn:matcher:problem:` and the code.")
    title: str = Field(description="What kind of problem it is; always the same for one code.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened, the number, the limit and what to do.")
    code: str = Field(description="Stable and meant for machines.")
    request_id: str = Field(description="That of `X-Request-Id`, for the service's log.")
    errors: list[FieldProblem] = Field(default_factory=list, description="What is wrong with which fields.")


class ProblemError(Exception):
    """A refusal of the service itself, by its code in this module."""

    def __init__(
        self,
        code: str,
        detail: str,
        fields: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.fields = list(fields)
        self.headers = dict(headers or {})


def overloaded(detail: str) -> ProblemError:
    """The refusal of what there is no room for now."""
    return ProblemError("overloaded", detail, headers={"Retry-After": str(RETRY_AFTER)})


def status_of(error: errors.MatcherError) -> HTTPStatus:
    """The status that an error of the library is answered with."""
    return next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)


def problem(
    request_id: str,
    code: str,
    detail: str,
    *,
    status: HTTPStatus | None = None,
    title: str | None = None,
    fields: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer to a request that is refused."""
    own_status, own_title = _OWN.get(code, _OWN["internal"])
    answered = own_status if status is None else status
    body = Problem(
        type=f"urn:matcher:problem:{code}",
        title=title or own_title,
        status=answered,
        detail=detail,
        code=code,
        request_id=request_id,
        errors=list(fields),
    )
    return JSONResponse(body.model_dump(), answered, dict(headers or {}), MEDIA_TYPE)


def catalogue() -> list[tuple[HTTPStatus, str, str]]:
    """Every code with its status and title, by status; those of items of jobs are the same."""
    own = [(status, code, title) for code, (status, title) in _OWN.items()]
    library = [(status_of(kind()), code, _title(kind)) for code, kind in errors.all_errors().items()]
    return sorted([*own, *library])


def _title(kind: type[errors.MatcherError]) -> str:
    return (kind.__doc__ or kind.code).strip().partition(":")[0].removesuffix(".")


def install(app: FastAPI) -> None:
    """Answer every error with a problem."""

    @app.exception_handler(ProblemError)
    async def _refused(request: Request, error: ProblemError) -> Response:
        return problem(_id(request), error.code, error.detail, fields=error.fields, headers=error.headers)

    @app.exception_handler(errors.MatcherError)
    async def _library(request: Request, error: errors.MatcherError) -> Response:
        status, detail, headers = status_of(error), error.message, {}
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            # What it says is for whoever runs the service, and may name a folder.
            structlog.get_logger().error("failed", code=error.code, where=last_frame(error))
            detail = "The service cannot do this at the moment: try again, and report the request's id."
        if status is HTTPStatus.SERVICE_UNAVAILABLE:
            headers = {"Retry-After": str(RETRY_AFTER)}
        return problem(
            _id(request), error.code, detail, status=status, title=_title(type(error)), headers=headers
        )

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        found = error.errors()
        fields = [_field(each) for each in found[:_MOST_FIELDS]]
        if any(each["type"] == "json_invalid" for each in found):
            return problem(_id(request), "bad_request", "The body is no JSON.", fields=fields)
        return problem(_id(request), "invalid", "See `errors` for each field.", fields=fields)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        code = next((code for code, (own, _) in _OWN.items() if own is status), "bad_request")
        ours = error.detail != status.phrase
        detail = error.detail if ours else status.description or status.phrase
        headers = dict(error.headers or {})
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = ", ".join(_methods(request))
        return problem(_id(request), code, detail, status=status, headers=headers)


def _methods(request: Request) -> list[str]:
    """All that can be done at this path: several routes may have it."""
    asked, found = request.scope, set()
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        for route in request.app.router.routes:
            if route.matches({**asked, "method": method})[0] is Match.FULL:
                found.add(method)
    return sorted(found | ({"HEAD"} if "GET" in found else set()))


def invalid(error: ValidationError) -> ProblemError:
    """The refusal of a body that a route read by itself."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    if any(each["type"] == "json_invalid" for each in found):
        return ProblemError("bad_request", "The body is no JSON.")
    fields = [_field(each) for each in found[:_MOST_FIELDS]]
    return ProblemError("invalid", "See `errors` for each field.", fields)


def responses(*codes: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer with, for its description: the named ones and those of all. What
    every body and every POST may meet beside, `api.openapi` adds."""
    named = sorted({*codes, 400, 401, 403, 422, 429, 500, 503})
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {code: {"description": HTTPStatus(code).phrase, "content": content} for code in named}


def _id(request: Request) -> str:
    return str(getattr(request.state, "request_id", ""))


def field_problem(place: str, message: str) -> FieldProblem:
    """What is wrong with a field. A name that a client made up is cut short, and put so that it can be
    written."""
    return FieldProblem(field=place[:_LONGEST_PLACE].encode("utf-8", "replace").decode(), message=message)


def _field(found: Mapping[str, Any]) -> FieldProblem:
    """What is wrong where, without the part of the place that everybody knows."""
    # Of what is no JSON at all the place is a byte, and no field.
    parts = ["body"] if found["type"] == "json_invalid" else [str(part) for part in found["loc"]]
    place = ".".join(parts[1:] if parts[:1] == ["body"] and len(parts) > 1 else parts) or "body"
    if found["type"] == "extra_forbidden":
        return field_problem(place, UNKNOWN)
    return field_problem(place, found["msg"].removeprefix("Value error, "))


def last_frame(error: BaseException) -> str:
    """Where an error was raised: module and line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"

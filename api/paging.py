"""Pages of a list: an opaque cursor says where the next one begins; and the one that has a foreign key."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Generic, TypeVar

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field, ValidationError

from api.problems import FieldProblem, ProblemError, invalid
from api.schemas.common import ExternalId
from matcher.types import corpus

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=200, description="Items on a page.")]
Cursor = Annotated[
    str | None, Query(max_length=500, description="The `next_cursor` of the page before.", examples=[None])
]


ExternalSystem = Annotated[
    str | None,
    Query(max_length=100, description="With `external_key`: the one that has this key.", examples=[None]),
]
ExternalKey = Annotated[
    str | None, Query(max_length=200, description="The key that it has there.", examples=[None])
]


RoleAsked = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=200,
        description="Of this role alone: `ID` for all its revisions, `ID@2` for one.",
        examples=[None],
    ),
]


def external(system: str | None, key: str | None) -> corpus.ExternalId | None:
    """The key of another system that is asked for. Raises a ProblemError for half of one."""
    if (system is None) != (key is None):
        raise ProblemError("invalid", "external_system and external_key go together.")
    if system is None or key is None:
        return None
    try:
        return ExternalId(system=system, key=key).noun()
    except ValidationError as error:
        problems = [
            FieldProblem(field=f"external_{each.field}", message=each.message)
            for each in invalid(error).fields
        ]
        raise ProblemError("invalid", "See `errors` for each field.", problems) from None


class Page(BaseModel, Generic[Item]):
    """Some items of a list."""

    items: list[Item] = Field(description="In their order.")
    next_cursor: str | None = Field(description="Where the next page begins; null on the last one.")


def opened(cursor: str | None) -> str | None:
    """What `sealed` closed. Raises a ProblemError for anything else."""
    if cursor is None:
        return None
    try:
        version, _, position = base64.urlsafe_b64decode(cursor.encode() + b"==").decode().partition(":")
    except (binascii.Error, ValueError):
        version, position = "", ""
    if version != "1" or "\0" in position:
        raise _refused()
    return position


def ordinal(position: str | None) -> int:
    """A position that is a number, 0 for none. Raises a ProblemError for one of another list."""
    return 0 if position is None else _number(position)


def ordinals(position: str | None) -> list[int]:
    """A position that is numbers with dots between them, none for none. Raises as `ordinal`."""
    return [] if position is None else list(map(_number, position.split(".")))


def _number(position: str) -> int:
    if not position.isascii() or not position.isdigit() or len(position) > 18:
        raise _refused()
    return int(position)


def _refused() -> ProblemError:
    field = FieldProblem(field="query.cursor", message="This is no cursor of this list.")
    return ProblemError("invalid", "The cursor cannot be used: take it as `next_cursor` gave it.", [field])


def sealed(position: str) -> str:
    """An opaque cursor for a position."""
    return base64.urlsafe_b64encode(f"1:{position}".encode()).decode().rstrip("=")


def page(
    request: Request, response: Response, items: list[Item], limit: int, positions: list[str]
) -> Page[Item]:
    """The first `limit` of items, of which one more than that were asked for, with a `Link` to the next page.

    `positions` are those of the items: what a cursor behind each of them says.
    """
    if len(items) <= limit:
        return Page(items=items, next_cursor=None)
    cursor = sealed(positions[limit - 1])
    response.headers["Link"] = f'<{request.url.include_query_params(cursor=cursor)}>; rel="next"'
    return Page(items=items[:limit], next_cursor=cursor)

"""A request's body as a file, however it is sent: alone, with its content type, or as a part of a form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from api.problems import FieldProblem, ProblemError, field_problem
from matcher.errors import EmptyDocumentError

JSON = "application/json"
FORM = "multipart/form-data"

# What a file may be called by; the content alone says what it is, so that any of them will do.
FILE_TYPES = (
    "application/pdf",
    "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/html",
    "text/plain",
)


@dataclass(frozen=True, slots=True)
class PostedFile:
    """A file with what was said of it; `name` is as sent and for showing alone, never a path."""

    data: bytes
    name: str
    fields: Mapping[str, str]


def kind_of(request: Request) -> str:
    """The content type without its parameters, in small letters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def is_json(kind: str) -> bool:
    """Whether a content type says JSON."""
    return kind == JSON or (kind.startswith("application/") and kind.endswith("+json"))


async def posted_file(request: Request, known: Collection[str]) -> PostedFile:
    """The file in a request, with the text fields that are known. Raises a ProblemError where there is no
    file, and for a part of a form that nobody knows: it is a mistake, as in JSON."""
    if kind_of(request) != FORM:
        return _named(await request.body(), "", dict(request.query_params))
    form = await _form(request)
    # A field that is sent several times is a list.
    said = {name: [each for each in form.getlist(name) if isinstance(each, str)] for name in known}
    fields = {name: ",".join(values) for name, values in said.items() if values}
    file = form.get("file")
    if not isinstance(file, UploadFile):
        problem = FieldProblem(field="file", message="This part is missing.")
        raise ProblemError("invalid", "The form has no part `file` with a file.", [problem])
    odd = sorted({name for name in form if name not in ("file", *known)})
    if odd:
        message = f"Nobody knows this part: send file, {', '.join(known)}."
        raise ProblemError("invalid", "See `errors`.", [field_problem(name, message) for name in odd])
    await file.seek(0)
    return _named(await file.read(), file.filename or "", {**request.query_params, **fields})


async def parts_of(request: Request) -> list[bytes]:
    """What a form says, without the boundary between its parts: name, file name and content of each."""
    said: list[bytes] = []
    for name, value in (await _form(request)).multi_items():
        if isinstance(value, str):
            said += [name.encode(), b"", value.encode("utf-8", "surrogatepass")]
        else:
            await value.seek(0)
            said += [name.encode(), (value.filename or "").encode(), await value.read()]
    return said


async def _form(request: Request) -> FormData:
    """The form, read once. Raises a ProblemError."""
    try:
        form = await request.form(max_files=1, max_fields=20, max_part_size=64_000)
    except (AssertionError, ValueError, KeyError, UnicodeError) as error:
        raise ProblemError("bad_request", "The form cannot be read: check its boundary.") from error
    return form


def _named(data: bytes, name: str, fields: Mapping[str, str]) -> PostedFile:
    if not data:
        raise EmptyDocumentError("The body has no content: send the file.")
    shown = name.replace("\\", "/").rpartition("/")[2].replace("\0", "")[:200]
    return PostedFile(data, shown, fields)


def described(model: type[Any] | None, *parts: str) -> dict[str, Any]:
    """What the OpenAPI document says of a body that is a file, a form with one, or, with a model, JSON.

    `parts` are the form's text fields, which the query has where the file is sent alone.
    """
    binary = {"schema": {"type": "string", "format": "binary"}}
    properties = {"file": binary["schema"], **{part: {"type": "string"} for part in parts}}
    form = {
        "schema": {
            "type": "object",
            "required": ["file"],
            "properties": properties,
            "additionalProperties": False,
        }
    }
    content: dict[str, Any] = {FORM: form, **dict.fromkeys(FILE_TYPES, binary)}
    if model is not None:
        content = {JSON: {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}, **content}
    query = [
        {
            "name": part,
            "in": "query",
            "required": False,
            "description": f"What a form says as the part `{part}`, where the file is sent alone.",
            "schema": {"type": "string"},
        }
        for part in parts
    ]
    return {"requestBody": {"required": True, "content": content}, "parameters": query}

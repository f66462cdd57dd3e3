"""The description of the service as a page to read: one file, no script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from fastapi import FastAPI
from jinja2 import Environment
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

_Json = Mapping[str, Any]

_prose = MarkdownIt("commonmark", {"html": False}).enable("table")


def install(app: FastAPI) -> None:
    """Answer /docs with the page."""
    written: list[str] = []

    @app.get("/docs", include_in_schema=False)
    def docs() -> Response:
        if not written:
            written.append(page(app.openapi()))
        digest = base64.b64encode(hashlib.sha256(_file("page.css").encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'; base-uri 'none'"
        return HTMLResponse(written[0], headers={"Content-Security-Policy": policy})


def page(schema: _Json) -> str:
    """The whole page for an OpenAPI document."""
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        _file("page.html.j2")
    )
    tags = [
        {
            **tag,
            "description": _line(tag["description"]),
            "operations": [each for each in _operations(schema) if each["tag"] == tag["name"]],
        }
        for tag in schema["tags"]
    ]
    shapes = [_shape(name, shape) for name, shape in sorted(schema["components"]["schemas"].items())]
    return template.render(
        info=schema["info"],
        intro=_html(schema["info"]["description"]),
        tags=tags,
        shapes=shapes,
        style=Markup(_file("page.css")),
    )


@cache
def _file(name: str) -> str:
    return resources.files("api").joinpath(name).read_text("utf-8")


def _html(text: str) -> Markup:
    """Markdown of ours as HTML; HTML within it stays text."""
    return Markup(_prose.render(text))


def _line(text: str) -> Markup:
    """The same without paragraphs."""
    return Markup(_prose.renderInline(text))


def _operations(schema: _Json) -> Iterator[dict[str, Any]]:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            answers = operation["responses"]
            told = {code: each for code, each in answers.items() if not _is_problem(each)}
            yield {
                "id": operation["operationId"],
                "tag": operation.get("tags", ["service"])[0],
                "method": method,
                "path": path,
                "open": "security" not in operation,
                "summary": operation.get("summary", ""),
                "description": _html(operation.get("description", "")),
                "parameters": list(map(_parameter, operation.get("parameters", ()))),
                "bodies": _bodies(operation.get("requestBody"), schema),
                "answers": [_answer(code, each) for code, each in told.items()],
                "problems": ", ".join(sorted(set(answers) - set(told))),
            }


def _is_problem(answer: _Json) -> bool:
    return "application/problem+json" in answer.get("content", {})


def _parameter(parameter: _Json) -> dict[str, Any]:
    return {
        "name": parameter["name"],
        "place": parameter["in"],
        "required": parameter.get("required"),
        "type": _type(parameter["schema"]),
        "description": _line(parameter.get("description", parameter["schema"].get("description", ""))),
    }


def _bodies(body: _Json | None, schema: _Json) -> list[dict[str, Any]]:
    """Each kind of body; what may be sent as a file alone is one."""
    content = (body or {}).get("content", {})
    files = [kind for kind, media in content.items() if media.get("schema", {}).get("format") == "binary"]
    found = [
        {
            "kind": kind,
            "type": _type(media.get("schema", {})),
            "parts": ", ".join(media.get("schema", {}).get("properties", ())),
            "example": _example(media.get("schema", {}), schema),
        }
        for kind, media in content.items()
        if kind not in files
    ]
    return [*found, {"kind": ", ".join(files), "type": "the file alone"}] if files else found


def _example(shape: _Json, schema: _Json) -> str:
    """A body of the examples of its fields."""
    named = schema["components"]["schemas"].get(shape.get("$ref", "").rpartition("/")[2])
    if named is None:
        return ""
    said = {
        name: field["examples"][0]
        for name, field in named.get("properties", {}).items()
        if field.get("examples") and field["examples"][0] is not None
    }
    return json.dumps(said, indent=2, ensure_ascii=False) if said else ""


def _answer(code: str, answer: _Json) -> dict[str, Any]:
    kinds = answer.get("content", {})
    said = answer.get("description", "").replace("Successful Response", "")
    types = [_type(media["schema"]) if "schema" in media else kind for kind, media in kinds.items()]
    return {"status": code, "type": Markup(", ").join(types), "description": _line(said)}


def _shape(name: str, shape: _Json) -> dict[str, Any]:
    required = shape.get("required", ())
    fields = [
        {
            "name": each,
            "required": each in required,
            "type": _type(field),
            "description": _line(field.get("description", "")),
        }
        for each, field in shape.get("properties", {}).items()
    ]
    return {
        "name": name,
        "description": _html(shape.get("description", "")),
        "fields": fields,
        "type": _type(shape),
    }


def _type(shape: _Json) -> Markup:
    """A type in words, with a link to the shape that it names."""
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        return Markup('<a href="#shape-{0}">{0}</a>').format(name)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in shape:
            return Markup(" or ").join(_type(each) for each in shape[several])
    if "enum" in shape or "const" in shape:
        return Markup(" or ").join(f'"{each}"' for each in shape.get("enum", [shape.get("const")]))
    if shape.get("type") == "array":
        return Markup("list of {}").format(_type(shape.get("items", {})))
    kind = shape.get("type", "anything")
    words = str(shape.get("format") or kind)
    bounds = [
        f"{sign} {shape[bound]:,}"
        for bound, sign in (("minimum", "≥"), ("maximum", "≤"), ("maxLength", "≤"), ("maxItems", "≤"))
        if bound in shape
    ]
    return Markup(" ").join([words, *bounds])

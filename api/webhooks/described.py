"""What endpoints get, for the `webhooks` of the OpenAPI document."""

from __future__ import annotations

from typing import Any

from api.schemas.events import MODELS

_HEADERS = {
    "webhook-id": ("string", "The id of the event; the same at each attempt: handle it once."),
    "webhook-timestamp": ("integer", "When the attempt was made, in seconds since 1970."),
    "webhook-signature": (
        "string",
        "`v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}` with the "
        "endpoint's secret; while a secret is rotated there are two, separated by a space.",
    ),
}

_ANSWERS = {
    "2XX": {"description": "It arrived. The body is not read."},
    "410": {"description": "Nothing more is wanted: the endpoint is disabled."},
    "default": {"description": "It is sent again, on the schedule of docs/webhooks.md; redirects too fail."},
}


def described_events() -> dict[str, Any]:
    """The operation of each type of event; the models of their data are components of the document."""
    parameters = [
        {"name": name, "in": "header", "required": True, "description": text, "schema": {"type": kind}}
        for name, (kind, text) in _HEADERS.items()
    ]
    return {
        kind.value: {
            "post": {
                "tags": ["webhooks"],
                "operationId": "told_" + kind.value.replace(".", "_"),
                "summary": (model.__doc__ or "").strip(),
                "description": "Signed by Standard Webhooks 1.0 (docs/webhooks.md).",
                "parameters": parameters,
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": _body(kind.value, model.__name__)}},
                },
                "responses": _ANSWERS,
            }
        }
        for kind, model in MODELS.items()
    }


def _body(kind: str, model: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"const": kind},
            "timestamp": {"type": "string", "format": "date-time", "description": "When it happened."},
            "data": {"$ref": f"#/components/schemas/{model}"},
        },
    }

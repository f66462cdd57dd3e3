"""The description of the service, OpenAPI 3.1: FastAPI's, with the shapes that routes read by themselves."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.problems import Problem
from api.schemas.candidates import CandidateIn
from api.schemas.roles import RoleIn

# Named by `$ref` in descriptions that are written by hand.
_MODELS = (Problem, RoleIn, CandidateIn)


def install(app: FastAPI) -> None:
    """Make `app.openapi()` the whole description."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes
            )
            template = "#/components/schemas/{model}"
            _, found = models_json_schema([(model, "validation") for model in _MODELS], ref_template=template)
            schema["components"]["schemas"].update(found["$defs"])
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]

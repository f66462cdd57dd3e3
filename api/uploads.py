"""A resume in a request: a file alone, a form with one, or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from api.bodies import JSON, described, kind_of, posted_file
from api.guard import BlockedAddressError, checked_url
from api.intake import ResumeUpload
from api.problems import FieldProblem, ProblemError, invalid
from api.schemas.candidates import CandidateIn
from api.settings import ServiceSettings

# What may be said beside a file: in a form, or in the query of a file that is sent alone.
_LABELS = ("tags", "source", "external_system", "external_key", "candidate_id")

BODY = described(CandidateIn, *_LABELS)


async def _posted(request: Request) -> ResumeUpload:
    kind = kind_of(request)
    if kind == JSON:
        settings: ServiceSettings = request.app.state.settings
        return await run_in_threadpool(_from_json, await request.body(), settings)
    file = await posted_file(request, _LABELS)
    said = {name: file.fields[name] for name in _LABELS if file.fields.get(name)}
    return await run_in_threadpool(_labelled, ResumeUpload(file.data, name=file.name or "resume"), said)


Posted = Annotated[ResumeUpload, Depends(_posted)]


def replaced(upload: ResumeUpload, candidate: str) -> ResumeUpload:
    """The upload as the next resume of this person. Raises a ProblemError where it names another."""
    if upload.candidate not in (None, candidate):
        raise ProblemError("conflict", "candidate_id is not the one of the address: leave it away.")
    return replace(upload, candidate=candidate)


def _from_json(body: bytes, settings: ServiceSettings) -> ResumeUpload:
    given = _validated(body)
    if given.resume_url is not None:
        try:
            checked_url(given.resume_url, settings.allowed_hosts)
        except BlockedAddressError as error:
            field = FieldProblem(field="resume_url", message=str(error))
            raise ProblemError("blocked_url", str(error), [field]) from None
    data = None
    if given.text is not None:
        data = given.text.encode("utf-8", "surrogatepass")
    elif given.json_resume is not None:
        data = json.dumps(given.json_resume, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return ResumeUpload(
        data,
        given.resume_url,
        given.file_name or "resume",
        tuple(given.tags),
        given.source,
        given.candidate_id,
        None if given.external_id is None else given.external_id.noun(),
    )


def _labelled(upload: ResumeUpload, said: Mapping[str, str]) -> ResumeUpload:
    """With what was said beside the file, by the rules of the JSON's fields."""
    system, key = said.get("external_system"), said.get("external_key")
    if (system is None) != (key is None):
        raise ProblemError("invalid", "external_system and external_key go together.")
    fields: dict[str, object] = {"text": "-"}
    if system is not None:
        fields["external_id"] = {"system": system, "key": key}
    if "tags" in said:
        fields["tags"] = [tag.strip() for tag in said["tags"].split(",") if tag.strip()]
    fields |= {name: said[name] for name in ("source", "candidate_id") if name in said}
    given = _validated(json.dumps(fields).encode())
    return replace(
        upload,
        tags=tuple(given.tags),
        source=given.source,
        candidate=given.candidate_id,
        external=None if given.external_id is None else given.external_id.noun(),
    )


def _validated(body: bytes) -> CandidateIn:
    try:
        return CandidateIn.model_validate_json(body)
    except ValidationError as error:
        raise invalid(error) from None

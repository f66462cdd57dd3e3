"""The page that a link from an ATS opens: one person's report for one role."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from api.integrations.assessing import page_of, settings_for
from api.integrations.links import PATH, Link, read_link
from api.routes.matches import PAGE_POLICY
from api.schemas.connections import System
from api.security import identify
from api.state import Services, now
from matcher.errors import NotInCorpusError
from matcher.types.service import Assessment, AssessmentState, AuditEntry, Scope

router = APIRouter(tags=["integrations"])

_SENTENCE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>matcher</title>
<p>{}</p>
"""
_GONE = "This link has expired, or the report was erased. Open it from your recruiting system again."
_UNKNOWN = "There is nothing under this link. Open it from your recruiting system again."
_PAGES: dict[int | str, dict[str, object]] = {
    401: {"description": "The settings ask for an API key too."},
    404: {"description": "This link was not made here.", "content": {"text/html": {}}},
    410: {"description": "The link has expired, or the report was erased.", "content": {"text/html": {}}},
}


@router.get(
    PATH + "{token}", summary="Read a report by its link", response_class=HTMLResponse, responses=_PAGES
)
async def read_linked_report(request: Request, token: str) -> HTMLResponse:
    """The HTML report of one person for one role, as an ATS links to it. The link is signed and expires; each
    time it is opened is in the audit log. By setting it needs an API key too."""
    services: Services = request.app.state.services
    link = await run_in_threadpool(read_link, services, token)
    if link is None:
        return _said(_UNKNOWN, HTTPStatus.NOT_FOUND)
    if link.expires <= now():
        return _said(_GONE, HTTPStatus.GONE)
    assessment = await run_in_threadpool(_assessment, services, link)
    if assessment is None:
        return _said(_GONE, HTTPStatus.GONE)
    actor = "link"
    system: System = "greenhouse" if assessment.system == "greenhouse" else "ashby"
    settings = await run_in_threadpool(settings_for, services.corpus(link.tenant), system)
    if settings.report_needs_key:
        caller = await identify(request)
        if caller.key.tenant != link.tenant or Scope.READ not in caller.key.scopes:
            return _said(_UNKNOWN, HTTPStatus.NOT_FOUND)
        actor = caller.key.id
    try:
        return await run_in_threadpool(_shown, services, link, assessment, actor, request.state.request_id)
    except NotInCorpusError:
        return _said(_GONE, HTTPStatus.GONE)


def _assessment(services: Services, link: Link) -> Assessment | None:
    try:
        found = services.store(link.tenant).assessments.get(link.assessment)
    except NotInCorpusError:
        return None
    return found if found.state is AssessmentState.COMPLETE and found.candidate else None


def _shown(
    services: Services, link: Link, assessment: Assessment, actor: str, request_id: str
) -> HTMLResponse:
    corpus = services.corpus(link.tenant)
    page = page_of(corpus, assessment)
    person = assessment.candidate or ""
    corpus.store.audit.add([AuditEntry(now(), actor, "candidate.matched", "candidate", person, request_id)])
    headers = {"Content-Security-Policy": PAGE_POLICY, "X-Robots-Tag": "noindex, nofollow"}
    return HTMLResponse(page, headers=headers)


def _said(text: str, status: HTTPStatus) -> HTMLResponse:
    return HTMLResponse(_SENTENCE.format(text), status)

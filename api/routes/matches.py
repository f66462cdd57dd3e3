"""A role against people: given ones, those of a filter, or everyone; and one person explained."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from api import problems
from api.idempotency import router as new_router
from api.jobs import hand_in
from api.matching import KIND, Asked, make, page_of
from api.paging import Cursor, Limit, Page, RoleAsked, opened, ordinal, page
from api.problems import FieldProblem, ProblemError
from api.schemas.matches import ExplainIn, MatchIn, MatchOut, ReportOut, match_out, report_out
from api.security import Reader, Writer
from api.state import now
from matcher import __version__
from matcher.corpus import id_and_number
from matcher.reports.json import ranking_to_dict
from matcher.types.corpus import Where

router = new_router("matches")

# The page of a report is one file with its own styles and script; it loads nothing.
PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'none'"
)


@router.post(
    "/matches",
    status_code=201,
    summary="Rank people against a role",
    responses={
        202: {"model": MatchOut, "description": "Accepted: the job makes it."},
        **problems.responses(404),
    },
)
def create_match(caller: Writer, asked: MatchIn, response: Response) -> MatchOut:
    """Compares the people named, those who meet the filter, or everyone. Few are answered at once (201); of
    many a job is made (202): wait for it, or for the event `match.completed`, and read `links.reports`."""
    corpus, store = caller.corpus, caller.store
    revision = corpus.roles.named(asked.role)
    today = asked.today or caller.today
    people = None if asked.candidates is None else tuple(dict.fromkeys(asked.candidates))
    wanted = Asked(people, asked.where, asked.top, asked.weights, asked.blind)
    number = len(store.resumes.select(wanted.filter(today)))
    if people is not None:
        corpus.people.require(people)  # 404 for one who is not there, before anything is done
    if not number:
        problem = FieldProblem(field="where" if people is None else "candidates", message="This is nobody.")
        raise ProblemError("invalid", "There is nobody to compare.", [problem])
    match_id = store.matches.begin(
        revision.role_id, revision.number, today, wanted.values(), __version__, now()
    )
    caller.audit("match.created", "match", match_id)
    if number <= caller.services.settings.at_once:
        made = make(caller.services, caller.key.tenant, match_id)
    else:
        job = hand_in(
            caller.services,
            caller.key.tenant,
            KIND,
            {"match": match_id},
            actor=caller.key.id,
            request_id=caller.request_id,
            total=1,
        )
        store.matches.given_to(match_id, job.id)
        made = store.matches.get(match_id)
        response.status_code = 202
    response.headers["Location"] = f"/v1/matches/{match_id}" if made.job is None else f"/v1/jobs/{made.job}"
    return match_out(made, corpus.roles.get(revision.role_id))


@router.get("/matches", summary="List matches", responses=problems.responses())
def list_matches(
    caller: Reader,
    request: Request,
    response: Response,
    role: RoleAsked = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[MatchOut]:
    """Matches that are kept."""
    role_id, revision = (None, None) if role is None else id_and_number(role)
    found = caller.store.matches.page(limit + 1, opened(cursor), role_id, revision)
    items = [match_out(each, caller.corpus.roles.get(each.role_id)) for each in found]
    return page(request, response, items, limit, [each.id for each in found])


@router.get("/matches/{match_id}", summary="Read a match", responses=problems.responses(404))
def read_match(caller: Reader, match_id: str) -> MatchOut:
    """What was asked, and what is said of everyone compared."""
    found = caller.store.matches.get(match_id)
    return match_out(found, caller.corpus.roles.get(found.role_id))


@router.get("/matches/{match_id}/reports", summary="Read the reports", responses=problems.responses(404))
def list_reports(
    caller: Reader,
    request: Request,
    response: Response,
    match_id: str,
    limit: Limit = 10,
    cursor: Cursor = None,
) -> Page[ReportOut]:
    """The people of a match, the best first, each with the quotes that speak for each qualification."""
    # A cursor says the place behind the last one, so that none is 0.
    found = caller.store.matches.reports(match_id, limit + 1, ordinal(opened(cursor)) - 1)
    caller.audit("candidate.matched", "candidate", *(each.candidate for each in found[:limit]))
    items = [report_out(each) for each in found]
    return page(request, response, items, limit, [str(each.place + 1) for each in found])


@router.get(
    "/matches/{match_id}/reports/{candidate_id}", summary="Read one report", responses=problems.responses(404)
)
def read_report(caller: Reader, match_id: str, candidate_id: str) -> ReportOut:
    """One person of a match."""
    found = caller.store.matches.report(match_id, candidate_id)
    caller.audit("candidate.matched", "candidate", found.candidate)
    return report_out(found)


@router.get(
    "/matches/{match_id}/report.html",
    summary="Read a match as a page",
    response_class=HTMLResponse,
    responses=problems.responses(404),
)
def read_page(caller: Reader, match_id: str) -> HTMLResponse:
    """The match as the HTML report, for a person to read."""
    match = caller.store.matches.get(match_id)
    people = caller.store.matches.reports(match_id, 1_000)
    caller.audit("candidate.matched", "candidate", *(each.candidate for each in people))
    return HTMLResponse(page_of(caller.corpus, match), headers={"Content-Security-Policy": PAGE_POLICY})


@router.delete(
    "/matches/{match_id}", status_code=204, summary="Delete a match", responses=problems.responses(404)
)
def delete_match(caller: Writer, match_id: str) -> None:
    """Takes away the match with its reports; the people stay."""
    caller.store.matches.remove(match_id, caller.entry("match.deleted", "match", match_id))


@router.post("/explain", summary="Explain one person", responses=problems.responses(404))
def explain(caller: Reader, asked: ExplainIn) -> ReportOut:
    """One person against a role, at once; nothing is kept."""
    person = caller.corpus.people.get(asked.candidate)
    today = asked.today or caller.today
    ranking = caller.corpus.rank(
        caller.corpus.roles.named(asked.role),
        where=Where(people=(person.id,), today=today),
        top=1,
        today=today,
        weights=asked.weights,
    )
    caller.audit("candidate.matched", "candidate", person.id)
    shown: Any = ranking_to_dict(ranking)
    return ReportOut.model_validate({**shown["candidates"][0], "engine": shown["engine"]})

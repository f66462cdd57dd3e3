"""What is asked of Ashby's API: resumes and postings, and what it is told of assessments."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api.integrations.client import CallError, basic, call, patiently
from api.schemas.connections import AshbySettings
from api.settings import ServiceSettings
from api.state import now
from matcher.types.service import Connection

SYSTEM = "ashby"

_VERSION = "application/json; version=1"


@dataclass(frozen=True, slots=True)
class Ashby:
    """Ashby's API for one tenant. `wanted` says, while something is waited for, whether to go on."""

    connection: Connection
    settings: ServiceSettings
    wanted: Callable[[], bool]

    def resume_url(self, candidate: str) -> str | None:
        """Where a candidate's resume can be fetched for some minutes; None where there is none."""
        found = self._asked("candidate.info", {"id": candidate})
        handle = (found.get("resumeFileHandle") or {}).get("handle")
        if not isinstance(handle, str):
            return None
        url = self._asked("file.info", {"fileHandle": handle}).get("url")
        return url if isinstance(url, str) else None

    def job_of(self, application: str) -> str:
        """The id of the job that an application is to. Raises CallError where Ashby names none."""
        job = (self._asked("application.info", {"applicationId": application}).get("job") or {}).get("id")
        return _text(job, "The application names no job.")

    def candidate_of(self, application: str) -> str:
        """The id of the candidate whose an application is."""
        found = self._asked("application.info", {"applicationId": application})
        return _text((found.get("candidate") or {}).get("id"), "The application names no candidate.")

    def posting(self, job: str) -> str:
        """The posting of a job, as HTML. Raises CallError where it has none."""
        ids = self._asked("job.info", {"id": job}).get("jobPostingIds") or []
        if not ids:
            raise CallError("no_posting", "The job has no posting in Ashby.", passing=False)
        found = self._asked("jobPosting.info", {"jobPostingId": ids[0]})
        title = found.get("title")
        text = _text(found.get("descriptionHtml"), "The job's posting has no description.")
        return f"<h1>{title}</h1>\n{text}" if isinstance(title, str) else text

    def update(self, assessment: str, said: Mapping[str, object]) -> None:
        """Tell Ashby of an assessment, once. Raises CallError."""
        body = {"assessment_id": assessment, "timestamp": int(now().timestamp() * 1000), **said}
        self._ask("assessment.update", body)

    def _asked(self, method: str, body: Mapping[str, object]) -> Mapping[str, Any]:
        return patiently(lambda: self._ask(method, body), self.wanted).data["results"]  # type: ignore[no-any-return]

    def _ask(self, method: str, body: Mapping[str, object]) -> Any:
        address = AshbySettings.model_validate(self.connection.settings).api_url.rstrip("/")
        headers = {
            "Authorization": basic(self.connection.credentials.get("api_key", "")),
            "Content-Type": "application/json",
            "Accept": _VERSION,
        }
        data = json.dumps(body).encode()
        reply = call("POST", f"{address}/{method}", self.settings, headers, data)
        answer = reply.data
        if not isinstance(answer, dict) or not isinstance(answer.get("success"), bool):
            raise CallError("bad_answer", "Ashby's answer has not its shape.", passing=True)
        if not answer["success"]:
            raise CallError("refused", f"Ashby refused {method}.", passing=False, status=reply.status)
        if method != "assessment.update" and not isinstance(answer.get("results"), dict):
            raise CallError("bad_answer", "Ashby's answer has no results.", passing=True)
        return reply


def field(identifier: str, label: str, kind: str, value: object) -> dict[str, object]:
    """A typed field: `kind` is string, url, numeric_score, numeric_duration_minutes or boolean_success."""
    return {"identifier": identifier, "label": label, "description": label, "type": kind, "value": value}


def started() -> dict[str, object]:
    """That an assessment has begun."""
    return {"assessment_status": field("status", "Status", "string", "Started")}


def complete(result: Mapping[str, object], link: str, show_score: bool) -> dict[str, object]:
    """That it is complete: what Ashby calls the result is a sentence, or by setting the score."""
    score = result.get("score")
    shown = field("result", "Evidence found", "string", str(result.get("summary", "")))
    if show_score and isinstance(score, int):
        shown = field("score", "Score", "numeric_score", score)
    counts = [
        field(name, name.replace("_", " ").capitalize(), "string", str(value))
        for name, value in result.items()
        if name != "score" and value is not None
    ]
    return {
        "assessment_status": field("status", "Status", "string", "Complete"),
        "assessment_profile_url": field("report", "Report", "url", link),
        "assessment_result": shown,
        "metadata": counts,
    }


def failed(message: str) -> dict[str, object]:
    """That nothing came of it: Ashby knows no failure, so it is cancelled with the reason."""
    return {"cancelled_reason": field("reason", "Reason", "string", message)}


def _text(value: object, missing: str) -> str:
    if not isinstance(value, str) or not value:
        raise CallError("bad_answer", missing, passing=False)
    return value

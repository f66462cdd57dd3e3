"""A small Greenhouse and Ashby on loopback: what the service asks of them, and what they do wrong."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

RESUME = """{name}
{mail}

Experience
Site Reliability Engineer, Example Cloud AB
May 2019 - Present
- Ran 40 Kubernetes clusters for payments
- {line}

Skills
Kubernetes, Go
"""
POSTING = "Site Reliability Engineer\n\nRequirements\n- Kubernetes in production\n- Go\n- Terraform\n"


def resume(name: str, line: str = "Wrote deployment tools in Go") -> bytes:
    """A resume of somebody who is known by their name."""
    return RESUME.format(name=name, mail=f"{name.lower().replace(' ', '.')}@example.org", line=line).encode()


@dataclass(frozen=True)
class Call:
    """A request that came."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        """Its JSON."""
        return json.loads(self.body)


@dataclass
class FakeAts:
    """What there is: resumes by path, Harvest's candidates, Ashby's methods.

    `script` has, by path, what is answered before the usual: a status, "close" for no answer, "words" for
    what is no JSON, or headers of a 429. A path in `held` is not answered before its event is set.
    """

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)  # Harvest: id -> path of the resume, "" for none
    ashby: dict[str, Any] = field(default_factory=dict)  # method -> results
    script: dict[str, list[Any]] = field(default_factory=dict)
    held: dict[str, threading.Event] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    page_size: int = 2
    tokens: int = 0

    def to(self, path: str, method: str | None = None) -> list[Call]:
        """The calls of a path, the first first."""
        return [each for each in self.calls if each.path == path and method in (None, each.method)]

    def answer(self, call: Call) -> tuple[int, dict[str, str], bytes]:
        """The usual answer."""
        if call.path in self.files:
            return 200, {"Content-Type": "application/octet-stream"}, self.files[call.path]
        if call.method == "PATCH":
            return 200, {}, b"thank you"
        if call.path == "/token":
            self.tokens += 1
            return _json({"access_token": f"token-{self.tokens}", "expires_in": 3600})
        if call.path.startswith("/v3/"):
            return self._harvest(call)
        method = call.path[1:]
        if method == "assessment.update":
            return _json({"success": True, "results": {}})
        if method in self.ashby:
            return _json({"success": True, "results": self.ashby[method]})
        return 404, {}, b""

    def _harvest(self, call: Call) -> tuple[int, dict[str, str], bytes]:
        if call.headers.get("authorization") != f"Bearer token-{self.tokens}":
            return _json({"message": "Invalid token"}, 401)
        asked = {name: values[0] for name, values in call.query.items()}
        if call.path == "/v3/attachments":
            ids = [int(each) for each in asked["candidate_ids"].split(",")]
            assert len(ids) <= 50
            return _json(
                [
                    {
                        "candidate_id": each,
                        "type": "resume",
                        "url": self.url + self.people[each],
                        "created_at": "2026",
                    }
                    for each in ids
                    if self.people.get(each)
                ]
            )
        if "ids" in asked:
            ids = [int(each) for each in asked["ids"].split(",")]
            assert len(ids) <= 50
            return _json([{"id": each} for each in ids if each in self.people])
        begin = int(base64.b64decode(asked["cursor"])) if "cursor" in asked else 0
        assert asked.get("per_page") == "500" or set(asked) == {"cursor"}  # a cursor goes alone
        ids = sorted(self.people)
        headers = {}
        if begin + self.page_size < len(ids):
            cursor = base64.b64encode(str(begin + self.page_size).encode()).decode()
            headers["Link"] = f'<{self.url}/v3/candidates?cursor={cursor}>; rel="next"'
        return _json([{"id": each} for each in ids[begin : begin + self.page_size]], 200, headers)


def _json(
    value: object, status: int = 200, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    return status, {"Content-Type": "application/json", **(headers or {})}, json.dumps(value).encode()


@contextmanager
def fake_ats() -> Iterator[FakeAts]:
    """A fake ATS that runs. Its address names localhost, which is what the service is allowed to call."""
    ats = FakeAts()

    class Handler(BaseHTTPRequestHandler):
        """Answers from `ats`."""

        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            call = Call(self.command, parts.path, parse_qs(parts.query), headers, self.rfile.read(length))
            ats.calls.append(call)
            if parts.path in ats.held:
                ats.held[parts.path].wait(60)
            scripted = ats.script.get(parts.path) or []
            status, said, body = ats.answer(call) if not scripted else _scripted(scripted.pop(0))
            if status == 0:
                self.close_connection = True
                return
            try:
                self.send_response(status)
                for name, value in {**said, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        do_GET = do_POST = do_PATCH = _serve  # noqa: N815 - the names are the library's

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    ats.url = f"http://localhost:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield ats
    finally:
        for event in ats.held.values():
            event.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


def _scripted(step: Any) -> tuple[int, dict[str, str], bytes]:
    if step == "close":
        return 0, {}, b""
    if step == "words":
        return 200, {"Content-Type": "text/html"}, b"<p>We are sorry</p>"
    if isinstance(step, dict):
        return 429, step, b"{}"
    return int(step), {}, b"{}"

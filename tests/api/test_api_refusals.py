"""Refusals: one shape, whatever went wrong and however it was sent."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from api_running import running, spoken
from api_service import Service, check_problem

from api import problems
from api.app import create
from api.settings import ServiceSettings
from matcher.errors import MatcherError, all_errors

SECRET = "/srv/corpus/nora-quist.pdf says: baked bread in Mill Lane"


@pytest.fixture(scope="module")
def raising(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service with two routes more, which raise what they are asked to."""
    folder = tmp_path_factory.mktemp("raising")
    app = create(ServiceSettings(corpus=str(folder), model="hashing"))

    @app.get("/library/{code}")
    def _library(code: str) -> None:
        raise all_errors()[code](SECRET)

    @app.get("/own/{code}")
    async def _own(code: str) -> None:
        raise problems.ProblemError(code, "What to do.")

    @app.get("/fault")
    def _fault() -> None:
        raise RuntimeError(SECRET)

    with running(app) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("code", sorted(all_errors()))
def test_every_error_of_the_library_is_a_problem(raising: str, code: str) -> None:
    """Its code is the library's; what whoever runs the service has to know is not for those who call it."""
    answer = httpx.get(f"{raising}/library/{code}")
    status = problems.status_of(all_errors()[code]())
    body = check_problem(answer, status, code)
    if status >= 500:
        assert "corpus/" not in answer.text
        assert status == (503 if "retry-after" in answer.headers else 500)
    assert not str(body["title"]).endswith(".")
    assert len(str(body["title"])) > 10


def test_no_status_was_forgotten() -> None:
    """Each error of the library is a client's fault, a passing state, or a fault of ours."""
    found = {code: int(problems.status_of(kind())) for code, kind in all_errors().items()}
    assert set(found.values()) <= {404, 409, 413, 415, 422, 500, 503}
    assert {code for code, status in found.items() if status == 500} == {MatcherError.code, "missing_extra"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/candidates"),
        ("POST", "/v1/candidates"),
        ("POST", "/v1/roles"),
    ],
)
def test_a_parameter_that_nobody_knows_is_refused(service: Service, method: str, path: str) -> None:
    """A filter that is misspelt would be none, and the answer about everybody."""
    with service.client() as client:
        asked = {"wher": "tag:x", "external_sytem": "a"}
        answer = client.request(method, path, params=asked, content=None)
        body = check_problem(answer, 422, "invalid")
        found = [each["field"] for each in body["errors"]]  # type: ignore[index, attr-defined]
        assert found == ["query.external_sytem", "query.wher"]


def test_a_key_that_is_wrong_is_told_from_none(service: Service) -> None:
    """Most often it is one of another corpus, and the command says so."""
    none = check_problem(httpx.get(f"{service.url}/v1/roles"), 401, "unauthenticated")
    assert "No key was sent" in str(none["detail"])
    wrong = {"Authorization": "Bearer mk_0123456789abcdef_x"}
    other = check_problem(httpx.get(f"{service.url}/v1/roles", headers=wrong), 401, "unauthenticated")
    assert "not known to this service" in str(other["detail"])
    assert "mk_" not in str(other)


@pytest.mark.parametrize("code", sorted(problems._OWN))
def test_every_refusal_of_the_service_is_a_problem(raising: str, code: str) -> None:
    """Its status and title are always the same."""
    answer = httpx.get(f"{raising}/own/{code}")
    body = check_problem(answer, problems._OWN[code][0], code)
    assert (body["title"], body["detail"]) == (problems._OWN[code][1], "What to do.")


def test_a_fault_shows_nothing(raising: str) -> None:
    """Neither what it says nor where it happened."""
    answer = httpx.get(f"{raising}/fault")
    check_problem(answer, 500, "internal")
    for word in ("nora", "Traceback", "RuntimeError", ".py", "bread"):
        assert word not in answer.text


def test_paths_and_methods(service: Service) -> None:
    """A method that is not there names those that are; HEAD answers as GET does, without the body."""
    with service.client() as client:
        refused = client.request("DELETE", "/v1/roles")
        check_problem(refused, 405, "method_not_allowed")
        assert refused.headers["allow"] == "GET, HEAD, POST"
        check_problem(client.request("TRACE", "/v1/roles/x"), 405, "method_not_allowed")
        check_problem(client.request("OPTIONS", "/v1/roles"), 405, "method_not_allowed")
        check_problem(client.get("/v1/roles/"), 404, "not_found")
        check_problem(client.get("/v2/roles"), 404, "not_found")
        for path in ("/healthz", "/v1/roles"):
            head = client.head(path)
            assert (head.status_code, head.content) == (200, b"")
            assert head.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "bad_request"),
        (b"", "application/json", 422, "invalid"),
        (b"[" * 100_000, "application/json", 400, "bad_request"),
        (b'{"text": "\xff\xfe"}', "application/json", 400, "bad_request"),
        (b'{"text": "a", "top": "many"}', "application/json", 422, "invalid"),
        (b'{"text": "a\\u0000b"}', "application/json", 422, "invalid"),
        (b'{"text": "\\ud800"}', "application/json", 422, "invalid"),
        (b'{"text": "a", "\\ud800": 1}', "application/json", 422, "invalid"),
        (b'{"text": "a", "' + b"k" * 100_000 + b'": 1}', "application/json", 422, "invalid"),
        (b'{"text": "a", "top": 1' + b"0" * 10_000 + b"}", "application/json", 400, "bad_request"),
        (b'{"text": 5}', "application/json", 422, "invalid"),
        (b"null", "application/json", 422, "invalid"),
        (b'{"text": "a"}', "text/plain", 415, "unsupported_media_type"),
        (b'{"text": "a"}', "", 415, "unsupported_media_type"),
    ],
)
def test_what_is_no_usable_json_is_refused(
    service: Service, body: bytes, kind: str, status: int, code: str
) -> None:
    """Malformed, mistyped, too deep, too long, or of another kind: each says so in one small answer."""
    with service.client() as client:
        answer = client.post("/v1/search", content=body, headers={"Content-Type": kind} if kind else {})
    check_problem(answer, status, code)
    assert len(answer.content) < 2_000


@pytest.mark.parametrize("body", [b'{"weights": {"q1": NaN}', b'{"weights": {"q1": 1e999}'])
def test_numbers_that_are_none_are_refused(service: Service, body: bytes) -> None:
    """JSON has no NaN; nothing is weighed by it."""
    with service.client() as client:
        sent = body + b', "role": "r", "candidate": "c"}'
        answer = client.post("/v1/explain", content=sent, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/roles/%00", 404, "not_found"),
        ("/v1/roles?cursor=%00", 422, "invalid"),
        ("/v1/roles?cursor=MToA", 422, "invalid"),
        ("/v1/roles/" + "x" * 20_000, 404, "not_in_corpus"),
        ("/v1/roles/%FF%FE", 404, "not_in_corpus"),
        ("/v1/roles/x?revision=" + "9" * 40, 422, "invalid"),
        ("/v1/roles?limit=0", 422, "invalid"),
        ("/v1/roles?limit=" + "9" * 40, 422, "invalid"),
        ("/v1/candidates/..%2f..%2fetc%2fpasswd", 404, "not_found"),
        ("/v1/matches/x/reports?cursor=MTrZow", 422, "invalid"),
    ],
)
def test_odd_ids_are_nobodys(service: Service, path: str, status: int, code: str) -> None:
    """Whatever stands in a path or a query, the answer is a refusal of the one shape."""
    with service.client() as client:
        check_problem(client.get(path), status, code)


def test_a_role_of_a_number_beyond_all_is_nobodys(service: Service) -> None:
    """As is one without a name."""
    with service.client() as client:
        for name in ("r@" + "9" * 30, "@1", "r@0", "/etc/passwd"):
            answer = client.post("/v1/explain", json={"role": name, "candidate": "c"})
            check_problem(answer, 404, "not_in_corpus")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Service]]:
    """A service that takes small and quick bodies alone."""
    folder = tmp_path_factory.mktemp("small")
    settings = ServiceSettings(corpus=str(folder), model="hashing")
    with running(create(replace(settings, max_body_bytes=1_000, body_seconds=0.5))) as port:
        yield port, Service(f"http://127.0.0.1:{port}", folder)


def _head(service: Service, *lines: str) -> bytes:
    first = ("POST /v1/roles HTTP/1.1", "Host: x", f"Authorization: Bearer {service.key()}")
    return "\r\n".join((*first, "Content-Type: text/plain", *lines, "", "")).encode()


def _status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_a_body_over_the_limit_is_refused_while_it_comes_in(small: tuple[int, Service]) -> None:
    """With or without a length, and a length that is none; the connection ends there."""
    port, service = small
    chunks = [b"1F4\r\n" + b"x" * 500 + b"\r\n"] * 3
    streamed = spoken(port, _head(service, "Transfer-Encoding: chunked"), *chunks)
    announced = spoken(port, _head(service, "Content-Length: 1001"))
    huge = spoken(port, _head(service, "Content-Length: " + "9" * 19))
    for answer in (streamed, announced, huge):
        assert _status(answer) == 413
        assert b'"code":"body_too_large"' in answer
        assert b"connection: close" in answer.lower()
    assert _status(spoken(port, _head(service, "Content-Length: many"))) == 400


def test_a_slow_body_is_not_waited_for(small: tuple[int, Service]) -> None:
    """The limit is on the whole body, not between its parts."""
    port, service = small
    answer = spoken(port, _head(service, "Content-Length: 900"), b"begun")
    assert _status(answer) == 408
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["code"] == "body_too_slow"
    assert b"connection: close" in answer.lower()


def test_nobody_without_a_key_has_a_body_read(small: tuple[int, Service]) -> None:
    """The refusal comes before the first byte of the body."""
    port, _ = small
    head = b"POST /v1/roles HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 900\r\n\r\n"
    assert _status(spoken(port, head, seconds=5)) == 401


def test_huge_headers_and_noise_end_the_connection_alone(small: tuple[int, Service]) -> None:
    """The service goes on."""
    port, service = small
    for sent in (
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\r\n\r\n",
    ):
        answer = spoken(port, sent)
        assert answer == b"" or 400 <= _status(answer) < 500
    assert httpx.get(f"{service.url}/healthz").status_code == 200


def test_who_leaves_early_costs_nothing(small: tuple[int, Service]) -> None:
    """A body that breaks off is no fault of ours."""
    port, service = small
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(_head(service, "Content-Length: 900") + b"begun")
    assert httpx.get(f"{service.url}/healthz").status_code == 200


def test_a_form_that_is_none_is_refused(service: Service) -> None:
    """Each says what is missing."""
    with service.client() as client:
        for kind in (
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "multipart/form-data; boundary=",
        ):
            answer = client.post("/v1/roles", content=b"nothing", headers={"Content-Type": kind})
            assert answer.status_code in (400, 422)
            check_problem(answer, answer.status_code, answer.json()["code"])
        without = client.post("/v1/roles", files={"other": ("a.txt", b"x")})
        assert check_problem(without, 422, "invalid")["errors"] == [
            {"field": "file", "message": "This part is missing."}
        ]

"""Room: what there is none for is refused at once and comes back by itself; who may call from where; what
is ready."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from api_running import running
from api_service import Service, check_problem

from api.app import create
from api.settings import ServiceSettings
from matcher.errors import InputError
from matcher.types.service import Scope

POSTING = "Baker\n\nRequirements\n- Baking bread for two years\n"


@contextmanager
def alone(corpus: str | Path, **settings: object) -> Iterator[Service]:
    """A service with no worker beside it."""
    chosen = ServiceSettings(corpus=str(corpus), model="hashing", **settings)  # type: ignore[arg-type]
    with running(create(chosen)) as port:
        yield Service(f"http://127.0.0.1:{port}", corpus)


def _ready(service: Service, met: Callable[[dict[str, object]], bool]) -> dict[str, object]:
    """The first answer of /readyz that is as it should be."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        answer = httpx.get(f"{service.url}/readyz")
        found: dict[str, object] = answer.json()
        assert answer.status_code == (200 if found["status"] == "ok" else 503)
        if met(found):
            return found
        time.sleep(0.05)
    raise TimeoutError(found)


def test_what_waits_too_long_is_refused_and_the_service_recovers(tmp_path: Path) -> None:
    """While nothing can be written, few requests wait and the others are told when to come back; then all go
    on as if nothing had been."""
    with alone(tmp_path, in_flight=4, threads=2, wait_seconds=0.3) as service, service.client() as client:
        assert client.post("/v1/roles", json={"text": POSTING}).status_code == 201
        with (
            closing(sqlite3.connect(tmp_path / "corpus.sqlite", isolation_level=None)) as writer,
            ThreadPoolExecutor(10) as pool,
        ):
            writer.execute("BEGIN IMMEDIATE")
            sent = [
                pool.submit(client.post, "/v1/roles", json={"text": f"{POSTING}- Cakes {n}\n"})
                for n in range(10)
            ]
            end = time.monotonic() + 10
            while sum(each.done() for each in sent) < 8 and time.monotonic() < end:
                assert httpx.get(f"{service.url}/healthz", timeout=2).status_code == 200
                time.sleep(0.05)
            refused = [each.result() for each in sent if each.done()]
            assert len(refused) == 8
            for answer in refused:
                check_problem(answer, 503, "overloaded")
                assert int(answer.headers["retry-after"]) >= 1
            writer.execute("ROLLBACK")
            assert sorted(each.result().status_code for each in sent) == [201] * 2 + [503] * 8
        assert client.get("/v1/roles").status_code == 200


def test_a_full_queue_is_said_at_once(new_corpus: Callable[[], str | Path]) -> None:
    """What does not fit is refused before it is kept."""
    with alone(new_corpus(), queue_limit=2) as service, service.client() as client:
        for number in range(2):
            sent = client.post("/v1/candidates", json={"text": f"Nora Quist\nBaker {number}\n"})
            assert sent.status_code == 202
        refused = client.post("/v1/candidates", json={"text": "Nora Quist\nBaker\n"})
        check_problem(refused, 503, "overloaded")
        assert int(refused.headers["retry-after"]) >= 1
        assert len(client.get("/v1/jobs").json()["items"]) == 2


def test_no_page_of_another_origin_may_call(service: Service, tmp_path: Path) -> None:
    """Unless the settings name it, and then it alone, with what a client needs."""
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    ours = {"Origin": "https://ats.example"} | asked
    closed = httpx.options(f"{service.url}/v1/search", headers=ours)
    assert not [name for name in closed.headers if name.startswith("access-control")]
    with alone(tmp_path, cors_origins=frozenset({"https://ats.example"})) as other:
        asked["Access-Control-Request-Headers"] = "authorization, idempotency-key, content-type"
        allowed = httpx.options(f"{other.url}/v1/search", headers=ours | asked)
        assert allowed.status_code == 200
        assert allowed.headers["access-control-allow-origin"] == "https://ats.example"
        assert "POST" in allowed.headers["access-control-allow-methods"]
        strange = httpx.options(f"{other.url}/v1/search", headers=asked | {"Origin": "https://other.example"})
        assert strange.status_code == 400
        assert "access-control-allow-origin" not in strange.headers
        refused = httpx.get(f"{other.url}/v1/roles", headers={"Origin": "https://ats.example"})
        assert refused.headers["access-control-allow-origin"] == "https://ats.example"
        assert "access-control-allow-credentials" not in refused.headers
    with pytest.raises(InputError):
        ServiceSettings(cors_origins=frozenset({"*"}))


def test_every_answer_has_safe_headers(service: Service) -> None:
    """Nothing is cached, framed, sniffed or run, whatever the answer is."""
    with service.client() as client:
        for answer in (client.get("/v1/roles"), client.get("/nothing"), httpx.get(f"{service.url}/v1/roles")):
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_readiness_tells_what_is_missing(tmp_path: Path) -> None:
    """The model, the store and the index, each by itself."""
    folders = [tmp_path / name for name in ("model", "index", "store")]
    with alone(folders[0]) as service:
        assert _ready(service, lambda found: found["status"] == "ok")
        with closing(sqlite3.connect(folders[0] / "corpus.sqlite")) as corpus:
            corpus.execute("DROP TABLE tenants")
        assert _ready(service, lambda found: not found["store"])["model"] is True
        assert httpx.get(f"{service.url}/healthz").status_code == 200
    folders[1].mkdir()
    (folders[1] / "index").write_text("in the way")
    with alone(folders[1]) as service:
        found = _ready(service, lambda found: bool(found["model"]))
        assert (found["store"], found["index"]) == (True, False)
    settings = ServiceSettings(corpus=str(folders[2]), model=str(tmp_path / "no-model"))
    with running(create(settings)) as port:
        found = _ready(Service(f"http://127.0.0.1:{port}", folders[2]), lambda found: bool(found["store"]))
        assert (found["model"], found["index"]) == (False, False)


def test_metrics_count_requests_and_waiting_jobs_without_naming_anybody(
    new_corpus: Callable[[], str | Path],
) -> None:
    """By route, never by what stood in the path; they answer without a key by setting alone."""
    with alone(new_corpus(), open_metrics=True) as service, service.client(tenant="bakery") as client:
        role = client.post("/v1/roles", json={"text": POSTING}).json()["id"]
        client.get(f"/v1/roles/{role}")
        client.get("/nothing/nora-quist")
        job = client.post("/v1/candidates", json={"text": "Nora Quist\nBaker\n"}).json()["id"]
        told = httpx.get(f"{service.url}/metrics").text
        assert 'matcher_requests_total{method="GET",route="/v1/roles/{role_id}",status="200"} ' in told
        assert "matcher_jobs_waiting 1.0" in told
        assert 'matcher_ready{part="store"} 1.0' in told
        for word in (role, job, "nora", "bakery", "mk_"):
            assert word not in told


def test_the_version_names_what_answers_are_made_with(service: Service) -> None:
    """Engine, model and corpus; each answer names the engine too."""
    with service.client(Scope.READ, tenant="version") as client:
        answer = client.get("/v1/version")
        assert set(answer.json()) == {"engine", "model", "corpus_revision"}
        assert answer.headers["x-engine-version"] == answer.json()["engine"]

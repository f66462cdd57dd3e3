"""`matcher serve` as it is started: processes, signals, logs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil

from matcher.store import open_store
from matcher.types.service import Scope

POSTING = "Baker\n\nRequirements\n- Baking bread for two years\n"
# What no line of a log may hold: a name, an address, a sentence, a file's name, an ATS's key.
MARKS = ("Quistmark", "quistmark@example.org", "sourdough-mark", "markfile", "mark-4711", "markstage")
# What every process is begun with, for the libraries that it loads.
BEGUN_WITH = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "1048576",
    "OMP_WAIT_POLICY": "PASSIVE",
    "OPENBLAS_NUM_THREADS": "1",
}
# `matcher serve` in a process that notes what it is set to when it begins to load NumPy.
WATCHED = """
import os, sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy":
            print(*(os.environ.get(each) for each in ("OMP_WAIT_POLICY", "OPENBLAS_NUM_THREADS")))

sys.meta_path.insert(0, Watch())
sys.argv[0] = "matcher"
from matcher.cli import app
app()
"""
RESUME = """Nora Quistmark
quistmark@example.org

Experience
Baker, Mill Lane, 2019 - 2023
- Baked sourdough-mark
"""


@dataclass(frozen=True)
class Served:
    """A service in processes of its own."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def lines(self) -> list[dict[str, object]]:
        """What it logged; each line is one JSON object."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def worker(self) -> psutil.Process:
        """The process that does the slow work."""
        found = [
            each for each in psutil.Process(self.process.pid).children() if "api.worker" in each.cmdline()
        ]
        return found[0] if found else _until(self.worker)


def _until(met: Callable[[], object], seconds: float = 180.0) -> object:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            found = met()
        except (httpx.TransportError, IndexError, psutil.NoSuchProcess):
            found = None
        if found:
            return found
        time.sleep(0.05)
    raise TimeoutError


@contextmanager
def serving(corpus: str, log: Path, *, workers: int = 1, **settings: str) -> Iterator[Served]:
    """`matcher serve` on a free port."""
    command = [sys.executable, "-m", "matcher", "serve", "--port", "0", "--workers", str(workers)]
    environment = {f"MATCHER_{name.upper()}": value for name, value in settings.items()}
    environment["XDG_CACHE_HOME"] = f"{log}.cache"  # where the index of a corpus on a server is
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*command, "--corpus", corpus, "--model", "hashing"],
            env={name: value for name, value in os.environ.items() if name not in BEGUN_WITH} | environment,
            stdout=file,
            stderr=file,
        )

    def port() -> object:
        assert process.poll() is None, log.read_text("utf-8")
        said = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line.endswith("}")]
        return next((each["port"] for each in said if each["event"] == "serving"), None)

    try:
        url = f"http://127.0.0.1:{_until(port)}"
        _until(lambda: httpx.get(f"{url}/readyz").status_code == 200)
        yield Served(url, process, log)
    finally:
        family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.terminate()
        process.wait(30)
        psutil.wait_procs(family, timeout=10)
        left = [each for each in family if each.is_running()]
        for each in left:
            each.kill()
        assert not left


def _key(corpus: str | Path, tenant: str = "default") -> str:
    with open_store(corpus, tenant) as store:
        return store.keys.make("test", tuple(Scope), datetime.now(UTC))[1]


def _client(served: Served, corpus: str | Path, tenant: str = "default") -> httpx.Client:
    headers = {"Authorization": f"Bearer {_key(corpus, tenant)}"}
    return httpx.Client(base_url=served.url, headers=headers, timeout=30)


def test_it_serves_in_processes_that_end_and_begin_again(tmp_path: Path) -> None:
    """Two processes answer and one works; who is killed is begun again; a signal ends all of them within
    seconds, and another start goes on with the same corpus."""
    corpus = tmp_path / "corpus"
    with serving(str(corpus), tmp_path / "first.log", workers=2, open_metrics="1") as served:
        with _client(served, corpus) as client:
            role = client.post("/v1/roles", json={"text": POSTING}).json()["id"]
            worker = served.worker()
            answering = [each for each in psutil.Process(served.process.pid).children() if _answers(each)]
            assert len(answering) == 2
            for each in (worker, *answering):
                assert BEGUN_WITH.items() <= each.environ().items()
                assert each.environ()["MATCHER_PUBLIC_URL"] == served.url
            worker.kill()
            made = client.post("/v1/candidates", params={"wait": 10}, json={"text": RESUME})
            person = _taken(client, made)
            assert served.worker().pid != worker.pid
            for _ in range(20):
                assert client.get(f"/v1/roles/{role}").status_code == 200
            told = client.get("/metrics").text
            # Of both processes, whichever was asked.
            counted = 'matcher_requests_total{method="GET",route="/v1/roles/{role_id}",status="200"} 20.0'
            assert counted in told.splitlines()
        begun = time.monotonic()
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(20) == 0
        assert time.monotonic() - begun < 15
    with serving(str(corpus), tmp_path / "second.log") as served, _client(served, corpus) as client:
        assert client.get(f"/v1/candidates/{person}").status_code == 200
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(20) == 0


def test_processes_count_the_rate_of_a_key_together(tmp_path: Path) -> None:
    """Whichever of them answers, what the others answered counts; and one that is begun again knows."""
    corpus = tmp_path / "corpus"
    settings = {"workers": 2, "requests_a_minute": "20"}
    with serving(str(corpus), tmp_path / "log", **settings) as served, ExitStack() as opened:  # type: ignore[arg-type]
        headers = {"Authorization": f"Bearer {_key(corpus)}"}

        def client() -> httpx.Client:
            return opened.enter_context(httpx.Client(base_url=served.url, headers=headers, timeout=30))

        def left(asked: int, answer: object) -> bool:
            """Whether all that were asked are counted, but for those that time has taken back since."""
            assert isinstance(answer, httpx.Response)
            taken_back = (time.monotonic() - begun) * asked / 60 + 1
            return int(answer.headers["x-ratelimit-remaining"]) <= 20 - asked + taken_back

        begun, clients = time.monotonic(), [client() for _ in range(8)]
        answers = [each.get("/v1/version") for _ in range(2) for each in clients]
        assert left(16, answers[-1])
        answering = [each for each in psutil.Process(served.process.pid).children() if _answers(each)]
        assert len(answering) == 2
        for each in answering:
            each.kill()
        assert left(17, _until(lambda: client().get("/v1/version")))


def _answers(process: psutil.Process) -> bool:
    """Whether it is one of several processes that answer."""
    return "spawn_main" in " ".join(process.cmdline())


def _taken(client: httpx.Client, made: httpx.Response) -> str:
    """The person of a resume that was sent, now or once its job is done."""
    if made.status_code != 202:
        assert made.is_success, made.text
        return str(made.json()["id"])
    job = made.json()["links"]["self"]
    _until(lambda: client.get(job).json()["state"] == "done")
    return str(client.get(f"{job}/items").json()["items"][0]["candidate_id"])


def test_no_line_of_a_log_tells_of_anybody(tmp_path: Path) -> None:
    """Through all that is done with a person, well and badly, each line is JSON, has its request's id, and
    none of the marks."""
    corpus, log = tmp_path / "corpus", tmp_path / "log"
    with serving(str(corpus), log) as served:
        key = _key(corpus)
        headers = {"Authorization": f"Bearer {key}", "X-Request-Id": "marked-1"}
        with httpx.Client(base_url=served.url, headers=headers, timeout=30) as client:
            role = client.post("/v1/roles", json={"text": POSTING + "- Quistmark sourdough-mark\n"}).json()[
                "id"
            ]
            made = client.post(
                "/v1/candidates",
                params={"wait": 10},
                files={"file": ("markfile-Quistmark.txt", RESUME)},
                data={"external_system": "ats", "external_key": "mark-4711"},
            )
            person = _taken(client, made)
            for method, path, body in (
                ("GET", f"/v1/candidates/{person}", None),
                ("GET", "/v1/candidates?external_system=ats&external_key=mark-4711", None),
                ("GET", "/v1/candidates?where=sourdough-mark", None),
                ("GET", "/v1/candidates/Quistmark", None),
                ("GET", "/Quistmark/markfile", None),
                ("POST", "/v1/search", {"text": "Nora Quistmark sourdough-mark"}),
                ("POST", "/v1/search", {"text": '"sourdough-mark', "where": '"quistmark@example.org'}),
                ("POST", "/v1/explain", {"role": role, "candidate": person}),
                ("POST", "/v1/matches", {"role": role}),
                ("POST", "/v1/matches", {"role": "Quistmark", "Quistmark": 1}),
                ("POST", "/v1/applications", {"role": role, "candidate": person, "stage": "markstage"}),
                ("POST", "/v1/candidates", {"resume_url": "http://127.0.0.1/markfile?Quistmark"}),
                ("POST", "/v1/candidates", {"resume_url": "https://markfile.invalid/Quistmark"}),
                ("GET", f"/v1/candidates/{person}/file", None),
                ("DELETE", f"/v1/candidates/{person}", None),
            ):
                sent = {} if body is None else {"json": body}
                assert client.request(method, path, **sent).status_code < 500, path
            broken = b"%PDF-1.7 Quistmark sourdough-mark"
            client.post("/v1/candidates", params={"wait": 10}, files={"file": ("markfile.pdf", broken)})
            client.get("/v1/roles", headers={"Authorization": f"Bearer {key}x"})
    text = log.read_text("utf-8")
    for mark in (*MARKS, key, key.rpartition("_")[2], "Traceback", str(corpus)):
        assert mark not in text
    lines = [json.loads(line) for line in text.splitlines()]
    requests = [line for line in lines if line["event"] == "request" and line["route"].startswith("/v1/")]
    assert len(requests) >= 15
    assert {line["request_id"] for line in requests} == {"marked-1"}
    assert all({"event", "level", "timestamp"} <= set(line) for line in lines)


def test_the_process_that_is_started_keeps_libraries_from_threads_of_their_own(tmp_path: Path) -> None:
    """It may answer requests itself: what is set for those is set before NumPy is loaded, unless the
    environment says something else."""
    (tmp_path / "file").write_text("no folder, so that it ends")
    command = [sys.executable, "-c", WATCHED, "serve", "--corpus", str(tmp_path / "file")]
    clean = {name: value for name, value in os.environ.items() if name not in BEGUN_WITH}
    for said, wanted in (({}, "PASSIVE 1"), ({"OPENBLAS_NUM_THREADS": "3"}, "PASSIVE 3")):
        ended = subprocess.run(command, env={**clean, **said}, capture_output=True, text=True, timeout=60)
        assert ended.stdout.splitlines() == [wanted], ended.stderr


def test_what_cannot_be_served_is_said(tmp_path: Path) -> None:
    """A corpus that is none and a setting that is none end the start with a sentence."""
    (tmp_path / "file").write_text("no folder")
    for arguments, setting in ((["--corpus", str(tmp_path / "file")], {}), ([], {"MATCHER_THREADS": "many"})):
        ended = subprocess.run(
            [sys.executable, "-m", "matcher", "serve", *arguments],
            env={**os.environ, "MATCHER_CORPUS": str(tmp_path / "corpus"), **setting},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert ended.returncode != 0
        assert "Traceback" not in ended.stderr
        assert "]" in ended.stderr.splitlines()[-1]

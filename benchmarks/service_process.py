"""A service as anybody starts it, for `service_load.py`: `matcher serve`, a key, and what processes use."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

HERE = Path(__file__).resolve().parent
START_SECONDS = 120


@dataclass
class Running:
    """A service that answers."""

    port: int
    key: str
    process: psutil.Process

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Status and JSON of an answer; a body that is a string is sent as Markdown."""
        kind = "text/markdown" if isinstance(body, str) else "application/json"
        data = None if body is None else (body if isinstance(body, str) else json.dumps(body)).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, method=method)
        request.add_header("Authorization", f"Bearer {self.key}")
        request.add_header("Content-Type", kind)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def load(self, requests: list[list[str]], phases: list[list[float]], connections: int) -> dict[str, Any]:
        """What `http_load.py` says of a load."""
        plan = {"port": self.port, "key": self.key, "connections": connections}
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump({**plan, "requests": requests, "phases": phases}, file)
            file.flush()
            command = [sys.executable, str(HERE / "http_load.py"), file.name]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def processes(self) -> dict[str, list[psutil.Process]]:
        """Those that answer, the one that works, and the workers that parse for it."""
        found: dict[str, list[psutil.Process]] = {"answering": [self.process], "working": [], "parsing": []}
        for child in self.process.children(recursive=True):
            try:
                command = " ".join(child.cmdline())
            except psutil.Error:
                continue
            part = "answering"
            if "api.worker" in command:
                part = "working"
            elif "matcher.worker" in command:
                part = "parsing"
            found[part].append(child)
        return found

    def cpu(self) -> float:
        """Seconds of processor time that its processes spent so far."""
        total = 0.0
        for process in (each for part in self.processes().values() for each in part):
            try:
                spent = process.cpu_times()
                total += spent.user + spent.system + spent.children_user + spent.children_system
            except psutil.Error:
                continue
        return total

    def memory(self) -> dict[str, float]:
        """Megabytes by part. Pages that processes share are divided among them, mapped files left out."""
        found = {}
        for part, processes in self.processes().items():
            own = 0
            for process in processes:
                try:
                    own += _anonymous(process.pid)
                except (psutil.Error, OSError):
                    continue
            found[part] = own / 1e6
        return found


@dataclass
class Sampler:
    """Memory again and again, until it is stopped."""

    service: Running
    every: float = 2.0
    samples: list[tuple[float, dict[str, float]]] = field(default_factory=list)
    _ending: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Sampler:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def _run(self) -> None:
        start = time.monotonic()
        while not self._ending.wait(self.every):
            self.samples.append((time.monotonic() - start, self.service.memory()))


@contextmanager
def serving(corpus: Path, workers: int) -> Iterator[Running]:
    """`matcher serve` over a corpus, with a key that may read and write and no limit of its own."""
    matcher = Path(sys.executable).with_name("matcher")
    made = [matcher, "keys", "make", "load", "--format", "json", "--corpus", corpus]
    said = json.loads(subprocess.run(made, capture_output=True, text=True, check=True).stdout)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [matcher, "serve", "--port", str(port), "--workers", str(workers), "--corpus", corpus]
    unlimited = {"MATCHER_REQUESTS_A_MINUTE": "1000000"}
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(list(map(str, command)), stderr=log, env={**os.environ, **unlimited})
        try:
            running = Running(port, said["key"], psutil.Process(process.pid))
            until = time.monotonic() + START_SECONDS
            while not _is_ready(running):
                if process.poll() is not None or time.monotonic() > until:
                    log.seek(0)
                    sys.exit(f"The service did not start.\n{log.read()[-2000:]}")
                time.sleep(0.2)
            yield running
        finally:
            process.terminate()
            process.wait(60)


def _is_ready(running: Running) -> bool:
    try:
        return running.ask("GET", "/readyz")[0] == 200
    except OSError:
        return False


def _anonymous(process: int) -> int:
    """Bytes of a process that are in no file: Linux says so; elsewhere what is resident stands for it."""
    rollup = Path(f"/proc/{process}/smaps_rollup")
    if not rollup.exists():
        return int(psutil.Process(process).memory_info().rss)
    lines = (line.split() for line in rollup.read_text("ascii").splitlines()[1:])
    sizes = {line[0]: int(line[1]) * 1024 for line in lines}
    return sizes["Pss_Anon:"]

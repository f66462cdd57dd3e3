"""How the service runs: processes that answer, and one that does the slow work, watched by this one."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from api import app, logs, metrics, queue
from api.settings import ServiceSettings
from matcher.corpus import open_corpus
from matcher.errors import InputError

# Between the death of the process that does slow work and its next beginning.
_PAUSE_SECONDS = 1.0

# What is being answered when the service is asked to end has so long to come to its end; then the process
# that works has so long.
_PATIENCE_SECONDS = 10

# A process that has not said for so long that it lives is begun anew: long matches hold the interpreter.
_SILENCE_SECONDS = 60


def application() -> FastAPI:
    """The application in a process of its own, which writes its logs."""
    logs.configure()
    parent = multiprocessing.parent_process()
    if parent is not None:  # the watch over several: without it this one must not go on
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    return app.create()


def _end_with(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


def serve(host: str, port: int, workers: int) -> int:
    """Serve until a signal ends it; returns the exit status. Raises CorpusError and InputError at first."""
    settings = ServiceSettings.of()
    with open_corpus(settings.corpus) as corpus:  # what is wrong is said here, and schemas are brought up
        queue.prepare(corpus.where)
        logs.configure()
    config = uvicorn.Config(
        "api.main:application",
        factory=True,
        loop="api.loop:Loop" if workers > 1 else "asyncio",
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=_PATIENCE_SECONDS,
        timeout_worker_healthcheck=_SILENCE_SECONDS,
        http="h11",  # httptools, where it is installed, bounds no header
        h11_max_incomplete_event_size=65_536,
    )
    listener = _listener(config)
    port = listener.getsockname()[1]
    os.environ.setdefault("MATCHER_PUBLIC_URL", f"http://127.0.0.1:{port}")  # read by all processes
    # uvicorn ends at a signal and then raises it again, which must not end this process before its child.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _passed_over)
    with _shared_folder(workers), _worker():
        structlog.get_logger().info("serving", host=host, port=port, workers=workers, process=os.getpid())
        server = uvicorn.Server(config)
        if workers > 1:
            Multiprocess(config, sockets=[listener]).run()
            return 0
        server.run(sockets=[listener])
        return 0 if server.started else 1


def _listener(config: uvicorn.Config) -> socket.socket:
    """What accepts connections. Raises InputError where the address is taken."""
    try:
        listener = config.bind_socket()
    except SystemExit:  # uvicorn's way to say so
        raise InputError(
            f"Nothing can listen on {config.host}:{config.port}: name another --host or --port."
        ) from None
    # Accepted connections have it too. Without it the end of each answer waits 40 ms until the client has
    # said that the beginning came; asyncio sets it on no sockets but those that it made.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _passed_over(_number: int, _frame: object) -> None:
    """A signal that has been acted on."""


@contextmanager
def _shared_folder(workers: int) -> Iterator[None]:
    """Where several processes tell each other what they count, for metrics and for rates, while they run."""
    if workers == 1:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="matcher-counts-") as folder:
        os.environ[metrics.FOLDER] = folder
        yield


@contextmanager
def _worker() -> Iterator[None]:
    """The process that does the slow work, begun again when it ends."""
    ending = threading.Event()
    watch = threading.Thread(target=_keep_working, args=(ending,), name="matcher-work")
    watch.start()
    try:
        yield
    finally:
        ending.set()
        watch.join()


def _keep_working(ending: threading.Event) -> None:
    while not ending.is_set():
        process = subprocess.Popen([sys.executable, "-m", "api.worker", str(os.getpid())])
        while process.poll() is None and not ending.wait(0.2):
            pass
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        elif not ending.is_set():
            structlog.get_logger().error("worker_ended", status=process.returncode)
            ending.wait(_PAUSE_SECONDS)

"""How the service runs: processes that answer, and one that does the slow work."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import structlog
import uvicorn

from api import logs
from api.settings import ServiceSettings
from api.state import Services

_APPLICATION = "api.app:create"

# Between the death of the process that does slow work and its next beginning.
_PAUSE_SECONDS = 1.0


def serve(host: str, port: int, workers: int) -> int:
    """Serve until a signal ends it; returns the exit status. Raises CorpusError and InputError at first."""
    settings = ServiceSettings.of()
    Services.open(settings).close()  # what is wrong is said here, and the schema is brought up once
    logs.configure()
    ending = threading.Event()
    watch = threading.Thread(target=_keep_working, args=(ending,), name="matcher-work")
    watch.start()
    try:
        uvicorn.run(
            _APPLICATION,
            factory=True,
            host=host,
            port=port,
            workers=workers,
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_keep_alive=30,
            h11_max_incomplete_event_size=65_536,
        )
    finally:
        ending.set()
        watch.join()
    return 0


def _keep_working(ending: threading.Event) -> None:
    """Run the worker process, and another when it ends, until `ending`."""
    while not ending.is_set():
        process = subprocess.Popen([sys.executable, "-m", "api.worker", str(os.getpid())])
        while process.poll() is None and not ending.wait(0.2):
            pass
        if process.poll() is None:
            process.terminate()
            process.wait()
        elif not ending.is_set():
            structlog.get_logger().error("worker_ended", status=process.returncode)
            ending.wait(_PAUSE_SECONDS)

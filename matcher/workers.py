"""A pool of worker processes that parse files with a limit on time and memory.

Plain child processes rather than `multiprocessing`: a script that uses the library needs no
`if __name__ == "__main__"` guard, and a child can be killed without breaking the pool.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import weakref
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from matcher.errors import MatcherError, ParserCrashedError, ParseTimeoutError
from matcher.settings import Limits
from matcher.types import Pictures, Resume, Role
from matcher.worker import Failure, Job, read_answer, write_frame

# Reading is about a third of the work of ranking; more processes than this only cost memory.
MAX_WORKERS = 4

Outcome = Resume | Role | Pictures | MatcherError


class _Worker:
    """One child process, started on first use and again after a job has taken it down."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def parse(self, job: Job) -> Outcome:
        """Parse or draw one file; what came of it, or the error that says why not."""
        try:
            process = self._ready()
        except OSError as error:
            self.stop()
            reason = error.strerror or type(error).__name__
            return ParserCrashedError(f"The process that reads files could not be started ({reason}).")
        late = threading.Event()

        def kill() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._limits.max_seconds, kill)
        timer.daemon = True
        timer.start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            write_frame(process.stdin, job)
            answer = read_answer(process.stdout, self._limits.max_memory_bytes)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.stop()
            if late.is_set():
                return ParseTimeoutError(
                    f"Reading the file took longer than {self._limits.max_seconds:g} seconds, the limit. "
                    "Export it again in a simpler form or raise max_seconds."
                )
            return ParserCrashedError()
        finally:
            timer.cancel()
        if late.is_set():  # answered in the same instant as it was killed: the next job needs a new child
            self.stop()
        return answer.error() if isinstance(answer, Failure) else answer

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            # The child finds modules where the parent does and, by -P, nowhere else: the current folder may
            # hold a stranger's files, and a module among them must not be run.
            folders = [str(Path(entry).absolute()) for entry in sys.path]
            environment = dict(os.environ, PYTHONPATH=os.pathsep.join(folders))
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "matcher.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a C library's complaints may quote the file
                env=environment,
            )
            assert self._process.stdin is not None
            write_frame(self._process.stdin, self._limits)
        return self._process

    def stop(self) -> None:
        """End the child process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _close(executor: ThreadPoolExecutor, workers: list[_Worker]) -> None:
    executor.shutdown(wait=True, cancel_futures=True)
    for worker in workers:
        worker.stop()


class WorkerPool:
    """Parses files in `size` worker processes (0: one per core, at most 4)."""

    def __init__(self, limits: Limits, size: int = 0) -> None:
        self.size = size or min(os.cpu_count() or 1, MAX_WORKERS)
        workers = [_Worker(limits) for _ in range(self.size)]
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for worker in workers:
            self._idle.put(worker)
        self._executor = ThreadPoolExecutor(self.size, thread_name_prefix="matcher-parse")
        self.close = weakref.finalize(self, _close, self._executor, workers)

    def submit(self, job: Job) -> Future[Outcome]:
        """Begin to parse or draw one file; the future holds what came of it or the error, never raises it."""
        return self._executor.submit(self._parse, job)

    def _parse(self, job: Job) -> Outcome:
        worker = self._idle.get()
        try:
            return worker.parse(job)
        finally:
            self._idle.put(worker)

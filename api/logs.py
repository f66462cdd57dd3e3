"""Structured logs: one JSON object a line on standard error. They hold ids, codes, counts and times, and no
text that came with a request: of an error its class and where it was raised, never what it says."""

from __future__ import annotations

import logging
import sys
import threading
import uuid
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

import structlog

from api.problems import last_frame

# Libraries whose lines say what they do, not what they do it to.
_TRUSTED = ("uvicorn", "asyncio", "py.warnings", "api", "matcher")


def configure() -> None:
    """Write every log of this process, those of libraries and of errors nobody caught too, as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer()],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, _without_text],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda found: _uncaught(found.exc_type, found.exc_value, found.exc_traceback)
    sys.unraisablehook = lambda found: _uncaught(found.exc_type, found.exc_value, found.exc_traceback)


def request_id() -> str | None:
    """The id of the request that what is done now was asked by, which the lines of it have; None outside."""
    known: str | None = structlog.contextvars.get_contextvars().get("request_id")
    return known


def asked_by(request_id: str | None, **said: str) -> AbstractContextManager[Any]:
    """Within it every line has the request's id, those of libraries too; an id of its own where no request
    asked for what is done. `said` are ids that stand beside it."""
    return structlog.contextvars.bound_contextvars(request_id=request_id or str(uuid.uuid4()), **said)


def _without_text(_logger: Any, _method: str, said: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A line of a library without what an error says; of a library that is not known, without its words."""
    record: logging.LogRecord = said["_record"]
    info = said.pop("exc_info", None) or record.exc_info
    if isinstance(info, tuple) and info[1] is not None:
        said["error"], said["where"] = type(info[1]).__name__, last_frame(info[1])
    said["logger"] = record.name
    # The template stays, the values that it is filled with do not.
    said["event"] = str(record.msg)[:200] if record.name.split(".")[0] in _TRUSTED else "library"
    return said


def _uncaught(kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
    where = "" if error is None else last_frame(error)
    structlog.get_logger().error("uncaught", error=kind.__name__, where=where)

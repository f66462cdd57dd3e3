"""What one process of the service holds: the library, and the corpora of the tenants that were asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

import structlog

from api import metrics
from api.problems import last_frame
from api.queue import Queue
from api.settings import ServiceSettings
from matcher import Matcher, Settings
from matcher.corpus import Corpus
from matcher.store import Store
from matcher.types.service import ApiKey

Value = TypeVar("Value")


@dataclass
class Services:
    """Opened once in each process; `close` gives everything back."""

    settings: ServiceSettings
    matcher: Matcher
    queue: Queue
    first: Corpus  # of the tenant "default"; keys of all tenants are found through it
    _corpora: dict[str, Corpus] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, settings: ServiceSettings) -> Services:
        """Open the corpus and begin to load the encoder. Raises CorpusError, ModelError and InputError."""
        matcher = Matcher(Settings(model=settings.model))
        first = matcher.corpus(settings.corpus)
        return cls(settings, matcher, Queue(first.where), first, {first.store.tenant: first})

    def corpus(self, tenant: str) -> Corpus:
        """A tenant's corpus, opened when it is first asked for."""
        with self._lock:
            known = self._corpora.get(tenant)
            if known is None:
                first = self.first
                known = self._corpora[tenant] = Corpus(self.matcher, first.where, tenant, beside=first)
            return known

    def store(self, tenant: str) -> Store:
        """A tenant's store."""
        return self.corpus(tenant).store

    def find_key(self, presented: str) -> ApiKey | None:
        """The valid key that is presented, of any tenant."""
        return self.first.store.find_key(presented, now())

    def corpora(self) -> Mapping[str, Corpus]:
        """Those that are open, by tenant."""
        with self._lock:
            return dict(self._corpora)

    def ready(self) -> dict[str, bool]:
        """What requests need, and whether it is there: "model", "store" and "index"."""
        model = self.matcher.loaded
        revision = _tried(self.first.store.changes.revision)
        index = model and revision is not None and _tried(partial(self.first.in_step, revision))
        return {"model": model, "store": revision is not None, "index": bool(index)}

    def measure(self) -> None:
        """Bring the gauges of the metrics up to this moment."""
        parts = self.ready()
        for part, there in parts.items():
            metrics.ready.labels(part).set(there)
        if parts["store"]:
            metrics.waiting.set(len(self.first.store.open_jobs()))

    def close(self) -> None:
        """Save what is not saved and end the worker processes."""
        for corpus in reversed(list(self.corpora().values())):  # the first has the connections
            corpus.close()
        self.queue.close()
        self.matcher.close()


def _tried(ask: Callable[[], Value]) -> Value | None:
    """What is answered, None where there is no answer."""
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - whatever it is, this is not ready
        structlog.get_logger().error("not_ready", error=type(error).__name__, where=last_frame(error))
        return None


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)

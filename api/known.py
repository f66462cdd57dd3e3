"""Keys that were found a moment ago, so that not every request asks the store for its own."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field

from api.state import now
from matcher.corpus import Corpus
from matcher.types.service import ApiKey

# A key that is taken back opens for so long at most. docs/service.md says so.
_SECONDS = 1.0

_KEPT = 1_000  # keys; when there are more, all are looked for again


@dataclass(frozen=True, slots=True)
class Known:
    """A valid key and the corpus of its tenant."""

    key: ApiKey
    corpus: Corpus


@dataclass
class KnownKeys:
    """The keys found lately, by the hash of what was presented: no secret is kept. For one event loop."""

    _found: dict[bytes, tuple[float, Known]] = field(default_factory=dict)

    def get(self, presented: str) -> Known | None:
        """What was found a moment ago, while it is valid."""
        until, known = self._found.get(_digest(presented), (0.0, None))
        if known is None or time.monotonic() > until or not known.key.is_valid(now()):
            return None
        return known

    def keep(self, presented: str, known: Known) -> None:
        """Remember what was found."""
        if len(self._found) >= _KEPT:
            self._found.clear()
        self._found[_digest(presented)] = time.monotonic() + _SECONDS, known


def _digest(presented: str) -> bytes:
    return hashlib.sha256(presented.encode("utf-8", "surrogatepass")).digest()

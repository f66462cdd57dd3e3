"""What the one row of an index's state collection in Milvus says."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass
from typing import Self

from matcher.errors import IndexUnfitError
from matcher.index.snippets import IndexSpec

FORMAT = 1

# Held in a process while milvus-lite is asked or flushed: a search does not see what is being written out.
WHOLE = threading.RLock()


@dataclass(frozen=True, slots=True)
class MilvusState:
    """Which vectors the index holds, at which corpus revision, in the collection of which number.

    `generation` counts the times that this was written, `leftover` removed vectors in Milvus's files.
    """

    dim: int
    fingerprint: str
    revision: int = 0
    generation: int = 0
    collection: int = 0
    leftover: int = 0
    format: int = FORMAT

    @classmethod
    def read(cls, text: str) -> Self:
        """What `written` wrote. Raises IndexUnfitError for what another version wrote."""
        try:
            return cls(**json.loads(text))
        except (TypeError, ValueError) as error:
            raise IndexUnfitError("The index in Milvus is of another version: rebuild it.") from error

    def written(self) -> str:
        """JSON of all fields."""
        return json.dumps(asdict(self))

    def check(self, name: str, spec: IndexSpec) -> None:
        """Raise IndexUnfitError unless the index `name` is of this format and holds such vectors."""
        stored = (self.format, self.dim, self.fingerprint)
        wanted = (FORMAT, spec.dim, spec.fingerprint)
        if stored != wanted:
            raise IndexUnfitError(f"The index {name} is {stored}, but {wanted} is needed: rebuild it.")

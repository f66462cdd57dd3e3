"""What is asked, made ready once: the demands of a role with its weights, and the vectors of their texts."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from matcher.corpus.vectors import CorpusVectors
from matcher.matching import RoleProfile, with_weights, with_wordings
from matcher.store import role_bytes
from matcher.types import Role

_KEPT = 64  # roles; with its vectors one takes some 100 kB


@dataclass(frozen=True, slots=True)
class Asked:
    """A role with its weights, its profile, and a row of `wanted` for each of the profile's texts. Roles that
    are equal, weights included, have the same `key`; others have another."""

    key: bytes
    role: Role
    profile: RoleProfile
    wanted: NDArray[np.float32]


class AskedRoles:
    """The roles asked lately, under one encoder."""

    def __init__(self, vectors: CorpusVectors) -> None:
        self._vectors = vectors
        self._kept: OrderedDict[bytes, Asked] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, role: Role, weights: Mapping[str, float]) -> Asked:
        """The role made ready. Raises WeightsError."""
        weighed = with_weights(role, weights)
        key = sha256(role_bytes(weighed)).digest()
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                return known
        profile = RoleProfile.of(with_wordings(weighed))
        asked = Asked(key, weighed, profile, self._vectors.of_queries(profile.texts))
        with self._lock:
            self._kept[key] = asked
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return asked

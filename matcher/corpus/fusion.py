"""Two orders of the same things made one, by reciprocal rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

# Cormack, Clarke, Büttcher: "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
# Methods", SIGIR 2009: 60 was chosen there in a pilot and is what everybody uses since.
K = 60


def fused(one: Sequence[int], other: Sequence[int]) -> list[tuple[int, float]]:
    """Ids with the sum of 1 / (60 + rank) in the two orders, best first, equal ones by id.

    Each order is of ids, best first, each once.
    """
    return best_first(gains(one, other))


def gains(one: Sequence[int], other: Sequence[int]) -> dict[int, float]:
    """The same sums by id."""
    gained = {key: 1 / rank for rank, key in enumerate(one, K + 1)}
    for rank, key in enumerate(other, K + 1):
        gained[key] = gained.get(key, 0.0) + 1 / rank
    return gained


def best_first(gained: Mapping[int, float]) -> list[tuple[int, float]]:
    """Ids with their sums, the highest first, equal ones by id."""
    return [(key, -less) for less, key in sorted((-gain, key) for key, gain in gained.items())]


def first_of_each(keys: Iterable[int]) -> list[int]:
    """The keys in order, each once."""
    return list(dict.fromkeys(keys))

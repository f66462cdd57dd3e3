"""Several orders of the same things made one, by reciprocal rank."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

# Cormack, Clarke, Büttcher: "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
# Methods", SIGIR 2009: 60 was chosen there in a pilot and is what everybody uses since.
K = 60


def fused(orders: Iterable[tuple[float, Sequence[int]]]) -> list[tuple[int, float]]:
    """Ids with the sum of weight / (60 + rank) over the orders they are in, best first, equal ones by id.

    Each order is a weight and ids, best first, each once.
    """
    gained: dict[int, list[float]] = defaultdict(list)
    for weight, order in orders:
        for rank, key in enumerate(order, start=1):
            gained[key].append(weight / (K + rank))
    # fsum: the sum does not depend on the order of the orders.
    sums = [(key, math.fsum(parts)) for key, parts in gained.items()]
    return sorted(sums, key=lambda item: (-item[1], item[0]))


def first_of_each(keys: Iterable[int]) -> list[int]:
    """The keys in order, each once."""
    return list(dict.fromkeys(keys))

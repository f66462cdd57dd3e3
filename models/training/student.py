"""The shipped encoder: a few of the teacher's layers, taught its vectors, then the order of pairs.

First the layers that remain learn to give the teacher's vectors (the word table, the teacher's own, stays).
Then, with the rounding of the shipped form, three things at once: the graded pairs, as the teacher did; the
order that both teachers together give to pairs nobody graded; and still the teacher's vectors of plain
sentences, so that it forgets no words that the graded pairs lack.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from encode import Encoder
from losses import distance, soft_cosent
from numpy.typing import NDArray
from teachers import graded_rows_loss

from data import Group

FROM_GRADED, OTHERS = 5, 3  # queries of a batch of silver pairs
SNIPPETS = 8  # of each
SENTENCES = 32  # plain ones of a batch


def vector_batches(texts: Mapping[str, str], size: int, steps: int, seed: int) -> list[NDArray[np.intp]]:
    """The rows of `texts` that each step of the first stage learns: resumes' and postings' words twice."""
    rng = np.random.default_rng(seed)
    near = [i for i, (text, source) in enumerate(texts.items()) if source in _NEAR and len(text) <= 200]
    far = [i for i, (text, source) in enumerate(texts.items()) if source not in _NEAR and len(text) <= 150]
    order = rng.permutation(np.array([*near, *near, *far], dtype=np.intp))
    return [order[at : at + size] for at in range(0, min(len(order), steps * size), size)]


_NEAR = ("graded", "written")


def vector_loss(model: Encoder, texts: Sequence[str], teacher: torch.Tensor, angles: float) -> torch.Tensor:
    """Distance to the teacher's rows, and the squared error of the cosines among them, `angles` times."""
    rows = model(texts)
    return distance(rows, teacher) + angles * ((rows @ rows.T - teacher @ teacher.T) ** 2).mean()


class Silver:
    """Pairs with the teachers' scores, by query."""

    def __init__(
        self, pairs: Sequence[tuple[str, str]], scores: NDArray[np.float64], graded: set[str]
    ) -> None:
        found: dict[str, list[tuple[str, float]]] = {}
        for (query, snippet), score in zip(pairs, scores, strict=True):
            found.setdefault(query, []).append((snippet, float(score)))
        self.found = found
        self.others = [query for query in found if query not in graded]

    def loss(
        self, model: Encoder, batch: Sequence[Group], scale: float, rng: np.random.Generator
    ) -> torch.Tensor:
        """The order of all drawn pairs, and of each query's own, in equal shares."""
        own = (" ".join(group.qualification.split()) for group in batch)
        queries = [query for query in own if query in self.found][:FROM_GRADED]
        if self.others:
            queries += [self.others[i] for i in rng.integers(len(self.others), size=OTHERS)]
        drawn = [
            (place, *self.found[query][i])
            for place, query in enumerate(queries)
            for i in rng.permutation(len(self.found[query]))[:SNIPPETS]
        ]
        rows = model(queries + [snippet for _, snippet, _ in drawn])
        owner = torch.tensor([place for place, _, _ in drawn])
        scores = (rows[: len(queries)][owner] * rows[len(queries) :]).sum(1) * scale
        wanted = torch.tensor([score for _, _, score in drawn])
        each = [soft_cosent(scores[owner == i], wanted[owner == i]) for i in range(len(queries))]
        return 0.5 * soft_cosent(scores, wanted) + 0.5 * torch.stack(each).mean()


def pair_loss(
    model: Encoder,
    batch: Sequence[Group],
    silver: Silver,
    sentences: Sequence[str],
    teacher: torch.Tensor,
    config: Mapping[str, float],
    rng: np.random.Generator,
) -> torch.Tensor:
    """The second stage's loss of one batch: graded pairs, silver pairs and plain sentences."""
    graded = graded_rows_loss(model, batch, config["scale"], config["own_share"], config["others_share"])
    plain = rng.choice(len(sentences), SENTENCES, replace=False)
    return (
        graded
        + config["silver_weight"] * silver.loss(model, batch, config["scale"], rng)
        + config["vector_weight"] * distance(model([sentences[i] for i in plain]), teacher[plain])
    )

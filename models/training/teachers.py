"""The two teachers of the shipped encoder: a larger encoder, and a model that reads both texts at once.

They err differently, so their mean is better than either: the encoder's cosine orders pairs of different
qualifications well, the cross-encoder the snippets of one qualification.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from encode import CHUNK, Encoder
from losses import cosent, graded_loss
from numpy.typing import NDArray

from data import Group, batches

Pair = tuple[str, str]  # qualification, snippet


def graded_rows_loss(
    model: Encoder, batch: Sequence[Group], scale: float, own_share: float, others_share: float
) -> torch.Tensor:
    """`graded_loss` of a batch, every text of it encoded once."""
    count = len(batch)
    rows = model([g.qualification for g in batch] + [s for g in batch for s in g.snippets])
    owner = torch.tensor([i for i, g in enumerate(batch) for _ in g.snippets])
    grades = torch.tensor([grade for g in batch for grade in g.grades])
    return graded_loss(rows[:count] @ rows[count:].T * scale, owner, grades, own_share, others_share)


class CrossEncoder(torch.nn.Module):
    """Reads a qualification and a snippet together and scores how strongly one is evidence of the other.

    It begins from a trained encoder: what that learned of single texts serves for two.
    """

    def __init__(self, folder: Path, max_tokens: int) -> None:
        super().__init__()
        self.body = Encoder(folder, max_tokens)
        self.head = torch.nn.Linear(self.body.bert.config.hidden_size, 1)

    def forward(self, pairs: Sequence[Pair]) -> torch.Tensor:
        """One score (log odds of evidence) for each pair, in order: (n,), with gradients."""
        order = sorted(range(len(pairs)), key=lambda i: (sum(map(len, pairs[i])), i))
        step = CHUNK // 2
        scores = [
            self._scores([pairs[i] for i in order[at : at + step]]) for at in range(0, len(order), step)
        ]
        return torch.cat(scores)[torch.tensor(order).argsort()]

    def _scores(self, pairs: list[Pair]) -> torch.Tensor:
        told = self.body.tokenizer(
            [first for first, _ in pairs],
            [second for _, second in pairs],
            padding=True,
            truncation=True,
            max_length=self.body.max_tokens,
            return_tensors="pt",
        )
        tokens = told["attention_mask"][..., None]
        hidden = self.body.bert(**told).last_hidden_state
        scores: torch.Tensor = self.head((hidden * tokens).sum(1) / tokens.sum(1)).squeeze(1)
        return scores

    def loss(self, batch: Sequence[Group], order_share: float) -> torch.Tensor:
        """Cross-entropy to a third of the grade, and the order of all pairs of the batch."""
        scores = self([(g.qualification, s) for g in batch for s in g.snippets])
        grades = torch.tensor([grade for g in batch for grade in g.grades])
        entropy = torch.nn.functional.binary_cross_entropy_with_logits(scores, grades / 3)
        return entropy + order_share * cosent(2 * scores, grades)

    def scores(self, pairs: Sequence[Pair]) -> NDArray[np.float64]:
        """Scores without gradients."""
        self.eval()
        with torch.no_grad():
            parts = [self(pairs[at : at + 2048]).numpy() for at in range(0, len(pairs), 2048)]
        return np.concatenate(parts).astype(np.float64)


def batch_of(groups: Sequence[Group], size: int, seed: int, step: int) -> list[Group]:
    """The batch of a step, counted over epochs."""
    epoch, place = divmod(step, len(batches(groups, size, seed, 0)))
    return batches(groups, size, seed, epoch)[place]

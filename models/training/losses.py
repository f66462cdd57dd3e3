"""What training minimises: orders of pairs, after CoSENT (Su 2022, "CoSENT: a more efficient sentence vector
scheme than Sentence-BERT"), and distances to a teacher's vectors."""

from __future__ import annotations

import torch

LARGEST_GAP = 2.0  # in standard deviations of the teachers: wider gaps weigh no more
LEAST_GAP = 0.3  # narrower ones are noise


def cosent(scores: torch.Tensor, grades: torch.Tensor) -> torch.Tensor:
    """log(1 + the sum of e^(lower - higher)) over every two pairs, `higher` the one with the better grade."""
    gaps = scores[:, None] - scores[None, :]
    wrong = gaps[grades[:, None] < grades[None, :]]
    return torch.logsumexp(torch.cat([scores.new_zeros(1), wrong]), 0)


def soft_cosent(scores: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """CoSENT for a teacher's scores in place of grades: two pairs weigh as their gap, near ones nothing."""
    gaps = wanted[None, :] - wanted[:, None]
    counted = gaps > LEAST_GAP
    wrong = (scores[:, None] - scores[None, :])[counted] + gaps[counted].clamp(max=LARGEST_GAP).log()
    return torch.logsumexp(torch.cat([scores.new_zeros(1), wrong]), 0)


def graded_loss(
    table: torch.Tensor, owner: torch.Tensor, grades: torch.Tensor, own_share: float, others_share: float
) -> torch.Tensor:
    """The weighed sum of three terms of CoSENT over a batch of qualifications, each with its graded snippets.

    `table` has the scaled cosine of every qualification with every snippet, `owner` the qualification that a
    snippet was found for. The terms: over all graded pairs; over each qualification's own, the mean; and
    evidence above any snippet found for another qualification.
    """
    count = len(table)
    found = owner[None, :] == torch.arange(count)[:, None]
    scores, others = table.T[found.T], table[~found]
    evidence = scores[grades >= 2]
    own = torch.stack([cosent(scores[owner == i], grades[owner == i]) for i in range(count)]).mean()
    against_others = cosent(
        torch.cat([evidence, others]), torch.cat([torch.ones(len(evidence)), torch.zeros(len(others))])
    )
    all_share = 1 - own_share - others_share
    return all_share * cosent(scores, grades) + own_share * own + others_share * against_others


def distance(rows: torch.Tensor, teacher: torch.Tensor) -> torch.Tensor:
    """The mean of 1 - cosine between unit rows and the teacher's."""
    return (1 - (rows * teacher).sum(1)).mean()

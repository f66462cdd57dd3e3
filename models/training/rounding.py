"""Training with the rounding that the shipped model computes with, so that it learns to bear it.

Jacob et al. 2018, "Quantization and training of neural networks for efficient integer-arithmetic-only
inference": the forward pass rounds, the backward pass does as if it had not (a straight-through estimate).
Weights are rounded as models/bert_graph.py stores them, inputs as ONNX Runtime's DynamicQuantizeLinear does,
with one scale for a text.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from torch.nn.functional import linear
from transformers import BertModel

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from bert_graph import LARGEST

STEPS = 255  # of an input: eight bits, all positive


def whole(values: torch.Tensor) -> torch.Tensor:
    """The nearest whole numbers, with the gradient of the numbers themselves."""
    return values + (values.round() - values).detach()


class Rounded(torch.nn.Module):
    """A linear layer with rounded weights and inputs. `tokens` says which places of its input are text."""

    tokens: torch.Tensor  # (texts, length, 1) bool, of the batch at hand; padding sets no scale

    def __init__(self, layer: torch.nn.Linear) -> None:
        super().__init__()
        self.weight, self.bias = layer.weight, layer.bias

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """What the layer computes in whole numbers, with gradients as if nothing had been rounded."""
        scale = (self.weight.detach().abs().amax(1, keepdim=True) / LARGEST).clamp_min(1e-8)
        text = values.detach().masked_fill(~Rounded.tokens, 0.0)
        least, most = text.amin((1, 2), keepdim=True), text.amax((1, 2), keepdim=True)
        step = ((most.clamp_min(0) - least.clamp_max(0)) / STEPS).clamp_min(1e-8)
        zero = (-least.clamp_max(0) / step).round()
        numbers = (whole(values / step) + zero).clamp(0, STEPS)
        return linear((numbers - zero) * step, whole(self.weight / scale) * scale, self.bias)


def round_layers(model: BertModel) -> None:
    """Replace the linear layers of every transformer layer; their weights keep their names."""
    for layer in model.encoder.layer:
        own = layer.attention.self
        for part in ("query", "key", "value"):
            setattr(own, part, Rounded(getattr(own, part)))
        for holder in (layer.attention.output, layer.intermediate, layer.output):
            holder.dense = Rounded(holder.dense)

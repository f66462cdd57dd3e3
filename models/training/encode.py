"""Texts through a BERT with gradients: token ids, mean pooling, unit rows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rounding import Rounded
from safetensors.torch import save_file
from transformers import AutoTokenizer, BertModel, PreTrainedTokenizerBase

CHUNK = 16  # texts of like length encoded together: padding costs as much as words


class Encoder(torch.nn.Module):
    """A BERT's mean over the tokens of a text. `max_tokens` cuts texts in training only."""

    def __init__(
        self, folder: Path, max_tokens: int, layers: Sequence[int] | None = None, inner: int = 0
    ) -> None:
        """The weights of a sentence-transformers folder; where `layers` are given, of these only, in that
        order, and of their feed-forward units the `inner` with the greatest weights."""
        super().__init__()
        self.tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(folder)
        # A student copies what its teacher computes: nothing is dropped.
        kept = {} if layers is None else {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
        self.bert = BertModel.from_pretrained(folder, add_pooling_layer=False, **kept)
        self.max_tokens = max_tokens
        if layers is not None:
            self.bert.encoder.layer = torch.nn.ModuleList([self.bert.encoder.layer[i] for i in layers])
            self.bert.config.num_hidden_layers = len(layers)
            for layer in self.bert.encoder.layer:
                _narrow(layer.intermediate.dense, layer.output.dense, inner)
            self.bert.config.intermediate_size = inner

    def forward(self, texts: Sequence[str]) -> torch.Tensor:
        """Unit rows with gradients, (n, dim), in the order of `texts`; computed by length, shortest first."""
        order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))
        rows = [self._rows([texts[i] for i in order[at : at + CHUNK]]) for at in range(0, len(order), CHUNK)]
        return torch.cat(rows)[torch.tensor(order).argsort()]

    def _rows(self, texts: list[str]) -> torch.Tensor:
        told = self.tokenizer(
            texts, padding=True, truncation=True, max_length=self.max_tokens, return_tensors="pt"
        )
        tokens = told["attention_mask"][..., None]
        Rounded.tokens = tokens.bool()
        hidden = self.bert(**told).last_hidden_state
        return torch.nn.functional.normalize((hidden * tokens).sum(1) / tokens.sum(1), dim=1)

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows without gradients, (n, dim) float32."""
        self.eval()
        with torch.no_grad():
            return np.vstack([self(texts[at : at + 512]).numpy() for at in range(0, len(texts), 512)])

    def save(self, folder: Path, like: Path) -> None:
        """Write a sentence-transformers folder: `like`'s tokenizer and pooling with these weights."""
        part = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(like, part)
        config = json.loads((like / "config.json").read_text("utf-8"))
        for name in ("num_hidden_layers", "intermediate_size"):
            config[name] = getattr(self.bert.config, name)
        (part / "config.json").write_text(json.dumps(config, indent=2) + "\n", "utf-8")
        weights = {name: value.contiguous() for name, value in self.bert.state_dict().items()}
        save_file(weights, str(part / "model.safetensors"), {"format": "pt"})
        part.replace(folder)


def _narrow(into: torch.nn.Linear, out: torch.nn.Linear, count: int) -> None:
    """Keep the `count` hidden units whose weights in and out have the greatest product of norms."""
    with torch.no_grad():
        size = into.weight.norm(dim=1) * out.weight.norm(dim=0)
        kept = size.argsort(descending=True, stable=True)[:count].sort().values
        into.weight = torch.nn.Parameter(into.weight[kept].clone())
        into.bias = torch.nn.Parameter(into.bias[kept].clone())
        out.weight = torch.nn.Parameter(out.weight[:, kept].clone())
    into.out_features = out.in_features = len(kept)

"""A BERT sentence encoder's weights as one ONNX graph: token ids in, unit rows out.

The graph is written node by node instead of traced from PyTorch: it holds exactly the operations of the
paper (Devlin et al. 2019) plus mean pooling and L2 normalisation, in the fused forms that ONNX Runtime runs
(`Attention`, `SkipLayerNormalization`, `BiasGelu`), and it needs no torch to build.

Weights are stored as fp16 and widened to fp32 by a `Cast` that ONNX Runtime folds away when a session is
built, so all arithmetic is fp32. The word table alone stays fp16 in memory, since only the rows that are
looked up are widened: 23 MB less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

_CONTRIB = "com.microsoft"  # ONNX Runtime's own operators
_OPSET, _CONTRIB_OPSET, _IR_VERSION = 18, 1, 9  # read by ONNX Runtime 1.17 and later

Array = NDArray[Any]
Weights = Mapping[str, Array]


@dataclass
class _Graph:
    """Nodes and initialisers in the making; each method returns the name of the value it adds."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    initialisers: list[onnx.TensorProto] = field(default_factory=list)

    def op(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        value = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [value], domain=domain, **attributes))
        return value

    def constant(self, name: str, value: Array) -> str:
        self.initialisers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str, value: Array) -> str:
        return self.op("Cast", self.constant(name, half(value)), to=TensorProto.FLOAT)


def half(value: Array) -> Array:
    """`value` as fp16. Raises ValueError when a weight does not fit its range."""
    narrow = value.astype(np.float16)
    if not np.isfinite(narrow).all():
        raise ValueError(f"A weight of {np.abs(value).max():.3g} is over fp16's largest number, 65504.")
    return narrow


def build(weights: Weights, config: Mapping[str, Any]) -> onnx.ModelProto:
    """The encoder as a checked ONNX model.

    Inputs `input_ids` and `attention_mask`, both (batch, length) int64, every row with at least one
    attended token; output `embedding`, (batch, hidden size) float32 unit rows. `weights` and `config` are
    those of a Hugging Face `BertModel`. Raises ValueError for an architecture other than BERT with GELU.
    """
    if config["model_type"] != "bert" or config["hidden_act"] != "gelu":
        raise ValueError(f"Expected BERT with GELU, not {config['model_type']} with {config['hidden_act']}.")
    graph = _Graph()
    hidden = _embeddings(graph, weights, config)
    attended = graph.op("Cast", "attention_mask", to=TensorProto.INT32)
    for number in range(config["num_hidden_layers"]):
        hidden = _layer(graph, hidden, attended, f"encoder.layer.{number}.", weights, config)
    _pool(graph, hidden)
    size = config["hidden_size"]
    shape = ["batch", "length"]
    proto = helper.make_graph(
        graph.nodes,
        "sentence_encoder",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, shape)
            for name in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", size])],
        graph.initialisers,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, _CONTRIB_OPSET)]
    model = helper.make_model(proto, opset_imports=opsets, ir_version=_IR_VERSION)
    onnx.checker.check_model(model)
    return model


def _embeddings(graph: _Graph, weights: Weights, config: Mapping[str, Any]) -> str:
    """Word + position + segment embeddings, normalised. The one segment in use is added to the positions."""
    words = graph.constant("word_embeddings", half(weights["embeddings.word_embeddings.weight"]))
    found = graph.op("Cast", graph.op("Gather", words, "input_ids"), to=TensorProto.FLOAT)
    positions = graph.weight(
        "position_embeddings",
        weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
    )
    zero = graph.constant("zero", np.array([0]))
    length = graph.op("Shape", "input_ids", start=1, end=2)
    total = graph.op("Add", found, graph.op("Slice", positions, zero, length, zero))
    return graph.op(
        "LayerNormalization",
        total,
        *_norm(graph, weights, "embeddings.LayerNorm"),
        epsilon=config["layer_norm_eps"],
        axis=-1,
    )


def _layer(
    graph: _Graph, hidden: str, attended: str, name: str, weights: Weights, config: Mapping[str, Any]
) -> str:
    """One transformer layer: self-attention, then the feed-forward network, each with its residual."""
    parts = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
    context = graph.op(
        "Attention",
        hidden,
        graph.weight(f"{name}qkv.weight", np.concatenate([weights[f"{p}.weight"].T for p in parts], axis=1)),
        graph.weight(f"{name}qkv.bias", np.concatenate([weights[f"{p}.bias"] for p in parts])),
        attended,
        domain=_CONTRIB,
        num_heads=config["num_attention_heads"],
    )

    def product(value: str, linear: str) -> str:
        return graph.op("MatMul", value, graph.weight(f"{linear}.weight", weights[f"{linear}.weight"].T))

    def residual(value: str, skipped: str, linear: str, norm: str) -> str:
        return graph.op(
            "SkipLayerNormalization",
            value,
            skipped,
            *_norm(graph, weights, norm),
            graph.weight(f"{linear}.bias", weights[f"{linear}.bias"]),
            domain=_CONTRIB,
            epsilon=config["layer_norm_eps"],
        )

    linear = f"{name}attention.output.dense"
    hidden = residual(product(context, linear), hidden, linear, f"{name}attention.output.LayerNorm")
    inner = f"{name}intermediate.dense"
    bias = graph.weight(f"{inner}.bias", weights[f"{inner}.bias"])
    wide = graph.op("BiasGelu", product(hidden, inner), bias, domain=_CONTRIB)
    linear = f"{name}output.dense"
    return residual(product(wide, linear), hidden, linear, f"{name}output.LayerNorm")


def _norm(graph: _Graph, weights: Weights, name: str) -> tuple[str, str]:
    """Scale and shift of a layer normalisation."""
    return tuple(graph.weight(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias"))  # type: ignore[return-value]


def _pool(graph: _Graph, hidden: str) -> None:
    """The mean over attended tokens, divided by its length: the output `embedding`."""
    mask = graph.op("Cast", "attention_mask", to=TensorProto.FLOAT)
    mask = graph.op("Unsqueeze", mask, graph.constant("last", np.array([2])))
    tokens = graph.constant("tokens", np.array([1]))
    total = graph.op("ReduceSum", graph.op("Mul", hidden, mask), tokens, keepdims=0)
    mean = graph.op("Div", total, graph.op("ReduceSum", mask, tokens, keepdims=0))
    norm = graph.op("ReduceL2", mean, tokens, keepdims=1)
    graph.nodes.append(helper.make_node("Div", [mean, norm], ["embedding"]))

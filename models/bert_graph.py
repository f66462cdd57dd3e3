"""A BERT sentence encoder's weights as one ONNX graph: the token ids of one text in, its unit row out.

The graph is written node by node instead of traced from PyTorch: it holds exactly the operations of the
paper (Devlin et al. 2019) plus mean pooling and L2 normalisation, in the fused forms that ONNX Runtime runs
(`Attention`, `LayerNormalization`, `BiasGelu`), and it needs no torch to build. One text a run, without
padding: nothing about a row can then depend on the texts beside it, and no attention mask is needed.

Two precisions. "fp32": weights are stored as fp16 and widened by a `Cast` that ONNX Runtime folds away when a
session is built, so all arithmetic is fp32. "int8": the weights of the linear layers are whole numbers with
one scale for each output, and their inputs are rounded to whole numbers with one scale for the text
(`DynamicQuantizeLinear`); sums of whole numbers are exact in any order.
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

# Whole-number weights reach from -63 to 63: with 8 bits, processors without VNNI saturate the sum of two
# products in 16 bits (ONNX Runtime's documentation calls the remedy "reduce range") and give other rows.
LARGEST = 63

Array = NDArray[Any]
Weights = Mapping[str, Array]


@dataclass
class _Graph:
    """Nodes and initialisers in the making; each method returns the name of the value it adds."""

    int8: bool
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

    def whole(self, name: str, value: Array) -> tuple[str, str, str]:
        """A matrix (inputs, outputs) as int8, the scale of each output, and their zero points, all 0."""
        numbers, scales = rounded(value)
        return (
            self.constant(name, numbers),
            self.constant(f"{name}.scale", scales),
            self.constant(f"{name}.zero", np.zeros(len(scales), dtype=np.int8)),
        )

    def product(self, value: str, name: str, matrix: Array, bias: str = "") -> str:
        """`value` times a matrix of shape (inputs, outputs), plus the value named `bias`, if any."""
        if not self.int8:
            product = self.op("MatMul", value, self.weight(name, matrix))
            return self.op("Add", product, bias) if bias else product
        inputs = (value, *self.whole(name, matrix), bias)
        return self.op("DynamicQuantizeMatMul", *inputs, domain=_CONTRIB)

    def attention(self, value: str, name: str, matrix: Array, bias: Array, heads: int) -> str:
        """Self-attention; `matrix` and `bias` are those of query, key and value side by side."""
        told = self.weight(f"{name}.bias", bias)
        if not self.int8:
            weights = self.weight(f"{name}.weight", matrix)
            return self.op("Attention", value, weights, told, domain=_CONTRIB, num_heads=heads)
        numbers, scales, zeros = self.whole(f"{name}.weight", matrix)
        small, scale, zero = (f"{name}.input{part}" for part in ("", ".scale", ".zero"))
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [value], [small, scale, zero]))
        inputs = (small, numbers, told, scale, scales, "", zero, zeros)
        return self.op("QAttention", *inputs, domain=_CONTRIB, num_heads=heads)


def half(value: Array) -> Array:
    """`value` as fp16. Raises ValueError when a weight does not fit its range."""
    narrow = value.astype(np.float16)
    if not np.isfinite(narrow).all():
        raise ValueError(f"A weight of {np.abs(value).max():.3g} is over fp16's largest number, 65504.")
    return narrow


def rounded(matrix: Array) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix (inputs, outputs) as whole numbers from -63 to 63, and the float32 scale of each output."""
    scales = np.maximum(np.abs(matrix).max(axis=0) / LARGEST, 1e-8).astype(np.float32)
    return np.rint(matrix / scales).astype(np.int8), scales


def build(weights: Weights, config: Mapping[str, Any], precision: str = "fp32") -> onnx.ModelProto:
    """The encoder as a checked ONNX model of `precision` "fp32" or "int8".

    Input `input_ids`, (texts, length) int64, meant for one text: several must have the same number of tokens,
    and in int8 share a scale. Output `embedding`, (texts, hidden size) float32, unit rows. `weights` and
    `config` are those of a Hugging Face `BertModel`. Raises ValueError for an architecture other
    than BERT with GELU.
    """
    if config["model_type"] != "bert" or config["hidden_act"] != "gelu":
        raise ValueError(f"Expected BERT with GELU, not {config['model_type']} with {config['hidden_act']}.")
    graph = _Graph(precision == "int8")
    hidden = _embeddings(graph, weights, config)
    for number in range(config["num_hidden_layers"]):
        hidden = _layer(graph, hidden, f"encoder.layer.{number}.", weights, config)
    _pool(graph, hidden)
    proto = helper.make_graph(
        graph.nodes,
        "sentence_encoder",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "length"])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["texts", config["hidden_size"]])],
        graph.initialisers,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, _CONTRIB_OPSET)]
    model = helper.make_model(proto, opset_imports=opsets, ir_version=_IR_VERSION)
    onnx.checker.check_model(model)
    return model


def _embeddings(graph: _Graph, weights: Weights, config: Mapping[str, Any]) -> str:
    """Word + position + segment embeddings, normalised. The one segment in use is added to the positions.

    The word table stays fp16 in memory: only the rows that are looked up are widened.
    """
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


def _layer(graph: _Graph, hidden: str, name: str, weights: Weights, config: Mapping[str, Any]) -> str:
    """One transformer layer: self-attention, then the feed-forward network, each with its residual."""
    parts = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
    context = graph.attention(
        hidden,
        f"{name}qkv",
        np.concatenate([weights[f"{p}.weight"].T for p in parts], axis=1),
        np.concatenate([weights[f"{p}.bias"] for p in parts]),
        config["num_attention_heads"],
    )

    def parts_of(linear: str) -> tuple[str, Array, str]:
        bias = graph.weight(f"{linear}.bias", weights[f"{linear}.bias"])
        return f"{linear}.weight", weights[f"{linear}.weight"].T, bias

    def residual(value: str, skipped: str, linear: str, norm: str) -> str:
        # Two nodes: the fused SkipLayerNormalization took twice as long (19 tokens, ONNX Runtime 1.31).
        total = graph.op("Add", graph.product(value, *parts_of(linear)), skipped)
        scale, shift = _norm(graph, weights, norm)
        epsilon = config["layer_norm_eps"]
        return graph.op("LayerNormalization", total, scale, shift, epsilon=epsilon, axis=-1)

    hidden = residual(context, hidden, f"{name}attention.output.dense", f"{name}attention.output.LayerNorm")
    weight, matrix, bias = parts_of(f"{name}intermediate.dense")
    wide = graph.op("BiasGelu", graph.product(hidden, weight, matrix), bias, domain=_CONTRIB)
    return residual(wide, hidden, f"{name}output.dense", f"{name}output.LayerNorm")


def _norm(graph: _Graph, weights: Weights, name: str) -> tuple[str, str]:
    """Scale and shift of a layer normalisation."""
    return tuple(graph.weight(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias"))  # type: ignore[return-value]


def _pool(graph: _Graph, hidden: str) -> None:
    """The mean over the tokens, divided by its length: the output `embedding`."""
    tokens = graph.constant("tokens", np.array([1]))
    mean = graph.op("ReduceMean", hidden, tokens, keepdims=0)
    norm = graph.op("ReduceL2", mean, tokens, keepdims=1)
    graph.nodes.append(helper.make_node("Div", [mean, norm], ["embedding"]))

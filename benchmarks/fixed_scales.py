"""A whole-number graph whose inputs have scales fixed beforehand, as an alternative to one scale a text."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper

STEPS = 255  # of an input: eight bits


def fixed_scales(model: onnx.ModelProto, tokens: Sequence[Sequence[int]]) -> onnx.ModelProto:
    """`model`, an int8 graph of models/bert_graph.py, with the scale of each input fixed to the range that it
    has over the texts of `tokens` (static quantisation)."""
    changing = ("DynamicQuantizeLinear", "DynamicQuantizeMatMul")
    values = [node.input[0] for node in model.graph.node if node.op_type in changing]
    least, most = _ranges(model, values, tokens)
    nodes: list[onnx.NodeProto] = []
    added: list[onnx.TensorProto] = []
    for node in model.graph.node:
        if node.op_type not in changing:
            nodes.append(node)
            continue
        value = node.input[0]
        step = (most[value] - least[value]) / STEPS
        scale, zero = f"{node.output[0]}.fixed_scale", f"{node.output[0]}.fixed_zero"
        added.append(numpy_helper.from_array(np.float32(step), scale))
        added.append(numpy_helper.from_array(np.uint8(round(-least[value] / step)), zero))
        if node.op_type == "DynamicQuantizeLinear":
            nodes.append(helper.make_node("QuantizeLinear", [value, scale, zero], [node.output[0]]))
            nodes.append(helper.make_node("Identity", [scale], [node.output[1]]))
            nodes.append(helper.make_node("Identity", [zero], [node.output[2]]))
            continue
        small = f"{node.output[0]}.small"
        nodes.append(helper.make_node("QuantizeLinear", [value, scale, zero], [small]))
        bias = list(node.input[4:5])
        inputs = [small, node.input[1], scale, node.input[2], zero, node.input[3], *bias]
        nodes.append(
            helper.make_node("MatMulIntegerToFloat", inputs, list(node.output), domain="com.microsoft")
        )
    fixed = copy.deepcopy(model)
    del fixed.graph.node[:]
    fixed.graph.node.extend(nodes)
    fixed.graph.initializer.extend(added)
    return fixed


def _ranges(
    model: onnx.ModelProto, values: Sequence[str], tokens: Sequence[Sequence[int]]
) -> tuple[dict[str, float], dict[str, float]]:
    """The least and greatest number of each value over the texts, 0 among them."""
    seen = copy.deepcopy(model)
    seen.graph.output.extend(helper.make_tensor_value_info(value, 1, None) for value in values)
    session = onnxruntime.InferenceSession(seen.SerializeToString(), providers=["CPUExecutionProvider"])
    least, most = dict.fromkeys(values, 0.0), dict.fromkeys(values, 0.0)
    for ids in tokens:
        for value, found in zip(
            values, session.run(list(values), {"input_ids": np.array([ids])}), strict=True
        ):
            least[value] = min(least[value], float(found.min()))
            most[value] = max(most[value], float(found.max()))
    return least, most

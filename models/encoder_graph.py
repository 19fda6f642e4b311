"""Writes the graphs that `models.onnx_encoder` and `models.readings` run: `python -m models.encoder_graph`.

The encoder's has no weights. It is the same for every fine-tuning of e5-small; the weights are given to ONNX Runtime
when a folder is loaded.
"""

from typing import Any

import onnx
from onnx import TensorProto, helper

from models.onnx_encoder import GRAPH, HEADS, HIDDEN, LAYERS, NORM_EPSILON, shapes
from models.readings import BLOCK, PRODUCT, PRODUCT_ZERO

_OPSET, _FUSED = 17, "com.microsoft"


class _Builder:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []

    def add(self, kind: str, inputs: list[str], name: str, *, outputs: int = 1, **settings: Any) -> list[str]:
        domain = "" if kind in ("Shape", "Slice", "Add", "LayerNormalization", "MatMul", "Split") else _FUSED
        names = [name] if outputs == 1 else [f"{name}.{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=name, domain=domain, **settings))
        return names


def build() -> onnx.ModelProto:
    """A model (words: float texts × pieces × `HIDDEN`, mask: int32 texts × pieces) → hidden: as words.

    Operators that ONNX Runtime has fused take the biases, so that a layer is eight nodes.
    """
    made = _Builder()
    made.add("Shape", ["mask"], "length", start=1, end=2)
    made.add("Slice", ["places", "zero", "length", "zero"], "place")
    made.add("Add", ["words", "place"], "placed")
    made.add("LayerNormalization", ["placed", "first.weight", "first.bias"], "embedded", epsilon=NORM_EPSILON)
    hidden = "embedded"
    for layer in range(LAYERS):
        hidden = _layer(made, str(layer), hidden, "hidden" if layer == LAYERS - 1 else f"{layer}.out")
    shape = ["texts", "pieces"]
    zero = helper.make_tensor("zero", TensorProto.INT64, [1], [0])
    graph = helper.make_graph(
        made.nodes,
        "encoder",
        [
            helper.make_tensor_value_info("words", TensorProto.FLOAT, [*shape, HIDDEN]),
            helper.make_tensor_value_info("mask", TensorProto.INT32, shape),
        ],
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [*shape, HIDDEN])],
        [zero, *(_outside(name, size) for name, size in shapes().items())],
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="spana")


def _outside(name: str, size: tuple[int, ...]) -> onnx.TensorProto:
    """A constant whose values come when the graph is loaded."""
    tensor = onnx.TensorProto(name=name, data_type=TensorProto.FLOAT, dims=size, data_location=TensorProto.EXTERNAL)
    tensor.external_data.add(key="location", value="weights")
    return tensor


def _layer(made: _Builder, layer: str, hidden: str, out: str) -> str:
    made.add("MatMul", [hidden, f"{layer}.joint.weight"], f"{layer}.joint")
    parts = made.add("Split", [f"{layer}.joint"], f"{layer}.part", outputs=3, axis=2)
    made.add("MultiHeadAttention", [*parts, f"{layer}.joint.bias", "mask"], f"{layer}.seen", num_heads=HEADS)
    made.add("MatMul", [f"{layer}.seen", f"{layer}.after.weight"], f"{layer}.after")
    middle = _norm(made, layer, "middle", f"{layer}.after", hidden, f"{layer}.middle")
    made.add("MatMul", [middle, f"{layer}.wide.weight"], f"{layer}.wide")
    made.add("BiasGelu", [f"{layer}.wide", f"{layer}.wide.bias"], f"{layer}.curved")
    made.add("MatMul", [f"{layer}.curved", f"{layer}.narrow.weight"], f"{layer}.narrow")
    return _norm(made, layer, "last", f"{layer}.narrow", middle, out)


def _norm(made: _Builder, layer: str, norm: str, source: str, skip: str, out: str) -> str:
    bias = f"{source}.bias"
    inputs = [source, skip, f"{layer}.{norm}.weight", f"{layer}.{norm}.bias", bias]
    return made.add("SkipLayerNormalization", inputs, out, epsilon=NORM_EPSILON)[0]


def build_product() -> onnx.ModelProto:
    """A model (found: uint8 m × d, asked: uint8 d × k) → near: int32 m / `BLOCK` × k, the greatest products of each
    block, where both are `PRODUCT_ZERO` more than they mean. Of signed bytes processors may lose the highest bits."""
    zero = helper.make_tensor("zero", TensorProto.UINT8, [], [PRODUCT_ZERO])
    block = helper.make_tensor("block", TensorProto.INT64, [2], [-1, BLOCK])
    graph = helper.make_graph(
        [
            helper.make_node("MatMulInteger", ["found", "asked", "zero", "zero"], ["products"]),
            helper.make_node("Shape", ["products"], ["k"], start=1, end=2),
            helper.make_node("Concat", ["block", "k"], ["shape"], axis=0),
            helper.make_node("Reshape", ["products", "shape"], ["blocks"]),
            helper.make_node("ReduceMax", ["blocks"], ["near"], axes=[1], keepdims=0),
        ],
        "product",
        [
            helper.make_tensor_value_info("found", TensorProto.UINT8, ["m", "d"]),
            helper.make_tensor_value_info("asked", TensorProto.UINT8, ["d", "k"]),
        ],
        [helper.make_tensor_value_info("near", TensorProto.INT32, ["blocks", "k"])],
        [zero, block],
    )
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=10, producer_name="spana"
    )


if __name__ == "__main__":
    GRAPH.write_bytes(build().SerializeToString())
    PRODUCT.write_bytes(build_product().SerializeToString())

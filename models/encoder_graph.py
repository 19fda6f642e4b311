"""Writes the graphs that `models.onnx_encoder` and `models.readings` run: `python -m models.encoder_graph`.

The encoder's has no weights. It is the same for every fine-tuning of e5-small; the weights are given to ONNX Runtime
when a folder is loaded.
"""

from collections.abc import Callable, Sequence
from typing import Any

import onnx
from onnx import TensorProto, helper

from models.onnx_encoder import GRAPH, HEADS, HIDDEN, LAYERS, NORM_EPSILON, shapes
from models.readings import BLOCK, PRODUCT, PRODUCT_ZERO

OPSET, FUSED = 17, "com.microsoft"
"""ONNX's operators, and those of ONNX Runtime's own."""
_STANDARD = ("Shape", "Slice", "Add", "Mul", "LayerNormalization", "MatMul", "Split")


class Builder:
    """Nodes of a graph."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []

    def add(self, kind: str, inputs: list[str], name: str, *, outputs: int = 1, **settings: Any) -> list[str]:
        """Add a node; the names of what it gives."""
        domain = "" if kind in _STANDARD else FUSED
        names = [name] if outputs == 1 else [f"{name}.{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=name, domain=domain, **settings))
        return names


def build() -> onnx.ModelProto:
    """A model (words: float texts × pieces × `HIDDEN`, mask: int32 texts × pieces) → hidden: as words.

    Operators that ONNX Runtime has fused take the biases, so that a layer is eight nodes.
    """
    made = Builder()
    made.add("Shape", ["mask"], "length", start=1, end=2)
    made.add("Slice", ["places", "zero", "length", "zero"], "place")
    made.add("Add", ["words", "place"], "placed")
    made.add("LayerNormalization", ["placed", "first.weight", "first.bias"], "embedded", epsilon=NORM_EPSILON)
    hidden = "embedded"
    for number in range(LAYERS):
        out = "hidden" if number == LAYERS - 1 else f"{number}.out"
        hidden = layer(made, str(number), hidden, out, seen=["mask"])
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
        [zero, *(outside(name, size) for name, size in shapes().items())],
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="spana")


def outside(name: str, size: tuple[int, ...], kind: int = TensorProto.FLOAT) -> onnx.TensorProto:
    """A constant whose values come when the graph is loaded."""
    tensor = onnx.TensorProto(name=name, data_type=kind, dims=size, data_location=TensorProto.EXTERNAL)
    tensor.external_data.add(key="location", value="weights")
    return tensor


def _multiply(made: Builder, source: str, name: str) -> str:
    return made.add("MatMul", [source, f"{name}.weight"], name)[0]


def layer(
    made: Builder, name: str, hidden: str, out: str, *, seen: Sequence[str], multiply: Callable[..., str] = _multiply
) -> str:
    """A layer of the encoder. `seen`: what the attention is given besides; `multiply` writes products with weights."""
    multiply(made, hidden, f"{name}.joint")
    parts = made.add("Split", [f"{name}.joint"], f"{name}.part", outputs=3, axis=2)
    made.add("MultiHeadAttention", [*parts, f"{name}.joint.bias", *seen], f"{name}.seen", num_heads=HEADS)
    multiply(made, f"{name}.seen", f"{name}.after")
    middle = _norm(made, name, "middle", f"{name}.after", hidden, f"{name}.middle")
    multiply(made, middle, f"{name}.wide")
    made.add("BiasGelu", [f"{name}.wide", f"{name}.wide.bias"], f"{name}.curved")
    multiply(made, f"{name}.curved", f"{name}.narrow")
    return _norm(made, name, "last", f"{name}.narrow", middle, out)


def _norm(made: Builder, layer: str, norm: str, source: str, skip: str, out: str) -> str:
    inputs = [source, skip, f"{layer}.{norm}.weight", f"{layer}.{norm}.bias", f"{source}.bias"]
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
        graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10, producer_name="spana"
    )


if __name__ == "__main__":
    GRAPH.write_bytes(build().SerializeToString())
    PRODUCT.write_bytes(build_product().SerializeToString())

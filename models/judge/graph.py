"""Writes the graph that `models.judge.judge` runs: `python -m models.judge.graph`. It has no weights of its own."""

import onnx
from onnx import TensorProto, helper

from models.encoder_graph import FUSED, OPSET, Builder, layer, outside
from models.judge.judge import APART, GRAPH, PRODUCTS, shapes
from models.onnx_encoder import HIDDEN, LAYERS, NORM_EPSILON


def build() -> onnx.ModelProto:
    """A model (words: float 1 × pieces × `HIDDEN`; apart: float 1 × 1 × pieces × pieces, added to what the first
    `APART` layers attend to; passage: float 1 × pieces × 1, 1 where a piece is the passage's) → hidden: as words."""
    made = Builder()
    made.add("LayerNormalization", ["words", "first.weight", "first.bias"], "embedded", epsilon=NORM_EPSILON)
    hidden = "embedded"
    for number in range(LAYERS):
        if number == APART:
            made.add("Mul", ["passage", "mark"], "marks")
            hidden = made.add("Add", [hidden, "marks"], "marked")[0]
        seen = ["", "apart"] if number < APART else []
        out = "hidden" if number == LAYERS - 1 else f"{number}.out"
        hidden = layer(made, str(number), hidden, out, seen=seen, multiply=_multiply)
    row: list[str | int | None] = [1, "pieces", HIDDEN]
    graph = helper.make_graph(
        made.nodes,
        "judge",
        [
            helper.make_tensor_value_info("words", TensorProto.FLOAT, row),
            helper.make_tensor_value_info("apart", TensorProto.FLOAT, [1, 1, "pieces", "pieces"]),
            helper.make_tensor_value_info("passage", TensorProto.FLOAT, [1, "pieces", 1]),
        ],
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, row)],
        [outside(name, size, _kind(name)) for name, size in shapes().items()],
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="spana")


def _kind(name: str) -> int:
    whole = name.endswith(".weight") and name.split(".")[-2] in PRODUCTS
    return int(TensorProto.INT8 if whole else TensorProto.FLOAT)


def _multiply(made: Builder, source: str, name: str) -> str:
    made.add("Mul", [source, f"{name}.even"], f"{name}.evened")
    return made.add("DynamicQuantizeMatMul", [f"{name}.evened", f"{name}.weight", f"{name}.scale"], name)[0]


if __name__ == "__main__":
    GRAPH.write_bytes(build().SerializeToString())

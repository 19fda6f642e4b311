"""The classifier as an ONNX graph: matrices in 8 bits, word embeddings in 4, some operators of ONNX Runtime's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

BLOCK = 32
"""Word embeddings a scale: that of the 4-bit file the encoder comes from, so that they lose nothing."""
LARGEST = 127
"""Of a number of 8 bits; what comes into a matrix is stored with 128 added, as the integer product wants it."""
_OPSET, _FUSED = 17, "com.microsoft"

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Of the encoder."""

    hidden: int
    layers: int
    heads: int
    epsilon: float


class _Builder:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: Array) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(
        self, kind: str, inputs: list[str], name: str, *, domain: str = "", outputs: int = 1, **settings: Any
    ) -> list[str]:
        names = [name] if outputs == 1 else [f"{name}.{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=name, domain=domain, **settings))
        return names

    def linear(self, source: str, name: str, weight: Array, bias: Array) -> str:
        """`weight` (out, in): 8 bits with a scale for each row; what comes in gets a scale for each piece as it runs.

        So a sentence's names do not depend on the sentences read with it.
        """
        scale = np.maximum(np.abs(weight).max(axis=1), 1e-8) / LARGEST
        whole = np.rint(weight / scale[:, None]).astype(np.int8)
        size = self.add("Abs", [source], f"{name}.size")[0]
        largest = self.add("ReduceMax", [size], f"{name}.largest", axes=[-1], keepdims=1)[0]
        step = self.add("Mul", [largest, "least"], f"{name}.step")[0]
        even = self.add("Div", [source, step], f"{name}.even")[0]
        short = self.add("QuantizeLinear", [even, "one", "middle"], f"{name}.short")[0]
        matrix, scales = (
            self.constant(f"{name}.weight", whole.T),
            self.constant(f"{name}.scale", scale.astype(np.float32)),
        )
        product = self.add(
            "MatMulIntegerToFloat", [short, matrix, "one", scales, "middle"], f"{name}.product", domain=_FUSED
        )[0]
        scaled = self.add("Mul", [product, step], f"{name}.scaled")[0]
        return self.add("Add", [scaled, self.constant(f"{name}.bias", bias)], name)[0]

    def norm(self, source: str, name: str, weight: Array, bias: Array, epsilon: float) -> str:
        inputs = [source, self.constant(f"{name}.weight", weight), self.constant(f"{name}.bias", bias)]
        return self.add("LayerNormalization", inputs, name, epsilon=epsilon)[0]


def build(tensors: Mapping[str, Array], sizes: Sizes) -> onnx.ModelProto:
    """A model (ids, mask: int64 and int32 of sentences × pieces) → scores (sentences × pieces × tags).

    `tensors` has the names of Hugging Face's `BertModel`, and `head.weight`, `head.bias`.
    """
    made = _Builder()
    made.constant("one", np.array(1, np.float32))
    made.constant("least", np.array(1 / LARGEST, np.float32))
    made.constant("middle", np.array(LARGEST + 1, np.uint8))
    hidden = _embeddings(made, tensors, sizes)
    for layer in range(sizes.layers):
        hidden = _layer(made, tensors, sizes, f"encoder.layer.{layer}", hidden)
    made.linear(hidden, "scores", tensors["head.weight"], tensors["head.bias"])
    shape = ["sentences", "pieces"]
    graph = helper.make_graph(
        made.nodes,
        "names",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, shape),
            helper.make_tensor_value_info("mask", TensorProto.INT32, shape),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [*shape, len(tensors["head.bias"])])],
        made.constants,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="spana")


def _embeddings(made: _Builder, tensors: Mapping[str, Array], sizes: Sizes) -> str:
    packed, scales = four_bits(tensors["embeddings.word_embeddings.weight"])
    table = helper.make_tensor("words", TensorProto.INT4, [len(packed), sizes.hidden], packed.tobytes(), raw=True)
    made.constants.append(table)
    inputs = ["words", "ids", made.constant("words.scale", scales)]
    words = made.add(
        "GatherBlockQuantized", inputs, "word", domain=_FUSED, gather_axis=0, quantize_axis=1, block_size=BLOCK
    )[0]
    places = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    made.constant("places", places.astype(np.float32))
    shape = made.add("Shape", ["ids"], "shape", start=1, end=2)[0]
    start, axis = made.constant("zero", np.array([0], np.int64)), made.constant("axis", np.array([0], np.int64))
    place = made.add("Slice", ["places", start, shape, axis], "place")[0]
    both = made.add("Add", [words, place], "placed")[0]
    norm = "embeddings.LayerNorm"
    return made.norm(both, "embedded", tensors[f"{norm}.weight"], tensors[f"{norm}.bias"], sizes.epsilon)


def four_bits(weights: Array) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Rows in blocks of 32 → (two 4-bit numbers a byte, the first in the low half; a scale a block).

    weight = (number − 8) × scale, as in the "Q4_0" that the encoder's file has: such weights come back as they are,
    because their largest one in size stands at −8.
    """
    blocks = weights.reshape(len(weights), -1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2)[:, :, None], axis=2)[:, :, 0]
    scales = np.where(largest == 0, 1.0, largest / -8)
    numbers = np.clip(np.rint(blocks / scales[:, :, None]) + 8, 0, 15).astype(np.uint8).reshape(len(weights), -1)
    numbers = numbers ^ 8  # two's complement of number − 8
    return numbers[:, 0::2] | numbers[:, 1::2] << 4, scales.astype(np.float32)


def _layer(made: _Builder, tensors: Mapping[str, Array], sizes: Sizes, name: str, hidden: str) -> str:
    def both(part: str) -> tuple[Array, Array]:
        return tensors[f"{name}.{part}.weight"], tensors[f"{name}.{part}.bias"]

    three = [both(f"attention.self.{part}") for part in ("query", "key", "value")]
    joint = made.linear(
        hidden,
        f"{name}.joint",
        np.concatenate([weight for weight, _ in three]),
        np.concatenate([bias for _, bias in three]),
    )
    parts = made.add("Split", [joint], f"{name}.parts", outputs=3, axis=2)
    seen = made.add("MultiHeadAttention", [*parts, "", "mask"], f"{name}.seen", domain=_FUSED, num_heads=sizes.heads)[0]
    after = made.linear(seen, f"{name}.after", *both("attention.output.dense"))
    beside = made.add("Add", [after, hidden], f"{name}.beside")[0]
    middle = made.norm(beside, f"{name}.middle", *both("attention.output.LayerNorm"), sizes.epsilon)
    wide = made.linear(middle, f"{name}.wide", *both("intermediate.dense"))
    curved = made.add("Gelu", [wide], f"{name}.curved", domain=_FUSED)[0]
    narrow = made.linear(curved, f"{name}.narrow", *both("output.dense"))
    below = made.add("Add", [narrow, middle], f"{name}.below")[0]
    return made.norm(below, f"{name}.out", *both("output.LayerNorm"), sizes.epsilon)

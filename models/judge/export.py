"""A trained network → the weights that `models.judge.judge` reads, with all products in 8 bits."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.judge.examples import Pieces
from models.judge.judge import APART, PRODUCTS, Array, rounded
from models.judge.network import Layer, Lower, Network, scores

EVENNESS = 0.8
"""How much of the unevenness of what is multiplied is moved to the weights: the least error of 0.4 to 0.9."""
_LEAST_SEEN, _LEAST_WEIGHT = 1e-3, 1e-4


def exported(
    network: Network, lower: Lower, pairs: Sequence[tuple[Pieces, Pieces]]
) -> dict[str, Array | NDArray[np.int8]]:
    """Weights by name. `pairs` of questions and passages tell how large the numbers are that are multiplied."""
    layers = dict(enumerate([*lower.layers, *network.layers]))
    seen = _largest(layers, network.eval(), lower, pairs)
    made: dict[str, Array | NDArray[np.int8]] = {}
    for number, layer in layers.items():
        for product in PRODUCTS:
            name, part = f"{number}.{product}", layer.get_submodule(product)
            weight = _array(part.weight).T
            made[f"{name}.even"] = even = _even(seen[name], weight)
            if number >= APART:
                made[f"{name}.weight"], made[f"{name}.scale"] = rounded(weight, even)
                made[f"{name}.bias"] = _array(part.bias)
        if number >= APART:
            for norm in ("middle", "last"):
                made |= {f"{number}.{norm}.{kind}": value for kind, value in _values(layer.get_submodule(norm))}
    made |= {f"head.first.{kind}": value for kind, value in _values(network.first)}
    made |= {f"head.last.{kind}": value for kind, value in _values(network.last)}
    return made | {"head.near": _array(network.near), "mark": _array(network.mark)}


def _even(seen: Array, weight: Array) -> Array:
    """(in): what the numbers that are multiplied are multiplied with first, as 16-bit floats hold it."""
    raised = np.maximum(seen, _LEAST_SEEN) ** EVENNESS
    by = raised / np.maximum(np.abs(weight).max(axis=1), _LEAST_WEIGHT) ** (1 - EVENNESS)
    return np.asarray(by.mean() / by, np.float16).astype(np.float32)


@torch.no_grad()
def _largest(
    layers: Mapping[int, Layer], network: Network, lower: Lower, pairs: Sequence[tuple[Pieces, Pieces]]
) -> dict[str, Array]:
    """By the name of a product, the largest number (in) that it was given."""
    largest: dict[str, Tensor] = {}

    def watch(name: str, part: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def look(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            found = given[0].abs().amax((0, 1))
            largest[name] = torch.maximum(largest[name], found) if name in largest else found

        return part.register_forward_pre_hook(look)

    held = [
        watch(f"{number}.{product}", layer.get_submodule(product))
        for number, layer in layers.items()
        for product in PRODUCTS
    ]
    lower.forget()
    for pair in pairs:  # One by one: what fills up shorter texts of a batch would count, too.
        scores(network, lower, [pair])
    for hook in held:
        hook.remove()
    return {name: value.numpy() for name, value in largest.items()}


def _values(part: nn.Module) -> Iterable[tuple[str, Array]]:
    return [(name, _array(own)) for name, own in part.named_parameters()]


def _array(tensor: object) -> Array:
    assert isinstance(tensor, Tensor)
    return np.asarray(tensor.detach().numpy(), np.float32)

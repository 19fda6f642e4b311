"""Average several trainings of one encoder: `python -m models.retriever.average DELTA… --base FOLDER --out FILE`.

The mean of weights fine-tuned from the same start is often better than each of them and costs nothing when searching
(Wortsman et al. 2022, "Model soups"). All must have been trained with the same `--late`, which is copied.
"""

import argparse
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch

from models.delta import apply_delta, save_delta
from models.e5_convert import LATE_FILE


def average(base: Mapping[str, torch.Tensor], deltas: Sequence[Path]) -> dict[str, torch.Tensor]:
    """The mean of `base` with each of the changes. Raises `DeltaError` for changes made to other weights."""
    every = [apply_delta(base, path) for path in deltas]
    return {name: torch.stack([tensors[name] for tensors in every]).mean(0) for name in base}


def main() -> None:
    """Average the changes and write what they come to."""
    from transformers import AutoModel

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("deltas", nargs="+", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="folder of the converted encoder, without training")
    parser.add_argument("--out", type=Path, required=True, help=f"file of the changes; {LATE_FILE} comes beside it")
    given = parser.parse_args()
    base = AutoModel.from_pretrained(str(given.base), dtype=torch.float32).state_dict()
    save_delta(base, average(base, given.deltas), given.out)
    shutil.copyfile(given.deltas[0].with_name(LATE_FILE), given.out.with_name(LATE_FILE))


if __name__ == "__main__":
    main()

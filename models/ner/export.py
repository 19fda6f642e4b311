"""Writes a trained classifier as the files that `models.ner.tagger` reads: `python -m models.ner.export --help`."""

import argparse
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from models.ner.graph import Sizes, build
from models.ner.model import Classifier, load_classifier
from models.ner.tagger import MODEL, TOKENIZER, WEIGHTS
from models.ner.vocabulary import corpus_texts, cut_tokenizer, used_pieces

LEAST = 1
"""A piece met so many times is kept."""


def export(model: Classifier, tokenizer: Tokenizer, kept: list[int], folder: Path) -> None:
    """Write model and tokenizer with the pieces `kept`."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {name.removeprefix("encoder."): tensor for name, tensor in _numbers(model).items()}
    words = "embeddings.word_embeddings.weight"
    tensors[words] = tensors[words][kept]
    config = model.encoder.config
    sizes = Sizes(config.hidden_size, config.num_hidden_layers, config.num_attention_heads, config.layer_norm_eps)
    (folder / MODEL).write_bytes(build(tensors, sizes).SerializeToString())
    (folder / TOKENIZER).write_text(cut_tokenizer(tokenizer.to_str(), kept), encoding="utf-8")


def _numbers(model: Classifier) -> dict[str, np.ndarray]:
    return {name: tensor.detach().float().numpy() for name, tensor in model.state_dict().items()}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the trained classifier")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of the encoder")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    kept = used_pieces(tokenizer, corpus_texts(given.shared), LEAST)
    export(load_classifier(given.model), tokenizer, kept, given.out)
    for path in sorted(given.out.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()

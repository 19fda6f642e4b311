"""Other people's taggers (`SPANA_NER_MODEL`): spaCy packages, and token classifiers from the hub or a folder."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from models.data_file import DATA, Table, read_table
from models.ner.scheme import Found
from models.ner.tagger import Tagger, TaggerError
from models.registry import Label

_BATCH = 32
_CERTAIN = 1.0
"""spaCy gives no confidence."""


class _Labels(Table):
    labels: Mapping[Label, tuple[str, ...]]


@cache
def label_of(foreign: str) -> Label | None:
    """Our label for another scheme's (`PRS` → PER); None when we have none."""
    for label, names in read_table(DATA / "ner_labels.yaml", _Labels).labels.items():
        if foreign.upper().removeprefix("B-").removeprefix("I-") in names:
            return label
    return None


class SpacyTagger:
    """The entities of a spaCy pipeline."""

    def __init__(self, nlp: Any, name: str) -> None:
        self.name = name
        self._nlp = nlp

    @property
    def fingerprint(self) -> str:
        """Of name, version and settings."""
        described = repr((self.name, self._nlp.meta.get("version"), sorted(self._nlp.config.to_str())))
        return hashlib.sha256(described.encode()).hexdigest()[:16]

    def tag(self, sentences: Sequence[str]) -> list[list[Found]]:
        """The names of each sentence, in order."""
        return [
            [
                Found(entity.start_char, entity.end_char, label, _CERTAIN)
                for entity in document.ents
                if (label := label_of(entity.label_)) is not None
            ]
            for document in self._nlp.pipe(sentences, batch_size=_BATCH)
        ]


class HubTagger:
    """A token classifier of the transformers library."""

    def __init__(self, classify: Any, name: str) -> None:
        self.name = name
        self._classify = classify

    @property
    def fingerprint(self) -> str:
        """Of name, settings and the classifying layer."""
        digest = hashlib.sha256(repr((self.name, self._classify.model.config.to_json_string())).encode())
        digest.update(self._classify.model.classifier.weight.detach().numpy().tobytes())
        return digest.hexdigest()[:16]

    def tag(self, sentences: Sequence[str]) -> list[list[Found]]:
        """The names of each sentence, in order."""
        found = self._classify(list(sentences), batch_size=_BATCH) if sentences else []
        return [
            [
                Found(int(row["start"]), int(row["end"]), label, float(row["score"]))
                for row in rows
                if (label := label_of(row["entity_group"])) is not None
            ]
            for rows in found
        ]


def load_foreign(model: str) -> Tagger:
    """Raises `TaggerError` when the model can be neither found nor fetched."""
    if (Path(model) / "meta.json").is_file() or (model.isidentifier() and find_spec(model) is not None):
        return _load_spacy(model)
    return _load_hub(model)


def _load_spacy(model: str) -> SpacyTagger:
    import spacy

    try:
        return SpacyTagger(spacy.load(model, exclude=["lemmatizer", "parser"]), Path(model).name)
    except (OSError, ValueError, ImportError) as error:
        raise TaggerError(_failure(model, error)) from error


def _load_hub(model: str) -> HubTagger:
    from transformers import pipeline

    try:
        made = pipeline("token-classification", model=model, aggregation_strategy="first", device="cpu")
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        raise TaggerError(_failure(model, error)) from error
    return HubTagger(made, Path(model).name if Path(model).is_dir() else model)


def _failure(model: str, error: Exception) -> str:
    return (
        f"Namnmodellen {model} finns varken som installerat spaCy-paket, som mapp eller på modellnavet "
        f"({type(error).__name__}); installera den, eller ta bort SPANA_NER_MODEL för den medföljande modellen."
    )

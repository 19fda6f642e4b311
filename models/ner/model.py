"""The token classifier: an encoder with one linear layer, and its loss over sentences annotated in part."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from models.ner.corpora import LABELS, Sentence
from models.ner.scheme import TAGS, first_pieces, tags, word_spans

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_PIECES = 160
"""Pieces read of a sentence; a longer one is cut."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as numbers: pieces, the first piece of each word, and the tags (bits over `TAGS`) it may have."""

    pieces: tuple[int, ...]
    firsts: tuple[int, ...]
    allowed: tuple[int, ...]


def encode(sentence: Sentence, tokenizer: "Tokenizer") -> Example:
    """A sentence for training. Where a label was not looked for, a word without a name may have it as well."""
    encoding = tokenizer.encode(sentence.text)
    words = word_spans(sentence.text)
    firsts = first_pieces(words, encoding.offsets)
    free = 1
    for label in LABELS:
        if label not in sentence.labels:
            free |= 1 << TAGS.index(f"B-{label}") | 1 << TAGS.index(f"I-{label}")
    masks = [1 << tag if tag else free for tag in tags(words, sentence.entities)]
    kept = [(first, mask) for first, mask in zip(firsts, masks, strict=True) if 0 < first < MAX_PIECES - 1]
    ids = encoding.ids if len(encoding.ids) <= MAX_PIECES else [*encoding.ids[: MAX_PIECES - 1], encoding.ids[-1]]
    return Example(tuple(ids), tuple(first for first, _ in kept), tuple(mask for _, mask in kept))


class Classifier(nn.Module):
    """Pieces → a score for each tag."""

    encoder: Any
    """A `BertModel`."""

    def __init__(self, encoder: nn.Module, width: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(width, len(TAGS))

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """(sentences, pieces) twice → (sentences, pieces, tags)."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return self.head(self.dropout(hidden))  # type: ignore[no-any-return]


def load_classifier(folder: Path, layers: int | None = None) -> Classifier:
    """An encoder's folder as a fresh classifier, with its first `layers` layers only, or a saved classifier."""
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
    if layers is not None:
        encoder.encoder.layer = encoder.encoder.layer[:layers]
        encoder.config.num_hidden_layers = layers
    model = Classifier(encoder, encoder.config.hidden_size)
    head = folder / "head.pt"
    if head.is_file():
        model.head.load_state_dict(torch.load(head, weights_only=True))
    return model


def save_classifier(model: Classifier, folder: Path) -> None:
    """So that `load_classifier` reads it; the tokenizer is not written."""
    folder.mkdir(parents=True, exist_ok=True)
    model.encoder.save_pretrained(folder)
    torch.save(model.head.state_dict(), folder / "head.pt")


def batch_tensors(examples: Sequence[Example], pad: int) -> tuple[Tensor, Tensor]:
    """(input_ids, attention_mask), filled up to the longest."""
    longest = max(len(example.pieces) for example in examples)
    ids = torch.full((len(examples), longest), pad)
    mask = torch.zeros((len(examples), longest), dtype=torch.long)
    for row, example in enumerate(examples):
        ids[row, : len(example.pieces)] = torch.tensor(example.pieces)
        mask[row, : len(example.pieces)] = 1
    return ids, mask


def loss(scores: Tensor, examples: Sequence[Example]) -> Tensor:
    """Mean over words of −log P(an allowed tag): the marginal likelihood of a partly annotated sentence."""
    rows = [row for row, example in enumerate(examples) for _ in example.firsts]
    columns = [first for example in examples for first in example.firsts]
    masks = torch.tensor([mask for example in examples for mask in example.allowed])
    allowed = (masks[:, None] >> torch.arange(len(TAGS))) & 1 == 1
    logs = torch.log_softmax(scores[rows, columns].float(), dim=-1)
    return -torch.logsumexp(logs.masked_fill(~allowed, -1e4), dim=-1).mean()

"""Trains the tagger: `python -m models.ner.train --help`, on general corpora and municipal sentences mixed."""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from models.ner.augment import vary
from models.ner.corpora import Sentence, Span, read_klintan, read_suc, read_uner
from models.ner.model import Classifier, Example, batch_tensors, encode, load_classifier, loss, save_classifier
from models.ner.municipal import held_out, municipal_sentences
from models.ner.swap import Pools, pools, swap
from models.registry import Label

TOKENS_A_BATCH = 900
EMPTY_KEPT = 0.4
"""Share of the general corpora's sentences without a name that are read at all."""
RARE: frozenset[Label] = frozenset({"DISTRICT", "LAW", "EVENT"})
"""Labels whose municipal sentences are read with other names twice more."""
WARM_UP = 0.08


@dataclass(frozen=True, slots=True)
class Settings:
    """How one phase learns."""

    epochs: int
    rate: float
    head_rate: float = 1e-3
    general_share: float = 0.4
    """Share of the general corpora that one epoch reads."""
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Material:
    """What is learned from."""

    general: Sequence[Sentence]
    municipal: Sequence[Sentence]
    names: Pools
    """To exchange for names in the municipal sentences."""


def general_sentences(corpora: Path) -> list[Sentence]:
    """The training parts of UNER Talbanken, klintan and SUC's hard sentences, countries and towns told the same way."""
    uner = list(read_uner(corpora / "uner-talbanken" / "sv_talbanken-ud-train.iob2"))
    klintan = list(read_klintan(corpora / "klintan-swedish-ner" / "train_corpus.txt"))
    suc = list(read_suc(corpora / "suc3-manual-hard" / "removed_sents_from_original_to_simple.txt"))
    return [*uner, *klintan, *_places_as_places(suc, [*uner, *klintan])]


def _places_as_places(suc: Sequence[Sentence], others: Sequence[Sentence]) -> Iterator[Sentence]:
    """SUC calls a country that acts an institution; the other corpora, and we, call it a place."""
    votes: Counter[tuple[str, str]] = Counter()
    for sentence in [*others, *suc]:
        votes.update((sentence.text[start:end], label) for start, end, label in sentence.entities)
    for sentence in suc:
        spans: list[Span] = []
        for start, end, label in sentence.entities:
            form = sentence.text[start:end]
            place = label == "ORG" and votes[form, "LOC"] > votes[form, "ORG"]
            spans.append((start, end, "LOC" if place else label))
        yield replace(sentence, entities=tuple(spans))


def batches(examples: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    """Sentences of like length together, batches in random order."""
    ordered = sorted(examples, key=lambda example: len(example.pieces) + chance.random() * 4)
    result: list[list[Example]] = [[]]
    for example in ordered:
        if result[-1] and len(example.pieces) * (len(result[-1]) + 1) > TOKENS_A_BATCH:
            result.append([])
        result[-1].append(example)
    chance.shuffle(result)
    return result


def epoch_sentences(material: Material, general_share: float, chance: random.Random) -> list[Sentence]:
    """What one epoch reads: some general sentences, and each municipal one twice, as it is and with other names."""
    general = [
        sentence
        for sentence in material.general
        if chance.random() < general_share * (1 if sentence.entities else EMPTY_KEPT)
    ]
    swapped = [
        swap(sentence, material.names, chance)
        for sentence in material.municipal
        for _ in range(3 if any(label in RARE for _, _, label in sentence.entities) else 1)
    ]
    return list(vary([*general, *material.municipal, *swapped], chance))


def train(model: Classifier, tokenizer: Tokenizer, material: Material, settings: Settings, checkpoint: Path) -> None:
    """Fits the model in place and saves it after every epoch. Word embeddings stay as they are."""
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)  # noqa: S311
    model.encoder.embeddings.word_embeddings.requires_grad_(False)
    encoder = [weight for weight in model.encoder.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": settings.rate}, {"params": model.head.parameters(), "lr": settings.head_rate}],
        weight_decay=0.01,
    )
    epochs = [
        batches(
            [encode(sentence, tokenizer) for sentence in epoch_sentences(material, settings.general_share, chance)],
            chance,
        )
        for _ in range(settings.epochs)
    ]
    steps = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / (WARM_UP * steps), (steps - step) / ((1 - WARM_UP) * steps))
    )
    pad = int(tokenizer.token_to_id("<pad>") or 0)
    began, step, pieces, recent = time.monotonic(), 0, 0, 0.0
    for number, epoch in enumerate(epochs, start=1):
        model.train()
        for batch in epoch:
            ids, mask = batch_tensors(batch, pad)
            value = loss(model(ids, mask), batch)
            value.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(encoder, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()
            step, pieces = step + 1, pieces + int(mask.sum())
            recent = 0.98 * recent + 0.02 * value.item()
            if step % 50 == 0:
                seconds = time.monotonic() - began
                print(
                    f"epok {number} steg {step}/{steps} förlust {recent / (1 - 0.98**step):.4f} "
                    f"{pieces / seconds:.0f} bitar/s kvar {(steps - step) * seconds / step / 60:.1f} min",
                    flush=True,
                )
        save_classifier(model, checkpoint)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the encoder or of a saved classifier")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json")
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--general", type=float, default=0.4, help="share of the general corpora an epoch reads")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--all", action="store_true", help="also learn from the municipal sentences held out")
    parser.add_argument("--without", default="", help="leave out references whose source contains this")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    municipal = [s for s in municipal_sentences(given.shared, given.without) if given.all or not held_out(s)]
    corpora = given.shared / "ner"
    material = Material(general_sentences(corpora), municipal, pools(municipal, corpora))
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    model = load_classifier(given.encoder, given.layers)
    settings = Settings(given.epochs, given.rate, general_share=given.general)
    train(model, tokenizer, material, settings, given.out)


if __name__ == "__main__":
    main()

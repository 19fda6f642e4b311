"""A spaCy CNN learned from the same sentences, to compare with: `python -m models.ner.baseline --help`."""

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.ner.corpora import Sentence
from models.ner.municipal import held_out, municipal_sentences
from models.ner.swap import pools
from models.ner.train import Material, epoch_sentences, general_sentences

BATCH = 64


def example(nlp: Any, sentence: Sentence) -> Any:
    """A training example. A name whose edges are inside tokens is left out."""
    from spacy.training import Example
    from spacy.util import filter_spans

    reference = nlp.make_doc(sentence.text)
    spans = [reference.char_span(start, end, label) for start, end, label in sentence.entities]
    reference.ents = filter_spans([span for span in spans if span is not None])
    return Example(nlp.make_doc(sentence.text), reference)


def train(material: Material, minutes: float, seed: int) -> Any:
    """A blank Swedish pipeline with an entity recogniser, after as many passes as the time allows."""
    import spacy
    from thinc.api import fix_random_seed

    fix_random_seed(seed)
    chance = random.Random(seed)  # noqa: S311
    nlp = spacy.blank("sv")
    nlp.add_pipe("ner")
    first = [example(nlp, sentence) for sentence in material.municipal]
    optimizer = nlp.initialize(lambda: first)
    end = time.monotonic() + 60 * minutes
    epoch = 0
    while time.monotonic() < end:
        epoch += 1
        sentences: Sequence[Sentence] = epoch_sentences(material, 0.4, chance)
        examples = [example(nlp, sentence) for sentence in sentences]
        chance.shuffle(examples)
        losses: dict[str, float] = {}
        for at in range(0, len(examples), BATCH):
            nlp.update(examples[at : at + BATCH], sgd=optimizer, drop=0.2, losses=losses)
        print(f"epok {epoch} förlust {losses['ner']:.0f}", flush=True)
    return nlp


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True, help="folder of the spaCy pipeline")
    parser.add_argument("--minutes", type=float, default=10)
    given = parser.parse_args()
    corpora = given.shared / "ner"
    municipal = [sentence for sentence in municipal_sentences(given.shared) if not held_out(sentence)]
    material = Material(general_sentences(corpora), municipal, pools(municipal, corpora))
    train(material, given.minutes, 7).to_disk(given.out)


if __name__ == "__main__":
    main()

"""A spaCy CNN learned from the same sentences, to compare with: `python -m models.ner.baseline --help`.

Words have vectors made of the encoder's word embeddings, and the CNN is pretrained on Swedish text before it learns.
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from models.ner.corpora import Sentence
from models.ner.municipal import held_out, municipal_sentences
from models.ner.swap import pools
from models.ner.train import Material, epoch_sentences, general_sentences
from models.sentences import sentences

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BATCH = 64
WIDTH = 96
"""Numbers of a word vector."""
LEAST = 3
"""A word met so many times gets a vector."""
SEED = 7
_SHORTEST, _LONGEST = 40, 400
"""Characters of a sentence that is read in pretraining."""


def example(nlp: Any, sentence: Sentence) -> Any:
    """A training example. A name whose edges are inside tokens is left out."""
    from spacy.training import Example
    from spacy.util import filter_spans

    reference = nlp.make_doc(sentence.text)
    spans = [reference.char_span(start, end, label) for start, end, label in sentence.entities]
    reference.ents = filter_spans([span for span in spans if span is not None])
    return Example(nlp.make_doc(sentence.text), reference)


def swedish_texts(shared: Path) -> Iterator[str]:
    """Texts without annotation; of the reports only those whose other sentences are learned from."""
    for name in ("000*.txt", "003*.txt"):
        yield from (path.read_text(encoding="utf-8") for path in (shared / "archive" / "text").glob(name))
    yield from (path.read_text(encoding="utf-8") for path in sorted((shared / "archive" / "other").glob("*.txt")))
    with (shared / "text" / "gov-g0vse" / "regeringsuppdrag_pressmeddelanden.jsonl").open(encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)


def word_vectors(words: Sequence[str], encoder: Path, tokenizer: "Tokenizer") -> NDArray[np.float32]:
    """A word's pieces' embeddings, added, in the directions in which they differ most (principal components)."""
    from safetensors.numpy import load_file

    name = "embeddings.word_embeddings.weight"
    tensors = load_file(encoder / "model.safetensors")
    table = next(value for key, value in tensors.items() if key.endswith(name)).astype(np.float32)
    whole = np.stack(
        [table[encoding.ids].sum(axis=0) for encoding in tokenizer.encode_batch(list(words), add_special_tokens=False)]
    )
    whole -= whole.mean(axis=0)
    _, vectors = np.linalg.eigh(whole.T @ whole)
    flat = whole @ vectors[:, -WIDTH:]
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6), np.float32)


def blank(words: Sequence[str], vectors: NDArray[np.float32]) -> Any:
    """A Swedish pipeline with spaCy's CNN of four layers, 96 wide, and an entity recogniser on it, both untrained."""
    import spacy
    from spacy.vectors import Vectors

    nlp = spacy.blank("sv")
    keys = [nlp.vocab.strings.add(word) for word in words]
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=vectors, keys=keys, name="e5")
    cnn = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": True,
        "width": WIDTH,
        "depth": 4,
        "embed_size": 5000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "*"}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": listener,
    }
    nlp.add_pipe("tok2vec", config={"model": cnn})
    nlp.add_pipe("ner", config={"model": parser})
    return nlp


def pretrain(nlp: Any, texts: Sequence[str], minutes: float, seed: int) -> None:
    """Let the CNN guess the letters of words that are hidden (spaCy's "characters" objective)."""
    from spacy.ml.models.multi_task import create_pretrain_characters
    from thinc.api import Adam

    chance = random.Random(seed)  # noqa: S311
    cnn = nlp.get_pipe("tok2vec").model
    model = create_pretrain_characters(maxout_pieces=3, hidden_size=300, n_characters=4)(nlp.vocab, cnn)
    model.initialize(X=[nlp.make_doc(text) for text in texts[:10]])
    optimizer = Adam(0.001)
    began = time.process_time()
    words = 0
    order: list[str] = []
    while time.process_time() - began < 60 * minutes:
        if not order:
            order = chance.sample(texts, len(texts))
        docs = [nlp.make_doc(order.pop()) for _ in range(min(BATCH, len(order)))]
        guessed, back = model.begin_update(docs)
        loss, gradient = model.attrs["loss"](model.ops, docs, guessed)
        back(gradient)
        model.finish_update(optimizer)
        words += len(guessed)
    print(f"förtränad på {words} ord, sista förlust per ord {float(loss) / len(guessed):.3f}", flush=True)


def train(nlp: Any, material: Material, minutes: float, seed: int) -> None:
    """Fits the pipeline in place with as many passes as the time allows."""
    chance = random.Random(seed)  # noqa: S311
    optimizer = nlp.create_optimizer()
    end = time.process_time() + 60 * minutes
    epoch = 0
    while time.process_time() < end:
        epoch += 1
        examples = [example(nlp, sentence) for sentence in epoch_sentences(material, 0.4, chance)]
        chance.shuffle(examples)
        losses: dict[str, float] = {}
        for at in range(0, len(examples), BATCH):
            nlp.update(examples[at : at + BATCH], sgd=optimizer, drop=0.2, losses=losses)
        print(f"epok {epoch} förlust {losses['ner']:.0f}", flush=True)


def frequent_words(nlp: Any, texts: Iterable[str]) -> list[str]:
    """The words met at least `LEAST` times."""
    counts = Counter(token.text for text in texts for token in nlp.make_doc(text) if not token.is_space)
    return sorted(word for word, count in counts.items() if count >= LEAST)


def main() -> None:
    """The command."""
    import spacy
    from thinc.api import fix_random_seed
    from tokenizers import Tokenizer

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True, help="folder of the spaCy pipeline")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the encoder, for the word vectors")
    parser.add_argument("--pretrain-minutes", type=float, default=4, help="of processor time")
    parser.add_argument("--minutes", type=float, default=8, help="of processor time")
    given = parser.parse_args()
    fix_random_seed(SEED)
    corpora = given.shared / "ner"
    municipal = [sentence for sentence in municipal_sentences(given.shared) if not held_out(sentence)]
    material = Material(general_sentences(corpora), municipal, pools(municipal, corpora))
    texts = [
        text[start:end]
        for text in swedish_texts(given.shared)
        for start, end in sentences(text)
        if _SHORTEST <= end - start <= _LONGEST
    ]
    learned = [sentence.text for sentence in (*material.general, *material.municipal)]
    words = frequent_words(spacy.blank("sv"), [*texts, *learned])
    print(f"{len(texts)} meningar, {len(words)} ord med vektor", flush=True)
    vectors = word_vectors(words, given.encoder, Tokenizer.from_file(str(given.encoder / "tokenizer.json")))
    nlp = blank(words, vectors)
    first = [example(nlp, sentence) for sentence in material.municipal]
    nlp.initialize(lambda: first)
    pretrain(nlp, texts, given.pretrain_minutes, SEED)
    train(nlp, material, given.minutes, SEED)
    nlp.to_disk(given.out)


if __name__ == "__main__":
    main()

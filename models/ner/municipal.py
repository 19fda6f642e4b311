"""The municipal sentences annotated for this project, in `data/`, and which of them are kept for measuring."""

from hashlib import sha256
from pathlib import Path

from models.ner.corpora import Sentence, read_references, read_sentences

DATA = Path(__file__).parent / "data"
HELD_OUT = 8
"""One sentence in so many is kept apart, to choose the thresholds on."""


def municipal_sentences(shared: Path, without: str = "") -> list[Sentence]:
    """References into texts under `shared`, and invented sentences; a sentence that is there twice counts once.

    References to a source whose path contains `without` are left out, to measure on a text that was never seen.
    """
    found = [
        *read_references(DATA / "annotations.jsonl", shared, without),
        *read_sentences(DATA / "sentences.jsonl"),
    ]
    return list({sentence.text: sentence for sentence in found}.values())


def held_out(sentence: Sentence) -> bool:
    """Whether a sentence is kept apart, by a digest of its text."""
    return sha256(sentence.text.encode()).digest()[0] % HELD_OUT == 0

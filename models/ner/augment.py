"""Changes sentences so that headings, sentence starts and table cells are not taken for names."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from models.ner.corpora import Sentence
from models.ner.scheme import word_spans

CELL_WORDS = 4
HEADING, CAPITALS, BULLET, CELL, NO_STOP = 0.06, 0.04, 0.05, 0.15, 0.15
"""How often a sentence is changed in each way; not tuned."""


def vary(sentences: Iterable[Sentence], chance: random.Random) -> Iterator[Sentence]:
    """Each sentence, some of them changed, and some fragments of them besides."""
    for sentence in sentences:
        yield _changed(sentence, chance)
        if chance.random() < CELL:
            cell = _cell(sentence, chance)
            if cell is not None:
                yield cell


def _changed(sentence: Sentence, chance: random.Random) -> Sentence:
    text = sentence.text
    if chance.random() < NO_STOP and text.endswith(".") and all(end < len(text) for _, end, _ in sentence.entities):
        sentence = replace(sentence, text=text[:-1])
    roll = chance.random()
    if roll < CAPITALS:
        upper = sentence.text.upper()
        return replace(sentence, text=upper) if len(upper) == len(sentence.text) else sentence
    if roll < CAPITALS + HEADING:
        return _heading(sentence)
    if roll < CAPITALS + HEADING + BULLET:
        return shifted(sentence, chance.choice(("• ", "- ", "– ", "1. ", "o ")))
    return sentence


def shifted(sentence: Sentence, before: str) -> Sentence:
    """The sentence after some signs."""
    moved = tuple((start + len(before), end + len(before), label) for start, end, label in sentence.entities)
    return replace(sentence, text=before + sentence.text, entities=moved)


def _heading(sentence: Sentence) -> Sentence:
    """Every longer word that is no name with a capital, in a short sentence."""
    spans = word_spans(sentence.text)
    if len(spans) > 12:
        return sentence
    letters = list(sentence.text)
    for start, end in spans:
        if end - start > 3 and not any(a < end and start < b for a, b, _ in sentence.entities):
            letters[start] = letters[start].upper() if len(letters[start].upper()) == 1 else letters[start]
    return replace(sentence, text="".join(letters))


def _cell(sentence: Sentence, chance: random.Random) -> Sentence | None:
    """One to four words of the sentence, the first with a capital, with the names that they hold whole."""
    spans = [span for span in word_spans(sentence.text) if sentence.text[span[0]].isalnum()]
    if not spans:
        return None
    first = chance.randrange(len(spans))
    last = min(first + chance.randrange(CELL_WORDS), len(spans) - 1)
    start, end = spans[first][0], spans[last][1]
    names = [span for span in sentence.entities if span[0] < end and start < span[1]]
    if any(a < start or b > end for a, b, _ in names):
        return None
    text = sentence.text[start:end]
    if len(text[0].upper()) == 1:
        text = text[0].upper() + text[1:]
    return Sentence(text, tuple((a - start, b - start, label) for a, b, label in names), sentence.labels)

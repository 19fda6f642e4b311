"""The sentences of the best passages that say most about a question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.encoder import Encoder
from models.readings import Reading, max_sim
from search.answer import Sentence, reads_well, sentences_of
from search.context import dense_text
from search.figure_scores import Stretch, features, figure_weights
from search.hits import Found
from search.letters import letters
from search.piece_store import PieceStore
from search.printed_rows import is_printed_row
from search.question import Question
from search.retrieve import Candidate

TEXT = ("paragraph", "list_item")
A_PASSAGE = 2
"""Sentences taken from one passage at most."""
FRAGMENT_PENALTY = 1.0
"""Standard deviations of likeness taken off what is no whole sentence."""
PASSAGE_WEIGHT = 1.0
"""What a passage's score (a sum of z-scores) weighs beside a sentence's own likeness, in standard deviations."""
JOIN_MARGIN = 1.0
"""How much worse than the best sentence another of its passage may tell a figure and still be quoted with it."""
LONGEST_JOINED = 450
"""Characters of the two with what stands between them."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    found: Found
    passage_score: float
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.found.passage.text[self.start : self.end]


def best_sentences(
    question: Question,
    candidates: Sequence[Candidate],
    found: Sequence[Found],
    encoder: Encoder,
    store: PieceStore,
    *,
    for_figure: bool = False,
) -> list[Sentence]:
    """Best first, `A_PASSAGE` of a passage at most, none twice.

    Fragments, and table rows where no figure is asked for, come after whole sentences that say about as much. With
    `for_figure` sentences and rows are weighed by the figures that they have.
    """
    if for_figure:
        weighed = weigh_for_figure(question, candidates, found, encoder, store)
        scores = weighed.features @ figure_weights()
        scored = [replace(one, score=float(score)) for one, score in zip(weighed.sentences, scores, strict=True)]
    else:
        scored = [
            Sentence(one.found, one.start, one.end, _score(question, one, likeness, passage))
            for one, likeness, passage in _weigh(question, candidates, found, encoder, store)
        ]
    scored.sort(key=lambda s: (-round(s.score, 6), s.found.passage.id, s.start))
    if not scored:
        return []
    chosen: list[Sentence] = []
    said: set[str] = set()
    for sentence in scored:
        words = letters(sentence.found.passage.text[sentence.start : sentence.end])
        if words in said:
            continue
        said.add(words)
        if sum(s.found.passage.key == sentence.found.passage.key for s in chosen) < A_PASSAGE:
            chosen.append(sentence)
    return joined(chosen) if for_figure else chosen


def joined(chosen: Sequence[Sentence]) -> list[Sentence]:
    """The best sentence together with another of its passage that answers about as well and stands close to it: which
    of the two has the figure is often hard to tell, and either is easier to read beside the other."""
    first, *rest = chosen
    for other in rest if _is_text(first) else ():
        start, end = min(first.start, other.start), max(first.end, other.end)
        same = other.found.passage.key == first.found.passage.key and _is_text(other)
        if same and other.score >= first.score - JOIN_MARGIN and end - start <= LONGEST_JOINED:
            return [replace(first, start=start, end=end), *(one for one in rest if one is not other)]
    return list(chosen)


def _is_text(one: Sentence) -> bool:
    return one.found.passage.kind in TEXT and not one.printed


@dataclass(frozen=True, slots=True)
class Weighed:
    """Sentences and rows that may tell a figure, with what is known of them."""

    sentences: Sequence[Sentence]
    """Their scores are none yet."""
    features: NDArray[np.float64]
    """(n, `search.figure_scores.FEATURES`)."""


def weigh_for_figure(
    question: Question,
    candidates: Sequence[Candidate],
    found: Sequence[Found],
    encoder: Encoder,
    store: PieceStore,
) -> Weighed:
    """Every sentence and row of the passages."""
    weighed = _weigh(question, candidates, found, encoder, store)
    sentences = [
        Sentence(
            one.found, one.start, one.end, 0.0, printed=one.found.passage.kind in TEXT and is_printed_row(one.text)
        )
        for one, _, _ in weighed
    ]
    stretches = [
        Stretch(one.found.passage.kind, one.text, sentence.printed, likeness, passage)
        for sentence, (one, likeness, passage) in zip(sentences, weighed, strict=True)
    ]
    english = question.language == "en"
    return Weighed(sentences, features(question.text, question.query or question.text, stretches, english=english))


def _weigh(
    question: Question,
    candidates: Sequence[Candidate],
    found: Sequence[Found],
    encoder: Encoder,
    store: PieceStore,
) -> list[tuple[_Stretch, float, float]]:
    """Every stretch with its likeness in standard deviations over all, and how much worse than the best its passage is
    (0 or less)."""
    stretches = [
        _Stretch(one, candidate.score, start, end)
        for candidate, one in zip(candidates, found, strict=False)
        for start, end in sentences_of(one)
    ]
    if not stretches:
        return []
    near = _likeness(encoder.read_query(question.query or question.text), stretches, encoder, store)
    spread = float(near.std()) or 1.0
    best = max(candidate.score for candidate in candidates)
    return [
        (one, float(likeness - near.mean()) / spread, one.passage_score - best)
        for one, likeness in zip(stretches, near, strict=True)
    ]


def _score(question: Question, one: _Stretch, likeness: float, passage: float) -> float:
    fragment = not reads_well(one.found, one.start, one.end, figures=question.figures)
    return likeness + PASSAGE_WEIGHT * passage - (FRAGMENT_PENALTY if fragment else 0.0)


def _likeness(
    asked: Reading, stretches: Sequence[_Stretch], encoder: Encoder, store: PieceStore
) -> NDArray[np.float32]:
    """How near each stretch is to the query: by the stored pieces that lie in it, else by a vector of its own."""
    if asked.pieces is None:
        texts = [one.text for one in stretches]
        return np.asarray(encoder.encode_passages(texts) @ asked.vectors[0], np.float32)
    passages = {one.found.passage.key: one.found for one in stretches}
    stored = store.get(list(passages))
    spans = spans_of(list(passages.values()), encoder, store)
    inside = [_pieces_in(one, stored, spans[one.found.passage.key]) for one in stretches]
    return max_sim(asked.pieces[0], inside)


def spans_of(found: Sequence[Found], encoder: Encoder, store: PieceStore) -> dict[int, NDArray[np.int32]]:
    """(pieces, 2) of each passage, by key: where its pieces stand in its text; before it for those of the context."""
    by_key = {one.passage.key: one for one in found}

    def read(keys: list[int]) -> dict[int, NDArray[np.int32]]:
        texts = [dense_text(by_key[key].section, by_key[key].passage) for key in keys]
        return {
            key: np.asarray(spans, np.int32).reshape(-1, 2) - (len(text) - len(by_key[key].passage.text))
            for key, text, spans in zip(keys, texts, encoder.piece_spans(texts), strict=True)
        }

    return store.spans(list(by_key), read)


def _pieces_in(one: _Stretch, stored: dict[int, NDArray[np.int8]], spans: NDArray[np.int32]) -> NDArray[np.int8]:
    pieces = stored[one.found.passage.key]
    return pieces[(spans[:, 0] < one.end) & (spans[:, 1] > one.start)]

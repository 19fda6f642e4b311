"""What the judge is given of a question and of passages of the catalogue."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.encoder import Encoder
from models.judge.judge import Layered
from models.judge.window import QUESTION, window
from models.readings import PIECE_STEPS
from search.catalogue import Catalogue
from search.context import dense_text
from search.errors import ModelError
from search.piece_store import PieceStore
from search.records import PassageRecord


class JudgeInput:
    """Makes it with one encoder."""

    def __init__(self, encoder: Encoder, catalogue: Catalogue, store: PieceStore) -> None:
        """Raises ModelError for an encoder whose layers cannot be read with."""
        if not isinstance(encoder, Layered):
            raise ModelError(
                f"Svarsbedömningen kan inte läsa med språkmodellen {encoder.name}; "
                "sätt judge: 0 för den i search/data/thresholds.yaml."
            )
        self.layers: Layered = encoder
        self._encoder, self._catalogue, self._store = encoder, catalogue, store

    def question(self, query: str) -> list[int]:
        """Its word pieces."""
        return self.layers.word_pieces(query, passage=False)[:QUESTION]

    def passages(self, query: str, passages: Sequence[PassageRecord]) -> list[list[int]]:
        """For each passage the word pieces that are read of it; of a long one those that the query is nearest to."""
        asked = self._encoder.read_query(query).pieces
        keys = [passage.key for passage in passages]
        held = self._store.get(keys) if asked is not None else {}
        sections = self._catalogue.sections_over(keys)
        texts = [dense_text(sections[passage.key], passage) for passage in passages]
        made = []
        for passage, text, spans in zip(passages, texts, self._encoder.piece_spans(texts), strict=True):
            ids = self.layers.word_pieces(text, passage=True)
            led = sum(end <= len(text) - len(passage.text) for _, end in spans)
            pieces = held.get(passage.key)
            near = np.zeros((len(ids), 1), np.float32)  # Without stored pieces a passage is read from its beginning.
            if asked is not None and pieces is not None and len(pieces) == len(ids):
                near = _likeness(pieces, asked[0])
            made.append(window(ids, led, near))
        return made


def _likeness(pieces: NDArray[np.int8], asked: NDArray[np.int8]) -> NDArray[np.float32]:
    """(m, k) cosines."""
    return np.asarray(pieces.astype(np.float32) @ asked.astype(np.float32).T / PIECE_STEPS**2, np.float32)

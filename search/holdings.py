"""What the answers of one moment are made from: the stores, the models, the names in use, the ready reports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from models.encoder import Encoder
from models.registry import Registry
from models.words import english_stop_words, search_terms, stop_words, words_in
from search.answer import PASSAGES, Sentence
from search.best_sentences import best_sentences
from search.catalogue import Catalogue
from search.hits import load
from search.matches import is_strange, words_nowhere
from search.mentions import coverage
from search.naming import Names
from search.near_names import NameVectors
from search.piece_store import PieceStore
from search.question import Question
from search.records import ReportRecord
from search.refusal import is_answered
from search.retrieve import Candidate, retrieve
from search.schema import Coverage
from search.scope import Scope
from search.spelling import Vocabulary
from search.vectors import VectorStore

_Row = TypeVar("_Row")
FEW_WORDS = 3
"""Words of a subject that is answered where passages have them."""


@dataclass
class Holdings:
    """Everything that a question is answered from."""

    catalogue: Catalogue
    open_vectors: Callable[[Encoder], VectorStore]
    load_encoder: Callable[[], Encoder]
    """Models are loaded when the first question needs them."""
    names: Names
    reports: Sequence[ReportRecord]
    near: NameVectors = field(default_factory=NameVectors)
    vocabulary: Vocabulary | None = None
    first_row: int = 0
    most_rows: int | None = None
    """Which rows of goals, indicators or good examples an answer shows: from which on, and how many; None for all."""
    _retrieved: dict[tuple[str, Scope], list[Candidate]] = field(default_factory=dict)
    _answered: dict[tuple[str, Scope], bool] = field(default_factory=dict)

    @cached_property
    def encoder(self) -> Encoder:
        return self.load_encoder()

    @cached_property
    def vectors(self) -> VectorStore:
        return self.open_vectors(self.encoder)

    @cached_property
    def pieces(self) -> PieceStore:
        """The word pieces of passages, read once however often they are asked for."""
        return PieceStore(self.catalogue, self.encoder.fingerprint, keep=True)

    @cached_property
    def by_key(self) -> dict[int, ReportRecord]:
        """Reports by key."""
        return {report.key: report for report in self.reports}

    def candidates(self, query: str, scope: Scope) -> list[Candidate]:
        """The ranked passages for a query, retrieved once however many kinds of answers are tried."""
        key = (query, scope)
        if key not in self._retrieved:
            found = retrieve(
                query,
                scope,
                catalogue=self.catalogue,
                vectors=self.vectors,
                encoder=self.encoder,
                pieces=self.pieces,
            )
            self._retrieved[key] = found
        return list(self._retrieved[key])

    def answered(self, question: Question, scope: Scope) -> bool:
        """Whether the passages found for a question seem to answer it."""
        key = (question.query or question.text, scope)
        if key not in self._answered:
            found = self.candidates(*key)
            seems = is_answered(key[0], question.language, found, self.encoder, self.catalogue, self.pieces)
            self._answered[key] = self._is_said(question, scope) or (seems and not self._is_strange(question, scope))
        return self._answered[key]

    def _is_said(self, question: Question, scope: Scope) -> bool:
        """Whether a Swedish question is about a subject of few words and passages have them: what they say of it
        answers it, however little."""
        text = question.query or question.text
        few = bool(search_terms(text)) and len(words_in(text)) <= FEW_WORDS
        if not question.about or question.language == "en" or not few:
            return False
        return not words_nowhere(text, scope, catalogue=self.catalogue, vectors=self.vectors)

    def _is_strange(self, question: Question, scope: Scope) -> bool:
        """Whether it is keywords of which no passage has any, or words that nobody knows. What a sentence of known
        words means may well be told in other words, as may what an English one asks."""
        text = question.query or question.text
        if not any(letter.isdigit() for letter in text) and any(c.sparse for c in self.candidates(text, scope)):
            return False
        if not is_strange(text, scope, catalogue=self.catalogue, vectors=self.vectors):
            return False
        if question.language == "sv" and not question.text.endswith("?"):
            return True
        vocabulary, english = self.vocabulary, question.language == "en"
        words = [word for word in words_in(text) if word.lower() not in {*stop_words(), *english_stop_words()}]
        return vocabulary is not None and not any(vocabulary.knows(word, english=english) for word in words)

    def sentences(
        self,
        question: Question,
        candidates: Sequence[Candidate],
        passages: int = PASSAGES,
        *,
        for_figure: bool = False,
    ) -> list[Sentence]:
        """The sentences of the best passages that say most about a question, best first; with `for_figure` those that
        have the figure it asks for."""
        best = [candidate for candidate in candidates if not candidate.passage.is_heading][:passages]
        found = load(self.catalogue, [c.passage for c in best], self.by_key)
        return best_sentences(question, best, found, self.encoder, self.pieces, for_figure=for_figure)

    def page(self, rows: Sequence[_Row]) -> Sequence[_Row]:
        """The rows that an answer shows."""
        return rows[self.first_row : None if self.most_rows is None else self.first_row + self.most_rows]

    def registry(self) -> Registry:
        return self.names.registry

    def within(self, scope: Scope) -> list[ReportRecord]:
        """The reports in scope."""
        inside = set(scope.reports)
        return [report for report in self.reports if report.key in inside]

    def coverage(self, scope: Scope) -> Coverage:
        """What an answer about the scope rests on."""
        return coverage(self.within(scope), scope.reports, self.catalogue.files("failed"))

"""Which sentences an answer quotes: those about as good as the best, and those of each area or year compared."""

from collections.abc import Sequence
from itertools import groupby

from search.answer import Sentence
from search.data_files import phrases
from search.question import Question
from search.schema import Hit

FAR = 4.0
"""How much worse than the best sentence another may answer and still be quoted, in the scores of
`search.best_sentences`. Of sentences within it 63 of 100 stood in passages that answer our gold and held-out questions
or relate to them, of those beyond it 28 of 100; chosen on the same questions."""


def near_best(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, best first, without those far from the first."""
    return [one for one in sentences if one.score >= sentences[0].score - FAR]


def compared_text(question: Question, hits: Sequence[tuple[str, Hit]]) -> str:
    """The quotes with their marks, the area or year before the first of each."""
    parts = [
        f"{name}: " + " ".join(f"”{hit.citation.quote}” [{hit.rank}]" for _, hit in own)
        for name, own in groupby(hits, key=lambda pair: pair[0])
    ]
    return " ".join((phrases(question.language).passages, *parts))

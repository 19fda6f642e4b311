"""Which good examples are about the topic that a question names."""

from collections.abc import Sequence

from models.readings import max_sim
from search.data_files import thresholds
from search.holdings import Holdings
from search.near_names import shared_words
from search.piece_store import PieceStore
from search.question import Question
from search.records import GoodExampleRecord
from search.scope import Scope

WORDS_WEIGHT = 0.5
"""Weight of shared words (0 … 1) beside the likeness of the text. Chosen with `topic` in `thresholds.yaml` on 44 topics
and the good examples of reports 000 and 003 (`eval/data/example-topics.json`)."""
WORDS_ALONE = 0.45
"""Share of words from which an example is on the topic for an encoder that has no threshold."""
MOST_WEIGHED = 400
"""Passages of good examples whose likeness is weighed: of more, the nearest ones."""


def on_topic(
    holdings: Holdings, question: Question, scope: Scope, rows: Sequence[GoodExampleRecord]
) -> tuple[GoodExampleRecord, ...]:
    """The good examples that are about the question's subject, those most about it first."""
    topic, english = question.subject or "", question.language == "en"
    threshold = thresholds().get(holdings.encoder.name)
    keys = _passages(holdings, rows)
    near = _nearest(holdings, topic, scope, [key for own in keys for key in own])
    weighed = [(row, own) for row, own in zip(rows, keys, strict=True) if not own or near.intersection(own)]
    shares = shared_words(topic, [row.text for row, _ in weighed], english=english)
    least = WORDS_ALONE
    scores = [shares[row.text] for row, _ in weighed]
    if threshold is not None:
        least = threshold.topic - (threshold.english if english else 0.0)
        like = _likeness(holdings, topic, weighed)
        scores = [
            one + WORDS_WEIGHT * words if one >= threshold.topic_like else 0.0
            for one, words in zip(like, scores, strict=True)
        ]
    kept = [(score, row) for score, (row, _) in zip(scores, weighed, strict=True) if score >= least]
    return tuple(row for _, row in sorted(kept, key=lambda pair: -round(pair[0], 6)))


def _passages(holdings: Holdings, rows: Sequence[GoodExampleRecord]) -> list[tuple[int, ...]]:
    """Keys of the passages that each example is told in."""
    places = [[(row.report_key, position) for position in row.passages] for row in rows]
    held = holdings.catalogue.keys_at([place for own in places for place in own])
    return [tuple(held[place] for place in own if place in held) for own in places]


def _nearest(holdings: Holdings, topic: str, scope: Scope, keys: Sequence[int]) -> set[int]:
    """The passages that are weighed."""
    if len(set(keys)) <= MOST_WEIGHED:
        return set(keys)
    within = Scope(scope.reports, scope.all_reports, passages=tuple(sorted(set(keys))))
    asked = holdings.encoder.read_query(topic).vectors[0].tolist()
    return {one.id for one in holdings.vectors.nearest(asked, within, MOST_WEIGHED)}


def _likeness(
    holdings: Holdings, topic: str, weighed: Sequence[tuple[GoodExampleRecord, tuple[int, ...]]]
) -> list[float]:
    """How much like the topic each example is: late interaction with its best passage; for an encoder without word
    pieces the cosine of its text."""
    encoder = holdings.encoder
    asked = encoder.read_query(topic)
    if asked.pieces is None:
        texts = [row.text for row, _ in weighed]
        near = holdings.near.of(texts, encoder) @ asked.vectors[0] if texts else ()
        return [float(one) for one in near]
    store = PieceStore(holdings.catalogue, encoder.fingerprint)
    held = store.get(sorted({key for _, own in weighed for key in own}))
    scores = dict(zip(held, max_sim(asked.pieces[0], list(held.values())).tolist(), strict=True)) if held else {}
    return [max((float(scores[key]) for key in own if key in scores), default=0.0) for _, own in weighed]

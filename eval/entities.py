"""Scores named entities: a found entity counts when start, end and label are those of the gold."""

from collections.abc import Iterable, Mapping, Sequence

from eval.score import Score, agreement

Span = tuple[int, int, str]
"""(start, end, label); offsets are code points, half-open."""

ALL = "alla"
"""Key of the score over all labels (micro average)."""


def score(gold: Sequence[Iterable[Span]], found: Sequence[Iterable[Span]]) -> Mapping[str, Score]:
    """Label → score, and `ALL`; `gold` and `found` have one item a sentence, in the same order."""
    wanted: set[tuple[int, Span]] = set()
    given: set[tuple[int, Span]] = set()
    for index, (gold_spans, found_spans) in enumerate(zip(gold, found, strict=True)):
        wanted.update((index, span) for span in gold_spans)
        given.update((index, span) for span in found_spans)
    labels = sorted({span[2] for _, span in wanted | given})
    table = {label: agreement(_of(label, wanted), _of(label, given)) for label in labels}
    return {**table, ALL: agreement(wanted, given)}


def _of(label: str, spans: Iterable[tuple[int, Span]]) -> list[tuple[int, Span]]:
    return [item for item in spans if item[1][2] == label]

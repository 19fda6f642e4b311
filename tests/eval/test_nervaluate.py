"""Our scorer of entities beside `nervaluate` (schema "strict"): they give the same figures."""

import random

import pytest

from eval.entities import ALL, Span, score

nervaluate = pytest.importorskip("nervaluate", reason="nervaluate is not installed")
LABELS = ["PER", "ORG", "LOC", "PROGRAM"]


def sentence(chance: random.Random) -> list[Span]:
    """Spans without overlaps."""
    spans: list[Span] = []
    at = 0
    for _ in range(chance.randrange(5)):
        start = at + chance.randrange(1, 8)
        at = start + chance.randrange(1, 6)
        spans.append((start, at, chance.choice(LABELS)))
    return spans


def disturbed(spans: list[Span], chance: random.Random) -> list[Span]:
    """Some missed, some with another label, some cut short, and one that is not there."""
    found: list[Span] = []
    for start, end, label in spans:
        roll = chance.random()
        if roll < 0.6:
            found.append((start, end, label))
        elif roll < 0.7:
            found.append((start, end, chance.choice(LABELS)))
        elif roll < 0.8 and end - start > 1:
            found.append((start, end - 1, label))
    if chance.random() < 0.3:
        found.append((100, 103, chance.choice(LABELS)))
    return found


def as_rows(sentences: list[list[Span]]) -> list[list[dict[str, object]]]:
    # nervaluate's last character is inside the name.
    return [[{"start": start, "end": end - 1, "label": label} for start, end, label in spans] for spans in sentences]


@pytest.mark.parametrize("seed", range(5))
def test_strict_figures_are_the_same(seed: int) -> None:
    chance = random.Random(seed)
    gold = [sentence(chance) for _ in range(60)]
    found = [disturbed(spans, chance) for spans in gold]
    ours = score(gold, found)
    theirs = nervaluate.Evaluator(as_rows(gold), as_rows(found), tags=LABELS, loader="dict").evaluate()
    overall = theirs["overall"]["strict"]
    assert (overall.precision, overall.recall, overall.f1) == pytest.approx(
        (ours[ALL].precision, ours[ALL].recall, ours[ALL].f1)
    )
    for label in LABELS:
        one = theirs["entities"][label]["strict"]
        assert (one.precision, one.recall) == pytest.approx((ours[label].precision, ours[label].recall)), label

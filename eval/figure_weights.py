"""Learns the weights of `search.figure_scores`: a softmax over the sentences and rows of each question's best passages.

The questions are those about figures in `models/retriever/data`, those in `data/figure-questions.jsonl` (written later,
which nothing else was trained on) and the numeric gold ones about reports 000 and 003; the last two count `LATER` times
each. Reports 001, 002 and 004 are never asked.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.answers import load_asked
from eval.figure import Figure
from eval.training import QUESTIONS
from search.answer import Sentence
from search.best_sentences import Weighed, weigh_for_figure
from search.citation import cite_passage, cite_stretch
from search.figure_answers import FIGURE_PASSAGES
from search.figure_scores import FEATURES, figure_weights
from search.filters import resolve
from search.hits import load
from search.piece_store import PieceStore
from search.question import understand
from search.records import ReportRecord
from search.retrieve import retrieve
from search.schema import Filters
from search.stores import Stores
from search.toolkit import Toolkit

LATER_QUESTIONS = Path(__file__).parent / "data" / "figure-questions.jsonl"
FOLDS = 5
SEEDS = 3
"""Ways to cut the questions into folds; figures are their mean."""
LATER = 4.0
"""Weight of a question whose wording the encoder was not trained on."""
DECAY = 0.003
"""Of squared weights."""
STEPS, RATE, MOMENTUM = 4000, 0.1, 0.9
"""Of the gradient ascent: more change no weight by 0.01."""
FIRST = "våra"
"""Group of the questions that the encoder was trained on, too."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FigureQuestion:
    """A question about a figure, with the lines that hold it."""

    group: str
    text: str
    source: str
    """File name of the report."""
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """What was found for one question: a row of features for each sentence and row, and which of them are right."""

    group: str
    features: Array
    right: NDArray[np.bool_]


def figure_questions(shared: Path) -> Iterator[FigureQuestion]:
    """The questions to learn from, by who wrote them when."""
    for path in sorted(QUESTIONS.glob("questions-*.jsonl")):
        yield from _of_file(FIRST, path)
    yield from _of_file("våra senare", LATER_QUESTIONS)
    for path in sorted((shared / "gold").glob("*.queries.json")):
        for asked in load_asked([path]):
            if asked.type == "numeric":
                yield FigureQuestion("facit", asked.text, f"{asked.id.partition('-')[0]}_", asked.lines)


def _of_file(group: str, path: Path) -> Iterator[FigureQuestion]:
    for line in path.read_text("utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if row["kind"] == "indicator" and "lines" in row:
            lines = tuple((int(a), int(b)) for a, b in (row["lines"], *row.get("also", ())))
            yield FigureQuestion(group, row["question"], Path(row["source"]).name, lines)


def examples(stores: Stores, toolkit: Toolkit, questions: Iterable[FigureQuestion]) -> Iterator[Example]:
    """Each question whose report is there, asked within it."""
    reports = stores.catalogue.reports()
    for question in questions:
        report = next((one for one in reports if one.source.startswith(question.source)), None)
        weighed = _weighed(stores, toolkit, reports, report, question.text) if report is not None else None
        if weighed is not None and weighed.sentences:
            right = np.array([_is_right(one, question.lines) for one in weighed.sentences])
            yield Example(question.group, weighed.features, right)


def _weighed(
    stores: Stores, toolkit: Toolkit, reports: Sequence[ReportRecord], report: ReportRecord, text: str
) -> Weighed:
    encoder, catalogue = toolkit.encoder, stores.catalogue
    question = understand(text, Filters(report=(report.id,)), reports, lambda: toolkit.registry)
    scope = resolve(question.filters, reports, lambda: toolkit.registry)
    wanted = question.query or question.text
    found = retrieve(wanted, scope, catalogue=catalogue, vectors=stores.vectors(encoder), encoder=encoder)
    best = found[:FIGURE_PASSAGES]
    loaded = load(catalogue, [one.passage for one in best], {one.key: one for one in reports})
    return weigh_for_figure(question, best, loaded, encoder, PieceStore(catalogue, encoder.fingerprint))


def _is_right(one: Sentence, lines: Iterable[tuple[int, int]]) -> bool:
    found, start, end = one.found, one.start, one.end
    text = found.passage.kind in ("paragraph", "list_item")
    cited = (
        cite_stretch(found.report, found.section, found.passage, start, end)
        if text
        else cite_passage(found.report, found.section, found.passage)
    ).lines
    return cited is not None and any(cited[0] <= b and a <= cited[1] for a, b in lines)


def learn(asked: Sequence[Example]) -> Array:
    """The weights that make the right ones likeliest; a question with nothing but right or wrong ones tells nothing."""
    kept = [one for one in asked if one.right.any() and not one.right.all()]
    sizes = [len(one.right) for one in kept]
    starts = np.cumsum([0, *sizes[:-1]])
    features = np.concatenate([one.features for one in kept])
    right = np.concatenate([one.right for one in kept])
    share = np.array([1.0 if one.group == FIRST else LATER for one in kept])
    share /= share.sum()
    weights = np.zeros(len(FEATURES))
    speed = np.zeros(len(FEATURES))
    for _ in range(STEPS):
        scores = features @ weights
        likely = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        likely /= np.repeat(np.add.reduceat(likely, starts), sizes)
        told = likely * right
        told /= np.repeat(np.maximum(np.add.reduceat(told, starts), 1e-12), sizes)
        slope = features.T @ (np.repeat(share, sizes) * (told - likely)) - DECAY * weights
        speed = MOMENTUM * speed + RATE * slope
        weights = weights + speed
    return weights


def is_first(one: Example, weights: Array) -> bool:
    """Whether the best sentence or row is a right one."""
    return bool(one.right[int(np.argmax(one.features @ weights))])


def figures(asked: Sequence[Example]) -> Iterator[Figure]:
    """First choices right by group of questions: with the weights in use, and five-fold with weights learned anew."""
    anew = {id(one): 0.0 for one in asked}
    for seed in range(SEEDS):
        order = Random(seed).sample(range(len(asked)), len(asked))  # noqa: S311 (an order that can be repeated)
        for fold in range(FOLDS):
            apart = set(order[fold::FOLDS])
            weights = learn([one for place, one in enumerate(asked) if place not in apart])
            for place in apart:
                anew[id(asked[place])] += is_first(asked[place], weights) / SEEDS
    for group in dict.fromkeys(one.group for one in asked):
        own = [one for one in asked if one.group == group]
        note = f"(av {len(own)}; {sum(one.right.any() for one in own)} har ett rätt)"
        now = sum(is_first(one, figure_weights()) for one in own)
        yield Figure(group, "rätt först med vikterna i bruk", now / len(own), note=f"{now} {note}")
        learned = sum(anew[id(one)] for one in own)
        yield Figure(group, "rätt först korsvis", learned / len(own), note=f"{learned:.1f} {note}")


def as_yaml(weights: Array) -> str:
    """The data file."""
    head = (
        "# Så mycket väger det som är känt om en mening eller tabellrad när frågan gäller en siffra "
        "(search.figure_scores).\n# Skrivs av: python -m eval figure-weights\n"
    )
    return head + "".join(f"{name}: {value:.2f}\n" for name, value in zip(FEATURES, weights, strict=True))

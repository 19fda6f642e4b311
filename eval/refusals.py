"""How well the evidence for an answer tells questions that a report answers from those that it does not, and which
threshold refuses few enough of the first. The rule itself is `search.refusal`; `eval quality` measures whole answers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.figure import Figure
from eval.gold import GoldQuery, gold_ids, load_queries
from eval.retrieval import held_out, unanswerable
from search.data_files import Threshold
from search.filters import resolve
from search.piece_store import PieceStore
from search.question import Language, understand
from search.refusal import AnswerJudge, Evidence, certainty, evidence
from search.retrieve import retrieve
from search.schema import Filters
from search.stores import Stores
from search.toolkit import Toolkit

REFUSED = 0.075
"""Share of the answerable questions that a threshold may refuse, a little under the 8 % asked for."""
WEIGHTS = (0.0, 0.02, 0.04, 0.05, 0.06, 0.08, 0.1)
"""Weights of the judge that are compared."""
ENGLISH = 0.01
"""As in `thresholds.yaml`."""
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what was found for it."""

    group: str
    answerable: bool
    language: Language
    found: Evidence


def asked_questions(stores: Stores, toolkit: Toolkit, shared: Path) -> list[Asked]:
    """Each question of the gold data, the held-out ones and the further ones without an answer, asked in its report."""
    groups = {
        "facit": {name: load_queries(shared / "gold" / f"{name}.queries.json") for name in gold_ids(shared / "gold")},
        "undanhållna": held_out(),
        "nya": unanswerable(),
    }
    return [
        Asked(
            group,
            bool(query.relevant),
            "en" if query.language == "en" else "sv",
            _evidence(stores, toolkit, report, query),
        )
        for group, asked in groups.items()
        for report, queries in asked.items()
        for query in queries
    ]


def _evidence(stores: Stores, toolkit: Toolkit, report: str, query: GoldQuery) -> Evidence:
    reports, encoder = stores.catalogue.reports(), toolkit.encoder
    held = next(ref for ref in reports if ref.source.startswith(f"{report}_"))
    question = understand(query.text, Filters(report=(held.id,)), reports, lambda: toolkit.registry)
    wanted = question.query or question.text
    scope = resolve(question.filters, reports, lambda: toolkit.registry)
    found = retrieve(wanted, scope, catalogue=stores.catalogue, vectors=stores.vectors(encoder), encoder=encoder)
    store = PieceStore(stores.catalogue, encoder.fingerprint)
    return evidence(wanted, found, AnswerJudge(encoder, stores.catalogue, store))


def figures(asked: Sequence[Asked]) -> Iterator[Figure]:
    """For each weight of the judge: areas under the curve, the threshold, and what it catches.

    The threshold is chosen on the answerable questions of the gold data and the held-out ones, once on all of them and
    once on nine tenths for the last tenth.
    """
    right = [one for one in asked if one.answerable]
    wrong = {
        "22": [one for one in asked if not one.answerable and one.group != "nya"],
        "nya": [one for one in asked if not one.answerable and one.group == "nya"],
    }
    for weight in WEIGHTS:
        kept = _certainties(right, weight)
        name = f"vikt {weight}"
        lowest = float(np.quantile(kept, REFUSED))
        yield Figure(name, "tröskel", lowest)
        for group, ones in wrong.items():
            missed = _certainties(ones, weight)
            yield Figure(name, f"{group} AUC", area(kept, missed))
            yield Figure(name, f"{group} avböjda", float(np.mean(missed < lowest)), note=f"(av {len(missed)})")
        folds = np.arange(len(kept)) % FOLDS
        apart = [kept[folds == i] < np.quantile(kept[folds != i], REFUSED) for i in range(FOLDS)]
        yield Figure(name, "besvarade avböjda, korsvis", float(np.mean(np.concatenate(apart))))
    judged = np.array([one.found.judged for one in right])
    for group, ones in wrong.items():
        yield Figure("bara bedömningen", f"{group} AUC", area(judged, np.array([one.found.judged for one in ones])))


def _certainties(asked: Sequence[Asked], weight: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    threshold = Threshold(lowest=0.0, judge=weight, english=ENGLISH, topic=0.0, name=0.0, goals=0.0)
    return np.array([certainty(one.found, one.language, threshold) for one in asked], np.float64)


def area(
    higher: "np.ndarray[tuple[int], np.dtype[np.float64]]", lower: "np.ndarray[tuple[int], np.dtype[np.float64]]"
) -> float:
    """Area under the curve: how often one of `higher` is above one of `lower`, ties half."""
    above = higher[:, None] > lower[None, :]
    return float((above + 0.5 * (higher[:, None] == lower[None, :])).mean())

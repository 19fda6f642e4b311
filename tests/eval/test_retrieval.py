"""What counts where a question is searched for."""

from types import SimpleNamespace
from typing import Any

import pytest

from eval.gold import GoldPassage, GoldQuery
from eval.retrieval import held_out, held_out_figures, score_report
from search.schema import Filters

QUERY = GoldQuery("a-1", "Hur många träd?", "sv", "numeric", (GoldPassage(10, 12, 2),))


class _Archive:
    """Ranks the same everywhere: eleven passages of another report, then the one that answers."""

    def __init__(self) -> None:
        self.asked: list[Filters] = []

    def reports(self) -> list[Any]:
        return [SimpleNamespace(id="mine", source="a_1.txt"), SimpleNamespace(id="other", source="b_1.txt")]

    def ask(self, _text: str) -> Any:
        return SimpleNamespace(filters=Filters(year=(2021,)))

    def search(self, _text: str, filters: Filters = Filters(), limit: int = 10) -> Any:
        self.asked.append(filters)
        places = [("other", (n, n)) for n in range(10, 21)] + [("mine", (11, 11))]
        kept = [place for place in places if filters.report in ((), (place[0],))][:limit]
        return SimpleNamespace(
            hits=[
                SimpleNamespace(report=SimpleNamespace(id=report), citation=SimpleNamespace(lines=lines))
                for report, lines in kept
            ]
        )


@pytest.mark.parametrize(("where", "expected"), [("report", 1.0), ("archive", 0.0), ("named", 0.0), ("condensed", 1.0)])
def test_hits_in_other_reports(where: Any, expected: float) -> None:
    archive: Any = _Archive()
    found = score_report(archive, "a", [QUERY], where=where)
    assert (found.ndcg, found.top5) == (expected, expected)
    assert archive.asked == [
        {"report": Filters(report=("mine",)), "named": Filters(year=(2021,))}.get(where, Filters())
    ]


def test_the_held_out_questions_are_of_reports_that_nothing_was_trained_on() -> None:
    for questions in (held_out(), held_out_figures()):
        assert set(questions) == {"001", "002", "004"}
    assert sum(bool(q.relevant) for asked in held_out().values() for q in asked) == 108
    assert sum(bool(q.relevant) for asked in held_out_figures().values() for q in asked) == 42

"""Twin questions, of which a report answers one."""

from pathlib import Path

from eval.gold import GoldPassage, GoldQuery
from eval.retrieval import held_out, held_out_figures, twins, unanswerable
from eval.twins import measure
from search.archive import Archive
from search.settings import Settings

TEXT = """Verksamhetsplan 2022 för Spånga-Tensta stadsdelsnämnd

Biblioteket i Tensta får en ny lokal vid torget under våren. Flytten ger fler läsplatser för barn och unga.
"""


def test_each_pair_has_one_question_that_is_answered() -> None:
    for queries in twins().values():
        for first, second in zip(queries[::2], queries[1::2], strict=True):
            assert (first.id[:-1], first.id[-1], second.id[-1]) == (second.id[:-1], "a", "b")
            assert first.language == second.language
            assert any(passage.grade == 2 for passage in first.relevant)
            assert not second.relevant


def test_no_twin_is_asked_in_another_set() -> None:
    others = (held_out(), held_out_figures(), unanswerable())
    known = {query.text for asked in others for queries in asked.values() for query in queries}
    written = [query.text for queries in twins().values() for query in queries]
    assert len(set(written)) == len(written) == 120
    assert known.isdisjoint(written)


def test_a_pair_is_right_only_when_both_are(tmp_path: Path) -> None:
    source = tmp_path / "001_plan.txt"
    source.write_text(TEXT, encoding="utf-8")
    pair = (
        GoldQuery("001-t01a", "Vad händer med biblioteket i Tensta?", "sv", "semantic", (GoldPassage(3, 3, 2),)),
        GoldQuery("001-t01b", "qqqzzz xxqq", "sv", "negative", ()),
    )
    with Archive(Settings(home=tmp_path / "home")) as archive:
        archive.ingest([source])
        found = {(f.group, f.name): f.value for f in measure(archive, {"001": pair})}
    right = found["tvillingar alla", "utan svar, avböjda"] * (1 - found["tvillingar alla", "med svar, avböjda"])
    assert found["tvillingar alla", "par rätt"] == right
    assert found["tvillingar", "rätt stycke bland fem källor"] == 1.0

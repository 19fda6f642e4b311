"""Which stretches make good quotes, and good examples on a topic."""

from collections.abc import Callable
from typing import Any

import pytest

from models.registry import load_registry
from search.answer import reads_well
from search.archive import Archive
from search.asked_names import proper_names
from search.data_files import Threshold, thresholds
from search.highlight import has_all_words
from search.question import understand
from search.schema import Filters


class _Passage:
    def __init__(self, text: str, kind: str = "paragraph") -> None:
        self.text, self.kind = text, kind


class _Found:
    def __init__(self, text: str, kind: str = "paragraph") -> None:
        self.passage = _Passage(text, kind)


@pytest.mark.parametrize(
    ("text", "figures", "good"),
    [
        ("Lekparken vid ån rustas under våren.", False, True),
        ("- Lekparken vid ån rustas under våren.", False, True),
        ("som rustas under våren och öppnar i juni.", False, False),
        ("Lekparker och idrottsplatser", False, False),
        ("Äldreomsorg 11 -11 0 Stöd 2,3 -2,3 0 Barn 3,5 -3,5 0.", False, False),
        ("Äldreomsorg 11 -11 0 Stöd 2,3 -2,3 0 Barn 3,5 -3,5 0.", True, True),
    ],
)
def test_whole_sentences_read_well(text: str, figures: bool, good: bool) -> None:
    found: Any = _Found(text)
    assert reads_well(found, 0, len(text), figures=figures) is good


@pytest.mark.parametrize("figures", [True, False])
def test_table_rows_answer_questions_about_figures(figures: bool) -> None:
    found: Any = _Found("Andel nöjda 81 % 85 %", "indicator")
    assert reads_well(found, 0, 10, figures=figures) is figures


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Vilka goda exempel finns på arbete mot ensamhet bland äldre?", "arbete mot ensamhet bland äldre"),
        ("Vilka goda exempel finns i rapporterna?", None),
        ("Goda exempel", None),
        ("Which good examples are there of reading aloud?", "reading aloud"),
    ],
)
def test_the_topic_of_good_examples(question: str, topic: str | None) -> None:
    assert understand(question, Filters(), [], load_registry).subject == topic


@pytest.mark.parametrize(
    ("question", "figures"),
    [("Hur många platser finns?", True), ("How do they work?", False), ("När öppnar det?", True)],
)
def test_questions_about_figures_are_told(question: str, figures: bool) -> None:
    assert understand(question, Filters(), [], load_registry).figures is figures


def test_good_examples_on_a_topic_are_ranked_and_counted(
    library: Any,
    new_draft: type[Any],
    open_archive: Callable[[], Archive],
    toolkit: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "tertialrapport 1", 2021).goal("1.1", "Ett gott liv")
    draft.example("Snickeriet lånar ut verktyg till föreningar.")
    draft.example("Promenadgrupper mot ensamhet samlar äldre varje vecka.")
    library.add("a.txt", draft)
    archive = open_archive()
    archive.ingest([library.folder])
    limit = {toolkit.encoder.name: Threshold(lowest=0.0, judge=0.0, english=0.0, topic=0.5, name=0.5, goals=0.1)}
    monkeypatch.setattr("search.topics.thresholds", lambda: limit)
    found = archive.ask("Vilka goda exempel finns på promenadgrupper mot ensamhet?")
    assert [row.summary[:12] for row in found.rows] == ["Promenadgrup"]  # type: ignore[union-attr]
    assert found.answer.startswith("1 av 2 goda exempel")
    none = archive.ask("Vilka goda exempel finns på rymdfärder?")
    assert none.answer.startswith("Av 2 goda exempel i 1 rapport handlar inget tydligt om")
    assert len(archive.ask("Vilka goda exempel finns?").rows) == 2


def test_every_model_has_a_threshold_for_topics() -> None:
    assert all(one.topic > 0 for one in thresholds().values())


def test_words_count_in_any_form() -> None:
    assert has_all_words("jämställdhet", "Vi arbetar med jämställdhetens villkor.")
    assert not has_all_words("jämställdhet och odling", "Vi arbetar med jämställdhet.")
    assert not has_all_words("och", "Vi och de.")


def test_a_question_about_a_name_that_no_report_has_is_unanswered(shared_archive: Archive) -> None:
    found = shared_archive.ask("Hur har samordnaren från Kometia hållit ihop arbetet med skolorna i området?")
    assert found.kind == "unanswered"
    assert "Nämns inte någonstans i dem: Kometia." in found.answer
    assert all(hit.nearest_only for hit in found.citations)
    assert shared_archive.ask("Hur har samordnaren för Trefas hållit ihop arbetet med skolorna?").kind == "passages"


def test_names_in_a_question(shared_archive: Archive) -> None:
    registry = shared_archive._toolkit.registry
    names = proper_names("Vad gör Trefas och Kometia för barn i Farsta? Hur går det? Åker de skidor?", registry)
    assert [(name.text, name.name) for name in names] == [("Trefas", "Trefas"), ("Farsta", "Farsta"), ("Kometia", None)]

"""The gold stands in the archive: quotes once each, mention sets exact, sentences word for word."""

import re
from pathlib import Path

import pytest

from examples.flow import Contents, Grid, Heading, flow
from examples.source import Source, SourceError
from examples.truth import load_questions, load_sentences


def full_text(source: Source) -> str:
    """Everything the report says once, contents list left out."""
    parts: list[str] = []
    for element in flow(source):
        if isinstance(element, Grid):
            for cells, note in element.rows:
                parts += [*cells, note or ""]
        elif isinstance(element, Heading) or not isinstance(element, Contents):
            parts.append(element.text)
    return "\n".join(parts)


@pytest.fixture(scope="module")
def texts(sources: tuple[Source, ...]) -> dict[str, str]:
    return {source.id: full_text(source) for source in sources}


def test_quotes_stand_once_in_their_report(texts: dict[str, str], archive: Path) -> None:
    for question in load_questions():
        for answer in question.answers:
            assert (archive / answer.source).is_file(), question.id
            assert texts[Path(answer.source).stem].count(answer.quote) == 1, (question.id, answer.quote)


def test_mention_sets_are_exact(sources: tuple[Source, ...], texts: dict[str, str]) -> None:
    for question in (question for question in load_questions() if question.kind == "mentions"):
        names = re.compile("|".join(map(re.escape, question.names)), re.IGNORECASE)
        found = [source for source in sources if names.search(texts[source.id])]
        assert {source.district for source in found if source.district} == set(question.districts), question.id
        assert {source.board for source in found if not source.district} == set(question.boards), question.id


def test_questions_are_many_and_of_every_kind() -> None:
    questions = load_questions()
    assert len({question.id for question in questions}) == len(questions) >= 25
    assert {question.kind for question in questions} == {
        "passages", "good_examples", "mentions", "indicator", "goal_status", "negative",
    }  # fmt: skip
    assert sum(question.lang == "en" for question in questions) >= 4


def test_sentences_stand_in_their_report(texts: dict[str, str]) -> None:
    sentences = load_sentences()
    assert len(sentences) >= 40
    for sentence in sentences:
        assert sentence.text in texts[sentence.source], sentence.text
        assert all(sentence.text[e.start : e.end] == e.text for e in sentence.entities)
    assert {e.label for s in sentences for e in s.entities} == {
        "PER", "ORG", "LOC", "DISTRICT", "PROGRAM", "LAW", "EVENT",
    }  # fmt: skip


def test_wrong_gold_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text("questions:\n- {id: q1, question: Vad, lang: sv, kind: passages}\n", encoding="utf-8")
    with pytest.raises(SourceError, match="minst ett svar"):
        load_questions(path)

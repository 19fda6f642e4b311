"""Passages are whole paragraphs of a fit length, and never reach over a section, a part or a subheading; a goal's
heading is one with its judgement."""

from dataclasses import replace

from ingest.block import Block, Document, Run
from ingest.build import build_report
from ingest.passages import LONG, SHORT
from ingest.report import Passage, Report
from ingest.sentences import sentence_spans
from ingest.text_reader import read_text

SENTENCE = "Förvaltningen har under våren prövat ett nytt arbetssätt som flera enheter tycker om. "


def read(text: str) -> Report:
    return build_report(read_text(text.encode(), "a.txt"), source="a.txt", sha256="")


def passages(body: str) -> tuple[Passage, ...]:
    """Those of a goal's analysis."""
    report = read(f"KF:s mål för verksamhetsområdet: 1.1 Alla har arbete\n\nUppfylls helt\n\nAnalys\n\n{body}\n")
    heading, *rest = report.passages
    assert heading.kind == "goal"
    return tuple(rest)


def judgements(text: str) -> list[Passage]:
    return [passage for passage in read(text).passages if passage.kind == "goal"]


def test_a_goals_heading_is_a_passage_with_its_judgement() -> None:
    text = (
        "Nämndmål:\n\n1.1.1 Barn och unga har\ngoda uppväxtvillkor\n\n● Uppfylls delvis\n\nAnalys\n\nDet går framåt.\n"
    )
    area = "KF:s mål för verksamhetsområdet: 1.1 Alla har arbete\n\nUppfylls helt\n\n"
    first, second = judgements(area + text)
    assert (first.text, first.lines) == ("KF:s mål för verksamhetsområdet: 1.1 Alla har arbete\nUppfylls helt", (1, 3))
    assert second.text == "Nämndmål: 1.1.1 Barn och unga har goda uppväxtvillkor\nUppfylls delvis"
    assert second.quote == "Nämndmål: 1.1.1 Barn och unga har goda uppväxtvillkor ● Uppfylls delvis"
    assert (second.lines, second.part, second.subheading) == ((5, 10), None, None)


def test_a_judgement_on_the_titles_line_is_not_said_twice() -> None:
    (found,) = judgements("KF:s mål för verksamhetsområdet: 1.1 Alla har arbete – Uppfylls helt\n\nAnalys\n\nJa.\n")
    assert found.text == found.quote == "KF:s mål för verksamhetsområdet: 1.1 Alla har arbete – Uppfylls helt"


def test_a_goal_without_judgement_is_no_passage() -> None:
    assert judgements("KF:s mål för verksamhetsområdet: 1.1 Alla har arbete\n\nIngen\n\nAnalys\n\nJa.\n") == []
    assert judgements("KF:s mål för verksamhetsområdet: 1.1 Alla har arbete\n\nAnalys\n\nJa.\n") == []


def test_a_goal_printed_twice_is_a_passage_where_it_is_judged() -> None:
    goal = "Nämndmål: 1.1.1 Alla trivs\n\n"
    area = "KF:s mål för verksamhetsområdet: 1.1 Alla har arbete\n\n"
    (found,) = judgements(f"{area}Analys\n\nJa.\n\n{goal}Analys\n\nJa.\n\n{goal}Uppfylls inte\n\nAnalys\n\nNej.\n")
    assert (found.text, found.lines) == ("Nämndmål: 1.1.1 Alla trivs\nUppfylls inte", (13, 15))


def test_a_mark_instead_of_words_is_told_in_words_that_are_not_quoted() -> None:
    lines = ("KF:s mål för verksamhetsområdet: 1.1 Alla har arbete", "Analys", "Det går bra i år.")
    blocks = [Block(line, (Run(0, len(line), line, line=n),), gap=1.0) for n, line in enumerate(lines, 1)]
    blocks[0] = replace(blocks[0], symbol="green")
    report = build_report(Document("txt", tuple(blocks)), source="a.txt", sha256="")
    found = report.passages[0]
    assert (found.kind, found.quote) == ("goal", lines[0])
    assert found.text == f"{lines[0]}\nUppfylls helt"


def test_short_neighbours_are_put_together() -> None:
    (passage,) = passages("Arbetet har gått bra i år.\n\nDet fortsätter i höst.")
    assert passage.text == "Arbetet har gått bra i år.\nDet fortsätter i höst."
    assert passage.quote == "Arbetet har gått bra i år. Det fortsätter i höst."
    assert passage.lines == (7, 9)


def test_long_paragraph_is_split_at_sentence_ends() -> None:
    found = passages(SENTENCE * 25)
    assert len(found) > 1
    assert all(len(passage.text) <= LONG and passage.text.endswith("om.") for passage in found)
    assert all(len(passage.text) >= SHORT for passage in found)
    assert " ".join(passage.text for passage in found) == (SENTENCE * 25).strip()


def test_paragraph_of_fit_length_stands_alone() -> None:
    found = passages(f"{SENTENCE * 6}\n\n{SENTENCE * 6}")
    assert len(found) == 2


def test_list_stays_with_its_lead_in() -> None:
    lead = SENTENCE * 4 + "Nämnden har gjort följande:"
    (passage,) = passages(f"{lead}\n\n- Öppnat en gård\n- Stängt en annan")
    assert passage.text.endswith("följande:\nÖppnat en gård\nStängt en annan")
    assert passage.kind == "paragraph"
    assert "- Öppnat en gård - Stängt en annan" in passage.quote


def test_subheading_parts_passages() -> None:
    found = passages("Arbetet har gått bra.\n\nFeriejobb\n\nFler fick jobb.\n\nGoda exempel\n\nEn kurs i matlagning.")
    assert [(passage.part, passage.subheading, passage.text) for passage in found] == [
        ("Analys", None, "Arbetet har gått bra."),
        ("Analys", "Feriejobb", "Fler fick jobb."),
        ("Goda exempel", None, "En kurs i matlagning."),
    ]


def test_table_row_is_a_passage_of_its_own() -> None:
    rows = "Indikator\tPeriodens utfall\tÅrsmål\n Andel nöjda\t80 %\t90 %\n Antal besök\t12\t14"
    found = passages(f"Arbetet har gått bra.\n\n{rows}")
    assert [(passage.kind, passage.part) for passage in found] == [
        ("paragraph", "Analys"),
        ("indicator", "Indikator"),
        ("indicator", "Indikator"),
    ]
    assert found[1].quote == "Andel nöjda 80 % 90 %"


def test_sentences() -> None:
    text = "Det gäller bl.a. barn. År 2022 kom 3 st. Fler? Ja! Se kap. 3 och A. Berg."
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    assert sentences == ["Det gäller bl.a. barn.", "År 2022 kom 3 st. Fler?", "Ja!", "Se kap. 3 och A. Berg."]

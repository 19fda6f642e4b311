"""Passages are whole paragraphs of a fit length, and never reach over a section, a part or a subheading."""

from ingest.build import build_report
from ingest.passages import LONG, SHORT
from ingest.report import Passage
from ingest.sentences import sentence_spans
from ingest.text_reader import read_text

SENTENCE = "Förvaltningen har under våren prövat ett nytt arbetssätt som flera enheter tycker om. "


def passages(body: str) -> tuple[Passage, ...]:
    text = f"KF:s mål för verksamhetsområdet: 1.1 Alla har arbete\n\nUppfylls helt\n\nAnalys\n\n{body}\n"
    return build_report(read_text(text.encode(), "a.txt"), source="a.txt", sha256="").passages


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

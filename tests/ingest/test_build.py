"""Reports written for these tests, read from text to `Report`: what must be found, and what must not."""

from functools import cache
from pathlib import Path

import pytest

from ingest.build import build_report
from ingest.markup_reader import read_html
from ingest.report import Report, Section
from ingest.text_reader import read_text

REPORTS = Path(__file__).parent / "reports"


@cache
def report(name: str) -> Report:
    path = REPORTS / f"{name}.txt"
    return build_report(read_text(path.read_bytes(), path.name), source=path.name, sha256="0" * 64)


def goals(name: str) -> list[Section]:
    kinds = ("inriktningsmal", "verksamhetsomradesmal", "namndmal")
    return [section for section in report(name).sections if section.kind in kinds]


def labels(section: Section) -> list[tuple[str, int | None, bool]]:
    return [(part.label, part.line, part.continued) for part in section.parts]


def line_of(name: str, text: str, nth: int = 0) -> int:
    lines = (REPORTS / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    return [number for number, line in enumerate(lines, start=1) if text in line][nth]


def test_goal_tree_with_labels_on_their_own_lines() -> None:
    assert [(goal.kind, goal.number, goal.title, goal.status) for goal in goals("tertial")] == [
        ("inriktningsmal", "1", "En stad med plats för alla", None),
        ("verksamhetsomradesmal", "1.1", "Invånare har egen försörjning", "Uppfylls helt"),
        ("namndmal", "1.1.1", "Kvinnor och män är etablerade", "Uppfylls delvis"),
        ("verksamhetsomradesmal", "1.2", "Staden är trygg och välskött", "Uppfylls inte"),
    ]


def test_goals_hang_together() -> None:
    first, area, board, second = goals("tertial")
    assert area.parent == first.id
    assert board.parent == area.id
    assert second.parent == first.id
    assert [goal.goal_number for goal in (first, area, board, second)] == ["1", "1.1", "1.1.1", "1.2"]


def test_parts_with_repeated_table_heading() -> None:
    area = goals("tertial")[1]
    assert labels(area) == [
        ("Analys", line_of("tertial", "Analys"), False),
        ("Goda exempel", line_of("tertial", "Goda exempel"), False),
        ("Indikator", line_of("tertial", "Indikator\t"), False),
        ("Indikator", line_of("tertial", "Indikator\t", 1), True),
        ("Aktivitet", line_of("tertial", "Aktivitet\t"), False),
    ]


def test_section_lines_run_from_title_to_last_text() -> None:
    area = goals("tertial")[1]
    assert area.line == line_of("tertial", "1.1 Invånare", 1)
    assert area.end_line == line_of("tertial", "Öppna ett nytt jobbspår")


def test_summary_repeats_no_goal() -> None:
    summary = [section for section in report("tertial").sections if section.title.startswith("1. En stad")]
    assert [section.kind for section in summary] == ["other"]


def test_contents_list_gives_neither_headings_nor_passages() -> None:
    assert not any("....." in passage.text for passage in report("tertial").passages)
    assert sum(section.title == "Uppföljning av ekonomi" for section in report("tertial").sections) == 1


def test_sentence_cut_by_a_page_break_is_joined() -> None:
    passage = next(p for p in report("tertial").passages if "Syftet" in p.text)
    assert "Syftet med arbetet är" in passage.text
    assert passage.lines == (line_of("tertial", "Fler invånare"), line_of("tertial", "med arbetet är"))


def test_hanging_hyphen_stays() -> None:
    assert any("trygg- och trivselgrupper" in passage.text for passage in report("tertial").passages)


def test_unmarked_expected_results_are_list_items() -> None:
    passage = next(p for p in report("tertial").passages if p.part == "Förväntat resultat")
    assert passage.kind == "list_item"
    assert passage.text == "Fler vuxna har arbete\nFler familjer har en egen bostad"


def test_table_rows_belong_to_their_goal() -> None:
    indicators = report("tertial").indicators
    assert [(row.name, row.goal_number) for row in indicators] == [
        ("Andel vuxna med ekonomiskt bistånd", "1.1"),
        ("Antal platser för feriejobb", "1.1"),
    ]
    assert report("tertial").passages[indicators[0].passage].kind == "indicator"
    (activity,) = report("tertial").activities
    assert (activity.name, activity.goal_number, activity.start) == ("Öppna ett nytt jobbspår", "1.1", "2021-01-01")


def test_comment_of_a_table_row_is_no_part() -> None:
    analyses = [part for part in goals("tertial")[1].parts if part.label == "Analys"]
    assert len(analyses) == 1


def test_title_over_two_lines() -> None:
    titles = [goal.title for goal in goals("wrapped")]
    assert titles == [
        "En stad med plats för alla i alla delar av området",
        "Invånare har egen försörjning och vägen till arbete är kort",
        "Nämndens lokaler är ändamålsenliga och tillgängliga för alla som använder dem",
        "Fler unga är med i föreningslivet.",
    ]


def test_ingen_is_no_status() -> None:
    assert [goal.status for goal in goals("wrapped")] == [None, "Uppfylls helt", None, "Uppfylls delvis"]


def test_leaked_page_header_is_left_out_and_the_sentence_joined() -> None:
    passages = report("wrapped").passages
    assert any("avgränsade platser och områden sker vandringar" in passage.text for passage in passages)
    assert not any("Tjänsteutlåtande" in p.text or "Sid 17" in p.text or "0850800000" in p.text for p in passages)


def test_quote_of_an_interrupted_passage_is_its_longest_stretch() -> None:
    passage = next(p for p in report("wrapped").passages if "områden sker vandringar" in p.text)
    assert passage.quote == "Som en del av arbetet med trygghet kopplat till avgränsade platser och"


def test_subheading_equal_to_a_goal_is_a_subheading() -> None:
    title = "Nämndens lokaler är ändamålsenliga och tillgängliga för alla som använder dem"
    passage = next(p for p in report("wrapped").passages if p.subheading == title)
    assert passage.text.startswith("Lokalerna har setts över")
    assert report("wrapped").sections[passage.section].number == "1.1"


def test_goal_named_under_internal_control_is_no_goal() -> None:
    assert [goal.number for goal in goals("wrapped")] == ["1", "1.1", "1.1.1", "1.1.2"]


def test_wrapped_words() -> None:
    text = " ".join(passage.text for passage in report("wrapped").passages)
    assert "Hägersten-Älvsjö stadsdelsförvaltning" in text
    assert "januari-juni" in text
    assert "inom- och utomhusbelysning" in text


def test_unnumbered_board_goals_take_the_number_above() -> None:
    assert [(goal.kind, goal.number, goal.goal_number) for goal in goals("plan")] == [
        ("inriktningsmal", "1", "1"),
        ("verksamhetsomradesmal", "1.1", "1.1"),
        ("namndmal", None, "1.1"),
        ("namndmal", None, "1.1"),
    ]


def test_parts_of_a_plan() -> None:
    assert [part.label for part in goals("plan")[3].parts] == [
        "Beskrivning",
        "Arbetssätt",
        "Uppföljning",
        "Förväntat resultat",
    ]
    assert all(goal.status is None for goal in goals("plan"))


def test_goal_printed_twice_is_one_section() -> None:
    (board,) = [goal for goal in goals("twice") if goal.kind == "namndmal"]
    assert (board.line, board.end_line) == (line_of("twice", "1.1.1"), line_of("twice", "Nämndmålet nås delvis"))
    assert board.status == "Uppfylls delvis"
    assert board.judged_line == line_of("twice", "1.1.1", 1)
    assert [part.label for part in board.parts] == ["Förväntat resultat", "Analys"]
    texts = [passage.text for passage in report("twice").passages if passage.section == board.id]
    assert [text.splitlines()[1:] for text in texts if "Nämndmål:" in text] == [["Uppfylls delvis"]]
    assert len(texts) == 4


def test_table_after_the_narrative_belongs_to_the_area_goal() -> None:
    (row,) = report("twice").indicators
    assert row.goal_number == "1.1"


def test_markup_is_cleaned_from_text_and_kept_in_quotes() -> None:
    passage = next(p for p in report("twice").passages if "bilaga 2" in p.text)
    assert passage.text == "Målet nås enligt förvaltningens bedömning, se bilaga 2 för mer om detta."
    assert "<i>bilaga 2</i>" in passage.quote
    assert next(p for p in report("twice").passages if "fortare" in p.text).subheading == "Ekonomiskt bistånd"


def test_numbered_chapters_without_goals() -> None:
    sections = [(s.kind, s.number, s.title, s.parent) for s in report("numbered").sections if s.number]
    above = next(s.id for s in report("numbered").sections if s.number == "2")
    assert sections == [
        ("chapter", "1", "Sammanfattning", None),
        ("chapter", "2", "Verksamhet", None),
        ("other", "2.1", "Resultat och volymer som mäts under året", above),
    ]
    assert not goals("numbered")
    assert all(section.status is None for section in report("numbered").sections)
    assert not any("(9)" in passage.text for passage in report("numbered").passages)


@pytest.mark.parametrize("name", ["tertial", "wrapped", "plan", "twice", "numbered"])
def test_sections_and_passages_are_in_order(name: str) -> None:
    found = report(name)
    assert [section.id for section in found.sections] == list(range(len(found.sections)))
    assert all(section.parent is None or section.parent < section.id for section in found.sections)
    for passage in found.passages:
        assert passage.text
        assert passage.text == passage.text.strip()
        assert passage.part is None or passage.part in {
            part.label for section in found.sections for part in section.parts
        }
        assert all(0 <= run.start <= run.end <= len(passage.text) for run in passage.runs)


LABELS = ("KF:s inriktningsmål:", "KF:s mål för verksamhetsområdet:", "Nämndmål:")


@pytest.mark.parametrize("name", ["tertial", "wrapped", "plan"])
def test_same_goals_without_labels(name: str) -> None:
    text = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
    for label in LABELS:
        text = text.replace(f"{label} ", "").replace(label, "")
    bare = build_report(read_text(text.encode(), name), source=name, sha256="")
    kinds = ("inriktningsmal", "verksamhetsomradesmal", "namndmal")
    found = [(s.kind, s.number, s.title, s.status) for s in bare.sections if s.kind in kinds]
    assert found == [(s.kind, s.number, s.title, s.status) for s in goals(name)]


@pytest.mark.parametrize("name", ["tertial", "twice"])
def test_same_goals_with_labels_on_the_title_line(name: str) -> None:
    text = (REPORTS / f"{name}.txt").read_text(encoding="utf-8")
    for label in LABELS:
        head, *tails = text.split(f"\n{label}\n")
        text = head + "".join(f"\n{label} {tail.lstrip().lstrip('#* ')}" for tail in tails)
    moved = build_report(read_text(text.replace("**\n", "\n").encode(), name), source=name, sha256="")
    kinds = ("inriktningsmal", "verksamhetsomradesmal", "namndmal")
    found = [(s.kind, s.number, s.title, s.status) for s in moved.sections if s.kind in kinds]
    assert found == [(s.kind, s.number, s.title, s.status) for s in goals(name)]


def test_attachments_named_one_after_the_other_are_text() -> None:
    text = "## Bilagor\n\n*Bilaga 1: Plan för hamnen*\n\n*Bilaga 2: Kurser*\n\n## Inledning\n\nÅret har varit gott.\n"
    report = build_report(read_text(text.encode(), "a.txt"), source="a.txt", sha256="0" * 64)
    assert not report.subheadings
    assert report.passages[0].text == "Bilaga 1: Plan för hamnen\nBilaga 2: Kurser"


def test_a_line_without_stop_right_above_a_part_is_text() -> None:
    text = (
        "KF:s mål för verksamhetsområdet:\n\n1.1 Alla har arbete\n\nUppfylls helt\n\nBeskrivning\n\n"
        "Hamnens folk har en plats att vara på.\n\nDe äldre upplever att de blir sedda\n\nAnalys\n\nDet går bra.\n"
    )
    report = build_report(read_text(text.encode(), "a.txt"), source="a.txt", sha256="0" * 64)
    assert not report.subheadings
    assert "De äldre upplever att de blir sedda" in report.passages[1].text


def test_the_title_of_the_document_is_one_section() -> None:
    html = "<h1>Granskning av hamnen</h1><h2>Bedömning</h2><p>Hamnen sköts väl.</p>"
    document = read_html(html.encode(), "a.html")
    report = build_report(document, source="a.html", sha256="0" * 64)
    assert [section.title for section in report.sections] == ["Granskning av hamnen", "Bedömning"]

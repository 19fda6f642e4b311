"""The same report printed in other ways gives the same goals: labels, numbers, judgements, breaks, page headers."""

import re
import textwrap
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ingest.build import build_report
from ingest.report import Report
from ingest.text_reader import read_text

REPORTS = Path(__file__).parent / "reports"
NAMES = ("tertial", "wrapped", "plan")
KINDS = ("inriktningsmal", "verksamhetsomradesmal", "namndmal")
TOP, AREA, BOARD = "KF:s inriktningsmål:", "KF:s mål för verksamhetsområdet:", "Nämndmål:"
Goals = list[tuple[str, str | None, str, str | None]]


def build(text: str) -> Report:
    return build_report(read_text(text.encode(), "a.txt"), source="a.txt", sha256="0" * 64)


@cache
def source(name: str) -> str:
    return (REPORTS / f"{name}.txt").read_text(encoding="utf-8")


def goals(text: str) -> Goals:
    return [
        (section.kind, section.number, section.title, section.status)
        for section in build(text).sections
        if section.kind in KINDS
    ]


def labels(top: str, area: str, board: str) -> Callable[[str], str]:
    def print_again(text: str) -> str:
        for old, new in ((TOP, top), (AREA, area), (BOARD, board)):
            text = text.replace(old, new)
        return text

    return print_again


def statuses(form: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"(?m)^ ?(Uppfylls (?:helt|delvis|inte)) *$", lambda m: form.format(m[1]), text)


def numbers(after: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"(?m)^((?:.*: )?\d\.\d(?:\.\d)?)\.? (?=[A-ZÅÄÖ])", rf"\g<1>{after}", text)


def headers(text: str) -> str:
    lines = text.split("\n")
    for place in range(len(lines) // 20 * 20, 0, -20):
        lines[place:place] = ["Tjänsteutlåtande", "Dnr 1.1-17/2021", f"Sid {place // 20 + 1} (9)", ""]
    return "\n".join(lines)


def wrapped(width: int) -> Callable[[str], str]:
    def print_again(text: str) -> str:
        lines: list[str] = []
        for line in text.split("\n"):
            whole = "\t" in line or "...." in line or len(line) <= width
            lines += [line] if whole else textwrap.wrap(line, width, break_on_hyphens=False)
        return "\n".join(lines)

    return print_again


def page_headers(every: int) -> Callable[[str], str]:
    """Page headers wherever a page happens to end, inside tables, names and cells too."""

    def print_again(text: str) -> str:
        lines = text.split("\n")
        for place in range(len(lines) // every * every, 0, -every):
            lines[place:place] = ["Tjänsteutlåtande", "Dnr 1.1-17/2021", f"Sid {place // every + 1} (99)", ""]
        return "\n".join(lines)

    return print_again


def form_feeds(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"\f{line}" if place % 7 == 6 else line for place, line in enumerate(lines))


def indented(text: str) -> str:
    return "\n".join(f"   {line}" if line.strip() else line for line in text.split("\n"))


WAYS: dict[str, Callable[[str], str]] = {
    "written out": labels(
        "Kommunfullmäktiges inriktningsmål:", "Kommunfullmäktiges mål för verksamhetsområdet:", "Nämndens mål:"
    ),
    "capitals": labels(TOP.upper(), AREA.upper(), BOARD.upper()),
    "without colon": labels(TOP[:-1], AREA[:-1], BOARD[:-1]),
    "shared labels": labels(TOP, "KF-mål:", "Nämndens mål:"),
    "other apostrophe": labels("KF´s inriktningsmål:", "KFs mål för verksamhetsområde:", "Nämndens nämndmål:"),
    "status with a word": statuses("Status: {}"),
    "status with a mark": statuses("● {}."),
    "status as a sentence": statuses("Målet bedöms: {}"),
    "status in capitals": lambda text: re.sub(r"(?m)^ ?Uppfylls \w+ *$", lambda m: m[0].upper(), text),
    "number with a stop": numbers(". "),
    "number with a hard blank": numbers("\u00a0"),
    "number with a tab": numbers("\t"),
    "page headers": headers,
    "wide": wrapped(95),
    "narrow": wrapped(60),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "hard blanks": lambda text: re.sub(r"(?<=\w) (?=\w)", "\u00a0", text),
    "form feeds": form_feeds,
    "indented": indented,
    "double spaced": lambda text: text.replace("\n", "\n\n"),
    "soft hyphens": lambda text: re.sub(r"(?<=[a-zåäö]{4})(?=[a-zåäö]{4})", "\u00ad", text),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", WAYS)
def test_same_goals(way: str, name: str) -> None:
    assert goals(WAYS[way](source(name))) == goals(source(name))


def test_status_on_the_title_line() -> None:
    for form in ("{} (uppfylls delvis)", "{} – Uppfylls delvis", "{} Uppfylls delvis", "{} (Status: uppfylls delvis)"):
        text = f"{TOP} 1. En stad\n\n{AREA} {form.format('1.1 Alla har arbete')}\n\nAnalys\n\nDet går framåt.\n"
        assert goals(text)[1] == ("verksamhetsomradesmal", "1.1", "Alla har arbete", "Uppfylls delvis")


def test_number_in_the_label() -> None:
    text = (
        "Inriktningsmål 1: En stad\n\nVerksamhetsområdesmål 1.1: Alla har arbete\n\n"
        "Nämndmål 1.1.1: Fler får lön\n\nAnalys\n"
    )
    assert [goal[:3] for goal in goals(text)] == [
        ("inriktningsmal", "1", "En stad"),
        ("verksamhetsomradesmal", "1.1", "Alla har arbete"),
        ("namndmal", "1.1.1", "Fler får lön"),
    ]


def test_a_sentence_that_begins_with_a_goals_name_is_no_goal() -> None:
    text = (
        f"{TOP} 1. En stad\n\nVerksamhetsområdesmål 1.4 Alla får stöd i rätt tid bedöms nås delvis under året.\n\n"
        f"Mål 3: God hälsa för alla i staden\n\nArbetet fortgår.\n\n{AREA} 1.1 Alla har arbete\n\nUppfylls helt\n"
    )
    assert [goal[1] for goal in goals(text)] == ["1", "1.1"]


def test_title_cut_by_a_page_header() -> None:
    text = (
        f"{TOP} 1. En stad\n\n{AREA} 1.1 Alla har arbete och vägen till\n\nTjänsteutlåtande\nSid 4 (9)\n\n"
        "egen försörjning är kort\n\nUppfylls helt\n"
    )
    assert goals(text)[1] == (
        "verksamhetsomradesmal",
        "1.1",
        "Alla har arbete och vägen till egen försörjning är kort",
        "Uppfylls helt",
    )


def test_parts_stand_outside_free_headings() -> None:
    text = (
        f"{TOP} 1. En stad\n\n{AREA} 1.1 Alla har arbete\n\nUppfylls helt\n\nAnalys\n\nDet går framåt i alla delar.\n\n"
        "Utveckling\n\nArbetet ska prövas i fler delar av området.\n\nGoda exempel inom hamnen\n\n"
        "Hamnen har lånat ut fyrtio båtar till skolorna i området.\n\n"
        f"{AREA} 1.2 Staden är trygg\n\nUppfylls helt\n\nAnalys\n\nStöd till unga\n\nFler unga får stöd i tid.\n\n"
        "Utveckling\n\nStödet växer med en kväll i veckan.\n"
    )
    parts = [[part.label for part in section.parts] for section in build(text).sections if section.parts]
    assert parts == [["Analys", "Utveckling", "Goda exempel"], ["Analys"]]
    assert {passage.subheading for passage in build(text).passages if passage.part == "Goda exempel"} == {
        "Goda exempel inom hamnen"
    }


def test_headings_right_below_each_other_are_both_kept() -> None:
    text = (
        f"{TOP} 1. En stad\n\n{AREA} 1.1 Alla har arbete\n\nAnalys\n\nSamverkan\n\nStöd till unga\n\n"
        "Fler får stöd i tid.\n"
    )
    report = build(text)
    assert [heading.text for heading in report.subheadings] == ["Samverkan", "Stöd till unga"]
    assert report.passages[-1].subheading == "Samverkan – Stöd till unga"


def test_repeated_lines_by_the_page_number_are_no_text() -> None:
    pages = "".join(f"Texten på sida {word}.\n\nHamnstads nämnd\nSid {n} (9)\n\n" for n, word in enumerate("abcd", 2))
    assert not any("Hamnstads" in passage.text for passage in build(pages).passages)


def test_goals_without_numbers_belong_to_the_area_above_them_although_all_areas_are_listed_first() -> None:
    areas = {"Alla har arbete": "Fler får lön", "Staden är trygg": "Parkerna är ljusa"}
    text = f"{TOP} En stad\n\n" + "\n\n".join(f"{AREA} {area}" for area in areas) + "\n\n"
    text += "\n\n".join(f"{AREA} {area}\n\n{BOARD} {goal}\n\nAnalys\n\nDet går bra." for area, goal in areas.items())
    sections = build(text).sections
    found = {s.title: sections[s.parent].title for s in sections if s.kind == "namndmal" and s.parent is not None}
    assert found == {goal: area for area, goal in areas.items()}


ROW_WAYS: dict[str, Callable[[str], str]] = {
    **{f"page headers every {every} lines": page_headers(every) for every in (9, 10, 11, 13)},
    "form feeds": form_feeds,
    "indented": indented,
    "double spaced": lambda text: text.replace("\n", "\n\n"),
    "soft hyphens": WAYS["soft hyphens"],
    "narrow": lambda text: text.replace("01-01 2031", "01-01 \n2031"),
}


@pytest.mark.parametrize("way", ROW_WAYS)
def test_same_rows(way: str) -> None:
    """The tables have nothing but blanks between cells, as some extractions print them."""

    def rows(text: str) -> list[object]:
        report = build(text)
        indicators = [(i.goal_number, i.name, i.values, i.note) for i in report.indicators]
        return [*indicators, *((a.goal_number, a.name, a.start, a.end) for a in report.activities)]

    printed = source("printed")
    found = rows(printed)
    assert len(found) == 5
    assert rows(ROW_WAYS[way](printed)) == found
    assert goals(ROW_WAYS[way](printed)) == goals(printed)


def test_a_word_hyphenated_in_a_name_is_whole_again() -> None:
    text = source("printed").replace("Antal ekor som \nhyrs ut", "Antal seg-\nlare som hyr")
    names = [indicator.name for indicator in build(text.replace("Det går", "En seglare gick. Det går")).indicators]
    assert "Antal seglare som hyr" in names

"""What must hold for any text whatever: a report that hangs together and loses nothing, or one clear error."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.build import build_report
from ingest.errors import IngestError
from ingest.furniture import drop_furniture
from ingest.quote import fold
from ingest.report import Report
from ingest.text_reader import decode, read_text

REPORTS = Path(__file__).parent / "reports"
LINES = (
    "",
    " ",
    "KF:s inriktningsmål: 1. En stad för alla",
    "KF:s mål för verksamhetsområdet:",
    "1.1 Alla har arbete",
    "1.2. Staden är trygg och",
    "välskött",
    "Nämndmål: 1.1.1 Unga har en fritid",
    "Nämndmål:",
    "Unga har en fritid",
    "Uppfylls helt",
    "● Uppfylls delvis",
    "Ingen",
    "Analys",
    "Beskrivning",
    "Förväntat resultat",
    "Utveckling",
    "Goda exempel inom hamnen",
    "- Fler unga kommer till gården",
    "**Stöd till unga**",
    "<p><b>Analys</b></p>",
    "Arbetet har pågått under hela våren, och fler unga än förra året har kommit till gården på kvällarna.",
    "Hamnens båtlån är ett gott exempel. Av 40 lånare har 38 kommit tillbaka, och två klubbar har tagit efter.",
    "Indikator\tPeriodens utfall\tÅrsmål\tPeriod",
    "Andel nöjda\t71 %\t80 %\tTertial 1 2022",
    "Aktivitet\tStartdatum\tSlutdatum",
    "Öppna en ny kaj\t2022-01-01\t2022-12-31",
    "Analys Kajen blev klar i maj.",
    "Indikator   Utfall   Årsmål",
    "Sida 3 (12)",
    "Tjänsteutlåtande",
    "Innehållsförteckning",
    "Inledning ........ 3",
    "Uppföljning av ekonomi",
    "Mnkr\tBudget\tUtfall",
    "Kajer\t1,2\t1,3",
    "trygg-",
    "\u00a0| a | b |",
    "\f",
)


def build(data: bytes) -> Report:
    return build_report(read_text(data, "a.txt"), source="a.txt", sha256="0" * 64)


def words(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in re.finditer(r"\w+", text))


def check(data: bytes) -> None:
    """Everything that holds for every report."""
    report = build(data)
    source = fold(decode(data, "a.txt"))
    last = None
    for section in report.sections:
        assert section.title
        assert section.parent is None or section.parent < section.id
        assert section.line is None or last is None or section.line >= last
        last = section.line or last
        assert section.end_line is None or section.line is None or section.end_line >= section.line
    for index, passage in enumerate(report.passages):
        section = report.sections[passage.section]
        assert passage.text.strip()
        # A nämndmål told within its area goal's text stands in the area goal's part.
        above = report.sections[section.parent] if section.parent is not None else section
        assert passage.part is None or passage.part in {part.label for part in (*section.parts, *above.parts)}
        assert fold(passage.quote) in source
        assert passage.quote.strip()
        assert passage.duplicate_of is None or passage.duplicate_of < index
        if passage.lines is not None and section.line is not None and section.end_line is not None:
            # A goal's label may stand on a line of its own above the title.
            assert section.line <= passage.lines[0] or passage.kind == "goal"
            assert passage.lines[0] <= passage.lines[1] <= section.end_line
    rows = [row.passage for row in report.indicators] + [row.passage for row in report.activities]
    assert all(0 <= row < len(report.passages) for row in rows)
    assert all(passage < len(report.passages) for example in report.good_examples for passage in example.passages)


def lost_lines(data: bytes) -> list[str]:
    """Printed lines of running text, furniture aside, of which a word stands in no passage, heading, label or table."""
    document = read_text(data, "a.txt")
    report = build_report(document, source="a.txt", sha256="0" * 64)
    covered: dict[int, list[tuple[int, int]]] = {}
    runs = [run for passage in report.passages for run in passage.runs]
    runs += [run for subheading in report.subheadings for run in subheading.runs]
    for run in runs:
        if run.start == run.end:
            continue
        assert run.line is not None
        covered.setdefault(run.line, []).append((run.column or 0, (run.column or 0) + len(run.raw)))
    titles = " ".join(fold(section.title) for section in report.sections)
    known = {part.line for section in report.sections for part in section.parts}
    lost: list[str] = []
    for block in drop_furniture(document).blocks:
        if not block.text or block.cells is not None:
            continue
        (run,) = block.runs
        places = covered.get(run.line or 0, [])
        whole = all(
            any(a <= start + (run.column or 0) and end + (run.column or 0) <= b for a, b in places)
            for start, end in words(run.raw.replace("\u00ad", "-"))
        )
        said = re.sub(r"^[\d.\s]+", "", block.text)
        if not whole and run.line not in known and said not in titles:
            lost.append(block.text)
    return lost


SLOW = [HealthCheck.too_slow]


@settings(max_examples=120, deadline=None, suppress_health_check=SLOW)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=40))
def test_reports_of_any_lines_hang_together(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    if any(line.strip() for line in lines):
        check(data)
    else:
        with pytest.raises(IngestError):
            build(data)


@settings(max_examples=120, deadline=None, suppress_health_check=SLOW)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_give_a_report_or_an_error(data: bytes) -> None:
    try:
        document = read_text(data, "a.txt")
    except IngestError:
        return
    assert document.blocks
    check(data)


@pytest.mark.parametrize("name", ["tertial", "wrapped", "plan", "twice", "numbered"])
def test_nothing_printed_is_lost(name: str) -> None:
    data = (REPORTS / f"{name}.txt").read_bytes()
    check(data)
    told = re.compile(r"KF:s |Nämndmål|Uppfylls |Ingen$|Indikator|Aktivitet|Innehåll")
    assert [line for line in lost_lines(data) if not told.match(line)] == []

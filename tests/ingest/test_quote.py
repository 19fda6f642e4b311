"""Quotes must be found in the source, whatever stretch of a passage they are of."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.block import Box, Run
from ingest.build import build_report
from ingest.quote import fold, quote_all, quote_of
from ingest.text_reader import decode, read_text

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))
SHARED = Path(__file__).parents[2] / "../shared/archive/text"
REAL = sorted(SHARED.glob("*.txt"))


def checked(text: str) -> str:
    """The folding that a checker of citations does, written independently."""
    return re.sub(r"\s+", " ", re.sub(r"-\s*\n\s*", "", text)).strip()


def run(start: int, raw: str, line: int, length: int | None = None) -> Run:
    return Run(start, start + (len(raw) if length is None else length), raw, line, 0)


def test_fold_is_what_checkers_do() -> None:
    text = "Arbetet  med trygg-\n het i\n\nHägersten-\nÄlvsjö "
    assert fold(text) == checked(text) == "Arbetet med trygghet i HägerstenÄlvsjö"


def test_word_broken_at_line_end_is_joined() -> None:
    runs = [run(0, "mer trygg-", 1, 9), run(9, "het ute", 2)]
    assert quote_of(runs, 0, 16).text == "mer trygghet ute"


def test_kept_hyphen_keeps_its_line_end() -> None:
    runs = [run(0, "i Hägersten-", 1), run(12, "Älvsjö", 2)]
    assert quote_of(runs, 0, 18).text == "i Hägersten-\nÄlvsjö"
    runs = [run(0, "barn-", 1), run(6, "och unga", 2)]
    assert quote_of(runs, 0, 14).text == "barn-\noch unga"


def test_range_that_ends_at_a_broken_word_ends_without_its_hyphen() -> None:
    runs = [run(0, "mer trygg-", 1, 9), run(9, "het ute", 2)]
    assert quote_of(runs, 0, 9).text == "mer trygg"


def test_sub_range_keeps_markup_inside() -> None:
    runs = [run(0, "Se **Spår** och *Kompass* i dag", 1, 25)]
    assert quote_of(runs, 3, 19).text == "Spår** och *Kompass"
    assert quote_of(runs, 0, 25).text == "Se **Spår** och *Kompass* i dag"


def test_interruption_leaves_the_longest_stretch() -> None:
    runs = [run(0, "kort", 1), Run(5, 5, "…"), run(5, "mycket längre", 9)]
    assert quote_of(runs, 0, 18).text == "mycket längre"


def test_page_change_interrupts() -> None:
    runs = [
        Run(0, 4, "ett ", box=Box(1, 0, 700, 50, 712)),
        Run(4, 16, "två tre fyra", box=Box(2, 0, 50, 50, 62)),
    ]
    assert quote_of(runs, 0, 16).text == "två tre fyra"


def test_blank_lines_do_not_interrupt() -> None:
    assert quote_of([run(0, "Syftet", 3), run(7, "är klart", 9)], 0, 15).text == "Syftet är klart"


def test_quote_of_a_row() -> None:
    assert quote_all([Run(0, 0, "Andel barn", 1, 2), Run(0, 0, "2,9 %", 1, 14)]).text == "Andel barn 2,9 %"


def test_hyphens_alone_on_lines_end_no_quote() -> None:
    runs = [run(0, "a", 1), run(2, "-", 2), run(4, "-", 3), run(6, "b", 4)]
    assert quote_of(runs, 0, 5).text == "a"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcåö -*", min_size=1, max_size=30), min_size=1, max_size=8), st.randoms())
def test_any_text(lines: list[str], chance: random.Random) -> None:
    source = "Början på texten står här\n" + "\n".join(lines)
    document = read_text(source.encode(), "a.txt")
    for passage in build_report(document, source="a.txt", sha256="").passages:
        assert checked(passage.quote) in checked(source)
        start = chance.randrange(len(passage.text))
        end = chance.randrange(start + 1, len(passage.text) + 1)
        assert checked(quote_of(passage.runs, start, end).text) in checked(source)


@pytest.mark.parametrize("path", REPORTS + REAL, ids=lambda path: path.stem[:8])
def test_every_passage_and_random_parts_of_it(path: Path) -> None:
    data = path.read_bytes()
    source = checked(decode(data, path.name))
    chance = random.Random(7)
    passages = build_report(read_text(data, path.name), source=path.name, sha256="").passages
    assert passages
    for passage in passages:
        assert passage.quote
        assert checked(passage.quote) in source
        start = chance.randrange(len(passage.text))
        end = chance.randrange(start + 1, len(passage.text) + 1)
        assert checked(quote_of(passage.runs, start, end).text) in source


@pytest.mark.skipif(not REAL, reason="the real reports are not beside the repository")
def test_real_reports_are_there() -> None:
    assert len(REAL) >= 5

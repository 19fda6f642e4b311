"""Rows of other tables than those of indicators, such as a budget by area, as rows of an answer about figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.personal_data import find_personal_data
from models.words import search_terms
from search.answer import Sentence
from search.citation import cite_passage, cite_stretch
from search.data_files import question_words
from search.schema import IndicatorRow

_NUMBER = r"(?:[-–+±]\s?)?(?:\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?:[.,]\d+)?"
_CELL = re.compile(rf"(?:^|(?<=, ))(?:(?P<column>\S.*?) )??(?P<number>{_NUMBER})(?P<percent> ?%)?(?=, |\.?$)")
_FIGURE_LETTERS = frozenset("-–+±0123456789.,% \u00a0\n")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a row."""

    column: str
    """As it is called in the sentence of the row; "" for a column without a name."""
    number: float
    percent: bool


def is_other_row(one: Sentence) -> bool:
    """Whether a stretch is a row of a table that is no table of indicators. One with personal data is none: cut in two
    it would not be known for what it is."""
    passage = one.found.passage
    row = one.printed or passage.kind == "table_row"
    return row and not find_personal_data(passage.text[one.start : one.end])


def other_row(one: Sentence, question: str) -> IndicatorRow:
    """A row of a table that is no table of indicators. Its value is that of the column that the question names, which
    is then told in place of the period; all its figures as they are printed when the question names none of them."""
    found = one.found
    passage = found.passage
    text = passage.text[one.start : one.end]
    if passage.kind == "table_row":
        cited = cite_passage(found.report, found.section, passage)
        name, _, figures = text.partition(": ")
        chosen = _asked(cells(figures), question)
    else:
        cited = cite_stretch(found.report, found.section, passage, one.start, one.end)
        (name, figures), chosen = _name_and_figures(text), None
    label, money, rest = _money(name)
    return IndicatorRow(
        district=found.report.district,
        report=found.report.id,
        year=found.report.year,
        period=chosen.column if chosen is not None else None,
        name=_BLANKS.sub(" ", rest).strip(" .:"),
        value=chosen.number if chosen is not None else _BLANKS.sub(" ", figures).strip(" ."),
        unit=None if chosen is None else "%" if chosen.percent else label if money else None,
        men=None,
        women=None,
        previous=None,
        target=None,
        city_target=None,
        forecast=None,
        note=None,
        citation=cited,
        board=found.report.board,
        report_id=found.report.id,
        passage_id=passage.id,
        of_indicator=False,
    )


def cells(figures: str) -> tuple[Cell, ...]:
    """The figures in a row's sentence after its name: "budget 2021 651,1, prognos 2021 666,1."."""
    return tuple(
        Cell(match["column"] or "", _number(match["number"]), bool(match["percent"]))
        for match in _CELL.finditer(figures)
    )


def _name_and_figures(text: str) -> tuple[str, str]:
    """A row that came as text, cut before the figures that it ends in."""
    start = len(text)
    while start and text[start - 1] in _FIGURE_LETTERS:
        start -= 1
    while start < len(text) and not text[start].isspace():
        start += 1
    return text[:start], text[start:]


def _asked(row: Sequence[Cell], question: str) -> Cell | None:
    """The one cell whose column shares most with the question; None when none does, or several equally."""
    wanted, years = set(search_terms(question)), set(_YEAR.findall(question))
    shared = [
        (len(wanted & set(search_terms(cell.column))), len(years & set(_YEAR.findall(cell.column)))) for cell in row
    ]
    best = max(shared, default=(0, 0))
    return row[shared.index(best)] if any(best) and shared.count(best) == 1 else None


def _money(name: str) -> tuple[str, bool, str]:
    """(unit, whether it is one of money, the name without it): "Mnkr, Äldreomsorg"."""
    label, comma, rest = name.partition(", ")
    unit = label.lower()
    if comma and unit in question_words().figure_types["money"].told:
        return unit, True, rest
    return "", False, name


def _number(printed: str) -> float:
    digits = re.sub(r"[\s+±]", "", printed.replace("–", "-").replace(",", "."))
    return float(digits)

"""Split printed words into a row's cells when only blanks hold the cells apart.

One blank stands between cells and inside them; every further blank is an empty cell; a cell of several lines ends
with a blank line. So the words alone do not tell where cells end, but the number of columns, what a cell can look like
and the period in the last column together do: the cheapest split with exactly the right number of cells is taken.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.block import Cell
from ingest.columns import Column, begins_cell_phrase, is_cell_phrase
from ingest.printed_line import Line, Word, join_words
from ingest.values import parse_value

_PERIOD = re.compile(r"(?:[^\W\d]+\.? (?:\d )?|[TV]\d )?(?:19|20)\d{2}", re.IGNORECASE)
_PERIODICITY = re.compile(
    r"(?:tertial|år|månad|kvartal|halvår|helår|vecka)(?:svis|ligen)?(?: \d(?: \d{4})?)?", re.IGNORECASE
)
_DATE = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}")
_MAX_WORDS = 60
_MAX_CELL_WORDS = 9
_IMPOSSIBLE = float("inf")

Break = Literal["start", "blank", "line", "group"]


@dataclass(frozen=True, slots=True)
class _Token:
    word: Word
    before: Break
    """What stands before the word: the row's beginning, blanks, a line end, a blank line."""
    empties: int
    """Empty cells that the blanks before it would make, if it begins a cell."""
    broken: bool
    """True when the line before ended inside a word."""
    group: int
    last_of_group: bool


@dataclass(frozen=True, slots=True)
class ParsedCells:
    """A row's cells."""

    cells: tuple[Cell, ...]
    groups: int
    """How many groups of lines they take, the first included."""
    cost: float


def parse_cells(groups: Sequence[Sequence[Line]], first_word: int, columns: Sequence[Column]) -> ParsedCells | None:
    """The cells of one row, one for each of `columns`.

    `groups` are lines between blank lines; the cells begin at word `first_word` of the first line of the first group
    and end with some group. None when the words cannot be split so.
    """
    tokens = _tokens(groups, first_word)
    if not tokens or not _may_begin(tokens[0].word.text):
        return None
    count = len(columns)
    # best[n][c]: (cost, words before the last cell, cells before it) of the cheapest split of n words in c cells.
    best: list[dict[int, tuple[float, int, int]]] = [{0: (0.0, 0, 0)}, *({} for _ in tokens)]
    for end in range(1, len(tokens) + 1):
        for start in range(max(0, end - _MAX_CELL_WORDS), end):
            if start and tokens[start].before == "line" and not best[start]:
                continue
            for filled, (cost, _, _) in best[start].items():
                place = filled + tokens[start].empties
                if place >= count:
                    continue
                total = cost + _join_cost(tokens[start:end]) + _cell_cost(tokens[start:end], columns[place])
                if total < best[end].get(place + 1, (_IMPOSSIBLE, 0, 0))[0]:
                    best[end][place + 1] = (total, start, filled)
    ends = [n for n in range(1, len(tokens) + 1) if tokens[n - 1].last_of_group and count in best[n]]
    if not ends:
        return None
    end = min(ends, key=lambda n: best[n][count][0])
    return ParsedCells(_cells(tokens, best, end, count), tokens[end - 1].group + 1, best[end][count][0])


def parse_dates(line: Line, columns: Sequence[Column]) -> tuple[int, tuple[Cell, ...]] | None:
    """The word where an activity's dates begin and its cells; None when the line has no dates."""
    words = line.words
    start = next((n for n, word in enumerate(words) if _DATE.fullmatch(word.text)), None)
    if start is None:
        return None
    dates = [word.cell for word in words[start : start + 2] if _DATE.fullmatch(word.text)]
    rest = join_words([(False, words[start + len(dates) :])])
    dated = [n for n, column in enumerate(columns) if column.role in ("start", "end")]
    cells = [Cell("")] * len(columns)
    for place, cell in zip(dated, dates, strict=False):
        cells[place] = cell
    if rest.text:
        others = [n for n in range(len(columns)) if n not in dated]
        if not others:
            return None
        cells[others[0]] = rest
    return start, tuple(cells)


def _tokens(groups: Sequence[Sequence[Line]], first_word: int) -> list[_Token]:
    tokens: list[_Token] = []
    broken = False
    for number, lines in enumerate(groups):
        for row, line in enumerate(lines):
            words = line.words[first_word:] if not tokens else line.words
            for place, word in enumerate(words):
                leading = place == 0 and (bool(tokens) or first_word == 0)
                before: Break = "blank" if place else "line" if row else "group" if number else "start"
                last = row == len(lines) - 1 and place == len(words) - 1
                empties = word.gap if leading else max(word.gap - 1, 0)
                tokens.append(_Token(word, before, empties, broken and place == 0, number, last))
            broken = line.breaks_word
            if len(tokens) > _MAX_WORDS:
                return tokens
    return tokens


def _may_begin(word: str) -> bool:
    """Whether a row's first filled cell can begin so: a figure, or the first word of a known phrase."""
    return bool(re.match(r"[-−–+±]?/?-?\d", word)) or word == "-" or is_cell_phrase(word) or begins_cell_phrase(word)


def _join_cost(tokens: Sequence[_Token]) -> float:
    """Cost of taking the tokens as one cell, and of letting its first begin one."""
    if any(token.before == "group" or (token.before == "blank" and token.empties) for token in tokens[1:]):
        return _IMPOSSIBLE
    return 2.0 if tokens[0].before == "line" else 0.0


def _cell_cost(tokens: Sequence[_Token], column: Column) -> float:
    """How unlike a cell of `column` the tokens are; infinite when they cannot be one."""
    text = _text(tokens).text
    if column.role == "period":
        return 0.0 if _PERIOD.fullmatch(text) else _IMPOSSIBLE
    if column.role == "periodicity":
        return 0.0 if _PERIODICITY.fullmatch(text) or _PERIOD.fullmatch(text) else _IMPOSSIBLE
    if is_cell_phrase(text) or text == "-":
        return 0.0
    value = parse_value(text)
    if value is not None and value.number is not None:
        grouped = len(re.findall(r"\d[ .](?=\d{3})", text))
        return 0.5 * grouped + (0.2 * len(tokens) if value.unit and len(tokens) > 2 else 0.0)
    if begins_cell_phrase(text):
        return 0.5
    if re.search(r"[^\W\d]", text) is None:
        return _IMPOSSIBLE
    return 3.0 + len(tokens) + 2.0 * len(re.findall(r"\d+", text))


def _text(tokens: Sequence[_Token]) -> Cell:
    lines: list[list[Word]] = [[]]
    breaks: list[bool] = [False]
    for place, token in enumerate(tokens):
        if place and token.before == "line":
            breaks[-1] = token.broken
            lines.append([])
            breaks.append(False)
        lines[-1].append(token.word)
    return join_words(zip(breaks, lines, strict=True))


def _cells(
    tokens: Sequence[_Token], best: Sequence[dict[int, tuple[float, int, int]]], end: int, count: int
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    while end:
        _, start, filled = best[end][count]
        cells.append(_text(tokens[start:end]))
        cells.extend([Cell("")] * (count - filled - 1))
        end, count = start, filled
    return tuple(reversed(cells))

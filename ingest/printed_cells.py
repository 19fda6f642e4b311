"""Split printed words into a row's cells when only blanks hold the cells apart.

One blank stands between cells and inside them; every further blank is an empty cell; a cell of several lines ends
with a blank line. So the words alone do not tell where cells end, but the number of columns, what a cell can look like
and the period in the last column together do: the cheapest split with exactly the right number of cells is taken.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingest.block import Cell
from ingest.columns import Column, Role, begins_cell_phrase, is_cell_phrase, is_period, opens_cell_phrase
from ingest.printed_line import Line, Word, join_words
from ingest.values import is_unit, parse_value

_PERIODICITY = re.compile(
    r"(?:tertial|år|månad|kvartal|halvår|helår|vecka)(?:svis|ligen)?(?: \d(?: \d{4})?)?", re.IGNORECASE
)
_DATE = re.compile(r"(?:19|20)\d{2}-\d{2}-\d{2}")
_LOOSE_THOUSANDS = re.compile(r"0\d")
"""Three figures that belong to the figure before them: "000" of "9 000"."""
_MAX_WORDS = 60
_MAX_CELL_WORDS = 9
_MAX_FREE_WORDS = 4
_IMPOSSIBLE = float("inf")
_DEAREST = 15.0
"""A split that costs as much is no row: about two cells of unknown words."""

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
        joining = 0.0
        for start in range(end - 1, max(-1, end - 1 - _MAX_CELL_WORDS), -1):
            if start < end - 1:
                joining += _join_cost(tokens[start + 1])
            if joining == _IMPOSSIBLE:
                break
            if not best[start]:
                continue
            text = _plain(tokens[start:end])
            words = _wordy_cost(text)
            for filled, (cost, _, _) in best[start].items():
                for empties, doubt in _empties(tokens[start]):
                    place = filled + empties
                    if place >= count:
                        continue
                    total = cost + joining + doubt + _begin_cost(tokens[start])
                    total += _period_cost(text, columns[place].role, words)
                    if total < best[end].get(place + 1, (_DEAREST, 0, 0))[0]:
                        best[end][place + 1] = (total, start, filled)
    ends = [n for n in range(1, len(tokens) + 1) if tokens[n - 1].last_of_group and count in best[n]]
    if not ends:
        return None
    end = min(ends, key=lambda n: best[n][count][0])
    return ParsedCells(_cells(tokens, best, end, count), tokens[end - 1].group + 1, best[end][count][0])


def is_date(text: str) -> bool:
    """Whether `text` is a day: "2022-12-31"."""
    return _DATE.fullmatch(text) is not None


def parse_dates(line: Line, columns: Sequence[Column]) -> tuple[int, tuple[Cell, ...]] | None:
    """The word where an activity's dates begin and its cells; None when the line has no dates."""
    words = line.words
    start = next((n for n, word in enumerate(words) if is_date(word.text)), None)
    if start is None:
        return None
    dates = [word.cell for word in words[start : start + 2] if is_date(word.text)]
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
            skipped = 0 if tokens else first_word
            if len(tokens) + len(line.words) - skipped > _MAX_WORDS:
                return tokens
            words = line.words[skipped:]
            for place, word in enumerate(words):
                leading = place == 0 and (bool(tokens) or first_word == 0)
                before: Break = "blank" if place else "line" if row else "group" if number else "start"
                last = row == len(lines) - 1 and place == len(words) - 1
                empties = word.gap if leading else max(word.gap - 1, 0)
                tokens.append(_Token(word, before, empties, broken and place == 0, number, last))
            broken = line.breaks_word
    return tokens


def _may_begin(word: str) -> bool:
    """Whether a row's first filled cell can begin so: a figure, or the first word of a known phrase."""
    return bool(re.match(r"[-−–+±]?/?-?\d", word)) or word == "-" or opens_cell_phrase(word)


def _join_cost(token: _Token) -> float:
    """Cost of taking the token into the same cell as the word before it."""
    if token.before == "group":
        return _IMPOSSIBLE
    if token.before == "blank" and token.empties:
        # Some lines have two blanks before the unit.
        return float(token.empties) if is_unit(token.word.text) else _IMPOSSIBLE
    return 0.0


def _empties(token: _Token) -> tuple[tuple[int, float], ...]:
    """How many empty cells may stand before the token, with the cost of reading the blanks so.

    Blanks after a name on the same line may be the name's own.
    """
    own = token.before == "start" and token.empties > 0
    return ((token.empties, 0.0), (0, 1.0)) if own else ((token.empties, 0.0),)


def _begin_cost(token: _Token) -> float:
    return 2.0 if token.before == "line" else 0.0


def _period_cost(text: str, role: Role, words: float) -> float:
    """How unlike a cell of a column with this role the text is; `words` is the cost in a column of any content."""
    if role == "period":
        return 0.0 if is_period(text) else _IMPOSSIBLE
    if role == "periodicity":
        return 0.0 if _PERIODICITY.fullmatch(text) or is_period(text) else _IMPOSSIBLE
    return words


@lru_cache(maxsize=4096)
def _wordy_cost(text: str) -> float:
    """How unlike a cell of any column but the period's the text is."""
    if is_cell_phrase(text) or text == "-":
        return 0.0
    value = parse_value(text)
    if _LOOSE_THOUSANDS.match(text):
        return _IMPOSSIBLE
    if value is not None and value.number is not None:
        grouped = len(re.findall(r"\d[ .](?=\d{3})", text))
        unknown = value.unit is not None and not is_unit(value.unit)
        return 0.5 * grouped + (0.3 * text.count(" ") if unknown else 0.0)
    if begins_cell_phrase(text):
        return 0.5
    words = text.split(" ")
    if len(words) > _MAX_FREE_WORDS or not words[0][0].isalpha():
        return _IMPOSSIBLE
    return 4.0 + len(words) + 2.0 * len(re.findall(r"\d+", text))


def _plain(tokens: Sequence[_Token]) -> str:
    """The tokens' text, quickly."""
    text = tokens[0].word.text
    for token in tokens[1:]:
        text += token.word.text if token.broken else " " + token.word.text
    return text


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

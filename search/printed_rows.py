"""Rows of tables that came as lines of text: a name, then figures, on one line or on several."""

import re
from collections.abc import Sequence

from search.data_files import question_words

NAME_LINES = 2
"""Lines that the name of a row may take when its figures stand on a line of their own."""
_WORD = re.compile(r"[^\W\d]+")
_FIGURE = r"[-–+±]?\d+(?:[   ]\d{3})*(?:[.,]\d+)?(?:\s?%)?"
_ENDS_IN_FIGURES = re.compile(rf"(?<![\d.,/–-]){_FIGURE}$")
_YEAR_OR_DATE = re.compile(r"(?:19|20)\d\d(?:-\d\d-\d\d)?$")


def printed_rows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """`text[start:end]` cut before and after every row: a line whose last word is a figure, no year and no date, with
    the one or two lines above it that hold its name where it is figures only.

    The names of columns stand by themselves, but go with a row that is a sum of the whole table: there its heading says
    what it is about. A stretch of one line, and one without rows, is given back whole.
    """
    spans: list[tuple[int, int]] = []
    above: list[int] = []
    place = start
    while place < end:
        stop = text.find("\n", place, end)
        stop = end if stop < 0 else stop
        line = text[place:stop].rstrip()
        if _ends_in_figures(line):
            begin = _begin(above, place, line)
            if above and above[0] < begin:
                spans.append((above[0], begin))
            spans.append((begin, place + len(line)))
            above = []
        else:
            above.append(place)
        place = stop + 1
    if above:
        spans.append((above[0], end))
    return [trimmed for span in spans if (trimmed := _trimmed(text, *span))[0] < trimmed[1]]


def _begin(above: Sequence[int], place: int, line: str) -> int:
    """Where the row begins whose figures stand in `line`: `above` are where the lines before it begin."""
    words = _WORD.findall(line.lower())
    if words and not set(words) <= set(question_words().sums):
        return place
    if words:
        return above[0] if above else place
    return above[-NAME_LINES] if len(above) >= NAME_LINES else (above[0] if above else place)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())


def is_printed_row(stretch: str) -> bool:
    """Whether a stretch of text is such a row: it has a name and ends in figures without a stop."""
    line = stretch.rstrip()
    return _ends_in_figures(line) and any(letter.isalpha() for letter in line)


def _ends_in_figures(line: str) -> bool:
    # The last letter tells nearly all sentences apart, quickly.
    if not (line[-1:].isdigit() or line.endswith("%")):
        return False
    return _ENDS_IN_FIGURES.search(line) is not None and _YEAR_OR_DATE.search(line) is None

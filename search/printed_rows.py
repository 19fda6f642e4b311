"""Rows of tables that came as lines of text: a name, then figures, on one line or on several."""

import re

_FIGURE = r"[-–+±]?\d+(?:[   ]\d{3})*(?:[.,]\d+)?(?:\s?%)?"
_ENDS_IN_FIGURES = re.compile(rf"(?<![\d.,/–-]){_FIGURE}$")
_YEAR_OR_DATE = re.compile(r"(?:19|20)\d\d(?:-\d\d-\d\d)?$")


def printed_rows(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """`text[start:end]` cut after every line that ends a row: one whose last word is a figure, no year and no date.

    Lines without figures, a name or the names of columns, go with the row that follows. A stretch of one line, and one
    without such lines, is given back whole.
    """
    spans: list[tuple[int, int]] = []
    begin = place = start
    while place < end:
        stop = text.find("\n", place, end)
        stop = end if stop < 0 else stop
        line = text[place:stop].rstrip()
        if _ENDS_IN_FIGURES.search(line) and not _YEAR_OR_DATE.search(line):
            spans.append((begin, place + len(line)))
            begin = stop + 1
        place = stop + 1
    if begin < end and text[begin:end].strip():
        spans.append((begin, end))
    return [trimmed for span in spans if (trimmed := _trimmed(text, *span))[0] < trimmed[1]]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    stretch = text[start:end]
    return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())


def is_printed_row(stretch: str) -> bool:
    """Whether a stretch of text is such a row: it has a name and ends in figures without a stop."""
    line = stretch.rstrip()
    named = any(letter.isalpha() for letter in line)
    return named and bool(_ENDS_IN_FIGURES.search(line)) and not _YEAR_OR_DATE.search(line)

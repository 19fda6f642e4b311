"""The printed lines of a text report around a place in it."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api.problems import ProblemError
from ingest.errors import IngestError
from search.errors import NotFoundError

AROUND = 8
"""Lines shown before and after the place."""
MOST = 200
"""Lines shown of a long place."""
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file."""

    number: int
    """1-based."""
    text: str
    cited: bool


def source_lines(
    path: Path, sha256: str, first: int, last: int, hide: Callable[[str], list[tuple[int, int]]]
) -> list[Line]:
    """Lines `first` to `last` (1-based, inclusive) of a text file with those around them; `hide` gives what to cover.

    Raises:
        NotFoundError: the file is gone, or has no such lines.
        ProblemError: it has changed since it was read in.
    """
    from ingest.text_reader import decode  # brings the PDF library with it: only when a source is read

    try:
        data = path.read_bytes()
    except OSError:
        raise NotFoundError(f"Källfilen {path.name} finns inte kvar; lägg tillbaka den och kör spana ingest.") from None
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ProblemError(409, f"{path.name} har ändrats sedan den lästes in; kör spana ingest på den igen.")
    try:
        text = _LINE_END.split(decode(data, path.name))
    except IngestError as error:
        raise NotFoundError(str(error)) from None
    if not 1 <= first <= len(text):
        raise NotFoundError(f"{path.name} har {len(text)} rader; raden {first} finns inte.")
    start, end = max(1, first - AROUND), min(len(text), last + AROUND, first + MOST)
    return [Line(number, _covered(text[number - 1], hide), first <= number <= last) for number in range(start, end + 1)]


def _covered(line: str, hide: Callable[[str], list[tuple[int, int]]]) -> str:
    for start, end in sorted(hide(line), reverse=True):
        line = line[:start] + "█" * (end - start) + line[end:]
    return line

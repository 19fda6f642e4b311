"""Sentence spans in report text, quickly and without spaCy."""

import re
from functools import cache

from models.data_file import DATA, Table, read_table

_STOP = re.compile(r"""[.!?…]+["”’»)\]]*(?=\s+["”’»(\[–•-]?\s?[\dA-ZÅÄÖÉ]|\s*$)""")
_LINE = re.compile(r"\n[^\S\n]*(?:\n|(?=[•·▪●*–-]\s|\d{1,2}[.)]\s))|[^\S\n](?=[•▪●]\s)")
"""A blank line, a line that begins a list item, a bullet in running text."""
_LAST_WORD = re.compile(r"[^\s(\[”\"]+$")
_NUMBERING = re.compile(r"(?:\d{1,2}\.)+(?:\d{1,2}\.?)?|[A-Za-zÅÄÖ]\.")
_INITIAL = re.compile(r"[A-ZÅÄÖ]\.")


class _Abbreviations(Table):
    inner: tuple[str, ...]
    final: tuple[str, ...]


@cache
def abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """(those that never end a sentence, those that may), with their points, in small letters."""
    table = read_table(DATA / "abbreviations.yaml", _Abbreviations)
    return frozenset(word.lower() for word in table.inner), frozenset(word.lower() for word in table.final)


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, heading or list item, in order, without the blanks around it."""
    cuts = {match.end() for match in _LINE.finditer(text)}
    start = 0
    ends = sorted({*cuts, *(match.end() for match in _STOP.finditer(text)), len(text)})
    spans = []
    for end in ends:
        if end not in cuts and end < len(text) and not _ends_sentence(text[start:end]):
            continue
        stretch = text[start:end]
        if stretch.strip():
            lead = len(stretch) - len(stretch.lstrip())
            spans.append((start + lead, start + len(stretch.rstrip())))
        start = end
    return spans


def _ends_sentence(stretch: str) -> bool:
    """False when the point at the end of `stretch` belongs to an abbreviation, an initial or a numbering."""
    if not stretch.endswith("."):
        return True
    match = _LAST_WORD.search(stretch)
    word = match[0] if match else ""
    if word.lower() in abbreviations()[0] or _INITIAL.fullmatch(word):
        return False
    return not (_NUMBERING.fullmatch(word) and stretch.strip() == word)

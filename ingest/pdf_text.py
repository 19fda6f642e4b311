"""Pieces of a PDF line put together as clean text, with the runs that lead back to the file."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.block import Run
from ingest.pdf_page import Frame, Piece

SOFT_HYPHEN = "\u00ad"
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1b\x7f]")
BULLET = re.compile(r"[•●○▪◦·■–-]\s+(?=[^\s•–-])")
"""A list mark at the start of a line."""
_SYMBOL_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fc": "•", "\uf02d": "-"})


@dataclass(frozen=True, slots=True)
class Text:
    """Clean text and its runs."""

    text: str
    runs: tuple[Run, ...]

    def without(self, start: int) -> "Text":
        """The text without its first `start` characters; the runs' `raw` keeps them."""
        runs = (replace(run, start=max(run.start - start, 0), end=run.end - start) for run in self.runs)
        return Text(self.text[start:], tuple(run for run in runs if run.end > 0))


def clean(raw: str) -> str:
    """Readable text: ligatures spelled out, accents composed, soft hyphens and invisible characters out, spaces folded.

    A soft hyphen that ends the line is the line-break hyphen that a reader sees, and stays as "-".
    """
    text = raw.rstrip()
    broken = text.endswith(SOFT_HYPHEN)
    text = _INVISIBLE.sub("", text.replace(SOFT_HYPHEN, "")).translate(_SYMBOL_BULLETS)
    text = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return text + "-" if broken else text


def groups(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that follow each other in the file, together: each group is a verbatim stretch of the page's text."""
    found: list[list[Piece]] = []
    for piece in pieces:
        if found and _follows(found[-1][-1], piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _follows(before: Piece, piece: Piece) -> bool:
    if piece.line == before.line:
        return piece.start == before.start + len(before.raw)
    # A hyphen before a line end of the file is a run's end, so that quotes can tell it from a word's own hyphen.
    hyphen = before.raw.rstrip().endswith("-")
    return piece.line == before.line + 1 and before.last and piece.start == 0 and not hyphen


def raw_text(group: Sequence[Piece]) -> str:
    """The group's characters as `page.get_text()` has them."""
    return "".join(piece.raw + ("\n" if piece.last else "") for piece in group).rstrip("\n")


def compose(lines: Iterable[Sequence[Piece]], frame: Frame, *, cell: bool = False) -> Text:
    """Text of printed lines one after the other, one run a stretch that the file holds in one go.

    Lines are joined with a space; in a cell (`cell`) a word broken by a soft hyphen is joined again.
    """
    text = ""
    runs: list[Run] = []
    for line in lines:
        for group in groups(line):
            words = clean(raw_text(group))
            if not words:
                continue
            if cell and text.endswith("-") and runs and runs[-1].raw.rstrip().endswith(SOFT_HYPHEN):
                text = text[:-1]
                last = runs[-1]
                runs[-1] = Run(last.start, last.end - 1, last.raw, box=last.box)
            elif text:
                text += " "
            box = frame.box(
                min(p.x0 for p in group), min(p.y0 for p in group), max(p.x1 for p in group), max(p.y1 for p in group)
            )
            runs.append(Run(len(text), len(text) + len(words), raw_text(group), box=box))
            text += words
    return Text(text, tuple(runs))

"""What every reader gives: the printed lines, paragraphs and table rows of one file, each with its place."""

from dataclasses import dataclass, field
from typing import Literal

SourceFormat = Literal["pdf", "docx", "html", "md", "txt"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points from the top left corner of the page as displayed."""

    page: int
    """1-based page number."""
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of an owner's text that stands on one printed line of the source."""

    start: int
    """First character in the owner's text, 0-based."""
    end: int
    """One past the last character in the owner's text."""
    raw: str
    """The stretch exactly as the source has it (markup, ligatures and all), without the line end; of html, as shown."""
    line: int | None = None
    """1-based line of a text-like source."""
    column: int | None = None
    """0-based code point in that line where `raw` begins."""
    box: Box | None = None
    """Where it stands on a PDF page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row."""

    text: str
    """The cell's text with white space folded; "" when empty."""
    runs: tuple[Run, ...] = ()
    """Where the cell's text stands; offsets are into `text`."""


@dataclass(frozen=True, slots=True)
class Block:
    """One printed line (txt, md, pdf), one paragraph (docx, html) or one table row (any format that shows them)."""

    text: str
    """Clean text: white space folded, markup and soft hyphens removed, NFKC for ligatures. "" for a blank line."""
    runs: tuple[Run, ...]
    """Cover the text in order."""
    page: int | None = None
    """1-based; None for formats without pages."""
    indent: int = 0
    """Leading blanks of the printed line (txt)."""
    size: float | None = None
    """Font size in points (pdf)."""
    bold: bool = False
    italic: bool = False
    markup: Literal["heading", "list_item"] | None = None
    """What the source's own markup says it is (html, docx, md, pdf bookmark); a hint, not the truth."""
    level: int | None = None
    """Heading level by that markup, 1 is the outermost."""
    cells: tuple[Cell, ...] | None = None
    """The row's cells when this block is a table row; empty cells keep their place."""
    table: int | None = None
    """Number of the table in the file of the row; a table that goes on after a page break may get a new one."""
    gap: float = 0.0
    """Blank space above, in line heights: 0 none, 1 one blank line (or a paragraph's distance)."""
    symbol: str | None = None
    """A drawn mark on the line, such as the colour of a status circle ("green", "yellow", "red")."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file as its reader gives it, before any structure is found."""

    format: SourceFormat
    blocks: tuple[Block, ...]
    """In reading order, running headers and footers still in unless the reader is sure."""
    pages: int | None = None
    """Number of pages; None for formats without pages."""
    unreadable_pages: tuple[int, ...] = ()
    """Pages that have pictures but gave no text (and no OCR was to be had)."""
    ocr_pages: tuple[tuple[int, float], ...] = ()
    """(page, mean confidence 0–100) of the pages read by OCR."""
    warnings: tuple[str, ...] = field(default=())
    """Sentences in Swedish for the user, e.g. that a truncated file was read as far as it goes."""

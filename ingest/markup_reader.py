"""Reads HTML and Markdown files, keeping the line and column of everything read."""

import html
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Literal

from ingest.block import Block, Cell, Document, Run
from ingest.errors import IngestError
from ingest.pdf_text import clean
from ingest.row import row_text
from ingest.text_reader import decode, read_lines

_LINE_END = re.compile(r"\r\n|\n|\r")
_SPACED = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "figure", "section"}
    | {"article", "hr"}
)
_BLOCK = _SPACED | frozenset(
    {
        "html",
        "body",
        "div",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "header",
        "footer",
    }
    | {"main", "aside", "nav", "address", "form", "fieldset", "figcaption", "details", "summary", "br", "option"}
)
_DROPPED = frozenset({"script", "style", "template", "noscript", "title", "svg", "math", "object", "iframe", "nav"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_LOOSE = frozenset({"p", "li", "tr", "td", "th", "dt", "dd", "option"})
"""Elements whose end tag may be left out: the next of them ends a hidden one too."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MIN_LINKS = 3
"""So many blocks in a row that only lead to other places of the page are a list of contents."""
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em"})
_MAX_SPAN = 60
"""Widest colspan or rowspan believed."""


def read_markdown(data: bytes, name: str) -> Document:
    """A Markdown file, line by line as plain text is read, with its marks as hints. Raises what `read_lines` raises."""
    document = read_lines(data, name)
    lines = _LINE_END.split(decode(data, name))
    blocks = list(document.blocks)
    for index, (above, below) in enumerate(zip(blocks, lines[1:], strict=False)):
        under = below.strip()
        if above.text and above.cells is None and above.markup is None and re.fullmatch(r"={3,}|-{3,}", under):
            blocks[index] = replace(above, markup="heading", level=1 if under[0] == "=" else 2)
            blocks[index + 1] = replace(blocks[index + 1], text="", runs=())
    return replace(document, format="md", blocks=tuple(blocks))


def read_html(data: bytes, name: str) -> Document:
    """An HTML file, one block a paragraph, heading, list item or table row.

    Raises `IngestError`: unsupported when it is not text, no_text when nothing is left without its marks.
    """
    parser = _Reader(decode(data, name))
    parser.read()
    if not parser.blocks:
        raise IngestError("no_text", f"{name} har ingen text; kontrollera att rätt fil sparades.")
    return Document("html", tuple(parser.blocks))


@dataclass(slots=True)
class _Table:
    """A table while it is being read."""

    number: int
    cells: list[Cell] = field(default_factory=list)
    cell_open: bool = False
    span: tuple[int, int] = (1, 1)
    below: dict[int, int] = field(default_factory=dict)
    """Column → rows that a cell from above still reaches into."""
    layout: bool = False
    """Holds another table, so its cells are not data."""
    all_bold: bool = True


@dataclass(frozen=True, slots=True)
class _Char:
    """One character of clean text and the stretch of the source that gave it."""

    char: str
    start: int
    end: int
    bold: bool
    italic: bool
    link: bool
    """Stands in a link to another place of the page."""


_NUMBER = r"#(?:[0-9]+|[xX][0-9a-fA-F]+)"
_ODD_REFERENCE = re.compile(rf"&(?=#(?!{_NUMBER[1:]}[^0-9a-fA-F]))")
"""What begins a reference to a character by number that `html.parser` does not see the end of."""
_REFERENCE_OR_CHARACTER = re.compile(rf"&{_NUMBER}|.", re.DOTALL)


class _Reader(HTMLParser):
    """Turns tags as they come into blocks; never recurses, however deep the nesting."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.source = source
        self.blocks: list[Block] = []
        self._newlines = [0, *(found.end() for found in re.finditer("\n", source))]
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(source))]
        self._chars: list[_Char] = []
        self._open: Counter[str] = Counter()
        self._dropped: str | None = None
        self._depth = 0
        self._links: set[int] = set()
        self._tables: list[_Table] = []
        self._table_count = 0
        self._heading: int | None = None
        self._item = False
        self._gap = 0.0

    def read(self) -> None:
        """Read the whole source."""
        # The parser gives up at a reference without its end ("&#1b") and would take the rest of the page for text.
        self.feed(_ODD_REFERENCE.sub("_", self.source))
        self.close()
        self._flush()
        while self._tables:
            self._end_row()
            self._tables.pop()
        self._drop_contents()

    def _drop_contents(self) -> None:
        """Leave out lists of links to the page's own headings."""
        dropped: set[int] = set()
        for index in sorted(self._links):
            row = range(index, index + _MIN_LINKS)
            if self._links.issuperset(row):
                dropped.update(row)
        self.blocks = [block for index, block in enumerate(self.blocks) if index not in dropped]

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._newlines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._dropped and not self._ends_hidden(tag):
            self._depth += tag == self._dropped
            return
        named = dict(attrs)
        hidden = tag not in _VOID and ("hidden" in named or _HIDDEN.search(named.get("style") or "") is not None)
        if tag in _DROPPED or hidden:
            if tag in _BLOCK:
                self._flush()
            self._dropped, self._depth = tag, 1
            return
        if tag == "a":
            self._open["a"] = int((named.get("href") or "").startswith("#"))
        if tag in _BLOCK:
            self._flush()
            if tag in _SPACED:
                self._gap = max(self._gap, 1.0)
        if tag in _BOLD or tag in _ITALIC or tag == "pre":
            self._open[tag] += 1
        elif re.fullmatch("h[1-6]", tag):
            self._heading = int(tag[1])
        elif tag == "li":
            self._item = True
        elif tag == "table":
            self._start_table()
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._end_cell()
            self._start_cell(named)
            self._open["th"] = int(tag == "th")

    def parse_marked_section(self, i: int, report: int = 1) -> int:  # noqa: ARG002  # the parser's own name
        """Pass over "<![…]>", whatever it says: the parser of Python 3.11 fails on words it does not know."""
        return self.parse_bogus_comment(i)

    def _ends_hidden(self, tag: str) -> bool:
        """Whether a start tag ends the hidden element, whose own end tag was left out."""
        if self._dropped not in _LOOSE or (tag not in _BLOCK if self._dropped == "p" else tag != self._dropped):
            return False
        self._dropped = None
        return True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _DROPPED:
            self._dropped = None

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            self._depth -= tag == self._dropped
            around = self._dropped in _LOOSE and tag in ("ul", "ol", "table", "tbody", "dl", "body")
            if self._depth == 0 or around:
                self._dropped = None
            if not around:
                return
        if tag in _BLOCK:
            self._flush()
        if self._open[tag]:
            self._open[tag] -= 1
        if re.fullmatch("h[1-6]", tag):
            self._heading = None
        elif tag == "li":
            self._item = False
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table" and self._tables:
            self._end_row()
            self._tables.pop()
            self._gap = 1.0

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        offset = self._offset()
        text = self.source[offset : offset + len(data)]
        for found in _REFERENCE_OR_CHARACTER.finditer(text):
            if found[0] == "\n" and self._open["pre"]:
                self._flush()
                continue
            for char in html.unescape(found[0]):
                self._add(char, offset + found.start(), offset + found.end())

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};", f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};", f"&#{name}")

    def _reference(self, closed: str, bare: str) -> None:
        if self._dropped:
            return
        offset = self._offset()
        written = closed if self.source.startswith(closed, offset) else bare
        for char in html.unescape(written):
            self._add(char, offset, offset + len(written))

    def _add(self, char: str, start: int, end: int) -> None:
        if char.isspace():
            if not self._chars or self._chars[-1].char == " ":
                return
            char = " "
        bold = any(self._open[tag] for tag in _BOLD) or bool(self._open["th"])
        italic = any(self._open[tag] for tag in _ITALIC)
        self._chars.append(_Char(char, start, end, bold, italic, bool(self._open["a"])))

    def _take(self) -> tuple[str, tuple[Run, ...], bool, bool]:
        """Text, runs (one a source line and stretch between tags), bold and italic since the last block."""
        chars = self._chars
        self._chars = []
        while chars and chars[-1].char == " ":
            chars.pop()
        parts: list[list[_Char]] = []
        current = -1
        for char in chars:
            line = bisect_right(self._starts, char.start)
            if line != current or "<" in self.source[parts[-1][-1].end : char.start]:
                parts.append([])
                current = line
            parts[-1].append(char)
        text = ""
        runs: list[Run] = []
        space = False
        for part in parts:
            space = space or part[0].char == " "
            words = clean("".join(char.char for char in part))
            solid = [char for char in part if char.char != " "]
            if not words or not solid:
                space = space or bool(part)
                continue
            if text and space:
                text += " "
            space = part[-1].char == " "
            line = bisect_right(self._starts, solid[0].start)
            # As a browser shows it: a quote with tags or character references in it is in no reader's eyes verbatim.
            raw = "".join(char.char for char in part).strip()
            runs.append(Run(len(text), len(text) + len(words), raw, line, solid[0].start - self._starts[line - 1]))
            text += words
        solid = [char for char in chars if char.char != " "]
        bold, italic = (bool(solid) and all(getattr(c, name) for c in solid) for name in ("bold", "italic"))
        return text, tuple(runs), bold, italic

    def _flush(self) -> None:
        """End the block, or the line within a cell."""
        table = self._tables[-1] if self._tables else None
        if table and table.cell_open and not table.layout:
            if self._chars and self._chars[-1].char != " ":
                self._add(" ", self._chars[-1].end, self._chars[-1].end)
            return
        linked = all(char.link for char in self._chars if char.char != " ")
        text, runs, bold, italic = self._take()
        if text:
            if linked:
                self._links.add(len(self.blocks))
            self._emit(text, runs, bold, italic)

    def _emit(self, text: str, runs: tuple[Run, ...], bold: bool, italic: bool) -> None:
        markup: Literal["heading", "list_item"] | None = (
            "heading" if self._heading else "list_item" if self._item else None
        )
        self.blocks.append(
            Block(text, runs, bold=bold, italic=italic, markup=markup, level=self._heading, gap=self._gap)
        )
        self._gap = 0.0
        self._item = False

    def _start_table(self) -> None:
        if self._tables:
            outer = self._tables[-1]
            outer.layout = True
            for cell in outer.cells:
                if cell.text:
                    self._emit(cell.text, cell.runs, False, False)
            outer.cells = []
            self._flush()
        self._table_count += 1
        self._tables.append(_Table(self._table_count))

    def _start_cell(self, attrs: dict[str, str | None]) -> None:
        if not self._tables:
            return
        table = self._tables[-1]
        table.cell_open = True
        table.span = (_span(attrs.get("colspan")), _span(attrs.get("rowspan")))
        self._fill(table)

    @staticmethod
    def _fill(table: _Table) -> None:
        """Empty cells where a cell from above reaches down."""
        while table.below.get(len(table.cells), 0) > 0:
            table.below[len(table.cells)] -= 1
            table.cells.append(Cell(""))

    def _end_cell(self) -> None:
        table = self._tables[-1] if self._tables else None
        if not table or not table.cell_open:
            return
        self._open["th"] = 0
        if table.layout:
            self._flush()
            table.cell_open = False
            return
        text, runs, bold, _ = self._take()
        table.cell_open = False
        table.all_bold = table.all_bold and (bold or not text)
        across, down = table.span
        for column in range(len(table.cells), len(table.cells) + across):
            table.below[column] = down - 1
        table.cells.append(Cell(text, runs))
        table.cells.extend(Cell("") for _ in range(across - 1))

    def _end_row(self) -> None:
        if not self._tables:
            return
        self._end_cell()
        table = self._tables[-1]
        if table.cells:
            self._fill(table)
        cells, table.cells = tuple(table.cells), []
        bold, table.all_bold = table.all_bold, True
        if not any(cell.text for cell in cells):
            return
        text, runs = row_text(cells)
        self.blocks.append(Block(text, runs, bold=bold, cells=cells, table=table.number, gap=self._gap))
        self._gap = 0.0


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _MAX_SPAN) if value and value.strip().isascii() and value.strip().isdigit() else 1

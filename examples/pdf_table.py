"""Tables of the PDF layouts: one strip a row. Lengths are PDF points."""

from dataclasses import replace

from examples.flow import Grid
from examples.hyphen import break_lines
from examples.pdf_look import Look
from examples.pdf_page import Color, Glyphs, Strip, measure

TABLE_HEAD: Color = (0.87, 0.91, 0.94)
WIDE_SHARES = {"indicator": 0.3, "activity": 0.62, "economy": 0.3}


def table(grid: Grid, look: Look, width: float) -> list[Strip]:
    """The heading row and the rows, each with what to repeat when it begins a page."""
    wide = width * WIDE_SHARES[grid.kind]
    narrow = (width - wide) / (len(grid.columns) - 1)
    widths = [wide, *(narrow for _ in grid.columns[1:])]
    head = _row(grid.columns, widths, look, look.table_bold, fill=TABLE_HEAD)
    strips = [replace(head, gap=10, keep=True)]
    for cells, note in grid.rows:
        row = _row(cells, widths, look, look.table)
        strips.append(replace(row, repeat=head, keep=note is not None))
        if note:
            strips.append(replace(_note(note, width, look), repeat=head))
    return strips


def _row(cells: tuple[str, ...], widths: list[float], look: Look, font: str, fill: Color | None = None) -> Strip:
    size, leading = look.table_size, look.table_size * 1.22
    glyphs: list[Glyphs] = []
    boxes: list[tuple[float, float, float, float, Color | None]] = []
    stacks = [
        break_lines(cell, width - 6, measure(font, size), hyphens=look.hyphens)
        for cell, width in zip(cells, widths, strict=True)
    ]
    height = max(len(stack) for stack in stacks) * leading + 5
    x = 0.0
    for stack, width in zip(stacks, widths, strict=True):
        if look.ruled:
            boxes.append((x, 0, x + width, height, fill))
        glyphs += [Glyphs(x + 3, 2 + size + i * leading, line, font, size) for i, line in enumerate(stack)]
        x += width
    return Strip(height, 0, tuple(glyphs), tuple(boxes))


def _note(note: str, width: float, look: Look) -> Strip:
    """The comment under a row, across the whole table."""
    size, leading = look.table_size, look.table_size * 1.22
    lines = break_lines(note, width - 8, measure(look.table, size), hyphens=look.hyphens)
    glyphs = [Glyphs(3, 2 + size, "Analys", look.table_bold, size)]
    glyphs += [Glyphs(3, 2 + size + (i + 1) * leading, line, look.table, size) for i, line in enumerate(lines)]
    height = (len(lines) + 1) * leading + 5
    boxes = ((0.0, 0.0, width, height, None),) if look.ruled else ()
    return Strip(height, 0, tuple(glyphs), boxes)

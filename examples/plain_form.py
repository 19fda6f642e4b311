"""The text-like renderings: two habits of text extraction, markdown, and HTML."""

import html
import textwrap
from collections.abc import Sequence

from examples.flow import Contents, Element, Grid, Heading, Text, flow, printed
from examples.source import NOTICE, Source

WRAP_WIDTH = 95
NAME_WIDTHS = {"indicator": 16, "activity": 64, "economy": 28}
COLUMN_WIDTHS = {"indicator": 9, "activity": 12, "economy": 12}


def render_tabbed(source: Source) -> str:
    """One paragraph a line, tables with tabs between cells, a contents list with dot leaders."""
    lines: list[str] = []
    for element in flow(source):
        lines += [*_tabbed(source, element), ""]
    return "\n".join([*lines, NOTICE, ""])


def render_wrapped(source: Source) -> str:
    """Lines broken at 95 characters, cells one after the other with spaces between, no contents list."""
    lines: list[str] = []
    for element in flow(source):
        if not isinstance(element, Contents):
            lines += _wrapped(source, element)
    return "\n".join([*lines, "", NOTICE, ""])


def render_markdown(source: Source) -> str:
    """Markdown with `#` headings and pipe tables."""
    blocks: list[str] = []
    for element in flow(source):
        blocks.append(_marked(element))
    return "\n\n".join([*blocks, f"*{NOTICE}*", ""])


def render_html(source: Source) -> str:
    """A page with headings, lists and tables."""
    head = f'<meta charset="utf-8">\n<title>{html.escape(source.title)}</title>'
    notice = f"<p><em>{NOTICE}</em></p>"
    body: list[str] = []
    in_list = False
    for element in flow(source):
        is_item = isinstance(element, Text) and element.kind == "item"
        if is_item != in_list:
            body.append("<ul>" if is_item else "</ul>")
            in_list = is_item
        body.append(_tagged(element))
    main = "\n".join([*body, *(["</ul>"] if in_list else [])])
    return (
        f'<!DOCTYPE html>\n<html lang="sv">\n<head>\n{head}\n</head>\n<body>\n<header>{notice}</header>\n'
        f"<main>\n{main}\n</main>\n<footer>{notice}</footer>\n</body>\n</html>\n"
    )


def _tabbed(source: Source, element: Element) -> list[str]:
    if isinstance(element, Heading):
        if element.eyebrow and source.label_on_own_line:
            return [element.eyebrow, "", element.text]
        return [printed(element)]
    if isinstance(element, Contents):
        return ["Innehållsförteckning", "", *(f"{t}.....\t{n}" for t, n in element.numbered())]
    if isinstance(element, Grid):
        lines = ["\t".join(element.columns)]
        for cells, note in element.rows:
            lines.append("\t".join([f" {cells[0]}", *cells[1:]]))
            if note:
                lines.append(f"Analys {note}" + "\t" * (len(cells) - 1))
        return lines
    if element.kind == "status":
        return [f" {element.text}"]
    return [f"- {element.text}"] if element.kind == "item" else element.text.split("\n")


def _wrapped(source: Source, element: Element) -> list[str]:
    if isinstance(element, Heading):
        if element.eyebrow and source.label_on_own_line:
            return ["", f"{element.eyebrow} ", *_lines(element.text), ""]
        return ["", *_lines(printed(element)), ""]
    if isinstance(element, Grid):
        return _spaced(element)
    if isinstance(element, Contents):
        return []
    if element.kind == "item":
        return textwrap.wrap(element.text, WRAP_WIDTH, initial_indent=" • ", break_on_hyphens=False)
    if element.kind == "status":
        return [f" {element.text} ", ""]
    if element.kind in ("cover", "title"):
        return ["", *element.text.split("\n")]
    if element.kind == "label":
        return ["", f"{element.text} ", ""]
    return _lines(element.text)


def _lines(text: str) -> list[str]:
    """Lines broken at the width, each with the blank that extraction leaves at its end."""
    return [f"{line} " for line in textwrap.wrap(text, WRAP_WIDTH, break_on_hyphens=False)]


def _spaced(grid: Grid) -> list[str]:
    """A table as an extraction without columns leaves it: a row's name, then its cells with a space between.

    An empty cell leaves only its space; a cell of several lines ends the line and is followed by a blank one.
    """
    width = COLUMN_WIDTHS[grid.kind]
    lines = ["", *_run_on(grid.columns, width, indent="    "), ""]
    for (name, *cells), note in grid.rows:
        lines += [
            *(f"{'  ' if i == 0 else ''}{line} " for i, line in enumerate(_cell(name, NAME_WIDTHS[grid.kind]))),
            "",
        ]
        lines += [*_run_on(cells, width), ""]
        if note:
            lines += ["Analys ", *(f"{line} " for line in textwrap.wrap(note, WRAP_WIDTH + 20)), ""]
    return lines


def _run_on(cells: Sequence[str], width: int, indent: str = "") -> list[str]:
    lines: list[str] = []
    line = indent
    for index, cell in enumerate(cells):
        first, *more = _cell(cell, width)
        line += f"{first} "
        if more:
            lines += [line, *(f"{text} " for text in more), *([""] if index + 1 < len(cells) else [])]
            line = ""
    return [*lines, line] if line else lines


def _cell(text: str, width: int) -> list[str]:
    """The cell's lines; it may break after a slash."""
    return textwrap.wrap(text.replace("/", "/ "), width, break_on_hyphens=False) or [""]


def _marked(element: Element) -> str:
    if isinstance(element, Heading):
        return f"{'#' * (element.level + 1)} {printed(element)}"
    if isinstance(element, Contents):
        return "\n".join(["## Innehållsförteckning", "", *(f"- {entry}" for entry in element.entries)])
    if isinstance(element, Grid):
        lines = [_pipes(element.columns), "|" + " --- |" * len(element.columns)]
        for cells, note in element.rows:
            lines.append(_pipes(cells))
            if note:
                lines.append(_pipes((f"**Analys** {note}", *("" for _ in cells[1:]))))
        return "\n".join(lines)
    forms = {"title": "# {}", "notice": "*{}*", "label": "##### {}", "subheading": "###### {}", "item": "- {}"}
    return forms.get(element.kind, "{}").format(element.text.replace("\n", "  \n"))


def _pipes(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _tagged(element: Element) -> str:
    if isinstance(element, Heading):
        tag = f"h{element.level + 1}"
        return f"<{tag}>{html.escape(printed(element), quote=False)}</{tag}>"
    if isinstance(element, Contents):
        entries = "".join(f"<li>{html.escape(entry, quote=False)}</li>" for entry in element.entries)
        return f"<nav><h2>Innehållsförteckning</h2><ol>{entries}</ol></nav>"
    if isinstance(element, Grid):
        return _tagged_table(element)
    tags = {"title": "h1", "label": "h5", "subheading": "h6", "item": "li"}
    tag = tags.get(element.kind, "p")
    return f"<{tag}>{html.escape(element.text, quote=False).replace(chr(10), '<br>')}</{tag}>"


def _tagged_table(grid: Grid) -> str:
    lines = ["<table>", "<thead>", _tagged_row(grid.columns, "th"), "</thead>", "<tbody>"]
    for cells, note in grid.rows:
        lines.append(_tagged_row(cells, "td"))
        if note:
            text = html.escape(note, quote=False)
            lines.append(f'<tr><td colspan="{len(cells)}"><b>Analys</b> {text}</td></tr>')
    return "\n".join([*lines, "</tbody>", "</table>"])


def _tagged_row(cells: tuple[str, ...], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell, quote=False)}</{tag}>" for cell in cells) + "</tr>"

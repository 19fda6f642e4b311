"""The two PDF layouts: A looks like a Word document, B like a typeset one. Lengths are PDF points."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from examples.flow import Contents, Element, Grid, Heading, Text, flow, printed
from examples.hyphen import break_lines
from examples.pdf_look import LOOK_A, LOOK_B, Look
from examples.pdf_page import BLACK, Color, Glyphs, Placed, Strip, draw, measure, place, place_columns, save
from examples.pdf_table import table
from examples.source import NOTICE, Source

GREY: Color = (0.35, 0.35, 0.35)
RED: Color = (0.7, 0.1, 0.1)
STATUS_COLORS: dict[str, Color] = {
    "Uppfylls helt": (0.22, 0.63, 0.25),
    "Uppfylls delvis": (0.95, 0.75, 0.1),
    "Uppfylls inte": (0.8, 0.15, 0.15),
}
GUTTER = 24.0


def render_pdf_a(source: Source) -> bytes:
    """Running header with "Sida n (m)", ruled tables, status circles, bookmarks, contents with dot leaders."""
    return _render(source, LOOK_A)


def render_pdf_b(source: Source) -> bytes:
    """Headings of body size, tables without rules, chapters in two columns, no bookmarks."""
    return _render(source, LOOK_B)


def _render(source: Source, look: Look) -> bytes:
    elements = flow(source)
    blank = tuple(0 for element in elements if isinstance(element, Heading) and element.in_contents)
    first, _ = _lay_out(source, elements, look, blank)
    placed, pages = _lay_out(source, elements, look, _heading_pages(first, elements))
    document = draw(placed + _running(source, look, pages), pages)
    if look.bookmarks:
        document.set_toc([[*item.strip.bookmark, item.page + 1] for item in placed if item.strip.bookmark], collapse=0)
    return save(document, source.title, source.board, NOTICE, source.date)


def _heading_pages(placed: list[Placed], elements: tuple[Element, ...]) -> tuple[int, ...]:
    """1-based page of every heading in the contents list, from a first lay-out."""
    wanted = [printed(element) for element in elements if isinstance(element, Heading) and element.in_contents]
    marks = iter([(item.strip.bookmark[1], item.page + 1) for item in placed if item.strip.bookmark])
    return tuple(next(page for title, page in marks if title == text) for text in wanted)


def _lay_out(
    source: Source, elements: tuple[Element, ...], look: Look, contents_pages: tuple[int, ...]
) -> tuple[list[Placed], int]:
    placed: list[Placed] = []
    frame, page, y = look.frame, 0, look.frame.top
    for kind, part in _segments(elements, look):
        if isinstance(part[0], Contents):
            strips = _contents(part[0], look, contents_pages)
            done, page, _ = place(strips, frame, page + 1, frame.top)
            page, y = page + 1, frame.top
        elif kind == "columns":
            if y > frame.bottom - 6 * look.leading:
                page, y = page + 1, frame.top
            strips = _all_strips(source, part, look, (frame.width - GUTTER) / 2)
            done, page, y = place_columns(strips, frame, GUTTER, page, y + 4)
        else:
            done, page, y = place(_all_strips(source, part, look, frame.width), frame, page, y)
        placed += done
    return placed, page + 1


def _segments(elements: tuple[Element, ...], look: Look) -> list[tuple[str, tuple[Element, ...]]]:
    """Runs of elements that are set alike: "full" width, "columns", or the "contents" page."""
    segments: list[tuple[str, tuple[Element, ...]]] = []
    for kind, element in _kinds(elements, look):
        if segments and segments[-1][0] == kind and kind != "contents":
            segments[-1] = (kind, (*segments[-1][1], element))
        else:
            segments.append((kind, (element,)))
    return segments


def _kinds(elements: tuple[Element, ...], look: Look) -> Iterator[tuple[str, Element]]:
    in_long_chapter = False
    for index, element in enumerate(elements):
        if isinstance(element, Contents):
            yield "contents", element
        elif isinstance(element, Text) and in_long_chapter:
            yield "columns", element
        else:
            yield "full", element
        if not isinstance(element, Text):
            is_chapter = isinstance(element, Heading) and element.in_contents and element.eyebrow is None
            texts = takewhile(lambda following: isinstance(following, Text), elements[index + 1 :])
            in_long_chapter = look.columns and is_chapter and len(list(texts)) > 2


def _all_strips(source: Source, elements: tuple[Element, ...], look: Look, width: float) -> tuple[Strip, ...]:
    return tuple(strip for element in elements for strip in _strips(source, element, look, width))


def _strips(source: Source, element: Element, look: Look, width: float) -> list[Strip]:
    if isinstance(element, Heading):
        return _heading(element, look, width, own_line=source.label_on_own_line)
    if isinstance(element, Grid):
        return table(element, look, width)
    if isinstance(element, Contents):
        raise TypeError("the contents list is laid out by itself")
    return _text(element, look, width)


def _heading(heading: Heading, look: Look, width: float, *, own_line: bool) -> list[Strip]:
    size = look.heading_sizes[heading.level - 1]
    leading = size * 1.25
    eyebrow = [heading.eyebrow] if heading.eyebrow and own_line else []
    text = heading.text if own_line else printed(heading)
    lines = [*eyebrow, *break_lines(text, width, measure(look.bold, size), hyphens=False)]
    strips = [_line(line, look.bold, size, leading, gap=20 if i == 0 else 0, keep=True) for i, line in enumerate(lines)]
    strips[0] = replace(strips[0], bookmark=(heading.level, printed(heading)))
    return strips


def _text(text: Text, look: Look, width: float) -> list[Strip]:
    if text.kind == "notice":
        return [_line(text.text, look.bold, look.size, look.leading, color=RED)]
    if text.kind == "cover":
        lines = text.text.split("\n")
        return [
            _line(line, look.bold if i == 0 else look.body, look.size, look.leading, gap=0 if i else 10)
            for i, line in enumerate(lines)
        ]
    if text.kind == "status":
        mark = Glyphs(14, look.size, text.text, look.body, look.size)
        circle = (4.0, look.size * 0.68, STATUS_COLORS[text.text])
        return [Strip(look.leading, 6, (mark,), circles=(circle,), keep=True)]
    if text.kind in ("title", "label", "subheading"):
        size = {"title": look.heading_sizes[0] + 3, "label": look.label_size, "subheading": look.size}[text.kind]
        lines = break_lines(text.text, width, measure(look.bold, size), hyphens=False)
        gap = 24 if text.kind == "title" else 9
        return [
            _line(line, look.bold, size, size * 1.3, gap=0 if i else gap, keep=True) for i, line in enumerate(lines)
        ]
    indent = {"item": 18.0, "numbered": 18.0}.get(text.kind, 0.0)
    bullet, _, rest = text.text.partition(" ") if text.kind == "numbered" else ("•", "", text.text)
    body = rest if indent else text.text
    lines = break_lines(body, width - indent, measure(look.body, look.size), hyphens=look.hyphens)
    strips = [
        _line(line, look.body, look.size, look.leading, gap=0 if i else (3 if indent else 6), x=indent)
        for i, line in enumerate(lines)
    ]
    if indent:
        strips[0] = replace(strips[0], glyphs=(Glyphs(4, look.size, bullet, look.body, look.size), *strips[0].glyphs))
    if len(strips) > 1:
        strips[0] = replace(strips[0], keep=True)
    return strips


def _line(
    text: str, font: str, size: float, leading: float | None = None, *,
    gap: float = 0, x: float = 0, keep: bool = False, color: Color = BLACK,
) -> Strip:  # fmt: skip
    return Strip(leading or size * 1.4, gap, (Glyphs(x, size, text, font, size, color),), keep=keep)


def _running(source: Source, look: Look, pages: int) -> list[Placed]:
    """Header and footer of every page, both with the notice that all is invented."""
    left, width = look.frame.left, look.frame.width
    placed: list[Placed] = []
    header: tuple[Glyphs, ...]
    for page in range(pages):
        if look.ruled:
            number = f"Sida {page + 1} ({pages})"
            header = (
                Glyphs(0, 9, source.administration, "hebo", 10),
                Glyphs(0, 22, NOTICE, "helv", 8, RED),
                Glyphs(width - 165, 9, "Tjänsteutlåtande", "hebo", 8),
                Glyphs(width - 165, 20, f"Dnr {source.diary_number}", "helv", 8),
                Glyphs(width - 165, 31, source.date, "helv", 8),
                Glyphs(width - measure("helv", 8)(number), 9, number, "helv", 8),
            )
            footer = (Glyphs(0, 8, source.board, "helv", 8), _right(NOTICE, 8, width, 8, GREY))
            placed.append(Placed(page, left, 46, Strip(40, 0, header)))
            placed.append(Placed(page, left, 794, Strip(10, 0, footer, ((0, -4, width, -4, None),))))
        else:
            header = (Glyphs(0, 8, source.title, "helv", 7.5, GREY), _right(NOTICE, 8, width, 7.5, RED))
            number = str(page + 1)
            center = (width - measure("helv", 9)(number)) / 2
            footer = (Glyphs(0, 8, NOTICE, "helv", 7.5, GREY), Glyphs(center, 8, number, "helv", 9))
            placed.append(Placed(page, left, 36, Strip(10, 0, header)))
            placed.append(Placed(page, left, 800, Strip(10, 0, footer)))
    return placed


def _right(text: str, y: float, width: float, size: float, color: Color) -> Glyphs:
    return Glyphs(width - measure("helv", size)(text), y, text, "helv", size, color)


def _contents(contents: Contents, look: Look, pages: tuple[int, ...]) -> tuple[Strip, ...]:
    """The contents list, with dot leaders and page numbers."""
    strips = [_line("Innehållsförteckning", look.bold, look.heading_sizes[0], keep=True)]
    size = look.size
    wide = measure(look.body, size)
    for entry, page in zip(contents.entries, pages, strict=True):
        lines = break_lines(entry, look.frame.width - 60, wide, hyphens=False)
        for last, text in ((line is lines[-1], line) for line in lines):
            glyphs = [Glyphs(0, size, text, look.body, size)]
            if last:
                number = str(page)
                right = look.frame.width - wide(number)
                dots = "." * int((right - 4 - wide(text)) / wide("."))
                glyphs[0] = Glyphs(0, size, f"{text}{dots}", look.body, size)
                glyphs.append(Glyphs(right, size, number, look.body, size))
            strips.append(Strip(look.leading, 5 if text is lines[0] else 0, tuple(glyphs), keep=not last))
    return tuple(strips)

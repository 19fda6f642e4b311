"""The pages for people: Jinja2 templates that work without JavaScript and ask no other site for anything."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from api import links
from api.holdings import area_name
from api.language import Language, text
from search.schema import Hit

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


def marked(content: str, highlights: Sequence[tuple[int, int]]) -> Markup:
    """`content` as HTML with its highlights in <mark>."""
    pieces, end = [], 0
    for start, stop in sorted(highlights):
        if start < end or stop > len(content):
            continue
        pieces += [escape(content[end:start]), Markup("<mark>"), escape(content[start:stop]), Markup("</mark>")]
        end = stop
    return Markup("").join([*pieces, escape(content[end:])])


def cited(content: str, sources: int) -> Markup:
    """`content` as HTML, each "[n]" of the `sources` numbered ones a link to it."""
    pieces = re.split(r"\[(\d{1,3})\]", content)
    linked = [escape(pieces[0])]
    for mark, after in zip(pieces[1::2], pieces[2::2], strict=True):
        known = 1 <= int(mark) <= sources
        linked += [Markup('<a class="ref" href="#k-{0}">[{0}]</a>').format(int(mark)) if known else escape(f"[{mark}]")]
        linked += [escape(after)]
    return Markup("").join(linked)


def number(value: float | str | None, unit: str | None = None) -> str:
    """A value as Swedes write it: decimal comma, thin groups; text as it is."""
    if value is None or isinstance(value, str):
        return value or ""
    written = f"{value:,.10g}".replace(",", "\u00a0").replace(".", ",")
    return f"{written}\u00a0{unit}" if unit else written


def anchor(passage_id: str) -> str:
    """A passage's id in the page, written as in links.passage_address."""
    return "p-" + quote(passage_id, safe="")


def by_part(hits: Sequence[Hit]) -> list[tuple[str | None, list[Hit]]]:
    """Passages under the labels of their parts, in reading order."""
    return [(part, list(own)) for part, own in groupby(hits, key=lambda hit: hit.section.part)]


_environment = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["by_part"] = by_part
_environment.globals |= {
    "marked": marked,
    "number": number,
    "links": links,
    "cited": cited,
    "anchor": anchor,
    "area_name": area_name,
}


@dataclass(frozen=True, slots=True)
class Page:
    """The page being made: its request and language."""

    request: Request
    language: Language

    def render(self, template: str, status_code: int = 200, **values: Any) -> HTMLResponse:
        """The template as a response."""
        content = _environment.get_template(template).render(
            t=partial(text, self.language), lang=self.language, switch=self._switch(), **values
        )
        headers = {"Content-Language": self.language, "Vary": "Accept-Encoding"}
        return HTMLResponse(content, status_code, headers=headers)

    def _switch(self) -> str:
        """This page in the other language."""
        pairs = [(name, value) for name, value in self.request.query_params.multi_items() if name != "lang"]
        pairs.append(("lang", "sv" if self.language == "en" else "en"))
        return "?" + urlencode(pairs)


def get_page(request: Request, lang: Annotated[str | None, Query(max_length=10)] = None) -> Page:
    """The page in the language asked for, else in the one that is set."""
    chosen: Language = request.app.state.settings.language
    return Page(request, "en" if lang == "en" else "sv" if lang == "sv" else chosen)


PageDep = Annotated[Page, Depends(get_page)]


def error_page(request: Request, status: int, title: str, detail: str, errors: Sequence[str]) -> Response:
    """An error for people."""
    page = get_page(request, request.query_params.get("lang"))
    return page.render("error.html", status, title=title, detail=detail, errors=errors)

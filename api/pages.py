"""The pages for people: Jinja2 templates that work without JavaScript and ask no other site for anything."""

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

from api import links
from api.goal_table import short_type
from api.holdings import area_name, area_of
from api.indicator_table import by_name, filled
from api.language import Language, text
from api.numbers import number
from api.prose import beginning, cited, marked, shifted, statements
from search.schema import Hit

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


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
    "statements": statements,
    "beginning": beginning,
    "shifted": shifted,
    "by_name": by_name,
    "filled": filled,
    "anchor": anchor,
    "area_name": area_name,
    "area_of": area_of,
    "short_type": short_type,
}


@dataclass(frozen=True, slots=True)
class Page:
    """The page being made: its request and language."""

    request: Request
    language: Language

    def text(self, key: str, **values: object) -> str:
        """A text in the page's language."""
        return text(self.language, key, **values)

    def render(self, template: str, status_code: int = 200, **values: Any) -> HTMLResponse:
        """The template as a response."""
        content = _environment.get_template(template).render(
            t=partial(text, self.language),
            lang=self.language,
            switch=self._switch(),
            address=str(self.request.url),
            **values,
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


def error_page(
    request: Request, status: int, title: str, detail: str | None, errors: Sequence[str], swedish: str | None
) -> Response:
    """An error for people; `swedish`: what nobody has put into the page's language."""
    page = get_page(request, request.query_params.get("lang"))
    return page.render("error.html", status, title=title, detail=detail, errors=errors, swedish=swedish)

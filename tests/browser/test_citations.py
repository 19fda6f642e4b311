"""Every number on a page leads to a citation within two clicks: all pages of the example archive are followed."""

import re
from collections import Counter
from functools import cache
from urllib.parse import urljoin, urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html

from api.http import create_app
from search.archive import Archive

CITED = re.compile(r"/rapport/[^/]+/(stycke|rad|sida|avsnitt)/")
"""Where the words of a report are read in their place."""
QUOTED = ("blockquote", "q", "pre", "svg", "form", "nav", "header", "h1", "h2", "caption", "thead", "code")
"""A report's own words and title, what somebody has typed, and names of columns."""
WITHOUT = {"fel", "om", "rader", "sida", "inget"}
"""Pages without a number of their own: an error, a text, the source itself, and that nothing was found."""
CLASSES = ("text", "words", "path", "file", "tags", "analysis", "passage", "key")
"""Lines of a report, the answer's words with their own marks, filters, and what signs mean."""


OF_A_KIND = 3
"""Numbers of one place in a page that are followed."""
TRIED = 6
"""Links of a row or a section that are followed."""


class Site:
    """The pages as a reader without script has them."""

    def __init__(self, archive: Archive) -> None:
        self.client = TestClient(create_app(archive, archive.settings))
        self.links = cache(self._links)

    def main(self, address: str) -> html.HtmlElement:
        found = self.client.get(address)
        assert found.status_code == 200, address
        return html.fromstring(found.text).find(".//main")

    def _links(self, address: str) -> frozenset[str]:
        return frozenset(addresses(self.main(address)))

    def cited(self, address: str, clicks: int) -> bool:
        """Whether a reader who is `clicks` away comes to a report's words."""
        if CITED.search(address):
            return True
        if clicks < 2 or urlsplit(address).path.startswith(("/api/", "/feeds/")):
            return False
        return any(CITED.search(one) for one in self.links(address))


def addresses(element: html.HtmlElement) -> list[str]:
    return [
        urljoin("http://testserver/", a.get("href")) for a in element.iter("a") if not a.get("href").startswith("#")
    ]


def numbers(main: html.HtmlElement) -> list[html.HtmlElement]:
    """The innermost elements that say a number; the first few of each kind, since rows of a table are alike."""
    found = []
    seen: Counter[str] = Counter()
    for element in main.iter():
        own = [element.text, *(child.tail for child in element)] if isinstance(element.tag, str) else []
        if any(re.search(r"\d", words or "") for words in own) and not _quoted(element):
            kind = "/".join(f"{one.tag}.{one.get('class')}" for one in (element, *element.iterancestors()))
            seen[kind] += 1
            found += [element] if seen[kind] <= OF_A_KIND else []
    return found


def _quoted(element: html.HtmlElement) -> bool:
    around = [element, *element.iterancestors()]
    return any(one.tag in QUOTED or set(CLASSES) & set((one.get("class") or "").split()) for one in around)


@pytest.fixture(scope="module")
def pages(archive: Archive) -> Site:
    return Site(archive)


def test_every_number_leads_to_a_citation(pages: Site, places: dict[str, str]) -> None:
    lost = []
    for name, address in places.items():
        found = [] if name in WITHOUT else numbers(pages.main(address))
        lost += [f"{name}: {' '.join(one.text_content().split())[:80]}" for one in found if not _leads(pages, one)]
    assert lost == []


def _leads(pages: Site, element: html.HtmlElement) -> bool:
    """From its own link, else from its row, item or section, else from the list that comes after it."""
    for near in (element, *element.iterancestors()):
        if near.tag == "main":
            return False
        links = [urljoin("http://testserver/", near.get("href"))] if near.tag == "a" else addresses(near)
        parent = near.getparent()
        if not links and parent is not None and parent.tag == "main":
            links = [
                link for after in near.itersiblings("div", "ul", "ol", "table", "article") for link in addresses(after)
            ]
        if any(pages.cited(one, 2) for one in dict.fromkeys(links[:TRIED])):
            return True
    return False


def test_the_walk_finds_a_number_that_leads_nowhere(pages: Site) -> None:
    main = html.fromstring("<main><section><p>17 <a href='/om'>?</a></p></section></main>")
    assert [_leads(pages, one) for one in numbers(main)] == [False]

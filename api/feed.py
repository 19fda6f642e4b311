"""A followed question as an Atom feed (RFC 4287)."""

import re

from lxml import etree

from api.links import source_address
from search.saved import News

MEDIA_TYPE = "application/atom+xml"
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATOM = "http://www.w3.org/2005/Atom"


def atom(news: News, site: str) -> bytes:
    """The feed; `site` is the service's address without a slash at its end.

    Ids are URNs of the question and the item, so that they stay when the service moves.
    """
    saved = news.question
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _add(feed, "id", f"urn:spana:question:{saved.id}")
    _add(feed, "title", f"spana: {saved.question}")
    _add(feed, "updated", max((item.seen_at for item in news.items), default=saved.made_at))
    author = etree.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", "spana")
    etree.SubElement(feed, f"{{{_ATOM}}}link", rel="self", type=MEDIA_TYPE, href=f"{site}/feeds/{saved.id}.atom")
    for item in news.items:
        entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "id", f"urn:spana:question:{saved.id}:{item.id}")
        _add(entry, "title", item.citation.label)
        _add(entry, "updated", item.seen_at)
        _add(entry, "summary", f"”{item.citation.quote}” ({item.citation.label}; {item.citation.source})")
        place = source_address(item.report, item.passage_id, item.citation, "sv")
        etree.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=f"{site}{place}")
    written: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _add(parent: etree._Element, name: str, text: str) -> None:
    # XML 1.0 has no way to write control characters.
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = _UNWRITABLE.sub("", text)

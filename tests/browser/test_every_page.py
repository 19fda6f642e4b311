"""Every page, wide and narrow, light and dark, in both languages, with and without script: what must hold of all."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest

from api.language import texts

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

PAGES = (
    "start",
    "omnämnanden",
    "stycken",
    "grupper",
    "ordning",
    "inget",
    "tal",
    "bedömningar",
    "exempel",
    "mål",
    "ett mål",
    "indikatorer",
    "en indikator",
    "goda exempel",
    "namn",
    "ett namn",
    "alla omnämnanden",
    "rapporter",
    "rapport",
    "avsnitt",
    "stycke i pdf",
    "stycke i text",
    "liknande",
    "sida",
    "rader",
    "bevaka",
    "bevakad",
    "om",
    "fel",
)
WIDE, NARROW = 1280, 390
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
"""Dark mode changes colours only."""
AGAIN = "(options) => axe.run(document, options)"
MOST_BYTES = 200_000
SHIFT = """() => new Promise((done) => {
  let moved = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) moved += one.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(moved), 20)));
})"""
OWN_WORDS = """() => {
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode())
    if (walk.currentNode.parentElement.closest("[lang]").lang === "en") found.add(walk.currentNode.textContent.trim());
  for (const element of document.querySelectorAll("[aria-label]")) found.add(element.getAttribute("aria-label"));
  return [...found];
}"""


SWEDISH = """() => {
  const found = new Set();
  const swedish = (words, element) => {
    if (/[åäö]/i.test(words ?? "") && element.closest("[lang]").lang === "en") found.add(words.trim());
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) swedish(walk.currentNode.textContent, walk.currentNode.parentElement);
  for (const element of document.querySelectorAll("[alt], [title]"))
    swedish(element.getAttribute("title") ?? element.alt, element);
  return [...found];
}"""


def test_no_page_is_forgotten(places: dict[str, str]) -> None:
    assert set(PAGES) == set(places)


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, places: dict[str, str], site: str, open_page: Callable[..., Any]) -> None:
    page = open_page(WIDE)
    requests: list[Any] = []
    wrong: list[str] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    answer = page.goto(places[name])
    assert answer.status == (404 if name == "fel" else 200)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE
    assert page.evaluate(SHIFT) == 0
    assert all(one.url.startswith(site) for one in requests)
    assert sum(one.sizes()["responseBodySize"] for one in requests) < MOST_BYTES
    assert _told(axe.Axe().run(page, options=WCAG).response) == []
    page.emulate_media(color_scheme="dark")
    assert _told(page.evaluate(AGAIN, CONTRAST)) == []
    page.set_viewport_size({"width": NARROW, "height": 850})
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert page.evaluate(SHIFT) == 0
    assert not [one for one in wrong if "404" not in one]


def _told(found: dict[str, Any]) -> list[str]:
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


@pytest.mark.parametrize("name", PAGES)
def test_page_without_script(name: str, places: dict[str, str], plain: Any) -> None:
    plain.goto(places[name])
    assert plain.locator("h1").count() == 1
    assert plain.locator("button.copy").locator("visible=true").count() == 0
    for image in plain.locator("img").all():
        assert image.get_attribute("width")
        assert image.get_attribute("height")


@pytest.mark.parametrize("name", PAGES)
def test_page_in_english(name: str, places: dict[str, str], shared: Any) -> None:
    address = places[name]
    shared.goto(f"{address}{'&' if '?' in address else '?'}lang=en")
    menu = shared.get_by_role("navigation", name="Main menu")
    assert menu.get_by_role("link", name="Indicators", exact=True).count() == 1
    assert shared.get_by_role("link", name="På svenska").get_attribute("href").endswith("lang=sv")
    swedish = {one.sv for one in texts().values()} - {one.en for one in texts().values()}
    assert not (swedish - {""}).intersection(shared.evaluate(OWN_WORDS))
    assert shared.evaluate(SWEDISH) == []


@pytest.mark.parametrize("name", ["start", "grupper", "omnämnanden", "rapporter"])
def test_nothing_moves_while_a_page_comes_slowly(
    name: str, places: dict[str, str], open_page: Callable[..., Any]
) -> None:
    address = places[name]
    for width in (WIDE, NARROW):
        page = open_page(width)
        page.goto(f"{address}{'&' if '?' in address else '?'}langsamt=1")
        assert page.evaluate(SHIFT) == 0


def test_the_language_is_switched_on_the_same_page(places: dict[str, str], shared: Any) -> None:
    shared.goto(places["en indikator"])
    title = shared.locator("h1").inner_text()
    shared.get_by_role("link", name="In English").click()
    shared.locator("html[lang=en]").wait_for()
    assert shared.locator("h1").inner_text() == title


@pytest.mark.parametrize("name", ["en indikator", "ett namn"])
def test_charts_are_named_described_and_beside_their_table(name: str, places: dict[str, str], shared: Any) -> None:
    shared.goto(places[name])
    charts = shared.locator("svg.chart")
    assert charts.count() > 0
    for chart in charts.all():
        assert chart.locator("title").text_content()
        assert chart.locator("desc").text_content()
    assert shared.locator("table").count() > 0


@pytest.mark.parametrize("name", ["omnämnanden", "ett namn", "ett mål", "mål", "en indikator", "goda exempel"])
def test_numbers_lead_to_citations_within_two_clicks(name: str, places: dict[str, str], site: str, shared: Any) -> None:
    shared.goto(places[name])
    links = shared.locator(
        "main a.count, main a.judgement, main a.judgement-link, main td.source a, main .card .links a"
    )
    targets = {one.get_attribute("href") for one in links.all()}
    assert targets
    for target in sorted(targets)[:6]:
        answer = shared.request.get(urljoin(site, target))
        assert answer.ok
        if "/omnamnanden" in target:
            shared.goto(target)
            shared.locator("article.hit h2 a").first.click()
            shared.wait_for_url("**/rapport/**")
        else:
            assert "/rapport/" in answer.url

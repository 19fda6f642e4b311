"""Every page, wide and narrow, light and dark, with and without script: what must hold of all of them."""

from collections.abc import Callable
from typing import Any

import pytest

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

PAGES = (
    "start",
    "omnämnanden",
    "stycken",
    "grupper",
    "ordning",
    "inget",
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
    "om",
    "fel",
)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
MOST_BYTES = 200_000
SHIFT = """() => new Promise((done) => {
  let moved = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) moved += one.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(moved), 60);
})"""


def test_no_page_is_forgotten(places: dict[str, str]) -> None:
    assert set(PAGES) == set(places)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, width: int, places: dict[str, str], site: str, open_page: Callable[..., Any]) -> None:
    page = open_page(width)
    requests: list[Any] = []
    wrong: list[str] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    answer = page.goto(places[name])
    assert answer.status == (404 if name == "fel" else 200)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SHIFT) == 0
    assert all(one.url.startswith(site) for one in requests)
    assert sum(one.sizes()["responseBodySize"] for one in requests) < MOST_BYTES
    assert not [one for one in wrong if "404" not in one]
    assert _violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert _violations(page) == []


def _violations(page: Any) -> list[str]:
    found = axe.Axe().run(page, options=WCAG).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


@pytest.mark.parametrize("name", PAGES)
def test_page_without_script(name: str, places: dict[str, str], open_page: Callable[..., Any]) -> None:
    page = open_page(390, script=False)
    page.goto(places[name])
    assert page.locator("h1").count() == 1
    assert page.locator("button.copy").locator("visible=true").count() == 0
    for image in page.locator("img").all():
        assert image.get_attribute("width")
        assert image.get_attribute("height")


@pytest.mark.parametrize("name", ["start", "mål", "en indikator", "ett namn", "stycke i pdf"])
def test_page_in_english(name: str, places: dict[str, str], open_page: Callable[..., Any]) -> None:
    page = open_page()
    page.goto(places[name])
    page.get_by_role("link", name="In English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("link", name="Indicators", exact=True).count() >= 1


@pytest.mark.parametrize("name", ["en indikator", "ett namn"])
def test_charts_are_named_described_and_beside_their_table(
    name: str, places: dict[str, str], open_page: Callable[..., Any]
) -> None:
    page = open_page()
    page.goto(places[name])
    charts = page.locator("svg.chart")
    assert charts.count() > 0
    for chart in charts.all():
        assert chart.locator("title").text_content()
        assert chart.locator("desc").text_content()
    assert page.locator("table").count() > 0


@pytest.mark.parametrize("name", ["omnämnanden", "ett namn", "ett mål", "mål", "en indikator", "goda exempel"])
def test_numbers_lead_to_citations_within_two_clicks(
    name: str, places: dict[str, str], open_page: Callable[..., Any]
) -> None:
    page = open_page()
    page.goto(places[name])
    links = page.locator("main a.count, main a.judgement, main a.judgement-link, main td.source a, main .card .links a")
    targets = {one.get_attribute("href") for one in links.all()}
    assert targets
    for target in sorted(targets)[:6]:
        answer = page.goto(target)
        assert answer.ok
        if "/omnamnanden" in target:
            page.locator("article.hit h2 a").first.click()
        assert "/rapport/" in page.url

"""What each group of users comes to do, with the keyboard alone."""

import csv
from collections.abc import Callable
from typing import Any

MOST_STEPS = 250


def tab_to(page: Any, words: str) -> None:
    """Press Tab until what has the focus is named by `words`."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "() => { const e = document.activeElement; return (e.labels?.[0] ?? e).innerText?.trim() ?? ''; }"
        )
        if name.startswith(words):
            return
    raise AssertionError(f"Tab never came to {words!r}")


def test_researcher_exports_a_table(open_page: Callable[..., Any]) -> None:
    page = open_page()
    page.goto("/")
    tab_to(page, "Indikatorer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/indikatorer")
    tab_to(page, "Ord i indikatorns namn")
    page.keyboard.type("ekonomiskt bistånd")
    page.keyboard.press("Enter")
    page.wait_for_url("**/indikatorer?ord=*")
    tab_to(page, "Andel personer som har ekonomiskt bistånd")
    page.keyboard.press("Enter")
    page.wait_for_url("**namn=*")
    tab_to(page, "CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["district"] for row in rows} >= {"Bromma", "Farsta", "Skarpnäck"}
    assert all(row["citation"] and row["quote"] for row in rows)


def test_journalist_finds_a_precedent_and_copies_a_citation(open_page: Callable[..., Any]) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/")
    tab_to(page, "Fråga eller sökord")
    page.keyboard.type("Vilka stadsdelar nämner Trefas?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fraga?*")
    tab_to(page, "Farsta stadsdelsnämnd, Verksamhetsplan 2022")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stycke/**")
    assert page.locator("img.sheet").evaluate("image => image.complete && image.naturalWidth > 0")
    tab_to(page, "Kopiera")
    page.keyboard.press("Enter")
    page.get_by_text("Kopierat").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("Farsta stadsdelsnämnd, Verksamhetsplan 2022")
    assert copied.endswith(page.url.partition("?")[0])


def test_city_staff_find_a_good_example_on_a_phone(open_page: Callable[..., Any]) -> None:
    page = open_page(390, script=False, has_touch=True)
    page.goto("/")
    page.get_by_role("link", name="Goda exempel", exact=True).press("Enter")
    page.wait_for_url("**/goda-exempel")
    page.get_by_role("link", name="Äldre").press("Enter")
    page.wait_for_url("**tema=aldre*")
    card = page.locator(".card").first
    assert card.inner_text()
    card.get_by_role("link").first.press("Enter")
    page.wait_for_url("**/rapport/**")
    assert page.locator("h1").is_visible()


def test_filters_are_added_left_out_and_removed(open_page: Callable[..., Any]) -> None:
    page = open_page(script=False)
    page.goto("/fraga?q=trygghet")
    page.locator(".facets").get_by_role("link", name="Farsta", exact=True).click()
    assert "district=Farsta" in page.url
    assert page.locator("article.hit h3", has_text="Bromma").count() == 0
    page.get_by_role("link", name="Ta bort filtret Stadsdel: Farsta").click()
    page.get_by_role("link", name="Uteslut Farsta", exact=True).click()
    assert "exclude-district=Farsta" in page.url
    assert page.locator("article.hit h3", has_text="Farsta").count() == 0


def test_reader_goes_from_hit_to_hit(open_page: Callable[..., Any]) -> None:
    page = open_page(script=False)
    page.goto("/fraga?q=trygghet")
    names = page.locator("article.hit h3 a").all_inner_texts()
    page.locator("article.hit h3 a").first.click()
    first = page.url
    page.get_by_role("link", name="Nästa träff").click()
    assert page.url != first
    page.get_by_role("link", name="Föregående träff").click()
    assert page.url == first
    page.get_by_role("link", name="Till svaret").click()
    assert page.locator("article.hit h3 a").all_inner_texts() == names


def test_filter_read_from_the_question_is_lifted_by_a_link(open_page: Callable[..., Any]) -> None:
    page = open_page(390, script=False)
    page.goto("/fraga?q=Vilka mål uppfylls delvis i Farsta 2022?")
    page.get_by_role("link", name="Ta bort filtret Stadsdel: Farsta").click()
    assert page.locator("#q").input_value() == "Vilka mål uppfylls delvis 2022?"
    assert page.get_by_role("link", name="Ta bort filtret Stadsdel: Farsta").count() == 0
    assert page.get_by_role("link", name="Ta bort filtret År: 2022").count() == 1


def test_question_is_followed_and_given_up(open_page: Callable[..., Any]) -> None:
    page = open_page(script=False)
    page.goto("/fraga?q=Vilka stadsdelar nämner SIG unga?&year=2022")
    page.get_by_role("link", name="Bevaka frågan").click()
    page.get_by_label("Nyckel").fill("prov-nyckel")
    page.get_by_role("button", name="Bevaka").click()
    assert page.locator("h1").inner_text() == "Vilka stadsdelar nämner SIG unga?"
    feed = page.request.get(page.get_by_role("link", name="Atom-flöde").get_attribute("href"))
    assert feed.headers["content-type"].startswith("application/atom+xml")
    page.get_by_label("Nyckel").fill("prov-nyckel")
    page.get_by_role("button", name="Sluta bevaka").click()
    assert page.get_by_role("link", name="Vilka stadsdelar nämner SIG unga?").count() == 0


def test_reports_are_taken_in_with_the_key_only(open_page: Callable[..., Any], tmp_path: Any) -> None:
    file = tmp_path / "lunden-2023-vb.txt"
    file.write_text("Verksamhetsberättelse 2023\nBromma stadsdelsnämnd\n\nTrefas möttes varje vecka.\n" * 3, "utf-8")
    page = open_page()
    for key in ("fel", "prov-nyckel"):
        page.goto("/rapporter")
        page.get_by_label("Nyckel").fill(key)
        page.get_by_label("Fil (").set_input_files(file)
        answer = None
        with page.expect_navigation() as navigation:
            page.get_by_role("button", name="Läs in").click()
        answer = navigation.value
        assert answer.status == (401 if key == "fel" else 200)
    page.locator(".jobs strong").wait_for()
    assert page.locator(".jobs").inner_text().startswith("lunden-2023-vb.txt")

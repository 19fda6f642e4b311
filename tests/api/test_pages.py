"""The pages: they render for every kind of answer, escape what documents say, and stand without script."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from fastapi.testclient import TestClient

from search.schema import Filters, Understood

PAGES = [
    "/",
    "/fraga?q=mentions",
    "/fraga?q=indicator",
    "/fraga?q=goal_status",
    "/fraga?q=good_examples",
    "/fraga?q=stycken",
    "/fraga?q=annat",
    "/fraga?q=ingenting&district=Ekbacken",
    "/rapporter",
    "/rapporter?year=1999",
    "/rapport/ekbacken-1",
    "/rapport/lunden-1",
    "/rapport/ekbacken-1/sida/2?stycke=ekbacken-1.s1.p1",
    "/namn",
    "/namn?slag=PROGRAM",
    "/namn/Ekgruppen",
    "/namn?ord=ek&slag=PROGRAM",
    "/omnamnanden?namn=Ekgruppen",
    "/fraga?q=stycken&ordning=newest",
    "/fraga?q=stycken&grupp=district",
    "/mal",
    "/mal?year=2021",
    "/mal/1.1",
    "/mal/9.9",
    "/indikatorer",
    "/indikatorer?namn=Andel+n%C3%B6jda",
    "/indikatorer?namn=Andel+n%C3%B6jda&visa=sex",
    "/indikatorer?namn=finns+inte",
    "/goda-exempel",
    "/goda-exempel?tema=aldre&ord=kv%C3%A4llsvandring",
    "/rapport/lunden-1/avsnitt/1",
    "/rapport/lunden-1/avsnitt/99",
    "/rapport/ekbacken-1/stycke/ekbacken-1.s1.p1?q=stycken&nr=1",
    "/rapport/lunden-1/stycke/lunden-1.s1.p1?q=mentions&kalla=2",
    "/rapport/lunden-1/stycke/lunden-1.s1.p1/liknande",
    "/rapport/lunden-1/rad/7?till=8",
    "/bevaka",
    "/bevaka?q=mentions&district=Lunden",
    "/om",
    "/finns-inte",
    "/rapport/nej",
    "/fraga?q=x&year=fel",
]


class Outline(HTMLParser):
    """What a page is made of."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input", "img", "br", "path", "circle", "rect"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> without a beginning"
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_well_formed_and_accessible(client: TestClient, path: str, language: str) -> None:
    found = client.get(path + ("&" if "?" in path else "?") + f"lang={language}")
    page = Outline(found.text)
    assert found.status_code < 500
    assert page.open == []
    assert page.all("html") == [{"lang": language}]
    assert len(page.all("main")) == len(page.all("h1")) == len(page.all("header")[:1]) == 1
    assert page.all("title")
    assert page.tags.index(("a", {"class": "skip", "href": "#innehall"})) < page.tags.index(
        ("header", {"class": "top"})
    )
    identities = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(identities) == len(set(identities))
    for _, attributes in page.tags:
        for name in ("aria-labelledby", "for"):
            assert name not in attributes or attributes[name] in identities
    assert all(image.get("alt") for image in page.all("img"))
    labelled = {label["for"] for label in page.all("label")}
    assert all(one.get("type") == "hidden" or one.get("id") in labelled for one in page.all("input"))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_no_script_inside_and_ask_no_other_site(client: TestClient, path: str) -> None:
    page = Outline(client.get(path).text)
    assert page.all("script") == [{"src": "/static/spana.js", "defer": None}]
    for _, attributes in page.tags:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        for name in ("src", "href", "action"):
            value = attributes.get(name)
            assert value is None or value.startswith(("/", "#", "?"))
            assert value is None or not value.startswith("//")


@pytest.mark.parametrize(
    "path", ["/", "/rapporter", "/rapport/lunden-1", "/fraga?q=<script>alert(1)</script>", "/rapport/<script>"]
)
def test_hostile_text_is_escaped(client: TestClient, path: str) -> None:
    text = client.get(path).text
    assert text.count("<script") == text.count('<script src="/static/spana.js" defer></script>') == 1


def test_mention_table_tells_none_from_missing_and_unreadable(client: TestClient) -> None:
    text = client.get("/fraga?q=mentions").text
    rows = re.findall(r"<tr.*?</tr>", text, re.DOTALL)
    (ekbacken,) = (row for row in rows if ">Ekbacken<" in row)
    (lunden,) = (row for row in rows if ">Lunden<" in row)
    assert 'href="/omnamnanden?report=ekbacken-1&amp;namn=Ekgruppen">3<' in ekbacken
    assert '<a class="ref" href="#k-1">' in ekbacken
    assert ekbacken.count("ingen rapport") == 2
    assert (lunden.count("ingen rapport"), lunden.count("nämns inte")) == (2, 1)
    assert "trasig.pdf: filen är skadad" in text
    assert text.index("Stadsövergripande nämnder") < text.index(">Socialnämnden<")


def test_a_sections_page_shows_what_stands_after_a_section_below_it_too(
    client: TestClient, fake: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = fake.passages("social-1")
    below = first.section.model_copy(update={"id": 2})
    passages = [
        first.model_copy(update={"text": "Det som står först."}),
        first.model_copy(update={"text": "Det under nästa rubrik.", "section": below}),
        first.model_copy(update={"text": "Det som kommer efter."}),
    ]
    monkeypatch.setattr(fake, "passages", lambda _: passages)
    text = client.get("/rapport/social-1/avsnitt/1").text
    assert "Det som står först." in text
    assert "Det som kommer efter." in text


def test_sources_lead_to_the_framed_page_or_the_passage(client: TestClient) -> None:
    text = client.get("/fraga?q=mentions").text
    assert 'href="/rapport/ekbacken-1/stycke/ekbacken-1.s1.p1?q=mentions&amp;kalla=1"' in text
    passage = client.get("/rapport/social-1/stycke/social-1.s1.p1").text
    assert 'href="/rapport/social-1/avsnitt/1#p-social-1.s1.p1"' in passage
    assert 'id="p-social-1.s1.p1"' in client.get("/rapport/social-1/avsnitt/1").text
    picture = client.get("/rapport/ekbacken-1/sida/2?stycke=ekbacken-1.s1.p1").text
    assert 'src="/api/v1/reports/ekbacken-1/pages/2.png?highlight=ekbacken-1.s1.p1"' in picture


def test_filters_can_be_removed_and_added_by_links(client: TestClient) -> None:
    text = client.get("/fraga?q=ord&district=Lunden&year=2023&exclude-type=budget").text
    assert 'href="/fraga?q=ord&amp;year=2023&amp;exclude-type=budget"' in text
    assert 'href="/fraga?q=ord&amp;district=Lunden&amp;district=Ekbacken&amp;year=2023&amp;exclude-type=budget"' in text
    assert '<input type="hidden" name="exclude-type" value="budget">' in text


def test_zero_hits_are_explained(client: TestClient) -> None:
    text = client.get("/fraga?q=ingenting&district=Ekbacken").text
    assert "Inga stycken hittades" in text
    assert "Arkivet har 3 rapporter." in text
    assert "ta bort dem ett i taget" in text


def test_unanswered_questions_say_so(client: TestClient) -> None:
    text = client.get("/fraga?q=annat").text
    assert "Arkivet svarar inte på frågan" in text
    assert "Närmast frågan, inget svar" in text


def test_holdings_show_their_gaps(client: TestClient) -> None:
    text = client.get("/").text
    assert re.findall(r'<th scope="col">(\d+)</th>', text) == ["2021", "2022", "2023"]
    assert text.count('<td class="gap">') == 6


def test_empty_archive_says_what_to_do(client: TestClient, fake: Any) -> None:
    fake.refs.clear()
    assert "spana ingest" in client.get("/").text


def test_empty_question_leads_to_the_start(client: TestClient) -> None:
    found = client.get("/fraga?q=%20&lang=en", follow_redirects=False)
    assert (found.status_code, found.headers["location"]) == (303, "/?lang=en")


def test_language_stays_through_links(client: TestClient) -> None:
    text = client.get("/fraga?q=mentions&lang=en").text
    page = Outline(text)
    inner = [
        one["href"]
        for one in page.all("a")
        if (one["href"] or "").startswith("/") and not re.search("/api/|/kalla[.]", one["href"] or "")
    ]
    assert inner
    assert all("lang=en" in (href or "") for href in inner)
    assert 'href="?q=mentions&amp;lang=sv"' in text


def test_marks_in_an_answer_lead_to_its_sources() -> None:
    from api.prose import cited

    assert str(cited("<b> [1] och [3] [0]", 2)) == '&lt;b&gt; <a class="ref" href="#k-1">[1]</a> och [3] [0]'


def test_highlights_are_marked_and_the_rest_escaped() -> None:
    from api.prose import marked

    assert str(marked("a<b>c", [(1, 4)])) == "a<mark>&lt;b&gt;</mark>c"
    assert str(marked("abc", [(2, 9)])) == "abc"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (81.5, "%", "81,5\u00a0%"),
        (12000, "st", "12\u00a0000\u00a0st"),
        (0.1, None, "0,1"),
        ("öka", "%", "öka"),
        (None, "%", ""),
    ],
)
def test_figures_are_written_as_in_swedish(value: float | str | None, unit: str | None, shown: str) -> None:
    from api.numbers import number

    assert number(value, unit) == shown


def test_errors_speak_the_pages_language(client: TestClient) -> None:
    found = client.get("/mal/9.9?lang=en")
    assert found.status_code == 404
    assert "<h1>Not found</h1>" in found.text
    assert "No report in the archive has a goal 9.9; see all goals on the page Goals." in found.text
    assert "year must be a whole number." in client.get("/mal?year=x&lang=en").text
    assert "year ska vara ett heltal." in client.get("/mal?year=x").text


def test_errors_send_people_to_pages(client: TestClient) -> None:
    assert "Se sidan Bevakade frågor." in client.get("/bevaka/abc").text
    assert "See the page Followed questions." in client.get("/bevaka/abc?lang=en").text


def test_an_error_without_english_is_quoted_as_swedish(client: TestClient) -> None:
    assert '<p lang="sv">Rapporten nej finns inte; se spana reports.</p>' in client.get("/rapport/nej?lang=en").text


def test_a_question_is_followed_with_the_key_only(client: TestClient, fake: Any) -> None:
    page = client.get("/fraga?q=mentions&district=Lunden").text
    assert 'href="/bevaka?q=mentions&amp;district=Lunden"' in page
    address = "/bevaka?q=mentions&district=Lunden"
    assert "spana watch add mentions --district Lunden" in client.get(address).text
    assert client.post(address, data={"nyckel": "fel"}).status_code == 401
    assert fake.saved.all() == []
    followed = client.post(address, data={"nyckel": "hemlig-nyckel"}, follow_redirects=False)
    (saved,) = fake.saved.all()
    assert followed.headers["location"] == f"/bevaka/{saved.id}"
    assert f'href="/feeds/{saved.id}.atom"' in client.get(f"/bevaka/{saved.id}").text
    assert client.post(f"/bevaka/{saved.id}/sluta", data={"nyckel": "fel"}).status_code == 401
    client.post(f"/bevaka/{saved.id}/sluta", data={"nyckel": "hemlig-nyckel"})
    assert fake.saved.all() == []


@pytest.mark.parametrize(
    "fields", [[("nyckel", (None, "fel")), ("fil", ("a.txt", b"ord"))], [("fil", ("a.txt", b"ord"))]]
)
def test_no_byte_of_a_file_is_kept_before_the_key_is_seen(
    client: TestClient, fake: Any, monkeypatch: pytest.MonkeyPatch, fields: list[Any]
) -> None:
    kept: list[bytes] = []
    monkeypatch.setattr("starlette.datastructures.UploadFile.write", lambda _, data: kept.append(data))
    answer = client.post("/rapporter", files=fields)
    assert answer.status_code == 401
    assert "Nyckeln är fel." in answer.text
    assert kept == []
    assert not (fake.folder / "uploads").exists()


def test_tags_lift_what_was_read_from_the_question(
    client: TestClient, fake: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = [
        Understood(text="2022", start=9, end=13, field="year", values=(2022,), lifted="stycken?"),
        Understood(text="per år", start=14, end=20, field="group", values=("year",), lifted="stycken 2022?"),
    ]
    ask = fake.ask
    monkeypatch.setattr(
        fake,
        "ask",
        lambda question, filters: ask(question, filters).model_copy(
            update={"understood": tuple(read), "filters": Filters(year=(2022,))}
        ),
    )
    text = client.get("/fraga?q=stycken 2022 per år?").text
    assert 'href="/fraga?q=stycken%3F"' in text
    assert 'href="/fraga?q=stycken+2022%3F"' in text
    asked = [given for name, given in fake.calls if name == "search"]
    assert {filters.year for _, filters, *_ in asked} == {(2022,)}


def test_long_examples_are_cut_between_sentences() -> None:
    from api.prose import LONG, beginning, shifted

    text = "En mening om lekplatser. " * 30
    first, rest = beginning(text)
    assert first + rest == text
    assert len(first) <= LONG
    assert first.endswith(". ")
    assert shifted([(0, 2), (len(first), len(first) + 2)], len(first)) == [(0, 2)]
    assert beginning("Kort.") == ("Kort.", "")


def test_every_statement_of_an_answer_stands_by_itself() -> None:
    from api.prose import statements

    assert statements("Så här: ”A.” [1] ”B.” [2]\nFarsta 2 % [3]. Två rader.") == [
        "Så här: ”A.” [1]",
        "”B.” [2]",
        "Farsta 2 % [3].",
        "Två rader.",
    ]


def test_bars_of_all_charts_have_one_scale() -> None:
    from api.chart import Point, Series, bars

    def length(labels: list[str], value: float) -> float:
        drawn = str(bars("t", "d", labels, [Series("a", tuple(Point(value, "") for _ in labels))], top=4))
        return max(float(width) for width in re.findall(r'width="([\d.]+)" height="[\d.]+" class="rect', drawn))

    assert length(["2021", "2022"], 4) == pytest.approx(length(["2021"], 4), rel=0.01)
    assert length(["2021", "2022"], 2) == pytest.approx(length(["2021"], 4) / 2, rel=0.01)


@pytest.mark.parametrize("values", [(-3.5, -0.2), (0.0, 0.0), (-1.0, 4.0), (None, 2.0), (1e9, 1e-9)])
def test_charts_are_drawn_of_any_values(values: tuple[float | None, ...]) -> None:
    from api.chart import Point, Series, bars, lines

    series = [Series("a", tuple(None if value is None else Point(value, str(value)) for value in values))]
    top = max(value for value in values if value is not None)
    for draw in (bars, lines):
        assert str(draw("t", "d", ["2021", "2022"], series, top=top)).count("<svg") == 1


def test_a_row_of_a_budget_leads_to_no_indicator(
    client: TestClient, fake: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = fake.ask
    link = 'href="/indikatorer?namn=Andel+n%C3%B6jda'
    assert link in client.get("/fraga", params={"q": "indicator"}).text

    def answer(*asked: Any, **options: Any) -> Any:
        given = ask(*asked, **options)
        return given.model_copy(
            update={"rows": tuple(row.model_copy(update={"of_indicator": False}) for row in given.rows)}
        )

    monkeypatch.setattr(fake, "ask", answer)
    page = client.get("/fraga", params={"q": "indicator av budget"}).text
    assert link not in page
    assert "Andel nöjda" in page


def test_rows_of_an_answer_have_links_to_the_others(
    client: TestClient, fake: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask, asked = fake.ask, []

    def answer(question: str, filters: Filters, row_offset: int = 0) -> Any:
        asked.append(row_offset)
        return ask(question, filters).model_copy(update={"rows_total": 450, "rows_offset": row_offset})

    monkeypatch.setattr(fake, "ask", answer)
    first = client.get("/fraga?q=goal_status+sidvis").text
    assert '<a href="/fraga?q=goal_status+sidvis&amp;rad=200" rel="next">Fler rader →</a>' in first
    assert "Föregående rader" not in first
    middle = client.get("/fraga?q=goal_status+sidvis&rad=200").text
    assert '<a href="/fraga?q=goal_status+sidvis" rel="prev">← Föregående rader</a>' in middle
    assert '<a href="/fraga?q=goal_status+sidvis&amp;rad=400" rel="next">Fler rader →</a>' in middle
    assert "Fler rader" not in client.get("/fraga?q=goal_status+sidvis&rad=400").text
    assert asked == [0, 200, 400]


def test_figures_of_a_budget_are_no_outcome(client: TestClient, fake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = fake.ask

    def answer(question: str, filters: Filters) -> Any:
        found = ask(question, filters)
        rows = tuple(row.model_copy(update={"of_indicator": "budget" not in question}) for row in found.rows)
        return found.model_copy(update={"rows": rows})

    monkeypatch.setattr(fake, "ask", answer)
    assert '<th scope="col" class="figure">Utfall</th>' in client.get("/fraga?q=indicator alla").text
    assert '<th scope="col" class="figure">Värde</th>' in client.get("/fraga?q=indicator budget").text

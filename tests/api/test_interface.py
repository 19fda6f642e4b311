"""What every route of the HTTP interface promises: pages, tags, languages, examples, notes and feeds."""

import io
import json
import re
import tracemalloc
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from lxml import etree
from pydantic import BaseModel

from api.export import write_rows
from api.http import create_app
from api.note import MethodNote
from api.openapi import answers
from api.wording import english
from search.errors import StorageError
from search.saved import question_id
from search.schema import Filters
from search.settings import Settings

ROOT = Path(__file__).parents[2]
API = "/api/v1"


def test_a_list_is_read_to_its_end_by_cursor(client: TestClient) -> None:
    first = client.get(f"{API}/reports?limit=2")
    assert (len(first.json()["reports"]), first.json()["total"]) == (2, 3)
    cursor = first.json()["next"]
    last = client.get(f"{API}/reports", params={"limit": 2, "cursor": cursor}).json()
    assert ([one["id"] for one in last["reports"]], last["next"], last["offset"]) == (["social-1"], None, 2)
    following = re.fullmatch(r'<(.+)>; rel="next"', first.headers["link"])
    assert following
    assert client.get(following[1]).json() == last


def test_a_search_and_its_groups_are_read_to_the_end_by_cursor(client: TestClient) -> None:
    for asked, rows in (({"q": "x"}, "hits"), ({"q": "x", "group_by": "report"}, "groups")):
        seen, cursor = [], None
        for _ in range(3):
            page = client.get(f"{API}/search", params={**asked, "limit": 1, **({"cursor": cursor} if cursor else {})})
            found = page.json()
            seen += found[rows]
            cursor = found["next"]
            assert ("link" in page.headers) == (cursor is not None)
        assert cursor is None
        assert len({json.dumps(one) for one in seen}) == 3
    cursor = client.get(f"{API}/search", params={"q": "x", "limit": 1}).json()["next"]
    for other in ({"q": "y"}, {"q": "x", "group_by": "goal"}, {"q": "x", "year": 2021}):
        assert client.get(f"{API}/search", params={**other, "cursor": cursor}).status_code == 422


def test_similar_passages_are_of_other_reports_unless_asked_for(client: TestClient) -> None:
    passage = client.get(f"{API}/search?q=x").json()["hits"][0]
    address = f"{API}/passages/{passage['passage_id']}/similar"
    others = {hit["report"]["id"] for hit in client.get(address).json()["hits"]}
    assert passage["report"]["id"] not in others
    assert others | {passage["report"]["id"]} == {
        hit["report"]["id"] for hit in client.get(f"{address}?own_report=true").json()["hits"]
    }


def test_a_cursor_belongs_to_its_list_and_edition(client: TestClient, fake: Any) -> None:
    cursor = client.get(f"{API}/reports?limit=1").json()["next"]
    for path, params, status in (
        ("/reports", {"cursor": cursor, "year": 2021}, 422),
        ("/goals", {"cursor": cursor}, 422),
        ("/reports", {"cursor": "åäö"}, 422),
        ("/reports", {"cursor": "AAAA"}, 422),
        ("/reports", {"cursor": cursor, "offset": 1}, 422),
    ):
        assert client.get(API + path, params=params).status_code == status
    fake.refs.pop()
    changed = client.get(f"{API}/reports", params={"cursor": cursor})
    assert (changed.status_code, "börja om" in changed.json()["detail"]) == (409, True)


@pytest.mark.parametrize("path", ["/search?q=x", "/ask?q=x", "/reports", "/entities", "/export/sections?format=csv"])
def test_what_has_not_changed_is_not_sent_again(client: TestClient, fake: Any, path: str) -> None:
    first = client.get(API + path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    calls = len(fake.calls)
    again = client.get(API + path, headers={"If-None-Match": f'"x", {tag.removeprefix("W/")}'})
    assert (again.status_code, again.content, len(fake.calls)) == (304, b"", calls)
    assert again.headers["etag"] == tag
    english_tag = client.get(API + path, headers={"Accept-Language": "en"}).headers["etag"]
    fake.refs.pop()
    assert client.get(API + path, headers={"If-None-Match": tag}).headers["etag"] not in (tag, english_tag)


def test_errors_and_what_changes_by_itself_have_no_tag(client: TestClient, fake: Any) -> None:
    for path in ("/health", "/metrics", "/reports/nej", "/search"):
        assert "etag" not in client.get(API + path).headers
    fake.error = StorageError("Katalogen går inte att läsa (X). Kör spana check.")
    assert client.get(f"{API}/reports").status_code == 503


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        ("", None, "sv"),
        ("", "en-GB,sv;q=0.5", "en"),
        ("", "de, sv;q=0.9, en;q=0.8", "sv"),
        ("", "fr;q=x,*", "sv"),
        ("&lang=en", "sv", "en"),
        ("&lang=sv", "en", "sv"),
    ],
)
def test_problems_speak_the_callers_language(client: TestClient, query: str, accept: str | None, language: str) -> None:
    headers = {"Accept-Language": accept} if accept else {}
    found = client.get(f"{API}/search?q={query}", headers=headers)
    said = {"sv": ("Felaktigt värde", "q får inte vara tomt."), "en": ("Wrong value", "q must not be empty.")}
    assert (found.json()["title"], found.json()["detail"]) == said[language]
    assert found.headers["content-language"] == language


def test_an_unknown_language_is_refused(client: TestClient) -> None:
    assert client.get(f"{API}/reports?lang=de").status_code == 422


def test_errors_of_the_archive_have_english_words() -> None:
    assert english("Stadsdelen 'Atlantis' är okänd. Arkivet har: Farsta, Lunden.") == (
        "The district 'Atlantis' is unknown. The archive has: Farsta, Lunden."
    )
    assert english("Något helt annat.") is None


def test_every_error_over_http_has_english_words() -> None:
    skipped = {"corrections.py", "lock.py", "home.py", "output.py"}
    missing = [
        text
        for path in [*(ROOT / "search").glob("*.py"), *(ROOT / "api").glob("*.py"), *(ROOT / "api/routes").glob("*.py")]
        if path.name not in skipped
        for text in sentences(path)
        if english(text.replace("{}", "x")) is None and "spana entities list" not in text
    ]
    assert missing == []


def sentences(path: Path) -> list[str]:
    """What a module raises, with {} for what is filled in."""
    import ast

    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        kinds = ("NotFoundError", "UsageError", "ProblemError", "ModelMismatchError", "StorageError")
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in kinds:
            for given in node.args:
                parts = given.values if isinstance(given, ast.JoinedStr) else [given]
                words = [one.value if isinstance(one, ast.Constant) else "{}" for one in parts]
                if all(isinstance(word, str) for word in words) and len(parts) + len(words[0]) > 8:
                    found.append("".join(words))
    return found


def test_other_sites_may_read_only_when_named(fake: Any, tmp_path: Path) -> None:
    app = create_app(fake, Settings(home=tmp_path, cors_origins=("https://karta.example",)))
    client = TestClient(app)
    named = client.get(f"{API}/reports", headers={"Origin": "https://karta.example"}).headers
    assert named["access-control-allow-origin"] == "https://karta.example"
    other = client.get(f"{API}/reports", headers={"Origin": "https://annan.example"}).headers
    assert "access-control-allow-origin" not in other


def test_every_operation_has_an_example_that_is_true(client: TestClient) -> None:
    document = client.get(f"{API}/openapi.json").json()
    operations = {one["operationId"]: one for path in document["paths"].values() for one in path.values()}
    assert set(operations) == set(answers())
    for name, operation in operations.items():
        contents = next(operation["responses"][s] for s in ("200", "201") if s in operation["responses"])["content"]
        assert all("example" in content for content in contents.values()), name
        answer = answers()[name]
        if isinstance(answer, BaseModel):
            assert type(answer).model_validate(contents["application/json"]["example"]) == answer
        for parameter in operation.get("parameters", ()):
            if parameter["required"]:
                assert "example" in parameter or "examples" in parameter, (name, parameter["name"])


def test_a_note_tells_how_an_export_came_about(client: TestClient) -> None:
    found = client.get(f"{API}/export/sections/note", params={"year": 2021, "lang": "en"})
    note = MethodNote.model_validate_json(found.text)
    assert (note.rows, note.filters, note.language) == (2, Filters(year=(2021,)), "en")
    assert [one.report.source for one in note.reports] == ["ekbacken.pdf", "lunden.txt", "social.txt"]
    assert [one.source for one in note.failed] == ["trasig.pdf"]
    text = client.get(f"{API}/export/sections/note?format=md").text
    for part in (
        "# Metodnot: sections",
        "trasig.pdf",
        "kopia.pdf",
        "prov (p1)",
        "sha256",
        note.edition.id,
        "## Vad som",
    ):
        assert part in text


def test_answers_and_hits_are_exported_with_citations(client: TestClient) -> None:
    assert client.get(f"{API}/export/hits").status_code == 422
    assert client.get(f"{API}/export/sections?q=x").status_code == 422
    for kind, query, count in (("hits", "vandring", 3), ("answer", "mentions", 2), ("series", "nöjda", 1)):
        rows = [json.loads(line) for line in client.get(f"{API}/export/{kind}", params={"q": query}).text.splitlines()]
        assert len(rows) == count
        assert all(row["citation"]["quote"] and row["archive"] for row in rows)


def test_a_goal_matrix_is_exported_cell_by_cell(client: TestClient) -> None:
    rows = [json.loads(line) for line in client.get(f"{API}/export/matrix").text.splitlines()]
    assert [(row["district"], row["state"], row["citation"] is None) for row in rows] == [
        ("Ekbacken", "none_printed", False),
        ("Lunden", "no_report", True),
    ]


def test_tables_of_cells_hold_the_citation_and_no_formula(client: TestClient) -> None:
    head, first, *_ = client.get(f"{API}/export/sections?format=tsv").text.splitlines()
    row = dict(zip(head.split("\t"), first.split("\t"), strict=True))
    assert row["citation_label"] == "Ekbackens stadsdelsnämnd, verksamhetsplan 2021, avsnitt 1.1"
    assert len(row["citation_sha256"]) == 64
    assert row["archive"] == "000000000003 (2026-01-02T03:04:05+00:00)"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{API}/export/sections?format=xlsx").content))
    assert book.sheetnames == ["spana", "metod"]
    assert book["metod"]["A1"].value == "Metodnot: sections"


def test_long_exports_need_little_memory(tmp_path: Path) -> None:
    rows = ({"report": number, "text": "ord " * 500} for number in range(5_000))
    tracemalloc.start()
    with (tmp_path / "rader.csv").open("wb") as file:
        assert write_rows(rows, "csv", file) == 5_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "rader.csv").stat().st_size > 9_000_000
    assert peak < 1_000_000


def test_a_followed_question_is_an_atom_feed(client: TestClient, fake: Any) -> None:
    removed = fake.refs.pop()
    saved = fake.saved.add("mentions <&>")
    fake.refs.append(removed)
    found = client.get(f"/feeds/{saved.id}.atom")
    assert found.headers["content-type"] == "application/atom+xml"
    name = "{http://www.w3.org/2005/Atom}"
    feed = etree.fromstring(found.content)
    assert feed.findtext(f"{name}title") == "spana: mentions <&>"
    (entry,) = feed.findall(f"{name}entry")
    for parent in (feed, entry):
        assert all(parent.findtext(f"{name}{part}") for part in ("id", "title", "updated"))
    assert entry.findtext(f"{name}id") == f"urn:spana:question:{saved.id}:social-1.s1.p1"
    link = entry.find(f"{name}link")
    assert link is not None
    assert "Så står det i källan" in client.get(str(link.get("href"))).text
    assert client.get(f"/feeds/{saved.id}.atom").content == found.content


@pytest.mark.parametrize("key", [question_id("okänd", Filters()), "..", "<b>"])
def test_feeds_that_do_not_exist(client: TestClient, key: str) -> None:
    assert client.get(f"/feeds/{key}.atom").status_code in (404, 422)


def test_llms_txt_names_routes_that_exist(client: TestClient) -> None:
    text = client.get("/llms.txt").text
    links = re.findall(r"\]\((/[^)]+)\)", text)
    assert len(links) >= 8
    assert {client.get(link).status_code for link in links} == {200}

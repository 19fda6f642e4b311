"""The HTTP interface over a small archive: every route, problems, bounds, keys and headers."""

import csv
import io
import json
from typing import Any
from urllib.parse import quote, urlencode

import pymupdf
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.middleware import BoundedBody
from models.data_file import DataFileError
from search.errors import ModelMismatchError
from search.schema import Answer, Filters, Hit, IngestResult, SearchResult
from search.settings import Settings
from search.views import EntityDetail, ReportDetail

KEY = {"X-API-Key": "hemlig-nyckel"}
PASSAGE = "ekbacken-1.s1.p1"


def test_search_and_ask_give_the_same_json_as_the_commands(client: TestClient, fake: Any) -> None:
    found = client.get("/api/v1/search", params={"q": "vandring", "district": "Ekbacken", "limit": 2})
    assert SearchResult.model_validate_json(found.text).hits[0].report.id == "ekbacken-1"
    assert fake.calls[0] == ("search", ("vandring", Filters(district=("Ekbacken",)), 2, 0))
    assert Answer.model_validate_json(client.get("/api/v1/ask", params={"q": "mentions"}).text).kind == "mentions"


@pytest.mark.parametrize("name", ["exclude-district", "exclude_district"])
def test_filters_may_be_written_as_options(client: TestClient, fake: Any, name: str) -> None:
    client.get(f"/api/v1/search?q=x&{name}=Ekbacken&{name}=Lunden&from-year=2020")
    assert fake.calls[0][1][1] == Filters(exclude_district=("Ekbacken", "Lunden"), from_year=2020)


@pytest.mark.parametrize(
    ("path", "key", "total"),
    [
        ("/reports", "reports", 3),
        ("/reports/ekbacken/sections", "sections", 2),
        ("/entities?label=PROGRAM", "entities", 1),
        ("/goals", "goals", 1),
        ("/indicators?name=nöjda", "indicators", 1),
        ("/good-examples", "good_examples", 1),
        (f"/passages/{PASSAGE}/similar", "hits", 2),
        (f"/passages/{PASSAGE}/section", "hits", 1),
    ],
)
def test_lists_say_how_many_there_are(client: TestClient, path: str, key: str, total: int) -> None:
    found = client.get(f"/api/v1{path}").json()
    assert (found["total"], len(found[key])) == (total, total)


def test_lists_are_cut_in_the_open(client: TestClient) -> None:
    found = client.get("/api/v1/reports?limit=1&offset=1").json()
    assert [one["id"] for one in found["reports"]] == ["lunden-1"]
    assert (found["total"], found["limit"], found["offset"]) == (3, 1, 1)


def test_single_things(client: TestClient) -> None:
    assert ReportDetail.model_validate_json(client.get("/api/v1/reports/ekbacken").text).report.id == "ekbacken-1"
    assert Hit.model_validate_json(client.get(f"/api/v1/passages/{PASSAGE}").text).passage_id == PASSAGE
    assert EntityDetail.model_validate_json(client.get("/api/v1/entities/Ekgruppen").text).mentions == 6


def test_folders_of_the_server_stay_inside(client: TestClient, fake: Any) -> None:
    for path in ("/reports", "/reports/ekbacken", "/health", "/metrics", f"/passages/{PASSAGE}"):
        assert str(fake.folder) not in client.get(f"/api/v1{path}").text


def test_health_and_metrics(client: TestClient) -> None:
    assert client.get("/api/v1/health").json()["status"] == "ok"
    counted = 'spana_http_request_seconds_count{method="GET",operation="get_report",status="404"} '
    before = client.get("/api/v1/metrics").text.partition(counted)[2].partition("\n")[0]
    client.get("/api/v1/reports/nej")
    text = client.get("/api/v1/metrics").text
    assert "spana_reports 3\n" in text
    assert f"{counted}{int(before or 0) + 1}\n" in text


def test_page_image_frames_the_passage(client: TestClient) -> None:
    bare = client.get("/api/v1/reports/ekbacken/pages/2.png")
    framed = client.get("/api/v1/reports/ekbacken/pages/2.png", params={"highlight": PASSAGE})
    assert framed.headers["content-type"] == "image/png"
    before, after = pymupdf.Pixmap(bare.content), pymupdf.Pixmap(framed.content)
    assert (before.width, before.height) == (480, 320)
    inside, outside = (int(150 * 1.6), int(48 * 1.6)), (int(150 * 1.6), int(120 * 1.6))
    assert before.pixel(*inside) == (255, 255, 255)
    assert after.pixel(*inside) != (255, 255, 255)
    assert after.pixel(*outside) == (255, 255, 255)


def test_page_image_frames_the_right_place_on_a_rotated_page(client: TestClient, fake: Any) -> None:
    with pymupdf.open(fake.pdf) as document:
        document[1].set_rotation(90)
        content = document.tobytes()
    fake.pdf.write_bytes(content)
    import hashlib

    fake.refs[0] = fake.refs[0].model_copy(update={"sha256": hashlib.sha256(content).hexdigest()})
    framed = pymupdf.Pixmap(client.get(f"/api/v1/reports/ekbacken/pages/2.png?highlight={PASSAGE}").content)
    # The page is shown 200 points wide and 300 high; the box lies at y 45 to 65 of the page as shown.
    assert (framed.width, framed.height) == (320, 480)
    assert framed.pixel(int(190 * 1.6), int(55 * 1.6)) != (255, 255, 255)
    assert framed.pixel(int(190 * 1.6), int(200 * 1.6)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("ekbacken/pages/3.png", 404),
        ("ekbacken/pages/0.png", 422),
        ("ekbacken/pages/x.png", 422),
        ("lunden/pages/1.png", 404),
        ("nej/pages/1.png", 404),
        ("ekbacken/pages/2.png?highlight=nej.s1", 404),
        ("ekbacken/pages/2.png?highlight=lunden-1.s1.p1", 404),
    ],
)
def test_page_images_that_do_not_exist(client: TestClient, path: str, status: int) -> None:
    found = client.get(f"/api/v1/reports/{path}")
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"


def test_page_image_of_a_changed_file_is_refused(client: TestClient, fake: Any) -> None:
    fake.pdf.write_bytes(fake.pdf.read_bytes() + b"\n")
    assert client.get("/api/v1/reports/ekbacken/pages/1.png").status_code == 409
    fake.pdf.unlink()
    assert client.get("/api/v1/reports/ekbacken/pages/1.png").status_code == 404


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/nope", 404, "kontrollera adressen"),
        ("/reports/nope", 404, "Rapporten nope finns inte"),
        ("/passages/nope", 404, "nope finns inte"),
        ("/entities/nope/x", 404, "nope/x finns inte"),
        ("/search", 422, "q saknas."),
        ("/search?q=", 422, "q får inte vara tomt."),
        ("/search?q=" + "x" * 1001, 422, "högst 1000 tecken"),
        ("/search?q=x&limit=101", 422, "limit får vara högst 100."),
        ("/search?q=x&limit=0", 422, "limit ska vara minst 1."),
        ("/search?q=x&limit=1e9", 422, "limit ska vara ett heltal."),
        ("/search?q=x&year=99999999999999999999", 422, "year"),
        ("/search?q=x&distrikt=y", 422, "distrikt är ingen känd parameter."),
        ("/search?q=x&part=okänd", 422, "Delen okänd finns inte"),
        ("/search?q=x&" + "&".join(["district=a"] * 51), 422, "högst 50 gånger"),
        ("/entities?label=FISK", 422, "label ska vara ett av"),
        ("/export/fiskar", 422, "kind ska vara ett av"),
    ],
)
def test_errors_are_swedish_problems(client: TestClient, path: str, status: int, detail: str) -> None:
    found = client.get(f"/api/v1{path}")
    problem = found.json()
    assert found.status_code == problem["status"] == status
    assert found.headers["content-type"] == "application/problem+json"
    assert detail in problem["detail"]
    assert {"type", "title", "status", "detail", "instance"} <= set(problem)


def test_other_methods_are_problems_too(client: TestClient) -> None:
    found = client.put("/api/v1/search")
    assert (found.status_code, found.headers["content-type"]) == (405, "application/problem+json")
    assert found.headers["allow"] == "GET"


def test_unexpected_errors_tell_nothing_of_the_inside(client: TestClient, fake: Any) -> None:
    fake.error = ZeroDivisionError("hemlig sökväg")
    for path in ("/api/v1/search?q=x", "/fraga?q=x"):
        found = client.get(path)
        assert found.status_code == 500
        assert "hemlig" not in found.text
        assert found.headers["x-content-type-options"] == "nosniff"


def test_a_damaged_data_file_is_503(client: TestClient, fake: Any) -> None:
    fake.error = DataFileError("Datafilen a.yaml stämmer inte.")
    found = client.get("/api/v1/search", params={"q": "x"})
    assert (found.status_code, found.json()["detail"]) == (503, "Datafilen a.yaml stämmer inte.")


def test_an_archive_that_cannot_be_used_is_503(client: TestClient, fake: Any) -> None:
    fake.error = ModelMismatchError("Kör spana reindex.")
    found = client.get("/api/v1/search?q=x")
    assert (found.status_code, found.json()["detail"]) == (503, "Kör spana reindex.")


def test_exports(client: TestClient) -> None:
    lines = client.get("/api/v1/export/sections")
    assert [json.loads(line)["report"] for line in lines.text.splitlines()] == ["ekbacken-1", "lunden-1", "social-1"]
    assert lines.headers["content-disposition"] == 'attachment; filename="sections.jsonl"'
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/export/sections?format=csv&year=2023").text)))
    assert [row["path"] for row in rows] == ["1 Hel stad | 1.1 Trygghet"]
    assert client.get("/api/v1/export/sections?format=xlsx").content.startswith(b"PK")


def test_an_export_that_fails_is_an_error_and_no_half_file(
    client: TestClient, fake: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Any:
        yield {"report": "ekbacken-1"}
        raise ModelMismatchError("Kör spana reindex.")

    monkeypatch.setattr(fake, "export", broken)
    assert client.get("/api/v1/export/sections").status_code == 503


def test_changing_without_a_configured_key_is_refused(client: TestClient, app: FastAPI, fake: Any) -> None:
    app.state.settings = Settings(home=fake.folder, api_key=None)
    for call in (client.post("/api/v1/reports", headers=KEY), client.delete("/api/v1/reports/ekbacken", headers=KEY)):
        assert call.status_code == 403
        assert "SPANA_API_KEY" in call.json()["detail"]
    assert len(fake.refs) == 3


@pytest.mark.parametrize("headers", [{}, {"X-API-Key": "fel"}, {"X-API-Key": ""}, {"X-API-Key": "hemlig-nycke"}])
def test_changing_with_a_wrong_key_is_refused(client: TestClient, fake: Any, headers: dict[str, str]) -> None:
    assert client.delete("/api/v1/reports/ekbacken", headers=headers).status_code == 401
    sent = client.post("/api/v1/reports", headers=headers, files={"file": ("a.txt", b"ord")})
    assert sent.status_code == 401
    assert fake.calls == []


def test_delete(client: TestClient, fake: Any) -> None:
    assert client.delete("/api/v1/reports/ekbacken", headers=KEY).json()["removed"]["id"] == "ekbacken-1"
    assert client.delete("/api/v1/reports/ekbacken", headers=KEY).status_code == 404
    assert fake.pdf.exists()


def test_delete_takes_an_uploaded_file_with_it(client: TestClient, fake: Any) -> None:
    folder = fake.folder / "uploads"
    folder.mkdir()
    fake.pdf.rename(folder / "ekbacken.pdf")
    fake.refs[0] = fake.refs[0].model_copy(update={"source": "uploads/ekbacken.pdf"})
    assert client.delete("/api/v1/reports/ekbacken-1", headers=KEY).status_code == 200
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\fakepath\\Årsplan 2024.pdf", "Årsplan 2024.pdf"),
        ("..%2f..%2fx.txt", "2f..%2fx.txt".replace("%", "_").replace("2f.._2fx", "_2f.._2fx")),
        ("<b>&;.md", "_b___.md"),
        ("con.txt", "_con.txt"),
        (".hidden.txt", "hidden.txt"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_upload_gets_a_harmless_name(client: TestClient, fake: Any, name: str, stored: str) -> None:
    sent = client.post("/api/v1/reports", headers=KEY, files={"file": (name, b"ord")})
    assert sent.status_code == 201, sent.text
    folder = fake.folder / "uploads"
    assert [file.name for file in folder.iterdir()] == [stored]
    result = IngestResult.model_validate_json(sent.text)
    assert (result.reports[0].source, result.reports[0].path) == (stored, None)


@pytest.mark.parametrize("name", ["x.exe", "pdf", ".txt", "x.txt.", "x.tar.gz"])
def test_upload_of_other_kinds_of_files_is_refused(client: TestClient, fake: Any, name: str) -> None:
    sent = client.post("/api/v1/reports", headers=KEY, files={"file": (name, b"ord")})
    assert sent.status_code in (415, 201)
    assert sent.status_code == 415 or name == "x.txt."


def test_upload_without_a_file_is_a_problem(client: TestClient) -> None:
    for sent in (
        client.post("/api/v1/reports", headers=KEY),
        client.post("/api/v1/reports", headers=KEY, data={"file": "text"}),
        client.post("/api/v1/reports", headers=KEY | {"content-type": "multipart/form-data"}, content=b"x"),
    ):
        assert sent.status_code in (400, 422)
        assert sent.headers["content-type"] == "application/problem+json"


def test_failed_upload_leaves_what_was_there(client: TestClient, fake: Any) -> None:
    client.post("/api/v1/reports", headers=KEY, files={"file": ("a.txt", b"den goda")})
    sent = client.post("/api/v1/reports", headers=KEY, files={"file": ("a.txt", b"BAD")})
    assert sent.status_code == 422
    assert "a.txt är skadad" in sent.json()["detail"]
    assert [(file.name, file.read_bytes()) for file in (fake.folder / "uploads").iterdir()] == [("a.txt", b"den goda")]


def test_too_large_bodies_are_refused(client: TestClient, fake: Any) -> None:
    small = TestClient(BoundedBody(client.app, limit=1000))
    sent = small.post("/api/v1/reports", headers=KEY, files={"file": ("a.txt", b"x" * 2000)})
    assert (sent.status_code, sent.headers["content-type"]) == (413, "application/problem+json")
    assert fake.calls == []


def test_every_answer_has_security_headers_and_no_cors(client: TestClient) -> None:
    for path in ("/", "/api/v1/health", "/api/v1/nope", "/static/spana.css"):
        headers = client.get(path, headers={"Origin": "https://example.org"}).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "unsafe" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


def test_long_answers_are_compressed(client: TestClient) -> None:
    assert client.get("/api/v1/ask?q=mentions").headers["content-encoding"] == "gzip"


def test_openapi_is_stable_and_explained(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    operations = {one["operationId"]: one for path in document["paths"].values() for one in path.values()}
    assert set(operations) == {
        "search",
        "ask",
        "list_reports",
        "get_report",
        "list_sections",
        "get_page_image",
        "add_report",
        "remove_report",
        "list_entities",
        "get_entity",
        "list_goals",
        "get_goal_matrix",
        "get_indicator_series",
        "list_indicators",
        "list_good_examples",
        "get_passage",
        "list_section",
        "list_similar",
        "export_rows",
        "get_export_note",
        "get_health",
        "get_metrics",
    }
    assert all(path.startswith("/api/v1/") for path in document["paths"])
    for operation in operations.values():
        assert operation["summary"]
        undescribed = [one["name"] for one in operation.get("parameters", ()) if not one.get("description")]
        assert undescribed == []
        assert "application/problem+json" in operation["responses"]["422"]["content"]
    (q,) = (one for one in operations["ask"]["parameters"] if one["name"] == "q")
    assert q["examples"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    q=st.text(max_size=40),
    name=st.sampled_from(["q", "district", "year", "goal", "from-year", "entity"]),
    value=st.text(max_size=20),
)
def test_no_query_breaks_the_service(client: TestClient, q: str, name: str, value: str) -> None:
    query = urlencode([("q", q.encode("utf-8", "replace")), (name, value.encode("utf-8", "replace"))])
    for path in ("/api/v1/search", "/fraga", f"/api/v1/entities/{quote(q.encode('utf-8', 'replace'), safe='')}"):
        assert client.get(f"{path}?{query}").status_code < 500


@pytest.mark.parametrize(
    "raw",
    ["q=%ff%fe", "q=%00", "q=%ed%a0%80", "q=x&year=%ff", "&&&=;", "q[]=1&q=x", "q=x&q=y", "q=" + "%F0%9F%98%80" * 1000],
)
def test_broken_encodings_do_not_break_the_service(client: TestClient, raw: str) -> None:
    assert client.get(f"/api/v1/search?{raw}").status_code in (200, 422)
    assert client.get(f"/fraga?{raw}").status_code in (200, 422)


def test_rows_of_an_answer_are_paged(client: TestClient, fake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = fake.ask
    monkeypatch.setattr(
        fake,
        "ask",
        lambda question, filters, limit, row_offset, row_limit: ask(question, filters).model_copy(
            update={"rows_total": 450, "rows_offset": row_offset}
        ),
    )
    first = client.get("/api/v1/ask?q=goal_status&year=2021")
    assert first.json()["rows_total"] == 450
    assert first.headers["link"] == '</api/v1/ask?q=goal_status&year=2021&row_offset=200>; rel="next"'
    second = client.get("/api/v1/ask?q=goal_status&row_offset=100&row_limit=50")
    assert second.json()["rows_offset"] == 100
    assert second.headers["link"] == '</api/v1/ask?q=goal_status&row_limit=50&row_offset=150>; rel="next"'
    assert "link" not in client.get("/api/v1/ask?q=goal_status&row_offset=400").headers
    assert client.get("/api/v1/ask?q=goal_status&row_limit=0").status_code == 422

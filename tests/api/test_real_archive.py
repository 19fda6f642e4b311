"""Commands, routes and pages over the real archive, while it is empty: no model is needed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.cli import run
from api.http import create_app
from search.archive import Archive
from search.settings import Settings
from search.views import EXPORT_KINDS


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPANA_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def client(home: Path) -> Iterator[TestClient]:
    settings = Settings(home=home)
    with Archive(settings) as archive:
        yield TestClient(create_app(archive, settings))


def test_empty_archive_lists_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reports", "--json"]) == 0
    empty = {"total": 0, "limit": None, "offset": 0, "next": None, "reports": [], "failed": [], "duplicates": []}
    assert json.loads(capsys.readouterr().out) == empty
    assert run(["status"]) == 0
    assert f"Hemkatalog:                  {home}" in capsys.readouterr().out


@pytest.mark.parametrize("command", [("report", "nej"), ("remove", "nej")])
def test_unknown_reports_are_wrong_use(
    home: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command) == 2
    assert "nej" in capsys.readouterr().err


@pytest.mark.parametrize("kind", EXPORT_KINDS)
def test_every_export_of_an_empty_archive_is_empty(home: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", kind]) == 0
    assert capsys.readouterr().out == ""


def test_pages_and_routes_of_an_empty_archive(client: TestClient) -> None:
    for path in ("/", "/rapporter", "/namn", "/om"):
        assert client.get(path).status_code == 200
    for noun in ("reports", "entities", "goals", "indicators", "good-examples", "health", "metrics", "export/sections"):
        assert client.get(f"/api/v1/{noun}").status_code == 200
    for noun in ("reports/nej", "entities/nej", "passages/nej", "passages/nej/similar"):
        found = client.get(f"/api/v1/{noun}")
        assert (found.status_code, found.headers["content-type"]) == (404, "application/problem+json")

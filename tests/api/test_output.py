"""The one output option of the listing commands, `spana watch`, `spana doctor` and notes."""

import csv
import io
import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from api.shapes import FindingList, NewsList, SavedList

Spana = Callable[..., tuple[int, str, str]]
LISTINGS = (
    ("reports",),
    ("report", "ekbacken"),
    ("entities",),
    ("entity", "Ekgruppen"),
    ("search", "vandring"),
    ("ask", "mentions"),
    ("ask", "indicator"),
)


@pytest.mark.parametrize("command", LISTINGS, ids=" ".join)
def test_listings_come_in_every_format(spana: Spana, command: tuple[str, ...], tmp_path: Path) -> None:
    for format, separator in (("csv", ","), ("tsv", "\t")):
        file = tmp_path / f"lista.{format}"
        assert spana(*command, "--format", format, "--out", str(file))[0] == 0
        rows = list(csv.DictReader(file.open(encoding="utf-8"), delimiter=separator))
        assert rows
        assert all(row["archive"].startswith("000000000003 ") for row in rows)
    assert json.loads(spana(*command, "--format", "json")[1]) == json.loads(spana(*command, "--json")[1])
    book = tmp_path / "lista.xlsx"
    assert spana(*command, "--format", "xlsx", "--out", str(book))[0] == 0
    assert openpyxl.load_workbook(book).active is not None
    table = tmp_path / "lista.txt"
    assert spana(*command, "--out", str(table))[0] == 0
    assert table.read_text(encoding="utf-8") == spana(*command)[1]


@pytest.mark.parametrize(
    "wrong", [("--format", "pdf"), ("--json", "--format", "csv")], ids=["okänt format", "två format"]
)
def test_wrong_formats_are_wrong_use(spana: Spana, wrong: tuple[str, ...]) -> None:
    code, out, error = spana("reports", *wrong)
    assert (code, out, error.count("\n")) == (2, "", 1)


def test_tables_are_coloured_for_nobody_who_does_not_want_it(spana: Spana, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in spana("search", "vandring")[1] + spana("reports")[1]
    assert spana("reports", "--format", "xlsx")[0] == 2


def test_questions_are_followed(spana: Spana, fake: Any) -> None:
    removed = fake.refs.pop()
    code, out, _ = spana("watch", "add", "mentions", "--year", "2021", "--json")
    saved = SavedList.model_validate_json(out).questions[0]
    assert (code, saved.filters.year, saved.items) == (0, (2021,), 1)
    fake.refs.append(removed)
    (news,) = NewsList.model_validate_json(spana("watch", "run", "--json")[1]).news
    assert [item.passage_id for item in news.items] == ["social-1.s1.p1"]
    assert NewsList.model_validate_json(spana("watch", "run", saved.id, "--json")[1]).news[0].items == ()
    assert saved.id in spana("watch", "list")[1]
    assert spana("watch", "remove", saved.id)[0] == 0
    assert "Inga frågor bevakas" in spana("watch", "list")[1]


@pytest.mark.parametrize(
    "wrong", [("add",), ("list", "x"), ("stop",), ("remove", "nej"), ("run", "--year", "2021"), ("add", " ")]
)
def test_wrong_use_of_watch(spana: Spana, wrong: tuple[str, ...]) -> None:
    code, out, error = spana("watch", *wrong)
    assert (code, out, error.count("\n")) == (2, "", 1)


def test_doctor_says_what_is_wrong_and_what_to_do(
    spana: Spana, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fake: Any
) -> None:
    monkeypatch.setattr("api.doctor.open_archive", lambda _home: fake)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, out, _ = spana("--home", str(tmp_path / "nytt"), "doctor", "--port", port, "--json")
    found = {one.name: one for one in FindingList.model_validate_json(out).findings}
    assert code == 1
    assert {name for name, one in found.items() if not one.ok} >= {"Tesseract", "Port"}
    assert all(bool(one.step) is not one.ok for one in found.values())
    assert found["Arkiv"].found == "3 rapporter, 3 stycken, prov"
    text = spana("--home", str(tmp_path / "nytt"), "doctor", "--port", port)[1]
    assert "fel  Tesseract: saknas" in text
    assert "make system" in text


def test_an_export_comes_with_its_note(spana: Spana, tmp_path: Path) -> None:
    note = tmp_path / "not.md"
    code, out, _ = spana("export", "answer", "--query", "mentions", "--format", "csv", "--note", str(note))
    assert (code, len(list(csv.DictReader(io.StringIO(out))))) == (0, 2)
    text = note.read_text(encoding="utf-8")
    assert "- Fråga: mentions" in text
    assert "- Rader: 2" in text
    assert spana("export", "answer")[0] == 2


def test_what_is_said_of_names_goes_to_standard_output(spana: Spana, tmp_path: Path) -> None:
    assert json.loads(spana("entities", "list", "--json")[1])["total"] == 1
    assert "Ekgruppen" in spana("entities", "list")[1]
    assert spana("entities", "hide", "Ekgruppen")[1] == "Rättat: hide Ekgruppen\n"
    file = tmp_path / "rättelser.yaml"
    assert "1 rättelser" in spana("entities", "export", str(file))[1]
    assert "1 nya rättelser av 1" in spana("entities", "import", str(file))[1]

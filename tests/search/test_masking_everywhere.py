"""No way out of spana shows personal data: commands, HTTP, pages, feeds, exports, tools for assistants, the log.

The numbers are made up; 811228-9874 is Skatteverket's own example.
"""

import contextlib
import io
import json
import logging
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anyio
import pytest
from fastapi.testclient import TestClient
from mcp import Client

from api.assistant import create_server
from api.cli import run
from api.http import create_app
from search.archive import Archive
from search.settings import Settings
from search.views import EXPORT_KINDS

NUMBER, COORDINATION, PHONE, OTHER_PHONE, MAIL = (
    "811228-9874",
    "811288-9871",
    "070-123 45 67",
    "08-508 03 000",
    "kalle@exempel.se",
)
SECRETS = ("811228", "811288", "123 45 67", "508 03 000", "kalle@", "exempel.se")
OFFICIAL, OFFICE = "Salma Ekdahl", "registrator@stockholm.se"
REPORT = f"""Påhittat innehåll

Datum
2022-01-27

Handläggare
{OFFICIAL}
Telefon: {OTHER_PHONE}

Till
Farsta stadsdelsnämnd

Verksamhetsberättelse 2021 för Farsta stadsdelsnämnd

Sammanfattande analys

Nämnden nås på {OFFICE}. En boende ({NUMBER}) har skrivit till {MAIL} om lekplatsen vid torget.

KF:s inriktningsmål:

1. En modern storstad med möjligheter och valfrihet för alla

Nämnden har bidragit till inriktningsmålet.

KF:s mål för verksamhetsområdet:

1.1. I Stockholm är människor självförsörjande och vägen till arbete och svenskkunskaper är kort

 Uppfylls delvis

Analys

Målet har uppfyllts delvis. Trefas har hjälpt tio unga vidare, ring {PHONE} eller {OTHER_PHONE} för mer om Trefas.

Systuan {NUMBER}

Systuan är en arbetsträning där kvinnor syr. Den leds av {OFFICIAL}, som nås på {MAIL} och {PHONE}.

Indikator	Periodens utfall	Utfall VB 2020	Årsmål	KF:s årsmål	Period
 Andel barn i familjer som har ekonomiskt bistånd {COORDINATION}	4,7 %	5,1 %	4,6 %	2,7 %	VB 2021
Analys Ring {PHONE} om andelen barn.
 Antal platser för feriejobb	912	870	900 st	Tas fram av nämnd	VB 2021

Aktivitet	Startdatum	Slutdatum
 Skriva till {MAIL} om feriejobb	2021-01-01	2021-12-31

Nämndmål:

Kvinnor nås på {PHONE}

 Uppfylls helt

Beskrivning

Den som vill arbeta ska få prova, och {NUMBER} är ett nummer.

Analys

Ett gott exempel är Trefas, där {COORDINATION} fick stöd av {OFFICIAL} och skrev till {MAIL}.
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hemligt") / "farsta-2021-vb.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def archive(source: Path, shared_toolkit: Any) -> Iterator[Archive]:
    with Archive(Settings(home=source.parent / "hem"), shared_toolkit) as opened:
        (result,) = opened.ingest([source]).reports
        assert result.status == "indexed"
        yield opened


def shown(text: str) -> set[str]:
    return {secret for secret in SECRETS if secret in text}


def test_the_report_holds_what_is_hidden(archive: Archive) -> None:
    counts = archive.status().personal_data
    assert counts["personnummer"] >= 4
    assert counts["telefon"] >= 4
    assert counts["e-post"] >= 4
    assert archive.indicators()
    assert archive.passages("farsta-2021-vb")


QUESTIONS = ("Vilka nämner Trefas?", "Hur nås kvinnor?", "ring 070", "andel barn", "lekplatsen", "feriejobb")


def addresses(archive: Archive) -> Iterator[str]:
    """Every page, feed, export and answer of the web server."""
    report = archive.reports()[0].id
    api = "/api/v1"
    yield from (f"/feeds/{archive.saved.add(asked).id}.atom" for asked in QUESTIONS[:3])
    for asked in map(quote, QUESTIONS):
        yield from (f"/fraga?q={asked}", f"{api}/ask?q={asked}", f"{api}/search?q={asked}")
    yield from (
        f"{api}/{name}" for name in ("reports", "entities", "goals", "goals/matrix", "indicators", "good-examples")
    )
    yield from (
        f"{api}/reports/{report}",
        f"{api}/reports/{report}/sections",
        f"{api}/entities/Trefas",
        f"{api}/metrics",
    )
    for indicator in archive.indicators():
        yield from (f"{path}?name={quote(indicator.name)}" for path in (f"{api}/indicators/series",))
        yield f"/indikatorer?namn={quote(indicator.name)}"
        yield f"/indikatorer/tabell.csv?namn={quote(indicator.name)}"
    yield from (f"{api}/export/{kind}?format={form}" for kind in EXPORT_KINDS for form in ("jsonl", "xlsx"))
    yield from (f"{api}/export/{kind}/note" for kind in EXPORT_KINDS)
    for hit in archive.passages(report):
        yield from (f"{api}/passages/{hit.passage_id}", f"{api}/passages/{hit.passage_id}/similar")
        page = f"/rapport/{report}/stycke/{hit.passage_id}"
        yield from (page, f"{page}/liknande", f"{page}/kalla.bib", f"{page}/kalla.json")
    yield from (f"/rapport/{report}/rad/{line}" for line in range(1, REPORT.count("\n"), 20))
    yield from (f"/rapport/{report}/avsnitt/{number}" for number in range(len(archive.sections(report))))
    yield from (
        "/",
        "/om",
        f"/rapport/{report}",
        "/namn",
        "/namn/Trefas",
        "/omnamnanden?namn=Trefas",
        "/omnamnanden?q=Trefas",
    )
    yield from ("/rapporter", "/goda-exempel", "/mal", "/mal/1.1", "/indikatorer", "/bevaka", "/llms.txt")


def test_http_and_pages(archive: Archive, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    answered = []
    with TestClient(create_app(archive), raise_server_exceptions=False) as client:
        for address in addresses(archive):
            answer = client.get(address)
            assert answer.status_code < 500, address
            text = answer.text
            if "xlsx" in address:
                with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
                    text = "".join(book.read(name).decode() for name in book.namelist() if name.endswith("xml"))
            assert not shown(text), address
            answered += [address] if answer.status_code == 200 else []
    assert len(answered) > 70
    assert not shown(caplog.text)


def test_commands_and_exports(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("api.home.open_archive", lambda _home: contextlib.nullcontext(archive))
    report = archive.reports()[0].id
    lines = [
        ("status",),
        ("search", "lekplatsen"),
        ("ask", "Vilka nämner Trefas?"),
        ("ask", "Hur nås kvinnor?"),
        ("reports",),
        ("report", report),
        ("entities",),
        ("entities", "Trefas"),
        ("goals",),
        ("indicators",),
        ("good-examples",),
        ("similar", archive.passages(report)[0].passage_id),
        *(("export", kind, "--format", form) for kind in EXPORT_KINDS for form in ("csv", "md")),
    ]
    ran = 0
    for line in lines:
        for more in ((), () if line[0] == "export" else ("--json",)):
            code = run((*line, *more))
            out, err = capsys.readouterr()
            assert not shown(out + err), line
            ran += code == 0
    assert ran >= len(lines)
    assert run(("status",)) == 0
    out = capsys.readouterr().out
    assert "Personuppgifter:" in out
    assert "privata e-postadresser" in out
    assert "dolda" in out


def test_tools_for_assistants(archive: Archive) -> None:
    report = archive.reports()[0].id
    arguments: dict[str, dict[str, object]] = {
        "search": {"query": "lekplatsen"},
        "ask": {"question": "Hur nås kvinnor?"},
        "report": {"report": report},
        "passage": {"passage_id": archive.passages(report)[0].passage_id},
        "similar": {"passage_id": archive.passages(report)[0].passage_id},
        "entities": {"name": "Trefas"},
        "indicators": {},
        "goals": {},
        "good_examples": {},
    }

    async def every() -> list[str]:
        async with Client(create_server(archive)) as client:
            return [str(await client.call_tool(name, given)) for name, given in arguments.items()]

    # A thread of its own: the tests in a browser leave a running event loop in this one.
    with ThreadPoolExecutor(1) as apart:
        answers = apart.submit(anyio.run, every).result()
    assert len(answers) == len(arguments)
    assert not shown("".join(answers))


def test_names_of_officials_and_addresses_of_offices_stay(archive: Archive) -> None:
    whole = json.dumps(
        [hit.model_dump(mode="json") for hit in archive.passages(archive.reports()[0].id)], ensure_ascii=False
    )
    assert OFFICIAL in whole
    assert OFFICE in whole

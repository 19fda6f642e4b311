"""The command line over a small archive: output, JSON, exit codes and errors."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.data_file import DataFileError
from search.errors import ModelMismatchError, StorageError
from search.schema import Filters

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]


def test_search_prints_hits_with_their_places(spana: Run) -> None:
    code, out, err = spana("search", "kvällsvandring")
    assert (code, err) == (0, "")
    assert "1. Ekbackens stadsdelsnämnd, verksamhetsplan 2021, avsnitt 1.1" in out
    assert "1 Hel stad › 1.1 Trygghet <b> · Analys · Uppfylls delvis" in out
    assert "3 av 3 stycken som passar" in out
    assert "\033" not in out


def test_search_json_is_the_contract(spana: Run) -> None:
    code, out, err = spana("search", "kvällsvandring", "--json", "--limit", "2")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert {"query", "hits", "facets", "total", "took_ms"} <= set(found)
    assert [hit["rank"] for hit in found["hits"]] == [1, 2]


def test_search_in_groups_and_similar_passages(spana: Run) -> None:
    code, out, err = spana("search", "kvällsvandring", "--group-by", "report")
    assert (code, err) == (0, "")
    assert "ekbacken-1: 1 stycken" in out
    assert "3 av 3 grupper" in out
    code, out, err = spana("similar", "ekbacken-1.s1.p1", "--json")
    others = {hit["report"]["id"] for hit in json.loads(out)["hits"]}
    assert (code, err, "ekbacken-1" in others) == (0, "", False)
    _, out, _ = spana("similar", "ekbacken-1.s1.p1", "--own-report", "--json")
    assert {hit["report"]["id"] for hit in json.loads(out)["hits"]} == others | {"ekbacken-1"}


def test_filters_reach_the_archive(spana: Run, fake: Any) -> None:
    spana(
        "search", "x", "--district", "Ekbacken", "--district", "Lunden", "--exclude-year", "2020", "--from-year", "2019"
    )
    assert fake.calls[0] == (
        "search",
        ("x", Filters(district=("Ekbacken", "Lunden"), exclude_year=(2020,), from_year=2019), 10, 0),
    )


def test_zero_hits_are_explained(spana: Run) -> None:
    assert "Inga träffar" in spana("search", "ingenting")[1]


def test_ask_separates_districts_boards_and_those_without_mention(spana: Run) -> None:
    code, out, _ = spana("ask", "mentions")
    assert code == 0
    districts, boards = out.index("Stadsdelar som nämner det"), out.index("Stadsövergripande nämnder")
    assert districts < out.index("Ekbacken\tEkgruppen\t3\tverksamhetsplan 2021\t3\ts. 2") < boards
    assert boards < out.index("Socialnämnden\tEkgruppen\t3\ttertialrapport 1 2021\t3\trad 7–8")
    assert "Genomsökta utan omnämnande: Lunden (1 rapporter)." in out
    assert "Kunde inte genomsökas: trasig.pdf (filen är skadad)." in out
    assert "Ekgruppen hittas ur namnregistret." in out
    assert "Fjällrävarna hittas som ord i texten." in out


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("indicator", "81,5 %"),
        ("goal_status", "Ekbacken\t2021\t1.1.1 Trygga kvällar\tingen tryckt"),
        ("good_examples", "Goda exempel"),
        ("stycken", "Källor:"),
        ("okänt", "Närmaste stycken (inget svar):"),
    ],
)
def test_ask_prints_every_kind_of_answer(spana: Run, kind: str, shown: str) -> None:
    code, out, _ = spana("ask", kind)
    assert code == 0
    assert shown in out


def test_ask_json_is_the_answer(spana: Run) -> None:
    found = json.loads(spana("ask", "mentions", "--json")[1])
    assert found["kind"] == "mentions"
    assert set(found["coverage"]) == {"reports_searched", "districts_searched", "without_mention", "unreadable"}


def test_ingest_reports_failures_and_goes_on(spana: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "bra.txt", tmp_path / "illa.txt"
    good.write_text("ord")
    bad.write_text("BAD")
    code, out, err = spana("ingest", str(good), str(bad), "--json")
    found = json.loads(out)
    assert code == 1
    assert [one["status"] for one in found["reports"]] == ["indexed", "failed"]
    assert "illa.txt är skadad; hämta den på nytt." in err
    assert "bibliotekets prat" in err


def test_ingest_passes_its_options_on(spana: Run, fake: Any, tmp_path: Path) -> None:
    file = tmp_path / "bra.txt"
    file.write_text("ord")
    code, out, _ = spana("ingest", str(file), "--workers", "2", "--force", "--dry-run", "--password", "p")
    assert code == 0
    assert fake.calls[0] == ("ingest", ((file,), 2, True, True, "p"))
    assert out == "Provkörning, inget ändrat: 1 ny. 4 stycken.\n"


def test_ingest_refuses_a_path_that_does_not_exist(spana: Run, fake: Any) -> None:
    code, _, err = spana("ingest", "finns/inte")
    assert code == 2
    assert err == "finns/inte finns inte; kontrollera sökvägen.\n"
    assert fake.calls == []


def test_annotate_gives_a_json_line_for_every_line(spana: Run, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes("\ufeffHos Ekgruppen\r\n\nslut".encode())
    code, out, _ = spana("annotate", str(file))
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(one["line"], one["text"]) for one in lines] == [(1, "Hos Ekgruppen"), (2, ""), (3, "slut")]
    assert lines[0]["entities"] == [
        {"text": "Ekgruppen", "label": "PROGRAM", "name": "Ekgruppen", "start": 4, "end": 13}
    ]


def test_reports_lists_failed_files_too(spana: Run) -> None:
    found = json.loads(spana("reports", "--json")[1])
    assert (found["total"], len(found["reports"]), found["failed"][0]["source"]) == (3, 3, "trasig.pdf")
    assert "trasig.pdf är skadad" in spana("reports", "--failed")[1]


def test_report_prints_the_goal_tree(spana: Run) -> None:
    code, out, _ = spana("report", "ekbacken")
    assert code == 0
    assert "\n1 Hel stad  rad 5\n  1.1 Trygghet <b>  [Uppfylls delvis]  rad 6\n" in out


@pytest.mark.parametrize("command", [("report", "nej"), ("remove", "nej"), ("entity", "nej")])
def test_unknown_names_are_wrong_use(spana: Run, command: tuple[str, ...]) -> None:
    code, out, err = spana(*command)
    assert (code, out) == (2, "")
    assert "nej finns inte" in err
    assert err.count("\n") == 1


def test_entities_and_entity(spana: Run, fake: Any) -> None:
    assert "Ekgruppen\tPROGRAM\t6\t2\t1" in spana("entities", "--label", "program")[1]
    assert ("entities", "PROGRAM") in fake.calls
    out = spana("entity", "ekgruppen")[1]
    assert "Skrivs också: Eg" in out
    assert "Ekbacken\t2021\tverksamhetsplan\t3\ts. 2" in out
    assert spana("entities", "--label", "FISK")[0] == 2


def test_export_to_standard_output(spana: Run, fake: Any) -> None:
    code, out, _ = spana("export", "sections", "--report", "ekbacken", "--format", "jsonl")
    assert code == 0
    assert [json.loads(line)["report"] for line in out.splitlines()] == ["ekbacken-1", "lunden-1", "social-1"]
    assert fake.calls[0] == ("export", ("sections", Filters(report=("ekbacken",))))


def test_export_to_a_file(spana: Run, tmp_path: Path) -> None:
    target = tmp_path / "ut.csv"
    code, out, err = spana("export", "sections", "--format", "csv", "--out", str(target))
    assert (code, out, err) == (0, "", f"3 rader i {target}\n")
    assert target.read_text(encoding="utf-8").startswith("report,source,title,path,values,year,archive,citation_label,")
    assert not list(tmp_path.glob("*.part"))


def test_export_refuses_unknown_kinds_and_formats(spana: Run) -> None:
    assert spana("export", "fiskar")[0] == 2
    assert spana("export", "sections", "--format", "pdf")[0] == 2


def test_maintenance(spana: Run) -> None:
    assert "Rapporter:                   3" in spana("status")[1]
    assert json.loads(spana("status", "--json")[1])["encoder"] == "prov"
    assert spana("check")[:2] == (
        1,
        "Fel: lunden.txt finns inte kvar.\n3 rapporter, 3 stycken, 3 vektorer: det finns fel kvar.\n",
    )
    assert spana("reindex")[0] == 0
    assert spana("remove", "lunden")[1] == "lunden-1 (lunden.txt) är borttagen ur arkivet.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("sök", "x"), "Kommandot sök finns inte."),
        (("serch", "x"), "Menade du 'search', 'serve'"),
        (("search", "x", "--limitt", "3"), "Flaggan --limitt finns inte."),
        (("search",), "saknas."),
        (("search", "x", "--limit", "många"), "Värdet för --limit ska vara ett heltal."),
        (("search", "x", "--limit", "0"), "Värdet för --limit ska vara minst 1."),
        (("search", "x", "y"), "För många argument: y."),
        (("search", "x", "--limit"), "Flaggan --limit behöver ett värde."),
        (("search", "  "), "Frågan är tom"),
        (("search", "x" * 1001), "högst 1000"),
        (("search", "x", "--part", "okänd"), "Delen okänd finns inte"),
        (("search", "\udcff"), "UTF-8"),
    ],
)
def test_wrong_use_is_one_swedish_line(spana: Run, arguments: tuple[str, ...], sentence: str) -> None:
    code, out, err = spana(*arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "error",
    [
        ModelMismatchError("Kör spana reindex."),
        StorageError("Disken är full."),
        DataFileError("Datafilen a.yaml stämmer inte."),
    ],
)
def test_known_errors_are_one_line(spana: Run, fake: Any, error: Exception) -> None:
    fake.error = error
    assert spana("search", "x") == (1, "", f"{error}\n")


def test_unknown_errors_go_to_a_log(spana: Run, fake: Any, tmp_path: Path) -> None:
    fake.error = ZeroDivisionError("mitt i allt")
    home = tmp_path / "annat hem"
    code, out, err = spana("search", "x", "--home", str(home))
    (log,) = (home / "logs").iterdir()
    assert (code, out) == (1, "")
    assert err == f"Ett oväntat fel avbröt kommandot; felrapporten finns i {log}\n"
    assert "ZeroDivisionError: mitt i allt" in log.read_text()


def test_interrupt_says_how_to_go_on(spana: Run, fake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fake, "search", interrupted)
    assert spana("search", "x") == (130, "", "Avbrutet; kör samma kommando igen för att fortsätta\n")


def test_control_characters_of_documents_do_not_reach_the_terminal(spana: Run, fake: Any) -> None:
    fake.refs[0] = fake.refs[0].model_copy(update={"board": "Ek\x1b[31mbacken"})
    assert "\x1b" not in spana("reports")[1]


@pytest.mark.parametrize("place", [("--home", "{}", "reports"), ("reports", "--home", "{}"), ("reports", "--home={}")])
def test_home_may_stand_anywhere(
    place: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake: Any
) -> None:
    from api.cli import run

    seen: list[Path | None] = []
    monkeypatch.setattr("api.home.open_archive", lambda home: seen.append(home) or fake)
    assert run([part.format(tmp_path) for part in place]) == 0
    assert seen == [tmp_path]


def test_wrong_settings_are_named(tmp_path: Path) -> None:
    environment = os.environ | {"SPANA_WORKERS": "många", "SPANA_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "api.cli", "status"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "SPANA_WORKERS" in done.stderr
    assert "Traceback" not in done.stderr


def test_program_without_command_shows_help_on_standard_error() -> None:
    done = subprocess.run([sys.executable, "-m", "api.cli"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Kommandon:" in done.stderr


def test_eval_runs_as_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from api.cli import run

    seen: dict[str, Any] = {}

    def called(command: list[str], env: dict[str, str], check: bool) -> subprocess.CompletedProcess[str]:
        seen.update(command=command, home=env["SPANA_HOME"], check=check)
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr("api.commands.evaluate.subprocess.run", called)
    assert run(["eval", "--shared", "facit", "--home", str(tmp_path)]) == 3
    assert seen["command"][1:] == ["-m", "eval", "quality", "--shared", "facit"]
    assert seen["home"] == str(tmp_path)


def test_serve_refuses_an_address_in_use(spana: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, err = spana("serve", "--port", str(port))
    assert (code, err.count("\n")) == (2, 1)
    assert f"127.0.0.1:{port}" in err


def test_closed_pipe_is_quiet(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; from api.cli import main; sys.argv = ['spana', '--help']; main()"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141

"""The facade: search, filters, readings, exports, and hostile input."""

import contextlib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from search import migrate
from search.archive import Archive
from search.errors import NotFoundError, SpanaError, StorageError, UsageError
from search.letter_index import is_index
from search.schema import Citation, Filters
from search.settings import Settings
from search.tables import SCHEMA_VERSION, metadata
from search.views import EXPORT_KINDS


@pytest.fixture
def archive(shared_archive: Archive) -> Archive:
    return shared_archive


def sources(archive: Archive, **filters: Any) -> set[str]:
    hits = archive.search("Trefas ungdomar parkerna hyran Kvinnokraften", Filters(**filters), limit=50).hits
    return {hit.report.source.partition("-")[0] for hit in hits}


def test_search_ranks_the_passage_with_the_words_first(archive: Archive) -> None:
    result = archive.search("papperskorgar i parkerna under sommaren")
    best = result.hits[0]
    assert "papperskorgarna" in best.text
    assert best.rank == 1
    assert best.report.district == "Spånga-Tensta"
    assert best.section.path == ("1.4 Trygga uppväxtvillkor",)
    assert any(best.text[a:b] == "Parkerna" for a, b in best.highlights)
    assert result.total == 11
    assert best.citation.quote == best.text


def test_hits_carry_their_entities(archive: Archive) -> None:
    hit = next(h for h in archive.search("Trefas", limit=50).hits if "hjälpt" in h.text)
    assert [(e.text, e.label, hit.text[e.start : e.end]) for e in hit.entities] == [("Trefas", "PROGRAM", "Trefas")]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"hv", "st", "soc"}),
        ({"district": ("Hässelby-Vällingby",)}, {"hv"}),
        ({"district": ("hässelby-vällingby", "Spånga-Tensta")}, {"hv", "st"}),
        ({"district": ("Järva",)}, {"st"}),
        ({"board": ("Socialnämnden",)}, {"soc"}),
        ({"year": (2020, 2022)}, {"soc", "st"}),
        ({"from_year": 2021}, {"hv", "st"}),
        ({"to_year": 2021}, {"hv", "soc"}),
        ({"type": ("T1",)}, {"hv", "soc"}),
        ({"goal": ("1",)}, {"hv", "st", "soc"}),
        ({"goal": ("1.4",)}, {"hv", "st"}),
        ({"goal": ("3.1",)}, {"hv"}),
        ({"part": ("goda exempel",)}, {"hv"}),
        ({"status": ("delvis",)}, {"hv"}),
        ({"status": ("helt",)}, {"hv", "soc"}),
        ({"entity": ("trefas",)}, {"hv", "st"}),
        ({"report": ("st-2022-vp",)}, {"st"}),
        ({"exclude_district": ("Hässelby-Vällingby",)}, {"st", "soc"}),
        ({"exclude_board": ("Socialnämnden",)}, {"hv", "st"}),
        ({"exclude_year": (2020,)}, {"hv", "st"}),
        ({"exclude_type": ("verksamhetsplan",)}, {"hv", "soc"}),
        ({"exclude_goal": ("1.4",)}, {"hv", "soc"}),
        ({"exclude_part": ("analys",)}, {"hv", "soc"}),
        ({"exclude_status": ("helt",)}, {"hv", "st"}),
        ({"exclude_report": ("soc-2020-t1",)}, {"hv", "st"}),
        ({"district": ("Hässelby-Vällingby",), "year": (2022,)}, set()),
    ],
)
def test_filters(archive: Archive, filters: dict[str, Any], expected: set[str]) -> None:
    assert sources(archive, **filters) == expected
    exported = {str(row["source"]).partition("-")[0] for row in archive.export("passages", Filters(**filters))}
    assert exported == expected


def test_wrong_filter_values_are_told_in_swedish(archive: Archive) -> None:
    with pytest.raises(UsageError, match="Delen 'rubrik' är okänd"):
        archive.search("x y z", Filters(part=("rubrik",)))
    with pytest.raises(UsageError, match="Stadsdelen 'Atlantis' är okänd"):
        archive.search("x y z", Filters(district=("Atlantis",)))
    with pytest.raises(UsageError, match="Målnumret"):
        archive.goals(Filters(goal=("ett",)))
    with pytest.raises(NotFoundError, match="spana reports"):
        archive.report("finns-inte")
    with pytest.raises(NotFoundError):
        archive.passage("finns-inte")
    with pytest.raises(NotFoundError):
        archive.entity("Finnsinte Alls")
    with pytest.raises(UsageError, match="Exporten"):
        list(archive.export("allt"))


HOSTILE = [
    "",
    " ",
    "?!.,",
    "\x00",
    "\x00Trefas\x1b[31m",
    "'; DROP TABLE reports; --",
    "%_%",
    "(((",
    "[a-z]*+?\\",
    "\ud800 fråga",
    "å" * 100_000,
    "Vilka nämner " + ", ".join(f"Namn{n}" for n in range(500)),
    "Vilka nämner (.*)+\\1?",
    "Vilka nämner %",
    'Vilka nämner "',
    "vilka nämner och",
    "vilka nämner men inte Trefas",
    "both",
    "Vilka nämner \x01\x02 \x01999\x02?",
    "Vilka nämner \x03\x04",
    "<script>alert(1)</script>",
    "{0} {names} %s",
    "🙂",
    "١٢٣",
    "Vilka nämner " + "a " * 800,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_queries_raise_usage_errors_only(archive: Archive, text: str) -> None:
    for ask in (archive.search, archive.ask, archive.entity):
        with contextlib.suppress(UsageError, NotFoundError):
            ask(text)


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-1, 0), (10_000, 0), (10, -1)])
def test_ranges_are_checked(archive: Archive, limit: int, offset: int) -> None:
    with pytest.raises(UsageError):
        archive.search("Trefas", limit=limit, offset=offset)


def test_pages_of_hits_fit_together(archive: Archive) -> None:
    whole = [h.passage_id for h in archive.search("Trefas", limit=9).hits]
    parts = [h.passage_id for n in (0, 3, 6) for h in archive.search("Trefas", limit=3, offset=n).hits]
    assert parts == whole
    assert [h.rank for h in archive.search("Trefas", limit=3, offset=3).hits] == [4, 5, 6]


def test_passage_and_similar(archive: Archive) -> None:
    hit = archive.search("papperskorgar i parkerna").hits[0]
    assert archive.passage(hit.passage_id).text == hit.text
    near = archive.similar(hit.passage_id, limit=3)
    assert len(near) == 3
    assert hit.report.id not in {n.report.id for n in near}
    assert archive.similar(hit.passage_id, 3, Filters(report=(hit.report.id,))) == []
    own = archive.similar(hit.passage_id, 3, Filters(report=(hit.report.id,)), own_report=True)
    assert {n.report.id for n in own} == {hit.report.id}
    assert hit.passage_id not in {n.passage_id for n in own}
    around = archive.around(hit.passage_id)
    assert hit.passage_id in {n.passage_id for n in around}
    assert {n.section for n in around} == {hit.section}


def test_report_detail(archive: Archive) -> None:
    detail = archive.report("hv-2021-t1")
    assert [s.title for s in detail.sections] == ["Barn växer upp tryggt", "Lokalerna används väl"]
    assert detail.sections[0].status == "Uppfylls delvis"
    assert detail.counts.passages == 7
    assert detail.sections[1].passages == 4


def test_entities_count_marked_names(archive: Archive) -> None:
    trefas = next(e for e in archive.entities() if e.name == "Trefas")
    assert (trefas.mentions, trefas.reports, trefas.districts) == (3, 2, 2)
    detail = archive.entity("trefas")
    assert detail.in_registry
    assert detail.mentions == 3
    assert [(y.year, y.mentions) for y in detail.years] == [(2021, 2), (2022, 1)]
    assert len(detail.citations) == 2


def test_tables(archive: Archive) -> None:
    assert [g.status for g in archive.goals(Filters(district=("Hässelby-Vällingby",)))] == [
        "Uppfylls delvis",
        "Uppfylls helt",
    ]
    row = archive.indicators(name="nöjda")[0]
    assert (row.value, row.unit, row.target) == (81.0, "%", 85.0)
    assert archive.good_examples()[0].citation.label.endswith("rad 9")


FIELDS = {
    "sections": "report source line page end_line kind number title status path parts",
    "indicators": "report source line page goal_number name values note value unit men women previous forecast target "
    "city_target period",
    "mentions": "report source line page section_number label name text start end",
    "good-examples": "report source line end_line page goal_number text unit explicit",
}


@pytest.mark.parametrize("kind", EXPORT_KINDS)
def test_exports_have_the_fields_of_the_contract(archive: Archive, kind: str) -> None:
    rows = list(archive.export(kind))
    if kind != "activities":
        assert rows
    for row in rows:
        if kind in FIELDS:
            assert set(row) == {*FIELDS[kind].split(), "citation", "archive"}


@pytest.mark.parametrize("kind", EXPORT_KINDS)
def test_exported_rows_can_be_checked(archive: Archive, kind: str) -> None:
    for row in archive.export(kind):
        cited = Citation.model_validate(row["citation"])
        assert sha256(cited.quote.encode()).hexdigest() == cited.sha256
        assert cited.label
        assert row["archive"] == archive.edition().label
        if "source" in row:
            assert cited.source == row["source"]


def test_exported_mentions_stand_in_their_line(archive: Archive, shared_library: Any) -> None:
    rows = list(archive.export("mentions"))
    assert {row["name"] for row in rows} >= {"Trefas"}
    for row in rows:
        line = (shared_library.folder / str(row["source"])).read_text("utf-8").splitlines()[int(str(row["line"])) - 1]
        assert line[int(str(row["start"])) : int(str(row["end"]))] == row["text"]


def test_status(archive: Archive) -> None:
    status = archive.status()
    assert (status.reports, status.passages, status.vectors, status.failed) == (3, 11, 11, 0)
    assert status.registry_current
    assert status.encoder == "påhittad"
    assert status.schema_version == SCHEMA_VERSION


def test_an_empty_archive_answers(open_archive: Any) -> None:
    archive = open_archive()
    assert archive.reports() == []
    assert archive.search("Trefas").hits == ()
    answer = archive.ask("Vilka stadsdelar nämner Trefas?")
    assert answer.coverage.reports_searched == 0
    assert archive.ask("Hur går det för förskolan?").kind == "unanswered"
    assert archive.check().ok


def test_migrations_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    engine = create_engine(f"sqlite:///{tmp_path / 'k.db'}")
    migrate.migrate(engine)
    assert migrate.current_version(engine) == SCHEMA_VERSION
    with engine.connect() as connection:
        tables = {"include_name": lambda name, kind, _: kind != "table" or not is_index(name or "")}
        assert compare_metadata(MigrationContext.configure(connection, opts=tables), metadata) == []
    engine.dispose()


def test_a_newer_catalogue_is_refused(tmp_path: Path) -> None:
    from sqlalchemy import text

    engine = create_engine(f"sqlite:///{tmp_path / 'k.db'}")
    migrate.migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="nyare"):
        migrate.migrate(engine)
    engine.dispose()


def test_an_unusable_home_is_told(tmp_path: Path, toolkit: Any) -> None:
    (tmp_path / "catalogue.db").write_text("ingen databas, bara text " * 100)
    with pytest.raises(SpanaError):
        Archive(Settings(home=tmp_path), toolkit).reports()


def test_personal_data_is_hidden(tmp_path: Path, library: Any, new_draft: Any, toolkit: Any) -> None:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "verksamhetsplan", 2023).goal("1.1", "Skolan")
    draft.text("Ring Trefas på 08-508 18 000 eller skriv till anna.andersson@exempel.se om lekplatsen.")
    settings = Settings(home=tmp_path / "hem")
    with Archive(settings, toolkit) as archive:
        archive.ingest([library.add("farsta.txt", draft)])
        hit = archive.search("lekplatsen").hits[0]
        assert "anna.andersson" not in hit.text + hit.citation.quote
        assert "om lekplatsen" in hit.citation.quote
        assert "anna.andersson" not in str(list(archive.export("passages")))
        assert "anna.andersson" not in archive.ask("Vilka nämner Trefas?").model_dump_json()


@pytest.mark.parametrize("name", ["Trefsa", "Trefasmodellen", "Treff as"])
def test_an_unknown_name_as_a_filter_is_refused_with_names_like_it(shared_archive: Archive, name: str) -> None:
    for call in (shared_archive.search, shared_archive.ask):
        with pytest.raises(UsageError, match="Trefas") as refused:
            call("samverkan", Filters(entity=(name,)))
        assert f"Namnet {name!r} finns varken i registret eller i någon rapport" in str(refused.value)
    with pytest.raises(UsageError):
        shared_archive.goals(Filters(exclude_entity=(name,)))


def test_a_known_name_as_a_filter_is_found_in_any_spelling(shared_archive: Archive) -> None:
    found = shared_archive.search("samverkan", Filters(entity=("trefas",)))
    assert found.hits
    assert all("Trefas" in hit.text for hit in found.hits)

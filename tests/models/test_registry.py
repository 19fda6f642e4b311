"""The registry's files and what it finds."""

import json
from pathlib import Path

import pytest

from models.data_file import DATA, DataFileError
from models.registry import FILES, Entry, Registry, load_registry, read_entries

SHARED = Path(__file__).parents[2] / ".." / "shared"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def found(registry: Registry, text: str) -> list[tuple[str, str, str]]:
    return [(mention.text, mention.label, mention.name) for mention in registry.match(text)]


@pytest.mark.parametrize("name", FILES)
def test_every_file_fits_its_schema(name: str) -> None:
    assert read_entries(DATA / f"{name}.yaml")


def test_a_board_named_by_its_district_is_one_mention(registry: Registry) -> None:
    text = "Hägersten-Älvsjö stadsdelsnämnds och Farstas stadsdelsnämnd"
    assert found(registry, text) == [
        ("Hägersten-Älvsjö stadsdelsnämnds", "DISTRICT", "Hägersten-Älvsjö"),
        ("Farstas stadsdelsnämnd", "DISTRICT", "Farsta"),
    ]


def test_districts_in_a_list_are_marked_one_by_one(registry: Registry) -> None:
    assert [name for _, _, name in found(registry, "Spånga-Tensta, Rinkeby-Kista och Norrmalm")] == [
        "Spånga-Tensta",
        "Rinkeby-Kista",
        "Norrmalm",
    ]


def test_neighbourhoods_are_places_and_boards_without_a_name_are_nothing(registry: Registry) -> None:
    assert found(registry, "I Vällingby har nämnden och förvaltningen samarbetat med polisen.") == [
        ("Vällingby", "LOC", "Vällingby"),
        ("polisen", "ORG", "Polisen"),
    ]


def test_common_words_are_no_names(registry: Registry) -> None:
    assert found(registry, "De kan vara sig själva och ta mark i anspråk, ett paraplyet och en kista.") == []


def test_a_name_inside_a_compound_is_flagged(registry: Registry) -> None:
    mentions = registry.match("LSS-verksamheten och Trefassamverkan, LSS")
    assert [(mention.name, mention.compound) for mention in mentions] == [
        ("LSS", True),
        ("Trefas", True),
        ("LSS", False),
    ]


def test_a_law_with_its_number(registry: Registry) -> None:
    text = "enligt lagen (1990:52) med särskilda bestämmelser om vård av unga"
    assert found(registry, text) == [(text.removeprefix("enligt "), "LAW", "LVU")]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("trefas", "Trefas"),
        ("sig unga", "SIG unga"),
        ("SIG-UNGA", "SIG unga"),
        ("sociala insatsgruppen", "SIG"),
        ("spånga tensta", "Spånga-Tensta"),
        ("socialtjänstlagen", "SoL"),
        ("Barnkonventionens", "Barnkonventionen"),
    ],
)
def test_find_by_any_form(registry: Registry, asked: str, name: str) -> None:
    entry = registry.find(asked)
    assert entry is not None
    assert entry.name == name


@pytest.mark.parametrize("asked", ["", "finns inte", "rapport om Trefas"])
def test_find_nothing(registry: Registry, asked: str) -> None:
    assert registry.find(asked) is None


def test_mergers_of_districts(registry: Registry) -> None:
    districts = {entry.name: entry for entry in registry.entries if entry.label == "DISTRICT"}
    current = {name for name, entry in districts.items() if entry.valid_to is None}
    assert len(current) == 11
    for entry in districts.values():
        for successor in entry.successors:
            assert entry.name in districts[successor].predecessors
            assert set(entry.members) <= set(districts[successor].members)
            start, end = districts[successor].valid_from, entry.valid_to
            assert start is not None
            assert end is not None
            assert (start - end).days == 1
    assert {district.name for district in districts.values() if district.successors == ("Järva",)} == {
        "Rinkeby-Kista",
        "Spånga-Tensta",
    }


def test_members_are_the_citys_neighbourhoods(registry: Registry) -> None:
    path = SHARED / "ner/gaz-stockholm-stadsdelar/stadsdelar.geo.json"
    if not path.exists():
        pytest.skip("stadens lista över stadsdelar finns inte här")
    rows = json.loads(path.read_text(encoding="utf-8"))["features"]
    listed = {row["properties"]["name"].lower().replace("industriomr", "industriområde") for row in rows}
    current = [entry for entry in registry.entries if entry.label == "DISTRICT" and entry.valid_to is None]
    members = [member.lower() for entry in current for member in entry.members]
    assert len(members) == len(set(members))
    assert set(members) >= listed  # and some more places that people call by name


def test_a_user_file_goes_before_the_shipped_names(tmp_path: Path) -> None:
    path = tmp_path / "egna.yaml"
    path.write_text(
        "label: PROGRAM\nentries:\n  - {name: Kvinnokraft, variants: [KVK]}\n  - {name: Trefas, label: ORG}\n"
    )
    registry = load_registry(path)
    assert found(registry, "KVK och Trefas") == [("KVK", "PROGRAM", "Kvinnokraft"), ("Trefas", "ORG", "Trefas")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("label: PROGRAM\nentries: [{name: A, varianter: [B]}]", ["varianter", "okänt fält"]),
        ("label: PROGRAM\nentries: [{name: on}]", ["citattecken"]),
        ("label: NAMN\nentries: []", ["label", "ska vara något av"]),
        ("label: [", ["rad", "YAML"]),
        ("label: PROGRAM\nentries: [{name: A}, {name: A}]", ["två gånger"]),
        ("", ["ska vara en tabell"]),
    ],
)
def test_faults_are_told_in_swedish(tmp_path: Path, content: str, words: list[str]) -> None:
    path = tmp_path / "fel.yaml"
    path.write_text(content)
    with pytest.raises(DataFileError) as error:
        read_entries(path)
    assert all(word in str(error.value) for word in [*words, "fel.yaml"])


def test_a_missing_file_is_told() -> None:
    with pytest.raises(DataFileError, match="kan inte läsas"):
        read_entries(Path("finns-inte.yaml"))


def test_entries_reject_unknown_fields() -> None:
    with pytest.raises(ValueError, match="extra"):
        Entry.model_validate({"name": "A", "label": "LAW", "x": 1})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Stockholm Business Region", "Visit Stockholm"),
        ("Samordningsförbundet Stockholms stad", "Samordningsförbundet VärNa"),
        ("Jobbtorg", "Jobbtorg unga"),
        ("Polisen", "Polisregion Stockholm"),
        ("Klimathandlingsplanen", "miljö- och klimathandlingsplan"),
    ],
)
def test_different_things_are_no_variants_of_each_other(registry: Registry, one: str, other: str) -> None:
    found = registry.match(f"Det ordnas av {other} i år.")
    assert found
    assert one not in {mention.name for mention in found}

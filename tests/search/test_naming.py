"""Names found in the reports and corrected by people; every answer follows at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.archive import Archive
from search.errors import NotFoundError, UsageError
from search.schema import Filters, MentionRow
from search.settings import Settings
from search.views import NameCorrection


@pytest.fixture
def home(tmp_path: Path, library: Any, new_draft: Any, toolkit: Any) -> Iterator[Archive]:
    farsta = new_draft("Farsta", "Farsta stadsdelsnämnd", "verksamhetsplan", 2022).goal("1.1", "Skolan")
    farsta.text("Under året har projektet Brobyggarna startat. Brobyggarna är en grupp för unga föräldrar.")
    farsta.text("Skolfam och Trefas fortsätter som förut i alla skolor.")
    bromma = new_draft("Bromma", "Bromma stadsdelsnämnd", "verksamhetsplan", 2023).goal("1.1", "Skolan")
    bromma.text("Nämnden har lärt av Brobyggarna i Farsta. Bropelaren kallas samma sak här.")
    with Archive(Settings(home=tmp_path / "hem"), toolkit) as archive:
        archive.ingest([library.add("farsta.txt", farsta), library.add("bromma.txt", bromma)])
        yield archive


def mentions(archive: Archive, name: str) -> dict[str | None, int]:
    rows = archive.ask(f"Vilka stadsdelar nämner {name}?").rows
    return {row.district: row.mentions for row in rows if isinstance(row, MentionRow)}


def counted(archive: Archive) -> dict[str, int]:
    return {one.name: one.mentions for one in archive.entities()}


def test_a_name_found_in_one_report_is_counted_in_all(home: Archive) -> None:
    assert counted(home)["Brobyggarna"] == 3
    assert mentions(home, "Brobyggarna") == {"Farsta": 2, "Bromma": 1}
    assert home.ask("Vilka stadsdelar nämner Brobyggarna?").found_by == ("Brobyggarna: registry",)
    assert home.status().registry_current


def test_the_page_of_a_name(home: Archive) -> None:
    detail = home.entity("brobyggarna")
    assert detail.origin == "discovered"
    assert {one.text: one.mentions for one in detail.spellings} == {"Brobyggarna": 3}
    assert detail.definition is not None
    assert detail.definition.quote == "Brobyggarna är en grupp för unga föräldrar."
    assert (detail.first_year, detail.last_year, detail.districts) == (2022, 2023, ("Bromma", "Farsta"))
    assert [(goal.number, goal.mentions) for goal in detail.goals] == [("1.1", 2), ("1.1", 1)]
    assert "Skolfam" in {one.name for one in home.entity("Trefas").neighbours}


def test_merge_and_undo(home: Archive) -> None:
    home.correct("merge", "Brobyggarna", "Bropelaren")
    assert counted(home)["Brobyggarna"] == 4
    assert mentions(home, "Bropelaren") == {"Farsta": 2, "Bromma": 2}
    assert home.search("lärt", Filters(entity=("Brobyggarna",))).hits
    assert {row["name"] for row in home.export("mentions") if row["text"] == "Bropelaren"} == {"Brobyggarna"}
    home.withdraw("merge", "Brobyggarna", "Bropelaren")
    assert counted(home)["Brobyggarna"] == 3
    assert mentions(home, "Bropelaren") == {"Bromma": 1}
    with pytest.raises(NotFoundError):
        home.withdraw("merge", "Brobyggarna", "Bropelaren")


def test_split(home: Archive) -> None:
    home.correct("merge", "Trefas", "Skolfam")
    assert "Skolfam" not in counted(home)
    home.correct("split", "Trefas", "Skolfam")
    assert counted(home)["Skolfam"] == 1
    assert mentions(home, "Trefas") == {"Farsta": 1}


def test_rename_keeps_the_old_name_as_a_variant(home: Archive) -> None:
    home.correct("rename", "Brobyggarna", "Brobyggarna i Farsta")
    assert counted(home)["Brobyggarna i Farsta"] == 3
    assert home.entity("Brobyggarna").name == "Brobyggarna i Farsta"
    facets = {value.value for value in home.search("projektet").facets["entity"]}
    assert "Brobyggarna i Farsta" in facets


def test_label(home: Archive) -> None:
    home.correct("label", "Brobyggarna", "org")
    assert [one.name for one in home.entities("ORG")].count("Brobyggarna") == 1
    assert "Brobyggarna" not in {one.name for one in home.entities("PROGRAM")}


def test_a_hidden_name_is_shown_nowhere_and_still_found(home: Archive) -> None:
    home.correct("hide", "Brobyggarna")
    assert "Brobyggarna" not in counted(home)
    assert "Brobyggarna" not in str(list(home.export("entities")))
    answer = home.ask("Vilka stadsdelar nämner Brobyggarna?")
    assert answer.found_by == ("Brobyggarna: lexical",)
    assert mentions(home, "Brobyggarna") == {"Farsta": 2, "Bromma": 1}


def test_corrections_survive_a_new_reading(home: Archive, library: Any) -> None:
    home.correct("merge", "Brobyggarna", "Bropelaren")
    home.correct("hide", "Skolfam")
    before = counted(home)
    home.ingest([library.folder], force=True)
    assert counted(home) == before
    assert "Skolfam" not in before


def test_every_kind_of_correction_survives_a_new_reading(home: Archive, library: Any) -> None:
    home.correct("merge", "Brobyggarna", "Bropelaren")
    home.correct("split", "Brobyggarna", "Bropelaren")
    home.correct("rename", "Trefas", "Trefas i Farsta")
    home.correct("label", "Brobyggarna", "EVENT")
    home.correct("hide", "Skolfam")
    before, events = counted(home), {one.name for one in home.entities("EVENT")}
    home.ingest([library.folder], force=True)
    assert counted(home) == before
    assert {"Bropelaren", "Trefas i Farsta"} <= before.keys()
    assert {one.name for one in home.entities("EVENT")} == events >= {"Brobyggarna"}


def test_noise_of_recognition_is_counted_with_the_name(home: Archive, library: Any, new_draft: Any) -> None:
    noisy = new_draft("Bromma", "Bromma stadsdelsnämnd", "verksamhetsberättelse", 2023).goal("1.1", "Skolan")
    noisy.text("Satsningen Bokslukarlyftet har startat. Bokslukarlyftet är för alla, och Bokslukarlyftet växer.")
    noisy.text("Alla skolor deltar i Bokslukarllyftet och i Bokslukarlýftet.")
    home.ingest([library.add("brus.txt", noisy)])
    detail = home.entity("Bokslukarlyftet")
    written = {one.text: one.mentions for one in detail.spellings}
    assert written == {"Bokslukarlyftet": 3, "Bokslukarllyftet": 1, "Bokslukarlýftet": 1}
    (found_by,) = home.ask("Vilka stadsdelar nämner Bokslukarllyftet?").found_by
    assert found_by.endswith(": registry")


def test_a_place_in_a_name_limits_nothing(home: Archive, library: Any, new_draft: Any) -> None:
    plan = new_draft("Bromma", "Bromma stadsdelsnämnd", "verksamhetsplan", 2024).goal("1.1", "Skolan")
    plan.text("Projektet Läsglädje i Farsta har fått en efterföljare här.")
    home.ingest([library.add("plan.txt", plan)])
    assert mentions(home, "Läsglädje i Farsta") == {"Bromma": 1}


def test_corrections_travel(home: Archive, tmp_path: Path, toolkit: Any, library: Any) -> None:
    home.correct("merge", "Brobyggarna", "Bropelaren")
    home.correct("label", "Trefas", "EVENT")
    said = home.corrections()
    assert [(one.action, one.name, one.value) for one in said] == [
        ("merge", "Brobyggarna", "Bropelaren"),
        ("label", "Trefas", "EVENT"),
    ]
    with Archive(Settings(home=tmp_path / "annat"), toolkit) as other:
        other.ingest([library.folder])
        assert other.add_corrections(said) == 2
        assert other.add_corrections(said) == 0
        assert counted(other) == counted(home)
        assert other.corrections() == said


@pytest.mark.parametrize(
    ("action", "name", "value"),
    [
        ("slå ihop", "Trefas", "Skolfam"),
        ("merge", "Trefas", "TREFAS"),
        ("merge", "Trefas", None),
        ("split", "Trefas", "Trefas"),
        ("rename", "Trefas", "Skolfam"),
        ("label", "Trefas", "SAK"),
        ("hide", "…", None),
        ("hide", "Trefas", "Skolfam"),
    ],
)
def test_senseless_corrections_are_refused(home: Archive, action: str, name: str, value: str | None) -> None:
    with pytest.raises(UsageError):
        home.correct(action, name, value)
    assert home.corrections() == []


def test_a_bad_file_changes_nothing(home: Archive) -> None:
    good = NameCorrection(action="hide", name="Trefas", value=None, made_at="2024-01-01T00:00:00+00:00")
    bad = NameCorrection(action="label", name="Skolfam", value="SAK", made_at="2024-01-01T00:00:00+00:00")
    with pytest.raises(UsageError):
        home.add_corrections([good, bad])
    assert home.corrections() == []


def test_a_removed_report_takes_its_names_along(home: Archive) -> None:
    home.remove("farsta")
    assert "Brobyggarna" not in counted(home)

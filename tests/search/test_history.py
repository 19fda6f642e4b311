"""Districts over time: answers say which areas' reports are among those searched."""

import pytest

from models.registry import load_registry
from search.errors import UsageError
from search.filters import resolve
from search.history import areas_of, district_notes, neighbourhood_notes, query_notes
from search.records import ReportRecord
from search.schema import Filters

REGISTRY = load_registry()


def report(district: str, year: int, key: int) -> ReportRecord:
    return ReportRecord(
        key=key,
        id=f"{district}-{year}",
        state="ready",
        source="x.txt",
        stem="x",
        path="x.txt",
        sha256="0",
        format="txt",
        title=None,
        board=f"{district} stadsdelsnämnd",
        district=district,
        type="verksamhetsplan",
        year=year,
        period=None,
        date=None,
        diary_number=None,
        officers=(),
        inferred=(),
        pages=None,
        unreadable_pages=(),
        warnings=(),
        registry_version="",
    )


REPORTS = [report("Rinkeby-Kista", 2021, 1), report("Spånga-Tensta", 2022, 2), report("Järva", 2024, 3)]


def notes(**filters: object) -> str:
    return " ".join(district_notes(Filters.model_validate(filters), REPORTS, lambda: REGISTRY, "sv"))


def test_a_new_area_brings_the_reports_of_those_it_was_formed_of() -> None:
    scope = resolve(Filters(district=("Järva",)), REPORTS, lambda: REGISTRY)
    assert scope.reports == (1, 2, 3)
    assert notes(district=("Järva",)) == (
        "Järva bildades den 1 juli 2023 av Rinkeby-Kista och Spånga-Tensta; "
        "tidigare rapporter från Rinkeby-Kista och Spånga-Tensta ingår."
    )


def test_only_areas_with_reports_in_the_years_asked_for_are_named() -> None:
    assert "rapporter från Spånga-Tensta ingår" in notes(district=("Järva",), year=(2022,))
    assert notes(district=("Järva",), year=(2024,)) == ""


def test_an_old_name_for_years_after_the_merger() -> None:
    assert "fanns till och med den 30 juni 2023 och gick då upp i Järva" in notes(
        district=("Rinkeby-Kista",), year=(2024,)
    )
    assert "gick 2023 upp i Järva, vars rapporter inte ingår" in notes(district=("Rinkeby-Kista",))
    assert notes(district=("Rinkeby-Kista",), year=(2021,)) == ""
    assert "rapporter från Spånga-Tensta ingår" in notes(district=("Rinkeby-Kista", "Järva"))


@pytest.mark.parametrize(
    ("name", "now", "before"),
    [
        ("Tensta", "Järva", "Spånga-Tensta"),
        ("Fruängen", "Hägersten-Älvsjö", "Hägersten-Liljeholmen"),
        ("Hjorthagen", "Norra innerstaden", "Östermalm"),
        ("Vårberg", "Skärholmen", None),
        ("Farsta", None, None),
        ("Uppsala", None, None),
    ],
)
def test_neighbourhoods_know_their_district(name: str, now: str | None, before: str | None) -> None:
    found = areas_of(name, REGISTRY)
    assert tuple(area.name if area else None for area in found) == (now, before)


def test_every_neighbourhood_lies_in_one_area_now() -> None:
    current = [entry for entry in REGISTRY.entries if entry.label == "DISTRICT" and entry.valid_to is None]
    members = [member for entry in current for member in entry.members]
    assert len(members) == len(set(members)) > 117  # the city's 117, and some that people call places by
    for entry in current:
        older = [other for other in REGISTRY.entries if other.name in entry.predecessors and other.members]
        assert not older or {m for other in older for m in other.members} == set(entry.members)


def test_a_search_tells_of_the_areas_that_its_words_name() -> None:
    def told(text: str, *districts: str) -> tuple[str, ...]:
        return query_notes(text, Filters(district=districts), REPORTS, lambda: REGISTRY, "sv")

    assert "bildades den 1 juli 2023" in told("trygghet i Järva")[0]
    assert "Tensta är en stadsdel i Järva (före den 1 juli 2023 i Spånga-Tensta)" in told("feriejobb i Tensta")[0]
    assert told("trygghet i Järva", "Järva") == told("trygghet", "Järva")
    assert told("trygghetsvandring i Farsta") == ()


def test_a_question_about_a_neighbourhood_offers_its_district() -> None:
    assert neighbourhood_notes(["Tensta"], lambda: REGISTRY, "en") == (
        "Tensta is a neighbourhood in Järva (before 1 July 2023 in Spånga-Tensta); ask about Järva for the reports of "
        "the whole area.",
    )
    with pytest.raises(UsageError, match="Tensta är en stadsdel i Järva"):
        resolve(Filters(district=("Tensta",)), REPORTS, lambda: REGISTRY)

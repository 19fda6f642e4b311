"""Which reports count when names are combined."""

from dataclasses import replace

import pytest

from models.variants import find_name, name_pattern
from search.letters import letters
from search.mentions import Occurrence, Survey, _as_scanned, select, stems
from search.records import ReportRecord

X, Y = 0, 1


def report(key: int, district: str | None, year: int) -> ReportRecord:
    return ReportRecord(
        key, f"r{key}", "ready", "f.txt", "f", "/f.txt", "0", "txt", None, "Nämnden", district, "annat", year, None,
        None, None, (), (), None, (), (), "r",
    )  # fmt: skip


def survey(*mentions: tuple[int, int]) -> Survey:
    """Farsta has a report a year (1: 2021, 2: 2022), Bromma one (3: 2022); (report, name) is a mention."""
    reports = (report(1, "Farsta", 2021), report(2, "Farsta", 2022), report(3, "Bromma", 2022))
    one = Occurrence(1, X, 0, -1, 0, 1, "p")
    found = {
        key: tuple(replace(one, report=key, asked=name) for held, name in mentions if held == key)
        for key in dict.fromkeys(key for key, _ in mentions)
    }
    return Survey(reports, found)


@pytest.mark.parametrize(
    ("mentions", "of_areas", "of_reports", "of_years"),
    [
        (((1, X), (2, Y), (3, X)), {1, 2}, set(), set()),
        (((1, X), (1, Y), (3, X)), {1}, {1}, {1}),
        (((2, X), (2, Y), (3, X), (3, Y)), {2, 3}, {2, 3}, {2, 3}),
    ],
)
def test_both_names_may_stand_in_several_reports_of_a_district(
    mentions: tuple[tuple[int, int], ...], of_areas: set[int], of_reports: set[int], of_years: set[int]
) -> None:
    found = survey(*mentions)
    assert set(select(found, 2, all_names=True).occurrences) == of_areas
    assert set(select(found, 2, all_names=True, unit="report").occurrences) == of_reports
    assert set(select(found, 2, all_names=True, by_year=True).occurrences) == of_years


def test_a_district_that_mentions_the_other_name_in_another_report_is_left_out() -> None:
    found = survey((1, X), (2, Y), (3, X))
    assert set(select(found, 1, all_names=False, without=(Y,)).occurrences) == {3}
    assert set(select(found, 1, all_names=False, without=(Y,), unit="report").occurrences) == {1, 3}
    assert set(select(found, 1, all_names=False, without=(Y,), by_year=True).occurrences) == {1, 3}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Kvinnokraft", "Kvinnokraftens samtal"),
        ("Kvinnokraft", "genom kvinno- kraft i Hallunda"),
        ("Kvinnokraft", "Kvinno kraft fortsätter"),
        ("Kvinnokraft", "Kvinn0kraft har startat"),
        ("Trygghetsvandring", "trygghetsvandringarna"),
        ("Skolfam", "Teamet i Sk0lfam"),
        ("Skolfam", "Teamet i Sko1fam"),
    ],
)
def test_every_text_with_a_name_holds_the_letters_that_it_is_looked_up_by(name: str, text: str) -> None:
    assert find_name(text, name_pattern(name))
    assert any(all(stem in letters(text) for stem in group) for group in _as_scanned(stems(name)))


def test_a_long_word_is_looked_up_by_nearly_all_of_it() -> None:
    assert stems("Kvinnokraft") == ("kvinnokra",)

"""A search over the whole archive: what is counted can be paged to, and a facet's filter leaves what it counted."""

from collections import Counter
from types import SimpleNamespace
from typing import Any, get_args

import pytest

from search import matches, results
from search.archive import Archive
from search.grouping import Group
from search.matches import required_words
from search.retrieve import retrieve
from search.reuse import taken_over
from search.schema import Filters

QUERY = "Trefas i parkerna"


@pytest.fixture
def bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up encoder says how near is near."""
    monkeypatch.setattr(matches, "thresholds", lambda: {"påhittad": SimpleNamespace(lowest=0.5)})


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("query", [QUERY, "papperskorgar", "trygga barn"])
def test_a_filter_leaves_as_many_as_its_facet_says(archive: Archive, query: str) -> None:
    whole = archive.search(query)
    assert whole.total_exact
    assert whole.total > 0
    for name, values in whole.facets.items():
        for value in values:
            only = archive.search(query, Filters.model_validate({name: (value.value,)}))
            assert only.total == value.count, (name, value)


@pytest.mark.usefixtures("bounded")
def test_every_passage_that_is_listed_is_on_one_page(archive: Archive) -> None:
    whole = archive.search(QUERY, limit=100)
    assert len(whole.hits) == whole.listed >= whole.total
    assert sum(not hit.nearest_only for hit in whole.hits) == whole.total
    later = [hit.nearest_only for hit in whole.hits[results.BEST :]]
    assert later == sorted(later)
    pages = [hit for start in range(0, whole.listed, 3) for hit in archive.search(QUERY, limit=3, offset=start).hits]
    assert pages == list(whole.hits)
    assert len({hit.passage_id for hit in pages}) == len(pages)


def test_passages_with_the_words_count_though_few_are_ranked(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = archive.search("Trefas", limit=100)
    monkeypatch.setattr(results, "retrieve", lambda *given, **named: retrieve(*given, **named)[:1])
    few = archive.search("Trefas", limit=100)
    assert few.by_words == whole.by_words > 1
    assert few.total == few.by_words == len(few.hits)
    assert [hit.score for hit in few.hits] == sorted((hit.score for hit in few.hits), reverse=True)
    assert all("trefas" in hit.text.lower() or "Trefas" in str(hit.section.path) for hit in few.hits)


def test_common_words_are_looked_for_among_the_passages_of_rare_ones(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "barn Trefas"
    expected = archive.search(words).by_words
    monkeypatch.setattr(matches, "MOST_COMMON", 2)
    assert archive.search(words).by_words == expected
    # Now every word is common.
    monkeypatch.setattr(matches, "MOST_COMMON", 1)
    again = archive.search(words)
    assert again.by_words == expected > 0
    assert again.total_exact
    monkeypatch.setattr(matches, "MOST_WORDED", 1)
    assert not archive.search("barn").total_exact


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("group", get_args(Group))
def test_groups_hold_everything_that_matches(archive: Archive, group: Group) -> None:
    found = archive.search(QUERY, limit=100, group_by=group)
    assert found.hits == ()
    assert len(found.groups) == found.groups_total
    assert sum(one.total for one in found.groups) == found.total
    best = [one.hits[0].rank for one in found.groups]
    assert best == sorted(best)
    for one in found.groups:
        assert len(one.hits) == min(one.total, results.IN_GROUP)
        if one.filters is not None:
            assert archive.search(QUERY, one.filters).total == one.total
    second = archive.search(QUERY, limit=1, offset=1, group_by=group)
    assert second.groups == found.groups[1:2]


def test_facets_count_every_passage_of_a_district(archive: Archive) -> None:
    found = archive.search("Trefas", limit=100)
    counted = Counter(hit.report.district for hit in found.hits if not hit.nearest_only)
    assert {value.value: value.count for value in found.facets["district"]} == {k: v for k, v in counted.items() if k}


@pytest.mark.parametrize(
    ("query", "count"), [("och i", 0), ("Barnens parker", 2), ("SIG-unga", 2), ("parker parker", 1), ("2022", 1)]
)
def test_each_word_that_says_something_is_required(query: str, count: int) -> None:
    assert len(required_words(query)) == count


def test_an_empty_scope_has_nothing(archive: Archive) -> None:
    found: Any = archive.search("Trefas", Filters(from_year=2090))
    assert (found.total, found.hits, found.listed) == (0, (), 0)


def test_the_filters_of_a_group_leave_just_that_group(shared_archive: Archive) -> None:
    found = shared_archive.search("Trefas", limit=20, group_by="goal")
    told = [group for group in found.groups if group.filters is not None]
    assert len({group.name for group in told if group.name.startswith("1.4")}) == 2
    for group in told:
        assert group.filters is not None
        assert shared_archive.search("Trefas", group.filters).total == group.total


def test_rows_of_figures_take_no_text_over() -> None:
    text = "Parkerna städas oftare under sommaren och papperskorgarna blir fler längs gångstråken vid ån."
    prose: Any = SimpleNamespace(kind="paragraph", text=text)
    row: Any = SimpleNamespace(kind="indicator", text=text)
    assert taken_over(prose, prose, 2021, 2022) is not None
    assert taken_over(prose, row, 2021, 2022) is None
    assert taken_over(row, prose, 2021, 2022) is None


def test_some_passages_are_spread_over_the_archive(archive: Archive) -> None:
    catalogue = archive._stores.catalogue
    keys = sorted(key for report in catalogue.reports() for key in catalogue.passage_keys(report.key))
    some = [passage.key for passage in catalogue.some_passages(5)]
    assert len(some) == 5
    assert max(some) - min(some) >= (keys[-1] - keys[0]) / 2
    assert [passage.key for passage in catalogue.some_passages(len(keys) * 2)] == keys

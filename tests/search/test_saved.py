"""Questions that are followed: what a second ingest adds, told once, with citations."""

from typing import Any

import pytest

from search.archive import Archive
from search.errors import NotFoundError, UsageError
from search.saved import question_id
from search.schema import Filters

MENTIONS = "Vilka stadsdelar nämner Trefas?"


def more(library: Any, new_draft: Any, name: str = "farsta-2023.txt") -> None:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "verksamhetsplan", 2023).goal("1.4", "Trygga ungdomar")
    draft.text("Trefas har börjat arbeta i två av skolorna.").text("Kvällarna vid torget är lugnare än förut.")
    draft.text("Mötena inom Trefas leds av en samordnare.")
    library.add(name, draft)


def test_what_a_second_ingest_adds_is_told_once(archive: Archive, library: Any, new_draft: Any) -> None:
    saved = archive.saved.add(MENTIONS)
    assert (saved.items, saved.fresh) == (3, 0)
    assert [news.items for news in archive.saved.news()] == [()]
    more(library, new_draft)
    archive.ingest([library.folder])
    (news,) = archive.saved.news()
    assert [item.citation.lines for item in news.items] == [(2, 2), (4, 4)]
    for item in news.items:
        assert archive.passage(item.passage_id or "").citation.quote == item.citation.quote
        assert item.title == "Farsta stadsdelsnämnd, verksamhetsplan 2023"
    assert [one.items for one in archive.saved.news()] == [()]
    assert [item.id for item in archive.saved.feed(saved.id).items] == [item.id for item in reversed(news.items)]


def test_the_feed_stays_when_nothing_changes_and_when_a_file_comes_again(
    archive: Archive, library: Any, new_draft: Any
) -> None:
    saved = archive.saved.add(MENTIONS)
    more(library, new_draft)
    archive.ingest([library.folder])
    before = archive.saved.feed(saved.id)
    archive.ingest([library.folder], force=True)
    assert archive.saved.feed(saved.id) == before
    archive.remove("farsta-2023")
    archive.ingest([library.folder])
    assert archive.saved.feed(saved.id) == before


def test_filters_are_kept_and_heeded(archive: Archive, library: Any, new_draft: Any) -> None:
    filters = Filters(exclude_district=("Farsta",))
    saved = archive.saved.add(MENTIONS, filters)
    assert archive.saved.get(saved.id).filters == filters
    more(library, new_draft)
    archive.ingest([library.folder])
    assert archive.saved.news(saved.id)[0].items == ()


@pytest.mark.parametrize("question", ["Vilka mål uppfylls delvis?", "lugnare kvällar vid torget"])
def test_rows_and_passages_are_followed_too(archive: Archive, library: Any, new_draft: Any, question: str) -> None:
    saved = archive.saved.add(question)
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "tertialrapport 1", 2023)
    draft.goal("1.4", "Trygga ungdomar", "namndmal", "Uppfylls delvis").text("Kvällarna vid torget är lugnare.")
    library.add("farsta-t1.txt", draft)
    archive.ingest([library.folder])
    assert {item.report for item in archive.saved.news(saved.id)[0].items} == {archive.report("farsta-t1").report.id}


def test_the_same_question_is_saved_once(archive: Archive) -> None:
    first = archive.saved.add(MENTIONS)
    assert archive.saved.add("  Vilka stadsdelar  nämner Trefas?") == first
    assert first.id == question_id(MENTIONS, Filters()) != question_id(MENTIONS, Filters(year=(2021,)))
    assert archive.saved.remove(first.id) == first
    assert archive.saved.all() == []
    with pytest.raises(NotFoundError, match="spana watch list"):
        archive.saved.feed(first.id)


def test_what_cannot_be_asked_is_not_saved(archive: Archive) -> None:
    with pytest.raises(UsageError):
        archive.saved.add("?!")
    with pytest.raises(UsageError):
        archive.saved.add(MENTIONS, Filters(district=("Atlantis",)))
    assert archive.saved.all() == []


def test_an_edition_names_a_state_of_the_archive(archive: Archive, library: Any, new_draft: Any) -> None:
    before = archive.edition()
    assert archive.edition() == before
    more(library, new_draft)
    archive.ingest([library.folder])
    after = archive.edition()
    assert after.id != before.id
    archive.correct("hide", "Kvinnokraften")
    assert archive.edition().id != after.id
    assert archive.edition().corrections == 1

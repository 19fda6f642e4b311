"""Who has done what before: which questions ask for it, what is done, what is planned; good examples by topic."""

from collections.abc import Callable
from typing import Any

import pytest

from models.registry import Entry, Registry, load_registry
from search.archive import Archive
from search.asked_names import Asked, asked_names
from search.data_files import Threshold
from search.practices import is_done
from search.question import understand
from search.records import ReportRecord
from search.schema import Filters, GoodExampleRow, MentionRow


def report_of(kind: str) -> ReportRecord:
    return ReportRecord(
        1, "id", "ready", "f.txt", "f", "/f.txt", "0", "txt", None, "N", "Farsta", kind, 2021, None, None, None,
        (), (), None, (), (), "r",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Vilka stadsdelar har ordnat grannsamverkan tillsammans med polisen?", "precedent"),
        ("Vilka nämnder har infört fritidskort?", "precedent"),
        ("Which districts have introduced leisure cards?", "precedent"),
        ("Vad blev det av sommargatorna?", "precedent"),
        ("Vad ledde nattvandringarna till?", "precedent"),
        ("Vilka erfarenheter finns av nattvandringar?", "precedent"),
        ("What came of the summer streets?", "precedent"),
        ("Finns det någon som har arbetat med fallprevention?", "precedent"),
        ("Vilka har planer på fler nattvandringar?", "precedent"),
        ("Vilka nämnder har använt Trefas?", "mentions"),
        ("Har någon stadsdel nämnt Trefas?", "mentions"),
        ("Har någon skrivit om Glimtan?", "mentions"),
        ("Nämner någon rapport Glimtan?", "mentions"),
        ("Has any district mentioned Glimtan?", "mentions"),
        ("Vilka stadsdelar har lägst sjukfrånvaro?", "passages"),
    ],
)
def test_who_has_done_what_is_told_from_who_mentions_what(text: str, kind: str) -> None:
    assert understand(text, Filters(), [], load_registry).kind == kind


@pytest.mark.parametrize(
    ("text", "kind", "done"),
    [
        ("Under hösten ordnades fyra vandringar.", "tertialrapport 2", True),
        ("Nämnden kommer att ordna fyra vandringar.", "tertialrapport 2", False),
        ("Rådet är med i planerade vandringar.", "tertialrapport 2", None),
        ("Sedan hösten 2019 finns en samordnare på biblioteket.", "verksamhetsplan", True),
        ("Biblioteket har en samordnare för att fler ska läsa.", "tertialrapport 2", True),
        ("Biblioteket är öppet på söndagar.", "verksamhetsplan", False),
        ("Biblioteket är öppet på söndagar.", "tertialrapport 2", None),
        ("Den reviderade planen gäller.", "tertialrapport 2", None),
        ("För att fler ska läsa samt för att öka trivseln ska nämnden öppna ett bibliotek.", "tertialrapport 2", False),
        ("Under sommaren erbjöd nämnden en bokbuss.", "tertialrapport 2", True),
        ("Två nya bibliotek invigdes.", "verksamhetsplan", True),
        ("Anläggning av en lekplats pågår.", "tertialrapport 2", True),
        ("Vägarna ska vara anpassade.", "tertialrapport 2", False),
    ],
)
def test_what_is_done_is_told_from_what_is_planned(text: str, kind: str, done: bool | None) -> None:
    assert is_done(report_of(kind), None, text) is done


@pytest.fixture
def two_examples(
    library: Any,
    new_draft: type[Any],
    open_archive: Callable[[], Archive],
    toolkit: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Archive:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "tertialrapport 1", 2021).goal("1.1", "Ett gott liv")
    draft.example("Snickeriet lånar ut verktyg till föreningar.")
    draft.example("Promenadgrupper mot ensamhet samlar äldre varje vecka.")
    draft.text(
        "Simskolan för barn i badhuset startade i juni och blev full.", "Den ledde till att alla lärde sig simma."
    )
    library.add("a.txt", draft)
    later = new_draft("Farsta", "Farsta stadsdelsnämnd", "tertialrapport 1", 2022).goal("1.1", "Ett gott liv")
    later.example("Kören sjunger med äldre på torget.")
    library.add("b.txt", later)
    archive = open_archive()
    archive.ingest([library.folder])
    limit = {toolkit.encoder.name: Threshold(lowest=0.2, judge=0.0, english=0.0, topic=0.5, name=0.5, goals=0.1)}
    for place in ("search.topics", "search.refusal"):
        monkeypatch.setattr(f"{place}.thresholds", lambda: limit)
    return archive


def test_a_topic_that_no_good_example_is_about_is_looked_for_in_the_text(two_examples: Archive) -> None:
    found = two_examples.ask("Vilka goda exempel finns på simskola för barn?")
    assert found.kind == "good_examples"
    assert found.answer.startswith("Av 3 goda exempel i 2 rapporter handlar inget tydligt om")
    first = found.rows[0]
    assert isinstance(first, GoodExampleRow)
    assert "Simskolan" in first.citation.quote
    assert not first.explicit
    assert first.done is True
    assert first.outcome is not None
    assert first.outcome.quote == "Den ledde till att alla lärde sig simma."


def test_a_topic_that_nothing_is_about_is_unanswered(two_examples: Archive) -> None:
    found = two_examples.ask("Vilka goda exempel finns på rymdfärder?")
    assert (found.kind, found.rows) == ("unanswered", ())
    assert "handlar inget tydligt om" in found.answer


def test_good_examples_by_year_are_counted_by_year(two_examples: Archive) -> None:
    found = two_examples.ask("goda exempel per år")
    assert [row.year for row in found.rows if isinstance(row, GoodExampleRow)] == [2021, 2021, 2022]
    assert "2021 (2), 2022 (1)" in found.answer
    assert "3 som rapporten själv lyfter fram och 0 stycken text" in found.answer


def test_a_word_that_no_report_has_is_told(two_examples: Archive) -> None:
    found = two_examples.ask("Har någon ordnat simskola för barn i rymddräkt?")
    assert found.asks == "precedent"
    assert found.answer.startswith("Ordet ”rymddräkt” finns inte i någon av de genomsökta rapporterna.")


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Vilka stadsdelar nämner inte Kvinnokraften?", "Hässelby-Vällingby"),
        ("Vilka nämner varken Trefas eller Hogwarts?", "Socialnämnden"),
        ("Which districts do not mention Kvinnokraften?", "Hässelby-Vällingby"),
        ("Vilka rapporter nämner inte Kvinnokraften?", "Hässelby-Vällingby, tertialrapport 1 2021"),
    ],
)
def test_who_does_not_mention_a_name(shared_archive: Archive, text: str, lacking: str) -> None:
    found = shared_archive.ask(text)
    assert found.kind == "mentions"
    assert f": {lacking}. " in found.answer


def test_mentions_of_each_report(shared_archive: Archive) -> None:
    found = shared_archive.ask("Hur ofta nämns Trefas per rapport?")
    assert "Hässelby-Vällingby, tertialrapport 1 (2)" in found.answer
    assert "Spånga-Tensta, verksamhetsplan (1)" in found.answer


def test_one_district_is_asked_for_another(shared_archive: Archive) -> None:
    found = shared_archive.ask("Nämner Spånga-Tensta Hässelby-Vällingby?")
    assert found.kind == "mentions"
    assert found.filters.district == ("Spånga-Tensta",)
    assert found.found_by == ("Hässelby-Vällingby: registry",)


def test_one_district_mentions_and_two_mention(shared_archive: Archive) -> None:
    assert shared_archive.ask("Which districts mention Trefas in 2021?").answer.startswith("1 district mentions Trefas")
    assert shared_archive.ask("Which districts mention Trefas?").answer.startswith("2 districts mention Trefas")


def test_an_everyday_word_in_small_letters_is_asked_for_as_a_word() -> None:
    registry = Registry(
        [
            Entry(name="Bryggan", label="PROGRAM", case="initial"),
            Entry(name="Micasa", label="PROGRAM", case="initial"),
            Entry(name="Trefas", label="PROGRAM"),
            Entry(name="SIG", label="PROGRAM"),
        ]
    )

    def wanted(text: str) -> list[Asked]:
        found = asked_names(text, (), lambda: registry)
        assert found is not None
        return list(found.wanted)

    assert wanted("bryggan") == [Asked("bryggan", None)]
    assert wanted("Bryggan") == [Asked("Bryggan", "Bryggan", capital=True)]
    assert wanted("micasa") == [Asked("micasa", "Micasa")]
    assert wanted("trefas") == [Asked("trefas", "Trefas")]
    assert wanted("sig") == [Asked("sig", "SIG")]


def test_plans_come_first_where_they_are_asked_for(
    library: Any, new_draft: type[Any], open_archive: Callable[[], Archive]
) -> None:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "tertialrapport 1", 2021).goal("1.1", "Ett gott liv")
    draft.text("Badplatsen vid sjön öppnades i juni efter en upprustning.")
    draft.text("Badplatsen vid sjön kommer att få en brygga under hösten.")
    library.add("a.txt", draft)
    archive = open_archive()
    archive.ingest([library.folder])
    for question, done in (("Har någon öppnat en badplats?", True), ("Vilka har planer på en badplats?", False)):
        rows = [row for row in archive.ask(question).rows if isinstance(row, GoodExampleRow)]
        assert [row.done for row in rows] == [done, not done]


def test_practices_that_share_no_word_with_the_subject_are_left_out(two_examples: Archive) -> None:
    found = two_examples.ask("Har någon stadsdel haft promenadgrupper mot ensamhet?")
    assert ["Promenadgrupper" in row.citation.quote for row in found.rows if isinstance(row, GoodExampleRow)] == [True]


def test_not_before_is_told_to_be_unused(shared_archive: Archive) -> None:
    found = shared_archive.ask("Vilka nämner Trefas efter 2021 men inte före?")
    assert [row.district for row in found.rows if isinstance(row, MentionRow)] == ["Spånga-Tensta"]
    assert found.unused == (
        "”men inte före” har inte prövats; fråga ”per år” för att se vilka år som har omnämnanden.",
    )


@pytest.fixture
def garden(library: Any, new_draft: type[Any], open_archive: Callable[[], Archive]) -> Archive:
    """One passage about beehives among many about boards that have tried and introduced other things."""
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "verksamhetsberättelse", 2031).goal("1.1", "Ett gott liv")
    draft.text("Under våren fick två skolgårdar varsin bikupa, och barnen hjälpte till med skötseln.")
    for what in ("scheman", "fordon", "avtal", "lokaler", "fakturor", "telefoner", "utskick", "rutiner", "mallar"):
        draft.text(f"Någon stadsdel har provat att byta {what}, och någon nämnd har ordnat och prövat nya {what}.")
    library.add("a.txt", draft)
    archive = open_archive()
    archive.ingest([library.folder])
    return archive


@pytest.mark.parametrize(
    "question",
    [
        "Har någon stadsdel provat bikupa?",
        "Har någon nämnd prövat att ordna bikupa?",
        "Har någon försökt ordna bikupa någonstans?",
    ],
)
def test_a_short_subject_is_looked_for_without_the_words_around_it(garden: Archive, question: str) -> None:
    found = garden.ask(question)
    assert found.asks == "precedent"
    first = found.rows[0]
    assert isinstance(first, GoodExampleRow)
    assert "bikupa" in first.citation.quote


def test_practices_far_from_the_best_are_left_out(garden: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "Har någon provat bikupor på skolgårdar som barnen sköter?"
    monkeypatch.setattr("search.practices.FEW_WORDS", 0.0)
    near = garden.ask(question).rows
    monkeypatch.setattr("search.quotes.FAR", 1000.0)
    every = garden.ask(question).rows
    assert 0 < len(near) < len(every)
    assert near[0] == every[0]

"""Questions and their answers over three invented reports."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from search.archive import Archive
from search.schema import Answer, Filters, MentionRow


def mentioned(answer: Answer) -> dict[str | None, int]:
    assert answer.kind == "mentions"
    return {row.district or row.board: row.mentions for row in answer.rows if isinstance(row, MentionRow)}


TREFAS = {"Hässelby-Vällingby": 2, "Spånga-Tensta": 1}
KVINNOKRAFTEN = {"Spånga-Tensta": 1, "Socialnämnden": 1}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Vilka stadsdelar nämner Trefas?", TREFAS),
        ("vilka stadsdelar nämner trefas", TREFAS),
        ("Which districts mention Trefas?", TREFAS),
        ("I vilka rapporter nämns Trefas?", TREFAS),
        ("Var nämns Trefas?", TREFAS),
        ("Hur många stadsdelar skriver om projektet Trefas i sina rapporter?", TREFAS),
        ("Lista alla stadsdelar som nämner Trefas", TREFAS),
        ("Who mentions Trefas?", TREFAS),
        ("Is Trefas mentioned anywhere?", TREFAS),
        ("Vilka nämnder arbetar med Trefas?", TREFAS),
        ("Vilka stadsdelar nämner Kvinnokraften?", KVINNOKRAFTEN),
        ('Vilka nämner "Kvinnokraften"?', KVINNOKRAFTEN),
        (
            "Vilka stadsdelar nämner Trefas eller Kvinnokraften?",
            {"Hässelby-Vällingby": 2, "Spånga-Tensta": 2, "Socialnämnden": 1},
        ),
        (
            "Vem skriver om Trefas, Kvinnokraften och Hogwarts?",
            {"Hässelby-Vällingby": 2, "Spånga-Tensta": 2, "Socialnämnden": 1},
        ),
        ("Vilka nämner både Trefas och Kvinnokraften?", {"Spånga-Tensta": 2}),
        ("Which districts mention both Trefas and Kvinnokraften?", {"Spånga-Tensta": 2}),
        ("Vilka stadsdelar nämner Trefas men inte Kvinnokraften?", {"Hässelby-Vällingby": 2}),
        ("Vilka stadsdelar nämner Trefas sedan 2022?", {"Spånga-Tensta": 1}),
        ("Vilka stadsdelar nämnde Trefas under 2021?", {"Hässelby-Vällingby": 2}),
        ("Nämns Trefas i Spånga-Tensta?", {"Spånga-Tensta": 1}),
        ("Nämns Trefas i någon verksamhetsplan?", {"Spånga-Tensta": 1}),
        ("Vilka stadsdelar nämner Trefas i sina verksamhetsplaner?", {"Spånga-Tensta": 1}),
        ("Vilka stadsdelar nämner Hogwarts?", {}),
    ],
)
def test_mentions_are_complete(shared_archive: Archive, question: str, expected: dict[str, int]) -> None:
    assert mentioned(shared_archive.ask(question)) == expected


def test_a_mention_row_cites_a_sentence_with_the_name(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Vilka stadsdelar nämner Trefas?")
    first = next(row for row in answer.rows if isinstance(row, MentionRow) and row.district == "Hässelby-Vällingby")
    citation = first.reports[0].citation
    assert citation.quote == "Trefas har hjälpt tio unga vidare."
    assert citation.lines == (3, 4)
    assert citation.label == "Hässelby-Vällingby stadsdelsnämnd, Tertialrapport 1 2021, avsnitt 1.4, rad 3–4"


def test_the_answer_says_what_was_searched_and_how(shared_archive: Archive) -> None:
    known = shared_archive.ask("Vilka stadsdelar nämner Trefas?")
    assert known.found_by == ("Trefas: registry",)
    assert known.coverage.reports_searched == 3
    assert known.coverage.districts_searched == ("Hässelby-Vällingby", "Spånga-Tensta")
    assert [w.board for w in known.coverage.without_mention] == ["Socialnämnden"]
    assert "3 rapporter" in known.answer
    unknown = shared_archive.ask("Vilka stadsdelar nämner Kvinnokraften?")
    assert unknown.found_by == ("Kvinnokraften: lexical",)
    assert "ord för ord" in unknown.answer


def test_no_mention_is_told_from_no_report_and_from_unreadable(archive: Archive, library: Any) -> None:
    none = archive.ask("Vilka stadsdelar nämner Hogwarts?")
    assert none.rows == ()
    assert none.coverage.reports_searched == 3
    assert "0 omnämnanden i 3 rapporter" in none.answer
    no_report = archive.ask("Vilka stadsdelar nämner Trefas under 1999?")
    assert no_report.coverage.reports_searched == 0
    assert "ingen rapport" in no_report.answer
    archive.ingest([library.spoil("trasig.pdf")])
    broken = archive.ask("Vilka stadsdelar nämner Trefas?")
    assert [u.source for u in broken.coverage.unreadable] == ["trasig.pdf"]


def test_an_english_question_is_answered_in_english(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Which districts mention Trefas?")
    assert answer.language == "en"
    assert answer.answer.startswith("2 districts mention Trefas")


def test_filters_in_the_question_are_shown(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Vilka stadsdelar nämner Trefas sedan 2022 i Spånga-Tensta?")
    assert answer.filters.from_year == 2022
    assert answer.filters.district == ("Spånga-Tensta",)
    assert "Spånga-Tensta, 2022–" in answer.answer


def test_given_filters_limit_mentions(shared_archive: Archive) -> None:
    assert mentioned(shared_archive.ask("Vilka nämner Trefas?", Filters(exclude_year=(2022,)))) == {
        "Hässelby-Vällingby": 2
    }
    assert mentioned(shared_archive.ask("Vilka nämner Trefas?", Filters(report=("st-2022-vp",)))) == {
        "Spånga-Tensta": 1
    }


def test_a_repeated_spot_counts_once(
    archive: Archive, library: Any, drafts: dict[str, Callable[[], Any]], new_draft: Callable[..., Any]
) -> None:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "verksamhetsplan", 2023).goal("1.1", "Skolan")
    draft.text("Trefas finns i alla skolor.")
    draft.passages.append(draft.passages[0])
    archive.ingest([library.add("farsta.txt", draft)])
    assert mentioned(archive.ask("Vilka nämner Trefas?"))["Farsta"] == 1


def test_words_added_for_readability_are_no_mentions(
    archive: Archive, library: Any, new_draft: Callable[..., Any]
) -> None:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "verksamhetsplan", 2023).goal("1.1", "Skolan")
    draft.text("Andel nöjda barn 81 %")
    row = draft.passages[0]
    added = "Trefas och Glimtan: "
    runs = tuple(replace(run, start=run.start + len(added), end=run.end + len(added)) for run in row.runs)
    draft.passages[0] = replace(row, text=added + row.text, runs=runs)
    archive.ingest([library.add("farsta.txt", draft)])
    for name in ("Trefas", "Glimtan"):
        assert mentioned(archive.ask(f"Vilka nämner {name} i Farsta?")) == {}


def test_a_name_in_a_heading_is_a_mention(archive: Archive, library: Any, new_draft: Callable[..., Any]) -> None:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "verksamhetsplan", 2023).goal("1.1", "Trefas i skolan")
    draft.text("Arbetet fortsätter som förut i alla skolor.")
    archive.ingest([library.add("farsta.txt", draft)])
    answer = archive.ask("Vilka nämner Trefas i Farsta?")
    assert mentioned(answer) == {"Farsta": 1}
    row = answer.rows[0]
    assert isinstance(row, MentionRow)
    assert row.reports[0].citation.quote == "Trefas i skolan"


def test_a_name_in_a_subheading_is_a_mention(archive: Archive, library: Any, new_draft: Callable[..., Any]) -> None:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "verksamhetsplan", 2023).goal("1.1", "Skolan")
    draft.subheading("Samverkan i Trefas och Glimtan").text("Arbetet fortsätter som förut i alla skolor.")
    archive.ingest([library.add("farsta.txt", draft)])
    for name in ("Trefas", "Glimtan"):
        answer = archive.ask(f"Vilka nämner {name} i Farsta?")
        assert mentioned(answer) == {"Farsta": 1}
        row = answer.rows[0]
        assert isinstance(row, MentionRow)
        citation = row.reports[0].citation
        assert (citation.quote, citation.lines) == ("Samverkan i Trefas och Glimtan", (2, 2))


def test_a_new_registry_finds_names_in_old_reports(archive: Archive, toolkit: Any) -> None:
    from models.registry import Entry, Registry

    entry = Entry(name="Kvinnokraften", label="PROGRAM", variants=("mötesplats för mammor",))
    toolkit.registry = Registry([entry, *toolkit.registry.entries])
    toolkit.registry_version = "r2"
    answer = archive.ask("Vilka stadsdelar nämner Kvinnokraften?")
    assert answer.found_by == ("Kvinnokraften: registry",)
    assert mentioned(answer) == {"Spånga-Tensta": 2, "Socialnämnden": 1}


def test_merged_districts_bring_their_predecessors(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Vilka nämner Trefas?", Filters(district=("Järva",)))
    assert mentioned(answer) == {"Spånga-Tensta": 1}
    assert "tidigare rapporter från Spånga-Tensta ingår" in answer.answer


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("<script>alert(1)</script>", False),
        ("qwxz zxcv", False),
        ("Vad är qwxz?", False),
        ("What is qwxz?", False),
        ("hyresgäst auktion", True),
        ("kvällsmöten lokalhyra", True),
    ],
)
def test_words_that_nobody_has_written_are_not_answered(shared_archive: Archive, text: str, answered: bool) -> None:
    assert (shared_archive.ask(text).kind != "unanswered") is answered


def test_passages_are_quoted_with_marks(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Hur går det med hyran för lokalerna när kontor slås ihop och möbler säljs?")
    assert answer.kind == "passages"
    best = answer.citations[0]
    assert "Hyran för lokalerna" in best.citation.quote
    assert f"”{best.citation.quote}” [1]" in answer.answer
    assert best.citation.quote in best.text


def test_an_ordinary_phrase_falls_back_to_passages(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Vilka stadsdelar har sammanträdesrum som lånas ut till föreningar på kvällarna?")
    assert answer.kind == "passages"


@pytest.mark.parametrize(
    ("question", "kind", "count"),
    [
        ("Vilka mål uppfylls delvis?", "goal_status", 1),
        ("Vilka mål uppfylls helt?", "goal_status", 2),
        ("Vilka goda exempel finns i Hässelby-Vällingby?", "good_examples", 1),
        ("Vad är utfallet för indikatorn nöjda hyresgäster?", "indicator", 1),
    ],
)
def test_tables_answer(shared_archive: Archive, question: str, kind: str, count: int) -> None:
    answer = shared_archive.ask(question)
    assert answer.kind == kind
    assert len(answer.rows) == count


def test_per_year_gives_a_row_for_each_year_and_area(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Vilka stadsdelar nämner Trefas per år?")
    assert answer.group == "year"
    rows = [(row.year, row.district, row.mentions) for row in answer.rows if isinstance(row, MentionRow)]
    assert rows == [(2021, "Hässelby-Vällingby", 2), (2022, "Spånga-Tensta", 1)]
    assert "2021: Hässelby-Vällingby (2); 2022: Spånga-Tensta (1)" in answer.answer
    plain = shared_archive.ask("Vilka stadsdelar nämner Trefas?")
    assert all(row.year is None for row in plain.rows if isinstance(row, MentionRow))


def test_a_combination_tells_what_it_is_counted_over(shared_archive: Archive) -> None:
    of_areas = shared_archive.ask("Vilka stadsdelar nämner både Trefas och Kvinnokraften?").answer
    assert "nämner både Trefas och Kvinnokraften" in of_areas
    assert "tillsammans" in of_areas
    of_reports = shared_archive.ask("Vilka rapporter nämner både Trefas och Kvinnokraften?").answer
    assert "varje rapport för sig" in of_reports


def test_a_name_that_the_question_is_tied_to_limits_the_passages(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Vad görs i samband med Trefas?")
    assert answer.filters.entity == ("Trefas",)
    assert answer.citations
    assert all(any(e.name == "Trefas" for e in hit.entities) for hit in answer.citations)


def test_whatever_is_said_of_a_subject_answers_a_question_about_it(
    shared_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.holdings.is_answered", lambda *_: False)
    assert shared_archive.ask("Vad säger rapporterna om auktion?").kind == "passages"
    assert shared_archive.ask("Vad skriver Hässelby-Vällingby om hyran för lokalerna?").kind == "passages"
    assert shared_archive.ask("Vad skriver Spånga-Tensta om hyran för lokalerna?").kind == "unanswered"
    assert shared_archive.ask("Vad säger rapporterna om segling?").kind == "unanswered"
    assert shared_archive.ask("Vad gör man vid en auktion?").kind == "unanswered"

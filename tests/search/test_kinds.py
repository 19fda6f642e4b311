"""Answers about goals, figures, precedents and whole reports, over invented ones."""

from collections.abc import Callable
from typing import Any

import pytest

from eval.answers import citations
from ingest.quote import fold
from models.registry import load_registry
from search.archive import Archive
from search.question import understand
from search.reuse import reuse
from search.schema import Filters, GoalStatusRow, GoodExampleRow, IndicatorRow, MentionRow
from search.spelling import Vocabulary, corrections, distance
from search.when import read_years


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Når nämnden målet om trygga barn?", "goal_status"),
        ("Is the goal for children met?", "goal_status"),
        ("Lyckades nämnden med att barn växer upp tryggt?", "goal_status"),
        ("Has the board succeeded in keeping children safe?", "goal_status"),
        ("Anser nämnden att den ger barn trygghet?", "goal_status"),
        ("Was the target for safe children met?", "goal_status"),
        ("What is the target for rentals?", "indicator"),
        ("Vad blev det av målet om trygga barn?", "goal_status"),
        ("Hur lyckades förskolan få fler att läsa?", "passages"),
        ("Har någon stadsdel provat att låna ut verktyg?", "precedent"),
        ("Has anyone tried lending tools?", "precedent"),
        ("Vad handlar Hässelby-Vällingbys tertialrapport 1 2021 om?", "overview"),
        ("Hur hjälps elever som vill klara grundskolans mål?", "passages"),
    ],
)
def test_the_kind_of_a_question(shared_archive: Archive, text: str, kind: str) -> None:
    assert shared_archive.ask(text).asks == kind


def test_the_goal_that_is_meant_comes_with_its_status(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Når man målet att barn växer upp tryggt?")
    row = answer.rows[0]
    assert isinstance(row, GoalStatusRow)
    assert (row.goal.title, row.status, row.board) == (
        "Barn växer upp tryggt",
        "Uppfylls delvis",
        "Hässelby-Vällingby stadsdelsnämnd",
    )
    assert answer.citations


def test_what_succeeds_is_no_goal_by_itself(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Lyckades nämnden med att barn växer upp tryggt?")
    assert answer.kind == "goal_status"
    assert isinstance(answer.rows[0], GoalStatusRow)
    assert answer.rows[0].goal.title == "Barn växer upp tryggt"
    other = shared_archive.ask("Lyckades nämnden med att sälja möblerna?")
    assert other.kind != "goal_status"


def test_the_target_that_no_goal_is_about_is_that_of_an_indicator(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Nåddes målet för andelen nöjda hyresgäster?")
    assert answer.kind == "indicator"
    assert isinstance(answer.rows[0], IndicatorRow)
    assert answer.rows[0].name.startswith("Andel nöjda hyresgäster")


def test_an_indicator_is_found_by_its_words(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Hur stor andel av hyresgästerna är nöjda?")
    assert answer.kind == "indicator"
    row = answer.rows[0]
    assert isinstance(row, IndicatorRow)
    assert (row.value, row.unit, row.target) == (81.0, "%", 85.0)
    assert answer.citations[0].passage_id == row.passage_id
    assert "81 %" in answer.answer


def test_a_series_tells_who_has_no_row(shared_archive: Archive) -> None:
    found = shared_archive.indicator_series("nöjda hyresgäster")
    assert found.names == ("Andel nöjda hyresgäster",)
    assert [row.district for row in found.rows] == ["Hässelby-Vällingby"]
    assert len(found.without) == 2


def test_the_matrix_tells_no_judgement_from_no_report(shared_archive: Archive) -> None:
    matrix = shared_archive.goal_matrix()
    states = {
        (row.goal.title, cell.district or cell.board, cell.year): (cell.state, cell.status)
        for row in matrix.rows
        for cell in row.cells
    }
    assert states[("Barn växer upp tryggt", "Hässelby-Vällingby", 2021)] == ("judged", "Uppfylls delvis")
    assert states[("Trygga uppväxtvillkor", "Spånga-Tensta", 2022)] == ("none_printed", None)
    assert states[("Barn växer upp tryggt", "Spånga-Tensta", 2022)] == ("not_in_report", None)
    assert states[("Barn växer upp tryggt", "Spånga-Tensta", 2021)] == ("no_report", None)


def test_precedents_are_cited_and_told_from_plans(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Har någon lånat ut sammanträdesrum till föreningar på kvällarna?")
    assert answer.kind == "good_examples"
    row = answer.rows[0]
    assert isinstance(row, GoodExampleRow)
    assert "sammanträdesrum" in row.citation.quote
    assert row.explicit


def test_a_report_as_a_whole(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Sammanfatta Hässelby-Vällingbys tertialrapport 1 2021")
    assert answer.asks == "overview"
    assert len(answer.rows) == 2
    assert answer.citations


def test_what_was_understood_can_be_lifted(shared_archive: Archive) -> None:
    question = "Vilka nämner Trefas i Spånga-Tensta sedan 2022?"
    shown = {one.field: question[one.start : one.end] for one in shared_archive.ask(question).understood}
    assert shown == {"district": "i Spånga-Tensta", "from_year": "sedan 2022"}


def test_misspelt_words_are_read_and_shown(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Vilka stadsdelar nämmer Trefas i Spånga-Tentsa?")
    assert answer.filters.district == ("Spånga-Tensta",)
    assert [(one.word, one.used) for one in answer.spelling] == [
        ("nämmer", "nämner"),
        ("Spånga-Tentsa", "Spånga-Tensta"),
    ]
    assert "nämner" in answer.answer


def test_a_year_that_is_not_said_is_not_guessed(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Vilka nämner Trefas förra året?")
    assert answer.filters == Filters()
    assert answer.unused


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2021–2023", [("from_year", (2021,)), ("to_year", (2023,))]),
        ("sjukfrånvaro 2022", [("year", (2022,))]),
        ("jämfört med 2020", []),
        ("feriejobb från 2022", [("from_year", (2022,))]),
        ("Sammanfatta rapporterna från 2022", [("year", (2022,))]),
        ("Vad säger rapporter sedan 2022?", [("from_year", (2022,))]),
    ],
)
def test_years(text: str, years: list[Any]) -> None:
    assert [(limit.field, limit.values) for limit in read_years(text)] == years


def test_neighbourhoods_stand_for_their_districts() -> None:
    question = understand("Hur går det i Vällingby?", Filters(), [], load_registry)
    assert question.filters.district == ("Hässelby-Vällingby",)
    assert "Vällingby" in question.query


def test_slips_are_counted() -> None:
    assert distance("nämmer", "nämner", 1) == 1
    assert distance("tentsa", "tensta", 1) == 1
    assert distance("nämner", "sommar", 1) is None
    assert Vocabulary(lambda: ["glimtan glimtan"], load_registry).nearest("glimtn") == "glimtan"


def test_every_quote_is_in_its_source(shared_archive: Archive) -> None:
    for text in (
        "Hur arbetar man med ungdomar som rör sig ute?",
        "Vilka mål uppfylls helt?",
        "Hur stor andel av hyresgästerna är nöjda?",
        "Har någon lånat ut sammanträdesrum till föreningar på kvällarna?",
        "Sammanfatta Hässelby-Vällingbys tertialrapport 1 2021",
    ):
        answer = shared_archive.ask(text)
        cited = citations(answer)
        assert cited
        for one in cited:
            held = next(ref for ref in shared_archive.reports() if ref.source == one.source)
            source = shared_archive.source_path(held.id).read_text("utf-8")
            assert fold(one.quote) in fold(source)


def test_text_taken_over_is_told_with_its_share() -> None:
    text = "Parkerna städas oftare under sommaren och papperskorgarna blir fler längs gångstråken vid ån"
    same = reuse(text, f"{text} och i centrum", 2021, 2022)
    assert same is not None
    assert (same.share, same.of_year, same.later) == (1.0, 2022, True)
    other = "Hyran för lokalerna sjunker när två kontor slås ihop och möblerna säljs på auktion"
    assert reuse(text, other, 2021, 2022) is None
    assert reuse("Samma text", "Samma text", 2021, 2022) is None


def test_a_list_of_goals_that_is_empty_says_how_all_are_judged(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Vilka nämndmål uppfylls inte?")
    assert (answer.kind, answer.rows) == ("goal_status", ())
    assert "Uppfylls inte" in answer.answer
    assert "Uppfylls helt 1, ingen bedömning tryckt 1" in answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Vilka stadsdelar når inte målet att barn växer upp tryggt?", "Inget av 1 mål"),
        ("Which districts do not meet the goal Barn växer upp tryggt?", "None of 1 goal"),
    ],
)
def test_goals_on_a_subject_are_told_with_their_judgement_when_none_is_judged_so(
    shared_archive: Archive, question: str, said: str
) -> None:
    answer = shared_archive.ask(question)
    assert (answer.kind, answer.rows) == ("goal_status", ())
    assert said in answer.answer
    assert "Barn växer upp tryggt – Uppfylls delvis" in answer.answer


def test_a_goal_judged_as_asked_for_is_on_the_subject_too(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Vilka stadsdelar uppfyller målet att barn växer upp tryggt helt?")
    assert answer.rows == ()
    assert "Lokalerna används väl" not in answer.answer


def test_the_column_that_is_asked_for_is_said_first(shared_archive: Archive) -> None:
    target = shared_archive.ask("Vilket årsmål gäller för andelen nöjda hyresgäster?")
    assert "årsmål 85 % (utfall 81 %" in target.answer
    outcome = shared_archive.ask("Hur stor andel av hyresgästerna är nöjda?")
    assert "81 % (" in outcome.answer
    assert "utfall 81 %" not in outcome.answer


def test_the_goal_of_each_district_is_shown_where_the_question_asks_for_each(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Hur bedöms målet att barn växer upp tryggt per stadsdel?")
    rows = [row for row in answer.rows if isinstance(row, GoalStatusRow)]
    assert rows
    owners = [(row.district or row.board, row.year) for row in rows]
    assert len(owners) == len(set(owners))
    assert ("Barn växer upp tryggt", "Uppfylls delvis") in [(row.goal.title, row.status) for row in rows]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("aldreomsorg i spanga", {"aldreomsorg": "äldreomsorg", "spanga": "Spånga"}),
        ("Skarholmen", {"Skarholmen": "Skärholmen"}),
        ("hal vägar", {}),
    ],
)
def test_words_written_without_their_marks_are_read_with_them(text: str, words: dict[str, str]) -> None:
    vocabulary = Vocabulary(lambda: ["äldreomsorg äldreomsorg hål hål vägar vägar"], load_registry)
    found = corrections(text, vocabulary, english=False)
    assert {one.word: one.other for one in found} == words


def test_english_words_get_no_marks() -> None:
    vocabulary = Vocabulary(lambda: ["över över"], load_registry)
    assert corrections("over the years", vocabulary, english=True) == ()


def test_many_reports_are_listed(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Vilka rapporter finns i arkivet?")
    assert answer.asks == "overview"
    assert answer.citations


def test_a_question_that_says_nothing_is_told_so(shared_archive: Archive) -> None:
    assert shared_archive.ask("varför?").kind == "unanswered"
    assert "inga ord att söka efter" in shared_archive.ask("varför?").answer
    follow_up = shared_archive.ask("och i Spånga-Tensta?")
    assert follow_up.asks == "overview"
    assert follow_up.unused == (
        "Frågan säger inte vad som söks, så svaret är en översikt; skriv ett ämne, ett namn eller ett mål för att få "
        "ett svar.",
    )


def test_the_district_of_a_neighbourhood_is_told(shared_archive: Archive) -> None:
    answer = shared_archive.ask("Vad görs för unga i Vällingby?")
    assert "Vällingby hör till Hässelby-Vällingby, som frågan begränsades till." in answer.answer


def test_goals_are_counted_by_each_area_too(shared_archive: Archive) -> None:
    said = shared_archive.ask("Lägst måluppfyllelse, vilken nämnd?").answer
    assert "mål i 3 rapporter: " in said
    assert "Hässelby-Vällingby 2021: Uppfylls delvis 1, Uppfylls helt 1" in said
    assert "Socialnämnden 2020: Uppfylls helt 1" in said
    alone = shared_archive.ask("Vilka mål uppfylls i Hässelby-Vällingby?").answer
    assert "Hässelby-Vällingby 2021:" not in alone


def test_the_word_report_after_a_district_is_no_part_of_a_name(shared_archive: Archive) -> None:
    found = shared_archive.ask("Hur många gånger nämns Trefas i Hässelby-Vällingbys rapport?")
    assert found.kind == "mentions"
    assert found.found_by == ("Trefas: registry",)
    assert [row.mentions for row in found.rows if isinstance(row, MentionRow)] == [2]


def test_the_goal_that_is_judged_as_a_question_says_comes_first(
    library: Any, new_draft: Any, open_archive: Callable[[], Archive]
) -> None:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "tertialrapport 1", 2031)
    draft.goal("1.1", "Trygghet för äldre", status="Uppfylls helt").text("Äldre bor tryggt.")
    draft.goal("1.2", "Trygghet för unga", status="Uppfylls delvis").text("Torgen är mörka.")
    library.add("a.txt", draft)
    archive = open_archive()
    archive.ingest([library.folder])
    for question, first in (
        ("Varför bedöms målet om trygghet bara delvis uppfyllt?", "Uppfylls delvis"),
        ("Hur bedöms målet om trygghet för äldre?", "Uppfylls helt"),
    ):
        rows = [row for row in archive.ask(question).rows if isinstance(row, GoalStatusRow)]
        assert rows[0].status == first

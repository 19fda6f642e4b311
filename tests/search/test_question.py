"""What a question is understood to ask."""

from typing import Any

import pytest

from models.registry import load_registry
from search.question import Question, understand
from search.records import ReportRecord
from search.schema import Filters
from search.when import read_years


def report(district: str | None, board: str) -> ReportRecord:
    return ReportRecord(
        1, "id", "ready", "f.txt", "f", "/f.txt", "0", "txt", None, board, district, "annat", 2021, None, None, None,
        (), (), None, (), (), "r",
    )  # fmt: skip


HELD = [report("Hässelby-Vällingby", "Hässelby-Vällingby stadsdelsnämnd"), report(None, "Socialnämnden")]


def asked(text: str) -> Question:
    return understand(text, Filters(), HELD, load_registry)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Vilka stadsdelar nämner Trefas?", ["Trefas"]),
        ("VILKA STADSDELAR NÄMNER TREFAS???", ["Trefas"]),
        ("Vilka nämner Trefas, SIG unga och Bris?", ["Trefas", "SIG unga", "Bris"]),
        ("Vilka nämner programmet Glimtan eller föreningen Solrosen?", ["Glimtan", "Solrosen"]),
        ("Vilka nämner Stöd och behandling?", None),
        ('Vilka nämner "Barn och unga nu"?', ["Barn och unga nu"]),
        ("Vilka stadsdelar och nämnder skriver om Glimtan eller Bris?", ["Glimtan", "Bris"]),
        ("Which districts or boards mention Glimtan?", ["Glimtan"]),
        ("Vilka nämner SIG unga, SIG-unga eller Trefas?", ["SIG unga", "Trefas"]),
        ("Hur ofta nämns Glimtan i rapporterna?", ["Glimtan"]),
        ("Finns Glimtan nämnt någonstans?", ["Glimtan"]),
        ("Glimtan nämns i vilka stadsdelar?", ["Glimtan"]),
        ("Visa alla omnämnanden av Glimtan", ["Glimtan"]),
        ("Which boards work with Glimtan?", ["Glimtan"]),
        ("How many reports mention Glimtan or Solrosen?", ["Glimtan", "Solrosen"]),
        ("Where is Glimtan mentioned?", ["Glimtan"]),
        ("Are there any mentions of Glimtan?", ["Glimtan"]),
        ("In which reports does Glimtan appear?", ["Glimtan"]),
        ("Where do Glimtan and Solrosen occur?", ["Glimtan", "Solrosen"]),
        ("Does Glimtan appear in any report?", ["Glimtan"]),
        ("I vilka rapporter tas Glimtan upp?", ["Glimtan"]),
        ("Vilka rapporter nämner Agenda 2030?", ["Agenda 2030"]),
        ("In which districts is Glimtan mentioned?", ["Glimtan"]),
        ("Kan du lista vilka stadsdelar som nämner Glimtan", ["Glimtan"]),
        ("I vilka rapporter förekommer Farsta stadsdelsförvaltning?", ["Farsta"]),
        ("In which reports does Rinkeby-Kista stadsdelsnämnd appear?", ["Rinkeby-Kista"]),
        ("Var nämns Fruängen?", ["Fruängen"]),
    ],
)
def test_names_asked_for(text: str, names: list[str] | None) -> None:
    question = asked(text)
    assert question.kind == "mentions"
    if names is not None:
        assert [a.name or a.text for a in question.names] == names


@pytest.mark.parametrize(
    "text",
    [
        "Hur arbetar förskolorna med språk?",
        "Vad har gjorts för att minska ensamheten bland äldre?",
        "Vilka insatser har gjorts mot klotter i parkerna?",
        "How do preschools work with language?",
        "trygghetsvandring",
    ],
)
def test_other_questions_are_for_passages(text: str) -> None:
    assert asked(text).kind == "passages"


def test_a_year_in_a_known_name_limits_nothing() -> None:
    assert asked("Vilka nämner Agenda 2030?").filters == Filters()
    dated = asked("Vilka nämnde Agenda 2030 under 2021?")
    assert [name.name for name in dated.names] == ["Agenda 2030"]
    assert dated.filters.year == (2021,)
    assert (
        asked("Hur arbetar nämnden med Agenda 2030 i skolan?").query == "Hur arbetar nämnden med Agenda 2030 i skolan?"
    )


def test_both_and_not() -> None:
    both = asked("Vilka stadsdelar nämner både Glimtan och Solrosen men inte Trefas?")
    assert both.all_names
    assert [a.text for a in both.names] == ["Glimtan", "Solrosen"]
    assert [a.name for a in both.without] == ["Trefas"]


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("Vilka nämner Trefas sedan 2022?", {"from_year": 2022}),
        ("Vilka nämner Trefas mellan 2020 och 2022?", {"from_year": 2020, "to_year": 2022}),
        ("Vilka nämner Trefas under 2021?", {"year": (2021,)}),
        ("Vilka nämner Trefas före 2021?", {"to_year": 2020}),
        ("Which districts mention Trefas after 2021?", {"from_year": 2022}),
        ("Nämns Trefas i Hässelby-Vällingby?", {"district": ("Hässelby-Vällingby",)}),
        ("Nämns Trefas hos Socialnämnden?", {"board": ("Socialnämnden",)}),
        ("Vilka nämner Trefas i verksamhetsplanen?", {"type": ("verksamhetsplan",)}),
        (
            "Vilka mål uppfylls delvis i Hässelby-Vällingby 2021?",
            {"district": ("Hässelby-Vällingby",), "year": (2021,)},
        ),
        ("Vilka nämner Hässelby-Vällingby?", {}),
        ('Vilka nämner "Agenda under 2030"?', {}),
    ],
)
def test_filters_in_the_question(text: str, filters: dict[str, Any]) -> None:
    found = asked(text).filters
    expected = Filters(**filters)
    assert found.model_copy(update={"status": ()}) == expected


@pytest.mark.parametrize(
    ("text", "area", "query"),
    [
        ("Hur arbetar Hässelby-Vällingby med ungdomar?", "Hässelby-Vällingby", "Hur arbetar med ungdomar?"),
        ("Vad gör Socialnämnden åt hemlöshet?", "Socialnämnden", "Vad gör åt hemlöshet?"),
        ("How does Hässelby-Vällingby help the young?", "Hässelby-Vällingby", "How does help the young?"),
        ("Hur sker samverkan med Socialnämnden?", None, "Hur sker samverkan med Socialnämnden?"),
    ],
)
def test_whom_a_question_is_about(text: str, area: str | None, query: str) -> None:
    question = asked(text)
    assert question.kind == "passages"
    assert (*question.filters.district, *question.filters.board) == ((area,) if area else ())
    assert question.query == query


def test_given_filters_go_before_those_in_the_question() -> None:
    given = Filters(year=(2020,))
    assert understand("Vilka nämner Trefas under 2021?", given, HELD, load_registry).filters.year == (2020,)


def test_status_and_indicator() -> None:
    assert asked("Vilka mål uppfylls delvis?").filters.status == ("Uppfylls delvis",)
    indicator = asked("Vad är utfallet för indikatorn andel nöjda gäster?")
    assert (indicator.kind, indicator.subject) == ("indicator", "andel nöjda gäster")


@pytest.mark.parametrize(
    ("text", "language"),
    [("Vilka stadsdelar nämner Trefas?", "sv"), ("Which districts mention Trefas?", "en"), ("Trefas", "sv")],
)
def test_language(text: str, language: str) -> None:
    assert asked(text).language == language


def test_years_leave_the_rest_of_the_question() -> None:
    text = "Vad hände under 2021 i parkerna"
    (limit,) = read_years(text)
    assert (text[limit.start : limit.end], limit.field, limit.values) == ("under 2021", "year", (2021,))
    assert read_years("Vad planeras inför 2023?") == []


@pytest.mark.parametrize(
    ("text", "district", "board", "names"),
    [
        ("Nämner Hässelby-Vällingby Trefas?", "Hässelby-Vällingby", None, ["Trefas"]),
        ("Skriver Socialnämnden om Glimtan och Bris?", None, "Socialnämnden", ["Glimtan", "Bris"]),
        ("Has Hässelby-Vällingby ever mentioned Glimtan?", "Hässelby-Vällingby", None, ["Glimtan"]),
        ("Tar hässelby-vällingby upp Glimtan?", "Hässelby-Vällingby", None, ["Glimtan"]),
    ],
)
def test_whether_one_area_mentions_something(
    text: str, district: str | None, board: str | None, names: list[str]
) -> None:
    question = asked(text)
    assert question.kind == "mentions"
    assert [name.text for name in question.names] == names
    assert question.filters.district == ((district,) if district else ())
    assert question.filters.board == ((board,) if board else ())


def test_a_given_district_is_not_replaced_by_one_in_the_question() -> None:
    question = understand("Nämner Hässelby-Vällingby Trefas?", Filters(district=("Farsta",)), HELD, load_registry)
    assert question.kind == "mentions"
    assert question.filters.district == ("Farsta",)


def understood_as(text: str, **filters: Any) -> dict[str, tuple[Any, ...]]:
    found = understand(text, Filters(**filters), HELD, load_registry).understood
    return {one.field: one.values for one in found}


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("Vad säger de om trygghet i samband med Trefas?", "entity", ("Trefas",)),
        ("What do they say about safety in connection with Trefas?", "entity", ("Trefas",)),
        ("Nås det andra inriktningsmålet?", "goal", ("2",)),
        ("Is the third overall goal met?", "goal", ("3",)),
        ("Klaras förskolemålet 1.3?", "goal", ("1.3",)),
        ("Vad säger tertialrapporterna om klotter?", "type", ("tertialrapport 1", "tertialrapport 2")),
        ("Bedöms målet om trygghet i andra tertialrapporten?", "type", ("tertialrapport 2",)),
        ("Vilka nämndmål uppfylls delvis?", "goal_kind", ("namndmal",)),
        ("Vilka inriktningsmål uppfylls inte?", "goal_kind", ("inriktningsmal",)),
        ("Vilka mål saknar bedömning?", "unjudged", ()),
        ("Vilka verksamhetsområdesmål saknar nämndmål?", "no_own_goal", ()),
    ],
)
def test_what_is_used_as_a_filter_is_named(text: str, field: str, values: tuple[Any, ...]) -> None:
    assert understood_as(text)[field] == values


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Hur stödjer Trefas trygghet?", "entity"),
        ("Hur arbetar de med hållbarhetsmål 5?", "goal"),
        ("nöjda föräldrar mål 88", "goal"),
        ("Nås målet om 5 procent?", "goal"),
        ("Vilka andra mål nås?", "goal"),
    ],
)
def test_what_only_looks_like_a_filter_is_searched_for(text: str, field: str) -> None:
    assert field not in understood_as(text)


@pytest.mark.parametrize(
    ("text", "field", "lifted"),
    [
        ("Vilka stadsdelar nämner Trefas sedan 2022?", "from_year", "Vilka stadsdelar nämner Trefas?"),
        ("Vilka nämner Trefas per år?", "group", "Vilka nämner Trefas?"),
        ("Vad gör man för äldre i Hässelby-Vällingby?", "district", "Vad gör man för äldre?"),
        ("Vad säger de om trygghet i samband med Trefas?", "entity", "Vad säger de om trygghet?"),
        ("Vilka nämndmål uppfylls inte?", "status", "Vilka nämndmål?"),
    ],
)
def test_a_filter_is_lifted_by_asking_without_its_words(text: str, field: str, lifted: str) -> None:
    found = {one.field: one.lifted for one in asked(text).understood}
    assert found[field] == lifted


def test_another_year_than_the_report_asked_has_is_searched_for_and_told_of() -> None:
    question = understand("Hur många platser fanns 2020?", Filters(report=("id",)), HELD[:1], load_registry)
    assert question.filters.year == ()
    assert "2020" in question.query
    assert [limit.note for limit in question.unused] == ["not_this_report"]
    held = understand("Hur många platser fanns 2021?", Filters(report=("id",)), HELD[:1], load_registry)
    assert held.filters.year == (2021,)
    assert not held.unused


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hur stor andel barn når målen i svenska?", "passages"),
        ("Hur många elever klarar målen?", "passages"),
        ("Hur många av årets mål nås helt?", "goal_status"),
        ("Hur går det med trygghetsmålet?", "goal_status"),
        ("Vilket är årsmålet för sjukfrånvaro, och nås det?", "indicator"),
        ("Nås nämndens mål om trygga barn?", "goal_status"),
    ],
)
def test_goals_are_told_from_what_is_counted(text: str, kind: str) -> None:
    assert asked(text).kind == kind


@pytest.mark.parametrize(
    ("text", "figures", "hinted"),
    [
        ("Hur många platser finns?", True, False),
        ("Hur länge får man vänta?", True, False),
        ("Vad blev korttidsfrånvaron?", True, False),
        ("Vilken personalomsättning har de?", True, False),
        ("What is the occupancy of the shelter?", True, False),
        ("Vad är syftet med kursen?", False, False),
        ("Hur arbetar de mot sjukfrånvaro?", False, False),
        ("Hur nöjda är föräldrarna?", False, True),
        ("sjukfrånvaro dag 1-14", False, True),
        ("Hur arbetar förskolorna med språk?", False, False),
    ],
)
def test_questions_that_may_ask_for_a_figure(text: str, figures: bool, hinted: bool) -> None:
    question = asked(text)
    assert (question.figures, question.hinted) == (figures, hinted)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Vilka mål uppfylls inte i Hässelby-Vällingby?", "district"),
        ("Vilka mål uppfylls ännu inte i Hässelby-Vällingby?", "district"),
        ("Vad fungerade inte i Hässelby-Vällingby?", "district"),
        ("Which goals are not met in Hässelby-Vällingby?", "district"),
        ("What was not in Hässelby-Vällingby?", "district"),
        ("Vilka nämner Glimtan men inte i Hässelby-Vällingby?", "exclude_district"),
        ("feriejobb, inte i Hässelby-Vällingby", "exclude_district"),
        ("feriejobb utom i Hässelby-Vällingby", "exclude_district"),
    ],
)
def test_a_denied_verb_excludes_no_district(text: str, field: str) -> None:
    filters = asked(text).filters
    assert getattr(filters, field) == ("Hässelby-Vällingby",)
    assert not getattr(filters, {"district": "exclude_district"}.get(field, "district"))


@pytest.mark.parametrize("verb", ["uppfylls", "uppfylldes", "har uppfyllts", "uppnåddes", "nåddes", "infriades"])
def test_goals_are_asked_for_in_any_tense(verb: str) -> None:
    question = asked(f"Vilka mål {verb} delvis i Hässelby-Vällingby?")
    assert (question.kind, question.filters.status) == ("goal_status", ("Uppfylls delvis",))


@pytest.mark.parametrize("text", ["2022", "2022 2023", "1.3", "1 2 3", "14 §"])
def test_a_question_of_numbers_alone_is_read(text: str) -> None:
    assert asked(text).text == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sammanfatta alla rapporter", "overview"),
        ("Vilka rapporter finns?", "overview"),
        ("What is in the archive?", "overview"),
        ("verksamhetsberättelse 2024 sammanfattning", "overview"),
        ("Sammanfatta Hässelby-Vällingby", "overview"),
        ("Hässelby-Vällingby", "overview"),
        ("2022", "overview"),
        ("och i Hässelby-Vällingby?", "overview"),
        ("Farsta", "passages"),
        ("Vällingby", "passages"),
        ("Vad säger Hässelby-Vällingby om trygghet?", "passages"),
        ("1.3", "goal_status"),
        ("mål 1.4", "goal_status"),
        ("mål ekonomi i balans status", "goal_status"),
        ("klimatmål status", "goal_status"),
        ("årsmål status", "passages"),
        ("Hur hjälps elever att nå skolans mål?", "passages"),
    ],
)
def test_questions_that_name_reports_or_goals_and_nothing_more(text: str, kind: str) -> None:
    assert asked(text).kind == kind


@pytest.mark.parametrize("text", ["varför?", "och det att som i på", "AND OR NOT (", "1 2 3", "what and why"])
def test_a_question_without_words_to_look_for_is_told_apart(text: str) -> None:
    assert asked(text).empty


@pytest.mark.parametrize("text", ["Hässelby Vällingby äldreomsorg", "vad gör hässelby vällingby för äldre"])
def test_a_blank_stands_for_the_hyphen_of_a_district(text: str) -> None:
    assert asked(text).filters.district == ("Hässelby-Vällingby",)


def test_of_a_long_text_its_question_is_asked() -> None:
    told = "Vi är fler som arbetar med äldre och undrar hur andra gör. " * 8
    question = asked(f"{told}Hur arbetar Hässelby-Vällingby mot ensamhet bland äldre under 2021?")
    assert question.query == "Hur arbetar mot ensamhet bland äldre?"
    assert question.filters == Filters(district=("Hässelby-Vällingby",), year=(2021,))
    assert not question.hinted
    assert [limit.note for limit in question.unused] == ["long_text"]
    assert "fler som arbetar" in asked(f"{told}Hur gör ni?").query

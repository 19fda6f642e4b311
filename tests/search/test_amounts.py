"""Which kind of number is asked for, and which texts have one."""

import pytest

from search.amounts import asks_number, columns_asked, has_amount, measure_asked, tells, types_asked
from search.data_files import phrases
from search.figure_scores import FEATURES, Stretch, features, figure_weights
from search.figure_words import Words, words_of
from search.near_names import said_whole
from search.schema import Citation, IndicatorRow
from search.wording import row_text


@pytest.mark.parametrize(
    ("question", "asks", "measure"),
    [
        ("Hur många ungdomar fick sommarjobb?", True, "count"),
        ("Hur stor andel av ungdomarna fick sommarjobb?", True, "share"),
        ("Hur många fick jobb, och hur stor del av dem var flickor?", True, None),
        ("Vad kostar jourboende i månaden?", True, None),
        ("How big is the deficit?", True, None),
        ("Hur arbetar förskolorna med språk?", False, None),
    ],
)
def test_amounts_asked_for_are_told(question: str, asks: bool, measure: str | None) -> None:
    assert (asks_number(question), measure_asked(question)) == (asks, measure)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("Under 2022 ordnade förvaltningen kurser.", False),
        ("Under 2022 ordnade förvaltningen 14 kurser.", True),
        ("Tre av kurserna ställdes in.", True),
        ("Kostnaden var 2022,5 mnkr.", True),
        ("Kurserna uppskattades.", False),
    ],
)
def test_a_year_alone_is_no_amount(text: str, has: bool) -> None:
    assert has_amount(text) is has


@pytest.mark.parametrize(
    ("question", "text", "tells_it"),
    [
        ("Vad kostade lekparken?", "Lekparken kostade 2,5 mnkr.", True),
        ("Vad kostade lekparken?", "Lekparken har 14 gungor.", False),
        ("Hur många gungor finns?", "Lekparken har 14 gungor.", True),
        ("Hur många gungor finns?", "Lekparken har 1 014 gungor.", True),
        ("Hur många gungor finns?", "År 2022 var 40 procent av gungorna trasiga.", False),
        ("Hur många gungor finns?", "Två gungor är trasiga.", True),
        ("Hur stor del av gungorna är trasiga?", "År 2022 var 40 procent av gungorna trasiga.", True),
        ("När öppnar lekparken?", "Den öppnar till hösten.", True),
        ("När öppnar lekparken?", "Den har 14 gungor.", False),
        ("Hur länge är den stängd?", "Den är stängd i sex veckor.", True),
        ("Hur länge är den stängd?", "Den har sex gungor.", False),
        ("Vilka tak gäller?", "Taket är 14.", True),
        ("Vilka tak gäller?", "Taket är inte satt.", False),
    ],
)
def test_a_text_is_known_to_have_the_type_of_figure_that_is_asked_for(question: str, text: str, tells_it: bool) -> None:
    assert tells(types_asked(question), text) is tells_it


def score(question: str, kind: str, text: str, likeness: float = 1.0) -> float:
    made = features(question, question, [Stretch(kind, text, False, likeness, 0.0)], english=False)
    return float(made[0] @ figure_weights())


def test_every_feature_has_a_weight() -> None:
    made = features("Hur många?", "", [Stretch("paragraph", "Av 20 barn.", True, 1.0, -1.0)] * 2, english=False)
    assert made.shape == (2, len(FEATURES)) == (2, len(figure_weights()))
    assert features("Hur många?", "", [], english=False).shape == (0, len(FEATURES))


def test_a_row_of_the_other_measure_comes_after() -> None:
    share, count = "Andel ungdomar med sommarjobb: 40 %", "Antal ungdomar med sommarjobb: 140 st"
    asked = "Hur många ungdomar fick jobb?"
    assert score(asked, "indicator", share, 1.5) < score(asked, "indicator", count)
    asked = "Hur stor andel av ungdomarna?"
    assert score(asked, "indicator", share) > score(asked, "indicator", count, 1.5)


def test_a_passage_without_a_number_comes_after() -> None:
    plain, told = "Många ungdomar fick sommarjobb.", "Av ungdomarna fick 140 sommarjobb."
    asked = "Hur många ungdomar fick jobb?"
    assert score(asked, "paragraph", plain, 2.0) < score(asked, "paragraph", told)


@pytest.mark.parametrize(
    ("question", "english"),
    [("Hur hög var personalens frånvaro på grund av ohälsa?", False), ("How high is absence due to illness?", True)],
)
def test_a_name_may_be_said_in_other_words(question: str, english: bool) -> None:
    names = ["Sjukfrånvaro", "Sjukfrånvaro dag 1-14", "Index Bra arbetsgivare"]
    assert said_whole(question, names, english=english) == ["Sjukfrånvaro"]


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        ("Hur hög är sjukfrånvaron för kvinnor?", ("women",)),
        ("Vilket årsmål gäller för sjukfrånvaron?", ("target",)),
        ("Vad tror man att sjukfrånvaron blir för hela året?", ("forecast",)),
        ("Hur hög är sjukfrånvaron, jämfört med året före?", ("previous",)),
        ("Which men are ill, and how many women?", ("women",)),
        ("Hur hög är sjukfrånvaron?", ()),
    ],
)
def test_the_columns_that_are_asked_for(question: str, columns: tuple[str, ...]) -> None:
    assert columns_asked(question) == columns


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hur har sjukfrånvaron utvecklats?", "8,7 % (tidigare 9 %, kvinnor 9,2 %)"),
        ("Hur hög är sjukfrånvaron jämfört med förra året?", "8,7 % (tidigare 9 %, kvinnor 9,2 %)"),
        ("Hur hög var sjukfrånvaron förra året?", "tidigare 9 % (utfall 8,7 %, kvinnor 9,2 %)"),
        ("Hur har sjukfrånvaron för kvinnor utvecklats?", "kvinnor 9,2 % (utfall 8,7 %, tidigare 9 %)"),
        ("Hur hög är sjukfrånvaron?", "8,7 % (kvinnor 9,2 %, tidigare 9 %)"),
    ],
)
def test_a_change_is_told_from_the_value(question: str, said: str) -> None:
    cited = Citation(source="r.txt", pages=None, lines=(1, 1), boxes=None, quote="Sjukfrånvaro", sha256="", label="r")
    row = IndicatorRow(
        district="Farsta",
        report="r",
        year=2030,
        period=None,
        name="Sjukfrånvaro",
        value=8.7,
        unit="%",
        men=None,
        women=9.2,
        previous=9.0,
        target=None,
        city_target=None,
        forecast=None,
        note=None,
        citation=cited,
    )
    assert row_text(row, question, phrases("sv")) == said


def words(question: str, *stretches: str, english: bool = False) -> list[Words]:
    return words_of(question, question, stretches, english=english)


def test_the_words_of_a_question_weigh_by_how_rare_they_are_among_the_stretches() -> None:
    one, other, none = words(
        "Hur många hundar finns i parken?", "Parken har hundar.", "Parken är ny.", "Simhallen har 3 bassänger."
    )
    assert one.share == 1.0 > other.share > none.share == 0.0
    assert (one.most, other.most, none.most) == (True, False, False)


def test_a_synonym_counts_in_part_and_english_words_that_no_text_has_do_not() -> None:
    said, meant = words("Hur många vräkningar blev det?", "Vräkningar: 4", "Avhysningar: 4")
    assert said.share > meant.share > 0
    assert words("How many evictions?", "Vräkningar: 4", "Bygget är klart.", english=True)[0].share > 0


def test_a_name_is_what_stands_before_the_colon() -> None:
    assert words("Vad kostar simhallar?", "Simhallar: budget för parker 4,5")[0].of_name == 1.0


@pytest.mark.parametrize(
    ("question", "stretch", "counted"),
    [
        ("Hur många hundar finns?", "Det finns 14 hundar.", True),
        ("Hur många hundar finns?", "Det finns fyra glada små hundar.", True),
        ("Hur många hundar finns?", "Hundarna har 14 matskålar.", False),
        ("Hur många hundar finns?", "40 procent av hundarna är bruna.", False),
        ("Hur många procent av hundarna är bruna?", "Det finns 14 hundar.", False),
        ("Vilka hundar finns?", "Det finns 14 hundar.", False),
        ("How many dogs are there?", "Det finns 14 hundar.", False),
        ("How many children are there?", "Det finns 14 barn.", True),
    ],
)
def test_a_number_counts_what_stands_after_it(question: str, stretch: str, counted: bool) -> None:
    assert words(question, stretch, english=question.startswith("How"))[0].counted is counted

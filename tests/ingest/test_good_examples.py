"""Good examples: those that the report names, and practices with a reported result."""

from collections.abc import Sequence

import pytest

from ingest.block import Run
from ingest.good_examples import find_good_examples
from ingest.report import GoodExample, Passage, PassageKind, Section

FILLER = "Verksamheten har pågått under hela året och följs upp i nästa rapport."


def passage(
    *lines: str,
    part: str | None = "Analys",
    subheading: str | None = None,
    kind: PassageKind = "paragraph",
    first: int = 1,
    between: str = "\n",
) -> Passage:
    """A passage whose text is `lines` of a source, from line `first` on."""
    runs, start = [], 0
    for number, line in enumerate(lines, first):
        runs.append(Run(start, start + len(line), line, number, 0))
        start += len(line) + len(between)
    text = between.join(lines)
    return Passage(0, part, subheading, kind, text, tuple(runs), text, (), (first, first + len(lines) - 1))


def find(*passages: Passage, goal: str | None = "1.2") -> tuple[GoodExample, ...]:
    section = Section(0, None, "verksamhetsomradesmal", goal, "Hamnen", None, (), goal, 1, 99, None, None)
    return find_good_examples([section], passages)


def texts(examples: Sequence[GoodExample]) -> list[str]:
    return [example.text for example in examples]


def test_each_paragraph_under_the_heading_is_an_example() -> None:
    one = "Norra hamnen lånar ut flytvästar till alla skolbarn i området."
    two = "Södra hamnen har öppet hus en kväll i veckan för nya invånare."
    examples = find(passage(one, two, part="Goda exempel", first=5), passage(FILLER, first=9))
    assert texts(examples) == [one, two]
    assert [(e.explicit, e.goal_number, e.line, e.end_line) for e in examples] == [
        (True, "1.2", 5, 5),
        (True, "1.2", 6, 6),
    ]


def test_a_subheading_may_be_the_heading() -> None:
    one = "Norra hamnen lånar ut flytvästar till alla skolbarn i området."
    assert texts(find(passage(one, subheading="Gott exempel från hamnen"))) == [one]


def test_what_stands_under_a_title_of_its_own_is_one_example() -> None:
    one = "Norra hamnen lånar ut flytvästar till alla skolbarn i området."
    two = "Södra hamnen har öppet hus en kväll i veckan för nya invånare."
    (example,) = find(passage(one, two, part="Goda exempel", subheading="Trygg vid vattnet"))
    assert example.text == f"{one}\n{two}"
    assert example.passages == (0,)


def test_a_recurring_heading_ends_the_examples() -> None:
    part = "Goda exempel"
    one = "Norra hamnen lånar ut flytvästar till alla skolbarn i området."
    examples = find(passage(one, part=part), passage(FILLER, part=part, subheading="Agenda 2030", first=3))
    assert texts(examples) == [one]


def test_a_long_paragraph_that_was_cut_is_one_example() -> None:
    one = "Norra hamnen lånar ut flytvästar till alla skolbarn i området."
    two = "Väntetiden till båtarna har minskat från en timme till tio minuter."
    examples = find(passage(one, part="Goda exempel", first=4), passage(two, part="Goda exempel", first=4))
    (example,) = examples
    assert example.passages == (0, 1)
    assert example.evidence == two


def test_hard_wrapped_paragraphs_are_parted_where_a_line_begins_with_another_unit() -> None:
    examples = find(
        passage(
            "I Ekuddens förskolor har barnen byggt en",
            "båt av kartong och seglat den i hallen.",
            "I Tallbackens förskolor har barnen odlat",
            "tång i ett akvarium tillsammans med skolan.",
            part="Goda exempel",
            between=" ",
        )
    )
    assert [(example.unit, example.line, example.end_line) for example in examples] == [
        ("Ekuddens förskolor", 1, 2),
        ("Tallbackens förskolor", 3, 4),
    ]


def test_a_sentence_may_name_the_example() -> None:
    text = f"{FILLER} Ett gott exempel är parkleken Ankaret som lånar ut flytvästar. Barnen badar mer."
    (example,) = find(passage(text))
    assert example.explicit
    assert example.text == "Ett gott exempel är parkleken Ankaret som lånar ut flytvästar. Barnen badar mer."
    assert example.unit == "parkleken Ankaret"


def test_a_naming_sentence_with_a_colon_takes_in_the_next_paragraph() -> None:
    lead, told = (
        "Ett gott exempel från Ekuddens förskolor visar hur:",
        "Barnen har byggt en båt av kartong och seglat den.",
    )
    (example,) = find(passage(lead), passage(told, first=3))
    assert example.text == f"{lead}\n{told}"
    assert (example.line, example.end_line, example.passages) == (1, 3, (0, 1))


@pytest.mark.parametrize(
    "text",
    [
        "Nätverket träffas för att sprida goda exempel mellan hamnarna i staden.",
        "Hamnmästarna byter kunskap och goda exempel med grannarna en gång om året.",
        "Hamnen är ett exempel på hur staden växer.",
    ],
)
def test_talk_about_good_examples_is_none(text: str) -> None:
    assert find(passage(text)) == ()


def test_a_practice_with_a_result_is_an_example_of_its_own_kind() -> None:
    told = "Hamnen har prövat en ny metod för utlåning av båtar. Metoden har lett till att fler barn seglar."
    (example,) = find(passage(told))
    assert not example.explicit
    assert example.evidence == "Metoden har lett till att fler barn seglar."


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        (
            "Fyrens sjömän har besökt alla skolor. Insatsen har lett till att fler barn kan simma.",
            "Insatsen har lett till att fler barn kan simma.",
        ),
        (
            "Arbetet vid kajen pågår. Uppföljning visar att besökarna är mycket nöjda med båtlånet.",
            "Uppföljning visar att besökarna är mycket nöjda med båtlånet.",
        ),
        (
            "Samverkan har skett med klubbarna. Syftet var ett ökat lärande. Torgdagarna var uppskattade.",
            "Torgdagarna var uppskattade.",
        ),
        (
            "Ett projekt om segling har genomförts med skolan, vilket fallit väl ut.",
            "Ett projekt om segling har genomförts med skolan, vilket fallit väl ut.",
        ),
    ],
)
def test_the_result_may_stand_in_another_sentence_than_the_practice(text: str, evidence: str) -> None:
    assert [(example.explicit, example.evidence) for example in find(passage(text))] == [(False, evidence)]


@pytest.mark.parametrize(
    "text",
    [
        "Arbetet har bidragit till en levande hamn genom samarbete med klubbarna.",
        "Samarbetet har inte lett till fler anmälningar från hamnen.",
        "Arbetet har lett till färre vikarier men målet har dock inte nåtts.",
        "Arbetet med hamnen fortsätter. Covid-19 har resulterat i fler vikarier.",
        "Insatserna har bidragit till mål 10 i Agenda 2030, minskad ojämlikhet.",
    ],
)
def test_what_led_to_nothing_better_is_no_example(text: str) -> None:
    assert not find(passage(text))


def test_evidence_is_not_what_was_meant_to_be() -> None:
    text = "Syftet med dagen var att ge ökat samarbete. Utvärderingen visade att dagen var lyckad."
    (example,) = find(passage(text, part="Goda exempel"))
    assert example.evidence == "Utvärderingen visade att dagen var lyckad."


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Metoden ska bidra till att fler barn seglar och ger på sikt goda resultat.", "Analys"),
        ("Arbetet har lett till ökade kostnader för hamnen.", "Analys"),
        ("Metoden har lett till att fler barn seglar i hamnen.", "Förväntat resultat"),
    ],
)
def test_what_is_hoped_for_or_regretted_is_none(text: str, part: str) -> None:
    assert find(passage(text, part=part)) == ()


def test_table_rows_are_none() -> None:
    row = "Ett gott exempel är parkleken Ankaret som lånar ut flytvästar."
    assert find(passage(row, kind="activity"), passage(row, part="Goda exempel", kind="indicator")) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Hamnens båtlån är ett lyckat exempel som fler tar efter.",
        "Simskolan är ett exempel på framgångsrikt arbete med föreningar.",
        "Goda exempel på detta är båtlånet och simskolan.",
        "Det finns goda exempel på hur båtlånet används av klubbarna.",
    ],
)
def test_sentences_that_present_an_example(sentence: str) -> None:
    assert [example.explicit for example in find(passage(sentence))] == [True]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hamnarna träffas för att ta del av goda exempel på båtlån.",
        "Nämnden ska sprida goda exempel på båtlån till alla hamnar.",
        "Personalen har tagit del av ett gott exempel i en annan stad.",
        "Klubbarna delar goda exempel med varandra.",
    ],
)
def test_mere_mentions_of_examples(sentence: str) -> None:
    assert not find(passage(sentence))


def test_a_practice_that_others_have_taken_up_is_described() -> None:
    (example,) = find(passage("Metoden med båtlån har spridits till tre andra hamnar i staden."))
    assert not example.explicit


def test_what_is_owed_to_money_or_goes_badly_is_no_example() -> None:
    assert not find(
        passage("Samarbetet har lett till fler båtlån. Dessvärre flyttar nedskräpningen till en annan kaj.")
    )
    assert not find(passage("Arbetet har bidragit till att inriktningsmålet nås."))


def test_what_is_only_spread_is_no_example() -> None:
    told = "Samarbetet mellan hamnarna har ökat kunskapen om båtar hos alla som arbetar där."
    spread = "En sammanställning om samarbetet har spridits till beställarna under våren."
    assert texts(find(passage(told), passage(spread))) == [told]

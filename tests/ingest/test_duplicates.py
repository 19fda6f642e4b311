"""Paragraphs printed twice are linked; other passages, short ones and table rows are not."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.duplicates import link_duplicates
from ingest.report import Passage, PassageKind

TEXT = (
    "Förskolorna har under våren prövat ett gemensamt schema för utevistelse, och barnen vistas nu ute en timme mer "
    "varje dag än året före enligt personalens egna anteckningar från de åtta avdelningarna."
)
OTHER = "Fritidsgården har öppet alla kvällar i veckan och har besökts av fler flickor än under något tidigare år."


def passage(text: str, kind: PassageKind = "paragraph") -> Passage:
    return Passage(0, None, None, kind, text, (), text, (), None)


def links(*passages: Passage) -> list[int | None]:
    return [found.duplicate_of for found in link_duplicates(passages)]


def test_the_same_paragraph_again() -> None:
    assert links(passage(TEXT), passage(OTHER), passage(TEXT)) == [None, None, 0]


def test_a_changed_word_and_other_marks() -> None:
    assert links(passage(TEXT), passage(TEXT.upper().replace(",", " –"))) == [None, 0]
    assert links(passage(TEXT), passage(TEXT.replace("Förskolorna", "Förskolor"))) == [None, 0]


def test_every_copy_points_to_the_first() -> None:
    assert links(passage(TEXT), passage(TEXT), passage(TEXT)) == [None, 0, 0]


def test_longer_text_with_the_paragraph_in_it_is_another_passage() -> None:
    assert links(passage(TEXT), passage(f"{TEXT} {OTHER}")) == [None, None]


def test_short_passages_and_table_rows_are_left_alone() -> None:
    assert links(passage("Arbetet pågår."), passage("Arbetet pågår.")) == [None, None]
    assert links(passage(TEXT, "indicator"), passage(TEXT, "indicator")) == [None, None]


@settings(deadline=None)
@given(st.lists(st.sampled_from([TEXT, OTHER, TEXT.replace("våren", "hösten"), f"{OTHER} {TEXT}", ""]), max_size=8))
def test_links_point_back_to_originals(texts: list[str]) -> None:
    found = link_duplicates([passage(text) for text in texts])
    for index, one in enumerate(found):
        assert replace(one, duplicate_of=None) == passage(texts[index])
        if one.duplicate_of is not None:
            assert one.duplicate_of < index
            assert found[one.duplicate_of].duplicate_of is None

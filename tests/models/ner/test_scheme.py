"""Words, tags and spans."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ner.corpora import LABELS, Span
from models.ner.scheme import TAGS, Found, first_pieces, spans, tags, word_spans
from models.ner.tagger import decode


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in word_spans(text)]


def test_hyphens_and_colons_hold_a_word_together() -> None:
    assert words("LSS-verksamhet, Kista/Husby och FN:s (SIG).") == [
        *("LSS-verksamhet", ",", "Kista", "/", "Husby", "och", "FN:s", "(", "SIG", ")", ".")
    ]


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Eva Berg i Sala", ((0, 8, "PER"), (11, 15, "LOC"))),
        ("lagen (2010:801) om test gäller", ((0, 24, "LAW"),)),
        ("Kista, Husby", ((0, 5, "LOC"), (7, 12, "LOC"))),
        ("Sala Berg", ((0, 4, "LOC"), (5, 9, "LOC"))),
    ],
)
def test_tags_lead_back_to_the_spans(text: str, entities: tuple[Span, ...]) -> None:
    found = word_spans(text)
    tagged = tags(found, entities)
    assert tuple((n.start, n.end, n.label) for n in spans(found, tagged, [1.0] * len(found))) == entities


@given(st.lists(st.integers(0, len(TAGS) - 1), max_size=12))
def test_any_tags_give_spans_in_order(tagged: list[int]) -> None:
    found = [(3 * n, 3 * n + 2) for n in range(len(tagged))]
    names = spans(found, tagged, [0.5] * len(found))
    assert all(a.end <= b.start for a, b in pairwise(names))
    assert sum(tag > 0 for tag in tagged) == sum((n.end - n.start + 1) // 3 for n in names)


def test_first_pieces_point_at_the_piece_that_begins_the_word_or_holds_it() -> None:
    pieces = [(0, 0), (0, 3), (3, 5), (5, 7), (8, 10), (0, 0)]
    assert first_pieces([(0, 5), (5, 6), (6, 7), (8, 10), (11, 14)], pieces[:-1]) == [1, 3, 3, 4, -1]


def test_a_label_is_as_sure_as_its_b_and_i_together() -> None:
    chances = np.full((2, len(TAGS)), 0.01, np.float32)
    begins, inside = TAGS.index("B-ORG"), TAGS.index("I-ORG")
    chances[0, begins], chances[0, inside] = 0.5, 0.4
    chances[1, inside], chances[1, begins] = 0.6, 0.1
    (found,) = decode([(0, 4), (5, 9)], chances)
    assert (found.start, found.end, found.label) == (0, 9, "ORG")
    assert found.confidence == pytest.approx(0.7)
    assert Found(0, 4, LABELS[1], 1.0) != found

"""Sentence spans."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Målet uppfylls. Arbetet fortsätter!", ["Målet uppfylls.", "Arbetet fortsätter!"]),
        (
            "Stödet ges t.ex. Anna och bl.a. Bo kl. 10.30 varje dag.",
            ["Stödet ges t.ex. Anna och bl.a. Bo kl. 10.30 varje dag."],
        ),
        ("Bad, lek m.m. Sedan kom hösten.", ["Bad, lek m.m.", "Sedan kom hösten."]),
        ("1.2. Stockholm är tryggt. 3 av 10 svarade.", ["1.2. Stockholm är tryggt.", "3 av 10 svarade."]),
        ("Det var 2021. Nu är det 2022.", ["Det var 2021.", "Nu är det 2022."]),
        ("Mötet leddes av A. Berg. Alla kom.", ["Mötet leddes av A. Berg.", "Alla kom."]),
        ("Rubrik\n\nText.", ["Rubrik", "Text."]),
        ("Följande gjordes:\n- lek\n- bad\noch mer", ["Följande gjordes:", "- lek", "- bad\noch mer"]),
        ("Följande: • lek • bad", ["Följande:", "• lek", "• bad"]),
        ("Se (bilaga 1.) Därefter.", ["Se (bilaga 1.)", "Därefter."]),
        ("", []),
        (" \n\n ", []),
    ],
)
def test_spans(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text(alphabet='Aa åÖ.!?\n•-1)" ', max_size=80))
def test_spans_hold_everything_but_blanks(text: str) -> None:
    spans = sentences(text)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    assert all(character.isspace() or place in covered for place, character in enumerate(text))

"""A printed cell becomes a number with its unit, or stays words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.values import is_unit, parse_value


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("2,9 %", 2.9, "%"),
        ("90%", 90.0, "%"),
        ("1 234,5", 1234.5, None),
        ("9 000 st", 9000.0, "st"),
        ("1.234.567", 1234567.0, None),
        ("66.07", 66.07, None),
        ("-3,6", -3.6, None),
        ("- 3,6", -3.6, None),
        ("−3,6 mnkr", -3.6, "mnkr"),
        ("+/- 1 %", 1.0, "%"),
        ("13,1 barn/avd.", 13.1, "barn/avd."),
        ("1,8 kg CO2 per kg livsmedel", 1.8, "kg CO2 per kg livsmedel"),
        ("1,70 kg CO ₂ per kg livsmedel", 1.7, "kg CO ₂ per kg livsmedel"),
        ("Max 10 personer", 10.0, "personer"),
        ("0", 0.0, None),
        ("2022", 2022.0, None),
    ],
)
def test_figures_are_read_in_swedish_notation(text: str, number: float, unit: str | None) -> None:
    value = parse_value(text)
    assert value is not None
    assert (value.number, value.unit, value.text) == (number, unit, text)


@pytest.mark.parametrize(
    "text", ["Tas fram av nämnd", "öka", "IU", "-", "Fastställs 2021", "2,7 % 3 %", "1-3 år", "T1"]
)
def test_words_have_no_number(text: str) -> None:
    value = parse_value(text)
    assert value is not None
    assert (value.number, value.unit, value.text) == (None, None, text)


@pytest.mark.parametrize("text", ["", "  ", "\t"])
def test_an_empty_cell_has_no_value(text: str) -> None:
    assert parse_value(text) is None


def test_white_space_in_the_printed_cell_is_folded() -> None:
    value = parse_value(" 28\u00a0 st ")
    assert value is not None
    assert (value.number, value.unit, value.text) == (28.0, "st", "28 st")


def test_known_units_are_units_in_any_case() -> None:
    assert is_unit("MNKR")
    assert not is_unit("nämnd")


@settings(deadline=None)
@given(st.integers(-999_999_999, 999_999_999), st.integers(0, 99), st.sampled_from(["", " %", " mnkr"]))
def test_every_number_is_read_back(whole: int, hundredths: int, unit: str) -> None:
    printed = f"{whole:,}".replace(",", " ") + f",{hundredths:02d}{unit}"
    value = parse_value(printed)
    assert value is not None
    sign = -1 if whole < 0 else 1
    assert value.number == pytest.approx(whole + sign * hundredths / 100)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    value = parse_value(text)
    assert value is None or value.text == " ".join(text.split())

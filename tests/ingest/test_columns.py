"""Column headings are mended to their standard form and given a role."""

import pytest

from ingest.columns import begins_cell_phrase, column_of, is_cell_phrase, kind_of_heading, table_rules


@pytest.mark.parametrize(
    ("printed", "mended", "role"),
    [
        ("Periodens utfall", "Periodens utfall", "value"),
        ("Utfall kvinn or/ flickor", "Utfall kvinnor/flickor", "women"),
        ("Utfall män/ pojkar", "Utfall män/pojkar", "men"),
        ("Perio dens utfall VB 2020", "Periodens utfall VB 2020", "previous"),
        ("Utfall VB 20 23", "Utfall VB 2023", "previous"),
        ("Progno s helår", "Prognos helår", "forecast"),
        ("Prognoss helår", "Prognos helår", "forecast"),
        ("Arsmål", "Årsmål", "target"),
        ("KF:s årsmål", "KF:s årsmål", "city_target"),
        ("Periodicitet", "Periodicitet", "periodicity"),
        ("SLUTDATUM", "Slutdatum", "end"),
        ("Egen  kolumn", "Egen kolumn", "other"),
    ],
)
def test_headings_are_mended(printed: str, mended: str, role: str) -> None:
    column = column_of(printed)
    assert (column.heading, column.role) == (mended, role)


def test_the_first_heading_tells_the_kind() -> None:
    assert kind_of_heading("Indikator") == "indicator"
    assert kind_of_heading("Akti-vitet") == "activity"
    assert kind_of_heading("Verksamhet") is None


def test_cells_of_words_are_known_whole_and_begun() -> None:
    assert is_cell_phrase("Tas fram av nämnd/ styrelse")
    assert begins_cell_phrase("Tas fram av")
    assert not is_cell_phrase("Tas fram av")
    assert not begins_cell_phrase("Tar fram")


def test_no_two_rules_share_a_heading() -> None:
    headings = [rule.heading for rule in table_rules().columns]
    assert len(headings) == len(set(headings))

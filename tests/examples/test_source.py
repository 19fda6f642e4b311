"""A source file that breaks the schema is refused with a message that says where."""

from pathlib import Path

import pytest

from examples.source import SourceError, load_source

GOOD = """
id: prov
formats: [md]
title: Verksamhetsplan 2022 för Farsta stadsdelsnämnd
board: Farsta stadsdelsnämnd
administration: Farsta stadsdelsförvaltning
district: Farsta
type: verksamhetsplan
year: 2022
date: "2021-12-01"
diary_number: EX 1
officers: [Ingela Rosenhammar]
indicator_columns: [Indikator, Årsmål, Periodicitet]
indicator_period: År
activity_columns: [Aktivitet, Startdatum, Slutdatum]
sections:
- kind: namndmal
  title: Alla har en bok
  indicators:
  - Antal böcker | 12
"""


def write(folder: Path, text: str, name: str = "prov.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_row_may_be_a_plain_string(tmp_path: Path) -> None:
    source = load_source(write(tmp_path, GOOD))
    assert source.indicator_values(source.sections[0].indicators[0]) == ("Antal böcker", "12", "År")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Antal böcker | 12", "Antal böcker | 12 | 13", "3 celler men ska ha 2"),
        ("kind: namndmal", "kind: delmål", "sections.0.kind"),
        ("board:", "bord:", "board"),
        ("id: prov", "id: annat", "ska vara prov"),
        ("officers: [", "officers: [[", "giltig YAML"),
    ],
)
def test_wrong_source_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(SourceError, match=r"prov\.yaml") as caught:
        load_source(write(tmp_path, GOOD.replace(old, new)))
    assert said in str(caught.value)

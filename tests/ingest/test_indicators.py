"""Indicator rows as typed data."""

from ingest.indicators import indicator_of
from ingest.report import Value
from ingest.tables import find_tables
from ingest.text_reader import read_text

LINES = (
    "Indikator\tPeriodens utfall\tUtfall män/ pojkar\tUtfall kvinnor/ flickor\tUtfall VB 2030\tPrognos helår\tÅrsmål"
    "\tKF:s årsmål\tPeriod",
    "Antal båtar\t28 st\t5 st\t\t1 022 st\t28\t25 st\tTas fram av nämnd\tTertial 1 2031",
    "Analys Fler båtar.\t\t\t\t\t\t\t\t",
)


def test_every_column_finds_its_field() -> None:
    (region,) = find_tables(read_text("\n".join(LINES).encode(), "prov.txt").blocks)
    indicator = indicator_of(region.rows[0], section=4, goal_number="1.2", passage=9)
    assert (indicator.section, indicator.goal_number, indicator.passage) == (4, "1.2", 9)
    assert (indicator.name, indicator.note, indicator.period) == ("Antal båtar", "Fler båtar.", "Tertial 1 2031")
    assert indicator.value == Value(28.0, "st", "28 st")
    assert indicator.men == Value(5.0, "st", "5 st")
    assert indicator.women is None
    assert indicator.previous == Value(1022.0, "st", "1 022 st")
    assert indicator.forecast == Value(28.0, None, "28")
    assert indicator.target == Value(25.0, "st", "25 st")
    assert indicator.city_target == Value(None, None, "Tas fram av nämnd")
    assert (indicator.line, indicator.page) == (2, None)
    assert dict(indicator.values)["Utfall kvinnor/flickor"] == ""

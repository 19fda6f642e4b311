"""Activity rows as typed data."""

from ingest.activities import activity_of
from ingest.report import Activity
from ingest.tables import find_tables
from ingest.text_reader import read_text


def read(*rows: str) -> list[Activity]:
    lines = ("Aktivitet\tStartdatum\tSlutdatum\tAvvikelse", *rows)
    (region,) = find_tables(read_text("\n".join(lines).encode(), "prov.txt").blocks)
    return [activity_of(row, section=1, goal_number=None, passage=2) for row in region.rows]


def test_dates_deviation_and_note() -> None:
    (activity,) = read("Byt rep\t2031-01-01\t2031-12-31\tAvvikelse", "Analys Repen är slut.\t\t\t")
    assert (activity.name, activity.start, activity.end) == ("Byt rep", "2031-01-01", "2031-12-31")
    assert (activity.deviation, activity.note, activity.line) == ("Avvikelse", "Repen är slut.", 2)


def test_what_is_no_date_is_no_date() -> None:
    (activity,) = read("Byt rep\tvåren\t2031-12-31\t")
    assert (activity.start, activity.end, activity.deviation) == (None, "2031-12-31", None)

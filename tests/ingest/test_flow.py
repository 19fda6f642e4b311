"""How printed lines become running text."""

import pytest

from ingest.flow import join, measure
from ingest.text_reader import read_text

BODY = """Arbetet med trygghet har gått bra under hela året, och fler invånare än förut
säger att de känner sig trygga i området. Hässelby-Vällingby har fått en park
som barnen har valt namn på, och den invigs i maj när våren kommer till staden.
"""


def joined(lines: str) -> str:
    blocks = [block for block in read_text(lines.encode(), "a.txt").blocks if block.text]
    flow = measure([*read_text(BODY.encode(), "b.txt").blocks, *blocks], "txt")
    return join(blocks, flow).text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("mer trygg-\nhet här", "mer trygghet här"),
        ("en omslut-\nning", "en omslutning"),
        ("i Hässelby-\nVällingby", "i Hässelby-Vällingby"),
        ("i Spånga-\nTensta", "i Spånga-Tensta"),
        ("barn-\noch unga", "barn- och unga"),
        ("januari-\njuni", "januari-juni"),
        ("18-\n24 år", "18-24 år"),
        ("SHIS-\nbostäder", "SHIS-bostäder"),
        ("covid-19-\npandemin", "covid-19-pandemin"),
        ("e-\nplattform", "e-plattform"),
        ("män/\npojkar", "män/pojkar"),
        ("år 2022 –\nett bra år", "år 2022 – ett bra år"),
    ],
)
def test_line_ends(lines: str, text: str) -> None:
    assert joined(lines) == text


def test_wrapped_text_is_told_from_a_paragraph_a_line() -> None:
    assert measure(read_text((BODY * 3).encode(), "a.txt").blocks, "txt").wrapped
    long = "En hel mening som är lång och står på en rad för sig. " * 5
    assert not measure(read_text(f"{long}\n\n{long}\n\n{long}".encode(), "a.txt").blocks, "txt").wrapped
    assert not measure(read_text(BODY.encode(), "a.txt").blocks, "docx").wrapped

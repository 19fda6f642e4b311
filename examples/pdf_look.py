"""What differs between the two PDF layouts. Lengths are PDF points."""

from dataclasses import dataclass

from examples.pdf_page import Frame


@dataclass(frozen=True, slots=True)
class Look:
    """What differs between the layouts."""

    body: str
    bold: str
    size: float
    leading: float
    heading_sizes: tuple[float, float, float]
    """By heading level."""
    label_size: float
    table: str
    table_bold: str
    table_size: float
    ruled: bool
    hyphens: bool
    bookmarks: bool
    columns: bool
    """Whether chapters are set in two columns."""
    frame: Frame


LOOK_A = Look("tiro", "hebo", 11, 14, (15, 13, 12), 11.5, "helv", "hebo", 8, True, True, True, False,
              Frame(71, 524, 112, 770))  # fmt: skip
LOOK_B = Look("helv", "hebo", 10, 13.5, (10, 10, 10), 10, "helv", "hebo", 8, False, False, False, True,
              Frame(62, 533, 74, 776))  # fmt: skip

"""Tables without vertical rules."""

from ingest.pdf_page import Piece, Rule
from ingest.pdf_tables import unruled_tables

_LETTER = 4.0
_HEADER = [(0, "Indikator"), (160, "Utfall"), (220, "Årsmål"), (280, "Period")]


def line(baseline: float, *cells: tuple[float, str], bold: bool = False) -> list[Piece]:
    """Pieces of one printed line, each at its x."""
    return [
        Piece(
            line=int(baseline * 10) + place,
            start=0,
            last=True,
            raw=text,
            edges=tuple(x + _LETTER * n for n in range(len(text) + 1)),
            y0=baseline - 8,
            y1=baseline + 2,
            baseline=baseline,
            size=8.0,
            bold=bold,
            italic=False,
            color=None,
            upright=True,
        )
        for place, (x, text) in enumerate(cells)
    ]


def rule(y: float) -> Rule:
    return Rule(0, y, 330, y)


def rows(lines: list[list[Piece]], rules: list[Rule] | None = None) -> list[list[str]]:
    """The cells of the tables, lines of a cell parted by a bar."""
    tables, _ = unruled_tables([piece for line in lines for piece in line], rules or [])
    return [["|".join(piece.raw for piece in cell) for cell in row] for table in tables for row in table.rows]


def test_a_table_goes_on_after_a_comment_across_its_columns() -> None:
    found = rows(
        [
            line(20, *_HEADER, bold=True),
            line(36, (0, "Andel lekparker med gungor"), (160, "52 %"), (220, "60 %"), (280, "2031")),
            line(46, (0, "som gnisslar")),
            line(62, (0, "Analys"), bold=True),
            line(72, (0, "Fem parker fick nya gungor under våren, och två väntar på sina.")),
            line(88, (0, "Antal äppelträd"), (160, "14"), (280, "2031")),
            line(98, (0, "i parkerna")),
        ]
    )
    assert found == [
        ["Indikator", "Utfall", "Årsmål", "Period"],
        ["Andel lekparker med gungor|som gnisslar", "52 %", "60 %", "2031"],
        ["Analys|Fem parker fick nya gungor under våren, och två väntar på sina.", "", "", ""],
        ["Antal äppelträd|i parkerna", "14", "", "2031"],
    ]


def test_text_after_a_table_is_no_comment() -> None:
    lines = [
        line(20, *_HEADER, bold=True),
        line(36, (0, "Antal äppelträd"), (160, "14"), (220, "20"), (280, "2031")),
        line(52, (0, "Träden planterades av de boende själva och alla tog sig fint.")),
        line(62, (0, "Nästa år planteras plommon.")),
    ]
    _, rest = unruled_tables([piece for printed in lines for piece in printed])
    assert [piece.raw for piece in rest] == [lines[2][0].raw, lines[3][0].raw]


def test_rows_with_no_space_between_them_begin_where_many_cells_do() -> None:
    found = rows(
        [
            line(20, *_HEADER, (340, "Prognos"), bold=True),
            line(30, (0, "Antal platser för"), (160, "14"), (220, "Tas fram"), (280, "Tertial 2"), (340, "3")),
            line(40, (0, "Feriejobb"), (220, "av nämnd")),
            line(50, (0, "Antal äppelträd"), (160, "14"), (220, "20"), (280, "Tertial 2"), (340, "4")),
        ]
    )
    assert found[1:] == [
        ["Antal platser för|Feriejobb", "14", "Tas fram|av nämnd", "Tertial 2", "3"],
        ["Antal äppelträd", "14", "20", "Tertial 2", "4"],
    ]


def test_rules_between_rows_hold_cells_centred_in_height_together() -> None:
    found = rows(
        [
            line(20, *_HEADER, bold=True),
            line(40, (0, "Andel lekparker med")),
            line(45, (160, "52 %"), (220, "60 %"), (280, "2031")),
            line(50, (0, "gungor")),
            line(70, (0, "Antal äppelträd i alla")),
            line(75, (160, "14"), (220, "20"), (280, "2031")),
            line(80, (0, "parker")),
        ],
        [rule(28), rule(58), rule(88)],
    )
    assert found[1:] == [
        ["Andel lekparker med|gungor", "52 %", "60 %", "2031"],
        ["Antal äppelträd i alla|parker", "14", "20", "2031"],
    ]


def test_the_shade_of_a_header_and_a_sum_does_not_make_one_row_of_the_others() -> None:
    found = rows(
        [
            line(20, (0, "Mnkr"), (160, "Budget"), (220, "Utfall"), bold=True),
            line(32, (0, "Parker"), (160, "1,0"), (220, "1,1")),
            line(44, (0, "Gator"), (160, "2,0"), (220, "2,1")),
            line(56, (0, "Summa"), (160, "3,0"), (220, "3,2")),
        ],
        [rule(12), rule(24), rule(47), rule(60)],
    )
    assert [row[0] for row in found] == ["Mnkr", "Parker", "Gator", "Summa"]


def test_a_heading_and_the_figures_beside_it_are_one_column() -> None:
    found = rows(
        [
            line(20, (160, "2031"), (220, "2030")),
            line(40, (0, "Antal fester"), (180, "14"), (240, "16")),
            line(50, (0, "Antal gäster"), (180, "99"), (240, "70")),
        ]
    )
    assert found == [["", "2031", "2030"], ["Antal fester", "14", "16"], ["Antal gäster", "99", "70"]]


def test_one_header_ends_where_another_begins() -> None:
    tables, _ = unruled_tables(
        [
            *line(20, *_HEADER, bold=True),
            *line(32, (0, "Antal äppelträd"), (160, "14"), (220, "20"), (280, "2031")),
            *line(48, (0, "Aktivitet"), (200, "Startdatum"), (280, "Slutdatum"), bold=True),
            *line(60, (0, "Plantera tre äppelträd i parken vid torget"), (200, "2031-04-01"), (280, "2031-05-01")),
        ]
    )
    assert [len(table.rows[0]) for table in tables] == [4, 3]


def test_a_header_over_nothing_but_a_comment_is_a_table() -> None:
    header = [(0, "Aktivitet"), (160, "Startdatum"), (220, "Slutdatum"), (280, "Avvikelse")]
    found = rows([line(20, *header, bold=True), line(36, (0, "Analys Gungorna hänger på plats igen."))])
    assert found == [[text for _, text in header], ["Analys Gungorna hänger på plats igen.", "", "", ""]]
    assert not rows([line(20, *header, bold=True), line(36, (0, "Gungorna hänger på plats."))])

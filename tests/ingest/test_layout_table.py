"""Tables in text that keeps its columns."""

from ingest.block import Block
from ingest.markup_reader import read_markdown
from ingest.text_reader import read_text

_FIGURES = """\
1         Ekonomi
          Nämndens kostnader ökar under året, och det beror mest på högre hyror i parkerna.

                                                 Utfall          Budget
            Belopp i mnkr                                                      Avvikelse
                                                 2031            2031

            Intäkter                                 1 420,1          1 434,1              -14,0
            Kostnader för hyror och                 -1 451,4         -1 472,3               20,9
            städning
            Summa                                         0,5            -2,0              2,5

          Texten går vidare i vanliga rader under tabellen.
"""

_INDICATORS = """\
            Indikator                            Utfall       Årsmål       KF:s         Period
                                                                           årsmål

            Andel lekparker som har              52 %         60 %         75 %         Tertial 1
            Nya Gungor                                                                  2031
            Analys
            Fem parker fick nya gungor under våren, och två väntar på sina.
            Antal planterade äppelträd           14                        20 st        Tertial 1
                                                                                        2031

          Nästa stycke.
"""


def rows(text: str) -> list[list[str]]:
    blocks = read_text(text.encode(), "r.txt").blocks
    return [[cell.text for cell in block.cells] for block in blocks if block.cells is not None]


def block_with(text: str, words: str) -> Block:
    return next(block for block in read_text(text.encode(), "r.txt").blocks if words in block.text)


def test_figures_stand_under_their_headings() -> None:
    found = rows(_FIGURES)
    assert found[-3:] == [
        ["Intäkter", "1 420,1", "1 434,1", "-14,0"],
        ["Kostnader för hyror och städning", "-1 451,4", "-1 472,3", "20,9"],
        ["Summa", "0,5", "-2,0", "2,5"],
    ]
    assert len({len(row) for row in found}) == 1


def test_rows_of_named_tables_take_their_lines_and_comments_together() -> None:
    assert rows(_INDICATORS)[-3:] == [
        ["Andel lekparker som har Nya Gungor", "52 %", "60 %", "75 %", "Tertial 1 2031"],
        ["Analys Fem parker fick nya gungor under våren, och två väntar på sina.", "", "", "", ""],
        ["Antal planterade äppelträd", "14", "", "20 st", "Tertial 1 2031"],
    ]


def test_a_row_says_what_its_lines_say_from_left_to_right() -> None:
    row = block_with(_FIGURES, "Kostnader")
    assert row.text == "Kostnader för hyror och -1 451,4 -1 472,3 20,9 städning"
    assert [row.text[run.start : run.end].split() for run in row.runs] == [run.raw.split() for run in row.runs]
    assert [run.line for run in row.runs] == [9, 10]


def test_running_text_headings_and_contents_stay_lines() -> None:
    contents = "".join(f"     {n}     Rubrik {n} ................    {n + 3}\n" for n in range(1, 9))
    assert rows(contents) == []
    headings = "".join(f"{n}.1       Rubrik nummer {n}\n" for n in range(1, 9))
    assert rows(headings) == []
    assert block_with(_FIGURES, "Nämndens kostnader").cells is None


def test_text_with_single_gaps_is_no_table() -> None:
    assert rows("Andel gungor \n\n2,7 %   2,7 % 3 % Tertial \n1 2031 \n" * 4) == []


def test_markdown_keeps_one_block_a_line() -> None:
    assert len(read_markdown(_FIGURES.encode(), "r.md").blocks) == len(_FIGURES.splitlines())


def test_comments_right_below_rows_and_rows_right_below_comments_are_rows_of_their_own() -> None:
    table = """\
Indikator                       Utfall       Årsmål       KF:s         Period
                                                          årsmål

Andel gungor som är nya         52 %         60 %         75 %         Tertial 1
                                                                       2031
Analys Gungorna kom i maj.
Antal planterade äppelträd      14           15 st        20 st        Tertial 1
                                                                       2031
Analys Två träd väntar.
"""
    assert rows(table)[-4:] == [
        ["Andel gungor som är nya", "52 %", "60 %", "75 %", "Tertial 1 2031"],
        ["Analys Gungorna kom i maj.", "", "", "", ""],
        ["Antal planterade äppelträd", "14", "15 st", "20 st", "Tertial 1 2031"],
        ["Analys Två träd väntar.", "", "", "", ""],
    ]


def test_page_headers_inside_a_table_take_no_room() -> None:
    lines = _INDICATORS.splitlines()
    whole = rows(_INDICATORS)
    for place in range(3, 9):
        text = "\n".join([*lines[:place], "Tjänsteutlåtande", "Sid 4 (9)", "", *lines[place:]])
        assert rows(text) == whole

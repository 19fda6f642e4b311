"""Rows as jsonl, csv, tsv or xlsx, written as they come; no cell can become a formula."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Literal, get_args

from search.errors import UsageError
from search.views import ExportKind

Format = Literal["jsonl", "csv", "tsv", "xlsx"]
FORMATS: tuple[Format, ...] = ("jsonl", "csv", "tsv", "xlsx")
Asked = Literal["hits", "answer", "series"]
"""Lists that a question makes: every candidate passage, the rows of an answer, an indicator over time."""
Kind = Literal[ExportKind, "matrix", Asked]
"""Everything that can be exported: what the archive holds, goals against districts and years, and answers."""
ASKED: tuple[Asked, ...] = get_args(Asked)
KINDS: tuple[Kind, ...] = get_args(Kind)
MEDIA_TYPES: dict[Format, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Row = Mapping[str, object]

_SHEET_ROWS = 1_048_576
"""Rows that a worksheet can hold (ECMA-376; "Excel specifications and limits")."""
_CELL_CHARACTERS = 32_767
"""Characters that a cell can hold, same source."""
_FORMULA = re.compile(r"[\s\0]*[=+\-@＝＋－＠]|[\t\r\n]")
"""Beginnings that a spreadsheet may run (OWASP, "CSV Injection")."""
_NUMBER = re.compile(r"[+\-−]?\d[\d\s.,]*( ?%)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def check_kind(kind: str, format: str) -> Format:
    """The format as a type. Raises UsageError for a kind or a format that does not exist."""
    if kind not in KINDS:
        raise UsageError(f"Slaget {kind} går inte att exportera; välj ett av {', '.join(KINDS)}.")
    if format not in FORMATS:
        raise UsageError(f"Formatet {format} finns inte; välj ett av {', '.join(FORMATS)}.")
    return format


def write_rows(rows: Iterable[Row], format: Format, target: BinaryIO, note: Sequence[Sequence[str]] = ()) -> int:
    """Write all rows and give their number. xlsx needs the whole file before it can be written, and holds `note` (lines
    of cells) on a sheet of its own."""
    if format == "xlsx":
        return _write_xlsx(rows, target, note)
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for count, row in enumerate(rows, start=1):  # noqa: B007 - the count is the result
            yield row

    for line in lines(counted(), format):
        target.write(line.encode())
    return count


def lines(rows: Iterable[Row], format: Format) -> Iterator[str]:
    """The rows as lines of text, each made when it is asked for. Not for xlsx."""
    return json_lines(rows) if format == "jsonl" else csv_lines(rows, "\t" if format == "tsv" else ",")


def json_lines(rows: Iterable[Row]) -> Iterator[str]:
    """One JSON object a line."""
    for row in rows:
        yield _CONTROL_SURROGATES.sub("\ufffd", json.dumps(row, ensure_ascii=False)) + "\n"


_CONTROL_SURROGATES = re.compile("[\ud800-\udfff]")


def csv_lines(rows: Iterable[Row], separator: str = ",") -> Iterator[str]:
    """A heading line, then a line a row; lists flattened, cells harmless in a spreadsheet."""
    columns: tuple[str, ...] | None = None
    for row in map(spread, rows):
        if columns is None:
            columns = tuple(row)
            yield _csv_line(columns, separator)
        yield _csv_line([harmless(flat(row.get(column))) for column in columns], separator)


def _csv_line(cells: Iterable[object], separator: str) -> str:
    if separator == "\t":
        # The form has no quotes (IANA, text/tab-separated-values): a cell is one line without tabs.
        return separator.join(" ".join(str("" if cell is None else cell).split()) for cell in cells) + "\n"
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


CITATION = ("label", "source", "pages", "lines", "quote", "sha256")
"""What a table shows of a citation, as columns `citation_label` and so on; boxes are for programs."""


def spread(row: Row) -> Row:
    """The row with its citation as columns of their own."""
    cited = row.get("citation", "")
    if cited is not None and not isinstance(cited, Mapping):
        return row
    parts = {f"citation_{name}": (cited or {}).get(name) for name in CITATION}
    return {**{name: value for name, value in row.items() if name != "citation"}, **parts}


def flat(value: object) -> str | int | float | None:
    """A cell: a list as "a | b", a mapping as "key: value; key: value", true and false as ja and nej."""
    if value is None or (isinstance(value, int | float | str) and not isinstance(value, bool)):
        return value if not isinstance(value, str) else _CONTROL.sub("", value)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_text(flat(one))}" for key, one in value.items() if one is not None)
    if isinstance(value, Iterable):
        return " | ".join(_text(flat(one)) for one in value)
    return str(value)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def harmless(value: str | int | float | None) -> str | int | float | None:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value


def _write_xlsx(rows: Iterable[Row], target: BinaryIO, note: Sequence[Sequence[str]]) -> int:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("spana")
    columns: tuple[str, ...] | None = None
    count, used = 0, 0
    for row in map(spread, rows):
        if columns is None or used == _SHEET_ROWS:
            sheet = sheet if columns is None else book.create_sheet("spana")
            columns = columns or tuple(row)
            sheet.append(list(columns))
            used = 1
        sheet.append([_cell(sheet, column, flat(row.get(column))) for column in columns])
        used += 1
        count += 1
    if note:
        sheet = book.create_sheet("metod")
        for line in note:
            sheet.append([_cell(sheet, "metod", flat(text)) for text in line])
    book.save(target)
    return count


def _cell(sheet: Any, column: str, value: str | int | float | None) -> Any:
    """A cell that is text when its value is. Raises search.errors.UsageError for what no cell can hold."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, str) and len(value) > _CELL_CHARACTERS:
        raise UsageError(f"En cell i {column} är längre än xlsx tillåter; exportera som jsonl eller csv.")
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        # A string type is never a formula, whatever it begins with.
        cell.data_type = "s"
    return cell

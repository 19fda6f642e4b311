"""The method note of an export: what was indexed, with which models, what was asked, and what is not covered."""

import functools
from datetime import UTC, datetime
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from api.language import Language, Text
from api.version import version
from search.archive import Archive
from search.edition import Edition
from search.schema import Filters, ReportRef, Schema
from search.views import DuplicateFile, FailedFile

RANKED = ("hits", "answer")


class IndexedReport(Schema):
    """A report that the export may hold rows of."""

    report: ReportRef
    unreadable_pages: tuple[int, ...]


class Model(Schema):
    """What read the text or made it searchable."""

    name: str | None
    fingerprint: str | None


class MethodNote(Schema):
    """What somebody needs to know to check, repeat or dispute an export."""

    language: Language
    kind: str
    question: str | None
    filters: Filters
    rows: int
    made_at: str
    """ISO time in UTC."""
    version: str
    """Of spana."""
    edition: Edition
    reports: tuple[IndexedReport, ...]
    failed: tuple[FailedFile, ...]
    duplicates: tuple[DuplicateFile, ...]
    districts: tuple[str, ...]
    years: tuple[int, ...]
    passages: int
    encoder: Model
    sparse_scheme: str | None
    registry_version: str | None
    not_covered: tuple[str, ...]


def method_note(
    archive: Archive, kind: str, filters: Filters, question: str | None, rows: int, language: Language
) -> MethodNote:
    """The note of an export of `rows` rows."""
    status = archive.status()
    unreadable = {str(row["id"]): row.get("unreadable_pages") for row in archive.export("reports") if "id" in row}
    limits = ["limit.archive", "limit.unreadable", "limit.pictures", "limit.names"]
    limits += ["limit.ranked"] if kind in RANKED else []
    limits += ["limit.personal"] if archive.settings.mask_personal_data else []
    return MethodNote(
        language=language,
        kind=kind,
        question=question,
        filters=filters,
        rows=rows,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=version(),
        edition=archive.edition(),
        reports=tuple(
            IndexedReport(report=ref, unreadable_pages=_numbers(unreadable.get(ref.id))) for ref in archive.reports()
        ),
        # Folders of the machine are nobody else's business.
        failed=tuple(one.model_copy(update={"path": one.source}) for one in archive.failed()),
        duplicates=tuple(one.model_copy(update={"path": one.source}) for one in archive.duplicates()),
        districts=status.districts,
        years=status.years,
        passages=status.passages,
        encoder=Model(name=status.encoder, fingerprint=status.encoder_fingerprint),
        sparse_scheme=status.sparse_scheme,
        registry_version=status.registry_version,
        not_covered=tuple(_word(language, key) for key in limits),
    )


def note_lines(note: MethodNote) -> list[tuple[str, ...]]:
    """The note as lines of cells, for a worksheet; a line of one cell is a heading."""
    word = functools.partial(_word, note.language)
    filters = "; ".join(
        f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in note.filters.model_dump(mode="json", exclude_defaults=True).items()
    )
    facts = (
        ("made", note.made_at),
        ("program", f"spana {note.version}"),
        ("edition", note.edition.label),
        ("question", note.question or word("none")),
        ("filters", filters or word("none")),
        ("rows", str(note.rows)),
        ("reports", str(len(note.reports))),
        ("districts", ", ".join(note.districts)),
        ("years", ", ".join(map(str, note.years))),
        ("passages", str(note.passages)),
        ("encoder", f"{note.encoder.name or word('none')} ({note.encoder.fingerprint or '–'})"),
        ("sparse", note.sparse_scheme or word("none")),
        ("name_model", note.edition.name_model or word("none")),
        ("names", note.registry_version or word("none")),
        ("corrections", str(note.edition.corrections)),
    )
    lines: list[tuple[str, ...]] = [(word("title", kind=note.kind),), *((word(key), value) for key, value in facts)]
    lines.append((word("indexed"),))
    for one in note.reports:
        ref = one.report
        pages = ", ".join(map(str, one.unreadable_pages))
        what = f"{ref.board or '–'}, {ref.type} {ref.year or ''}".strip()
        lines.append((ref.source, what, f"sha256 {ref.sha256}", *([word("pages", pages=pages)] if pages else [])))
    if note.failed:
        lines += [(word("failed"),), *((one.source, one.error) for one in note.failed)]
    if note.duplicates:
        lines += [(word("duplicates"),), *((one.source, word("copy", primary=one.primary)) for one in note.duplicates)]
    return [*lines, (word("limits"),), *(("–", sentence) for sentence in note.not_covered)]


def note_text(note: MethodNote) -> str:
    """The note as plain markdown."""
    written = []
    for number, line in enumerate(note_lines(note)):
        if len(line) == 1:
            written.append(f"# {line[0]}\n" if number == 0 else f"\n## {line[0]}\n")
        elif line[0] == "–":
            written.append(f"- {line[1]}")
        else:
            written.append(f"- {line[0]}: {'; '.join(' '.join(cell.split()) for cell in line[1:])}")
    return "\n".join(written) + "\n"


def _numbers(value: object) -> tuple[int, ...]:
    return tuple(int(one) for one in value) if isinstance(value, list) else ()


@functools.cache
def words() -> dict[str, Text]:
    """The words of the note. Raises pydantic.ValidationError when the file is not in its form."""
    content = (Path(__file__).parent / "data" / "note.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Text]).validate_python(yaml.safe_load(content))


def _word(language: Language, key: str, **values: object) -> str:
    return words()[key].read(language).format(**values)

"""`/export`: everything of one kind as a file, and the note that tells how it came about."""

import tempfile
from collections.abc import Iterator
from typing import Annotated, BinaryIO, Literal, cast

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse

from api.deps import MAX_QUESTION, ArchiveDep, FiltersDep
from api.export import MEDIA_TYPES, Format, Kind, write_rows
from api.note import MethodNote, method_note, note_lines, note_text
from api.rows import exported
from api.wording import language_of

router = APIRouter(tags=["export"])
ExportedKind = Annotated[
    Kind,
    Path(
        description="Vad som ska exporteras. hits (rangordnade stycken), answer (svarets rader) och series (en "
        "indikator över stadsdelar och år) behöver q."
    ),
]
Asked = Annotated[
    str | None,
    Query(
        alias="q",
        min_length=1,
        max_length=MAX_QUESTION,
        description="Frågan till hits och answer, indikatorn till series.",
    ),
]
_BLOCK = 1 << 16


@router.get(
    "/export/{kind}",
    summary="Alla rader av ett slag, var och en med sin källa",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "Filen",
            "content": {media.split(";")[0]: {"schema": {"type": "string"}} for media in MEDIA_TYPES.values()},
        }
    },
)
def export_rows(
    request: Request,
    archive: ArchiveDep,
    kind: ExportedKind,
    filters: FiltersDep,
    q: Asked = None,
    format: Annotated[Format, Query(description="Filformat.")] = "jsonl",
) -> StreamingResponse:
    rows = exported(archive, kind, filters, q)
    sheet = []
    if format == "xlsx":
        held = list(rows)
        rows = iter(held)
        sheet = note_lines(method_note(archive, kind, filters, q, len(held), language_of(request)))
    # Written row by row to a file, whole before the first byte leaves: one that breaks off must not look complete.
    file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - closed when the last block has left
    try:
        write_rows(rows, format, file, sheet)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    headers = {"Content-Disposition": f'attachment; filename="{kind}.{format}"'}
    return StreamingResponse(_blocks(file), media_type=MEDIA_TYPES[format], headers=headers)


@router.get(
    "/export/{kind}/note",
    summary="Metodnoten till en export",
    response_model=MethodNote,
    responses={200: {"content": {"text/markdown": {"schema": {"type": "string"}}}}},
)
def get_export_note(
    request: Request,
    archive: ArchiveDep,
    kind: ExportedKind,
    filters: FiltersDep,
    q: Asked = None,
    format: Annotated[Literal["json", "md"], Query(description="json, eller md för läsbar text.")] = "json",
) -> MethodNote | Response:
    rows = sum(1 for _ in exported(archive, kind, filters, q))
    note = method_note(archive, kind, filters, q, rows, language_of(request))
    if format == "md":
        return PlainTextResponse(note_text(note), media_type="text/markdown; charset=utf-8")
    return note


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while block := file.read(_BLOCK):
            yield block

"""`/export`: everything of one kind as a file."""

import tempfile
from collections.abc import Iterator
from typing import Annotated, BinaryIO, Literal, cast

from fastapi import APIRouter, Path, Query
from fastapi.responses import StreamingResponse

from api.deps import ArchiveDep, FiltersDep
from api.export import MEDIA_TYPES, Format, write_rows

router = APIRouter(tags=["export"])
Kind = Literal["reports", "sections", "passages", "indicators", "activities", "mentions", "entities", "good-examples"]
_BLOCK = 1 << 16


@router.get(
    "/export/{kind}",
    summary="Alla rader av ett slag",
    response_class=StreamingResponse,
    responses={200: {"description": "Filen", "content": {media.split(";")[0]: {} for media in MEDIA_TYPES.values()}}},
)
def export_rows(
    archive: ArchiveDep,
    kind: Annotated[Kind, Path(description="Vad som ska exporteras.")],
    filters: FiltersDep,
    format: Annotated[Format, Query(description="Filformat.")] = "jsonl",
) -> StreamingResponse:
    # The file is made whole before the first byte leaves: an export that breaks off must not look complete.
    file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - closed when the last block has left
    try:
        write_rows(archive.export(kind, filters), format, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    headers = {"Content-Disposition": f'attachment; filename="{kind}.{format}"'}
    return StreamingResponse(_blocks(file), media_type=MEDIA_TYPES[format], headers=headers)


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while block := file.read(_BLOCK):
            yield block

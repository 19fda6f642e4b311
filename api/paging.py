"""Lists page by page: an opaque cursor that belongs to one query and one edition of the archive."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response

from api.deps import ArchiveDep, HitOffset, Limit, Offset
from api.problems import ProblemError

_Row = TypeVar("_Row")
_OWN = ("limit", "offset", "cursor", "lang")
"""Parameters that do not change which rows a list has."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows of a list are wanted."""

    limit: int
    offset: int
    request: Request
    response: Response
    edition: str

    def cut(self, rows: Sequence[_Row]) -> tuple[tuple[_Row, ...], str | None]:
        """The rows of this page, and the cursor of the next; None after the last row."""
        return tuple(rows[self.offset : self.offset + self.limit]), self.following(len(rows))

    def following(self, rows: int) -> str | None:
        """The cursor of the next page of so many rows in all, told in a header, too; None after the last."""
        end = self.offset + self.limit
        following = _write(end, _asked(self.request), self.edition) if end < rows else None
        if following is not None:
            link_next(self.request, self.response, "cursor", following, without=("offset",))
        return following


def link_next(request: Request, response: Response, name: str, value: str, without: Sequence[str] = ()) -> None:
    """Tell in a header where the next page is: this address with one parameter set and others left out."""
    pairs = [pair for pair in request.query_params.multi_items() if pair[0] not in (name, *without)]
    response.headers["Link"] = f'<{request.url.path}?{urlencode([*pairs, (name, value)])}>; rel="next"'


Cursor = Annotated[
    str | None, Query(max_length=200, description="Värdet i next på förra sidan; ger raderna efter den (next page).")
]


def read_page(
    request: Request,
    response: Response,
    archive: ArchiveDep,
    limit: Limit = 100,
    offset: Offset = 0,
    cursor: Cursor = None,
) -> Page:
    """The page asked for.

    Raises:
        ProblemError: 422 for a cursor of another list, 409 when the archive has changed since the cursor was made.
    """
    return _page(request, response, archive.edition().id, limit, offset, cursor)


def read_hit_page(
    request: Request,
    response: Response,
    archive: ArchiveDep,
    limit: Limit = 10,
    offset: HitOffset = 0,
    cursor: Cursor = None,
) -> Page:
    """The page of a search asked for; raises as `read_page`."""
    return _page(request, response, archive.edition().id, limit, offset, cursor)


def _page(request: Request, response: Response, edition: str, limit: int, offset: int, cursor: str | None) -> Page:
    if cursor is None:
        return Page(limit, offset, request, response, edition)
    if offset:
        raise ProblemError(422, "Ange cursor eller offset, inte båda.")
    return Page(limit, _read(cursor, _asked(request), edition), request, response, edition)


PageDep = Annotated[Page, Depends(read_page)]
HitPageDep = Annotated[Page, Depends(read_hit_page)]


def _asked(request: Request) -> str:
    """What names the list: its path and its filters."""
    pairs = sorted(pair for pair in request.query_params.multi_items() if pair[0] not in _OWN)
    return sha256(json.dumps([request.url.path, pairs]).encode()).hexdigest()[:12]


def _write(offset: int, asked: str, edition: str) -> str:
    return base64.urlsafe_b64encode(f"{offset}.{asked}.{edition}".encode()).decode().rstrip("=")


def _read(cursor: str, asked: str, edition: str) -> int:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        offset, own, made = text.split(".")
        start = int(offset)
    except (ValueError, binascii.Error):
        raise ProblemError(422, "Värdet i cursor går inte att läsa; ta det ur next på förra sidan.") from None
    if own != asked or not 0 <= start <= 100_000_000:
        raise ProblemError(422, "Värdet i cursor hör till en annan lista; ta det ur next på förra sidan.")
    if made != edition:
        raise ProblemError(409, "Arkivet har ändrats sedan förra sidan; börja om från början av listan.")
    return start

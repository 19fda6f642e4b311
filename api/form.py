"""Forms that change the archive: the key is looked at before a file of the form is taken in."""

from collections.abc import Callable
from typing import Any

from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from api.deps import check_key
from api.problems import ProblemError

KEY = "nyckel"
"""The field with the key; it stands before the file in the form."""


class _KeyFirst(MultiPartParser):
    """Lets `check` refuse what was given as the key when a file begins, before its first byte is kept."""

    check: Callable[[str | None], None]

    def on_headers_finished(self) -> None:
        super().on_headers_finished()
        if self._current_part.file is not None:
            self.check(next((value for name, value in self.items if name == KEY and isinstance(value, str)), None))


async def keyed_form(request: Request, check: Callable[[str | None], None], *, files: int = 0) -> FormData:
    """The form, once `check` has let its key pass; `check` raises ProblemError for a wrong one.

    Raises:
        ProblemError: 400 for a body that is no form.
    """
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        form: FormData = await request.form(max_files=0, max_fields=2)
    else:
        body = request.stream()
        parser = _KeyFirst(request.headers, body, max_files=files, max_fields=2)
        parser.check = check
        try:
            form = await parser.parse()
        except ProblemError:
            # A browser that is cut off while it sends shows its own error instead of ours.
            async for _ in body:
                pass
            raise
        except MultiPartException:
            raise ProblemError(400, "Formuläret gick inte att läsa; skicka det en gång till.") from None
    given: Any = form.get(KEY)
    check(given if isinstance(given, str) else None)
    return form


def may_change(request: Request) -> bool:
    """Whether a key is set, without which nothing can be changed."""
    key = request.app.state.settings.api_key
    return key is not None and bool(key.get_secret_value())


def page_key(request: Request) -> Callable[[str | None], None]:
    """The check of a page's form; it tells people, not programs, what is wrong."""

    def check(given: str | None) -> None:
        try:
            check_key(request, given)
        except ProblemError as error:
            if error.status != 401:
                raise
            raise ProblemError(401, "Nyckeln är fel. Gå tillbaka och skriv den igen.") from None

    return check

"""Answers and long lists that pages are made of, kept while the archive is of the same edition."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from search.archive import Archive

MOST = 64
"""Lists and answers kept; the one used longest ago is dropped."""
MOST_ROWS = 100_000
"""Rows in all of them; a list with more is kept alone."""
T = TypeVar("T")


class Remembered:
    """What questions to one archive gave, by edition and question. Safe for several threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, question: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives for `question`, made once in an edition; callers must not change it."""
        key = (self._archive.edition().id, question)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                kept: T = self._kept[key]
                return kept
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > MOST or (len(self._kept) > 1 and sum(map(_rows, self._kept.values())) > MOST_ROWS):
                self._kept.popitem(last=False)
        return made


def _rows(kept: object) -> int:
    return len(kept) if isinstance(kept, list) else 1


def get_remembered(request: Request) -> Remembered:
    """The lists of the app's archive."""
    remembered: Remembered = request.app.state.remembered
    return remembered


RememberedDep = Annotated[Remembered, Depends(get_remembered)]

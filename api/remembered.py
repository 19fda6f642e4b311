"""Long lists that pages are made of, kept while the archive is of the same edition."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from search.archive import Archive

MOST = 16
"""Lists kept; the one used longest ago is dropped."""
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
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return made


def get_remembered(request: Request) -> Remembered:
    """The lists of the app's archive."""
    remembered: Remembered = request.app.state.remembered
    return remembered


RememberedDep = Annotated[Remembered, Depends(get_remembered)]

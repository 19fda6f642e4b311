"""The small archive of these tests has the methods of the real one."""

import inspect
from typing import Any

import pytest

from search.archive import Archive

METHODS = [name for name, _ in inspect.getmembers(Archive, inspect.isfunction) if not name.startswith("_")]


@pytest.mark.parametrize("name", METHODS)
def test_methods_take_the_same_arguments(fake: Any, name: str) -> None:
    real = list(inspect.signature(getattr(Archive, name)).parameters)[1:]
    assert list(inspect.signature(getattr(fake, name)).parameters) == real


def test_the_small_archive_has_no_more_methods(fake: Any) -> None:
    own = {name for name, _ in inspect.getmembers(fake, inspect.ismethod) if not name.startswith("_")}
    assert own == set(METHODS)

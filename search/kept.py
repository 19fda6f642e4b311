"""What has been read of many rows, by their keys, so that only the others are read."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


def kept(
    held: dict[_Key, _Value], keys: Iterable[_Key], read: Callable[[list[_Key]], dict[_Key, _Value]], most: int
) -> dict[_Key, _Value]:
    """The values of the keys that have one, in the order of the keys: those in `held`, which holds `most` at most, and
    those that are read now and put there. Safe for several threads."""
    wanted = list(dict.fromkeys(keys))
    found = {key: value for key in wanted if (value := held.get(key)) is not None}
    if len(found) < len(wanted):
        fresh = read([key for key in wanted if key not in found])
        if len(held) + len(fresh) > most:
            held.clear()
        if len(fresh) <= most:
            held.update(fresh)
        found |= fresh
    return {key: found[key] for key in wanted if key in found}

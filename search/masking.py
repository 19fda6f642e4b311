"""Personal data hidden where text leaves spana, when the setting asks for it."""

from typing import TypeVar

from pydantic import BaseModel

from models.personal_data import mask
from search.schema import Hit

_Shape = TypeVar("_Shape", bound=BaseModel)


def masked(shape: _Shape) -> _Shape:
    """A copy with personal data replaced in every text of the shape.

    A quote stays verbatim but for what is hidden, and keeps the hash of the whole quote. A hit whose text changes loses
    its highlights and entities, since their offsets no longer hold.
    """
    changes = {name: hidden for name, value in shape if (hidden := _hidden(value)) is not value}
    if isinstance(shape, Hit) and "text" in changes:
        changes |= {"highlights": (), "entities": ()}
    return shape.model_copy(update=changes) if changes else shape


def masked_row(row: dict[str, object]) -> dict[str, object]:
    """An export row with personal data replaced."""
    return {name: _hidden(value) for name, value in row.items()}


def _hidden(value: object) -> object:
    if isinstance(value, str):
        hidden = mask(value)
        return value if hidden == value else hidden
    if isinstance(value, BaseModel):
        return masked(value)
    if isinstance(value, tuple | list):
        parts = [_hidden(part) for part in value]
        same = all(new is old for new, old in zip(parts, value, strict=True))
        return value if same else type(value)(parts)
    if isinstance(value, dict):
        return {name: _hidden(part) for name, part in value.items()}
    return value

"""Personal data hidden where text leaves spana, unless the setting allows it to be shown."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

from pydantic import BaseModel

from models.personal_data import MASKS, PersonalDatum, find_personal_data, mask
from search.schema import Citation, EntityMention, Hit

_Shape = TypeVar("_Shape", bound=BaseModel)


KEYS = frozenset(
    {"id", "sha256", "passage_id", "report_id", "duplicate_of", "source", "primary", "made_at", "failed_at"}
)
"""Fields that name a thing rather than say something; a name cut up would lead nowhere."""
_PLAIN = frozenset({bool, int, float, type(None)})


def masked(shape: _Shape) -> _Shape:
    """A copy with personal data replaced in every text of the shape.

    A quote stays verbatim but for what is hidden. Its hash is that of the quote as shown: a hash of the whole would let
    anybody who tries all numbers find the one that is hidden. Highlights and entities move with the text; those that
    held what is hidden go.
    """
    changes: dict[str, object] = {}
    for name, value in shape.__dict__.items():
        if type(value) not in _PLAIN and value and (hidden := _field(name, value)) is not value:
            changes[name] = hidden
    if isinstance(shape, Hit) and "text" in changes:
        changes |= _moved(shape)
    if isinstance(shape, Citation) and "quote" in changes:
        changes["sha256"] = sha256(str(changes["quote"]).encode()).hexdigest()
    return shape.model_copy(update=changes) if changes else shape


def masked_row(row: dict[str, object]) -> dict[str, object]:
    """An export row with personal data replaced, its hash that of the quote as shown."""
    hidden = {name: _field(name, value) for name, value in row.items()}
    if "quote" in row and hidden["quote"] != row["quote"]:
        hidden["sha256"] = sha256(str(hidden["quote"]).encode()).hexdigest()
    return hidden


def _moved(hit: Hit) -> dict[str, object]:
    data = find_personal_data(hit.text)
    marks = (_span(data, start, end) for start, end in hit.highlights)
    entities: list[EntityMention] = []
    for entity in hit.entities:
        span = _span(data, entity.start, entity.end)
        if span is not None:
            entities.append(entity.model_copy(update={"start": span[0], "end": span[1]}))
    return {"highlights": tuple(mark for mark in marks if mark is not None), "entities": tuple(entities)}


def _span(data: Sequence[PersonalDatum], start: int, end: int) -> tuple[int, int] | None:
    """Where a range of a text is once it is masked; None when it holds something of what is hidden."""
    if any(datum.start < end and start < datum.end for datum in data):
        return None
    moved = sum(len(MASKS[d.kind]) - (d.end - d.start) for d in data if d.end <= start)
    return start + moved, end + moved


def _field(name: str, value: object) -> object:
    """A field's value with personal data hidden; ids of reports stand in fields called `report` too."""
    return value if name in KEYS or (name == "report" and isinstance(value, str)) else _hidden(value)


def _hidden(value: object) -> object:
    if not value or type(value) in _PLAIN:
        return value
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

"""Whether two versions of spana find and answer the same: the check of a change that is meant for speed alone."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from search.archive import Archive
from search.settings import Settings

DATA = Path(__file__).parent / "data"
FILES = ("held-out-a", "held-out-b", "held-out-figures", "held-out-negatives")
TOLERANCE = 1e-6
"""Of a score or another number that is no whole number."""

Json = Mapping[str, Any]


def questions(most: int) -> list[str]:
    """`most` of the held-out questions at most, evenly of all files, each once."""
    rows = [row for file in FILES for row in json.loads((DATA / f"{file}.json").read_text(encoding="utf-8"))]
    asked = list(dict.fromkeys(str(row["query"]) for row in rows))
    step = -(-len(asked) // most)
    return asked[::step]


def answers(home: Path, most: int) -> dict[str, Json]:
    """Every search and answer as JSON, by what was asked; without the time that it took."""
    found: dict[str, Json] = {}
    with Archive(Settings(home=home)) as archive:
        for question in questions(most):
            found[f"search {question}"] = archive.search(question).model_dump(mode="json", exclude={"took_ms"})
            found[f"ask {question}"] = archive.ask(question).model_dump(mode="json", exclude={"took_ms"})
    return found


def differences(before: object, after: object, place: str = "") -> Iterator[str]:
    """Where two values that JSON can hold differ, numbers by more than `TOLERANCE`."""
    if isinstance(before, Mapping) and isinstance(after, Mapping) and before.keys() == after.keys():
        for name, value in before.items():
            yield from differences(value, after[name], f"{place}/{name}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{place}/{number}")
    elif isinstance(before, float) and isinstance(after, float):
        if abs(before - after) > TOLERANCE:
            yield place
    elif before != after:
        yield place

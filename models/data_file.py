"""Reads the YAML files under `data/`, which people correct by hand, and says in Swedish what is wrong in one."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from models.errors import SpanaError

DATA = Path(__file__).parent / "data"


class DataFileError(SpanaError):
    """A data file is not as it should be. The message names the file, the place and the fault, in Swedish."""


class Table(BaseModel):
    """Base of the files' schemas: a field that is not named is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


T = TypeVar("T", bound=BaseModel)

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, in C where the installation has it."""

_FAULTS = {
    "extra_forbidden": "okänt fält",
    "missing": "fältet saknas",
    "string_type": "ska vara text (sätt citattecken om ordet är ja, nej, on, off eller ett tal)",
    "literal_error": "ska vara något av {expected}",
    "list_type": "ska vara en lista",
    "tuple_type": "ska vara en lista",
    "dict_type": "ska vara en tabell",
    "model_type": "ska vara en tabell med fältnamn",
    "date_from_datetime_parsing": "ska vara ett datum, till exempel 2023-07-01",
}


def read_table(path: Path, schema: type[T]) -> T:
    """The file as `schema`. Raises `DataFileError` when it is missing, is not YAML or does not fit."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(f"Datafilen {path} kan inte läsas ({type(error).__name__}).") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", rad {mark.line + 1}" if mark else ""
        raise DataFileError(f"Datafilen {path}{place} är inte giltig YAML; rätta indrag och citattecken.") from error
    try:
        return schema.model_validate(content)
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(step) for step in fault['loc']) or 'filen'}: "
            + _FAULTS.get(fault["type"], fault["msg"].removeprefix("Value error, ")).format(**fault.get("ctx", {}))
            for fault in error.errors()[:5]
        )
        raise DataFileError(f"Datafilen {path} stämmer inte: {faults}.") from error

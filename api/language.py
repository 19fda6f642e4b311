"""The words of the pages, in Swedish and English, from `data/text.yaml` and `data/examples.yaml`."""

import functools
import string
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, model_validator

Language = Literal["sv", "en"]
_DATA = Path(__file__).parent / "data"


class Text(BaseModel):
    """A text in both languages, with the same places to fill in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sv: str
    en: str

    @model_validator(mode="after")
    def _same_places(self) -> Self:
        if _places(self.sv) != _places(self.en):
            raise ValueError(f"olika {{…}} på svenska och engelska: {self.sv!r}, {self.en!r}")
        return self

    def read(self, language: Language) -> str:
        """The text in `language`."""
        return self.en if language == "en" else self.sv


class ExampleGroup(BaseModel):
    """Example questions for one group of users."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    group: Text
    questions: tuple[Text, ...]


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@functools.cache
def texts() -> dict[str, Text]:
    """Every text by its key. Raises pydantic.ValidationError when the file is not in its form."""
    return TypeAdapter(dict[str, Text]).validate_python(
        yaml.safe_load((_DATA / "text.yaml").read_text(encoding="utf-8"))
    )


@functools.cache
def examples() -> tuple[ExampleGroup, ...]:
    """The example questions. Raises pydantic.ValidationError when the file is not in its form."""
    content = yaml.safe_load((_DATA / "examples.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(tuple[ExampleGroup, ...]).validate_python(content)


def text(language: Language, key: str, **values: object) -> str:
    """The text `key` in `language`, filled in. Raises KeyError for a key that does not exist."""
    return texts()[key].read(language).format(**values)

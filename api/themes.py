"""The themes that good examples are sorted by, from `data/themes.yaml`."""

import functools
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from api.language import Text
from search.highlight import has_all_words

_FILE = Path(__file__).parent / "data" / "themes.yaml"


class Theme(BaseModel):
    """One theme."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: Text
    words: tuple[str, ...]
    """Any of them, in any form, puts a text under the theme; all words of a phrase must be there."""

    def holds(self, content: str) -> bool:
        """Whether `content` belongs here."""
        return any(has_all_words(word, content) for word in self.words)


@functools.cache
def themes() -> tuple[Theme, ...]:
    """The themes in their order. Raises pydantic.ValidationError when the file is not in its form."""
    return TypeAdapter(tuple[Theme, ...]).validate_python(yaml.safe_load(_FILE.read_text(encoding="utf-8")))

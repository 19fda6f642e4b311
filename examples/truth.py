"""Our own gold for the example archive: questions with their answers, and sentences with their entities."""

import re
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from examples.source import SourceError

Schema = TypeVar("Schema", bound=BaseModel)
Label = Literal["PER", "ORG", "LOC", "DISTRICT", "PROGRAM", "LAW", "EVENT"]
_MARK = re.compile(r"\{(PER|ORG|LOC|DISTRICT|PROGRAM|LAW|EVENT)\|([^{}|]+)\}")
_FOLDER = Path(__file__).parent / "gold"


class Passage(BaseModel):
    """A place in the archive that answers a question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Annotated[str, Field(pattern=r"^[a-z0-9-]+\.(pdf|docx|html|txt)$")]
    """File name in `examples/archive`."""
    quote: Annotated[str, Field(min_length=12)]
    """A fragment that stands once in the report, white space folded and line-break hyphens joined."""


class Question(BaseModel):
    """A question in other words than the text's, with everything that answers it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    question: str
    lang: Literal["sv", "en"]
    kind: Literal["passages", "good_examples", "mentions", "indicator", "goal_status", "negative"]
    answers: tuple[Passage, ...] = ()
    names: tuple[str, ...] = ()
    """For mentions: every spelling in the archive of what is asked for."""
    districts: tuple[str, ...] = ()
    """For mentions: the districts that mention it, no others."""
    boards: tuple[str, ...] = ()
    """For mentions: the city-wide boards that mention it, no others."""

    @model_validator(mode="after")
    def _check_kind(self) -> "Question":
        if self.kind == "mentions" and not self.names:
            raise ValueError(f"{self.id}: en omnämnandefråga ska ha names")
        if self.kind in ("passages", "good_examples", "indicator", "goal_status") and not self.answers:
            raise ValueError(f"{self.id}: frågan ska ha minst ett svar i answers")
        if self.kind == "negative" and (self.answers or self.districts or self.boards):
            raise ValueError(f"{self.id}: en fråga utan svar ska inte ha några svar")
        return self


class Entity(BaseModel):
    """A name in a sentence; offsets are code points, half-open."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    label: Label
    start: int
    end: int


class Sentence(BaseModel):
    """A sentence of the archive with all its names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    text: str
    entities: tuple[Entity, ...]


class _Questions(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    questions: tuple[Question, ...]


class _MarkedSentence(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    text: str


class _MarkedSentences(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    sentences: tuple[_MarkedSentence, ...]


def load_questions(path: Path = _FOLDER / "questions.yaml") -> tuple[Question, ...]:
    """The gold questions.

    Raises:
        SourceError: the file does not follow the schema.
    """
    return _load(path, _Questions).questions


def load_sentences(path: Path = _FOLDER / "entities.yaml") -> tuple[Sentence, ...]:
    """The gold sentences; in the file a name is marked `{LABEL|name}`.

    Raises:
        SourceError: the file does not follow the schema.
    """
    return tuple(_unmark(marked) for marked in _load(path, _MarkedSentences).sentences)


def _load(path: Path, schema: type[Schema]) -> Schema:
    try:
        return schema.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise SourceError(f"{path.name} följer inte schemat: {error} Rätta filen.") from error


def _unmark(marked: _MarkedSentence) -> Sentence:
    text = ""
    entities: list[Entity] = []
    done = 0
    for mark in _MARK.finditer(marked.text):
        text += marked.text[done : mark.start()]
        entities.append(
            Entity(text=mark[2], label=mark[1], start=len(text), end=len(text) + len(mark[2]))  # type: ignore[arg-type]
        )
        text += mark[2]
        done = mark.end()
    return Sentence(source=marked.source, text=text + marked.text[done:], entities=tuple(entities))

"""What a table's column headings mean, and how misprinted ones are mended."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ingest.rules import load

Role = Literal[
    "name", "value", "men", "women", "previous", "forecast", "target", "city_target", "period", "periodicity",
    "start", "end", "deviation", "other",
]  # fmt: skip
NamedKind = Literal["indicator", "activity"]
_YEAR = "{år}"
_PERIOD = re.compile(r"(?:[^\W\d]+\.? (?:\d )?|[TV]\d )?(?:19|20)\d{2}", re.IGNORECASE)


class _ColumnRule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    heading: str
    role: Role
    variants: tuple[str, ...] = ()


class TableRules(BaseModel):
    """The shape of data/tables.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name_headings: dict[NamedKind, tuple[str, ...]]
    columns: tuple[_ColumnRule, ...]
    cell_phrases: tuple[str, ...]
    note_labels: tuple[str, ...]
    after_table: tuple[str, ...]
    economy_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    heading: str
    """The standard form when it is known, otherwise as printed."""
    role: Role


@cache
def table_rules() -> TableRules:
    """The rules in data/tables.yaml, checked."""
    return load("tables", TableRules)


@lru_cache(maxsize=4096)
def squash(text: str) -> str:
    """`text` for comparison: no white space, hyphens or diacritics, no case, every digit 0."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"\d", "0", re.sub(r"[\s\u00ad-]", "", bare)).casefold()


@cache
def known_headings() -> dict[str, Column]:
    """Squashed heading → column, name columns excluded."""
    found: dict[str, Column] = {}
    for rule in table_rules().columns:
        for form in (rule.heading, *rule.variants):
            found.setdefault(squash(form.replace(_YEAR, "0000")), Column(rule.heading, rule.role))
    return found


@cache
def name_openings() -> frozenset[str]:
    """The first words of name headings."""
    return frozenset(form.split()[0].casefold() for forms in table_rules().name_headings.values() for form in forms)


@cache
def name_headings() -> dict[str, NamedKind]:
    """Squashed heading of the first column → kind of table."""
    return {squash(form): kind for kind, forms in table_rules().name_headings.items() for form in forms}


def kind_of_heading(text: str) -> NamedKind | None:
    """The kind of table that a first column with this heading opens."""
    return name_headings().get(squash(text))


def column_of(heading: str) -> Column:
    """The column with this printed heading: "Perio dens utfall VB 2020" → "Periodens utfall VB 2020", previous."""
    # Tesseract takes a small slash for an exclamation mark.
    known = known_headings().get(squash(heading)) or known_headings().get(squash(heading.replace("!", "/")))
    if known is None:
        return Column(" ".join(heading.split()), "other")
    year = re.search(r"\d{4}", re.sub(r"\s", "", heading))
    return Column(known.heading.replace(_YEAR, year[0] if year else ""), known.role)


def is_cell_phrase(text: str) -> bool:
    """Whether `text` is one of the known cells of words ("Tas fram av nämnd")."""
    return squash(text) in _phrases()


def begins_cell_phrase(text: str) -> bool:
    """Whether `text` is the beginning of a known cell of words, and not all of the longest one."""
    begun = squash(text)
    return any(phrase.startswith(begun) and phrase != begun for phrase in _phrases())


@cache
def _phrases() -> frozenset[str]:
    return frozenset(squash(phrase.replace(_YEAR, "0000")) for phrase in table_rules().cell_phrases)


def opens_cell_phrase(word: str) -> bool:
    """Whether `word` is the first word of a known cell of words."""
    return word.casefold() in _openers()


@cache
def _openers() -> frozenset[str]:
    return frozenset(phrase.split()[0].casefold() for phrase in table_rules().cell_phrases)


def is_period(text: str) -> bool:
    """Whether `text` is a whole period: "2022", "VB 2024", "Tertial 2 2022", "Halvår 1 2020"."""
    return _PERIOD.fullmatch(text) is not None

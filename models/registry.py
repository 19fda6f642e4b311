"""The known names: districts, boards, laws, organisations, programmes, places, with their variants and history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from models.data_file import DATA, DataFileError, Table, read_table
from models.fold import fold
from models.variants import Case, NameTree, name_atoms

Label = Literal["PER", "ORG", "LOC", "DISTRICT", "PROGRAM", "LAW", "EVENT"]

FILES = ("districts", "boards", "organisations", "laws", "programmes", "places", "municipalities", "events")
"""Files of `data/`, in order of precedence: the first that has a variant keeps it."""


class Entry(Table):
    """A known name."""

    name: str
    """The canonical name."""
    label: Label
    variants: tuple[str, ...] = ()
    """Other ways to write it. Inflection, hyphens and compounds need no variant."""
    long_form: str | None = None
    """What an acronym stands for; looked for like a variant."""
    note: str | None = None
    """What it is, in one Swedish sentence."""
    case: Case | None = None
    """Capitals: `any`, `initial` (a capital first) or `exact`; by the rules of `models.variants` when not given."""
    valid_from: date | None = None
    valid_to: date | None = None
    """Last day."""
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    """What lies in it: the neighbourhoods of a district."""


class _EntryRow(Table):
    """An entry as the files have it: the label is the file's unless given."""

    name: str
    label: Label | None = None
    variants: tuple[str, ...] = ()
    long_form: str | None = None
    note: str | None = None
    case: Case | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


class _RegistryFile(Table):
    """One file of names."""

    label: Label
    """Of the entries that give none."""
    case: Case | None = None
    """Likewise."""
    variant_patterns: tuple[str, ...] = ()
    """Variants that every entry of the file has, `{name}` standing for its name: `{name} stadsdelsnämnd`."""
    entries: tuple[_EntryRow, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """An occurrence of a known name; offsets are code points, half-open."""

    start: int
    end: int
    text: str
    label: Label
    name: str
    """Canonical."""
    compound: bool = False
    """True when the name is a part of a longer word (`LSS-verksamhet`): a mention, but not marked as an entity."""


class Registry:
    """Known names, ready to be looked up and looked for."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._by_form: dict[str, int] = {}
        self._by_form_all: dict[str, list[int]] = {}
        self._tree = NameTree()
        for number, entry in enumerate(self.entries):
            self._by_form.setdefault(folded_name(entry.name), number)
        for number, entry in enumerate(self.entries):
            for form in entry_forms(entry):
                self._by_form.setdefault(folded_name(form), number)
                self._by_form_all.setdefault(folded_name(form), []).append(number)
                self._tree.add(form, number, entry.case)

    def find(self, name: str) -> Entry | None:
        """The entry that has `name` as its name, variant or long form (case and hyphens aside), else one it inflects.

        A name that only occurs inside the text given is not enough.
        """
        number = self._by_form.get(folded_name(name))
        if number is not None:
            return self.entries[number]
        mentions = self.match(name)
        whole = [m for m in mentions if not m.compound and len(m.text) == len(name.strip())]
        return self.find(whole[0].name) if whole and folded_name(whole[0].name) in self._by_form else None

    def all(self, name: str) -> tuple[Entry, ...]:
        """Every entry that has `name` as its name, variant or long form: an acronym may mean several things."""
        wanted = folded_name(name)
        return tuple(self.entries[number] for number in self._by_form_all.get(wanted, ()))

    def match(self, text: str) -> list[Mention]:
        """Mentions in order that do not overlap, the longest name first where several begin."""
        return [
            Mention(
                found.start,
                found.end,
                text[found.start : found.end],
                self.entries[found.value].label,
                self.entries[found.value].name,
                found.compound,
            )
            for found in self._tree.find(text)
        ]


def entry_forms(entry: Entry) -> tuple[str, ...]:
    """Name, long form and variants."""
    return (entry.name, *((entry.long_form,) if entry.long_form else ()), *entry.variants)


def folded_name(name: str) -> str:
    """A name without case, hyphens and doubled blanks, for look-up."""
    return " ".join(fold(atom) for atom in name_atoms(name))


def read_entries(path: Path) -> list[Entry]:
    """The entries of one file. Raises `DataFileError`, also for a name that is there twice."""
    table = read_table(path, _RegistryFile)
    names = [row.name for row in table.entries]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise DataFileError(f"Datafilen {path} har namnet {min(twice)} två gånger; slå ihop posterna.")
    return [
        Entry(
            **row.model_dump(exclude={"label", "case", "variants"}),
            label=row.label or table.label,
            case=row.case or table.case,
            variants=row.variants + tuple(pattern.format(name=row.name) for pattern in table.variant_patterns),
        )
        for row in table.entries
    ]


def load_registry(extra: Path | None = None) -> Registry:
    """The names of `data/`, with those of the file `extra` (same form) before them, so that they win."""
    own = read_entries(extra) if extra else []
    return Registry([*own, *_shipped_entries()])


@cache
def _shipped_entries() -> tuple[Entry, ...]:
    return tuple(entry for name in FILES for entry in read_entries(DATA / f"{name}.yaml"))

"""What people say of names, applied to the names that spana knows and finds. Pure: data in, data out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from models.registry import Entry, Label, entry_forms, folded_name
from search.errors import UsageError

Action = Literal["merge", "split", "rename", "label", "hide"]
ACTIONS: tuple[Action, ...] = get_args(Action)
LABELS: tuple[Label, ...] = get_args(Label)


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that somebody has said of a name."""

    action: Action
    name: str
    value: str | None
    """merge: what becomes a variant of `name`; split: the variant that is something of its own; rename: the new name;
    label: the label; hide: None."""
    made_at: str = ""
    """ISO time in UTC."""
    key: int = 0
    """Order of application."""

    @property
    def same_as(self) -> tuple[str, str, str]:
        """Equal for corrections that say the same."""
        return self.action, folded_name(self.name), folded_name(self.value or "")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The names after all corrections."""

    entries: tuple[Entry, ...]
    hidden: frozenset[str]
    """Folded forms that are no longer shown as names."""


def apply(entries: Sequence[Entry], corrections: Iterable[Correction]) -> Corrected:
    """The entries with every correction made, in order. One that no longer fits (its name is gone) changes nothing."""
    names = _Names(entries)
    for correction in sorted(corrections, key=lambda c: c.key):
        names.correct(correction)
    return Corrected(tuple(names.entries), frozenset(names.hidden))


def checked(action: str, name: str, value: str | None, entries: Sequence[Entry]) -> Correction:
    """A correction that makes sense for the names in use.

    Raises:
        UsageError: it does not, with the reason.
    """
    names = _Names(entries)
    kinds: dict[str, Action] = {one: one for one in ACTIONS}
    if action not in kinds:
        raise UsageError(f"Rättelsen {action!r} finns inte. Välj bland: {', '.join(ACTIONS)}.")
    name, value = " ".join(name.split()), " ".join(value.split()) if value else None
    if not folded_name(name) or (value is not None and not folded_name(value)):
        raise UsageError("Ett namn måste ha minst en bokstav eller siffra.")
    if (action == "hide") == (value is not None):
        raise UsageError(f"Fel antal namn till {action}. Se spana entities --help.")
    place = names.place(name)
    other = names.place(value) if value else None
    if action == "merge" and (folded_name(name) == folded_name(value or "") or (place is not None and place == other)):
        raise UsageError(f"{name!r} och {value!r} är redan samma namn.")
    if action == "split":
        if place is not None and folded_name(names.entries[place].name) == folded_name(value or ""):
            raise UsageError(f"{value!r} är själva namnet. Byt det först: spana entities rename.")
        if folded_name(name) == folded_name(value or ""):
            raise UsageError(f"{value!r} skrivs som {name!r} och kan inte skiljas från det.")
    if action == "rename" and other is not None and other != place:
        raise UsageError(f"Namnet {value!r} finns redan. Slå ihop i stället: spana entities merge.")
    if action == "label":
        value = (value or "").upper()
        if value not in LABELS:
            raise UsageError(f"Slaget {value} finns inte; välj ett av {', '.join(LABELS)}.")
    return Correction(kinds[action], name, value)


class _Names:
    """Entries under correction."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = list(entries)
        self.hidden: set[str] = set()

    def place(self, name: str) -> int | None:
        """Where the entry of that name, else with that variant, stands."""
        wanted = folded_name(name)
        named = (n for n, entry in enumerate(self.entries) if folded_name(entry.name) == wanted)
        formed = (n for n, e in enumerate(self.entries) if any(folded_name(f) == wanted for f in entry_forms(e)))
        found = next(named, None)
        return found if found is not None else next(formed, None)

    def correct(self, correction: Correction) -> None:
        name, value = correction.name, correction.value or ""
        if correction.action == "hide":
            self._hide(name)
            return
        place = self._own(name)
        entry = self.entries[place]
        if correction.action == "label":
            label = next((label for label in LABELS if label == value), entry.label)
            self.entries[place] = entry.model_copy(update={"label": label})
        elif correction.action == "rename":
            self.entries[place] = _with_forms(entry.model_copy(update={"name": value}), [entry.name])
        elif correction.action == "merge":
            self._merge(place, value)
        else:
            self._split(place, value)

    def _own(self, name: str) -> int:
        """The place of an entry, made when there is none; named again, it is no longer hidden."""
        self.hidden.discard(folded_name(name))
        place = self.place(name)
        if place is None:
            # Before the others: an entry that people make wins over what programs find.
            self.entries.insert(0, Entry(name=name, label="PROGRAM"))
            return 0
        return place

    def _merge(self, place: int, other: str) -> None:
        entry = self.entries[place]
        there = self.place(other)
        self.hidden.discard(folded_name(other))
        if there == place:
            return
        forms = entry_forms(self.entries[there]) if there is not None else (other,)
        self.entries[place] = _with_forms(entry, forms)
        if there is not None:
            del self.entries[there]

    def _split(self, place: int, variant: str) -> None:
        entry, gone = self.entries[place], folded_name(variant)
        if folded_name(entry.name) == gone:
            return
        self.entries[place] = entry.model_copy(
            update={
                "variants": tuple(form for form in entry.variants if folded_name(form) != gone),
                "long_form": None if folded_name(entry.long_form or "") == gone else entry.long_form,
            }
        )
        self.entries.insert(0, Entry(name=variant, label=entry.label))

    def _hide(self, name: str) -> None:
        place = self.place(name)
        self.hidden.add(folded_name(name))
        if place is not None:
            self.hidden |= {folded_name(form) for form in entry_forms(self.entries[place])}
            del self.entries[place]


def _with_forms(entry: Entry, forms: Iterable[str]) -> Entry:
    """The entry with more variants, each once."""
    have = {folded_name(entry.name), folded_name(entry.long_form or "")}
    variants: list[str] = []
    for form in (*entry.variants, *forms):
        if folded_name(form) not in have:
            have.add(folded_name(form))
            variants.append(form)
    return entry.model_copy(update={"variants": tuple(variants)})

"""What people say of names: taken in, taken back, told."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from models.registry import entry_forms, folded_name
from search.catalogue import Catalogue
from search.corrections import Correction, checked
from search.corrections import apply as apply_corrections
from search.errors import NotFoundError
from search.name_store import NameStore
from search.naming import Naming
from search.views import NameCorrection


class NameCorrections:
    """The corrections of one archive; the names in use follow each of them at once."""

    def __init__(self, catalogue: Catalogue, naming: Callable[[], Naming]) -> None:
        self._catalogue = catalogue
        self._naming = naming
        self._store = NameStore(catalogue)

    def add(self, action: str, name: str, value: str | None = None) -> NameCorrection:
        """Say something of a name, see `search.corrections`; mentions, answers and exports follow at once.

        Raises:
            UsageError: it makes no sense for the names there are.
        """
        said = checked(action, name, value, self._naming().names.registry.entries)
        self._store.add([*self._label_first(said), said])
        self._naming().refresh()
        return _said(self._store.corrections()[-1])

    def withdraw(self, action: str, name: str, value: str | None = None) -> NameCorrection:
        """Take back the latest correction that says this.

        Raises:
            NotFoundError: nobody has said it.
        """
        wanted = (action, folded_name(name), folded_name(value or ""))
        found = [said for said in self._store.corrections() if said.same_as == wanted]
        if not found:
            raise NotFoundError("Den rättelsen finns inte. Se spana entities list.")
        self._store.withdraw(found[-1].key)
        self._naming().refresh()
        return _said(found[-1])

    def every(self) -> list[NameCorrection]:
        """Everything that people have said of names, in order."""
        return [_said(said) for said in self._store.corrections()]

    def take_in(self, rows: Sequence[NameCorrection]) -> int:
        """Take in corrections from elsewhere, in order, those that are there already left out; how many were new.

        Raises:
            UsageError: one makes no sense after those before it; then none is taken in.
        """
        held = self._store.corrections()
        have = {said.same_as for said in held}
        entries = self._naming().names.registry.entries
        fresh: list[Correction] = []
        for row in rows:
            if Correction(row.action, row.name, row.value).same_as in have:
                continue
            said = checked(row.action, row.name, row.value, apply_corrections(entries, fresh).entries)
            fresh.append(replace(said, made_at=row.made_at, key=len(fresh) + 1))
        self._store.add(fresh)
        self._naming().refresh()
        return len(fresh)

    def _label_first(self, said: Correction) -> list[Correction]:
        """A name that is in no list gets the label that the reports' text gave it."""
        if said.action in ("label", "hide") or self._naming().names.registry.find(said.name) is not None:
            return []
        labels = {folded_name(name): label for name, label in self._catalogue.entity_names()}
        other = self._naming().names.registry.find(said.value) if said.action == "merge" and said.value else None
        label = labels.get(folded_name(said.name)) or (other.label if other is not None else None)
        return [Correction("label", said.name, label)] if label else []

    def of(self, name: str) -> list[NameCorrection]:
        """What people have said of a name, by any of its forms."""
        entry = self._naming().names.registry.find(name)
        forms = {folded_name(form) for form in (entry_forms(entry) if entry is not None else (name,))}
        return [
            _said(said)
            for said in self._store.corrections()
            if {folded_name(said.name), folded_name(said.value or "")} & forms
        ]


def _said(correction: Correction) -> NameCorrection:
    return NameCorrection(
        action=correction.action, name=correction.name, value=correction.value, made_at=correction.made_at
    )

"""The names in use in an archive: the known ones, those that its reports were found to name, and people's corrections.

Mentions follow the names in use. When these change (a report is read, somebody corrects, the registry is updated), the
passages that hold a form of a changed name, before or after, are looked through again, and no other.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from models.linker import Linker
from models.linking import Homonym, Linked, Seen
from models.personal_data import find_personal_data
from models.programmes import discover, discovery_version
from models.registry import Entry, Mention, Registry, entry_forms, folded_name
from search.catalogue import Catalogue
from search.corrections import apply
from search.mentions import stems
from search.name_store import HIDDEN, VERSION, NameStore
from search.records import MentionRecord, PassageRecord, ReportRecord
from search.runs import in_source, place_of
from search.scope import Scope
from search.toolkit import Toolkit

PROSE = ("paragraph", "list_item")
"""Kinds of passages."""
MOST_DIGITS = 0.1
"""Share of digits in prose; tables read as text have more."""


_Stamp = tuple[str | None, str | None, str | None]
"""By what rules a report was looked through, its district and board: what its part in the linking depends on."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names in use."""

    registry: Registry
    version: str
    """Changes when any name does; a report annotated with another version is scanned when it is asked about."""
    hidden: frozenset[str] = frozenset()
    """Folded forms that are not shown as names."""


class Naming:
    """The names of one archive, loaded once and again when somebody has changed them."""

    def __init__(self, catalogue: Catalogue, toolkit: Toolkit) -> None:
        self._catalogue = catalogue
        self._toolkit = toolkit
        self._store = NameStore(catalogue)
        self._current: tuple[tuple[str | None, str], Names] | None = None
        self._linker: tuple[str, Linker] | None = None
        """With the version of the registry that it links to."""
        self._held: dict[int, _Stamp] = {}
        """Of the reports whose names are linked."""

    @property
    def names(self) -> Names:
        """The names in use now."""
        recorded = self._catalogue.get_meta(VERSION)
        made_of = recorded, self._toolkit.registry_version
        if self._current is None or self._current[0] != made_of:
            self._current = made_of, self._load(recorded)
        return self._current[1]

    def refresh(self) -> Names:
        """Find the names anew from what is stored, and bring every mention into line with them."""
        self._look_through()
        linked, fresh = self._compute()
        reports = self._catalogue.reports()
        stale = [report for report in reports if report.registry_version != fresh.version]
        recorded = self._catalogue.get_meta(VERSION)
        if stale or recorded != fresh.version:
            base, old = self._toolkit.registry, self._store.entries()
            known = {folded_name(entry.name) for entry in (*old.values(), *base.entries)}
            new = {_digest(entry): entry for entry in fresh.registry.entries}
            earlier: dict[str | None, Mapping[str, Entry]] = {recorded: old}
            earlier |= {self._toolkit.registry_version: {_digest(entry): entry for entry in base.entries}}
            for version in sorted({report.registry_version for report in stale}):
                own = [report for report in stale if report.registry_version == version]
                before = earlier.get(version)
                forms = None if before is None else _changed(before, new) | (self._hidden() ^ fresh.hidden)
                self._look_again(own, forms, fresh, known, linked.homonyms)
            self._store.use(list(new.items()), fresh.version, fresh.hidden)
        self._current = (fresh.version, self._toolkit.registry_version), fresh
        return fresh

    # --- inside

    def _look_through(self) -> None:
        """Look for programmes and personal data in the reports where that was not done, or done by other rules."""
        version = f"{discovery_version()} {self._toolkit.registry_version}"
        for report in self._catalogue.reports():
            if report.looked_through != version:
                texts = running_text(self._catalogue, report.key)
                found = discover(texts, self._toolkit.registry, self._votes(report))
                texts = (passage.text for passage in self._catalogue.passages(report.key))
                counts: Counter[str] = Counter(datum.kind for text in texts for datum in find_personal_data(text))
                self._store.keep(report.key, found, counts, version)

    def _votes(self, report: ReportRecord) -> list[tuple[str, str]]:
        """(name, label) of each mention that the trained model or the patterns saw and no known name has.

        Names of the archive have taken the place of such mentions where the report was looked through before; what a
        model saw of them is known from then.
        """
        rows = self._catalogue.mentions(Scope((report.key,), all_reports=False))
        seen = [(row.text, row.label) for row in rows if row.marked and row.known is False]
        return [*seen, *((name, "PROGRAM") for name in self._store.voted(report.key))]

    def _load(self, recorded: str | None) -> Names:
        """The stored names when they are of this registry; else found anew, in memory only."""
        stored = self._store.entries() if recorded is not None else {}
        if stored and recorded == _version(list(stored), self._hidden(), self._toolkit.registry_version):
            return Names(Registry(stored.values()), recorded, self._hidden())
        return self._compute()[1]

    def _hidden(self) -> frozenset[str]:
        return frozenset(filter(None, (self._catalogue.get_meta(HIDDEN) or "").split("\n")))

    def _compute(self) -> tuple[Linked, Names]:
        linked, corrections = self._link(), self._store.corrections()
        base = self._toolkit.registry
        if linked.entries == base.entries and not corrections:
            return Linked(base.entries, ()), Names(base, self._toolkit.registry_version)
        corrected = apply(linked.entries, corrections)
        digests = [_digest(entry) for entry in corrected.entries]
        version = _version(digests, corrected.hidden, self._toolkit.registry_version)
        return linked, Names(Registry(corrected.entries), version, corrected.hidden)

    def _link(self) -> Linked:
        """Link what the reports name; only what has changed since this was last done is linked anew."""
        version = self._toolkit.registry_version
        if self._linker is None or self._linker[0] != version:
            self._linker, self._held = (version, Linker(self._toolkit.registry)), {}
        stamps = {r.key: (r.looked_through, r.district, r.board) for r in self._catalogue.reports()}
        changed: dict[int, list[Seen]] = {key: [] for key in self._held.keys() - stamps.keys()}
        changed |= {key: [] for key, stamp in stamps.items() if self._held.get(key) != stamp}
        for seen in self._store.seen([key for key in changed if key in stamps]):
            changed[seen.report].append(seen)
        self._held = stamps
        return self._linker[1].update(changed)

    def _look_again(
        self,
        reports: Sequence[ReportRecord],
        forms: set[str] | None,
        names: Names,
        known: set[str],
        homonyms: Sequence[Homonym],
    ) -> None:
        """Find the mentions anew in the passages that hold one of the forms; in all for None."""
        if not reports or forms == set():
            return
        scope = Scope(tuple(report.key for report in reports), all_reports=False)
        by_key = {report.key: report for report in reports}
        groups = None if forms is None else [found for form in sorted(forms) if (found := stems(form))]
        passages = self._catalogue.all_passages(scope) if groups is None else self._catalogue.scan(scope, groups)
        for batch in _batches([passage for passage in passages if not passage.is_heading]):
            held = self._catalogue.mentions_in([(p.report_key, p.position) for p in batch])
            for passage in batch:
                before = held.get((passage.report_key, passage.position), [])
                after = resolve(passage, before, names, known)
                after = _told_apart(after, by_key[passage.report_key], homonyms)
                if after != before:
                    self._store.replace(passage.report_key, passage.position, after)


def running_text(catalogue: Catalogue, report: int) -> Iterator[str]:
    """What of a report is prose, activities' and indicators' names and comments: where programmes are written of."""
    for passage in catalogue.passages(report):
        if passage.duplicate_of is None and passage.kind in PROSE:
            digits = sum(letter.isdigit() for letter in passage.text)
            if digits <= MOST_DIGITS * len(passage.text):
                yield passage.text
    for activity in catalogue.activities([report]):
        yield from filter(None, (activity.name, activity.note))
    for indicator in catalogue.indicators([report]):
        yield from filter(None, (indicator.name, indicator.note))


def resolve(
    passage: PassageRecord, before: Sequence[MentionRecord], names: Names, known: set[str]
) -> list[MentionRecord]:
    """A passage's mentions by the names in use and, where none of these is longer, those that patterns had found."""
    # What stands around a district's name may have told that its place is meant (`models.district_sense`).
    places = {(row.name, row.start) for row in before if row.label == "LOC"}
    mentions = [
        replace(mention, label="LOC")
        if mention.label == "DISTRICT" and (mention.name, mention.start) in places
        else mention
        for mention in names.registry.match(passage.text)
    ]
    found = [row for row in before if not _known(row, known) and folded_name(row.name) not in names.hidden]
    taken: list[Mention | MentionRecord] = []
    every: list[Mention | MentionRecord] = [*mentions, *found]
    for item in sorted(every, key=lambda i: (i.start - i.end, isinstance(i, MentionRecord))):
        if all(item.end <= other.start or item.start >= other.end for other in taken):
            taken.append(item)
    kept = [row for row in found if row in taken]
    rows = [
        _row(passage, mention, marked=mention in taken and not mention.compound)
        for mention in mentions
        if in_source(passage.runs, mention.start, mention.end)
    ]
    return sorted([*kept, *rows], key=lambda row: (row.start, row.end, row.name))


def _known(row: MentionRecord, names: set[str]) -> bool:
    return row.known if row.known is not None else (not row.marked or folded_name(row.name) in names)


def _row(passage: PassageRecord, mention: Mention, *, marked: bool) -> MentionRecord:
    place = place_of(passage.text, passage.runs, mention.start, mention.end, passage.id)
    return MentionRecord(
        report_key=passage.report_key,
        passage=passage.position,
        label=mention.label,
        name=mention.name,
        text=mention.text,
        start=mention.start,
        end=mention.end,
        marked=marked,
        place=place.key,
        line=place.line,
        line_start=place.start,
        line_end=place.end,
        page=place.page,
        known=True,
    )


def _told_apart(rows: list[MentionRecord], report: ReportRecord, homonyms: Sequence[Homonym]) -> list[MentionRecord]:
    """Acronyms that mean several things get the name that they mean in this report."""
    meant: Mapping[str, str] = {
        name: homonym.name_in(report.key, report.district or report.board or "")
        for homonym in homonyms
        for name in homonym.names
    }
    acronyms = {homonym.acronym for homonym in homonyms}
    return [replace(row, name=meant[row.name]) if row.text in acronyms and row.name in meant else row for row in rows]


def _changed(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> set[str]:
    """Every way to write the names that are in one only."""
    changed = [old[digest] for digest in old.keys() - new.keys()] + [new[digest] for digest in new.keys() - old.keys()]
    return {form for entry in changed for form in entry_forms(entry)}


def _digest(entry: Entry) -> str:
    return sha256(entry.model_dump_json().encode()).hexdigest()


def _version(digests: Sequence[str], hidden: frozenset[str], registry_version: str) -> str:
    digest = sha256("\n".join((registry_version, *digests, "", *sorted(hidden))).encode())
    return digest.hexdigest()[:16]


def _batches(passages: Sequence[PassageRecord], size: int = 200) -> list[Sequence[PassageRecord]]:
    return [passages[start : start + size] for start in range(0, len(passages), size)]

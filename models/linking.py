"""Links the ways one programme is written, over reports, to one name; evidence joins, likeness alone does not.

Two ways to write a name are one when they come to the same key: generic words around it taken off (`metoden Trefas`,
`SAMS-modellen`), an acronym replaced by what a text says that it stands for, words in base form, target groups by one
word (`ungdom`, `unga`). Noise of text recognition is joined only when the noisy form is no Swedish word and the other
one is. An acronym that different reports explain in different ways is kept apart, one name for each explanation.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from models.link_keys import Key, link_key, links
from models.name_noise import blocks, is_noise_of
from models.programmes import Programme
from models.registry import Entry, Registry, entry_forms, folded_name
from models.variants import name_atoms

SAME_MEANING = 0.7
"""Share of letters, in order, from which two explanations of an acronym are one (`difflib` ratio)."""
RARE = 2
"""Sightings up to which a name may be noise of another."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A programme as one report has it."""

    report: int
    area: str
    """District or board: what tells homonyms apart where the report explains nothing."""
    programme: Programme


@dataclass(frozen=True, slots=True)
class Homonym:
    """An acronym that stands for several things."""

    acronym: str
    names: tuple[str, ...]
    """Canonical names, the most frequent first."""
    by_report: Mapping[int, str]
    """Report → the name it explains the acronym by."""
    by_area: Mapping[str, str]
    """District or board → the name most of its reports explain it by."""

    def name_in(self, report: int, area: str) -> str:
        """What the acronym means in a report."""
        return self.by_report.get(report) or self.by_area.get(area) or self.names[0]


@dataclass(frozen=True, slots=True)
class Linked:
    """Names of an archive, each once."""

    entries: tuple[Entry, ...]
    """Known entries, with the variants that the archive adds, and then the discovered ones, by name."""
    homonyms: tuple[Homonym, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of joining some names with each other and with some known ones."""

    names: Mapping[Key, str]
    """Every key, also of known names, with a name as it is written; before noise was taken to what it is noise of."""
    rare: frozenset[Key]
    """Keys of names that may be noise of others."""
    added: Mapping[int, Sequence[str]]
    """Place of a known entry → ways to write it."""
    fresh: tuple[Entry, ...]
    homonyms: tuple[Homonym, ...]


def link(seen: Sequence[Seen], known: Registry) -> Linked:
    """Join what the reports have with each other and with the known entries. The order of `seen` does not matter."""
    joined = join(seen, dict(enumerate(known.entries)))
    return linked([joined], known)


def linked(parts: Iterable[Joined], known: Registry) -> Linked:
    """The names of an archive from those of its parts."""
    added: dict[int, Sequence[str]] = {}
    fresh: list[Entry] = []
    homonyms: list[Homonym] = []
    for part in parts:
        added |= part.added
        fresh += part.fresh
        homonyms += part.homonyms
    entries = [_with_variants(entry, added.get(number, ()), known) for number, entry in enumerate(known.entries)]
    return Linked((*entries, *_unique(fresh)), tuple(sorted(homonyms, key=lambda one: one.acronym)))


def join(seen: Sequence[Seen], known: Mapping[int, Entry]) -> Joined:
    """Join names with each other and with known entries, given by their places among all that are known."""
    explained = meanings_of(seen, known.values())
    homonyms = {acronym: longs for acronym, longs in explained.items() if len(longs) > 1}
    expand = {acronym: next(iter(longs)) for acronym, longs in explained.items() if len(longs) == 1}
    groups: defaultdict[Key, list[Seen]] = defaultdict(list)
    for one in sorted(seen, key=lambda s: (s.report, s.programme.name)):
        groups[_key_of(one, expand, homonyms)].append(one)
    owners: dict[Key, int] = {}
    written: dict[Key, str] = {}
    for number, entry in known.items():
        if entry.label == "PROGRAM":
            for form in entry_forms(entry):
                owners.setdefault(link_key(form, expand), number)
                written.setdefault(link_key(form, expand), form)
    names = {**{key: group[0].programme.name for key, group in groups.items()}, **written}
    rare = frozenset(k for k, g in groups.items() if k not in owners and sum(s.programme.sightings for s in g) <= RARE)
    _join_noise(groups, names, rare)
    added: defaultdict[int, list[str]] = defaultdict(list)
    fresh: list[Entry] = []
    for key, group in groups.items():
        if key in owners:
            added[owners[key]] += _forms(group)
        else:
            fresh.append(_entry(group, apart=group[0].programme.name.upper() in homonyms))
    return Joined(names, rare, added, tuple(fresh), _homonyms(homonyms, groups))


def meanings_of(seen: Sequence[Seen], known: Iterable[Entry]) -> dict[str, dict[Key, Counter[int]]]:
    """Acronym in capitals → key of what it stands for → reports that say so; those of known entries under report 0.

    Explanations whose words one has all of the other (`individuell plan`, `samordnad individuell plan`) are one.
    """
    found: defaultdict[str, dict[Key, Counter[int]]] = defaultdict(dict)
    for entry in known:
        if entry.label != "PROGRAM":
            continue
        forms = entry_forms(entry)
        acronyms = [form for form in forms if form.isupper() and " " not in form]
        longs = [form for form in forms if not form.isupper() and len(name_atoms(form)) > 1]
        for acronym in acronyms:
            for long_form in longs[:1]:
                _say(found[acronym], link_key(long_form), 0)
    for one in sorted(seen, key=lambda s: (s.report, s.programme.name)):
        programme = one.programme
        if programme.long_form and programme.name.upper() == programme.name:
            _say(found[programme.name], link_key(programme.long_form), one.report)
    return dict(found)


def _say(meanings: dict[Key, Counter[int]], key: Key, report: int) -> None:
    for other in meanings:
        if set(other) <= set(key) or set(key) <= set(other) or _near_keys(key, other):
            meanings[other][report] += 1
            return
    meanings[key] = Counter({report: 1})


def _near_keys(one: Key, other: Key) -> bool:
    """True when most letters are the same, in order: other endings, a word in another place, an error of the print."""
    return SequenceMatcher(None, "".join(one), "".join(other), autojunk=False).ratio() >= SAME_MEANING


def _key_of(one: Seen, expand: Mapping[str, Key], homonyms: Mapping[str, Mapping[Key, Counter[int]]]) -> Key:
    name = one.programme.name
    if name in homonyms:
        meanings = homonyms[name]
        own = [key for key, reports in meanings.items() if one.report in reports]
        if own:
            return own[0]
        return max(meanings, key=lambda key: (meanings[key].total(), key))
    return link_key(name, expand)


def _join_noise(groups: dict[Key, list[Seen]], names: Mapping[Key, str], rare: Iterable[Key]) -> None:
    """Take names with a wrong letter to the name they are noise of; `names` has the known ones too."""
    held: defaultdict[str, list[Key]] = defaultdict(list)
    for key in sorted(names):
        for block in blocks(folded_name(names[key]), widths=(-1, 0, 1)):
            held[block].append(key)
    for key in sorted(rare):
        near = {other for block in blocks(folded_name(names[key])) for other in held[block]}
        target = next(
            (
                other
                for other in sorted(near - {key})
                if (other in groups or other not in rare) and is_noise_of(names[key], names[other])
            ),
            None,
        )
        if target is not None:
            groups.setdefault(target, []).extend(groups.pop(key))


def _forms(group: Iterable[Seen]) -> list[str]:
    forms: Counter[str] = Counter()
    for one in group:
        programme = one.programme
        forms[programme.name] += programme.sightings
        for form in (*programme.variants, *((programme.long_form,) if programme.long_form else ())):
            forms[form] += 1
    return sorted(forms, key=lambda form: (-forms[form], form))


def _entry(group: Sequence[Seen], *, apart: bool) -> Entry:
    """One entry for a group. The name most used stands for it; an acronym that means several things says which."""
    forms = _forms(group)
    long_forms = Counter(one.programme.long_form for one in group if one.programme.long_form)
    long_form = min(long_forms, key=lambda form: (-long_forms[form], form)) if long_forms else None
    name = _best(forms)
    if apart and long_form:
        name = f"{group[0].programme.name} ({long_form})"
    capital = not any(form.islower() for form in forms)
    return Entry(
        name=name,
        label="PROGRAM",
        long_form=long_form,
        variants=tuple(form for form in forms if form not in (name, long_form)),
        case="initial" if capital and not name.isupper() else None,
    )


def _best(forms: Sequence[str]) -> str:
    """The form to show: the most used that does not run in small letters, without a generic word around it."""
    generic = (*links().heads, *links().tails)
    bare = [form for form in forms if not any(atom.lower() in generic for atom in name_atoms(form)[1:])]
    best = (bare or list(forms))[0]
    return best[0].upper() + best[1:]


def _with_variants(entry: Entry, forms: Sequence[str], known: Registry) -> Entry:
    have = {folded_name(form) for form in entry_forms(entry)} if forms else set()
    extra = [form for form in dict.fromkeys(forms) if folded_name(form) not in have and known.find(form) is None]
    return entry.model_copy(update={"variants": (*entry.variants, *extra)}) if extra else entry


def _unique(fresh: Iterable[Entry]) -> list[Entry]:
    """One entry a name, by name."""
    held: dict[str, Entry] = {}
    for entry in sorted(fresh, key=lambda e: (e.name, e.long_form or "", e.variants)):
        same = held.get(folded_name(entry.name))
        if same is None:
            held[folded_name(entry.name)] = entry
        else:
            variants = tuple(dict.fromkeys((*same.variants, *entry.variants)))
            held[folded_name(entry.name)] = same.model_copy(update={"variants": variants})
    return list(held.values())


def _homonyms(
    homonyms: Mapping[str, Mapping[Key, Counter[int]]], groups: Mapping[Key, Sequence[Seen]]
) -> tuple[Homonym, ...]:
    built: list[Homonym] = []
    for acronym, meanings in sorted(homonyms.items()):
        names: dict[Key, str] = {}
        by_report: dict[int, str] = {}
        by_area: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for key in sorted(meanings, key=lambda k: (-meanings[k].total(), k)):
            own = [one for one in groups.get(key, ()) if one.programme.name == acronym]
            if not own:
                continue
            names[key] = _entry(list(groups[key]), apart=True).name
            for one in own:
                if one.programme.long_form:
                    by_report[one.report] = names[key]
                    by_area[one.area][names[key]] += 1
        if len(names) > 1:
            areas = {area: min(found, key=lambda n: (-found[n], n)) for area, found in by_area.items()}
            built.append(Homonym(acronym, tuple(names.values()), by_report, areas))
    return tuple(built)

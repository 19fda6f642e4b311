"""Links the ways one programme is written, over reports, to one name; evidence joins, likeness alone does not.

Two ways to write a name are one when they come to the same key: generic words around it taken off (`metoden Trefas`,
`SAMS-modellen`), an acronym replaced by what a text says that it stands for, words in base form, target groups by one
word (`ungdom`, `unga`). Noise of text recognition is joined only when the noisy form is no Swedish word and the other
one is. An acronym that different reports explain in different ways is kept apart, one name for each explanation.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from models.compounds import compound_parts
from models.data_file import DATA, Table, read_table
from models.dictionary import is_known
from models.fold import fold, fold_marks
from models.programmes import Programme
from models.registry import Entry, Registry, entry_forms, folded_name
from models.variants import name_atoms
from models.words import lemma, stop_words, tokenize

Key = tuple[str, ...]
LONG_NAME = 16
"""Letters from which a name with one wrong letter is the same name, if the wrong word is no Swedish word."""
OTHER_THINGS = 0.3
"""Share of content words in common below which two contexts are about different things."""
SAME_THING = 0.6
"""The same from which they are about one thing."""
SAME_MEANING = 0.7
"""Share of letters, in order, from which two explanations of an acronym are one (`difflib` ratio)."""
RARE = 2
"""Sightings up to which a name may be noise of another."""
NOISY_WORD = 8
"""The same for a name of one word."""


class _Links(Table):
    """`links.yaml`."""

    same_words: tuple[tuple[str, ...], ...]
    small_words: tuple[str, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]


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


@cache
def _links() -> _Links:
    return read_table(DATA / "links.yaml", _Links)


@cache
def _same() -> Mapping[str, str]:
    return {word: group[0] for group in _links().same_words for word in group}


def link(seen: Sequence[Seen], known: Registry) -> Linked:
    """Join what the reports have with each other and with the known entries. The order of `seen` does not matter."""
    explained = _explanations(seen, known)
    homonyms = {acronym: longs for acronym, longs in explained.items() if len(longs) > 1}
    expand = {acronym: next(iter(longs)) for acronym, longs in explained.items() if len(longs) == 1}
    groups: defaultdict[Key, list[Seen]] = defaultdict(list)
    for one in sorted(seen, key=lambda s: (s.report, s.programme.name)):
        groups[_key_of(one, expand, homonyms)].append(one)
    owners: dict[Key, int] = {}
    written: dict[Key, str] = {}
    for number, entry in enumerate(known.entries):
        if entry.label == "PROGRAM":
            for form in entry_forms(entry):
                owners.setdefault(link_key(form, expand), number)
                written.setdefault(link_key(form, expand), form)
    _join_noise(groups, written)
    added: defaultdict[int, list[str]] = defaultdict(list)
    fresh: list[Entry] = []
    for key, group in groups.items():
        if key in owners:
            added[owners[key]] += _forms(group)
        else:
            fresh.append(_entry(group, apart=group[0].programme.name.upper() in homonyms))
    entries = [_with_variants(entry, added.get(number, ()), known) for number, entry in enumerate(known.entries)]
    return Linked((*entries, *_unique(fresh)), _homonyms(homonyms, groups))


def link_key(name: str, expand: Mapping[str, Key] | None = None) -> Key:
    """What names that are the same have in common; `expand` has the meaning of acronyms, by the acronym in capitals."""
    atoms = [atom for atom in name_atoms(name) if atom]
    heads, tails = set(_links().heads), set(_links().tails)
    while len(atoms) > 1 and atoms[0].lower() in heads:
        atoms = atoms[1:]
    while len(atoms) > 1 and atoms[-1].lower() in tails and (len(atoms) > 2 or _unusual(atoms[0])):
        atoms = atoms[:-1]
    words: list[str] = []
    for atom in atoms:
        meaning = (expand or {}).get(atom) if atom.isupper() else None
        words += meaning if meaning is not None else _plain(atom)
    return tuple(word for word in words if word not in _links().small_words) or tuple(words)


def same_programme(
    one: str, other: str, known: Registry, seen: Sequence[Seen] = (), contexts: tuple[str, str] | None = None
) -> bool:
    """Whether two names are one, by the known names, by what reports explain, by their words, and by the words around
    each, where `contexts` are given: the same name among other words is another thing."""
    if contexts is not None:
        shared = _shared_words(contexts, (one, other))
        if shared < OTHER_THINGS:
            return False
        words = sorted((set(link_key(one)), set(link_key(other))), key=len)
        if shared >= SAME_THING and len(words[0]) > 1 and words[0] <= words[1]:
            return True
    linked = link(seen, known)
    registry = Registry(linked.entries)
    first, second = registry.find(one), registry.find(other)
    if first is not None and second is not None:
        return first.name == second.name
    expand = {a: next(iter(longs)) for a, longs in _explanations(seen, known).items() if len(longs) == 1}
    if link_key(one, expand) == link_key(other, expand):
        return True
    entry, name = (first, other) if first is not None else (second, one)
    forms = entry_forms(entry) if entry is not None else (one,)
    name = name if entry is not None else other
    return any(
        link_key(name, expand) == link_key(form, expand) or _noisy(name, form) or _noisy(form, name) for form in forms
    )


def _shared_words(contexts: tuple[str, str], names: tuple[str, str]) -> float:
    """Share of the content words of the shorter context that the other has too; the names' own are not counted."""
    own = {word for name in names for word in link_key(name)}
    first, second = (
        {lemma(token.text) for token in tokenize(text)} - own - stop_words() - set(_links().small_words)
        for text in contexts
    )
    return len(first & second) / max(min(len(first), len(second)), 1)


def _unusual(atom: str) -> bool:
    """True for an acronym or a word that no dictionary has: what `-modellen` leaves is then a name."""
    return (atom.isupper() and len(atom) > 1) or not is_known(atom.lower())


@lru_cache(maxsize=50_000)
def _plain(atom: str) -> tuple[str, ...]:
    if len(atom) == 1 and atom.isupper():
        return (atom,)
    small = fold(atom)
    word = _same().get(small) or _same().get(lemma(small)) or lemma(small)
    return (word,)


def _explanations(seen: Sequence[Seen], known: Registry) -> dict[str, dict[Key, Counter[int]]]:
    """Acronym in capitals → key of what it stands for → reports that say so; those of the registry under report 0.

    Explanations whose words one has all of the other (`individuell plan`, `samordnad individuell plan`) are one.
    """
    found: defaultdict[str, dict[Key, Counter[int]]] = defaultdict(dict)
    for entry in known.entries:
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


def _join_noise(groups: dict[Key, list[Seen]], owners: Mapping[Key, str]) -> None:
    """Take names with a wrong letter to the name they are noise of; `owners` are the known ones as they are written."""
    names = {**{key: group[0].programme.name for key, group in groups.items()}, **owners}
    blocks: defaultdict[str, list[Key]] = defaultdict(list)
    for key in sorted(names):
        for block in _halves(folded_name(names[key]), widths=(-1, 0, 1)):
            blocks[block].append(key)
    rare = [k for k, g in groups.items() if k not in owners and sum(s.programme.sightings for s in g) <= RARE]
    for key in sorted(rare):
        near = {other for block in _halves(folded_name(names[key])) for other in blocks[block]}
        target = next(
            (o for o in sorted(near - {key}) if (o in groups or o in owners) and _noisy(names[key], names[o])), None
        )
        if target is not None:
            groups.setdefault(target, []).extend(groups.pop(key))


def _halves(name: str, widths: Sequence[int] = (0,)) -> set[str]:
    """What a name shares with those one letter away: its first half or its second; and its letters without marks."""
    found = {"=" + _bare(name)}
    for width in widths:
        half = (len(name) + width) // 2
        found |= {"<" + name[: half - 1], ">" + name[len(name) - half + 1 :]} if half > 3 else set()
    return found


def _noisy(name: str, target: str) -> bool:
    """True when `name` is `target` with wrong marks on letters or one wrong letter that makes it no Swedish word."""
    one, other = folded_name(name), folded_name(target)
    if one == other:
        return False  # two things with one acronym
    if len(one) >= NOISY_WORD and (_bare(one) == _bare(other) or one.replace(" ", "") == other.replace(" ", "")):
        return True  # other marks on letters, or a blank lost
    if len(one) >= NOISY_WORD and _binding_s(one, other):
        return True
    if abs(len(one) - len(other)) > 1 or _edits(one, other) != 1:
        return False
    if any(letter.isdigit() for letter in one + other):
        return False
    wrong = [(a, b) for a, b in zip(one.split(), other.split(), strict=False) if a != b]
    if len(wrong) != 1 or len(one.split()) != len(other.split()):
        return False
    bad, good = wrong[0]
    long_enough = len(one) >= LONG_NAME if len(one.split()) > 1 else len(bad) >= NOISY_WORD
    return (
        long_enough
        and min(len(bad), len(good)) >= 6
        and not _swedish(bad)
        and (_swedish(good) or len(one) >= LONG_NAME)
    )


def _binding_s(one: str, other: str) -> bool:
    """True for compounds of which one has lost the -s- between its parts: `stockholmentor`, `stockholmsmentor`."""
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(
        long[place] == "s" and long[:place] + long[place + 1 :] == short for place in range(4, len(long) - 4)
    )


def _bare(text: str) -> str:
    """Without marks: `läslýftet` as `laslyftet`."""
    return "".join(c for c in unicodedata.normalize("NFD", fold_marks(text)) if not unicodedata.combining(c))


def _swedish(word: str) -> bool:
    return is_known(word) or bool(compound_parts(word))


def _edits(one: str, other: str) -> int:
    """Levenshtein distance, 2 for anything above 1."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > 1:
        return 2
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests = (
        one[start + 1 :] == other[start + 1 :],
        one[start + 1 :] == other[start:],
        one[start:] == other[start + 1 :],
    )
    return 1 if any(rests) else 2


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
    generic = (*_links().heads, *_links().tails)
    bare = [form for form in forms if not any(atom.lower() in generic for atom in name_atoms(form)[1:])]
    best = (bare or list(forms))[0]
    return best[0].upper() + best[1:]


def _with_variants(entry: Entry, forms: Sequence[str], known: Registry) -> Entry:
    have = {folded_name(form) for form in entry_forms(entry)}
    extra = [form for form in dict.fromkeys(forms) if folded_name(form) not in have and known.find(form) is None]
    return entry.model_copy(update={"variants": (*entry.variants, *extra)}) if extra else entry


def _unique(fresh: Iterable[Entry]) -> list[Entry]:
    """One entry a name, by name."""
    held: dict[str, Entry] = {}
    for entry in sorted(fresh, key=lambda e: e.name):
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

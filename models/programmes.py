"""Programmes that no list has: found in the running text of a report by how they are written of, and counted.

What is weighed is evidence, not likeness: `models.programme_patterns` says why a stretch looks like a name, every kind
of evidence has a weight, and a name is taken when its weights, over the whole report, reach a threshold.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from models.dictionary import is_known
from models.entity_patterns import find_candidates
from models.programme.heads import beside
from models.programme.sighting import Evidence, Sighting
from models.programme.sightings import sightings
from models.programme.words import cues, either
from models.registry import Registry, folded_name

WEIGHTS: Mapping[Evidence, float] = {
    "explained": 2.0,
    "head": 2.0,
    "ending": 2.0,
    "document": 2.0,
    "tail": 1.5,
    "quoted": 1.5,
    "title": 1.2,
    "small quoted": 0.9,
    "small head": 0.9,
    "english title": 1.5,
    "list": 1.5,
    "defined": 1.5,
    "small defined": 0.9,
    "beside": 1.1,
    "model": 1.0,
    "unit": -3.0,
    "other label": -0.8,
    "city": 1.2,
    "acronym": 0.7,
    "unknown": 0.4,
    "strong cue": 1.5,
    "weak head": 1.1,
    "cue": 0.6,
}
AGAIN = 0.3
"""Added for each further sighting of the same kind, up to `MOST_AGAIN`."""
MOST_AGAIN = 3
SEVERAL_WORDS = 0.6
"""Added where a name in small letters has several words."""
UNTOLD = 1.4
"""Taken off where the words that an acronym stands for do not tell that it is a programme."""
ENOUGH = 1.5
"""Chosen on reports 000 and 003 with every programme taken out of the registry; see eval/RESULTS.md."""
RULES = 3
"""Raised when the patterns change in code."""
LONG_CAPITALS = 8
"""Letters above which a form all in capitals is a heading's rather than an acronym."""
LONGEST_NAME = 90
"""Characters."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme found in a report."""

    name: str
    """As it is most often written, with a capital where any sighting has one."""
    variants: tuple[str, ...]
    """Other ways it is written there, the most frequent first; long form not among them."""
    long_form: str | None
    evidence: tuple[Evidence, ...]
    """Kinds of evidence, the weightiest first."""
    sightings: int
    """Places that gave evidence; mentions are counted by whoever looks for the name."""


@cache
def discovery_version() -> str:
    """Changes when the rules do: `discover` may then find other names in a text."""
    rules = repr((sorted(WEIGHTS.items()), AGAIN, MOST_AGAIN, SEVERAL_WORDS, UNTOLD, ENOUGH, RULES))
    return sha256((cues().model_dump_json() + rules).encode()).hexdigest()[:12]


def discover(texts: Iterable[str], registry: Registry, voted: Iterable[tuple[str, str]] = ()) -> tuple[Programme, ...]:
    """The programmes that the passages of one report name, those with most evidence first.

    `voted` are the names that a trained model saw in them with their labels, once for each mention. Names that the
    registry has, under any label, are left out: they need no discovery.
    """
    passages = list(texts)
    groups: defaultdict[str, list[Sighting]] = defaultdict(list)
    for text in passages:
        _sort_in(groups, text, sightings(text), registry)
    for name, label in voted:
        if label == "PROGRAM" or _key(name) in groups:
            one = Sighting(0, len(name), name, "model" if label == "PROGRAM" else "other label")
            if _may_be_name(one, registry):
                groups[_key(name)].append(one)
    _join_genitives(groups)
    certain = {one.text for group in groups.values() if _weight(group) >= ENOUGH for one in group}
    if certain:
        names = re.compile(rf"(?<![\w-])(?:{either(certain)})(?:-[a-zåäö]+)?(?![\w-])")
        for text in passages:
            _sort_in(groups, text, list(beside(text, names)), registry)
    found = [(weight, _programme(group)) for group in groups.values() if (weight := _weight(group)) >= ENOUGH]
    found.sort(key=lambda pair: (-pair[0], pair[1].name))
    return tuple(programme for _, programme in _without_long_forms([programme for _, programme in found]))


def _sort_in(
    groups: defaultdict[str, list[Sighting]], text: str, found: Iterable[Sighting], registry: Registry
) -> None:
    for one in found:
        if _may_be_name(one, registry) and not _inside_other(text, one, registry):
            groups[_key(one.text)].append(one)


def _without_long_forms(found: Sequence[Programme]) -> list[tuple[int, Programme]]:
    """Leave out the long forms that stand as names of their own beside their acronym, and names that run on."""
    long_forms = {_key(one.long_form) for one in found if one.long_form}
    keys = {_key(one.name) for one in found} | long_forms
    return [
        (place, one)
        for place, one in enumerate(found)
        if (_key(one.name) not in long_forms or one.long_form)
        and not (set(one.evidence) <= {"title", "cue", "strong cue", "weak head"} and _runs_on(_key(one.name), keys))
    ]


def _runs_on(key: str, keys: Collection[str]) -> bool:
    """True for `bostad först och fördela` beside `bostad först`."""
    words = key.split()
    return any(" ".join(words[:count]) in keys for count in range(1, len(words)) if words[count] in cues().joins_name)


def _key(name: str) -> str:
    return folded_name(name)


def _join_genitives(groups: defaultdict[str, list[Sighting]]) -> None:
    for key in sorted(groups):
        if key.endswith("s") and key[:-1] in groups:
            groups[key[:-1]] += groups.pop(key)


def _weight(group: Sequence[Sighting]) -> float:
    kinds = Counter(one.evidence for one in group)
    total = sum(
        WEIGHTS[kind] + math.copysign(AGAIN, WEIGHTS[kind]) * min(count - 1, MOST_AGAIN)
        for kind, count in kinds.items()
    )
    if "small head" in kinds and len(group[0].text.split()) > 1:
        total += SEVERAL_WORDS
    if not kinds.keys() - {"small quoted", "other label", "unit"}:
        return 0.0  # said in quotes again and again, it is still a turn of phrase
    if "explained" in kinds and not any(_names_programme(one) for one in group):
        total -= UNTOLD
    return total


def _names_programme(one: Sighting) -> bool:
    """Whether what an acronym stands for is by its last word a programme, or written as a name."""
    said = (one.long_form or one.text).split()
    return said[-1].lower().endswith(cues().program_heads) or any(word[0].isupper() for word in said[1:])


def _programme(group: Sequence[Sighting]) -> Programme:
    forms = Counter(" ".join(one.text.split()) for one in group)
    ranked = sorted(
        forms, key=lambda form: (form.isupper() and len(form) > 8, -forms[form], not form[0].isupper(), form)
    )
    name = ranked[0]
    long_forms = Counter(" ".join(one.long_form.split()) for one in group if one.long_form)
    kinds = dict.fromkeys(one.evidence for one in sorted(group, key=lambda one: -WEIGHTS[one.evidence]))
    shown = name[0].upper() + name[1:] if name.islower() else name
    return Programme(
        name=shown,
        # The form in small letters stays, so that the name is known to be written so too.
        variants=tuple(form for form in ranked if form != shown),
        long_form=min(long_forms, key=lambda form: (-long_forms[form], form)) if long_forms else None,
        evidence=tuple(kinds),
        # One place gives several kinds of evidence, but each kind once.
        sightings=max(Counter(one.evidence for one in group).values()),
    )


def _may_be_name(one: Sighting, registry: Registry) -> bool:
    """False for what cannot be a programme's name by its words alone."""
    table = cues()
    words = one.text.lower().split()
    if not words or len(one.text) > LONGEST_NAME or len(one.text) < 2 or one.text.isdigit():
        return False
    if len(words) == 1 and words[0] in (*table.ends_name, *table.joins_name, *table.not_first):
        return False
    if any(word.endswith(("avdelningen", "förvaltningen", "nämnden", "kontoret")) for word in words):
        return False
    if " ".join(words) in table.generic or (len(words) == 1 and len(words[0]) < 3 and one.evidence != "explained"):
        return False
    if one.evidence not in ("head", "quoted", "document") and (
        words[0] in table.not_first or words[-1].endswith(table.not_endings)
    ):
        return False
    if len(words) == 1 and one.text.upper().rstrip("S") in table.not_acronyms:
        return False
    if (
        len(words) == 1
        and one.evidence in ("cue", "strong cue", "weak head", "unknown", "acronym", "beside", "model", "list")
        and is_known(words[0])
        and (one.evidence != "list" or one.text[1:].islower())
    ):
        return False
    if one.evidence == "explained":
        last = (one.long_form or one.text).lower().split()[-1]
        if last.endswith(table.not_long_forms) or words[0] in table.joins_name:
            return False
    return registry.find(one.text) is None


def _inside_other(text: str, one: Sighting, registry: Registry) -> bool:
    """True when known names or the patterns for persons, places and organisations have the stretch already."""
    if one.evidence in ("document", "head", "ending", "tail"):
        return False
    mentions = registry.match(text[one.start : one.end])
    if any(mention.start == 0 and not mention.compound for mention in mentions):
        return True
    return any(
        candidate.label in ("PER", "LOC", "ORG", "LAW") and candidate.start <= one.start < candidate.end
        for candidate in find_candidates(text)
    )

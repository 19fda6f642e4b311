"""Puts other names of the same form in a sentence, so that the words around teach more than the name."""

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from models.ner.corpora import Sentence, Span
from models.registry import Label

SWAPPED = 0.5
"""Share of names that are exchanged in a swapped sentence."""
_DISTRICT_TAILS = ("", " stadsdelsnämnd", " stadsdelsförvaltning", " stadsdelsområde")
_PLACE_TAILS = ("torg", "centrum", "strand", "gård", "park")

Pools = Mapping[tuple[Label, str], Sequence[str]]
"""Names by label and form."""


def form(name: str) -> str:
    """A name's outer form: small words as they are, others by their letters. Only names of one form are exchanged."""
    parts = []
    for word in name.split():
        if word.isupper() and len(word) > 1:
            parts.append("AA")
        elif word[0].isupper():
            parts.append("Aas" if word.endswith("s") else "Aa")
        elif any(sign.isdigit() for sign in word):
            parts.append("1")
        else:
            parts.append(word)
    return " ".join(parts)


def pools(sentences: Iterable[Sentence], gazetteers: Path) -> Pools:
    """The names of our sentences and of the lists under `gazetteers` (people, places, districts)."""
    found: dict[tuple[Label, str], set[str]] = defaultdict(set)

    def add(label: Label, name: str) -> None:
        found[label, form(name)].add(name)

    for sentence in sentences:
        for start, end, label in sentence.entities:
            add(label, sentence.text[start:end])
    chance = random.Random(1)  # noqa: S311
    last = _column(gazetteers / "gaz-names-faker-svSE" / "last_names.csv", "name")
    for file in ("first_names_female.csv", "first_names_male.csv"):
        for first in _column(gazetteers / "gaz-names-faker-svSE" / file, "name"):
            add("PER", f"{first} {chance.choice(last)}")
            add("PER", first)
    for place in _column(gazetteers / "gaz-geonames-se" / "se_places_pop500.csv", "name"):
        add("LOC", place)
        if " " not in place and chance.random() < 0.2:
            add("LOC", f"{place} {chance.choice(_PLACE_TAILS)}")
    for place in _column(gazetteers / "gaz-swedish-geodata" / "municipalities.csv", "municipality_name"):
        add("LOC", place)
        add("ORG", place.replace(" kommun", " stad"))
    lines = (gazetteers / "gaz-stockholm-stadsdelar" / "stadsdelsomraden.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            name = line.split(" [")[0]
            for tail in _DISTRICT_TAILS:
                add("DISTRICT", f"{name}{tail}")
                add("DISTRICT", f"{_genitive(name)}{tail}")
    return {key: sorted(names) for key, names in found.items()}


def swap(sentence: Sentence, names: Pools, chance: random.Random) -> Sentence:
    """The sentence with about half of its names exchanged."""
    pieces: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for start, end, label in sentence.entities:
        before, name = sentence.text[at:start], sentence.text[start:end]
        choices = names.get((label, form(name)), ())
        if choices and chance.random() < SWAPPED:
            name = chance.choice(choices)
        pieces += [before, name]
        length += len(before)
        spans.append((length, length + len(name), label))
        length += len(name)
        at = end
    pieces.append(sentence.text[at:])
    return replace(sentence, text="".join(pieces), entities=tuple(spans))


def _genitive(name: str) -> str:
    return name if re.search(r"[sxz]$", name) else f"{name}s"


def _column(path: Path, name: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]

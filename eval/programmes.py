"""Scores the programmes found in a report against an inventory made by hand, with the known programmes and without."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from eval.gold import GoldProgram, Json
from eval.score import Score
from ingest.report import Report
from models.entity_patterns import find_candidates
from models.link_keys import link_key
from models.linking import Seen, link
from models.ner.choice import NONE
from models.ner.corpora import LABELS
from models.ner.reading import tag_texts
from models.ner.tagger import Tagger
from models.pipeline import BESIDE_MODEL, merge
from models.programmes import discover
from models.registry import Registry, load_registry
from models.same_programme import same_programme
from search.letters import letters
from search.naming import MOST_DIGITS, PROSE

ALIAS_PAIRS = Path(__file__).parent / "data" / "alias_pairs.json"
MORE_PAIRS = Path(__file__).parent / "data" / "alias_pairs_2.json"
SHARE = 0.6
"""Share of the longer name's letters that the shorter must have to be taken for it ("Demens ABC" is not "ABC")."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """How well the programmes of a report were found."""

    names: Score
    """Certain names of the inventory that have a mention; `found` counts these too."""
    mentions: Score
    """Mentions that are of a name of the inventory; those of uncertain names are left out."""


def score_inventory(gold: Sequence[GoldProgram], report: Report, registry: Registry, tagger: Tagger) -> Inventory:
    """Find the programmes of a report as ingest does, and compare them with the inventory."""
    found = [text for texts in _mentions(report, registry, tagger) for text in texts]
    sure = [program for program in gold if program.sure]
    unsure = [program for program in gold if not program.sure]
    seen = sum(any(_is(program, text) for text in found) for program in sure)
    right = [text for text in found if any(_is(program, text) for program in sure)]
    doubtful = [text for text in found if text not in right and any(_is(program, text) for program in unsure)]
    return Inventory(Score(seen, seen, len(sure)), Score(len(right), len(found) - len(doubtful), len(right)))


def without_programmes(registry: Registry) -> Registry:
    """The registry with every programme taken out: what is then found was found by the rules and the model alone."""
    return Registry([entry for entry in registry.entries if entry.label != "PROGRAM"])


def score_pairs(path: Path = ALIAS_PAIRS) -> Score:
    """Pairs of names that were judged the same or not as a person judged them."""
    pairs = json.loads(path.read_text(encoding="utf-8"))
    known = load_registry()
    right = sum(same_programme(pair["a"], pair["b"], known, (), _contexts(pair)) == pair["same"] for pair in pairs)
    return Score(right, len(pairs), len(pairs))


def _contexts(pair: Json) -> tuple[str, str] | None:
    first, second = pair.get("context_a"), pair.get("context_b")
    return (first, second) if first and second else None


def _mentions(report: Report, registry: Registry, tagger: Tagger) -> Iterator[list[str]]:
    texts = [passage.text for passage in report.passages if passage.duplicate_of is None]
    voted = tag_texts(texts, tagger)
    named = [
        (text[vote.start : vote.end], vote.label) for text, votes in zip(texts, voted, strict=True) for vote in votes
    ]
    found = discover(_running(report), registry, named)
    names = Registry(link([Seen(1, "", one) for one in found], registry).entries)
    patterns = LABELS if tagger.name == NONE else BESIDE_MODEL
    for text, votes in zip(texts, voted, strict=True):
        candidates = [one for one in find_candidates(text) if one.label in patterns]
        mentions = names.match(text)
        compounds = [one.text for one in mentions if one.compound and one.label == "PROGRAM"]
        merged = merge(text, mentions, votes, candidates, names)
        yield [*(entity.text for entity in merged if entity.label == "PROGRAM"), *compounds]


def _running(report: Report) -> Iterator[str]:
    for passage in report.passages:
        digits = sum(letter.isdigit() for letter in passage.text)
        if passage.duplicate_of is None and passage.kind in PROSE and digits <= MOST_DIGITS * len(passage.text):
            yield passage.text
    named = [(row.name, row.note) for row in report.activities] + [(row.name, row.note) for row in report.indicators]
    for name, note in named:
        yield from filter(None, (name, note))


def _is(program: GoldProgram, text: str) -> bool:
    return any(_alike(form, text) for form in (program.name, *program.variants))


@cache
def _alike(one: str, other: str) -> bool:
    """The same name: an acronym that stands in the other, else one that holds most of the other's letters."""
    for acronym, text in ((one, other), (other, one)):
        if len(acronym) > 1 and acronym.isupper() and re.search(rf"(?<!\w){re.escape(acronym)}(?!\w)", text):
            return True
    short, long = sorted((letters(one), letters(other)), key=len)
    if len(short) <= 2 or len(short) < SHARE * len(long):
        return False
    return short in long or _words(one) <= _words(other) or _words(other) <= _words(one)


@cache
def _words(name: str) -> frozenset[str]:
    """The content words in base form: "handlingsplanen för X" is "handlingsplan för X"."""
    return frozenset(link_key(name))

"""Names measured on everything annotated that was not learned from: `python -m eval names`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.entities import ALL, Span, score
from eval.figure import Figure
from eval.gold import gold_ids, load_gold
from examples.truth import load_sentences
from models.ner.corpora import GENERAL, Sentence, read_klintan, read_references, read_uner
from models.ner.municipal import held_out, municipal_sentences
from models.ner.reading import thresholds
from models.ner.scheme import Found
from models.ner.tagger import Tagger
from models.pipeline import annotate
from models.registry import Registry

TARGETS = {ALL: 0.78, "DISTRICT": 0.92, "LAW": 0.92, "PER": 0.9, "PROGRAM": 0.65}
"""F1 that the project asks of the whole pipeline on the gold of reports."""
DATA = Path(__file__).parent / "data"
CORPUS_TARGETS = {"UNER Talbanken test": 0.82, "klintan test": 0.80}


@dataclass(frozen=True, slots=True)
class Test:
    """Annotated sentences."""

    name: str
    sentences: Sequence[tuple[str, Sequence[Span]]]
    general: bool = False
    """Only PER, ORG and LOC were looked for."""


def tests(shared: Path) -> Iterator[Test]:
    """What there is to measure on; without `shared` the sentences of the example archive only."""
    yield Test("exempel", [(s.text, [(e.start, e.end, e.label) for e in s.entities]) for s in load_sentences()])
    if not (shared / "gold").is_dir():
        return
    gold = [load_gold(shared / "gold", name) for name in gold_ids(shared / "gold")]
    yield Test("facit", [(s.text, [(e.start, e.end, e.label) for e in s.entities]) for g in gold for s in g.sentences])
    yield _test("undanhållna kommunala", [s for s in municipal_sentences(shared) if held_out(s)])
    # Reports 001, 002 and 004: by a digest of each of 40 stretches of a report, all sentences and those with a capital;
    # and by the same rule sentences with a district's name (15 a report), a word for a law (10) or a first name (all).
    yield _test("undanhållna rapporter", read_references(DATA / "names-random.jsonl", shared))
    yield _test("deras stadsdelar, lagar och personer", read_references(DATA / "names-chosen.jsonl", shared))
    corpora = shared / "ner"
    yield _test(
        "UNER Talbanken test", read_uner(corpora / "uner-talbanken" / "sv_talbanken-ud-test.iob2"), general=True
    )
    yield _test("klintan test", read_klintan(corpora / "klintan-swedish-ner" / "test_corpus.txt"), general=True)


def _test(name: str, sentences: Sequence[Sentence] | Iterator[Sentence], *, general: bool = False) -> Test:
    return Test(name, [(sentence.text, sentence.entities) for sentence in sentences], general)


def measure(shared: Path, tagger: Tagger) -> Iterator[Figure]:
    """F1 of the model alone, of the pipeline without the registry, and of the whole, on every test."""
    empty = Registry([])
    for test in tests(shared):
        texts = [text for text, _ in test.sentences]
        alone = [
            [_span(found, test) for found in names if found.confidence >= thresholds()[found.label]]
            for names in tagger.tag(texts)
        ]
        yield from _figures(test, "modellen ensam", alone)
        if test.general:
            continue
        for way, registry in (("utan register", empty), ("hela", None)):
            found = [[(e.start, e.end, e.label) for e in names] for names in annotate(texts, registry, tagger)]
            yield from _figures(test, way, found)


def _span(found: Found, test: Test) -> Span:
    """General corpora know no districts: these are places there."""
    label = "LOC" if test.general and found.label == "DISTRICT" else found.label
    return found.start, found.end, label


def _figures(test: Test, way: str, found: Sequence[Sequence[Span]]) -> Iterator[Figure]:
    if test.general:
        found = [[span for span in spans if span[2] in GENERAL] for spans in found]
    for label, result in score([spans for _, spans in test.sentences], found).items():
        target = CORPUS_TARGETS.get(test.name) if label == ALL else None
        if test.name == "facit" and way == "hela":
            target = TARGETS.get(label)
        note = f"(precision {result.precision:.2f}, täckning {result.recall:.2f}, {result.wanted} st)"
        yield Figure(f"namn, {test.name}, {way}", f"{label} F1", result.f1, target, note)

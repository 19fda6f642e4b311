"""Named entities in running text, and the spaCy pipeline `spana_sv` that carries them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from models.data_file import DATA, Table, read_table
from models.district_sense import tell_districts
from models.entity_patterns import Candidate, find_candidates, is_compound, is_name
from models.ner.choice import NONE, shipped_tagger
from models.ner.corpora import LABELS
from models.ner.reading import tag_texts
from models.ner.scheme import Found
from models.ner.tagger import Tagger
from models.registry import Label, Mention, Registry, load_registry
from models.sentences import sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

TEXTS_AT_ONCE = 256
"""Texts whose sentences the trained model reads together."""
BESIDE_MODEL: frozenset[Label] = frozenset({"ORG", "LAW"})
"""Labels of which the patterns find what a trained model misses; others they find worse (eval/RESULTS.md)."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity; offsets are code points, half-open."""

    text: str
    label: Label
    start: int
    end: int
    name: str
    """The canonical name of a known one, else the text as it stands."""


@cache
def _shipped_registry() -> Registry:
    return load_registry()


def annotate(
    texts: Iterable[str], registry: Registry | None = None, tagger: Tagger | None = None
) -> Iterator[list[Entity]]:
    """The entities of each text, in order and without overlaps: known names, the trained model's, and by patterns.

    Without `registry` and `tagger` the ones that come with the project. A name inside a compound (`LSS-verksamhet`) is
    no entity of its own.
    """
    known = registry or _shipped_registry()
    model = tagger or shipped_tagger()
    patterns: Collection[Label] = LABELS if model.name == NONE else BESIDE_MODEL
    stream = iter(texts)
    while chunk := list(islice(stream, TEXTS_AT_ONCE)):
        for text, found in zip(chunk, tag_texts(chunk, model), strict=True):
            candidates = [c for c in find_candidates(text) if c.label in patterns]
            yield merge(text, tell_districts(text, known.match(text), found), found, candidates, known)


def merge(
    text: str, mentions: Sequence[Mention], found: Sequence[Found], candidates: Sequence[Candidate], registry: Registry
) -> list[Entity]:
    """The entities of one text. Of two that overlap the longer stays; of equals the known one, then the model's."""
    order: tuple[type, ...] = (Mention, Found, Candidate)
    parts = [mention for mention in mentions if mention.compound]
    found = [name for name in found if not (is_compound(text[name.start : name.end]) and _holds(name, parts))]
    ranked: list[Mention | Found | Candidate] = sorted(
        [*mentions, *found, *candidates], key=lambda item: (item.start - item.end, order.index(type(item)))
    )
    taken: list[Mention | Found | Candidate] = []
    for item in ranked:
        if all(item.end <= other.start or item.start >= other.end for other in taken):
            taken.append(item)
    return [
        Entity(text[item.start : item.end], item.label, item.start, item.end, _name(text, item, registry))
        for item in sorted(taken, key=lambda item: item.start)
        if not (isinstance(item, Mention) and (item.compound or not is_name(item.text)))
    ]


def _holds(name: Found, parts: Sequence[Mention]) -> bool:
    return any(name.start <= part.start and part.end <= name.end for part in parts)


def _name(text: str, item: Mention | Found | Candidate, registry: Registry) -> str:
    """The canonical name of a known one, also when the model found it and the matcher did not."""
    if isinstance(item, Mention):
        return item.name
    surface = " ".join(text[item.start : item.end].split())
    entry = registry.find(surface)
    return entry.name if entry is not None and entry.label == item.label else surface


class _Exceptions(Table):
    inner: tuple[str, ...]
    final: tuple[str, ...]


def load_pipeline(registry: Registry | None = None, tagger: Tagger | None = None) -> "Language":
    """`spana_sv`: Swedish tokens, sentences by `models.sentences`, entities by `annotate`.

    An entity's `ent_id_` and `kb_id_` are its canonical name. Where a token crosses an entity's edge the entity takes
    the whole token; exact offsets are those of `annotate`.
    """
    import spacy
    from spacy.language import Language

    if not Language.has_factory("spana_sentences"):
        Language.component("spana_sentences", func=_set_sentences)
        Language.factory("spana_names", func=_names_factory)
    nlp = spacy.blank("sv")
    nlp.meta["name"] = "spana"
    tokenizer: Any = nlp.tokenizer
    table = read_table(DATA / "abbreviations.yaml", _Exceptions)
    for word in table.inner + table.final:
        if " " not in word:
            for form in (word, word.capitalize()):
                tokenizer.add_special_case(form, [{"ORTH": form}])
    nlp.add_pipe("spana_sentences")
    names: Any = nlp.add_pipe("spana_names")
    names.registry, names.tagger = registry, tagger
    return nlp


def _set_sentences(doc: "Doc") -> "Doc":
    starts = {start for start, _ in sentences(doc.text)}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc


class NameComponent:
    """Sets `doc.ents`."""

    registry: Registry | None
    tagger: Tagger | None

    def __call__(self, doc: "Doc") -> "Doc":
        """The document with its entities."""
        return next(self.pipe(iter([doc])))

    def pipe(self, stream: "Iterable[Doc]", batch_size: int = TEXTS_AT_ONCE) -> "Iterator[Doc]":
        """The documents with their entities; the trained model reads those of a batch together."""
        from spacy.util import filter_spans

        documents = iter(stream)
        while batch := list(islice(documents, batch_size)):
            for doc, entities in zip(batch, annotate([d.text for d in batch], self.registry, self.tagger), strict=True):
                spans = (
                    doc.char_span(e.start, e.end, e.label, kb_id=e.name, span_id=e.name, alignment_mode="expand")
                    for e in entities
                )
                doc.ents = filter_spans(span for span in spans if span is not None)
                yield doc


def _names_factory(nlp: "Language", name: str) -> NameComponent:  # noqa: ARG001 — spaCy calls it with both
    return NameComponent()

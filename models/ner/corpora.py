"""Reads the annotated corpora. Each gives sentences as text with spans, and says which labels its annotators used."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.registry import Label

LABELS: tuple[Label, ...] = ("PER", "ORG", "LOC", "DISTRICT", "PROGRAM", "LAW", "EVENT")
GENERAL: frozenset[Label] = frozenset({"PER", "ORG", "LOC"})
"""What general corpora annotate: in them a word without a label may still be one of the other names."""

_SUC: dict[str, Label] = {"inst": "ORG", "person": "PER", "place": "LOC", "event": "EVENT"}
_UNSPACED_BEFORE = frozenset(".,;:!?)]}”»")
_UNSPACED_AFTER = frozenset("([{“«")

Span = tuple[int, int, Label]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its names: (start, end, label) in code points, half-open, in order."""

    text: str
    entities: tuple[Span, ...]
    labels: frozenset[Label] = field(default=frozenset(LABELS))
    """The labels that were looked for: elsewhere "no name" is not a fact."""


class CorpusError(Exception):
    """A corpus does not have the form its reader expects. The message names file and place."""


def read_uner(path: Path) -> Iterator[Sentence]:
    """Universal NER, tab-separated: id, word, IOB2 tag; `# text = ` gives the sentence as printed."""
    text = ""
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line and not line.startswith("#"):
            _, word, tag, *_ = line.split("\t")
            rows.append((word, tag))
        elif not line and rows:
            yield _sentence(rows, GENERAL, text)
            rows = []


def read_klintan(path: Path) -> Iterator[Sentence]:
    """klintan/swedish-ner-corpus: word and label, `0` outside, no B- and I-: neighbours of one label are one name.

    MISC is none of ours, and a line that is not a word and a label is left out with its sentence.
    """
    rows: list[tuple[str, str]] = []
    whole = True
    previous = "0"
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.split()
        if cells:
            whole = whole and len(cells) == 2
            label = cells[-1] if cells[-1] in GENERAL else "0"
            tag = "O" if label == "0" else f"{'I' if label == previous else 'B'}-{label}"
            rows.append((cells[0], tag))
            previous = label
            continue
        if rows and whole:
            yield _sentence(rows, GENERAL)
        rows, whole, previous = [], True, "0"


def read_suc(path: Path) -> Iterator[Sentence]:
    """SUC 3.0, the sentences with manual labels: word, manual IOB2, automatic IOB2."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = []
        for line in block.splitlines()[1:]:
            word, tag, *_ = line.split()
            prefix, _, kind = tag.partition("-")
            label = _SUC.get(kind)
            for number, part in enumerate(word.split("_") if len(word) > 1 else [word]):
                if part:
                    rows.append((part, f"{prefix if number == 0 else 'I'}-{label}" if label else "O"))
        if rows:
            yield _sentence(rows, GENERAL | {"EVENT"})


def read_sentences(path: Path) -> Iterator[Sentence]:
    """JSON lines of our own: `{"text": …, "entities": [[start, end, label], …]}`, all labels looked for."""
    for number, row in _json_lines(path):
        yield _checked(row["text"], row["entities"], f"{path.name}:{number}")


def read_references(path: Path, shared: Path, without: str = "") -> Iterator[Sentence]:
    """JSON lines that refer to sentences in texts under `shared` and hold no text themselves.

    `{"source": path under shared, "line": 1-based, "field": key when the line is JSON, "start": , "end": , "sha": first
    digits of the sentence's SHA-256, "entities": [[start, end, label], …]}`; start and end are code points in the line
    or its field, the entities' count from the sentence's start. A source whose path contains `without` is left out.
    Raises `CorpusError` when a source has changed.
    """
    lines: dict[str, list[str]] = {}
    for number, row in _json_lines(path):
        source = row["source"]
        if without and without in source:
            continue
        if source not in lines:
            lines[source] = (shared / source).read_text(encoding="utf-8").split("\n")
        whole = lines[source][row["line"] - 1]
        text = (json.loads(whole)[row["field"]] if "field" in row else whole)[row["start"] : row["end"]]
        if not sha256(text.encode()).hexdigest().startswith(row["sha"]):
            raise CorpusError(f"{path.name}:{number}: texten i {source} är inte den som annoterades.")
        yield _checked(text, row["entities"], f"{path.name}:{number}")


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            yield number, json.loads(line)


def _checked(text: str, entities: Iterable[Iterable[object]], place: str) -> Sentence:
    spans = []
    for entity in entities:
        start, end, label = entity
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text) and label in LABELS):
            raise CorpusError(f"{place}: {start}–{end} {label} passar inte meningen.")
        spans.append((start, end, LABELS[LABELS.index(label)]))
    return Sentence(text, tuple(sorted(spans)))


def _sentence(rows: list[tuple[str, str]], labels: frozenset[Label], printed: str = "") -> Sentence:
    """Words and IOB2 tags as text and spans. Without the printed text the words are spaced as print does."""
    text = printed
    offsets: list[tuple[int, int]] = []
    at = 0
    for word, _ in rows:
        start = printed.find(word, at) if printed else -1
        if start < 0:
            if printed:
                raise CorpusError(f"Ordet {word!r} finns inte i meningen {printed!r}.")
            glued = word in _UNSPACED_BEFORE or not text or text[-1] in _UNSPACED_AFTER
            text += word if glued else f" {word}"
            start = len(text) - len(word)
        at = start + len(word)
        offsets.append((start, at))
    spans: list[Span] = []
    for (start, end), (_, tag) in zip(offsets, rows, strict=True):
        prefix, _, kind = tag.partition("-")
        if kind not in LABELS:
            continue
        label = LABELS[LABELS.index(kind)]
        if prefix == "I" and spans and spans[-1][2] == label and not text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end, label)
        else:
            spans.append((start, end, label))
    return Sentence(text, tuple(spans), labels)

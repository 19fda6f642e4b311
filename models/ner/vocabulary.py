"""Cuts the tokenizer down to the pieces that Swedish and English text uses."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from models.ner.corpora import read_klintan, read_suc, read_uner
from models.ner.municipal import municipal_sentences

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_CHUNK = 2000


def corpus_texts(shared: Path) -> Iterator[str]:
    """Text to count pieces in: reports, government texts, statutes, questions, annotated corpora, lists of names."""
    for path in sorted((shared / "archive").rglob("*.txt")):
        yield path.read_text(encoding="utf-8")
    with (shared / "text" / "gov-g0vse" / "regeringsuppdrag_pressmeddelanden.jsonl").open(encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)
    for path in sorted((shared / "text").rglob("*.json")):
        yield from _strings(json.loads(path.read_text(encoding="utf-8")))
    corpora = shared / "ner"
    for sentence in (
        *read_uner(corpora / "uner-talbanken" / "sv_talbanken-ud-train.iob2"),
        *read_klintan(corpora / "klintan-swedish-ner" / "train_corpus.txt"),
        *read_suc(corpora / "suc3-manual-hard" / "removed_sents_from_original_to_simple.txt"),
        *municipal_sentences(shared),
    ):
        yield sentence.text
    for path in sorted(corpora.glob("gaz-*/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from (" ".join(row) for row in csv.reader(file))


def _strings(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for value in content.values() if isinstance(content, dict) else content:
            yield from _strings(value)


def used_pieces(tokenizer: Tokenizer, texts: Iterable[str], least: int) -> list[int]:
    """The ids of pieces met at least `least` times, of the special ones and of single Latin signs, in order."""
    counts: Counter[int] = Counter()
    stream = iter(texts)
    while chunk := list(islice(stream, _CHUNK)):
        for encoding in tokenizer.encode_batch(chunk):
            counts.update(encoding.ids)
    pieces = tokenizer.get_vocab()
    kept = {number for number, count in counts.items() if count >= least}
    kept |= {number for piece, number in pieces.items() if len(piece.lstrip("▁")) <= 1 and max(piece) < "\u2200"}
    return sorted(kept | {pieces[piece] for piece in SPECIAL})


def cut_tokenizer(whole: str, kept: Iterable[int]) -> str:
    """tokenizer.json with the pieces `kept` only, numbered anew in that order."""
    content = json.loads(whole)
    vocabulary = content["model"]["vocab"]
    order = list(kept)
    content["model"]["vocab"] = [[vocabulary[old][0], round(vocabulary[old][1], 3)] for old in order]
    new = {vocabulary[old][0]: number for number, old in enumerate(order)}
    content["model"]["unk_id"] = new["<unk>"]
    content["added_tokens"] = [
        {**token, "id": new[token["content"]]} for token in content["added_tokens"] if token["content"] in new
    ]
    for name, token in content["post_processor"]["special_tokens"].items():
        token["ids"] = [new[name]]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

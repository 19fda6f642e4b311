"""Training examples: a question, the passage that answers it, and passages that look like it but do not."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

SHORTEST, LONGEST = 200, 1200
"""Characters of a passage of running text to train on: about what a passage of a report has."""


@dataclass(frozen=True, slots=True)
class Example:
    """One question."""

    group: str
    """Where it comes from: a batch holds one group, so that its other passages are near ones."""
    question: str
    passage: str
    negatives: tuple[str, ...] = ()


def squad_examples(path: Path) -> Iterator[Example]:
    """The answerable questions of a SQuAD file, each paragraph's first two; an article is a group."""
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            asked = [qa["question"] for qa in paragraph["qas"] if not qa["is_impossible"]]
            for question in asked[:2]:
                yield Example(f"squad {article['title']}", question.strip(), paragraph["context"].strip()[:LONGEST])


def title_examples(path: Path) -> Iterator[Example]:
    """Titles of government texts with the text that follows, without a repeated title."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            title, text = row["title"].strip(), " ".join(row["text"].split())
            if text.lower().startswith(title.lower()):
                text = text[len(title) :].strip()
            text = text[:LONGEST].rsplit(". ", 1)[0]
            if len(text) >= SHORTEST and 15 <= len(title) <= 200:
                yield Example("title", title, text)


def read_examples(path: Path) -> Iterator[Example]:
    """Examples that `write_examples` wrote."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Example(row["group"], row["question"], row["passage"], tuple(row["negatives"]))


def write_examples(examples: Iterable[Example], path: Path) -> int:
    """Write examples as JSON lines; how many."""
    rows = [json.dumps(asdict(example), ensure_ascii=False) + "\n" for example in examples]
    path.write_text("".join(rows), encoding="utf-8")
    return len(rows)


def batches(examples: Sequence[Example], size: int, random: Random) -> list[list[Example]]:
    """Batches of one group each in random order, none with the same passage twice."""
    groups: dict[str, list[Example]] = {}
    for example in random.sample(examples, len(examples)):
        groups.setdefault(example.group, []).append(example)
    built: list[list[Example]] = []
    for group in groups.values():
        open_batches: list[list[Example]] = []
        for example in group:
            for batch in open_batches:
                if all(other.passage != example.passage for other in batch):
                    batch.append(example)
                    if len(batch) == size:
                        built.append(batch)
                        open_batches.remove(batch)
                    break
            else:
                open_batches.append([example])
        built += [batch for batch in open_batches if len(batch) > size // 4]
    random.shuffle(built)
    return built

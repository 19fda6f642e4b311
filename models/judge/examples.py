"""What a judge learns from: questions with passages that may answer them, as word pieces."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

Pieces = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One question and what was found for it, nearest first. All pieces are as `models.judge.judge` is given them."""

    question: Pieces
    passages: tuple[Pieces, ...]
    answers: tuple[bool, ...]
    """Which passages answer; none for a question that the document does not answer."""
    twin: str | None = None
    """What it has in common with the question that was written beside it, one of them with an answer and one without.
    The first passage of the one without is the one that answers the other."""


def write_examples(examples: Iterable[Example], path: Path) -> int:
    """Write examples, one a line; how many."""
    lines = [json.dumps(asdict(one)) + "\n" for one in examples]
    path.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def read_examples(paths: Iterable[Path]) -> Iterator[Example]:
    """What `write_examples` wrote."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Example(
                tuple(row["question"]), tuple(map(tuple, row["passages"])), tuple(row["answers"]), row["twin"]
            )

"""What a judge learns from: questions with passages that may answer them, all as word pieces."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.judge.judge import DIMENSION

Pieces = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Example:
    """One question and what was found for it, nearest first."""

    general: bool
    """Whether it comes from a general corpus and not from reports."""
    question: Pieces
    """(k, `DIMENSION`)."""
    passages: tuple[Pieces, ...]
    """(m, `DIMENSION`) each."""
    answers: tuple[bool, ...]
    """Which passages answer; none for a question that the document does not answer."""


def write_examples(examples: Iterable[Example], path: Path) -> int:
    """Write examples, each text once; how many."""
    from safetensors.numpy import save_file

    texts: dict[int, int] = {}
    kept: list[Pieces] = []

    def number(pieces: Pieces) -> int:
        if id(pieces) not in texts:
            texts[id(pieces)] = len(kept)
            kept.append(pieces)
        return texts[id(pieces)]

    general: list[bool] = []
    answers: list[bool] = []
    questions: list[int] = []
    passages: list[int] = []
    ends: list[int] = []
    for one in examples:
        general.append(one.general)
        questions.append(number(one.question))
        passages += [number(pieces) for pieces in one.passages]
        answers += one.answers
        ends.append(len(passages))
    tensors = {
        "pieces": np.concatenate([*kept, np.zeros((0, DIMENSION), np.int8)]),
        "text_ends": np.cumsum([len(pieces) for pieces in kept], dtype=np.int64),
        "general": np.array(general, np.bool_),
        "questions": np.array(questions, np.int64),
        "passages": np.array(passages, np.int64),
        "answers": np.array(answers, np.bool_),
        "ends": np.array(ends, np.int64),
    }
    save_file(tensors, path)
    return len(general)


def read_examples(paths: Sequence[Path]) -> list[Example]:
    """The examples of several files."""
    return [example for path in paths for example in _read(path)]


def _read(path: Path) -> list[Example]:
    from safetensors.numpy import load_file

    held = load_file(path)
    texts = np.split(held["pieces"], held["text_ends"][:-1])
    passages = np.split(held["passages"], held["ends"][:-1])
    answers = np.split(held["answers"], held["ends"][:-1])
    return [
        Example(
            bool(held["general"][i]),
            texts[question],
            tuple(texts[n] for n in passages[i]),
            tuple(bool(right) for right in answers[i]),
        )
        for i, question in enumerate(held["questions"].tolist())
    ]

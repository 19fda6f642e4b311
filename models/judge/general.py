"""Questions on an encyclopedia that a paragraph answers or only seems to: SQuAD 2.0 (Rajpurkar, Jia & Liang 2018)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.judge.examples import Pieces
from models.judge.window import PIECES, QUESTION, STEP
from models.onnx_encoder import OnnxEncoder

BEFORE = 30
"""Pieces before an answer with which its window may begin."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pairs of a question and the stretch of one paragraph with the answer, or with what seems to be one."""

    answered: tuple[tuple[Pieces, Pieces], ...]
    unanswered: tuple[tuple[Pieces, Pieces], ...]


def paragraphs(path: Path, encoder: OnnxEncoder) -> Iterator[Paragraph]:
    """The paragraphs of a file in the form of SQuAD 2.0 that have both kinds of questions."""
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            found = _paragraph(paragraph, encoder)
            if found.answered and found.unanswered:
                yield found


def _paragraph(paragraph: Any, encoder: OnnxEncoder) -> Paragraph:
    text = paragraph["context"]
    ids, spans = encoder.word_pieces(text, passage=True), encoder.piece_spans([text])[0]
    found: dict[bool, list[tuple[Pieces, Pieces]]] = {True: [], False: []}
    for asked in paragraph["qas"]:
        answers = asked.get("answers") or asked.get("plausible_answers")
        if not answers:
            continue
        begin = answers[0]["answer_start"]
        end = begin + len(answers[0]["text"])
        inside = [i for i, (first, last) in enumerate(spans) if last > begin and first < end]
        if not inside:
            continue
        start = min(max(0, (inside[0] - BEFORE) // STEP * STEP), max(0, len(ids) - PIECES))
        if inside[-1] < start + PIECES:
            question = tuple(encoder.word_pieces(asked["question"], passage=False)[:QUESTION])
            found[not asked["is_impossible"]].append((question, tuple(ids[start : start + PIECES])))
    return Paragraph(tuple(found[True]), tuple(found[False]))

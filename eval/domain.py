"""What `models.judge.domain` is learned from: texts of the government offices, and our own questions."""

import json
from pathlib import Path
from random import Random

from eval.training import QUESTIONS
from models.encoder import Encoder
from models.judge.domain import Domain, learned

TEXTS = Path("text") / "gov-g0vse" / "regeringsuppdrag_pressmeddelanden.jsonl"
COUNT = 500
"""Texts and questions drawn."""
WORDS = 90
"""Words read of a text, about a passage."""


def own_domain(shared: Path, encoder: Encoder, folder: Path = QUESTIONS) -> Domain:
    """From `COUNT` texts and as many questions, drawn in an order that can be repeated."""
    random = Random(4)  # noqa: S311 (an order that can be repeated)
    texts = [_field(line, "text") for line in _lines(shared / TEXTS)]
    questions = [_field(line, "question") for path in sorted(folder.glob("questions-*.jsonl")) for line in _lines(path)]
    drawn = [" ".join(text.split()[:WORDS]) for text in random.sample(texts, COUNT)]
    return learned(drawn, random.sample(questions, COUNT), encoder)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _field(line: str, name: str) -> str:
    return str(json.loads(line)[name])

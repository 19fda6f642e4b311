"""Training examples and their batches."""

import json
from pathlib import Path
from random import Random

import pytest
import torch

from models.delta import save_delta
from models.retriever.average import average
from models.retriever.examples import (
    Example,
    batches,
    read_examples,
    squad_examples,
    title_examples,
    write_examples,
)


def test_examples_come_back_as_they_were(tmp_path: Path) -> None:
    made = [Example("g", "Vad?", "Det.", ("Inte det.",)), Example("g", "Var?", "Där.")]
    assert write_examples(made, tmp_path / "e.jsonl") == 2
    assert list(read_examples(tmp_path / "e.jsonl")) == made


def test_a_batch_has_one_group_and_each_passage_once() -> None:
    made = [Example(f"g{i % 2}", f"fråga {i}", f"stycke {i // 4}") for i in range(64)]
    found = batches(made, 8, Random(1))
    assert found
    for batch in found:
        assert len({example.group for example in batch}) == 1
        assert len({example.passage for example in batch}) == len(batch) <= 8


def test_squad_leaves_out_what_has_no_answer(tmp_path: Path) -> None:
    asked = [{"question": f"Fråga {n}?", "is_impossible": n == 0} for n in range(4)]
    data = {"data": [{"title": "T", "paragraphs": [{"context": "Text.", "qas": asked}]}]}
    (tmp_path / "s.json").write_text(json.dumps(data), encoding="utf-8")
    assert [example.question for example in squad_examples(tmp_path / "s.json")] == ["Fråga 1?", "Fråga 2?"]


def test_titles_are_not_in_their_texts(tmp_path: Path) -> None:
    title = "Uppdrag att öka tryggheten"
    row = {"title": title, "text": f"{title} " + "En mening om parker och belysning. " * 20}
    (tmp_path / "t.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (example,) = title_examples(tmp_path / "t.jsonl")
    assert example.question == title
    assert title not in example.passage


def test_the_average_lies_between_its_trainings(tmp_path: Path) -> None:
    base = {"w": torch.zeros(2, 3), "same": torch.ones(2)}
    for name, step in (("a", 1.0), ("b", 3.0)):
        save_delta(base, base | {"w": torch.full((2, 3), step)}, tmp_path / name)
    found = average(base, [tmp_path / "a", tmp_path / "b"])
    assert found["w"].numpy() == pytest.approx(2.0, abs=0.05)
    assert torch.equal(found["same"], base["same"])

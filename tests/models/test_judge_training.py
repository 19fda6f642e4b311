"""The judge learns what its examples show."""

import json
from pathlib import Path

import numpy as np
import pytest

from models.judge.examples import Example, Pieces, read_examples, write_examples
from tests.models.random_encoder import WORDS_KNOWN, RandomEncoder

pytest.importorskip("torch")


def _pieces(random: np.random.Generator, count: int) -> Pieces:
    return tuple(random.integers(10, WORDS_KNOWN, count).tolist())


def _examples(random: np.random.Generator, count: int) -> list[Example]:
    """A passage answers when piece 5 stands in it, whatever is asked."""
    made = []
    for number in range(count):
        wrong = tuple(_pieces(random, 6) for _ in range(3))
        right = (5, *_pieces(random, 5))
        twin, question = f"t {number}", _pieces(random, 3)
        made.append(Example(question, (*wrong, right), (False, False, False, True)))
        made.append(Example(_pieces(random, 3), wrong, (False, False, False)))
        made.append(Example(_pieces(random, 3), (right, *wrong), (True, False, False, False), twin))
        made.append(Example(_pieces(random, 3), (wrong[0], *wrong), (False,) * 4, twin))
    return made


def test_examples_come_back_as_they_were(tmp_path: Path) -> None:
    made = _examples(np.random.default_rng(1), 3)
    assert write_examples(made, tmp_path / "e") == len(made)
    assert list(read_examples([tmp_path / "e"])) == made


def test_twins_are_told_from_questions() -> None:
    from models.judge.train import material

    made = _examples(np.random.default_rng(1), 3)
    lonely = Example((1,), ((2,),), (True,), "ensam")
    found = material([*made, lonely])
    assert found.questions == [one for one in made if one.twin is None]
    assert [(any(a.answers), any(b.answers), a.twin == b.twin) for a, b in found.twins] == [(True, False, True)] * 3


def test_it_learns_to_tell_an_answer() -> None:
    import torch

    from models.judge.network import Lower, Network, scores
    from models.judge.train import Plan, Trainer, material

    random, encoder = np.random.default_rng(2), RandomEncoder()
    given = material(_examples(random, 30))
    pairs = [(_pieces(random, 3), (5, *_pieces(random, 5))) for _ in range(20)]
    pairs += [(_pieces(random, 3), _pieces(random, 6)) for _ in range(20)]

    def apart(network: Network) -> float:
        with torch.inference_mode():
            said = scores(network.eval(), Lower(encoder), pairs)
        return float(said[:20].mean() - said[20:].mean())

    torch.manual_seed(1)
    before = apart(Network(encoder))
    trained = Trainer(encoder, Plan(steps=40, questions=2, twins=2, rate=3e-4, head_rate=3e-3)).train(given)
    assert apart(trained) > before + 1


def test_the_same_examples_give_the_same_weights() -> None:
    from models.judge.train import Plan, Trainer, material

    encoder = RandomEncoder()
    given = material(_examples(np.random.default_rng(4), 4))
    first, again, other = (
        Trainer(encoder, Plan(steps=2, questions=1, twins=1, seed=seed)).train(given).state_dict() for seed in (1, 1, 2)
    )
    assert all((first[name] == again[name]).all() for name in first)
    assert any((first[name] != other[name]).any() for name in first)


def test_paragraphs_give_the_stretch_with_what_seems_an_answer(tmp_path: Path) -> None:
    from models.judge.general import paragraphs
    from models.judge.window import PIECES

    words = [f"ord{number}" for number in range(300)]
    text = " ".join(words)

    def asked(word: str, *, answered: bool) -> dict[str, object]:
        answer = [{"text": word, "answer_start": text.index(word)}]
        kind = "answers" if answered else "plausible_answers"
        return {"question": "vad då", kind: answer, "is_impossible": not answered}

    both = {"context": text, "qas": [asked("ord250", answered=True), asked("ord290", answered=False)]}
    one = {"context": text, "qas": [asked("ord250", answered=True), {"question": "nå", "is_impossible": True}]}
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [both, one]}]}), encoding="utf-8")

    class Encoder(RandomEncoder):
        def piece_spans(self, texts: list[str]) -> list[list[tuple[int, int]]]:
            return [[(t.index(w), t.index(w) + len(w)) for w in t.split()] for t in texts]

    encoder = Encoder()
    (found,) = paragraphs(path, encoder)  # type: ignore[arg-type]
    pieces = encoder.word_pieces(text, passage=True)
    (question, stretch), (_, other) = found.answered[0], found.unanswered[0]
    assert question == tuple(encoder.word_pieces("vad då", passage=False))
    assert len(stretch) == PIECES
    assert pieces[250] in stretch
    assert other == tuple(pieces[-PIECES:])

"""Train the judge: `python -m models.judge.train FOLDER EXAMPLES… [--general FILE]`, on what `python -m eval judging`
writes. FOLDER holds the encoder, as a home keeps it in `models`.

A step sees three kinds of examples. *Questions*: each chooses among some of its passages and "nothing answers". Those
without an answer were written by another hand than those with one, so a network could tell them apart by their style: a
second, linear model of the question only learns that, its log-odds stand for "nothing answers" meanwhile, and it is
dropped afterwards (Clark, Yatskar & Zettlemoyer 2019, "Don't Take the Easy Way Out"). *Twins*: a question that a
passage answers and one written like it that nothing answers, each with that passage and another. *Paragraphs* of a
general corpus, with one question of each kind.

The same examples give the same file on the same machine: one thread, a fixed order, no clock.
"""

import argparse
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, softplus
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from models.judge.examples import Example, Pieces, read_examples
from models.judge.export import exported
from models.judge.general import Paragraph, paragraphs
from models.judge.judge import WEIGHTS, Layered, save
from models.judge.network import Lower, Network, scores
from models.onnx_encoder import HIDDEN, OnnxEncoder

DEPTH = 8
"""Passages that do not answer are drawn from so many nearest."""
NEAR = 2
"""Of a question without an answer so many nearest passages are always shown."""
SHOWN = 4
"""Passages a question and step."""
WARM_UP = 30
"""Steps in which the rate rises; it then falls to nothing."""
BELOW = 0.9
"""Each layer learns so much slower than the one after it."""
STYLE_RATE = 2e-3
MEAN_DECAY = 0.99
"""What is kept is the mean of the weights over about the last 100 steps: single steps of so few examples scatter."""
DROPPED = 0.05
"""Share of a passage's pieces left out while the network learns."""
CALIBRATED = 60
"""Examples whose states tell how large the numbers are that are multiplied in 8 bits."""

T = TypeVar("T")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    steps: int = 1500
    questions: int = 3
    twins: int = 4
    paragraphs: int = 2
    """Of each kind a step."""
    rate: float = 1e-4
    head_rate: float = 5e-4
    seed: int = 3


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from."""

    questions: Sequence[Example]
    twins: Sequence[tuple[Example, Example]] = ()
    """With an answer, without."""
    paragraphs: Sequence[Paragraph] = ()


@dataclass(slots=True)
class _Step:
    pairs: list[tuple[Pieces, Pieces]] = field(default_factory=list)
    answers: list[list[bool]] = field(default_factory=list)
    """Of each question, for its passages; the first pairs are theirs."""
    twins: int = 0
    paragraphs: int = 0


def material(examples: Sequence[Example], general: Sequence[Paragraph] = ()) -> Material:
    """Examples sorted into questions and twins."""
    pairs: dict[str, dict[bool, Example]] = {}
    for one in examples:
        if one.twin is not None:
            pairs.setdefault(one.twin, {})[any(one.answers)] = one
    twins = [(pair[True], pair[False]) for pair in pairs.values() if len(pair) == len((True, False))]
    return Material([one for one in examples if one.twin is None], twins, general)


class Trainer:
    """A network while it is trained."""

    def __init__(self, encoder: Layered, plan: Plan) -> None:
        self._plan = plan
        torch.manual_seed(plan.seed)
        self._random = Random(plan.seed)  # noqa: S311 (an order that can be repeated)
        self._lower, self._network = Lower(encoder), Network(encoder)
        self._mean = AveragedModel(self._network, multi_avg_fn=get_ema_multi_avg_fn(MEAN_DECAY))  # type: ignore[no-untyped-call]
        self._style = nn.Linear(HIDDEN + 1, 1)

    def train(self, given: Material) -> Network:
        """Go through the material; the mean of the network over the last steps."""
        plan, network = self._plan, self._network
        optimizer = torch.optim.AdamW(list(self._rates()), weight_decay=0.02)
        rates = [group["lr"] for group in optimizer.param_groups]
        style_optimizer = torch.optim.AdamW(self._style.parameters(), lr=STYLE_RATE, weight_decay=0.01)
        questions, twins = self._endless(given.questions), self._endless(given.twins)
        general = self._endless(given.paragraphs)
        mean = 0.0
        network.train()
        for number in range(plan.steps):
            step, asked = self._step(questions, twins, general)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * min(1.0, (number + 1) / WARM_UP) * (1 - number / plan.steps)
            said = scores(network, self._lower, step.pairs, DROPPED)
            loss = self._loss(step, said, self._styles(asked, style_optimizer))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            self._mean.update_parameters(network)
            mean += (float(loss.detach()) - mean) * max(0.02, 1 / (number + 1))
            if (number + 1) % 25 == 0:
                logger.info("step %d of %d, loss %.3f", number + 1, plan.steps, mean)
        network.load_state_dict(self._mean.module.state_dict())
        return network.eval()

    def _rates(self) -> Iterator[dict[str, object]]:
        layers = list(self._network.layers)
        for place, layer in enumerate(layers):
            yield {"params": list(layer.parameters()), "lr": self._plan.rate * BELOW ** (len(layers) - 1 - place)}
        inside = {id(one) for one in self._network.layers.parameters()}
        head = [one for one in self._network.parameters() if id(one) not in inside]
        yield {"params": head, "lr": self._plan.head_rate}

    def _endless(self, ones: Sequence[T]) -> Iterator[T]:
        """Each once in a new order, again and again; nothing of nothing."""
        order = list(ones)
        while order:
            self._random.shuffle(order)
            yield from order

    def _step(
        self, questions: Iterator[Example], twins: Iterator[tuple[Example, Example]], general: Iterator[Paragraph]
    ) -> tuple[_Step, list[Example]]:
        plan, step = self._plan, _Step()
        asked = [one for one in (self._choice(one) for one in _some(questions, plan.questions)) if one.passages]
        for one in asked:
            step.pairs += [(one.question, passage) for passage in one.passages]
            step.answers.append(list(one.answers))
        for answered, unanswered in _some(twins, plan.twins):
            right = [p for p, answers in zip(answered.passages, answered.answers, strict=True) if answers]
            wrong = [p for p, answers in zip(answered.passages, answered.answers, strict=True) if not answers]
            step.pairs.append((answered.question, self._random.choice(right)))
            step.pairs.append((unanswered.question, unanswered.passages[0]))
            step.pairs.append((answered.question, self._random.choice(wrong[:SHOWN] or right)))
            step.pairs.append((unanswered.question, self._random.choice(unanswered.passages[1 : SHOWN + 1])))
            step.twins += 1
        for paragraph in _some(general, plan.paragraphs):
            step.pairs += [self._random.choice(paragraph.answered), self._random.choice(paragraph.unanswered)]
            step.paragraphs += 1
        return step, asked

    def _choice(self, one: Example) -> Example:
        """The example with few of its passages: one that answers, if any, and others that do not."""
        right = [i for i, answers in enumerate(one.answers) if answers]
        wrong = [i for i, answers in enumerate(one.answers) if not answers][:DEPTH]
        shown = [self._random.choice(right)] if right else wrong[:NEAR]
        rest = [i for i in wrong if i not in shown]
        shown += self._random.sample(rest, min(len(rest), SHOWN - len(shown)))
        return Example(one.question, tuple(one.passages[i] for i in shown), tuple(one.answers[i] for i in shown))

    def _styles(self, asked: Sequence[Example], optimizer: torch.optim.Optimizer) -> Tensor:
        """Log-odds of an answer by the style of each question; what tells them learns besides."""
        if not asked:
            return torch.zeros(0)
        seen = torch.stack([self._style_of(one.question) for one in asked])
        odds = self._style(seen)[:, 0]
        optimizer.zero_grad()
        binary_cross_entropy_with_logits(odds, torch.tensor([float(any(one.answers)) for one in asked])).backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        return torch.as_tensor(odds.detach())

    def _style_of(self, question: Pieces) -> Tensor:
        """The mean of its states, and its length."""
        states = self._lower.states(question, passage=False).mean(0)
        return torch.cat([states, torch.tensor([len(question) / 16 - 1])])

    def _loss(self, step: _Step, said: Tensor, styles: Tensor) -> Tensor:
        sizes = [len(one) for one in step.answers]
        count = sum(sizes)
        twins = said[count : count + 4 * step.twins].view(-1, 4)
        general = said[count + 4 * step.twins :].view(-1, 2)
        loss = torch.zeros(())
        if sizes:
            loss = loss + _question_loss(torch.split(said[:count], sizes), step.answers, styles)
        if step.twins:
            each = 2 * softplus(-twins[:, 0]) + softplus(twins[:, 1:]).sum(1)
            loss = loss + 1.5 * each.mean() / 4 + 0.5 * softplus(twins[:, 1] - twins[:, 0]).mean()
        if step.paragraphs:
            loss = loss + 0.25 * (softplus(-general[:, 0]) + softplus(general[:, 1])).mean()
        return loss


def _question_loss(said: Sequence[Tensor], answers: Sequence[Sequence[bool]], styles: Tensor) -> Tensor:
    """The choice among passages and nothing, and each passage's own yes or no where one answers."""
    choices, own = [], []
    for scored, answering, odds in zip(said, answers, styles, strict=True):
        chances = torch.cat([-odds[None], scored]).log_softmax(0)
        choices.append(-chances[answering.index(True) + 1 if any(answering) else 0])
        if any(answering):
            wanted = torch.tensor(answering)
            own.append(binary_cross_entropy_with_logits(scored, wanted.float(), weight=torch.where(wanted, 2.0, 1.0)))
    loss = torch.stack(choices).mean()
    return loss + 0.5 * torch.stack(own).mean() if own else loss


def _some(ones: Iterator[T], count: int) -> list[T]:
    return [one for one, _ in zip(ones, range(count), strict=False)]


def main() -> None:
    """Train and write the weights."""
    plan = Plan()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("examples", nargs="+", type=Path)
    parser.add_argument("--general", type=Path, help="a file in the form of SQuAD 2.0")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--steps", type=int, default=plan.steps)
    parser.add_argument("--seed", type=int, default=plan.seed)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    encoder = OnnxEncoder(given.folder, given.folder.name, 1)
    general = tuple(paragraphs(given.general, encoder)) if given.general else ()
    known = material([one for one in read_examples(given.examples) if one.passages], general)
    logger.info("%d questions, %d twins, %d paragraphs", len(known.questions), len(known.twins), len(general))
    network = Trainer(encoder, Plan(steps=given.steps, seed=given.seed)).train(known)
    pairs = [(one.question, passage) for one in known.questions[:CALIBRATED] for passage in one.passages[:2]]
    save(exported(network, Lower(encoder), pairs), given.out)


if __name__ == "__main__":
    main()

"""Train the judge: `python -m models.judge.train EXAMPLES… --out FILE`, on what `python -m eval judging` writes.

Each question chooses among some of its passages and "nothing answers" (cross-entropy over their scores and a fixed 0).
Questions without an answer were written by another hand than those with one, so a network could tell them apart by
their style alone: a second, linear model of the question only learns that, its log-odds stand in for the 0 while the
network learns, and it is dropped afterwards (Clark, Yatskar & Zettlemoyer 2019, "Don't Take the Easy Way Out").

The same examples give the same file on the same machine: one thread, a fixed order, no clock.
"""

import argparse
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from models.judge.examples import Example, Pieces, read_examples
from models.judge.judge import DIMENSION, LONGEST, WEIGHTS, Judge, save
from models.judge.network import Network
from models.readings import PIECE_STEPS

NEAR = 3
"""Of the passages of a question without an answer the nearest are always shown."""
DEPTH = 12
"""Others are drawn from so many nearest."""
WARM_UP = 100
"""Steps in which the rate rises; it then falls to nothing."""
BIAS_RATE = 2e-3
MEAN_DECAY = 0.99
"""What is kept is the mean of the weights over about the last 100 steps: single steps of so few examples scatter."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    epochs: int = 2
    batch: int = 16
    passages: int = 6
    """Passages a question and step."""
    rate: float = 1e-3
    seed: int = 1


class Trainer:
    """A network while it is trained."""

    def __init__(self, plan: Plan, order: int = 0) -> None:
        """`order`: which of several orders of the examples; the network begins the same in all."""
        self._plan = plan
        torch.manual_seed(plan.seed)
        self._random = Random(plan.seed * 1000 + order)  # noqa: S311 (an order that can be repeated)
        self._network = Network()
        self._mean = AveragedModel(self._network, multi_avg_fn=get_ema_multi_avg_fn(MEAN_DECAY))  # type: ignore[no-untyped-call]
        self._bias = nn.Linear(DIMENSION + 2, 1)

    def train(self, examples: Sequence[Example]) -> Judge:
        """Go through the examples; the mean of the network over the last steps."""
        plan = self._plan
        optimizer = torch.optim.AdamW(self._network.parameters(), lr=plan.rate, weight_decay=0.05)
        bias_optimizer = torch.optim.AdamW(self._bias.parameters(), lr=BIAS_RATE, weight_decay=0.01)
        order = list(examples)
        steps = max(plan.epochs * len(order) // plan.batch, 1)
        number, mean = 0, 0.0
        self._network.train()
        for _ in range(plan.epochs):
            self._random.shuffle(order)
            for start in range(0, len(order), plan.batch):
                if number == steps:
                    break
                shown = [choice for one in order[start : start + plan.batch] if (choice := self._choice(one)).passages]
                if not shown:
                    continue
                for group in optimizer.param_groups:
                    group["lr"] = plan.rate * min(1.0, (number + 1) / WARM_UP) * (1 - number / steps)
                loss = self._loss(shown, bias_optimizer)
                optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
                optimizer.step()
                self._mean.update_parameters(self._network)
                number += 1
                mean += (float(loss.detach()) - mean) * max(0.02, 1 / number)
                if number % 100 == 0:
                    logger.info("step %d of %d, loss %.3f", number, steps, mean)
        return Judge({name: tensor.detach().numpy() for name, tensor in self._mean.module.state_dict().items()})

    def _choice(self, one: Example) -> Example:
        """The example with few of its passages: one that answers, if any, and others that do not."""
        right = [i for i, answers in enumerate(one.answers) if answers]
        wrong = [i for i, answers in enumerate(one.answers) if not answers]
        count = self._plan.passages
        if right:
            near = wrong[:DEPTH]
            shown = [self._random.choice(right), *self._random.sample(near, min(len(near), count - 1))]
        else:
            rest = wrong[NEAR:DEPTH]
            shown = wrong[:NEAR] + self._random.sample(rest, min(len(rest), count - NEAR))
        return Example(
            one.general,
            one.question,
            tuple(one.passages[i] for i in shown),
            tuple(one.answers[i] for i in shown),
        )

    def _loss(self, shown: Sequence[Example], bias_optimizer: torch.optim.Optimizer) -> Tensor:
        style = self._bias(torch.stack([_style(one) for one in shown]))[:, 0]
        answered = torch.tensor([float(any(one.answers)) for one in shown])
        bias_optimizer.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(style, answered).backward()  # type: ignore[no-untyped-call]
        bias_optimizer.step()
        question, asked = _padded([one.question for one in shown for _ in one.passages])
        passage, mask = _padded([pieces[:LONGEST] for one in shown for pieces in one.passages])
        scores = torch.split(self._network(question, passage, asked, mask), [len(one.passages) for one in shown])
        losses = []
        for one, own, odds in zip(shown, scores, style.detach(), strict=True):
            chances = torch.cat([-odds[None], own]).log_softmax(0)
            losses.append(-chances[one.answers.index(True) + 1 if any(one.answers) else 0])
        return torch.stack(losses).mean()


def mean_judge(judges: Sequence[Judge]) -> Judge:
    """One network with the mean of the weights (Wortsman et al. 2022, "Model soups"): as good as the mean of the scores
    of networks that began the same, at the cost of one."""
    names = judges[0].weights
    return Judge({name: np.mean([judge.weights[name] for judge in judges], axis=0, dtype=np.float32) for name in names})


def _style(one: Example) -> Tensor:
    """What the linear model sees of a question: the mean of its pieces, how many they are, where it comes from."""
    mean = torch.from_numpy(one.question.mean(0, dtype=np.float32) / PIECE_STEPS) * 4
    return torch.cat([mean, torch.tensor([len(one.question) / 16 - 1, float(one.general)])])


def _padded(texts: Sequence[Pieces]) -> tuple[Tensor, Tensor]:
    """(texts, longest, d) and which pieces there are."""
    longest = max(len(pieces) for pieces in texts)
    values = np.zeros((len(texts), longest, DIMENSION), np.float32)
    mask = np.zeros((len(texts), longest), np.bool_)
    for row, pieces in enumerate(texts):
        values[row, : len(pieces)] = pieces / PIECE_STEPS
        mask[row, : len(pieces)] = True
    return torch.from_numpy(values), torch.from_numpy(mask)


def main() -> None:
    """Train and write the weights."""
    plan = Plan()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--epochs", type=int, default=plan.epochs)
    parser.add_argument("--rate", type=float, default=plan.rate)
    parser.add_argument("--seed", type=int, default=plan.seed)
    parser.add_argument("--trainings", type=int, default=4, help="networks whose weights are averaged")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    examples = [one for one in read_examples(given.examples) if one.passages]
    logger.info("%d examples", len(examples))
    plan = Plan(epochs=given.epochs, rate=given.rate, seed=given.seed)
    save(mean_judge([Trainer(plan, order).train(examples) for order in range(given.trainings)]), given.out)


if __name__ == "__main__":
    main()

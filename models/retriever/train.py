"""Fine-tune the encoder: `python -m models.retriever.train EXAMPLES… --out FILE`.

InfoNCE over the passages of the batch and each question's hard negatives (van den Oord et al. 2018; temperature as in
Wang et al. 2022, "Text Embeddings by Weakly-Supervised Contrastive Pre-training", scaled for small batches), once for
the mean vectors and once for late interaction (Khattab & Zaharia 2020, "ColBERT"): each word piece of the question
against the nearest of the passage, in the directions that `--late` names, so that several trainings can be averaged
(`models.retriever.average`); without it in all, and the main directions are found when training is done.
The embeddings stay as they are, so that only the layers' changes need keeping.
"""

import argparse
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from models.delta import apply_delta, save_delta
from models.e5_convert import PROMPTS
from models.retriever.examples import Example, batches, read_examples, squad_examples, title_examples

QUESTION_TOKENS = 48
"""What is read of a question: longer ones are rare."""
LATE_DIMENSION = 128
"""Numbers a word piece for late interaction."""
LATE_SAMPLE = 256
"""Passages whose pieces tell the main directions."""
QUESTION_PREFIX, PASSAGE_PREFIX = 4, 3
"""`<s>` and the pieces of "query:" or "passage:", which no word of a text should match."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    epochs: int = 1
    batch: int = 32
    negatives: int = 1
    """Hard negatives a question and batch."""
    tokens: int = 192
    """What is read of a passage: more costs time, and its beginning says what it is about."""
    rate: float = 3e-5
    temperature: float = 0.02
    warm_up: float = 0.1
    """Share of the steps in which the rate rises; it then falls to nothing."""
    frozen_layers: int = 0
    """Lowest layers that stay as they are; the embeddings always do."""
    seed: int = 1


class Trainer:
    """A sentence-transformers folder's encoder while it is trained."""

    def __init__(
        self, folder: Path, plan: Plan, start: Path | None = None, late: NDArray[np.float32] | None = None
    ) -> None:
        """`start`: changes to go on from. `late`: (piece dimension, dimension), for late interaction; None for all."""
        from transformers import AutoModel, AutoTokenizer

        self._plan = plan
        self._late = None if late is None else torch.from_numpy(late)
        self._tokenizer: Any = AutoTokenizer.from_pretrained(str(folder))
        # Dropout of attention takes a sixth of the time on a processor and was not seen to help.
        self._model: Any = AutoModel.from_pretrained(str(folder), dtype=torch.float32, attention_probs_dropout_prob=0.0)
        self.base = {name: tensor.clone() for name, tensor in self._model.state_dict().items()}
        if start is not None:
            self._model.load_state_dict(apply_delta(self.base, start))
        self._model.embeddings.requires_grad_(False)
        for layer in self._model.encoder.layer[: plan.frozen_layers]:
            layer.requires_grad_(False)

    def state(self) -> dict[str, torch.Tensor]:
        """The weights as they are now."""
        return {name: tensor.detach() for name, tensor in self._model.state_dict().items()}

    def train(self, examples: Sequence[Example], checkpoint: Path) -> None:
        """Go through the examples, saving the changes to `checkpoint` every few hundred steps and at the end."""
        plan = self._plan
        random = Random(plan.seed)  # noqa: S311 (an order that can be repeated)
        torch.manual_seed(plan.seed)
        steps = [batch for _ in range(plan.epochs) for batch in batches(examples, plan.batch, random)]
        trained = [p for p in self._model.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(trained, lr=plan.rate, weight_decay=0.01)
        rise = max(int(len(steps) * plan.warm_up), 1)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda n: min((n + 1) / rise, max((len(steps) - n) / max(len(steps) - rise, 1), 0.0))
        )
        self._model.train()
        begun, mean = time.monotonic(), 0.0
        for number, batch in enumerate(steps, 1):
            loss = self._loss(batch, random)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            now = float(loss.detach())
            mean = 0.95 * mean + 0.05 * now if number > 1 else now
            if number % 10 == 0:
                left = (time.monotonic() - begun) / number * (len(steps) - number)
                logger.info("step %d of %d, loss %.3f, %.0f s left", number, len(steps), mean, left)
            if number % 25 == 0:
                save_delta(self.base, self.state(), checkpoint)
        save_delta(self.base, self.state(), checkpoint)
        sample = random.sample(examples, min(LATE_SAMPLE, len(examples)))
        late = self._directions([e.passage for e in sample]) if self._late is None else self._late.numpy()
        np.save(checkpoint.with_name("late.npy"), late)

    @torch.inference_mode()
    def _directions(self, passages: Sequence[str]) -> NDArray[np.float32]:
        """(`LATE_DIMENSION`, dimension): the main directions of the passages' word pieces."""
        self._model.eval()
        _, pieces, own = self._embed(
            [PROMPTS["document"] + text for text in passages], self._plan.tokens, PASSAGE_PREFIX
        )
        return np.asarray(torch.linalg.svd(pieces[own], full_matrices=False)[2][:LATE_DIMENSION], np.float32)

    def _loss(self, batch: Sequence[Example], random: Random) -> torch.Tensor:
        plan = self._plan
        passages = [example.passage for example in batch]
        for example in batch:
            passages += random.sample(example.negatives, min(plan.negatives, len(example.negatives)))
        asked, asked_pieces, asked_mask = self._embed(
            [PROMPTS["query"] + e.question for e in batch], QUESTION_TOKENS, QUESTION_PREFIX
        )
        found, found_pieces, found_mask = self._embed(
            [PROMPTS["document"] + text for text in passages], plan.tokens, PASSAGE_PREFIX
        )
        right = torch.arange(len(batch), dtype=torch.long)
        late = max_sim(asked_pieces, asked_mask, found_pieces, found_mask)
        return torch.nn.functional.cross_entropy(
            asked @ found.T / plan.temperature, right
        ) + torch.nn.functional.cross_entropy(late / plan.temperature, right)

    def _embed(self, texts: Sequence[str], tokens: int, prefix: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Vectors (n, d) of length 1; word pieces (n, most, d) of length 1; which are the text's own (n, most).

        Texts of like length are read together, so that little is padding.
        """
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows: list[torch.Tensor] = []
        pieces: list[torch.Tensor] = []
        masks: list[torch.Tensor] = []
        for start in range(0, len(order), 16):
            read = self._tokenizer(
                [texts[i] for i in order[start : start + 16]],
                padding=True,
                truncation=True,
                max_length=tokens,
                return_tensors="pt",
            )
            mask = read["attention_mask"]
            hidden = self._model(input_ids=read["input_ids"], attention_mask=mask).last_hidden_state
            mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
            rows.append(torch.nn.functional.normalize(mean, dim=-1))
            own = mask.roll(-1, 1).bool()  # without </s>
            own[:, -1] = False
            own[:, :prefix] = False
            missing = tokens - own.shape[1]
            if self._late is not None:
                hidden = hidden @ self._late.T
            pieces.append(torch.nn.functional.pad(torch.nn.functional.normalize(hidden, dim=-1), (0, 0, 0, missing)))
            masks.append(torch.nn.functional.pad(own, (0, missing)))
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(rows)[back], torch.cat(pieces)[back], torch.cat(masks)[back]


def max_sim(
    asked: torch.Tensor, asked_mask: torch.Tensor, found: torch.Tensor, found_mask: torch.Tensor
) -> torch.Tensor:
    """(questions, passages): for each piece of a question its best likeness to a piece of the passage, on average."""
    near = torch.einsum("qid,pjd->qpij", asked, found)
    best = near.masked_fill(~found_mask[None, :, None, :], -1.0).amax(-1)
    weight = asked_mask.float()[:, None, :]
    return (best * weight).sum(-1) / weight.sum(-1).clamp(min=1.0)


def gather(paths: Sequence[Path], general: int, random: Random) -> list[Example]:
    """Examples of files written by `write_examples`, and at most `general` of each SQuAD file (.json) or title file."""
    found: list[Example] = []
    for path in paths:
        if path.suffix == ".json" or path.stem.startswith("regeringsuppdrag"):
            every = list((squad_examples if path.suffix == ".json" else title_examples)(path))
            found += random.sample(every, min(general, len(every)))
        else:
            found += read_examples(path)
    return found


def main() -> None:
    """Train and write the changes."""
    plan = Plan()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("examples", nargs="+", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="folder of the converted encoder")
    parser.add_argument("--out", type=Path, required=True, help="file of the changes; late.npy comes beside it")
    parser.add_argument("--start", type=Path, help="changes to go on from")
    parser.add_argument("--late", type=Path, help="late.npy of the directions that late interaction uses")
    parser.add_argument("--general", type=int, default=900, help="pairs of SQuAD and titles at most, of each")
    parser.add_argument("--epochs", type=int, default=plan.epochs)
    parser.add_argument("--negatives", type=int, default=plan.negatives)
    parser.add_argument("--tokens", type=int, default=plan.tokens)
    parser.add_argument("--batch", type=int, default=plan.batch)
    parser.add_argument("--rate", type=float, default=plan.rate)
    parser.add_argument("--frozen-layers", type=int, default=plan.frozen_layers)
    parser.add_argument("--seed", type=int, default=plan.seed)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    plan = Plan(
        epochs=given.epochs,
        batch=given.batch,
        negatives=given.negatives,
        tokens=given.tokens,
        rate=given.rate,
        frozen_layers=given.frozen_layers,
        seed=given.seed,
    )
    examples = gather(given.examples, given.general, Random(plan.seed))  # noqa: S311 (an order that can be repeated)
    logger.info("%d examples", len(examples))
    late = None if given.late is None else np.load(given.late)
    Trainer(given.base, plan, given.start, late).train(examples, given.out)


if __name__ == "__main__":
    main()

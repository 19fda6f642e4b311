"""The judge while it is trained, with PyTorch: the encoder's first layers as they are, its last ones to be changed."""

from collections.abc import Iterable, Mapping, Sequence

import torch
from torch import Tensor, nn

from models.judge.examples import Pieces
from models.judge.judge import APART, FIRST_STATE, LIKENESS, PRODUCT, SPREAD, STATES, TOLD, Layered
from models.onnx_encoder import HEADS, HIDDEN, LAYERS, NORM_EPSILON, WIDE, WORDS, constants

TOGETHER = 16
"""Texts, or pairs, that are read at a time."""
CLOSENESS = 0.7
"""With which weight the likenesses begin: an untrained judge is about a cosine."""


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, number: int, values: Mapping[str, Tensor]) -> None:
        """`values`: the encoder's weights by the names of `models.onnx_encoder.constants`, in × out."""
        super().__init__()
        self.joint, self.after = nn.Linear(HIDDEN, 3 * HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.wide, self.narrow = nn.Linear(HIDDEN, WIDE), nn.Linear(WIDE, HIDDEN)
        self.middle, self.last = nn.LayerNorm(HIDDEN, NORM_EPSILON), nn.LayerNorm(HIDDEN, NORM_EPSILON)
        with torch.no_grad():
            for name, own in self.named_parameters():
                value = values[f"{number}.{name}"]
                own.copy_(value.T if value.ndim > 1 else value)

    def forward(self, x: Tensor, held: Tensor) -> Tensor:
        """`x` (n, m, `HIDDEN`), `held` (n, m): which pieces there are."""
        n, m, _ = x.shape
        q, k, v = (part.view(n, m, HEADS, -1).transpose(1, 2) for part in self.joint(x).split(HIDDEN, -1))
        seen = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=held[:, None, None, :])
        x = self.middle(self.after(seen.transpose(1, 2).reshape(n, m, HIDDEN)) + x)
        told: Tensor = self.last(self.narrow(nn.functional.gelu(self.wide(x))) + x)
        return told


class Lower:
    """The layers that read question and passage apart; what they make of a text is kept, in 16 bits."""

    def __init__(self, encoder: Layered) -> None:
        values = {name: torch.from_numpy(array) for name, array in constants(encoder.tensors)}
        self.layers = [Layer(number, values).eval().requires_grad_(False) for number in range(APART)]
        self._first = (values["first.weight"], values["first.bias"])
        self._places, self._words = values["places"], encoder.tensors[WORDS]
        self._encoder = encoder
        self._kept: dict[tuple[Pieces, bool], Tensor] = {}

    @torch.no_grad()
    def read(self, texts: Iterable[tuple[Pieces, bool]]) -> None:
        """Read texts, each a question's or (True) a passage's pieces, that are not kept."""
        missing = sorted({text for text in texts if text not in self._kept}, key=lambda text: len(text[0]))
        for start in range(0, len(missing), TOGETHER):
            batch = missing[start : start + TOGETHER]
            framed = [self._encoder.framed(pieces, passage=passage) for pieces, passage in batch]
            longest = max(map(len, framed))
            x, held = torch.zeros(len(batch), longest, HIDDEN), torch.zeros(len(batch), longest, dtype=torch.bool)
            for row, ids in enumerate(framed):
                x[row, : len(ids)] = torch.from_numpy(self._words[ids]) + self._places[: len(ids)]
                held[row, : len(ids)] = True
            x = nn.functional.layer_norm(x, (HIDDEN,), *self._first, NORM_EPSILON)
            for layer in self.layers:
                x = layer(x, held)
            for text, ids, states in zip(batch, framed, x, strict=True):
                self._kept[text] = states[: len(ids)].half()

    def forget(self) -> None:
        """Keep nothing."""
        self._kept.clear()

    def states(self, pieces: Pieces, *, passage: bool) -> Tensor:
        """(pieces with marks, `HIDDEN`) of a text that has been read."""
        return self._kept[pieces, passage].float()


class Network(nn.Module):
    """The layers that read both together, and what they say."""

    def __init__(self, encoder: Layered, dropout: float = 0.1) -> None:
        super().__init__()
        values = {name: torch.from_numpy(array) for name, array in constants(encoder.tensors)}
        self.layers = nn.ModuleList(Layer(number, values) for number in range(APART, LAYERS))
        self.mark = nn.Parameter(torch.zeros(HIDDEN))
        self.first, self.last = nn.Linear(4 * HIDDEN + 2, TOLD), nn.Linear(TOLD, 1)
        self.near = nn.Parameter(torch.full((2,), CLOSENESS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, asked: Tensor, told: Tensor) -> Tensor:
        """Scores (n,) of states `x` (n, m, `HIDDEN`); `asked` and `told` (n, m): which are the question's and the
        passage's. As `models.judge.judge.features` and what follows it."""
        x = x + told[..., None] * self.mark
        held = asked | told
        for layer in self.layers:
            x = layer(x, held)
        first, second = _mean(x, asked), _mean(x, told)
        unit = nn.functional.normalize(x, dim=-1)
        near = (unit @ unit.transpose(1, 2)).masked_fill(~told[:, None, :], -1).amax(-1)
        nearest = (near * asked).sum(1) / asked.sum(1)
        likeness = torch.stack([nearest, nn.functional.cosine_similarity(first, second)], -1)
        likeness = (likeness - torch.tensor(LIKENESS)) / torch.tensor(SPREAD)
        states = [x[:, 0] * FIRST_STATE, first * STATES, second * STATES, first * second * PRODUCT]
        hidden = self.first(self.dropout(torch.cat([*states, likeness], -1)))
        score: Tensor = self.last(nn.functional.gelu(hidden))[:, 0] + likeness @ self.near
        return score


def scores(network: Network, lower: Lower, pairs: Sequence[tuple[Pieces, Pieces]], dropped: float = 0.0) -> Tensor:
    """(n,) for pairs of a question and a passage; `dropped`: share of the passages' pieces left out, at random."""
    lower.read([(question, False) for question, _ in pairs] + [(passage, True) for _, passage in pairs])
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
    said = [
        network(*_batch(lower, [pairs[i] for i in order[start : start + TOGETHER]], dropped))
        for start in range(0, len(order), TOGETHER)
    ]
    return torch.cat(said)[torch.tensor(order).argsort()]


def _batch(lower: Lower, pairs: Sequence[tuple[Pieces, Pieces]], dropped: float) -> tuple[Tensor, Tensor, Tensor]:
    states = [(lower.states(a, passage=False), lower.states(b, passage=True)) for a, b in pairs]
    longest = max(len(a) + len(b) for a, b in states)
    x = torch.zeros(len(pairs), longest, HIDDEN)
    asked, told = (torch.zeros(len(pairs), longest, dtype=torch.bool) for _ in range(2))
    for row, (a, b) in enumerate(states):
        end = len(a) + len(b)
        x[row, :end] = torch.cat([a, b])
        asked[row, : len(a)] = True
        told[row, len(a) : end] = True
    if dropped:
        told &= torch.rand(told.shape) >= dropped
    return x, asked, told


def _mean(x: Tensor, held: Tensor) -> Tensor:
    weight = held[..., None].float()
    return (x * weight).sum(1) / weight.sum(1)

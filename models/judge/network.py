"""The network of `models.judge.judge` while it is trained, with PyTorch."""

import torch
from torch import Tensor, nn

from models.judge.judge import DIMENSION, HEADS, LIKENESS_SCALE, NEAREST, PIECE_SCALE

HIDDEN = 256
"""Units between the two layers of a block."""
TOLD = 64
"""Units before the last."""
SHARPNESS = 3.0
"""A block begins by looking at the pieces that are alike: queries and keys are the pieces, this many times as large."""


class Block(nn.Module):
    """The question's pieces look at the passage, then at each other."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        for name in ("q", "k", "v", "o", "sq", "sk", "sv", "so"):
            self.add_module(name, nn.Linear(DIMENSION, DIMENSION))
        self.f1, self.f2 = nn.Linear(DIMENSION, HIDDEN), nn.Linear(HIDDEN, DIMENSION)
        self.n1, self.n2, self.n3 = (nn.LayerNorm(DIMENSION) for _ in range(3))
        self.dropout = nn.Dropout(dropout)
        with torch.no_grad():
            for name in ("q", "k"):
                self.get_submodule(name).weight.copy_(torch.eye(DIMENSION) * SHARPNESS)  # type: ignore[operator]

    def forward(self, x: Tensor, passage: Tensor, asked: Tensor, mask: Tensor) -> Tensor:
        """`x` (n, k, d), `passage` (n, m, d); `asked` (n, k) and `mask` (n, m): which pieces there are."""
        y = self.n1(x)
        x = x + self.dropout(self._look(("q", "k", "v", "o"), y, passage, mask))
        y = self.n2(x)
        x = x + self.dropout(self._look(("sq", "sk", "sv", "so"), y, y, asked))
        hidden = nn.functional.gelu(self.f1(self.n3(x)))
        return torch.add(x, self.dropout(self.f2(hidden)))

    def _look(self, names: tuple[str, str, str, str], asking: Tensor, told: Tensor, mask: Tensor) -> Tensor:
        query, key, value, out = (self.get_submodule(name) for name in names)
        heads = [x.view(*x.shape[:2], HEADS, -1).transpose(1, 2) for x in (query(asking), key(told), value(told))]
        weight = heads[0] @ heads[1].transpose(-1, -2) / heads[0].shape[-1] ** 0.5
        weight = weight.masked_fill(~mask[:, None, None, :], -1e4).softmax(-1)
        looked: Tensor = out((weight @ heads[2]).transpose(1, 2).reshape(asking.shape))
        return looked


class Network(nn.Module):
    """Scores pairs of a question and a passage."""

    def __init__(self, blocks: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.b = nn.ModuleList(Block(dropout) for _ in range(blocks))
        self.inq, self.inp = nn.Linear(DIMENSION + 3, DIMENSION), nn.Linear(DIMENSION, DIMENSION)
        self.np = nn.LayerNorm(DIMENSION)
        self.out = nn.Sequential(
            nn.LayerNorm(2 * DIMENSION),
            nn.Dropout(dropout),
            nn.Linear(2 * DIMENSION, TOLD),
            nn.GELU(),
            nn.Linear(TOLD, 1),
        )
        with torch.no_grad():
            self.inp.weight.copy_(torch.eye(DIMENSION))
            self.inq.weight.zero_()
            self.inq.weight[:, :DIMENSION] = torch.eye(DIMENSION)

    def forward(self, question: Tensor, passage: Tensor, asked: Tensor, mask: Tensor) -> Tensor:
        """Scores (n,) of `question` (n, k, d) and `passage` (n, m, d); `asked` (n, k), `mask` (n, m)."""
        near = (question @ passage.transpose(1, 2)).masked_fill(~mask[:, None, :], -1)
        best = near.topk(min(NEAREST, near.shape[-1]), -1)[0]
        mean = (near * mask[:, None, :]).sum(-1) / mask.sum(-1)[:, None]
        likeness = torch.stack([best[..., 0], mean, best.mean(-1)], -1) * LIKENESS_SCALE
        x = self.inq(torch.cat([question * PIECE_SCALE, likeness], -1))
        told = self.np(self.inp(passage * PIECE_SCALE))
        for block in self.b:
            x = block(x, told, asked, mask)
        held = asked[..., None]
        mean = x.masked_fill(~held, 0).sum(1) / asked.sum(1)[:, None]
        score: Tensor = self.out(torch.cat([mean, x.masked_fill(~held, -1e4).amax(1)], -1))
        return score[:, 0]

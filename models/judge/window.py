"""What is read of a question and of a passage: few enough word pieces to read them while somebody waits."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

QUESTION = 37
"""Pieces read of a question."""
HEADINGS = 24
"""Pieces read of the headings above a passage."""
PIECES = 104
"""Pieces read of a passage with its headings."""
STEP = 16
"""Windows begin so far apart."""
_TIE = 1e-6


def window(ids: Sequence[int], led: int, near: NDArray[np.float32]) -> list[int]:
    """The word pieces to read of a passage: its headings' first ones, then those in a row that the question is nearest
    to. `ids` (m) are its pieces, the first `led` its headings'; `near` (m, k) their likeness to the question's."""
    head, body = list(ids[:led][:HEADINGS]), list(ids[led:])
    size = PIECES - len(head)
    last = len(body) - size
    if last <= 0:
        return head + body
    best, begin = -np.inf, 0
    for start in [*range(0, last, STEP), last]:
        value = float(near[led + start : led + start + size].max(axis=0).mean())
        if value > best + _TIE:
            best, begin = value, start
    return head + body[begin : begin + size]

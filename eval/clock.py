"""Figures of time that several measurements share."""

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

CLIENTS = 8
_Question = TypeVar("_Question")


def quantile_ms(seconds: Sequence[float], share: float) -> float:
    """The quantile `share` (0.01 … 0.99) of at least two times, interpolated, in milliseconds."""
    return statistics.quantiles(seconds, n=100, method="inclusive")[round(share * 100) - 1] * 1000


def rate(ask: Callable[[_Question], object], questions: Sequence[_Question]) -> float:
    """Questions a second with `CLIENTS` threads asking at once."""

    def take(mine: Sequence[_Question]) -> None:
        for question in mine:
            ask(question)

    threads = [threading.Thread(target=take, args=(questions[n::CLIENTS],)) for n in range(CLIENTS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(questions) / (time.perf_counter() - began)

"""Link the near-duplicate paragraphs within a report: text printed twice is found and cited once."""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ingest.report import Passage

_SHINGLE = 3
"""Words of a shingle."""
_MIN_WORDS = 12
"""Shorter passages say the same by chance."""
_ALIKE = 0.9
"""Jaccard similarity of two passages' shingles (Broder 1997) from which one is a duplicate of the other."""
_PROSE = ("paragraph", "list_item")


def link_duplicates(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, each near-identical to an earlier one with that one's index in `duplicate_of`.

    The index given is always of a passage that is itself no duplicate. Candidates share one of their first shingles in
    a fixed order (prefix filtering, Chaudhuri et al. 2006), so that no pair above the limit is missed.
    """
    firsts: dict[tuple[str, ...], list[int]] = defaultdict(list)
    kept: dict[int, frozenset[tuple[str, ...]]] = {}
    linked: list[Passage] = []
    for index, passage in enumerate(passages):
        shingles = _shingles(passage)
        prefix = sorted(shingles)[: len(shingles) - math.ceil(_ALIKE * len(shingles)) + 1] if shingles else []
        candidates = sorted({near for shingle in prefix for near in firsts[shingle]})
        same = next((near for near in candidates if _jaccard(kept[near], shingles) >= _ALIKE), None)
        linked.append(passage if same is None else replace(passage, duplicate_of=same))
        if same is None and shingles:
            kept[index] = shingles
            for shingle in prefix:
                firsts[shingle].append(index)
    return tuple(linked)


def _shingles(passage: Passage) -> frozenset[tuple[str, ...]]:
    if passage.kind not in _PROSE:
        return frozenset()
    words = re.findall(r"\w+", passage.text.lower())
    if len(words) < _MIN_WORDS:
        return frozenset()
    return frozenset(tuple(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1))


def _jaccard(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other)

"""Where word pieces stand in a text, told word by word: most words of a text have been cut before."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

MOST_KEPT = 100_000
"""Words whose pieces are kept."""
LONGEST_LINE = 150
"""Characters that are cut at once: a character may become three pieces, and after 512 pieces the tokenizer stops."""
_WORD = re.compile(r"[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
"""What stands between white space as the tokenizer's `WhitespaceSplit` sees it (Unicode's White_Space)."""
_PLAIN = re.compile(r"[\t\n\r -~\xa0-\u02ff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u22ff\u2500-\u25ff]*")
"""Text without control characters, which vanish, and marks that could belong to the white space before them."""

Span = tuple[int, int]


class WordSpans:
    """Cuts texts with a tokenizer for which white space ends a word. Safe for several threads."""

    def __init__(self, tokenizer: Any) -> None:
        """`tokenizer`: a `tokenizers.Tokenizer` that begins with `WhitespaceSplit`."""
        self._tokenizer = tokenizer
        self._kept: dict[str, tuple[Span, ...]] = {}

    def of(self, texts: Sequence[str], most: int) -> list[list[Span]]:
        """For each text the first `most` pieces, (start, end) each: characters, half-open."""
        found = [[(match.start(), match[0]) for match in _WORD.finditer(text)] for text in texts]
        kept = self._cut({word for words in found for _, word in words})
        return [[(at + start, at + end) for at, word in words for start, end in kept[word]][:most] for words in found]

    def _cut(self, words: set[str]) -> dict[str, tuple[Span, ...]]:
        kept = self._kept
        unknown = [word for word in words if word not in kept]
        if len(kept) + len(unknown) > MOST_KEPT:
            # Another thread may be reading the old ones.
            unknown, kept = list(words), {}
        for line in _lines(unknown):
            begins = list(accumulate((len(word) + 1 for word in line), initial=0))
            cut: list[list[Span]] = [[] for _ in line]
            # Many words at once: most of what a text takes is taken by a word alone, too.
            for start, end in self._tokenizer.encode(" ".join(line), add_special_tokens=False).offsets:
                place = bisect_right(begins, start) - 1
                cut[place].append((start - begins[place], end - begins[place]))
            kept.update((word, tuple(spans)) for word, spans in zip(line, cut, strict=True))
        self._kept = kept
        return kept


def _lines(words: Sequence[str]) -> Iterator[list[str]]:
    """The words, together as long as the tokenizer surely cuts to the end; a longer word alone."""
    line: list[str] = []
    size = 0
    for word in words:
        size += len(word) + 1
        if line and size > LONGEST_LINE:
            yield line
            line, size = [], len(word) + 1
        line.append(word)
    if line:
        yield line


def is_plain(text: str) -> bool:
    """Whether every word of a text is cut as it would be alone."""
    return _PLAIN.fullmatch(text) is not None

"""Builds `data/words.tsv.gz`, the counts that the compound splitter goes by.

python -m models.word_counts FILE… (JSON, JSON lines or plain text)
"""

import gzip
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from models.dictionary import base_form

TARGET = Path(__file__).parent / "data" / "words.tsv.gz"
SHORTEST = 3
RAREST = 3
"""A lemma seen fewer times is left out: misprints and names."""
_WORD = re.compile(r"[^\W\d_]+")


def strings(value: object) -> Iterator[str]:
    """Every string inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def texts(path: Path) -> Iterator[str]:
    """The texts of one file."""
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        yield from strings(json.loads(content))
    elif path.suffix == ".jsonl":
        for line in content.splitlines():
            yield from strings(json.loads(line))
    else:
        yield content


def count(files: list[Path]) -> dict[str, int]:
    """Lemma → occurrences, of the words that are mostly written with a small letter."""
    forms: Counter[str] = Counter()
    for path in files:
        for text in texts(path):
            forms.update(_WORD.findall(text))
    small: Counter[str] = Counter()
    for form, times in forms.items():
        capitals = forms[form.capitalize()] + forms[form.upper()]
        if form.islower() and len(form) >= SHORTEST and times >= capitals:
            small[base_form(form)] += times
    return {word: times for word, times in small.items() if times >= RAREST and len(word) >= SHORTEST}


def write(counts: dict[str, int], target: Path) -> None:
    """Words in alphabetical order with the rounded base-2 logarithm of their count, compressed."""
    lines = "".join(f"{word}\t{round(math.log2(times))}\n" for word, times in sorted(counts.items()))
    target.write_bytes(gzip.compress(lines.encode(), 9, mtime=0))


if __name__ == "__main__":
    write(count([Path(argument) for argument in sys.argv[1:]]), TARGET)

"""The counts of an archive's words, kept beside it so that not every start must count them."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from search.records import ReportRecord

FILE = "words.tsv"
"""In the home: a line that says what was counted, then a word and its count on each."""
SCHEME = "words 1"
"""How words are told apart (`models.words.tokenize`) and kept here: another is counted anew."""


@dataclass(frozen=True, slots=True)
class WordCounts:
    """A file with counts, of use only while the archive has the reports that were counted."""

    path: Path
    key: str

    def read(self) -> dict[str, int] | None:
        """Small letters → count; None when the file is missing, damaged or of other reports."""
        try:
            first, *rows = self.path.read_text(encoding="utf-8").splitlines()
            pairs = [row.split("\t") for row in rows]
            return {word: int(count) for word, count in pairs} if first == self.key else None
        except (OSError, ValueError):
            return None

    def write(self, counts: Mapping[str, int]) -> None:
        """Keep counts in place of what was kept; a home that cannot be written is read all the same."""
        rows = [self.key, *(f"{word}\t{count}" for word, count in counts.items())]
        fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        with suppress(OSError):
            fresh.write_text("\n".join(rows) + "\n", encoding="utf-8")
            fresh.replace(self.path)


def word_counts(home: Path, reports: Sequence[ReportRecord]) -> WordCounts:
    """The file of an archive that has these reports."""
    held = repr([SCHEME, *((report.key, report.sha256) for report in reports)])
    return WordCounts(home / FILE, sha256(held.encode()).hexdigest())


def forget(home: Path) -> None:
    """Delete the file: words of a report that is removed stay nowhere."""
    (home / FILE).unlink(missing_ok=True)

"""Why a file could not be read: a kind for programs and a sentence in Swedish for people."""

from typing import Literal

ErrorKind = Literal[
    "missing",
    "unsupported",
    "empty",
    "encrypted",
    "damaged",
    "not_a_pdf",
    "no_text",
    "too_large",
    "timeout",
    "memory",
    "unreadable",
    "internal",
]


def _shown(char: str) -> str:
    """A character as a line of text may show it: file names may hold line ends, terminal codes and lone surrogates."""
    if char.isprintable():
        return char
    return " " if char.isspace() else char.encode("unicode_escape").decode()


class IngestError(Exception):
    """A file that cannot be read. `str(error)` names the fact, the file and the next step, in Swedish, on one line."""

    def __init__(self, kind: ErrorKind, message: str) -> None:
        super().__init__("".join(map(_shown, message)))
        self.kind: ErrorKind = kind

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


class IngestError(Exception):
    """A file that cannot be read. `str(error)` names the fact, the file and the next step, in Swedish."""

    def __init__(self, kind: ErrorKind, message: str) -> None:
        super().__init__(message)
        self.kind: ErrorKind = kind

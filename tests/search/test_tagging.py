"""The names' model is recorded, another is refused, and `reindex` finds the names anew with it."""

from collections.abc import Sequence
from typing import Any

import pytest

from models.ner.scheme import Found
from search.archive import Archive
from search.errors import ModelMismatchError


class OneWord:
    """Takes every "Kvarnkammaren" for an organisation."""

    name = "ett-ord"
    fingerprint = "0123456789abcdef"

    def tag(self, sentences: Sequence[str]) -> list[list[Found]]:
        word = "Kvarnkammaren"
        return [[Found(s.index(word), s.index(word) + len(word), "ORG", 0.9)] if word in s else [] for s in sentences]


def names(archive: Archive) -> set[tuple[str, str]]:
    return {(row.name, row.label) for row in archive.entities()}


def test_another_model_is_refused_until_reindex(archive: Archive, library: Any, drafts: Any, toolkit: Any) -> None:
    library.add(
        "hv-2021-t1.txt", drafts["hasselby"]().text("Samarbetet med Kvarnkammaren har gett fler lekplatser i parkerna.")
    )
    archive.ingest([library.folder])
    before = names(archive)
    assert ("Trefas", "PROGRAM") in before
    toolkit.tagger = OneWord()
    with pytest.raises(ModelMismatchError, match=r"ett-ord.*spana reindex"):
        archive.ingest([library.folder], force=True)
    archive.reindex()
    assert names(archive) == before | {("Kvarnkammaren", "ORG")}
    archive.ingest([library.folder], force=True)
    assert names(archive) == before | {("Kvarnkammaren", "ORG")}
    assert archive.status().registry_current

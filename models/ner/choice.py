"""Which tagger is used: the project's own, none, or another (`SPANA_NER_MODEL`)."""

from collections.abc import Sequence
from functools import cache

from models.ner.scheme import Found
from models.ner.tagger import OnnxTagger, Tagger

NONE = "none"


class NoTagger:
    """Finds nothing: names by the registry and by patterns only."""

    name = NONE
    fingerprint = NONE

    def tag(self, sentences: Sequence[str]) -> list[list[Found]]:
        """No name in any sentence."""
        return [[] for _ in sentences]


@cache
def shipped_tagger() -> Tagger:
    """The project's own, loaded once. Raises `TaggerError` when its files are missing or damaged."""
    return OnnxTagger()


def load_tagger(model: str | None = None, threads: int | None = None) -> Tagger:
    """The tagger for `model`: None (our own), `none`, a spaCy package or folder, a hub id or folder.

    Raises `TaggerError` when it can be neither found nor fetched.
    """
    if model is None:
        return OnnxTagger(threads=threads) if threads else shipped_tagger()
    if model == NONE:
        return NoTagger()
    from models.ner.foreign import load_foreign

    return load_foreign(model)

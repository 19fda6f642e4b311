"""From texts to the trained model's names in them: which sentences it reads, and how sure it must be."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from models.data_file import DATA, Table, read_table
from models.dictionary import is_known
from models.entity_patterns import is_name, without_head
from models.ner.scheme import Found
from models.ner.tagger import Tagger
from models.registry import Label
from models.sentences import sentences

_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = re.compile(r"[A-ZÅÄÖÉÜ\"”“»’]|\d{4}:\d")
"""After the first word: a capital, a quotation mark or a law's number."""
_CUES = re.compile(
    r"lag(?:en)?\b|balk|direktiv|förordning|konvention|program|projekt|metod|modell|plan\b|strategi|satsning|lyft|verktyg|nätverk|"
    r"förening|förbund|nämnden|enheten för|avdelningen|centrum|myndighet|dag\b|vecka|festival"
)
"""Small words that go with a name that may have no capital beyond its first."""


class _Thresholds(Table):
    thresholds: Mapping[Label, float]


@cache
def thresholds() -> Mapping[Label, float]:
    """Label → how sure (0–1) the model must be."""
    return read_table(DATA / "ner_thresholds.yaml", _Thresholds).thresholds


def may_hold_name(sentence: str) -> bool:
    """False for a sentence that can hardly hold a name: an everyday word first and no capital, quote or cue after it.

    Such sentences are half of a report, and are not worth the model's time.
    """
    first = _FIRST_WORD.search(sentence)
    if first is None:
        return False
    return (
        _SIGNS.search(sentence, first.end()) is not None
        or not is_known(first[0].lower())
        or _CUES.search(sentence) is not None
    )


def tag_texts(texts: Sequence[str], tagger: Tagger) -> list[list[Found]]:
    """The model's names in each text, those it is sure enough of, in order. Equal sentences are read once."""
    places = [[span for span in sentences(text) if may_hold_name(text[slice(*span)])] for text in texts]
    unique = list(
        dict.fromkeys(text[start:end] for text, spans in zip(texts, places, strict=True) for start, end in spans)
    )
    named = dict(zip(unique, tagger.tag(unique), strict=True))
    return [
        [
            Found(
                without_head(text, start + name.start, start + name.end), start + name.end, name.label, name.confidence
            )
            for start, end in spans
            for name in named[text[start:end]]
            if name.confidence >= thresholds().get(name.label, 0.0)
            and is_name(text[start + name.start : start + name.end])
        ]
        for text, spans in zip(texts, places, strict=True)
    ]

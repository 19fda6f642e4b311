"""From texts to the trained model's names in them: which sentences it reads, and how sure it must be."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from models.data_file import DATA, Table, read_table
from models.dictionary import is_known
from models.entity_patterns import is_name, may_be_event, may_be_law, without_head, without_tail
from models.ner.scheme import Found
from models.ner.tagger import Tagger
from models.programme.votes import AGREED, seen_too, stands, without_rest
from models.registry import Label
from models.sentences import sentences

_FIRST_WORD = re.compile(r"[^\W\d_]+")
_CELLS = re.compile(r"\t|\s{3}")
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
        _sure(text, [_moved(name, start) for start, end in spans for name in named[text[start:end]]])
        for text, spans in zip(texts, places, strict=True)
    ]


def _moved(name: Found, start: int) -> Found:
    return Found(start + name.start, start + name.end, name.label, name.confidence)


def _sure(text: str, votes: Sequence[Found]) -> list[Found]:
    """The votes of one text that stand, without words such as `projektet` before the name and `för` after it."""
    doubtful = [vote for vote in votes if vote.label == "PROGRAM" and AGREED <= vote.confidence < _asked(vote)]
    agreed = {
        vote for vote, seen in zip(doubtful, seen_too(text, [(v.start, v.end) for v in doubtful]), strict=True) if seen
    }
    found = []
    for vote in votes:
        if vote.confidence < _asked(vote) and vote not in agreed:
            continue
        begin = without_head(text, vote.start, vote.end)
        end = without_tail(text, begin, vote.end)
        end = without_rest(text, begin, end) if vote.label == "PROGRAM" else end
        name = Found(begin, end, vote.label, vote.confidence)
        if _is_likely(text, name):
            found.append(name)
    return found


def _is_likely(text: str, found: Found) -> bool:
    """False for what is no name whatever the model says: no letter, two cells of a table, an everyday word."""
    start, name = found.start, text[found.start : found.end]
    if not is_name(name) or _CELLS.search(name) or (found.label != "PROGRAM" and not any(map(str.isalpha, name))):
        return False
    if found.label == "LAW":
        return may_be_law(name)
    if found.label == "EVENT":
        begins = start == 0 or text[start - 1] in "\t\n" or text[:start].rstrip()[-1:] in ".:•-"
        return may_be_event(name, first=begins)
    return found.label != "PROGRAM" or stands(text, start, found.end, found.confidence)


def _asked(vote: Found) -> float:
    return thresholds().get(vote.label, 0.0)

"""Which sentences are quoted together."""

from dataclasses import dataclass
from typing import Any

from search.answer import Sentence
from search.best_sentences import JOIN_MARGIN, LONGEST_JOINED, joined

TEXT = "Fyra familjer står i kö. Lägenheterna är slut. I fjol stod nio i kö. " + "Mer text. " * 60


@dataclass(frozen=True)
class _Passage:
    key: int
    text: str = TEXT
    kind: str = "paragraph"


@dataclass(frozen=True)
class _Found:
    passage: _Passage


def sentence(said: str, score: float, key: int = 1, kind: str = "paragraph") -> Sentence:
    found: Any = _Found(_Passage(key, kind=kind))
    start = TEXT.rindex(said)
    return Sentence(found, start, start + len(said), score)


FIRST = sentence("Fyra familjer står i kö.", 2.0)


def quoted(*chosen: Sentence) -> list[str]:
    return [one.found.passage.text[one.start : one.end] for one in joined(chosen)]


def test_two_close_sentences_of_a_passage_are_one_quote_in_their_order() -> None:
    other = sentence("I fjol stod nio i kö.", 2.0 - JOIN_MARGIN)
    apart = sentence("Lägenheterna är slut.", 1.5, key=2)
    whole = "Fyra familjer står i kö. Lägenheterna är slut. I fjol stod nio i kö."
    assert quoted(FIRST, apart, other) == [whole, "Lägenheterna är slut."]
    assert quoted(other, apart, FIRST) == [whole, "Lägenheterna är slut."]


def test_others_are_quoted_by_themselves() -> None:
    for other in (
        sentence("I fjol stod nio i kö.", 1.9 - JOIN_MARGIN),
        sentence("I fjol stod nio i kö.", 2.0, key=2),
        sentence("I fjol stod nio i kö.", 2.0, kind="indicator"),
        sentence("Mer text.", 2.0),
    ):
        assert len(quoted(FIRST, other)) == 2
    assert TEXT.rindex("Mer text.") > LONGEST_JOINED

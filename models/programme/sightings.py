"""All that looks like a programme's name in a text."""

from models.programme.acronyms import explained
from models.programme.compounds import in_compounds
from models.programme.definitions import defined
from models.programme.documents import documents
from models.programme.heads import after_heads
from models.programme.quotes import in_quotes
from models.programme.sighting import Sighting
from models.programme.titles import titles
from models.sentences import sentences


def sightings(text: str) -> list[Sighting]:
    """Everything in the text that looks like a programme's name, in order; stretches may overlap."""
    starts = frozenset(start for start, _ in sentences(text))
    found = [
        *explained(text),
        *after_heads(text),
        *in_quotes(text),
        *in_compounds(text, starts),
        *documents(text),
        *defined(text),
        *titles(text, starts),
    ]
    return sorted(set(found), key=lambda one: (one.start, -one.end, one.evidence))

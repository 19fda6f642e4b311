"""Whether two names are one programme's."""

from collections.abc import Sequence

from models.link_keys import link_key, links
from models.linking import Seen, link, meanings_of
from models.name_noise import is_noise_of
from models.registry import Registry, entry_forms
from models.variants import name_atoms
from models.words import lemma, stop_words, tokenize

OTHER_THINGS = 0.3
"""Share of content words in common below which two contexts are about different things."""
SAME_THING = 0.6
"""The same from which they are about one thing."""


def same_programme(
    one: str, other: str, known: Registry, seen: Sequence[Seen] = (), contexts: tuple[str, str] | None = None
) -> bool:
    """Whether two names are one, by the known names, by what reports explain, by their words, and by the words around
    each, where `contexts` are given: the same name among other words is another thing."""
    if contexts is not None:
        shared = _shared_words(contexts, (one, other))
        if shared < OTHER_THINGS:
            return False
        words = sorted((set(link_key(one)), set(link_key(other))), key=len)
        if shared >= SAME_THING and (
            (len(words[0]) > 1 and words[0] <= words[1]) or _written_out(one, other) or _written_out(other, one)
        ):
            return True
    linked = link(seen, known)
    registry = Registry(linked.entries)
    first, second = registry.find(one), registry.find(other)
    if first is not None and second is not None:
        return first.name == second.name
    expand = {a: next(iter(longs)) for a, longs in meanings_of(seen, known.entries).items() if len(longs) == 1}
    if link_key(one, expand) == link_key(other, expand):
        return True
    entry, name = (first, other) if first is not None else (second, one)
    forms = entry_forms(entry) if entry is not None else (one,)
    name = name if entry is not None else other
    return any(
        link_key(name, expand) == link_key(form, expand) or is_noise_of(name, form) or is_noise_of(form, name)
        for form in forms
    )


def _written_out(short: str, name: str) -> bool:
    """True when the name is a compound of the short one, or its words begin with the letters of a short one in
    capitals: `Mumin` and `Muminmodellen`, `VIP` and `Viktig intressant person`."""
    bare = link_key(short)
    acronyms = [atom for atom in name_atoms(short) if atom.isupper() and len(atom) > 1]
    words = name_atoms(name)
    spelt = any("".join(word[0] for word in words).upper() == acronym for acronym in acronyms)
    compound = len(bare) == len(words) == 1 and words[0].lower().removeprefix(bare[0]) in links().tails
    return spelt or compound


def _shared_words(contexts: tuple[str, str], names: tuple[str, str]) -> float:
    """Share of the content words of the shorter context that the other has too; the names' own are not counted."""
    own = {word for name in names for word in link_key(name)}
    first, second = (
        {lemma(token.text) for token in tokenize(text)} - own - stop_words() - set(links().small_words)
        for text in contexts
    )
    return len(first & second) / max(min(len(first), len(second)), 1)

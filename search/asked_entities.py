"""Names given as filters: known ones and those that reports mention; others are refused with names like them."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches

from models.registry import Registry, entry_forms
from search.errors import UsageError
from search.letters import letters
from search.schema import Filters

SUGGESTED = 3
"""Names that are offered in place of an unknown one."""
SHORTEST = 4
"""Letters of a name that may be part of another."""
LEAST_ALIKE = 0.6
"""Share of letters in common (Ratcliff & Obershelp) from which a name is offered."""


def with_known_names(
    filters: Filters, registry: Callable[[], Registry], mentioned: Callable[[], Iterable[tuple[str, str]]]
) -> Filters:
    """The filters with their names as the archive writes them; `mentioned` gives the (name, label) of every mention.

    Raises:
        UsageError: a name is not in the registry, and no report mentions it.
    """
    if not filters.entity and not filters.exclude_entity:
        return filters
    return filters.model_copy(
        update={
            "entity": tuple(_known(name, registry(), mentioned) for name in filters.entity),
            "exclude_entity": tuple(_known(name, registry(), mentioned) for name in filters.exclude_entity),
        }
    )


def _known(name: str, registry: Registry, mentioned: Callable[[], Iterable[tuple[str, str]]]) -> str:
    entry = registry.find(name)
    if entry is not None:
        return entry.name
    marked = {letters(one): one for one, _ in mentioned()}
    if letters(name) in marked:
        return marked[letters(name)]
    offered = ", ".join(_like(name, registry, marked.values()))
    if not offered:
        raise UsageError(
            f"Namnet {name!r} finns varken i registret eller i någon rapport, så inget kan filtreras på det. "
            "Skriv det i frågan för att söka efter ordet."
        )
    raise UsageError(
        f"Namnet {name!r} finns varken i registret eller i någon rapport, så inget kan filtreras på det. "
        f"Liknande namn: {offered}."
    )


def _like(name: str, registry: Registry, mentioned: Iterable[str]) -> list[str]:
    """The known names that are most like an unknown one, those that hold it, or that it holds, first."""
    forms = {letters(form): entry.name for entry in registry.entries for form in entry_forms(entry)}
    forms = {letters(one): one for one in mentioned} | forms
    asked = letters(name)
    holding = sorted(
        (form for form in forms if _holds(form, asked)), key=lambda form: (abs(len(form) - len(asked)), form)
    )
    near = get_close_matches(asked, forms, n=SUGGESTED * 2, cutoff=LEAST_ALIKE)
    return list(dict.fromkeys(forms[form] for form in (*holding[:SUGGESTED], *near)))[:SUGGESTED]


def _holds(form: str, asked: str) -> bool:
    return (len(asked) >= SHORTEST and asked in form) or (len(form) >= SHORTEST and form in asked)

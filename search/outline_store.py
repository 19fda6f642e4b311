"""What is counted about passages, without their text: a few columns of many passages at a time."""

from collections import Counter
from collections.abc import Sequence
from sys import intern
from typing import NamedTuple

from sqlalchemy import and_, select

from search import tables as t
from search.catalogue import Catalogue
from search.in_lists import chunks, places
from search.kept import kept

MOST_KEPT = 100_000
"""Passages whose outlines and names are kept while nothing changes: some 50 MB."""


class Outline(NamedTuple):
    """A passage as facets and groups see it. A tuple, as thousands are made for one search."""

    key: int
    report_key: int
    position: int
    duplicate_of: int | None
    quote_sha256: str
    part: str | None
    judged: str | None
    goal_number: str | None

    @property
    def same_as(self) -> set[tuple[int, int | str]]:
        """What it shares with the passages of its report that say the same."""
        original = self.position if self.duplicate_of is None else self.duplicate_of
        return {(self.report_key, original), (self.report_key, self.quote_sha256)}


class OutlineStore:
    """Reads outlines from the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def of(self, keys: Sequence[int]) -> dict[int, Outline]:
        """The outlines of passages by key."""
        held = self._catalogue.remembered("outlines", dict[int, Outline])
        return kept(held, keys, self._read, MOST_KEPT)

    def _read(self, keys: Sequence[int]) -> dict[int, Outline]:
        p, s = t.passages.c, t.sections.c
        columns = (p.key, p.report_key, p.position, p.duplicate_of, p.quote_sha256, p.part, s.judged, s.goal_number)
        query = select(*columns).join(t.sections, and_(s.report_key == p.report_key, s.position == p.section))
        found: dict[int, Outline] = {}
        with self._catalogue.reading() as db:
            for part in chunks(keys):
                found.update((row[0], Outline._make(row)) for row in db.execute(query.where(p.key.in_(part))).all())
        return found

    def paths(self, keys: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The titles of the sections that passages stand in, from the outermost, by the passages' keys."""
        p, s = t.passages.c, t.sections.c
        query = select(p.key, s.path).join(t.sections, and_(s.report_key == p.report_key, s.position == p.section))
        found: dict[int, tuple[str, ...]] = {}
        with self._catalogue.reading() as db:
            for part in chunks(keys):
                found |= {key: tuple(path) for key, path in db.execute(query.where(p.key.in_(part))).all()}
        return found

    def names(self, outlines: Sequence[Outline]) -> Counter[str]:
        """The names that passages mention, each with how many of the passages do."""
        held = self._catalogue.remembered("names of passages", dict[tuple[int, int], tuple[str, ...]])
        found = kept(held, [(one.report_key, one.position) for one in outlines], self._names, MOST_KEPT)
        return Counter(name for names in found.values() for name in names)

    def _names(self, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[str, ...]]:
        """The names in passages, each once, by (report key, position)."""
        m = t.mentions.c
        found: dict[tuple[int, int], dict[str, None]] = {pair: {} for pair in pairs}
        with self._catalogue.reading() as db:
            for wanted in places(pairs, self._catalogue.engine.dialect.name):
                # By place: by the passages' keys SQLite would read all mentions.
                on = and_(m.report_key == wanted.c.report, m.passage == wanted.c.place)
                for name, report, passage in db.execute(select(m.name, m.report_key, m.passage).join(wanted, on)).all():
                    found[(report, passage)][intern(name)] = None
        return {pair: tuple(names) for pair, names in found.items()}

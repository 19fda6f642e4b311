"""What is counted about passages, without their text: a few columns of many passages at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select

from search import tables as t
from search.catalogue import Catalogue
from search.in_lists import chunks, places


@dataclass(frozen=True, slots=True)
class Outline:
    """A passage as facets and groups see it."""

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
        p, s = t.passages.c, t.sections.c
        columns = (p.key, p.report_key, p.position, p.duplicate_of, p.quote_sha256, p.part, s.judged, s.goal_number)
        query = select(*columns).join(t.sections, and_(s.report_key == p.report_key, s.position == p.section))
        found: dict[int, Outline] = {}
        with self._catalogue.reading() as db:
            for part in chunks(keys):
                found |= {row[0]: Outline(*row) for row in db.execute(query.where(p.key.in_(part))).all()}
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
        m = t.mentions.c
        found: Counter[str] = Counter()
        with self._catalogue.reading() as db:
            for wanted in places([(o.report_key, o.position) for o in outlines], self._catalogue.engine.dialect.name):
                # By place: by the passages' keys SQLite would read all mentions.
                on = and_(m.report_key == wanted.c.report, m.passage == wanted.c.place)
                query = select(m.name, m.report_key, m.passage).join(wanted, on)
                found.update(name for name, *_ in {tuple(row) for row in db.execute(query).all()})
        return found

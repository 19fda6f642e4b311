"""Where a report judges its goals: the paragraphs that begin the parts of a goal's text."""

from collections.abc import Iterable
from functools import lru_cache
from typing import get_args

from sqlalchemy import and_, select

from ingest.rules import GoalKind
from search import tables as t
from search.catalogue import Catalogue
from search.in_lists import places
from search.kinds import kind_of
from search.records import PassageRecord


@lru_cache(maxsize=256)
def asks_for_judgement(query: str) -> bool:
    """Whether a question asks how a goal is judged."""
    return kind_of(query, query, ()) == "goal_status"


def judging_paragraphs(query: str, passages: Iterable[PassageRecord], catalogue: Catalogue) -> frozenset[int]:
    """Keys of the paragraphs that begin a part of a goal that one of `passages` is from: there the judgement and its
    grounds stand. None when the question does not ask how a goal is judged."""
    if not asks_for_judgement(query):
        return frozenset()
    sections = sorted({(one.report_key, one.section) for one in passages if one.kind == "paragraph"})
    first: dict[tuple[int, int, str | None], int] = {}
    same = and_(t.sections.c.report_key == t.passages.c.report_key, t.sections.c.position == t.passages.c.section)
    p = t.passages.c
    columns = select(p.report_key, p.section, p.part, p.key).join(t.sections, same).order_by(p.report_key, p.position)
    goals = and_(t.sections.c.kind.in_(get_args(GoalKind)), t.passages.c.kind == "paragraph")
    with catalogue.reading() as db:
        for wanted in places(sections, catalogue.engine.dialect.name):
            on = and_(p.report_key == wanted.c.report, p.section == wanted.c.place)
            for report, section, part, key in db.execute(columns.join(wanted, on).where(goals)):
                first.setdefault((report, section, part), key)
    return frozenset(first.values())

"""Where a report judges its goals: the paragraphs that begin the parts of a goal's text."""

from collections.abc import Iterable
from typing import get_args

from sqlalchemy import and_, select

from ingest.rules import GoalKind
from search import tables as t
from search.catalogue import Catalogue
from search.kinds import kind_of
from search.records import PassageRecord


def judging_paragraphs(query: str, passages: Iterable[PassageRecord], catalogue: Catalogue) -> frozenset[int]:
    """Keys of the paragraphs that begin a part of a goal that one of `passages` is from: there the judgement and its
    grounds stand. None when the question does not ask how a goal is judged."""
    if kind_of(query, query, ()) != "goal_status":
        return frozenset()
    sections: dict[int, set[int]] = {}
    for passage in passages:
        if passage.kind == "paragraph":
            sections.setdefault(passage.report_key, set()).add(passage.section)
    first: dict[tuple[int, int, str | None], int] = {}
    same = and_(t.sections.c.report_key == t.passages.c.report_key, t.sections.c.position == t.passages.c.section)
    columns = select(t.passages.c.section, t.passages.c.part, t.passages.c.key).join(t.sections, same)
    goals = and_(t.sections.c.kind.in_(get_args(GoalKind)), t.passages.c.kind == "paragraph")
    with catalogue.reading() as db:
        for report, positions in sections.items():
            wanted = and_(t.passages.c.report_key == report, t.passages.c.section.in_(sorted(positions)), goals)
            for section, part, key in db.execute(columns.where(wanted).order_by(t.passages.c.position)):
                first.setdefault((report, section, part), key)
    return frozenset(first.values())

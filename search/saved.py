"""Questions that people follow: what an ingest has added to the answer since they were saved."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Protocol

from sqlalchemy import Connection, delete, func, insert, select, update

from search import tables as t
from search.catalogue import Catalogue
from search.catalogue_rows import now
from search.edition import Edition
from search.errors import NotFoundError, UsageError
from search.schema import Answer, Citation, Filters, Hit, MentionRow, ReportRef, Schema, SearchResult

FOLLOWED_HITS = 50
"""A question that is answered by ranked passages follows so many of them."""
FEED_ITEMS = 200
"""The newest items that a feed holds."""
MOST_QUESTIONS = 1000


class SavedItem(Schema):
    """One place that a followed question has found."""

    id: str
    """Stable: of the passage, else of the report and the quote."""
    passage_id: str | None
    report: str
    title: str
    """Board, type and year of the report."""
    citation: Citation
    seen_at: str = ""
    """ISO time in UTC when it was first found."""


class SavedQuestion(Schema):
    """A question that somebody follows."""

    id: str
    question: str
    filters: Filters
    made_at: str
    items: int
    """Places found so far."""
    fresh: int
    """Those that were added since the question was saved."""


class News(Schema):
    """What a followed question has found that was not told before."""

    question: SavedQuestion
    items: tuple[SavedItem, ...]


class Asks(Protocol):
    """What answers: an archive."""

    def ask(self, question: str, filters: Filters = ..., limit: int = ..., *, every_row: bool = ...) -> Answer: ...
    def search(self, query: str, filters: Filters = ..., limit: int = ..., offset: int = ...) -> SearchResult: ...
    def browse(self, filters: Filters = ...) -> list[Hit]: ...
    def reports(self, filters: Filters = ...) -> list[ReportRef]: ...
    def edition(self) -> Edition: ...


class SavedQuestions:
    """Keeps questions in the catalogue and asks them again when the archive has changed."""

    def __init__(self, catalogue: Catalogue, archive: Asks) -> None:
        self._catalogue = catalogue
        self._archive = archive

    def add(self, question: str, filters: Filters = Filters()) -> SavedQuestion:
        """Follow a question; what it finds now is known and no news. The same question again changes nothing.

        Raises:
            UsageError: it cannot be asked, or there are too many.
        """
        key = question_id(question, filters)
        if key not in {one.id for one in self.all()}:
            if len(self.all()) >= MOST_QUESTIONS:
                raise UsageError(f"Högst {MOST_QUESTIONS} frågor kan bevakas. Ta bort en: spana watch remove ID.")
            edition = self._archive.edition().id
            found = list(self._find(question, filters))
            row = {
                "id": key,
                "question": question,
                "filters": filters.model_dump(mode="json", exclude_defaults=True),
                "made_at": now(),
                "edition": edition,
                "told": 0,
            }
            with self._catalogue.writing() as db:
                db.execute(insert(t.saved_questions), [row])
                _keep(db, key, found, first=True)
        return self.get(key)

    def all(self) -> list[SavedQuestion]:
        """Every question, in the order they were saved."""
        query = (
            select(
                t.saved_questions,
                func.count(t.saved_items.c.key).label("items"),
                func.count(t.saved_items.c.key).filter(~t.saved_items.c.first).label("fresh"),
            )
            .outerjoin(t.saved_items, t.saved_items.c.question == t.saved_questions.c.id)
            .group_by(t.saved_questions.c.id)
            .order_by(t.saved_questions.c.made_at, t.saved_questions.c.id)
        )
        with self._catalogue.reading() as db:
            return [
                SavedQuestion(
                    id=row.id,
                    question=row.question,
                    filters=Filters.model_validate(row.filters),
                    made_at=row.made_at,
                    items=row.items,
                    fresh=row.fresh,
                )
                for row in db.execute(query)
            ]

    def get(self, key: str) -> SavedQuestion:
        """One question. Raises NotFoundError."""
        found = next((one for one in self.all() if one.id == key), None)
        if found is None:
            raise NotFoundError(f"Ingen bevakad fråga har id {key!r}. Se spana watch list.")
        return found

    def remove(self, key: str) -> SavedQuestion:
        """Stop following a question. Raises NotFoundError."""
        found = self.get(key)
        with self._catalogue.writing() as db:
            db.execute(delete(t.saved_items).where(t.saved_items.c.question == key))
            db.execute(delete(t.saved_questions).where(t.saved_questions.c.id == key))
        return found

    def news(self, key: str | None = None) -> list[News]:
        """What one question, or every question, has found since it was last told here; it is told now."""
        told: list[News] = []
        for one in [self.get(key)] if key is not None else self.all():
            self._refresh(one)
            after = select(t.saved_questions.c.told).where(t.saved_questions.c.id == one.id).scalar_subquery()
            rows = self._items(one.id, t.saved_items.c.key > after, newest_first=False)
            if rows:
                with self._catalogue.writing() as db:
                    here = t.saved_questions.c.id == one.id
                    db.execute(update(t.saved_questions).where(here).values(told=rows[-1][0]))
            told.append(News(question=self.get(one.id), items=tuple(item for _, item in rows)))
        return told

    def feed(self, key: str) -> News:
        """The newest things that a question has found since it was saved, for a feed. Raises NotFoundError."""
        self._refresh(self.get(key))
        rows = self._items(key, None, newest_first=True)[:FEED_ITEMS]
        return News(question=self.get(key), items=tuple(item for _, item in rows))

    def _items(self, key: str, more: object, *, newest_first: bool) -> list[tuple[int, SavedItem]]:
        query = select(t.saved_items).where(t.saved_items.c.question == key, ~t.saved_items.c.first)
        query = query if more is None else query.where(more)  # type: ignore[arg-type]
        query = query.order_by(t.saved_items.c.key.desc() if newest_first else t.saved_items.c.key)
        with self._catalogue.reading() as db:
            return [
                (row.key, SavedItem.model_validate({**row.content, "seen_at": row.seen_at}))
                for row in db.execute(query)
            ]

    def _refresh(self, one: SavedQuestion) -> None:
        """Ask again when the archive has changed since the question was last asked, and keep what is new."""
        edition = self._archive.edition().id
        here = t.saved_questions.c.id == one.id
        with self._catalogue.reading() as db:
            asked = db.execute(select(t.saved_questions.c.edition).where(here)).scalar_one_or_none()
            known = set(db.execute(select(t.saved_items.c.item).where(t.saved_items.c.question == one.id)).scalars())
        if asked == edition:
            return
        found = [item for item in self._find(one.question, one.filters) if item.id not in known]
        with self._catalogue.writing() as db:
            # Another process may have asked meanwhile: the same item is never kept twice.
            held = set(db.execute(select(t.saved_items.c.item).where(t.saved_items.c.question == one.id)).scalars())
            _keep(db, one.id, [item for item in found if item.id not in held], first=False)
            db.execute(update(t.saved_questions).where(here).values(edition=edition))

    def _find(self, question: str, filters: Filters) -> Iterator[SavedItem]:
        """Every place that the question finds, each once: all mentions, all rows, or the best passages."""
        answer = self._archive.ask(question, filters, every_row=True)
        refs = {ref.id: ref for ref in self._archive.reports()}
        found: dict[str, SavedItem] = {}
        for item in (*_in_rows(answer, refs), *map(_of_hit, self._passages(answer, question, filters))):
            found.setdefault(item.id, item)
        return iter(found.values())

    def _passages(self, answer: Answer, question: str, filters: Filters) -> list[Hit]:
        if answer.kind == "mentions":
            names = tuple(
                name for name, _, how in (one.rpartition(": ") for one in answer.found_by) if how == "registry"
            )
            return self._archive.browse(answer.filters.model_copy(update={"entity": names})) if names else []
        if answer.rows:
            return []
        return list(self._archive.search(question, filters, limit=FOLLOWED_HITS).hits)


def question_id(question: str, filters: Filters) -> str:
    """12 hex digits: the same for the same question with the same filters."""
    said = json.dumps([" ".join(question.split()), filters.model_dump(mode="json", exclude_defaults=True)])
    return sha256(said.encode()).hexdigest()[:12]


def _in_rows(answer: Answer, refs: dict[str, ReportRef]) -> Iterator[SavedItem]:
    for row in answer.rows:
        if isinstance(row, MentionRow):
            for share in row.reports:
                yield _item(share.passage_id, share.id, share.citation, refs)
        else:
            yield _item(None, row.report, row.citation, refs)


def _of_hit(hit: Hit) -> SavedItem:
    return _item(hit.passage_id, hit.report.id, hit.citation, {hit.report.id: hit.report})


def _item(passage: str | None, report: str, citation: Citation, refs: dict[str, ReportRef]) -> SavedItem:
    ref = refs.get(report)
    title = f"{ref.board or ref.source}, {ref.type} {ref.year or ''}".strip() if ref else citation.label
    return SavedItem(
        id=passage or f"{report}:{citation.sha256[:16]}",
        passage_id=passage,
        report=report,
        title=title,
        citation=citation.model_copy(update={"boxes": None}),
    )


def _keep(db: Connection, question: str, items: list[SavedItem], *, first: bool) -> None:
    rows = [
        {
            "question": question,
            "item": item.id,
            "first": first,
            "seen_at": now(),
            "content": item.model_dump(mode="json", exclude={"seen_at"}),
        }
        for item in items
    ]
    if rows:
        db.execute(insert(t.saved_items), rows)

"""The facade that the commands, the HTTP interface and the evaluation use."""

import gc
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pydantic import BaseModel

from models.personal_data import find_personal_data
from models.words import look_up, words_in
from search import entities, export, maintain, report_views, table_rows, word_counts, writer
from search.ask import Asking
from search.asked_entities import with_known_names
from search.best_sentences import spans_of
from search.edition import Edition, edition
from search.errors import UsageError
from search.figure_answers import meant_indicators, series
from search.filters import find_reports, resolve
from search.goal_matrix import goal_matrix
from search.grouping import Group
from search.history import district_notes, neighbourhood_notes, query_notes
from search.hits import load
from search.holdings import Holdings
from search.masking import masked
from search.name_corrections import NameCorrections
from search.naming import Names, Naming
from search.near_names import NameVectors, keep_vectors
from search.passage_views import PassageViews
from search.piece_store import PieceStore
from search.question import language_of, understand
from search.records import ReportRecord
from search.results import Search
from search.saved import SavedQuestions
from search.schema import (
    Answer,
    EntityMention,
    Filters,
    GoalStatusRow,
    GoodExampleRow,
    Hit,
    IndicatorRow,
    IngestResult,
    PageBox,
    ReportRef,
    SearchResult,
)
from search.scope import Scope
from search.settings import Settings
from search.spelling import Vocabulary
from search.stores import Stores
from search.tagging import tag_again
from search.toolkit import ModelToolkit, Toolkit
from search.views import (
    CheckReport,
    DuplicateFile,
    EntityCount,
    EntityDetail,
    FailedFile,
    GoalMatrix,
    IndicatorSeries,
    NameCorrection,
    ProgressCallback,
    ReindexReport,
    ReportDetail,
    SectionRow,
    StatusReport,
)

LONGEST_QUERY = 2000
"""Characters of a query that are used; the rest says nothing more."""
MOST_HITS = 1000
"""Passages in one page."""
MOST_ROWS = 200
"""Rows of goals, indicators or good examples in an answer unless others, or all, are asked for."""
DEEPEST = 100_000
"""Where a page may begin at most."""

WARMING_PASSAGES = 4000
"""Passages whose words and pieces are looked up before the first question, in about 2 s: all of a small archive, and of
a large one nine in ten words of any other."""
_WARMING = "Hur många barn går i förskolan?"

_Shape = TypeVar("_Shape", bound=BaseModel)


class Archive:
    """An archive of reports in one home folder.

    Stores are opened and models loaded when first needed. Methods may be called from several threads; one process at a
    time may write a home or search its vectors. Every method raises `search.errors.SpanaError`s with Swedish messages
    and nothing else for whatever a user may give it.
    """

    def __init__(self, settings: Settings | None = None, toolkit: Toolkit | None = None) -> None:
        """`toolkit` replaces the models, for tests."""
        self.settings = settings or Settings()
        self._toolkit: Toolkit = toolkit or ModelToolkit(self.settings)
        self._stores = Stores(self.settings)
        self._naming: Naming | None = None
        self._near = NameVectors(lambda: self._stores.catalogue)
        self._words: tuple[tuple[int, ...], Vocabulary] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the stores and of the home."""
        self._stores.close()
        self._naming = None
        gc.unfreeze()

    def warm_up(self) -> None:
        """Open the stores and load the models, so that the first question is as fast as the next."""
        self.search(_WARMING)
        self.ask(_WARMING)
        catalogue, encoder = self._stores.catalogue, self._toolkit.encoder
        reports = catalogue.reports()
        # Loads the English dictionary and the archive's words, which only a word that nobody knows asks for.
        self._vocabulary(reports).knows("qwxzy", english=True)
        by_key = {report.key: report for report in reports}
        passages = [one for one in catalogue.some_passages(WARMING_PASSAGES) if one.report_key in by_key]
        spans_of(load(catalogue, passages, by_key), encoder, PieceStore(catalogue, encoder.fingerprint))
        look_up({word for passage in passages for word in words_in(passage.text)})
        # What is loaded now stays till `close`: a pass of the collector over it stops a search for a tenth of a second.
        gc.freeze()

    # --- writing

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        workers: int | None = None,
        force: bool = False,
        dry_run: bool = False,
        password: str | None = None,
        timeout: float | None = None,
        progress: ProgressCallback | None = None,
    ) -> IngestResult:
        """Bring the archive up to date with files and folders; see `search.writer.ingest`."""
        options = writer.IngestOptions(
            workers=workers or self.settings.workers,
            force=force,
            dry_run=dry_run,
            password=password,
            timeout=timeout or self.settings.timeout,
            memory_mb=self.settings.memory_mb,
        )
        result = writer.ingest(self._stores, self._toolkit, paths, options, progress)
        if not dry_run:
            self._names_of_archive().refresh()
            keep_vectors(self._stores.catalogue, lambda: self._toolkit.encoder)
        return result

    def remove(self, id_or_stem: str) -> ReportRef:
        """Delete a report from every store; its file stays where it is."""
        record = self._one(id_or_stem)
        writer.remove(self._stores, record)
        word_counts.forget(self.settings.home)
        self._names_of_archive().refresh()
        keep_vectors(self._stores.catalogue, None)
        return record.ref()

    def reindex(self, progress: ProgressCallback | None = None) -> ReindexReport:
        """Build all vectors anew with the models in use, and find names anew when their model is another."""
        built = maintain.reindex(self._stores, self._toolkit, progress)
        if tag_again(self._stores.catalogue, self._toolkit):
            self._names_of_archive().refresh()
        keep_vectors(self._stores.catalogue, lambda: self._toolkit.encoder)
        return built

    def check(self, repair: bool = True) -> CheckReport:
        """Whether the stores agree; mends what can be mended."""
        checked = maintain.check(self._stores, self._toolkit, repair=repair)
        if repair:
            self._names_of_archive().refresh()
            keep_vectors(self._stores.catalogue, lambda: self._toolkit.encoder)
        return checked

    # --- asking

    def search(
        self,
        query: str,
        filters: Filters = Filters(),
        limit: int = 10,
        offset: int = 0,
        group_by: Group | None = None,
    ) -> SearchResult:
        """The best passages first, then every other that matches; `limit` passages, or groups, from `offset`.

        `total` and the facets count what matches in the whole archive, see `search.matches`.
        """
        began = time.perf_counter()
        text = _query(query)
        _check_range(limit, offset)
        reports, scope = self._scope(filters)
        encoder = self._toolkit.encoder
        vectors = self._stores.vectors(encoder)
        asked = Search(
            text, filters, scope, reports, catalogue=self._stores.catalogue, vectors=vectors, encoder=encoder
        )
        found = asked.page(limit, offset) if group_by is None else asked.groups(group_by, limit, offset)
        notes = query_notes(text, filters, reports, lambda: self._names.registry, language_of(text))
        return self._out(found.model_copy(update={"query": query, "notes": notes, "took_ms": _ms(began)}))

    def ask(
        self,
        question: str,
        filters: Filters = Filters(),
        limit: int = 10,
        *,
        every_row: bool = False,
        row_offset: int = 0,
        row_limit: int = MOST_ROWS,
    ) -> Answer:
        """An answer made only of what the archive says; see `search.ask`.

        `limit` bounds the citations of passages. Of goals, indicators and good examples `row_limit` rows are shown from
        `row_offset` on unless `every_row` is asked for; `rows_total` tells how many there are. Mentions are always
        complete.
        """
        began = time.perf_counter()
        text = _query(question)
        _check_range(limit, 0)
        _check_range(row_limit, row_offset)
        reports = self._stores.catalogue.reports()
        held = self._holdings(reports)
        asking = Asking(held if every_row else replace(held, first_row=row_offset, most_rows=row_limit))
        answer = asking.answer(text, self._known(filters), limit)
        told = " ".join((answer.answer, *self._notes(answer)))
        return self._out(answer.model_copy(update={"question": question, "answer": told, "took_ms": _ms(began)}))

    def similar(
        self, passage_id: str, limit: int = 10, filters: Filters = Filters(), *, own_report: bool = False
    ) -> list[Hit]:
        """The passages nearest to one in other reports, or with `own_report` in its own as well, itself left out.

        `reuse` tells which of them are the same text.
        """
        _check_range(limit, 0)
        scope = self._scope(filters)[1]
        vectors = self._stores.vectors(self._toolkit.encoder)
        found = self._passages.similar(passage_id, limit, scope, vectors, own_report=own_report)
        return [self._out(one) for one in found]

    # --- reading

    def reports(self, filters: Filters = Filters()) -> list[ReportRef]:
        """The reports that the filters on reports leave."""
        reports, scope = self._scope(filters)
        return [self._out(report.ref()) for report in reports if report.key in set(scope.reports)]

    def failed(self) -> list[FailedFile]:
        """Files that could not be read the last time."""
        return report_views.failed_files(self._stores.catalogue)

    def duplicates(self) -> list[DuplicateFile]:
        """Files that are copies or other renderings of a report, which is searched once."""
        return report_views.duplicate_files(self._stores.catalogue)

    def report(self, id_or_stem: str) -> ReportDetail:
        """One report with its sections."""
        return self._out(report_views.report_detail(self._stores.catalogue, self._one(id_or_stem)))

    def sections(self, id_or_stem: str) -> list[SectionRow]:
        """A report's sections in reading order."""
        rows = report_views.section_rows(self._stores.catalogue, self._one(id_or_stem))
        return [self._out(row) for row in rows]

    def passage(self, passage_id: str) -> Hit:
        """One passage."""
        return self._out(self._passages.one(passage_id))

    def around(self, passage_id: str) -> list[Hit]:
        """Every passage right under the section of one, itself with them, in reading order; none is ranked."""
        return [self._out(one) for one in self._passages.around(passage_id)]

    def passages(self, id_or_stem: str) -> list[Hit]:
        """All passages of one report in reading order, for its reader; none is ranked."""
        return [self._out(one) for one in self._passages.of_report(self._one(id_or_stem).key)]

    def browse(self, filters: Filters = Filters()) -> list[Hit]:
        """Every passage that the filters leave, report by report in reading order; none is ranked or left out."""
        return [self._out(one) for one in self._passages.within(self._scope(filters)[1])]

    @property
    def _passages(self) -> PassageViews:
        return PassageViews(self._stores.catalogue)

    def annotate(self, texts: Iterable[str]) -> Iterator[tuple[EntityMention, ...]]:
        """The entities of each text, which need not be in the archive."""
        for entities_of_text in self._toolkit.annotate(texts):
            yield tuple(
                EntityMention(text=e.text, label=e.label, name=e.name, start=e.start, end=e.end)
                for e in entities_of_text
            )

    def entities(self, label: str | None = None, filters: Filters = Filters()) -> list[EntityCount]:
        """The entities that reports mention, with counts."""
        reports, scope = self._scope(filters)
        found = entities.entity_counts(self._stores.catalogue, reports, scope, label.upper() if label else None)
        return [self._out(count) for count in found]

    def entity(self, name: str, filters: Filters = Filters()) -> EntityDetail:
        """One entity, by any of its variants."""
        reports, scope = self._scope(filters)
        text = _query(name)
        found = entities.entity_detail(
            self._stores.catalogue,
            self._names,
            self._toolkit.registry,
            self._corrections.of(text),
            text,
            reports,
            scope,
        )
        return self._out(found)

    # --- correcting names

    def correct(self, action: str, name: str, value: str | None = None) -> NameCorrection:
        """Say something of a name, see `search.corrections`; mentions, answers and exports follow at once.

        Raises:
            UsageError: it makes no sense for the names there are.
        """
        return self._corrections.add(action, name, value)

    def withdraw(self, action: str, name: str, value: str | None = None) -> NameCorrection:
        """Take back the latest correction that says this.

        Raises:
            NotFoundError: nobody has said it.
        """
        return self._corrections.withdraw(action, name, value)

    def corrections(self) -> list[NameCorrection]:
        """Everything that people have said of names, in order."""
        return self._corrections.every()

    def add_corrections(self, rows: Sequence[NameCorrection]) -> int:
        """Take in corrections from elsewhere, in order, those that are there already left out; how many were new.

        Raises:
            UsageError: one makes no sense after those before it; then none is taken in.
        """
        return self._corrections.take_in(rows)

    @property
    def _corrections(self) -> NameCorrections:
        return NameCorrections(self._stores.catalogue, self._names_of_archive)

    # --- tables

    def goals(self, filters: Filters = Filters()) -> list[GoalStatusRow]:
        """Goals with their status."""
        reports, scope = self._scope(filters)
        return [self._out(row) for row in table_rows.goal_rows(self._stores.catalogue, _in(reports, scope), scope)]

    def indicators(self, filters: Filters = Filters(), name: str | None = None) -> list[IndicatorRow]:
        """Indicator rows; with `name`, those whose name holds it."""
        reports, scope = self._scope(filters)
        return [
            self._out(row)
            for row in table_rows.indicator_rows(self._stores.catalogue, _in(reports, scope), scope, name)
        ]

    def goal_matrix(self, filters: Filters = Filters()) -> GoalMatrix:
        """Goal × district × year, each judgement with its citation; goals without a judgement are in it."""
        reports, scope = self._scope(filters)
        inside = _in(reports, scope)
        rows = list(table_rows.goal_rows(self._stores.catalogue, inside, scope))
        return self._out(goal_matrix(inside, rows))

    def indicator_series(self, name: str, filters: Filters = Filters()) -> IndicatorSeries:
        """Indicators that `name` means, by words and by meaning, over districts and years."""
        text = _query(name)
        reports, scope = self._scope(filters)
        holdings = self._holdings(reports)
        question = understand(text, Filters(), reports, holdings.registry)
        names = meant_indicators(holdings, replace(question, subject=text, query=text), scope)
        rows = series(holdings, scope, names)
        held = {row.report for row in rows}
        without = tuple(report.ref() for report in _in(reports, scope) if report.id not in held)
        found = IndicatorSeries(asked=name, names=tuple(names), rows=tuple(rows), without=without)
        return self._out(found)

    def good_examples(self, filters: Filters = Filters()) -> list[GoodExampleRow]:
        """Good examples."""
        reports, scope = self._scope(filters)
        return [
            self._out(row) for row in table_rows.good_example_rows(self._stores.catalogue, _in(reports, scope), scope)
        ]

    def export(self, kind: str, filters: Filters = Filters()) -> Iterator[dict[str, object]]:
        """Rows of one kind, see `search.export.KINDS`, one report at a time."""
        reports, scope = self._scope(filters)
        rows = export.export(self._stores.catalogue, kind, _in(reports, scope), scope)
        return export.finished(rows, self.edition(), self.settings.mask_personal_data)

    def edition(self) -> Edition:
        """Which state of the archive answers, lists and files are made from."""
        return edition(self._stores.catalogue)

    @property
    def saved(self) -> SavedQuestions:
        """The questions that people follow."""
        return SavedQuestions(self._stores.catalogue, self)

    def personal_spans(self, text: str) -> list[tuple[int, int]]:
        """What to hide in a text, (start, end) each; nothing when personal data may be shown."""
        return [(d.start, d.end) for d in find_personal_data(text)] if self.settings.mask_personal_data else []

    def personal_boxes(self, id_or_stem: str, page: int) -> list[PageBox]:
        """The printed lines of a page that hold personal data, to be covered; none when these may be shown."""
        if not self.settings.mask_personal_data:
            return []
        return report_views.personal_boxes(self._stores.catalogue, self._one(id_or_stem).key, page)

    def source_path(self, id_or_stem: str) -> Path:
        """Where the report's file was when it was ingested; it may be gone."""
        return Path(self._one(id_or_stem).path)

    def status(self) -> StatusReport:
        """What is indexed and with which models."""
        return maintain.status(self._stores, self.settings, self._names.version)

    # --- inside

    def _out(self, shape: _Shape) -> _Shape:
        return masked(shape) if self.settings.mask_personal_data else shape

    def _notes(self, answer: Answer) -> tuple[str, ...]:
        """What a reader must know of the districts and neighbourhoods that an answer is about."""
        reports = self._stores.catalogue.reports()
        names = [named.rpartition(":")[0] for named in answer.found_by]
        return (
            *district_notes(answer.filters, reports, lambda: self._names.registry, answer.language),
            *neighbourhood_notes(names, lambda: self._names.registry, answer.language),
        )

    def _scope(self, filters: Filters) -> tuple[list[ReportRecord], Scope]:
        reports = self._stores.catalogue.reports()
        return reports, resolve(self._known(filters), reports, lambda: self._names.registry)

    def _known(self, filters: Filters) -> Filters:
        """The filters with names as the archive writes them; an unknown name is refused."""
        return with_known_names(filters, lambda: self._names.registry, self._stores.catalogue.entity_names)

    @property
    def _names(self) -> Names:
        return self._names_of_archive().names

    def _names_of_archive(self) -> Naming:
        if self._naming is None:
            self._naming = Naming(self._stores.catalogue, self._toolkit)
        return self._naming

    def _holdings(self, reports: Sequence[ReportRecord]) -> Holdings:
        return Holdings(
            self._stores.catalogue,
            self._stores.vectors,
            lambda: self._toolkit.encoder,
            self._names,
            reports,
            self._near,
            self._vocabulary(reports),
        )

    def _vocabulary(self, reports: Sequence[ReportRecord]) -> Vocabulary:
        """The archive's words, counted when its reports have changed and kept in the home."""
        key = tuple(report.key for report in reports)
        if self._words is None or self._words[0] != key:
            texts = self._stores.catalogue.sample_texts
            kept = word_counts.word_counts(self.settings.home, reports)
            self._words = key, Vocabulary(texts, lambda: self._names.registry, kept)
        return self._words[1]

    def _one(self, id_or_stem: str) -> ReportRecord:
        found = find_reports(id_or_stem, self._stores.catalogue.reports())
        if len(found) > 1:
            ids = ", ".join(report.id for report in found)
            raise UsageError(f"Flera rapporter heter {id_or_stem!r}. Ange en av: {ids}.")
        return found[0]


def _in(reports: Sequence[ReportRecord], scope: Scope) -> list[ReportRecord]:
    chosen = set(scope.reports)
    return [report for report in reports if report.key in chosen]


def _query(text: str) -> str:
    """A query fit for the models: printable, not too long, with something to look for."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text[:LONGEST_QUERY]).split())
    clean = clean.encode("utf-8", "ignore").decode("utf-8")
    if not any(c.isalnum() for c in clean):
        raise UsageError("Frågan innehåller inga ord. Skriv vad du söker.")
    return clean


def _check_range(limit: int, offset: int) -> None:
    if not 1 <= limit <= MOST_HITS or not 0 <= offset <= DEEPEST:
        raise UsageError(f"Antalet träffar ska vara 1–{MOST_HITS} och början 0–{DEEPEST}.")


def _ms(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 2)

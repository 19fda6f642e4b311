"""The facade that the commands, the HTTP interface and the evaluation use."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from search.schema import (
    Answer,
    Filters,
    GoalStatusRow,
    GoodExampleRow,
    Hit,
    IndicatorRow,
    IngestResult,
    ReportRef,
    SearchResult,
)
from search.settings import Settings
from search.views import (
    CheckReport,
    EntityCount,
    EntityDetail,
    FailedFile,
    ProgressCallback,
    ReindexReport,
    ReportDetail,
    SectionRow,
    StatusReport,
)


class Archive:
    """An archive of reports in one home folder. Opens lazily; models are loaded when first needed; thread-safe."""

    def __init__(self, settings: Settings | None = None) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def close(self) -> None: ...

    def warm_up(self) -> None:
        """Open the stores and load the encoder, so that the first question is as fast as the next."""

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        workers: int | None = None,
        force: bool = False,
        dry_run: bool = False,
        password: str | None = None,
        progress: ProgressCallback | None = None,
    ) -> IngestResult: ...

    def search(self, query: str, filters: Filters = Filters(), limit: int = 10, offset: int = 0) -> SearchResult: ...

    def ask(self, question: str, filters: Filters = Filters(), limit: int = 10) -> Answer: ...

    def reports(self, filters: Filters = Filters()) -> list[ReportRef]: ...

    def failed(self) -> list[FailedFile]: ...

    def report(self, id_or_stem: str) -> ReportDetail: ...

    def sections(self, id_or_stem: str) -> list[SectionRow]: ...

    def passage(self, passage_id: str) -> Hit: ...

    def similar(self, passage_id: str, limit: int = 10) -> list[Hit]: ...

    def entities(self, label: str | None = None, filters: Filters = Filters()) -> list[EntityCount]: ...

    def entity(self, name: str, filters: Filters = Filters()) -> EntityDetail: ...

    def goals(self, filters: Filters = Filters()) -> list[GoalStatusRow]: ...

    def indicators(self, filters: Filters = Filters(), name: str | None = None) -> list[IndicatorRow]: ...

    def good_examples(self, filters: Filters = Filters()) -> list[GoodExampleRow]: ...

    def export(self, kind: str, filters: Filters = Filters()) -> Iterator[dict[str, object]]: ...

    def source_path(self, id_or_stem: str) -> Path:
        """Where the report's file was when it was ingested; it may be gone."""

    def status(self) -> StatusReport: ...

    def check(self, repair: bool = True) -> CheckReport: ...

    def remove(self, id_or_stem: str) -> ReportRef: ...

    def reindex(self, progress: ProgressCallback | None = None) -> ReindexReport: ...

"""The index writer: files in, reports in the catalogue and their vectors in the store, whatever happens on the way.

A version is written as `pending`, its vectors follow, and one transaction makes it `ready` and what it replaces
`removing`. A run that dies leaves `pending` or `removing` versions, which nobody sees and which `finish` takes away.
"""

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.errors import IngestError
from ingest.report import Report
from ingest.worker import parse_many
from search.catalogue import Catalogue
from search.catalogue_rows import now
from search.embed import embed, known_vectors, write
from search.likeness import alike, same_occasion, shingles
from search.piece_store import PieceStore
from search.prepare import prepare, report_id
from search.records import FileRecord, ReportRecord
from search.schema import IngestedFile, IngestResult
from search.sources import Source, find_sources, forget_unpacked
from search.stores import Stores
from search.tagging import check_tagger
from search.toolkit import Toolkit
from search.vectors import VectorStore
from search.views import Progress, ProgressCallback, Stage

_BLOCK = 1 << 20
ABANDONED = timedelta(hours=1)
RENDERINGS = ((".pdf",), (".docx", ".html", ".htm", ".md"))
"""Suffixes in the order they are read, all others last: of a report in several formats the first is indexed."""


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How a run of ingest goes about it."""

    workers: int = 1
    force: bool = False
    dry_run: bool = False
    password: str | None = None
    timeout: float = 1800.0
    memory_mb: int = 2048


@dataclass(slots=True)
class _Work:
    """A file that must be read."""

    path: Path
    source: str
    size: int
    mtime_ns: int
    sha256: str
    report_id: str
    replaces: bool
    moved_from: str | None = None


def ingest(
    stores: Stores,
    toolkit: Toolkit,
    paths: Sequence[Path],
    options: IngestOptions,
    progress: ProgressCallback | None = None,
) -> IngestResult:
    """Bring the archive up to date with files and folders. One bad file never stops the rest.

    Raises:
        HomeLockedError: another process writes this archive.
        ModelMismatchError: the archive's vectors were made by other models.
    """
    began = time.perf_counter()
    if not options.dry_run:
        stores.own()
        finish(stores)
    with TemporaryDirectory(prefix="spana-") as scratch:
        files = list(find_sources(paths, stores.unpacked, Path(scratch), keep=not options.dry_run))
        outcome: dict[str, IngestedFile] = {}
        run = _Run(stores, toolkit, options, progress, len(files))
        work = [todo for source in files if (todo := run.look(source, outcome)) is not None]
        if not options.dry_run:
            if work:
                run.read(work, outcome)
            run.tidy(files)
    reports = tuple(outcome[str(file.path)] for file in files if str(file.path) in outcome)
    statuses = [report.status for report in reports]
    totals: dict[str, int | float] = {
        status: statuses.count(status) for status in ("indexed", "replaced", "unchanged", "duplicate", "failed")
    }
    totals["files"] = len(reports)
    totals["passages"] = sum(report.passages or 0 for report in reports)
    totals["seconds"] = round(time.perf_counter() - began, 3)
    totals |= {f"seconds_{stage}": round(seconds, 3) for stage, seconds in run.seconds.items()}
    return IngestResult(reports=reports, totals=totals)


def finish(stores: Stores) -> list[ReportRecord]:
    """Take away what an interrupted run left; gives the versions taken away.

    Where several processes may write, what is younger than an hour may be another's work in progress.
    """
    catalogue = stores.catalogue
    left = catalogue.unfinished(older_than=ABANDONED if stores.shared else None)
    if left:
        vectors = stores.open_recorded()
        for record in left:
            if vectors is not None:
                vectors.delete_report(record.key)
            catalogue.drop(record.key)
    stores.clean()
    return left


def remove(stores: Stores, record: ReportRecord) -> None:
    """Delete a report from every store."""
    stores.own()
    catalogue = stores.catalogue
    for file in catalogue.files("duplicate"):
        if file.report_id == record.id:
            forget_unpacked(Path(file.path), stores.unpacked)
    catalogue.hide(record.key)
    vectors = stores.open_recorded()
    if vectors is not None:
        vectors.delete_report(record.key)
    catalogue.forget_report_files(record.id)
    catalogue.drop(record.key)
    forget_unpacked(Path(record.path), stores.unpacked)


class _Run:
    """One run of ingest."""

    def __init__(
        self, stores: Stores, toolkit: Toolkit, options: IngestOptions, progress: ProgressCallback | None, total: int
    ) -> None:
        self._stores = stores
        self._catalogue: Catalogue = stores.catalogue
        self._toolkit = toolkit
        self._options = options
        self._progress = progress
        self._total = total
        self._done = 0
        self._ready = {record.id: record for record in self._catalogue.reports()}
        self._by_content = {record.sha256: record for record in self._ready.values()}
        self._by_path = {os.path.normpath(record.path): record for record in self._ready.values()}
        self._written = dict(self._ready)
        self._queued: dict[str, _Work] = {}
        self._ids = set(self._ready)
        self._unread = frozenset(self._catalogue.without_judgements())
        self.seconds: dict[str, float] = {}

    # --- what is to be done

    def look(self, source: Source, outcome: dict[str, IngestedFile]) -> _Work | None:
        """Work for a file that must be read; None when what became of it is known, then in `outcome`."""
        began = time.perf_counter()
        path, name, place = source.path, source.name, str(source.path)
        if source.error is not None:
            outcome[place] = self._failed(path, name, 0, 0, None, source.error.kind, str(source.error), began)
            self._done += 1
            return None
        try:
            stat = path.stat()
            known = self._catalogue.file(place)
            same = known is not None and (known.size, known.mtime_ns) == (stat.st_size, stat.st_mtime_ns)
            if same and known is not None and known.sha256 and known.status != "failed":
                digest = known.sha256
            else:
                digest = _digest(path)
        except OSError as error:
            reason = "finns inte" if isinstance(error, FileNotFoundError) else "går inte att öppna"
            kind = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
            message = f"Filen {name} {reason}. Kontrollera sökvägen {path}."
            outcome[place] = self._failed(path, name, 0, 0, None, kind, message, began)
            return None
        work = _Work(path, name, stat.st_size, stat.st_mtime_ns, digest, "", False)
        settled = None if self._options.force else self._settled(work, known, began)
        if settled is not None:
            outcome[place] = settled
            self._step("done", name)
            return None
        if (first := self._queued.get(digest)) is not None:
            outcome[place] = self._duplicate(work, first.report_id, began)
            return None
        earlier = self._by_path.get(place) or self._moved(name)
        work.report_id = earlier.id if earlier is not None else report_id(name, self._ids)
        work.replaces = earlier is not None
        work.moved_from = earlier.path if earlier is not None and earlier.path != place else None
        self._ids.add(work.report_id)
        self._queued[digest] = work
        if self._options.dry_run:
            outcome[place] = _result(work, "replaced" if work.replaces else "indexed", _since(began))
        return work

    def _settled(self, work: _Work, known: FileRecord | None, began: float) -> IngestedFile | None:
        """The outcome of a file whose content the archive has."""
        held = self._by_content.get(work.sha256)
        if held is None:
            if known is None or known.status != "duplicate" or known.sha256 != work.sha256:
                return None
            return self._duplicate(work, known.report_id, began) if known.report_id in self._ready else None
        place = str(work.path)
        work.report_id = held.id
        if os.path.normpath(held.path) != place and Path(held.path).exists():
            if place in self._by_path:
                return None if known is None else self._replaced_by_duplicate(work, held, began)
            return self._duplicate(work, held.id, began)
        if held.key in self._unread:
            return None
        if not self._options.dry_run:
            if held.path != place:
                stem = work.source.rpartition(".")[0] or work.source
                self._catalogue.move_report(held.key, place, work.source, stem)
                self._catalogue.forget_file(held.path)
            self._catalogue.put_file(self._file(work, "indexed"))
        counts = self._catalogue.counts(held.key)
        return _result(
            work,
            "unchanged",
            _since(began),
            pages=held.pages,
            passages=counts["passages"],
            warnings=held.warnings,
        )

    def _replaced_by_duplicate(self, work: _Work, held: ReportRecord, began: float) -> IngestedFile:
        """A file whose new content another report has: its own old version goes, or it would be counted beside it."""
        old = self._by_path[str(work.path)]
        if not self._options.dry_run:
            remove(self._stores, old)
        return self._duplicate(work, held.id, began)

    def _moved(self, name: str) -> ReportRecord | None:
        """A report of that file name whose file is no longer where it was: the same report in a new place."""
        for record in self._ready.values():
            if record.source == name and not Path(record.path).exists():
                return record
        return None

    def _duplicate(self, work: _Work, held: str, began: float, warnings: tuple[str, ...] = ()) -> IngestedFile:
        work.report_id = held
        if not self._options.dry_run:
            self._catalogue.put_file(self._file(work, "duplicate"))
        return _result(work, "duplicate", _since(began), warnings=warnings).model_copy(update={"duplicate_of": held})

    def _same_report(self, work: _Work, report: Report) -> ReportRecord | None:
        """The report in the archive that this is another rendering of; the one that was indexed first stays."""
        earlier = self._ready.get(work.report_id)
        own: frozenset[tuple[str, ...]] | None = None
        for record in sorted(self._written.values(), key=lambda record: record.key):
            if record.id == work.report_id:
                continue
            first = self._ready.get(record.id)
            if earlier is not None and (first is None or first.key > earlier.key):
                continue
            if record.sha256 == work.sha256:
                return record
            if not same_occasion(report.metadata, record):
                continue
            own = own if own is not None else shingles(passage.text for passage in report.passages)
            if alike(own, shingles(passage.text for passage in self._catalogue.passages(record.key))):
                return record
        return None

    def _set_aside(self, work: _Work, held: ReportRecord, began: float) -> IngestedFile:
        """Record a file as another rendering of a report; its own earlier version goes, or it would count twice."""
        old = self._written.pop(work.report_id, None)
        if old is not None:
            remove(self._stores, old)
        told = (
            f"{work.source} är samma rapport som {held.source} ({held.id}), som redan finns i arkivet; "
            "den är antecknad som dubblett och söks inte."
        )
        return self._duplicate(work, held.id, began, (told,))

    # --- doing it

    def read(self, work: list[_Work], outcome: dict[str, IngestedFile]) -> None:
        """Parse, annotate, embed and write files."""
        options = self._options
        by_path = {todo.path: todo for todo in work}
        self._step("parse", None)
        written = False
        for rendering in sorted({_rendering(todo.path) for todo in work}):
            began = time.perf_counter()
            parsed = parse_many(
                [todo.path for todo in work if _rendering(todo.path) == rendering],
                workers=options.workers,
                timeout_s=options.timeout,
                memory_mb=options.memory_mb,
                password=options.password,
            )
            for path, report in parsed:
                todo = by_path[path]
                self._spent("parse", time.perf_counter() - began)
                if isinstance(report, IngestError):
                    outcome[str(path)] = self._failed(
                        path, todo.source, todo.size, todo.mtime_ns, todo.sha256, report.kind, str(report), began
                    )
                elif (held := self._same_report(todo, report)) is not None:
                    outcome[str(path)] = self._set_aside(todo, held, began)
                else:
                    outcome[str(path)] = self._write(todo, report)
                    written = True
                self._done += 1
                self._step("done", todo.source)
                began = time.perf_counter()
        if written:
            with self._stage("write", None):
                self._stores.vectors(self._toolkit.encoder).optimize()

    def tidy(self, files: Sequence[Source]) -> None:
        """Delete unpacked copies that no report needs, and forget old failures of archives that could be read."""
        kept = {record.path for record in self._catalogue.reports()}
        for file in files:
            if file.archive is None or file.error is not None:
                continue
            if str(file.path) not in kept:
                forget_unpacked(file.path, self._stores.unpacked)
            for place in (file.archive, file.archive / file.name.removeprefix(f"{file.archive.name}/")):
                self._catalogue.forget_file(str(place))

    def _write(self, work: _Work, report: Report) -> IngestedFile:
        name = work.source
        report = replace(report, source=name)
        spent: dict[str, float] = {}
        with self._stage("annotate", name, spent):
            check_tagger(self._catalogue, self._toolkit.tagger)
            entities = list(self._toolkit.annotate([passage.text for passage in report.passages]))
            prepared = prepare(
                report,
                id=work.report_id,
                path=str(work.path),
                entities=entities,
                registry=self._toolkit.registry,
                registry_version=self._toolkit.registry_version,
            )
        vectors = self._stores.vectors(self._toolkit.encoder)
        with self._stage("write", name, spent):
            key = self._catalogue.insert_pending(prepared)
        self._embed(key, self._ready.get(work.report_id), vectors, name, spent)
        with self._stage("write", name, spent):
            replaced = self._catalogue.publish(key, self._file(work, "indexed"), spent)
            if work.moved_from is not None:
                self._catalogue.forget_file(work.moved_from)
            for old in replaced:
                vectors.delete_report(old)
                self._catalogue.drop(old)
                self._catalogue.forget_duplicates(work.report_id)
            self._written[work.report_id] = self._catalogue.version(key)
        return _result(
            work,
            "replaced" if work.replaces else "indexed",
            sum(spent.values()),
            pages=report.pages,
            passages=len(report.passages),
            warnings=report.warnings,
        )

    def _embed(
        self, key: int, earlier: ReportRecord | None, vectors: VectorStore, name: str, spent: dict[str, float]
    ) -> None:
        record = self._catalogue.version(key)
        encoder = self._toolkit.encoder
        pieces = PieceStore(self._catalogue, encoder.fingerprint)
        known = (
            {}
            if earlier is None
            else known_vectors(self._catalogue, earlier, vectors, pieces, late=encoder.reads_pieces)
        )
        batches = embed(self._catalogue, record, encoder, known=known)
        while True:
            with self._stage("embed", name, spent):
                batch = next(batches, None)
            if batch is None:
                return
            with self._stage("write", name, spent):
                write(batch, record, vectors, pieces)

    def _failed(
        self,
        path: Path,
        name: str,
        size: int,
        mtime_ns: int,
        digest: str | None,
        kind: str,
        message: str,
        began: float,
    ) -> IngestedFile:
        earlier = self._by_path.get(str(path))
        if earlier is not None:
            message += f" Den tidigare versionen ({earlier.id}) finns kvar i arkivet."
        if not self._options.dry_run:
            report = None if earlier is None else earlier.id
            record = FileRecord(str(path), name, size, mtime_ns, digest, "failed", report, kind, message, now())
            self._catalogue.put_file(record)
        return IngestedFile(
            id=None if earlier is None else earlier.id,
            source=name,
            status="failed",
            error=message,
            error_kind=kind,
            pages=None,
            passages=None,
            seconds=round(_since(began), 3),
            path=str(path),
        )

    def _file(self, work: _Work, status: str) -> FileRecord:
        return FileRecord(
            path=str(work.path),
            source=work.source,
            size=work.size,
            mtime_ns=work.mtime_ns,
            sha256=work.sha256,
            status=status,
            report_id=work.report_id,
            error_kind=None,
            error=None,
            tried_at=now(),
        )

    # --- telling

    @contextmanager
    def _stage(self, stage: Stage, source: str | None, spent: dict[str, float] | None = None) -> Iterator[None]:
        self._step(stage, source)
        began = time.perf_counter()
        yield
        seconds = time.perf_counter() - began
        self._spent(stage, seconds)
        if spent is not None:
            spent[stage] = spent.get(stage, 0.0) + seconds

    def _spent(self, stage: str, seconds: float) -> None:
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds

    def _step(self, stage: Stage, source: str | None) -> None:
        if self._progress is not None:
            self._progress(Progress(stage, self._done, self._total, source))


def _result(
    work: _Work,
    status: str,
    seconds: float,
    *,
    pages: int | None = None,
    passages: int | None = None,
    warnings: tuple[str, ...] = (),
) -> IngestedFile:
    return IngestedFile.model_validate(
        {
            "id": work.report_id,
            "source": work.source,
            "status": status,
            "error": None,
            "error_kind": None,
            "pages": pages,
            "passages": passages,
            "seconds": round(seconds, 3),
            "warnings": warnings,
            "path": str(work.path),
        }
    )


def _rendering(path: Path) -> int:
    """Place of the file's format in `RENDERINGS`."""
    found = (place for place, suffixes in enumerate(RENDERINGS) if path.suffix.lower() in suffixes)
    return next(found, len(RENDERINGS))


def _since(began: float) -> float:
    return time.perf_counter() - began


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()

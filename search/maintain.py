"""Integrity: what is indexed, whether the stores agree, and building the vectors anew."""

import time
from hashlib import sha256
from pathlib import Path

from search.catalogue import Catalogue
from search.edge_store import disk_bytes
from search.embed import embed, write
from search.name_store import NameStore
from search.piece_store import PieceStore
from search.records import ReportRecord
from search.settings import Settings
from search.stores import Stores
from search.tables import SCHEMA_VERSION
from search.toolkit import Toolkit
from search.vectors import VectorStore
from search.views import CheckReport, Problem, Progress, ProgressCallback, ReindexReport, StatusReport
from search.writer import ABANDONED, finish

_OLD = "{source} är läst av en äldre version: målens bedömningar är inga egna stycken. Kör spana ingest på filen."


def status(stores: Stores, settings: Settings, current: str) -> StatusReport:
    """What is indexed and with which models; `current` is the version of the names in use.

    Opens no vectors, so it works beside a running server.
    """
    catalogue = stores.catalogue
    reports = catalogue.reports()
    counts = catalogue.counts()
    folder = stores.folder(stores.generation)
    vectors = disk_bytes(folder) if folder.is_dir() else None
    return StatusReport(
        home=str(settings.home),
        reports=len(reports),
        failed=len(catalogue.files("failed")),
        duplicates=len(catalogue.files("duplicate")),
        passages=counts["passages"],
        vectors=counts["passages"],
        sections=counts["sections"],
        indicators=counts["indicators"],
        activities=counts["activities"],
        good_examples=counts["good_examples"],
        mentions=counts["mentions"],
        encoder=catalogue.get_meta("encoder"),
        encoder_fingerprint=catalogue.get_meta("fingerprint"),
        sparse_scheme=catalogue.get_meta("sparse_scheme"),
        personal_data=NameStore(catalogue).personal_data(),
        corrections=len(NameStore(catalogue).corrections()),
        registry_version=current,
        registry_current=all(report.registry_version == current for report in reports),
        schema_version=SCHEMA_VERSION,
        generation=stores.generation,
        vector_store="Qdrant-server" if stores.shared else "Qdrant Edge",
        database=catalogue.engine.url.render_as_string(hide_password=True),
        catalogue_bytes=_catalogue_size(catalogue),
        vector_bytes=vectors,
        districts=tuple(sorted({report.district for report in reports if report.district})),
        years=tuple(sorted({report.year for report in reports if report.year is not None})),
        read_before=len(catalogue.without_judgements()),
    )


def check(stores: Stores, toolkit: Toolkit, *, repair: bool = True) -> CheckReport:
    """Compare the catalogue with the vectors, with the hashes of its quotes and with the files; mend what can be."""
    stores.own()
    catalogue = stores.catalogue
    problems: list[Problem] = []
    broken = catalogue.integrity()
    if broken is not None:
        problems.append(_problem("database", None, f"Databasen säger: {broken}. Återställ en säkerhetskopia.", False))
    unfinished = finish(stores) if repair else catalogue.unfinished()
    problems += [
        _problem("pending", r.id, f"Rapporten {r.source} var bara delvis skriven eller borttagen.", repair)
        for r in unfinished
    ]
    reports = catalogue.reports()
    passages = 0
    for report in reports:
        problems += _file_problems(report)
        for passage in catalogue.passages(report.key):
            passages += 1
            if sha256(passage.quote.encode()).hexdigest() != passage.quote_sha256:
                message = f"Citatet i {passage.id} stämmer inte med sin kontrollsumma. Kör spana ingest --force."
                problems.append(_problem("quote_hash", report.id, message, False))
    unread = set(catalogue.without_judgements())
    problems += [_problem("old_reading", r.id, _OLD.format(source=r.source), False) for r in reports if r.key in unread]
    vectors = stores.open_recorded()
    if vectors is None:
        counted = 0
    else:
        problems += _vector_problems(stores, toolkit, vectors, reports, repair)
        counted = vectors.count()
    ok = all(p.mended or p.kind in ("missing_file", "changed_file", "old_reading") for p in problems)
    return CheckReport(ok=ok, reports=len(reports), passages=passages, vectors=counted, problems=tuple(problems))


def reindex(stores: Stores, toolkit: Toolkit, progress: ProgressCallback | None = None) -> ReindexReport:
    """Build all vectors anew from the catalogue, beside those in use, and change over when they are complete."""
    began = time.perf_counter()
    stores.own()
    stores.clean()
    catalogue, encoder = stores.catalogue, toolkit.encoder
    for record in catalogue.unfinished(older_than=ABANDONED if stores.shared else None):
        catalogue.drop(record.key)
    pieces = PieceStore(catalogue, encoder.fingerprint)
    generation = stores.generation + 1
    fresh = stores.open_vectors(generation, encoder.dimension)
    reports = catalogue.reports()
    written = 0
    for done, report in enumerate(reports):
        if progress is not None:
            progress(Progress("embed", done, len(reports), report.source))
        for batch in embed(catalogue, report, encoder):
            write(batch, report, fresh, pieces)
            written += len(batch)
    fresh.optimize()
    stores.replace_vectors(fresh, encoder, generation)
    if progress is not None:
        progress(Progress("done", len(reports), len(reports), None))
    seconds = round(time.perf_counter() - began, 3)
    return ReindexReport(reports=len(reports), passages=written, seconds=seconds, encoder=encoder.name)


def _vector_problems(
    stores: Stores, toolkit: Toolkit, vectors: VectorStore, reports: list[ReportRecord], repair: bool
) -> list[Problem]:
    """Vectors that no passage has, and passages that have no vector."""
    catalogue = stores.catalogue
    held: dict[int, set[int]] = {}
    for point, owner in vectors.ids():
        held.setdefault(owner, set()).add(point)
    wanted = {report.key: set(catalogue.passage_keys(report.key)) for report in reports}
    problems: list[Problem] = []
    orphans = [point for owner, found in held.items() for point in sorted(found - wanted.get(owner, set()))]
    if orphans:
        if repair:
            vectors.delete_points(orphans)
        problems.append(_problem("orphan_vectors", None, f"{len(orphans)} vektorer hör inte till någon text.", repair))
    for report in reports:
        missing = wanted[report.key] - held.get(report.key, set())
        if not missing:
            continue
        if repair:
            pieces = PieceStore(catalogue, toolkit.encoder.fingerprint)
            for batch in embed(catalogue, report, toolkit.encoder, only=frozenset(missing)):
                write(batch, report, stores.vectors(toolkit.encoder), pieces)
        message = f"{len(missing)} stycken i {report.source} saknade vektorer."
        problems.append(_problem("missing_vectors", report.id, message, repair))
    return problems


def _file_problems(report: ReportRecord) -> list[Problem]:
    path = Path(report.path)
    if not path.exists():
        message = f"Filen {report.path} finns inte längre; texten är kvar i arkivet."
        return [_problem("missing_file", report.id, message, False)]
    return []


def _problem(kind: str, report: str | None, message: str, mended: bool) -> Problem:
    return Problem.model_validate({"kind": kind, "report": report, "message": message, "mended": mended})


def _catalogue_size(catalogue: Catalogue) -> int | None:
    name = catalogue.engine.url.database
    if catalogue.engine.dialect.name != "sqlite" or not name:
        return None
    return sum(path.stat().st_size for path in Path(name).parent.glob(f"{Path(name).name}*"))

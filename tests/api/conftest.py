"""A small archive in memory with the methods of `search.archive.Archive`, and a client over it."""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

import pymupdf
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http import create_app
from search.catalogue import Catalogue
from search.edition import Edition
from search.errors import NotFoundError, UsageError
from search.grouping import Group
from search.saved import SavedQuestions
from search.schema import (
    Answer,
    Citation,
    Coverage,
    EntityMention,
    FacetValue,
    Filters,
    GoalRef,
    GoalStatusRow,
    GoodExampleRow,
    Hit,
    HitGroup,
    IndicatorRow,
    IngestedFile,
    IngestResult,
    MentionRow,
    PageBox,
    ReportMentions,
    ReportRef,
    SearchResult,
    SectionRef,
    Unreadable,
    WithoutMention,
)
from search.settings import Settings
from search.views import (
    CheckReport,
    DuplicateFile,
    EntityCount,
    EntityDetail,
    FailedFile,
    GoalCell,
    GoalMatrix,
    GoalMatrixRow,
    IndicatorSeries,
    NameCorrection,
    PartRow,
    Problem,
    Progress,
    ReindexReport,
    ReportCounts,
    ReportDetail,
    SectionRow,
    StatusReport,
    YearCount,
)

HOSTILE = '<script>alert("x")</script>=1+1'
TEXT = "Ekgruppen ordnade kvällsvandringar med Fjällrävarna under våren."


def _ref(
    key: str, district: str | None, board: str, year: int, kind: str, source: str, title: str, sha256: str
) -> ReportRef:
    return ReportRef(
        id=key,
        title=title,
        board=board,
        district=district,
        type=kind,
        year=year,
        period=None,
        date=f"{year}-05-20",
        source=source,
        sha256=sha256,
        pages=2 if source.endswith(".pdf") else None,
    )


class FakeArchive:
    """Three reports, one passage each; says what it was asked in `calls`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls: list[tuple[str, object]] = []
        self.pdf = folder / "ekbacken.pdf"
        with pymupdf.open() as document:
            for text in ("Första sidan", TEXT):
                document.new_page(width=300, height=200).insert_text((40, 60), text)
            document.save(self.pdf)
        digest = hashlib.sha256(self.pdf.read_bytes()).hexdigest()
        self.refs = [
            _ref(
                "ekbacken-1",
                "Ekbacken",
                "Ekbackens stadsdelsnämnd",
                2021,
                "verksamhetsplan",
                "ekbacken.pdf",
                "Plan 2021",
                digest,
            ),
            _ref(
                "lunden-1",
                "Lunden",
                "Lundens stadsdelsnämnd",
                2023,
                "tertialrapport 1",
                "lunden.txt",
                HOSTILE,
                "b" * 64,
            ),
            _ref("social-1", None, "Socialnämnden", 2021, "tertialrapport 1", "social.txt", "Social", "c" * 64),
        ]
        self.error: Exception | None = None
        self.failing: set[str] = set()
        self._catalogue: Catalogue | None = None
        self.settings = Settings(home=folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.calls.append(("close", None))

    def close(self) -> None:
        if self._catalogue is not None:
            self._catalogue.close()

    def warm_up(self) -> None: ...

    def _check(self) -> None:
        if self.error:
            raise self.error

    def _find(self, key: str) -> ReportRef:
        self._check()
        for ref in self.refs:
            if key in (ref.id, ref.source.rpartition(".")[0]):
                return ref
        raise NotFoundError(f"Rapporten {key} finns inte; se spana reports.")

    def _citation(self, ref: ReportRef) -> Citation:
        pdf = ref.pages is not None
        return Citation(
            source=ref.source,
            pages=(2,) if pdf else None,
            lines=None if pdf else (7, 8),
            boxes=(PageBox(page=2, x0=40, y0=45, x1=260, y1=65),) if pdf else None,
            quote=TEXT,
            sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
            label=f"{ref.board}, {ref.type} {ref.year}, avsnitt 1.1",
        )

    def _hit(self, ref: ReportRef, rank: int = 1) -> Hit:
        return Hit(
            rank=rank,
            score=0.5,
            passage_id=f"{ref.id}.s1.p1",
            report=ref,
            section=SectionRef(
                number="1.1",
                title="Trygghet <b>",
                kind="verksamhetsomradesmal",
                part="Analys",
                status="Uppfylls delvis",
                path=("1 Hel stad", "1.1 Trygghet <b>"),
                id=1,
            ),
            citation=self._citation(ref),
            text=TEXT,
            highlights=((0, 9),),
            entities=(EntityMention(text="Ekgruppen", label="PROGRAM", name="Ekgruppen", start=0, end=9),),
        )

    def _chosen(self, filters: Filters) -> list[ReportRef]:
        self._check()
        if "okänd" in filters.part:
            raise UsageError("Delen okänd finns inte; välj t.ex. analys.")
        return [
            ref
            for ref in self.refs
            if (not filters.district or ref.district in filters.district)
            and (not filters.year or ref.year in filters.year)
            and (filters.from_year is None or (ref.year or 0) >= filters.from_year)
            and ref.district not in filters.exclude_district
        ]

    def search(
        self,
        query: str,
        filters: Filters = Filters(),
        limit: int = 10,
        offset: int = 0,
        group_by: Group | None = None,
    ) -> SearchResult:
        self.calls.append(("search", (query, filters, limit, offset)))
        refs = [] if query == "ingenting" else self._chosen(filters)
        hits = tuple(self._hit(ref, rank) for rank, ref in enumerate(refs, start=1))
        facets = {"district": (FacetValue(value="Ekbacken", count=1),), "year": (FacetValue(value=2021, count=2),)}
        groups = tuple(
            HitGroup(name=one.report.id, hits=(one,), total=1, filters=Filters(report=(one.report.id,))) for one in hits
        )
        return SearchResult(
            query=query,
            hits=() if group_by else hits[offset : offset + limit],
            groups=groups[offset : offset + limit] if group_by else (),
            groups_total=len(groups) if group_by else 0,
            listed=len(hits),
            facets=facets,
            total=len(hits),
            took_ms=1.0,
            filters=filters,
        )

    def ask(
        self,
        question: str,
        filters: Filters = Filters(),
        limit: int = 10,
        *,
        every_row: bool = False,
        row_offset: int = 0,
        row_limit: int = 200,
    ) -> Answer:
        self.calls.append(("ask", (question, filters, limit)))
        refs = self._chosen(filters)
        coverage = Coverage(
            reports_searched=len(refs),
            districts_searched=("Ekbacken", "Lunden"),
            without_mention=(WithoutMention(district="Lunden", board="Lundens stadsdelsnämnd", reports=1),),
            unreadable=(Unreadable(source="trasig.pdf", pages=None, reason="filen är skadad"),),
        )
        mention = {
            ref.id: ReportMentions(
                id=ref.id,
                year=ref.year,
                type=ref.type,
                mentions=3,
                citation=self._citation(ref),
                passage_id=f"{ref.id}.s1.p1",
            )
            for ref in refs
        }
        citation = self._citation(self.refs[0])
        rows: dict[str, tuple[object, ...]] = {
            "mentions": tuple(
                MentionRow(
                    district=ref.district,
                    board=ref.board,
                    entities=("Ekgruppen",),
                    mentions=3,
                    reports=(mention[ref.id],),
                )
                for ref in refs
                if ref.id != "lunden-1"
            ),
            "indicator": (
                IndicatorRow(
                    district="Ekbacken",
                    report="ekbacken-1",
                    year=2021,
                    period="Tertial 1",
                    name="Andel nöjda",
                    value=81.5,
                    unit="%",
                    men=None,
                    women=80,
                    previous=79.0,
                    target="Tas fram av nämnd",
                    city_target=85,
                    forecast=None,
                    note=None,
                    citation=citation,
                ),
            ),
            "goal_status": (
                GoalStatusRow(
                    district="Ekbacken",
                    report="ekbacken-1",
                    year=2021,
                    status=None,
                    citation=citation,
                    goal=GoalRef(kind="namndmal", number="1.1.1", title="Trygga kvällar"),
                ),
            ),
            "good_examples": (
                GoodExampleRow(
                    district="Ekbacken",
                    report="ekbacken-1",
                    goal_number="1.1",
                    summary=TEXT,
                    unit=None,
                    explicit=True,
                    citation=citation,
                ),
            ),
        }
        kind = next((one for one in rows if one in question), "passages" if "stycken" in question else "unanswered")
        return Answer(
            question=question,
            kind=kind,
            answer=f"Svar om {question[:20]}",
            rows=rows.get(kind, ()),
            citations=tuple(self._hit(ref) for ref in refs),
            coverage=coverage,
            filters=filters,
            found_by=("Ekgruppen: registry", "Fjällrävarna: lexical") if kind == "mentions" else (),
        )

    def reports(self, filters: Filters = Filters()) -> list[ReportRef]:
        return self._chosen(filters)

    def duplicates(self) -> list[DuplicateFile]:
        self._check()
        return [
            DuplicateFile(source="kopia.pdf", path=str(self.folder / "kopia.pdf"), duplicate_of="a", primary="a.txt")
        ]

    def failed(self) -> list[FailedFile]:
        self._check()
        return [
            FailedFile(
                source="trasig.pdf",
                path=str(self.folder / "trasig.pdf"),
                error_kind="damaged",
                error="trasig.pdf är skadad; hämta den på nytt.",
                failed_at="2026-01-01T00:00:00Z",
                report_id=None,
            )
        ]

    def report(self, id_or_stem: str) -> ReportDetail:
        ref = self._find(id_or_stem)
        return ReportDetail(
            report=ref,
            path=str(self.folder / ref.source),
            format="pdf" if ref.pages else "txt",
            sections=tuple(self.sections(id_or_stem)),
            counts=ReportCounts(sections=2, passages=1, indicators=0, activities=0, good_examples=0, mentions=1),
            warnings=("Sidan 3 är en bild.",),
            unreadable_pages=(3,),
            inferred=("date",),
            officers=("Kim Ek",),
            diary_number="EB 1/2021",
        )

    def sections(self, id_or_stem: str) -> list[SectionRow]:
        ref = self._find(id_or_stem)
        rows = (
            ("1", "Hel stad", "inriktningsmal", None),
            ("1.1", "Trygghet <b>", "verksamhetsomradesmal", "Uppfylls delvis"),
        )
        path: tuple[str, ...] = ()
        found = []
        for key, (number, title, kind, status) in enumerate(rows):
            path = (*path, f"{number} {title}")
            found.append(
                SectionRow(
                    id=key,
                    parent=key - 1 if key else None,
                    report=ref.id,
                    source=ref.source,
                    line=5 + key,
                    page=None,
                    end_line=9,
                    kind=kind,
                    number=number,
                    title=title,
                    status=status,
                    path=path,
                    parts=(PartRow(label="Analys", line=6, page=None),),
                    passages=key,
                )
            )
        return found

    def passages(self, id_or_stem: str) -> list[Hit]:
        return [self._hit(self._find(id_or_stem))]

    def passage(self, passage_id: str) -> Hit:
        return self._hit(self._find(passage_id.partition(".")[0]))

    def browse(self, filters: Filters = Filters()) -> list[Hit]:
        return [self._hit(ref) for ref in self._chosen(filters)]

    def similar(
        self, passage_id: str, limit: int = 10, filters: Filters = Filters(), *, own_report: bool = False
    ) -> list[Hit]:
        own = self.passage(passage_id)
        return [self._hit(ref) for ref in self._chosen(filters) if own_report or ref.id != own.report.id][:limit]

    def around(self, passage_id: str) -> list[Hit]:
        return [self.passage(passage_id)]

    def entities(self, label: str | None = None, filters: Filters = Filters()) -> list[EntityCount]:
        self.calls.append(("entities", label))
        self._check()
        return [EntityCount(name="Ekgruppen", label="PROGRAM", mentions=6, reports=2, districts=1)]

    def entity(self, name: str, filters: Filters = Filters()) -> EntityDetail:
        if name.casefold() != "ekgruppen":
            raise NotFoundError(f"Namnet {name} finns inte i arkivet; se spana entities.")
        answer = self.ask("mentions")
        return EntityDetail(
            name="Ekgruppen",
            label="PROGRAM",
            variants=("Eg",),
            long_form=None,
            note=None,
            in_registry=False,
            valid_from=None,
            valid_to=None,
            predecessors=(),
            successors=(),
            mentions=6,
            rows=answer.rows,
            years=(YearCount(year=2021, mentions=6, reports=2),),
            citations=answer.citations,
        )

    def goals(self, filters: Filters = Filters()) -> list[GoalStatusRow]:
        return list(self.ask("goal_status", filters).rows)

    def indicators(self, filters: Filters = Filters(), name: str | None = None) -> list[IndicatorRow]:
        return list(self.ask("indicator", filters).rows)

    def goal_matrix(self, filters: Filters = Filters()) -> GoalMatrix:
        judged = self.goals(filters)
        cell = GoalCell(
            district="Ekbacken", board=None, year=2021, state="none_printed", status=None, judgements=tuple(judged)
        )
        empty = GoalCell(district="Lunden", board=None, year=2021, state="no_report", status=None, judgements=())
        return GoalMatrix(years=(2021,), rows=(GoalMatrixRow(goal=judged[0].goal, cells=(cell, empty)),), reports=3)

    def indicator_series(self, name: str, filters: Filters = Filters()) -> IndicatorSeries:
        rows = tuple(self.indicators(filters, name))
        return IndicatorSeries(asked=name, names=("Andel nöjda",), rows=rows, without=tuple(self.refs[1:]))

    def good_examples(self, filters: Filters = Filters()) -> list[GoodExampleRow]:
        return list(self.ask("good_examples", filters).rows)

    def export(self, kind: str, filters: Filters = Filters()) -> Iterator[dict[str, object]]:
        self.calls.append(("export", (kind, filters)))
        for ref in self._chosen(filters):
            yield {
                "report": ref.id,
                "source": ref.source,
                "title": ref.title,
                "path": ["1 Hel stad", "1.1 Trygghet"],
                "values": {"Utfall": "-3"},
                "year": ref.year,
                "citation": self._citation(ref).model_dump(mode="json"),
                "archive": self.edition().label,
            }

    def annotate(self, texts: Iterable[str]) -> Iterator[tuple[EntityMention, ...]]:
        for text in texts:
            start = text.find("Ekgruppen")
            mention = EntityMention(text="Ekgruppen", label="PROGRAM", name="Ekgruppen", start=start, end=start + 9)
            yield (mention,) if start >= 0 else ()

    def personal_spans(self, text: str) -> list[tuple[int, int]]:
        return []

    def personal_boxes(self, id_or_stem: str, page: int) -> list[PageBox]:
        return []

    def source_path(self, id_or_stem: str) -> Path:
        return self.folder / self._find(id_or_stem).source

    def status(self) -> StatusReport:
        self._check()
        return StatusReport(
            home=str(self.folder),
            reports=3,
            failed=1,
            passages=3,
            vectors=3,
            sections=6,
            indicators=1,
            activities=0,
            good_examples=1,
            mentions=6,
            encoder="prov",
            encoder_fingerprint="p1",
            sparse_scheme="1",
            registry_version="1",
            registry_current=True,
            schema_version="1",
            generation=1,
            vector_store="minne",
            database="minne",
            catalogue_bytes=None,
            vector_bytes=10,
            districts=("Ekbacken", "Lunden"),
            years=(2021, 2023),
        )

    def correct(self, action: str, name: str, value: str | None = None) -> NameCorrection:
        self.calls.append(("correct", (action, name, value)))
        return NameCorrection(action=action, name=name, value=value, made_at="2026-01-01T00:00:00+00:00")

    def withdraw(self, action: str, name: str, value: str | None = None) -> NameCorrection:
        return self.correct(f"{action}", name, value)

    def corrections(self) -> list[NameCorrection]:
        return [NameCorrection(action="hide", name="Ekgruppen", value=None, made_at="2026-01-01T00:00:00+00:00")]

    def add_corrections(self, rows: Sequence[NameCorrection]) -> int:
        return len(rows)

    def edition(self) -> Edition:
        self._check()
        state = f"{len(self.refs):012x}"
        return Edition(id=state, generation=1, last_ingest="2026-01-02T03:04:05+00:00", corrections=0)

    @property
    def saved(self) -> SavedQuestions:
        self._catalogue = self._catalogue or Catalogue(f"sqlite:///{self.folder / 'fake.db'}")
        return SavedQuestions(self._catalogue, self)

    def check(self, repair: bool = True) -> CheckReport:
        problem = Problem(kind="missing_file", report="lunden-1", message="lunden.txt finns inte kvar.", mended=False)
        return CheckReport(ok=False, reports=3, passages=3, vectors=3, problems=(problem,))

    def remove(self, id_or_stem: str) -> ReportRef:
        ref = self._find(id_or_stem)
        self.refs.remove(ref)
        return ref

    def reindex(self, progress: Callable[[Progress], None] | None = None) -> ReindexReport:
        return ReindexReport(reports=3, passages=3, seconds=0.1, encoder="prov")

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        workers: int | None = None,
        force: bool = False,
        dry_run: bool = False,
        password: str | None = None,
        timeout: float | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> IngestResult:
        self.calls.append(("ingest", (tuple(paths), workers, force, dry_run, password)))
        self._check()
        if progress:
            progress(Progress(stage="parse", done=0, total=len(paths), source=paths[0].name))
        print("bibliotekets prat")
        files = []
        for path in paths:
            bad = path.name in self.failing or path.read_bytes().startswith(b"BAD")
            files.append(
                IngestedFile(
                    id=None if bad else path.stem,
                    source=path.name,
                    status="failed" if bad else "indexed",
                    error=f"{path.name} är skadad; hämta den på nytt." if bad else None,
                    error_kind="damaged" if bad else None,
                    pages=None,
                    passages=None if bad else 4,
                    seconds=0.1,
                    path=str(path),
                )
            )
        return IngestResult(reports=tuple(files), totals={"files": len(files)})


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeArchive]:
    folder = tmp_path / "home"
    folder.mkdir()
    with contextlib.closing(FakeArchive(folder)) as made:
        yield made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", api_key="hemlig-nyckel")


@pytest.fixture(scope="package")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder = tmp_path_factory.mktemp("app")
    return create_app(FakeArchive(folder), Settings(home=folder))


@pytest.fixture
def client(app: FastAPI, fake: FakeArchive, settings: Settings) -> TestClient:
    """The one application over a fresh archive."""
    app.state.archive, app.state.settings = fake, settings
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def spana(
    fake: FakeArchive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run a command line over the small archive: (exit code, standard output, standard error)."""
    from api.cli import run

    monkeypatch.setattr("api.home.open_archive", lambda _home: fake)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        return (code, *capsys.readouterr())

    return call

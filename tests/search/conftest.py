"""Invented reports, a deterministic encoder and an archive over them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.block import Run
from ingest.errors import IngestError
from ingest.report import (
    Activity,
    GoodExample,
    Indicator,
    Metadata,
    Part,
    Passage,
    Report,
    ReportType,
    Section,
    SectionKind,
    Status,
    Subheading,
    Value,
)
from models.encoder import Encoder
from models.ner.choice import NoTagger
from models.ner.tagger import Tagger
from models.pipeline import Entity, annotate
from models.readings import Reading
from models.registry import Registry, load_registry
from search.archive import Archive
from search.records import PassageRecord
from search.settings import Settings


@dataclass(frozen=True)
class FakeEncoder:
    """Bags of words hashed into few dimensions: texts with common words are near."""

    name: str = "påhittad"
    fingerprint: str = "0123456789abcdef"
    dimension: int = 64

    reads_pieces: bool = False

    def read_passages(self, texts: Sequence[str]) -> Reading:
        return Reading(self.encode_passages(texts), None)

    def read_query(self, text: str) -> Reading:
        return Reading(self.encode_queries([text]), None)

    def piece_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return [[] for _ in texts]

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self._vector(text) for text in texts]) if texts else np.zeros((0, self.dimension), np.float32)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_passages(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimension, 0.01, dtype=np.float32)
        for word in re.findall(r"\w{4,}", text.lower()):
            vector[int(sha256(word[:6].encode()).hexdigest(), 16) % self.dimension] += 1
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


@dataclass
class FakeToolkit:
    """The real registry and entities, the fake encoder."""

    encoder: Encoder = field(default_factory=FakeEncoder)
    registry: Registry = field(default_factory=load_registry)
    registry_version: str = "r1"
    tagger: Tagger = field(default_factory=NoTagger)

    def annotate(self, texts: Iterable[str]) -> Iterator[list[Entity]]:
        return annotate(texts, self.registry, self.tagger)


@dataclass
class Draft:
    """A report under way: lines are numbered as they are added."""

    district: str | None
    board: str
    type: ReportType
    year: int
    lines: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    examples: list[GoodExample] = field(default_factory=list)
    subheadings: list[Subheading] = field(default_factory=list)

    def goal(
        self, number: str | None, title: str, kind: SectionKind = "namndmal", status: Status | None = None
    ) -> "Draft":
        self.lines.append(title)
        line = len(self.lines)
        part = Part("Analys", line + 1, None)
        self.sections.append(
            Section(len(self.sections), None, kind, number, title, status, (part,), number, line, line, None, None)
        )
        if status is not None:
            self._judgement(title, status)
        return self

    def _judgement(self, title: str, status: Status) -> None:
        """The heading of the goal begun last as a passage with its judgement, which takes no line of its own."""
        line, text = len(self.lines), f"{title}\n{status}"
        run = Run(0, len(title), title, line, 0)
        section = len(self.sections) - 1
        self.passages.append(Passage(section, None, None, "goal", text, (run,), title, (), (line, line)))

    def text(self, *lines: str, part: str | None = "Analys") -> "Draft":
        runs: list[Run] = []
        text = ""
        first = len(self.lines) + 1
        for line in lines:
            start = len(text)
            text += line
            self.lines.append(line)
            runs.append(Run(start, len(text), line, len(self.lines), 0))
            text += " "
        text = text[:-1]
        section = len(self.sections) - 1
        self.passages.append(
            Passage(section, part, None, "paragraph", text, tuple(runs), text, (), (first, len(self.lines)))
        )
        return self

    def subheading(self, text: str) -> "Draft":
        self.lines.append(text)
        run = Run(0, len(text), text, len(self.lines), 0)
        self.subheadings.append(Subheading(len(self.sections) - 1, "Analys", text, (run,), None))
        return self

    def indicator(self, name: str, value: float, target: float) -> "Draft":
        self.text(f"{name} {value} {target}", part="Indikator")
        section = self.sections[-1]
        number = Value(value, "%", f"{value} %")
        self.indicators.append(
            Indicator(
                section=section.id,
                goal_number=section.goal_number,
                name=name,
                values=(("Utfall", f"{value} %"), ("Årsmål", f"{target} %")),
                note=None,
                value=number,
                men=None,
                women=None,
                previous=None,
                forecast=None,
                target=Value(target, "%", f"{target} %"),
                city_target=None,
                period=None,
                passage=len(self.passages) - 1,
                line=len(self.lines),
                page=None,
            )
        )
        return self

    def example(self, text: str) -> "Draft":
        self.text(text, part="Goda exempel")
        section, line = self.sections[-1], len(self.lines)
        here = (len(self.passages) - 1,)
        self.examples.append(
            GoodExample(section.id, section.goal_number, text, None, True, None, here, line, line, None)
        )
        return self

    def report(self) -> Report:
        return Report(
            source="",
            sha256="",
            format="txt",
            metadata=Metadata(None, self.board, self.district, self.type, self.year, None, None),
            pages=None,
            unreadable_pages=(),
            warnings=(),
            sections=tuple(self.sections),
            passages=tuple(self.passages),
            indicators=tuple(self.indicators),
            activities=tuple(self.activities),
            good_examples=tuple(self.examples),
            subheadings=tuple(self.subheadings),
        )


@dataclass
class Library:
    """Files on disk and the reports that parsing them gives."""

    folder: Path
    parsed: dict[str, Report | IngestError] = field(default_factory=dict)

    def add(self, name: str, draft: Draft) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(draft.lines) + "\n", encoding="utf-8")
        digest = sha256(path.read_bytes()).hexdigest()
        self.parsed[digest] = replace(draft.report(), source=name.rpartition("/")[2], sha256=digest)
        return path

    def spoil(self, name: str, kind: str = "damaged") -> Path:
        path = self.folder / name
        path.write_bytes(f"trasig {name}".encode())
        error = IngestError("damaged", f"{name} är skadad. Hämta den igen.")
        self.parsed[sha256(path.read_bytes()).hexdigest()] = error
        return path

    def parse_many(self, paths: Iterable[Path], **_options: object) -> Iterator[tuple[Path, Report | IngestError]]:
        for path in paths:
            found = self.parsed[sha256(path.read_bytes()).hexdigest()]
            yield path, replace(found, source=path.name) if isinstance(found, Report) else found


def hasselby() -> Draft:
    return (
        Draft("Hässelby-Vällingby", "Hässelby-Vällingby stadsdelsnämnd", "tertialrapport 1", 2021)
        .goal("1.4", "Barn växer upp tryggt", "verksamhetsomradesmal", "Uppfylls delvis")
        .text("Ungdomar som rör sig ute möts av fältassistenter varje kväll.", "Trefas har", "hjälpt tio unga vidare.")
        .text("Trefas-samverkan har fått en ny samordnare som håller ihop arbetet med skolorna i området.")
        .goal("3.1", "Lokalerna används väl", "verksamhetsomradesmal", "Uppfylls helt")
        .text("Hyran för lokalerna har sjunkit sedan två kontor slogs ihop och möblerna såldes på auktion.")
        .indicator("Andel nöjda hyresgäster", 81.0, 85.0)
        .example("Kontoret lånar ut sina sammanträdesrum till föreningar på kvällarna.")
    )


def spanga() -> Draft:
    return (
        Draft("Spånga-Tensta", "Spånga-Tensta stadsdelsnämnd", "verksamhetsplan", 2022)
        .goal("1.4", "Trygga uppväxtvillkor", "namndmal")
        .text("Nämnden fortsätter med Trefas och med Kvinnokraften, som är en ny mötesplats för mammor.")
        .text("Parkerna städas oftare under sommaren och papperskorgarna blir fler längs gångstråken.")
    )


def socialnamnden() -> Draft:
    return (
        Draft(None, "Socialnämnden", "tertialrapport 1", 2020)
        .goal("1.2", "Stöd i rätt tid", "namndmal", "Uppfylls helt")
        .text("Kvinnokraften sprids till fler stadsdelar efter ett försök med fyra grupper.")
    )


@pytest.fixture
def toolkit() -> FakeToolkit:
    return FakeToolkit()


@pytest.fixture(scope="session")
def shared_toolkit() -> FakeToolkit:
    return FakeToolkit()


@pytest.fixture
def drafts() -> dict[str, Callable[[], Draft]]:
    return {"hasselby": hasselby, "spanga": spanga, "socialnamnden": socialnamnden}


@pytest.fixture
def new_draft() -> type[Draft]:
    return Draft


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    found = Library(tmp_path / "rapporter")
    found.folder.mkdir()
    monkeypatch.setattr("search.writer.parse_many", found.parse_many)
    return found


@pytest.fixture
def open_archive(tmp_path: Path, toolkit: FakeToolkit) -> Iterator[Callable[[], Archive]]:
    opened: list[Archive] = []

    def open_it() -> Archive:
        archive = Archive(Settings(home=tmp_path / "hem"), toolkit)
        opened.append(archive)
        return archive

    yield open_it
    for archive in opened:
        archive.close()


@pytest.fixture
def archive(library: Library, open_archive: Callable[[], Archive]) -> Archive:
    """Three reports: a tertialrapport 2021, a plan 2022 and one of a city-wide board 2020."""
    library.add("hv-2021-t1.txt", hasselby())
    library.add("st-2022-vp.txt", spanga())
    library.add("soc-2020-t1.txt", socialnamnden())
    found = open_archive()
    result = found.ingest([library.folder])
    assert [report.status for report in result.reports] == ["indexed"] * 3
    return found


@pytest.fixture(scope="session")
def shared_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    found = Library(tmp_path_factory.mktemp("delat") / "rapporter")
    found.add("hv-2021-t1.txt", hasselby())
    found.add("st-2022-vp.txt", spanga())
    found.add("soc-2020-t1.txt", socialnamnden())
    return found


@pytest.fixture(scope="session")
def shared_archive(shared_library: Library) -> Iterator[Archive]:
    """The three reports, for tests that change nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("search.writer.parse_many", shared_library.parse_many)
        archive = Archive(Settings(home=shared_library.folder.parent / "hem"), FakeToolkit())
        archive.ingest([shared_library.folder])
    yield archive
    archive.close()


def passage_record(key: int, report: int = 1, section: int = 0) -> PassageRecord:
    """A paragraph as the catalogue gives it."""
    return PassageRecord(
        key=key,
        id=str(key),
        report_key=report,
        position=key,
        section=section,
        part=None,
        subheading=None,
        kind="paragraph",
        text="Text.",
        places="",
        quote="Text.",
        quote_sha256="",
        pages=(),
        lines=None,
    )

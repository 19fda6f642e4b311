"""How long the server takes for each page of an archive: `python -m eval.pages HOME`, a line a page, then the whole.

Every request is a first one: what pages keep from one visit to the next is thrown away before it. Processor time stands
beside, since it says more on a machine that does other work.
"""

import statistics
import sys
import time
from dataclasses import astuple, dataclass
from pathlib import Path
from urllib.parse import quote

from fastapi.testclient import TestClient

from api.http import create_app
from api.remembered import Remembered
from search.archive import Archive
from search.settings import Settings

ROUNDS = 5
QUESTIONS = (
    "Vilka stadsdelar nämner Trefas?",
    "Vilka mål uppfylls delvis?",
    "Hur beskrivs samverkan med polisen?",
    "trygghet i parker",
)


def paths(archive: Archive) -> list[str]:
    """One address of each page."""
    report = max(archive.reports(), key=lambda one: (one.pages or 0, one.id))
    hits = archive.passages(report.id)
    hit = hits[len(hits) // 2]
    indicators = archive.indicators()
    name = indicators[0].name if indicators else ""
    goal = next((row.goal.number for row in archive.goals() if row.goal.kind == "verksamhetsomradesmal"), "1.1")
    return [
        "/",
        *(f"/fraga?q={quote(question)}" for question in QUESTIONS),
        f"/fraga?q={quote(QUESTIONS[-1])}&grupp=district",
        f"/fraga?q={quote(QUESTIONS[-1])}&ordning=newest",
        "/mal",
        f"/mal/{goal}",
        "/indikatorer",
        f"/indikatorer?namn={quote(name)}",
        "/goda-exempel",
        "/namn",
        "/namn/Trefas",
        "/omnamnanden?namn=Trefas",
        "/rapporter",
        f"/rapport/{report.id}",
        f"/rapport/{report.id}/avsnitt/{hit.section.id}",
        f"/rapport/{report.id}/stycke/{quote(hit.passage_id)}",
        f"/rapport/{report.id}/stycke/{quote(hit.passage_id)}/liknande",
    ]


@dataclass(frozen=True, slots=True)
class Request:
    """Milliseconds that one request took."""

    wall: float
    processor: float


def measure(home: Path) -> dict[str, list[Request]]:
    """Each request after the first, by address."""
    settings = Settings(home=home)
    with Archive(settings) as archive:
        archive.warm_up()
        app = create_app(archive, settings)
        client = TestClient(app)
        found: dict[str, list[Request]] = {}
        for path in paths(archive):
            client.get(path)
            for _ in range(ROUNDS):
                app.state.remembered = Remembered(archive)
                began, worked = time.perf_counter(), time.process_time()
                client.get(path).raise_for_status()
                wall, processor = time.perf_counter() - began, time.process_time() - worked
                found.setdefault(path, []).append(Request(wall * 1000, processor * 1000))
        return found


if __name__ == "__main__":
    times = measure(Path(sys.argv[1]))
    for path, own in times.items():
        wall, processor = (statistics.median(values) for values in zip(*map(astuple, own), strict=True))
        print(f"{wall:8.0f} ms {processor:8.0f} ms processor  {path}")
    for name in ("wall", "processor"):
        every = sorted(getattr(one, name) for own in times.values() for one in own)
        print(f"{name}: p50 {every[len(every) // 2]:.0f} ms, p95 {every[int(len(every) * 0.95)]:.0f} ms, {len(every)}")

"""How long the server takes for each page of an archive: `python -m eval.pages HOME`, a line a page, then the whole."""

import statistics
import sys
import time
from pathlib import Path
from urllib.parse import quote

from fastapi.testclient import TestClient

from api.http import create_app
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


def measure(home: Path) -> dict[str, list[float]]:
    """Milliseconds of each request after the first, by address."""
    settings = Settings(home=home)
    with Archive(settings) as archive:
        archive.warm_up()
        client = TestClient(create_app(archive, settings))
        found: dict[str, list[float]] = {}
        for path in paths(archive):
            client.get(path)
            for _ in range(ROUNDS):
                began = time.perf_counter()
                client.get(path).raise_for_status()
                found.setdefault(path, []).append((time.perf_counter() - began) * 1000)
        return found


if __name__ == "__main__":
    times = measure(Path(sys.argv[1]))
    for path, own in times.items():
        print(f"{statistics.median(own):8.0f} ms  {path}")
    every = sorted(value for own in times.values() for value in own)
    print(f"p50 {every[len(every) // 2]:.0f} ms, p95 {every[int(len(every) * 0.95)]:.0f} ms, {len(every)} requests")

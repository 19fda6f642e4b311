"""Gold files become plain data."""

import json
from pathlib import Path
from typing import Any

from eval.gold import GoldPart, GoldPassage, gold_ids, load_gold

META = {
    "title": "Verksamhetsplan 2022",
    "board": "Farsta stadsdelsnämnd",
    "district": "Farsta",
    "report_type": "verksamhetsplan",
    "year": 2022,
    "date": None,
    "officers": ["Agda Lindmark"],
    "quirks": [],
}


def write(folder: Path, name: str, data: Any) -> None:
    (folder / f"007.{name}.json").write_text(json.dumps(data), encoding="utf-8")


def test_load(tmp_path: Path) -> None:
    write(tmp_path, "meta", META)
    section = {"line": 3, "end_line": 9, "kind": "namndmal", "number": None, "title": "Alla kan simma", "status": None}
    parts = [{"label": "Indikator", "line": 5}, {"label": "Indikator", "line": 8, "continued": True}]
    write(tmp_path, "sections", [{**section, "parts": parts, "subheadings": [{"line": 4, "title": "Bad"}]}])
    query = {"id": "q1", "query": "Hur många?", "lang": "sv", "type": "numeric"}
    write(tmp_path, "queries", [{**query, "relevant": [{"lines": [3, 4], "section": "1.1", "grade": 2}]}])
    write(tmp_path, "programs", [{"name": "Spår", "variants": [], "lines": [3], "confidence": "borderline"}])
    gold = load_gold(tmp_path, "007")
    assert gold_ids(tmp_path) == ("007",)
    assert gold.meta.officers == ("Agda Lindmark",)
    assert gold.sections[0].parts == (GoldPart("Indikator", 5, False), GoldPart("Indikator", 8, True))
    assert gold.sections[0].subheadings == ((4, "Bad"),)
    assert gold.queries[0].relevant == (GoldPassage(3, 4, 2),)
    assert not gold.programs[0].sure
    assert gold.indicators == ()

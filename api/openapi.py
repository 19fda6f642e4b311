"""The OpenAPI document: an example for every operation, made of the same shapes as the answers."""

import functools
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from api.example_shapes import COVERAGE, EXAMPLE, GOAL, HIT, INDICATOR, MENTIONS, PASSAGE, REPORT, SECTION
from search.schema import (
    Answer,
    IngestedFile,
    IngestResult,
    SearchResult,
)
from search.views import (
    EntityCount,
    EntityDetail,
    GoalCell,
    GoalMatrix,
    GoalMatrixRow,
    IndicatorSeries,
    ReportCounts,
    ReportDetail,
    YearCount,
)


@functools.cache
def answers() -> dict[str, BaseModel | str]:
    """An answer by operation id: JSON shapes, and the beginning of what is text."""
    from api.note import MethodNote, Model
    from api.routes.health import Health
    from api.shapes import (
        EntityList,
        GoalList,
        GoodExampleList,
        HitList,
        IndicatorList,
        Removed,
        ReportList,
        SectionList,
    )
    from search.edition import Edition
    from search.schema import Filters

    question = "Vilka stadsdelar nämner Trefas?"
    file = IngestedFile(
        id=REPORT.id, source=REPORT.source, status="indexed", error=None, error_kind=None, pages=48, passages=310,
        seconds=4.2,
    )  # fmt: skip
    return {
        "search": SearchResult(query="trefas", hits=(HIT,), facets={}, total=1, took_ms=40.0),
        "ask": Answer(
            question=question,
            kind="mentions",
            answer="Ekbacken nämner Trefas.",
            rows=(MENTIONS,),
            citations=(HIT,),
            coverage=COVERAGE,
            found_by=("Trefas: registry",),
        ),
        "list_reports": ReportList(reports=(REPORT,), failed=(), total=1, limit=100),
        "get_report": ReportDetail(
            report=REPORT,
            path=REPORT.source,
            format="pdf",
            sections=(SECTION,),
            counts=ReportCounts(sections=1, passages=4, indicators=1, activities=0, good_examples=1, mentions=2),
            warnings=(),
            unreadable_pages=(),
            inferred=(),
            officers=(),
            diary_number=None,
        ),
        "list_sections": SectionList(sections=(SECTION,), total=1),
        "get_page_image": "PNG",
        "add_report": IngestResult(reports=(file,), totals={"indexed": 1}),
        "remove_report": Removed(removed=REPORT),
        "list_entities": EntityList(
            entities=(EntityCount(name="Trefas", label="PROGRAM", mentions=2, reports=1, districts=1),),
            total=1,
            limit=100,
        ),
        "get_entity": EntityDetail(
            name="Trefas",
            label="PROGRAM",
            variants=(),
            long_form=None,
            note=None,
            in_registry=True,
            valid_from=None,
            valid_to=None,
            predecessors=(),
            successors=(),
            mentions=2,
            rows=(MENTIONS,),
            years=(YearCount(year=2023, mentions=2, reports=1),),
            citations=(HIT,),
        ),
        "list_goals": GoalList(goals=(GOAL,), total=1, limit=100),
        "list_indicators": IndicatorList(indicators=(INDICATOR,), total=1, limit=100),
        "get_goal_matrix": GoalMatrix(
            years=(2023,),
            rows=(
                GoalMatrixRow(
                    goal=GOAL.goal,
                    cells=(
                        GoalCell(
                            district="Ekbacken",
                            board=None,
                            year=2023,
                            state="judged",
                            status=GOAL.status,
                            judgements=(GOAL,),
                        ),
                    ),
                ),
            ),
            reports=1,
        ),
        "get_indicator_series": IndicatorSeries(asked="nöjda", names=("Andel nöjda",), rows=(INDICATOR,), without=()),
        "list_good_examples": GoodExampleList(good_examples=(EXAMPLE,), total=1, limit=100),
        "get_passage": HIT,
        "list_similar": HitList(hits=(HIT,), total=1, limit=10),
        "list_section": HitList(hits=(HIT,), total=1, limit=100),
        "export_rows": '{"report": "ekbacken-2023-vp-1a2b3c", "name": "Trefas"}\n',
        "get_export_note": MethodNote(
            language="sv",
            kind="mentions",
            question=None,
            filters=Filters(),
            rows=2,
            made_at="2026-01-02T03:04:05+00:00",
            version="0.1.0",
            edition=Edition(id="4f0c2a9b11de", generation=1, last_ingest="2026-01-01T00:00:00+00:00", corrections=0),
            reports=(),
            failed=(),
            duplicates=(),
            districts=("Ekbacken",),
            years=(2023,),
            passages=310,
            encoder=Model(name="multilingual-e5-small", fingerprint="0a1b2c3d"),
            sparse_scheme="bm25-1",
            registry_version="1",
            not_covered=("Bara rapporterna ovan är med.",),
        ),
        "get_health": Health(status="ok", version="0.1.0", reports=1, passages=310, failed=0, encoder="e5"),
        "get_metrics": "# TYPE spana_reports gauge\nspana_reports 1\n",
    }


PARAMETERS: dict[str, object] = {
    "report_id": REPORT.id,
    "page": 12,
    "passage_id": PASSAGE,
    "name": "Trefas",
    "kind": "mentions",
    "q": "Vilka stadsdelar nämner Trefas?",
}
"""Example values of parameters by name."""


def describe(app: FastAPI) -> None:
    """Let the app's OpenAPI document have the examples."""
    plain: Callable[[], dict[str, Any]] = app.openapi

    def whole() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = plain()
            for methods in document["paths"].values():
                for operation in methods.values():
                    _exemplify(operation)
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = whole  # type: ignore[method-assign]


def _exemplify(operation: dict[str, Any]) -> None:
    answer = answers()[operation["operationId"]]
    for status in ("200", "201"):
        for media, content in operation["responses"].get(status, {}).get("content", {}).items():
            is_json = media == "application/json"
            if is_json and isinstance(answer, BaseModel):
                content["example"] = answer.model_dump(mode="json")
            elif not is_json:
                content["example"] = answer if isinstance(answer, str) else "# Metodnot: mentions\n"
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in PARAMETERS and "examples" not in parameter:
            parameter["example"] = PARAMETERS[parameter["name"]]

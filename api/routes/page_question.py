"""`/fraga`: the answer, then ranked passages."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from api import links
from api.deps import MAX_QUESTION, ArchiveDep, FiltersDep
from api.holdings import mention_table, report_filters
from api.pages import PageDep

router = APIRouter()
PATH = "/fraga"
PER_PAGE = 10


@router.get(PATH)
def question_page(
    archive: ArchiveDep,
    page: PageDep,
    filters: FiltersDep,
    q: Annotated[str, Query(max_length=MAX_QUESTION)] = "",
    start: Annotated[int, Query(alias="fran", ge=0, le=900)] = 0,
) -> Response:
    question = q.strip()
    if not question:
        return RedirectResponse(links.address("/", page.language), 303)
    # Later pages of passages leave the answer out: it is the same.
    answer = archive.ask(question, filters) if start == 0 else None
    result = archive.search(question, filters, limit=PER_PAGE, offset=start)
    in_force = answer.filters if answer else result.filters
    mentions = None
    if answer and answer.kind == "mentions":
        mentions = mention_table(answer, archive.reports(report_filters(answer.filters)))
    facets = {field: [(one.value, one.count) for one in values] for field, values in result.facets.items()}

    def other(offset: int) -> str:
        return links.address(PATH, page.language, filters, q=question, fran=offset or None)

    return page.render(
        "question.html",
        question=question,
        answer=answer,
        mentions=mentions,
        result=result,
        tags=links.tags(filters, in_force, PATH, question, page.language),
        clear=links.address(PATH, page.language, q=question),
        choices=links.choices(facets, filters, PATH, question, page.language),
        hidden=links.hidden(filters),
        json=links.address("/api/v1/ask", "sv", filters, q=question),
        previous=other(max(0, start - PER_PAGE)) if start else None,
        following=other(start + PER_PAGE) if start + len(result.hits) < result.total and result.hits else None,
        reports_held=archive.status().reports,
    )

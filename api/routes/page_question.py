"""`/fraga`: the answer, then ranked passages."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from api import links
from api.deps import MAX_QUESTION, ArchiveDep, FiltersDep
from api.hit_order import CONSIDERED, GROUPS, ORDERS, Group, Order, grouped, ordered
from api.holdings import mention_table, report_filters
from api.links import Trail
from api.pages import Page, PageDep
from api.suggest import Lift, lifts, near_names
from search.archive import Archive
from search.schema import Answer, Filters, SearchResult

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
    order: Annotated[Order, Query(alias="ordning")] = "rank",
    group: Annotated[Group, Query(alias="grupp")] = "none",
) -> Response:
    question = q.strip()
    if not question:
        return RedirectResponse(links.address("/", page.language), 303)
    # Later pages of passages leave the answer out: it is the same.
    answer = archive.ask(question, filters) if start == 0 else None
    in_force = answer.filters if answer else filters
    result = _passages(archive, question, filters, start, order, group)
    mentions = None
    if answer and answer.kind == "mentions":
        mentions = mention_table(
            answer.rows, answer.coverage.unreadable, archive.reports(report_filters(answer.filters))
        )
    facets = {field: [(one.value, one.count) for one in values] for field, values in result.facets.items()}
    view: dict[str, str | int | None] = {
        "ordning": order if order != "rank" else None,
        "grupp": group if group != "none" else None,
    }

    def other(**parameters: str | int | None) -> str:
        return links.address(PATH, page.language, filters, q=question, **{**view, **parameters})

    shown = result.hits[start : start + PER_PAGE] if order != "rank" else result.hits
    counted = min(result.total, CONSIDERED) if order != "rank" else result.total
    return page.render(
        "question.html",
        question=question,
        answer=answer,
        mentions=mentions,
        result=result,
        hits=shown if group == "none" else (),
        groups=[
            (one, links.address(PATH, page.language, one.filters, q=question) if one.filters else None)
            for one in grouped(result.hits, group, filters)
        ]
        if group != "none"
        else [],
        first=start + 1,
        last=start + len(shown),
        counted=counted,
        trail=Trail(question, filters, "nr", 1) if order == "rank" else None,
        sources=Trail(question, filters, "kalla", 1),
        tags=links.tags(filters, in_force, PATH, question, page.language, **view),
        clear=links.address(PATH, page.language, q=question, **view),
        choices=links.choices(facets, filters, PATH, question, page.language, **view),
        hidden=links.hidden(filters, **view),
        orders=[(one, other(ordning=one if one != "rank" else None, grupp=None)) for one in ORDERS],
        group_links=[(one, other(grupp=one if one != "none" else None, ordning=None)) for one in GROUPS],
        order=order,
        group=group,
        json=links.address("/api/v1/ask", "sv", filters, q=question),
        previous=other(fran=max(0, start - PER_PAGE) or None) if start and group == "none" else None,
        following=other(fran=start + PER_PAGE) if group == "none" and shown and start + len(shown) < counted else None,
        reports_held=len(archive.reports()),
        help=_help(archive, page, question, filters, answer, result),
    )


def _passages(
    archive: Archive, question: str, filters: Filters, start: int, order: Order, group: Group
) -> SearchResult:
    """One page of the ranking, or all that another order or groups are made of."""
    if order == "rank" and group == "none":
        return archive.search(question, filters, limit=PER_PAGE, offset=start)
    result = archive.search(question, filters, limit=CONSIDERED)
    return result.model_copy(update={"hits": tuple(ordered(result.hits, order))})


def _help(
    archive: Archive, page: Page, question: str, filters: Filters, answer: Answer | None, result: SearchResult
) -> tuple[list[tuple[str, str]], list[tuple[Lift, str]]]:
    """For a question without an answer: names that are spelt alike, and filters whose removal would help."""
    empty = answer is not None and (answer.kind == "unanswered" or (answer.kind == "mentions" and not answer.rows))
    if result.hits and not empty:
        return [], []
    alike = [
        (name, links.address(PATH, page.language, filters, q=asked)) for name, asked in near_names(archive, question)
    ]
    lifted = [
        (one, links.address(PATH, page.language, one.filters, q=question)) for one in lifts(archive, question, filters)
    ]
    return alike, lifted

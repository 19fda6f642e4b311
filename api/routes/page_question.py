"""`/fraga`: the answer, then ranked passages."""

from typing import Annotated, get_args

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response

from api import links
from api.asked import PER_PAGE, answer_to, passages_of
from api.deps import MAX_QUESTION, ArchiveDep, FiltersDep
from api.hit_order import CONSIDERED, ORDERS, Order, ordered
from api.holdings import mention_table, report_filters
from api.links import Trail
from api.pages import Page, PageDep
from api.remembered import Remembered, RememberedDep
from api.suggest import Lift, lifts, near_names
from search.archive import DEEPEST as DEEPEST_ROW
from search.archive import MOST_ROWS, Archive
from search.grouping import Group
from search.schema import Answer, Filters, MentionRow, SearchResult

router = APIRouter()
PATH = "/fraga"
DEEPEST = 10_000
"""Where a page may begin at most; nobody reads so far."""
GROUPS: tuple[Group, ...] = get_args(Group)


@router.get(PATH)
def question_page(
    archive: ArchiveDep,
    remembered: RememberedDep,
    page: PageDep,
    filters: FiltersDep,
    q: Annotated[str, Query(max_length=MAX_QUESTION)] = "",
    start: Annotated[int, Query(alias="fran", ge=0, le=DEEPEST)] = 0,
    row: Annotated[int, Query(alias="rad", ge=0, le=DEEPEST_ROW)] = 0,
    order: Annotated[Order, Query(alias="ordning")] = "rank",
    group: Annotated[Group | None, Query(alias="grupp")] = None,
) -> Response:
    question = q.strip()
    if not question:
        return RedirectResponse(links.address("/", page.language), 303)
    answer = answer_to(archive, remembered, question, filters, row)
    result = _passages(archive, remembered, question, answer.filters, start, order, group)
    mentions = None
    if answer.kind == "mentions":
        rows = [row for row in answer.rows if isinstance(row, MentionRow)]
        mentions = mention_table(rows, answer.coverage.unreadable, archive.reports(report_filters(answer.filters)))
    facets = {field: [(one.value, one.count) for one in values] for field, values in result.facets.items()}
    view: dict[str, str | int | None] = {
        "ordning": order if order != "rank" else None,
        "grupp": group,
    }

    def other(**parameters: str | int | None) -> str:
        return links.address(PATH, page.language, filters, q=question, **{**view, **parameters})

    shown = result.groups or (result.hits[start : start + PER_PAGE] if order != "rank" else result.hits)
    # Another order is made of the best passages only.
    count = result.groups_total if group else result.listed if order == "rank" else min(result.listed, CONSIDERED)
    return page.render(
        "question.html",
        question=question,
        asked_in=answer.language,
        # Later pages of passages leave the answer out: it is the same.
        answer=answer if start == 0 else None,
        mentions=mentions,
        result=result,
        hits=() if group else shown,
        groups=[
            (one, links.address(PATH, page.language, one.filters, q=question) if one.filters else None)
            for one in result.groups
        ],
        first=start + 1,
        last=start + len(shown),
        considered=CONSIDERED,
        trail=Trail(question, filters, "nr", 1) if order == "rank" else None,
        sources=Trail(question, filters, "kalla", 1),
        tags=links.tags(filters, answer.filters, PATH, question, page.language, answer.understood, **view),
        clear=links.address(PATH, page.language, q=question, **view),
        choices=links.choices(facets, filters, PATH, question, page.language, answer.filters, **view),
        hidden=links.hidden(filters, **view),
        orders=[(one, other(ordning=one if one != "rank" else None, grupp=None)) for one in ORDERS],
        group_links=[(one, other(grupp=one, ordning=None)) for one in (None, *GROUPS)],
        order=order,
        group=group,
        json=links.address("/api/v1/ask", "sv", filters, q=question),
        watch=links.address("/bevaka", page.language, filters, q=question),
        rows_before=other(rad=max(0, row - MOST_ROWS) or None) if row else None,
        rows_after=other(rad=row + MOST_ROWS) if row + MOST_ROWS < (answer.rows_total or 0) else None,
        previous=other(fran=max(0, start - PER_PAGE) or None) if start else None,
        following=other(fran=start + PER_PAGE) if shown and start + len(shown) < min(count, DEEPEST) else None,
        reports_held=len(archive.reports()),
        help=_help(archive, page, question, filters, answer, result) if start == 0 else ([], []),
    )


def _passages(
    archive: Archive,
    remembered: Remembered,
    question: str,
    in_force: Filters,
    start: int,
    order: Order,
    group: Group | None,
) -> SearchResult:
    """One page of the ranking or of its groups, or all that another order is made of."""
    if order == "rank" or group:
        return passages_of(archive, remembered, question, in_force, offset=start, group=group)
    result = passages_of(archive, remembered, question, in_force, limit=CONSIDERED)
    return result.model_copy(update={"hits": tuple(ordered(result.hits, order))})


def _help(
    archive: Archive, page: Page, question: str, filters: Filters, answer: Answer, result: SearchResult
) -> tuple[list[tuple[str, str]], list[tuple[Lift, str]]]:
    """For a question without an answer: names that are spelt alike, and filters whose removal would help."""
    nameless = answer.kind == "mentions" and not answer.rows
    if (result.hits or result.groups) and answer.kind != "unanswered" and not nameless:
        return [], []
    alike = near_names(archive, question) if nameless else []
    lifted = lifts(archive, question, filters, answer.understood)
    return (
        [(name, links.address(PATH, page.language, filters, q=asked)) for name, asked in alike],
        [(one, links.address(PATH, page.language, one.filters, q=one.question)) for one in lifted],
    )

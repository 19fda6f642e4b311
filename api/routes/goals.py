"""`/goals`: how reports judge their goals."""

from fastapi import APIRouter

from api.deps import ArchiveDep, FiltersDep
from api.paging import PageDep
from api.shapes import GoalList
from search.views import GoalMatrix

router = APIRouter(tags=["goals"])


@router.get("/goals", summary="Mål med bedömning")
def list_goals(archive: ArchiveDep, filters: FiltersDep, page: PageDep) -> GoalList:
    found = archive.goals(filters)
    rows, following = page.cut(found)
    return GoalList(goals=rows, total=len(found), limit=page.limit, offset=page.offset, next=following)


@router.get("/goals/matrix", summary="Mål × stadsdel × år, varje bedömning med sin källa")
def get_goal_matrix(archive: ArchiveDep, filters: FiltersDep) -> GoalMatrix:
    return archive.goal_matrix(filters)

"""`/goals`: how reports judge their goals."""

from fastapi import APIRouter

from api.deps import ArchiveDep, FiltersDep, Limit, Offset
from api.shapes import GoalList

router = APIRouter(tags=["goals"])


@router.get("/goals", summary="Mål med bedömning")
def list_goals(archive: ArchiveDep, filters: FiltersDep, limit: Limit = 100, offset: Offset = 0) -> GoalList:
    found = archive.goals(filters)
    return GoalList(goals=tuple(found[offset : offset + limit]), total=len(found), limit=limit, offset=offset)

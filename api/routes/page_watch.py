"""`/bevaka`: questions that people follow, what an ingest has added to each, and the feed that tells of it."""

import shlex
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from api import links
from api.deps import MAX_QUESTION, ArchiveDep, FiltersDep
from api.filters import FILTERS
from api.form import keyed_form, may_change, page_key
from api.pages import PageDep
from search.question import language_of
from search.saved import SavedQuestion
from search.schema import Filters

router = APIRouter()
PATH = "/bevaka"
Question = Annotated[str, Query(alias="q", max_length=MAX_QUESTION)]
Key = Annotated[str, Path(max_length=40, pattern="^[0-9a-f]+$")]


@router.get(PATH)
def watch_page(request: Request, archive: ArchiveDep, page: PageDep, filters: FiltersDep, q: Question = "") -> Response:
    question = q.strip()
    return page.render(
        "watch.html",
        question=question,
        language_of=language_of,
        tags=[tag for tag in links.tags(filters, filters, PATH, question, page.language) if question],
        action=links.address(PATH, page.language, filters, q=question),
        command=_command(question, filters),
        may_change=may_change(request),
        saved=[(one, *_places(one, page)) for one in archive.saved.all()],
    )


@router.post(PATH)
async def follow(request: Request, archive: ArchiveDep, page: PageDep, filters: FiltersDep, q: Question) -> Response:
    form = await keyed_form(request, page_key(request))
    await form.close()
    saved = await run_in_threadpool(archive.saved.add, q.strip(), filters)
    return RedirectResponse(links.address(f"{PATH}/{saved.id}", page.language), 303)


@router.get(PATH + "/{key}")
def news_page(request: Request, archive: ArchiveDep, page: PageDep, key: Key) -> Response:
    news = archive.saved.feed(key)
    saved = news.question
    asked, feed = _places(saved, page)
    return page.render(
        "watched.html",
        saved=saved,
        language_of=language_of,
        items=news.items,
        asked=asked,
        feed=feed,
        tags=links.tags(saved.filters, saved.filters, "/fraga", saved.question, page.language),
        action=links.address(f"{PATH}/{key}/sluta", page.language),
        may_change=may_change(request),
    )


@router.post(PATH + "/{key}/sluta")
async def unfollow(request: Request, archive: ArchiveDep, page: PageDep, key: Key) -> Response:
    form = await keyed_form(request, page_key(request))
    await form.close()
    await run_in_threadpool(archive.saved.remove, key)
    return RedirectResponse(links.address(PATH, page.language), 303)


def _places(saved: SavedQuestion, page: PageDep) -> tuple[str, str]:
    """Where the question is answered, and its feed."""
    return links.address("/fraga", page.language, saved.filters, q=saved.question), f"/feeds/{saved.id}.atom"


def _command(question: str, filters: Filters) -> str:
    """The command that follows the question, for a shell."""
    words = ["spana", "watch", "add", question]
    for one in FILTERS:
        value = getattr(filters, one.field)
        for each in value if isinstance(value, tuple) else () if value is None else (value,):
            words += [f"--{one.name}", str(each)]
    return shlex.join(words)

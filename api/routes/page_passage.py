"""`/rapport/{id}/stycke/{passage}` and the pages and lines of a source: where a citation is checked and copied."""

from collections import Counter
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from api import links
from api.asked import answer_to, ranked
from api.citing import reference
from api.deps import MAX_QUESTION, ArchiveDep, FiltersDep
from api.holdings import area_of
from api.image import page_size
from api.language import Language
from api.links import Trail
from api.pages import PageDep
from api.problems import ProblemError
from api.remembered import Remembered, RememberedDep
from api.routes.passages import PassageId
from api.routes.reports import ReportId
from api.source_lines import Line, source_lines
from search.archive import Archive
from search.errors import NotFoundError
from search.schema import Hit
from search.views import ReportDetail

router = APIRouter()
LINED = ("txt", "md")
"""Formats whose printed lines a reader can compare with the file."""
NEAREST = 60
SIMILAR = 12
A_DISTRICT = 2
"""Similar passages of one district: the page is to show how many districts do the same."""
Rank = Annotated[int | None, Query(ge=1, le=1000)]
Question = Annotated[str | None, Query(alias="q", max_length=MAX_QUESTION)]


@router.get("/rapport/{report_id}/stycke/{passage_id}")
def passage_page(
    request: Request,
    archive: ArchiveDep,
    remembered: RememberedDep,
    page: PageDep,
    report_id: ReportId,
    passage_id: PassageId,
    filters: FiltersDep,
    q: Question = None,
    nr: Rank = None,
    kalla: Rank = None,
) -> Response:
    hit = _hit(archive, report_id, passage_id)
    detail = archive.report(hit.report.id)
    trail = _trail(q, nr, kalla, filters)
    return page.render(
        "passage.html",
        hit=hit,
        sheet=_sheet(archive, detail, hit.citation.pages[0]) if hit.citation.pages else None,
        lines=_lines(archive, detail, *hit.citation.lines) if hit.citation.lines and detail.format in LINED else None,
        reference=reference(hit, _link(request, hit, page.language)),
        trail=trail,
        around=_around(archive, remembered, trail, page.language),
        back=links.address("/fraga", page.language, filters, q=q) if trail else None,
        names=[name for name, _ in Counter((one.name, one.label) for one in hit.entities).most_common(12)],
    )


@router.get("/rapport/{report_id}/stycke/{passage_id}/kalla.{form}")
def reference_file(
    request: Request, archive: ArchiveDep, report_id: ReportId, passage_id: PassageId, form: Literal["bib", "json"]
) -> Response:
    hit = _hit(archive, report_id, passage_id)
    found = reference(hit, _link(request, hit, "sv"))
    content, media = (found.bibtex, "application/x-bibtex") if form == "bib" else (found.csl_json, "application/json")
    return PlainTextResponse(content, media_type=f"{media}; charset=utf-8")


@router.get("/rapport/{report_id}/stycke/{passage_id}/liknande")
def similar_page(archive: ArchiveDep, page: PageDep, report_id: ReportId, passage_id: PassageId) -> Response:
    hit = _hit(archive, report_id, passage_id)
    own = area_of(hit.report)
    taken: Counter[tuple[bool, str]] = Counter()
    kept = []
    for one in archive.similar(hit.passage_id, NEAREST):
        area = area_of(one.report)
        if area != own and taken[area] < A_DISTRICT:
            taken[area] += 1
            kept.append(one)
    return page.render("similar.html", hit=hit, similar=kept[:SIMILAR])


@router.get("/rapport/{report_id}/sida/{number}")
def report_image_page(
    archive: ArchiveDep,
    page: PageDep,
    report_id: ReportId,
    number: Annotated[int, Path(ge=1, le=100_000)],
    passage: Annotated[str | None, Query(alias="stycke", max_length=300)] = None,
) -> Response:
    detail = archive.report(report_id)
    pages = detail.report.pages
    if detail.format != "pdf" or not pages or number > pages:
        raise NotFoundError(f"{detail.report.source} har ingen sidbild {number}; läs texten i rapporten i stället.")
    return page.render(
        "page.html",
        detail=detail,
        number=number,
        pages=pages,
        hit=_hit(archive, detail.report.id, passage) if passage else None,
        hits=[hit for hit in archive.passages(detail.report.id) if number in (hit.citation.pages or ())],
        size=_sheet(archive, detail, number),
    )


@router.get("/rapport/{report_id}/rad/{first}")
def lines_page(
    archive: ArchiveDep,
    page: PageDep,
    report_id: ReportId,
    first: Annotated[int, Path(ge=1, le=10_000_000)],
    last: Annotated[int | None, Query(alias="till", ge=1, le=10_000_000)] = None,
) -> Response:
    detail = archive.report(report_id)
    end = max(first, last or first)
    sections = [one for one in detail.sections if one.line is not None and one.line <= first]
    if detail.format not in LINED:
        # The lines of an html file are its code: its text is what a reader can compare.
        if not sections:
            raise NotFoundError(f"{detail.report.source} har inga rader; läs texten i rapporten i stället.")
        return RedirectResponse(links.section_address(detail.report.id, sections[-1].id, page.language), 303)
    return page.render(
        "lines.html",
        detail=detail,
        lines=source_lines(
            archive.source_path(detail.report.id), detail.report.sha256, first, end, archive.personal_spans
        ),
        first=first,
        last=end,
        section=sections[-1] if sections else None,
    )


def _hit(archive: Archive, report_id: str, passage_id: str) -> Hit:
    hit = archive.passage(passage_id)
    if report_id not in (hit.report.id, hit.report.source, hit.report.source.rpartition(".")[0]):
        raise ProblemError(404, "Stycket hör till en annan rapport.")
    return hit


def _link(request: Request, hit: Hit, language: Language) -> str:
    """The permanent link, with the address that the visitor used."""
    return str(request.base_url).rstrip("/") + links.passage_address(hit.report.id, hit.passage_id, language)


def _lines(archive: Archive, detail: ReportDetail, first: int, last: int) -> list[Line] | None:
    """The lines in the file; None when the file is gone or another, so that only the text can be shown."""
    path = archive.source_path(detail.report.id)
    try:
        return source_lines(path, detail.report.sha256, first, last, archive.personal_spans)
    except (NotFoundError, ProblemError):
        return None


def _sheet(archive: Archive, detail: ReportDetail, number: int) -> tuple[int, int] | None:
    """Width and height of the page's picture; None when the file cannot show it."""
    try:
        return page_size(archive.source_path(detail.report.id), number)
    except (NotFoundError, ProblemError):
        return None


def _trail(question: str | None, nr: int | None, kalla: int | None, given: FiltersDep) -> Trail | None:
    if not question or not question.strip() or (nr is None and kalla is None):
        return None
    return Trail(question, given, "nr", nr) if nr is not None else Trail(question, given, "kalla", kalla or 1)


def _around(
    archive: Archive, remembered: Remembered, trail: Trail | None, language: Language
) -> dict[str, tuple[str, str]]:
    """The hits before and after in the list that the reader comes from: (address, label)."""
    if trail is None:
        return {}
    beside = (trail.number - 1, trail.number + 1)
    if trail.kind == "nr":
        found = ranked(archive, remembered, trail.question, trail.filters, beside)
    else:
        found = dict(enumerate(answer_to(archive, remembered, trail.question, trail.filters).citations, 1))
    return {
        name: (links.hit_source(found[number], language, trail.at(number)), found[number].citation.label)
        for name, number in zip(("previous", "following"), beside, strict=True)
        if number in found
    }

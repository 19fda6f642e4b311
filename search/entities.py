"""Entities of the archive: how often each is mentioned, and where."""

from collections.abc import Sequence

from models.registry import Registry
from search.asked_names import Asked
from search.catalogue import Catalogue
from search.errors import NotFoundError
from search.history import areas_of
from search.hits import hit, load
from search.letters import letters
from search.mentions import rows, survey
from search.naming import Names
from search.portrait import portrait
from search.records import ReportRecord
from search.schema import Hit, MentionRow
from search.scope import Scope
from search.views import EntityCount, EntityDetail, NameCorrection, YearCount


def entity_counts(
    catalogue: Catalogue, reports: Sequence[ReportRecord], scope: Scope, label: str | None = None
) -> list[EntityCount]:
    """Every entity marked in scope, the most mentioned first; each spot of a report counts once."""
    districts = {report.key: report.district for report in reports}
    spots: dict[tuple[str, str], set[tuple[int, str]]] = {}
    for mention in catalogue.mentions(scope):
        if mention.marked and (label is None or mention.label == label):
            spots.setdefault((mention.name, mention.label), set()).add((mention.report_key, mention.place))
    counts = [
        EntityCount(
            name=name,
            label=kind,
            mentions=len(found),
            reports=len({report for report, _ in found}),
            districts=len({districts.get(report) for report, _ in found} - {None}),
        )
        for (name, kind), found in spots.items()
    ]
    return sorted(counts, key=lambda c: (-c.mentions, c.name, c.label))


def entity_detail(
    catalogue: Catalogue,
    names: Names,
    base: Registry,
    said: Sequence[NameCorrection],
    name: str,
    reports: Sequence[ReportRecord],
    scope: Scope,
) -> EntityDetail:
    """One entity with every report that mentions it.

    Raises:
        NotFoundError: neither the registry nor any report knows it.
    """
    entry = names.registry.find(name)
    marked = {letters(n): (n, label) for n, label in catalogue.entity_names()}
    known = marked.get(letters(entry.name if entry else name))
    asked = Asked(name, entry.name if entry is not None else None)
    found = survey(catalogue, lambda: names.registry, names.version, [asked], scope, reports)
    if entry is None and not found.occurrences:
        raise NotFoundError(f"Namnet {name!r} finns varken i registret eller i någon rapport. Se spana entities.")
    areas = rows(found, [asked], catalogue)
    years: dict[int | None, list[int]] = {}
    for report in found.reports:
        if report.key in found.occurrences:
            years.setdefault(report.year, []).append(len({o.place for o in found.occurrences[report.key]}))
    title = entry.name if entry else (known[0] if known else name)
    told = portrait(catalogue, found, [title])
    known_years = [year for year in years if year is not None]
    known_entry = entry is not None and base.find(entry.name) is not None
    return EntityDetail(
        name=title,
        label=entry.label if entry else (known[1] if known else "ORG"),
        variants=entry.variants if entry else (),
        long_form=entry.long_form if entry else None,
        note=entry.note if entry else None,
        in_registry=entry is not None,
        valid_from=str(entry.valid_from) if entry and entry.valid_from else None,
        valid_to=str(entry.valid_to) if entry and entry.valid_to else None,
        predecessors=entry.predecessors if entry else (),
        successors=entry.successors if entry else (),
        mentions=sum(row.mentions for row in areas),
        rows=areas,
        spellings=told.spellings,
        definition=told.definition,
        goals=told.goals,
        neighbours=told.neighbours,
        first_year=min(known_years, default=None),
        last_year=max(known_years, default=None),
        districts=tuple(sorted({row.district for row in areas if row.district})),
        origin="text" if entry is None else "registry" if known_entry else "discovered",
        part_of=tuple(area.name for area in areas_of(title, names.registry) if area is not None),
        corrections=tuple(said),
        years=tuple(
            YearCount(year=year, mentions=sum(counts), reports=len(counts))
            for year, counts in sorted(years.items(), key=lambda item: item[0] or 0)
        ),
        citations=mention_hits(catalogue, areas, reports),
    )


def mention_hits(catalogue: Catalogue, areas: Sequence[MentionRow], reports: Sequence[ReportRecord]) -> tuple[Hit, ...]:
    """One hit a report of the rows, with the citation that the row has."""
    shares = [share for row in areas for share in row.reports]
    passages = catalogue.passages_by_id([share.passage_id for share in shares if share.passage_id])
    cited = [share for share in shares if share.passage_id in passages]
    by_key = {report.key: report for report in reports}
    found = load(catalogue, [passages[share.passage_id or ""] for share in cited], by_key)
    hits: list[Hit] = []
    for rank, (share, one) in enumerate(zip(cited, found, strict=True), 1):
        whole = hit(one, rank, 1.0)
        start = whole.text.find(share.citation.quote)
        marks = ((start, start + len(share.citation.quote)),) if start >= 0 else ()
        hits.append(whole.model_copy(update={"citation": share.citation, "highlights": marks}))
    return tuple(hits)

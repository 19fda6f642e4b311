"""Check filters and resolve them against the archive: which reports, and what inside them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from models.registry import Registry
from search.data_files import filter_words
from search.errors import NotFoundError, UsageError
from search.history import areas_of
from search.letters import letters
from search.records import ReportRecord
from search.schema import Filters
from search.scope import Scope

_GOAL = re.compile(r"\d+(\.\d+)*\Z")


def resolve(filters: Filters, reports: Sequence[ReportRecord], registry: Callable[[], Registry]) -> Scope:
    """The scope of `filters` over the ready `reports`. The registry is asked for only when a name needs it.

    Raises:
        UsageError: a value that no report can have.
        NotFoundError: a report that is not in the archive.
    """
    if filters == Filters():
        return Scope(tuple(r.key for r in reports), all_reports=True)
    chosen = _chosen(filters, reports, registry)
    return Scope(
        reports=tuple(report.key for report in chosen),
        all_reports=len(chosen) == len(reports),
        goals=_goals(filters.goal),
        parts=_parts(filters.part),
        statuses=_statuses(filters.status),
        entities=_entities(filters.entity, registry),
        exclude_goals=_goals(filters.exclude_goal),
        exclude_parts=_parts(filters.exclude_part),
        exclude_statuses=_statuses(filters.exclude_status),
        exclude_entities=_entities(filters.exclude_entity, registry),
    )


def with_predecessors(districts: Iterable[str], registry: Callable[[], Registry]) -> tuple[str, ...]:
    """Districts with those that were merged into them, each once, the asked ones first."""
    found: list[str] = []
    waiting = list(districts)
    while waiting:
        name = waiting.pop(0)
        entry = registry().find(name)
        canonical = entry.name if entry is not None and entry.label == "DISTRICT" else name
        if canonical not in found:
            found.append(canonical)
            if entry is not None and entry.label == "DISTRICT":
                waiting.extend(entry.predecessors)
    return tuple(found)


def _chosen(
    filters: Filters, reports: Sequence[ReportRecord], registry: Callable[[], Registry]
) -> Sequence[ReportRecord]:
    """The reports that the filters on reports leave. Each filter is looked up once, however many reports there are."""
    if not reports:
        return ()
    districts = _districts(filters.district, reports, registry)
    boards = _boards(filters.board, reports)
    types = _types(filters.type)
    named = _named(filters.report, reports)
    not_districts = _districts(filters.exclude_district, reports, registry)
    not_boards = _boards(filters.exclude_board, reports)
    not_types = _types(filters.exclude_type)
    not_named = _named(filters.exclude_report, reports)
    owners = {name for report in reports for name in (report.district, report.board) if name}
    folded = {name: letters(name) for name in owners}

    def wanted(report: ReportRecord) -> bool:
        year = report.year
        district = folded[report.district] if report.district else None
        board = folded[report.board] if report.board else None
        return (
            (not filters.district or district in districts)
            and (not filters.board or board in boards)
            and (not filters.year or year in filters.year)
            and (not filters.type or report.type in types)
            and (not filters.report or report.key in named)
            and (filters.from_year is None or (year is not None and year >= filters.from_year))
            and (filters.to_year is None or (year is not None and year <= filters.to_year))
            and district not in not_districts
            and board not in not_boards
            and year not in filters.exclude_year
            and report.type not in not_types
            and report.key not in not_named
        )

    return [report for report in reports if wanted(report)]


def _districts(asked: Sequence[str], reports: Sequence[ReportRecord], registry: Callable[[], Registry]) -> set[str]:
    """The letters of the districts asked for and of those that were merged into them."""
    if not asked:
        return set()
    known = {letters(district): district for district in dict.fromkeys(r.district for r in reports) if district}
    wanted: set[str] = set()
    for name in asked:
        entry = registry().find(name)
        if letters(name) not in known and (entry is None or entry.label != "DISTRICT"):
            now, before = areas_of(name, registry())
            if now is not None:
                once = f", före {now.valid_from} i {before.name}" if before is not None else ""
                raise UsageError(f"{name} är en stadsdel i {now.name}{once}. Ange --district {now.name!r} i stället.")
            raise UsageError(
                f"Stadsdelen {name!r} är okänd. Arkivet har: {', '.join(sorted(known.values())) or 'ingen'}."
            )
        names = with_predecessors([known.get(letters(name), name)], registry)
        wanted |= {letters(found) for found in names}
    return wanted


def _boards(asked: Sequence[str], reports: Sequence[ReportRecord]) -> set[str]:
    """The letters of the boards asked for."""
    if not asked:
        return set()
    known = {letters(board): board for board in dict.fromkeys(r.board for r in reports) if board}
    for name in asked:
        if letters(name) not in known:
            raise UsageError(
                f"Nämnden {name!r} har inga rapporter här. Arkivet har: {', '.join(sorted(known.values())) or 'inga'}."
            )
    return {letters(name) for name in asked}


def _named(asked: Sequence[str], reports: Sequence[ReportRecord]) -> set[int]:
    return {report.key for name in asked for report in find_reports(name, reports)}


def find_reports(name: str, reports: Sequence[ReportRecord]) -> list[ReportRecord]:
    """The reports with that id, source stem or file name.

    Raises:
        NotFoundError: there is none.
    """
    found = [r for r in reports if r.id == name] or [r for r in reports if name in (r.stem, r.source)]
    if not found:
        raise NotFoundError(f"Rapporten {name!r} finns inte i arkivet. Se spana reports.")
    return found


def _lookup(asked: Sequence[str], known: Mapping[str, Sequence[str]], what: str) -> tuple[str, ...]:
    names = {word: name for name, words in known.items() for word in (name.lower(), *words)}
    found: list[str] = []
    for value in asked:
        name = names.get(" ".join(value.casefold().split()))
        if name is None:
            raise UsageError(f"{what} {value!r} är okänd. Välj bland: {', '.join(known)}.")
        found.append(name)
    return tuple(dict.fromkeys(found))


def _types(asked: Sequence[str]) -> tuple[str, ...]:
    return _lookup(asked, filter_words().types, "Rapporttypen")


def _statuses(asked: Sequence[str]) -> tuple[str, ...]:
    return _lookup(asked, filter_words().statuses, "Statusen")


def _parts(asked: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.lower() for name in _lookup(asked, filter_words().parts, "Delen"))


def _goals(asked: Sequence[str]) -> tuple[str, ...]:
    found = tuple(goal.strip().rstrip(".") for goal in asked)
    for goal in found:
        if not _GOAL.match(goal):
            raise UsageError(f"Målnumret {goal!r} går inte att tolka. Skriv till exempel 1.4.")
    return found


def _entities(asked: Sequence[str], registry: Callable[[], Registry]) -> tuple[str, ...]:
    found: list[str] = []
    for name in asked:
        entry = registry().find(name)
        found.append(entry.name if entry is not None else name)
    return tuple(found)

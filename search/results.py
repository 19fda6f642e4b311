"""A search over the whole archive: the ranked passages, then the others that match, counted and grouped."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.encoder import Encoder
from search.catalogue import Catalogue
from search.facets import facets
from search.grouping import Group, group_of
from search.highlight import highlights
from search.hits import hit, load
from search.matches import Matches, find_matches
from search.outline_store import Outline, OutlineStore
from search.records import ReportRecord
from search.retrieve import Candidate, retrieve
from search.schema import Filters, Hit, HitGroup, SearchResult
from search.scope import Scope
from search.vectors import VectorStore

IN_GROUP = 3
"""Passages shown of each group."""
BEST = 10
"""Ranked passages that keep their places whether they match or not: to put what matches first would cost up to .004
nDCG@10."""
STEP = 0.001
"""Taken off the score from one to the next of the passages that were not ranked."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A passage in the whole list of a search."""

    key: int
    score: float
    matches: bool


class Search:
    """One query within one scope."""

    def __init__(
        self,
        query: str,
        filters: Filters,
        scope: Scope,
        reports: Sequence[ReportRecord],
        *,
        catalogue: Catalogue,
        vectors: VectorStore,
        encoder: Encoder,
    ) -> None:
        self._query, self._filters = query, filters
        self._catalogue = catalogue
        self._reports = {report.key: report for report in reports}
        candidates = retrieve(query, scope, catalogue=catalogue, vectors=vectors, encoder=encoder)
        self._ranked = {c.passage.key: c.passage for c in candidates}
        self._matches = find_matches(query, scope, catalogue=catalogue, vectors=vectors, encoder=encoder)
        keys = [*(c.passage.key for c in candidates), *sorted(self._matches.keys)]
        store = OutlineStore(catalogue)
        outlines = store.of(list(dict.fromkeys(keys)))
        # A version that was being written or removed while the vectors were searched is none of the reports.
        self._outlines = {key: one for key, one in outlines.items() if one.report_key in self._reports}
        self._listed = listed(candidates, self._matches, self._outlines)
        self._matching = [self._outlines[one.key] for one in self._listed if one.matches]
        self._facets = facets(self._matching, self._reports, store.names(self._matching))

    def page(self, limit: int, offset: int) -> SearchResult:
        """`limit` passages from `offset`."""
        return self._result(hits=self._hits(range(offset, offset + limit)))

    def groups(self, group: Group, limit: int, offset: int) -> SearchResult:
        """`limit` groups from `offset`, the group of the best passage first, each with its best passages."""
        places: dict[tuple[str, Filters | None], list[int]] = {}
        paths = OutlineStore(self._catalogue).paths([o.key for o in self._matching]) if group == "goal" else {}
        for place, one in enumerate(self._listed):
            if one.matches:
                report = self._reports[self._outlines[one.key].report_key]
                where = group_of(paths.get(one.key, ()), report, group, self._filters)
                places.setdefault(where, []).append(place)
        if group == "goal":
            places = self._told_apart(places)
        shown = list(places.items())[offset : offset + limit]
        hits = {hit.rank: hit for hit in self._hits([place for _, own in shown for place in own[:IN_GROUP]])}
        made = tuple(
            HitGroup(name=name, hits=tuple(hits[place + 1] for place in own[:IN_GROUP]), total=len(own), filters=only)
            for (name, only), own in shown
        )
        return self._result(groups=made, groups_total=len(places))

    def _told_apart(
        self, places: dict[tuple[str, Filters | None], list[int]]
    ) -> dict[tuple[str, Filters | None], list[int]]:
        """Goals of one number that are called differently have their own reports as well: the numbers go over to other
        goals with every new council."""
        shared = Counter(only for (_, only) in places)
        told: dict[tuple[str, Filters | None], list[int]] = {}
        for (name, only), own in places.items():
            if only is not None and shared[only] > 1:
                keys = {self._outlines[self._listed[place].key].report_key for place in own}
                only = only.model_copy(update={"report": tuple(sorted(self._reports[key].id for key in keys))})
            told[(name, only)] = own
        return told

    def _result(self, **shown: object) -> SearchResult:
        by_words = sum(one.key in self._matches.worded for one in self._matching)
        values = {"hits": (), **shown}
        return SearchResult(
            query=self._query,
            facets=self._facets,
            total=len(self._matching),
            total_exact=self._matches.exact,
            by_words=by_words,
            listed=len(self._listed),
            took_ms=0.0,
            filters=self._filters,
            **values,  # type: ignore[arg-type]
        )

    def _hits(self, places: Sequence[int]) -> tuple[Hit, ...]:
        chosen = [(place, self._listed[place]) for place in places if place < len(self._listed)]
        unread = [one.key for _, one in chosen if one.key not in self._ranked]
        passages = self._ranked | self._catalogue.passages_by_key(unread)
        found = load(self._catalogue, [passages[one.key] for _, one in chosen], self._reports)
        return tuple(
            hit(whole, place + 1, one.score, highlights(self._query, whole.passage.text), nearest_only=not one.matches)
            for (place, one), whole in zip(chosen, found, strict=True)
        )


def listed(candidates: Sequence[Candidate], matches: Matches, outlines: Mapping[int, Outline]) -> list[Listed]:
    """The whole list, the same on every page: the best of the ranking as they are, the other ranked ones that match,
    those that match and were not ranked by nearness and words, then the ranked ones that do not match.

    Passages of a report that say the same are there once.
    """
    matching = matches.keys
    ranked = [Listed(c.passage.key, c.score, not matches.bounded or c.passage.key in matching) for c in candidates]
    seen = {mark for one in ranked for mark in outlines[one.key].same_as}
    score = min((one.score for one in ranked), default=0.0)
    rest: list[Listed] = []
    held = [key for key in matching.difference(one.key for one in ranked) if key in outlines]
    for key in sorted(held, key=lambda k: (-matches.near.get(k, -1.0), -matches.worded.get(k, 0.0), k)):
        same = outlines[key].same_as
        if seen.isdisjoint(same):
            score -= STEP
            rest.append(Listed(key, score, matches=True))
        seen |= same
    first, later = ranked[:BEST], ranked[BEST:]
    return [*first, *(one for one in later if one.matches), *rest, *(one for one in later if not one.matches)]

"""How well whole answers tell twin questions apart, of which a report answers only one. They are alike in all but that,
so nothing but what the report says can tell them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from eval.figure import Figure
from eval.gold import GoldQuery
from eval.retrieval import overlaps, twins
from search.archive import Archive
from search.schema import Filters

Outcome = tuple[bool, bool]
"""Whether the twin with an answer is answered, and whether the other is declined."""


def measure(archive: Archive, asked: Mapping[str, Sequence[GoldQuery]] | None = None) -> Iterator[Figure]:
    """Shares of the pairs, of all and of each language; questions are asked within their report.

    A pair is right when the first is answered and the second declined. One half right is what chance gives a rule that
    declines half of both.
    """
    asked = asked if asked is not None else twins()
    pairs: dict[str, list[Outcome]] = {"alla": [], "sv": [], "en": []}
    shown: list[bool] = []
    kinds: Counter[str] = Counter()
    held = {report.source.partition("_")[0]: report.id for report in archive.reports()}
    for report, queries in asked.items():
        for first, second in zip(queries[::2], queries[1::2], strict=True):
            answered, other = (archive.ask(query.text, Filters(report=(held[report],))) for query in (first, second))
            outcome = (answered.kind != "unanswered", other.kind == "unanswered")
            pairs["alla"].append(outcome)
            pairs[first.language].append(outcome)
            best = [hit.citation.lines for hit in answered.citations[:5] if hit.citation.lines is not None]
            right = [passage for passage in first.relevant if passage.grade == 2]
            shown.append(any(overlaps(lines, passage) for lines in best for passage in right))
            if not outcome[1]:
                kinds[other.kind] += 1
    for name, outcomes in pairs.items():
        if not outcomes:
            continue
        group, count = f"tvillingar {name}", len(outcomes)
        yield Figure(group, "med svar, avböjda", sum(not first for first, _ in outcomes) / count, note="(högst 0,08)")
        yield Figure(group, "utan svar, avböjda", sum(second for _, second in outcomes) / count, 0.8)
        yield Figure(group, "par rätt", sum(first and second for first, second in outcomes) / count)
    yield Figure("tvillingar", "rätt stycke bland fem källor", sum(shown) / len(shown) if shown else 0.0)
    for kind, count in kinds.most_common():
        yield Figure("tvillingar utan svar", f"besvarade som {kind}", float(count))

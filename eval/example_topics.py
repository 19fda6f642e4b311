"""Good examples by topic: which of those on a topic are found, and which of those found are on it.

`eval/data/example-topics.json` names each example by its report's number and its first line; where several begin on one
line, by its place among them. What is partly on a topic counts neither way. The weight and the threshold were chosen on
reports 000 and 003 (`chosen_on`), 002 and 004 are held out; who wrote the topics had read all four.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, RootModel

from eval.figure import Figure
from search.archive import Archive
from search.question import Language
from search.schema import Filters, GoodExampleRow
from search.settings import Settings

DATA = Path(__file__).parent / "data" / "example-topics.json"
ASKED = {"sv": "Goda exempel på {topic}", "en": "Good examples of {topic}"}


class Topic(BaseModel):
    """One topic and the good examples that are about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: str
    language: Language
    reports: tuple[str, ...]
    chosen_on: bool
    about: frozenset[str]
    partly: frozenset[str]
    english: str | None = None
    """A Swedish topic as an English reader would say it; the same examples are about it."""


def topics() -> tuple[Topic, ...]:
    """Every annotated topic, and the Swedish ones in English."""
    rows = RootModel[tuple[Topic, ...]].model_validate_json(DATA.read_text("utf-8")).root
    translated = (
        row.model_copy(update={"topic": row.english, "language": "en", "english": None}) for row in rows if row.english
    )
    return (*rows, *translated)


def measure(home: Path) -> Iterator[Figure]:
    """Precision and recall over the topics that the constants were chosen on and over the held-out ones."""
    with Archive(Settings(home=home)) as archive:
        every = topics()
        groups: tuple[tuple[bool, Language, str], ...] = (
            (True, "sv", "ämnen, valda på"),
            (False, "sv", "ämnen, undanhållna"),
            (True, "en", "ämnen på engelska, valda på"),
            (False, "en", "ämnen på engelska, undanhållna"),
        )
        for chosen, language, group in groups:
            own = [one for one in every if one.chosen_on is chosen and one.language == language]
            found = [(one, _found(archive, one) - one.partly) for one in own]
            right = sum(len(shown & one.about) for one, shown in found)
            none = [not shown for one, shown in found if not one.about]
            yield Figure(group, "precision", right / max(1, sum(len(shown) for _, shown in found)))
            yield Figure(group, "täckning", right / sum(len(one.about) for one in own))
            yield Figure(group, "inget visat där inget finns", sum(none) / len(none), note=f"({len(none)})")


def _found(archive: Archive, topic: Topic) -> set[str]:
    """The good examples that the answer shows; sentences that it quotes where none is on the topic are none."""
    filters = Filters(report=tuple(ref.id for ref in archive.reports() if ref.source[:3] in topic.reports))
    names = _names(archive.good_examples(filters))
    answer = archive.ask(ASKED[topic.language].format(topic=topic.topic), filters)
    shown = {(row.report, row.summary) for row in answer.rows if isinstance(row, GoodExampleRow)}
    return {name for key, name in names.items() if key in shown}


def _names(rows: Sequence[GoodExampleRow]) -> dict[tuple[str, str], str]:
    """ "000:265" for each, and "000:190:3" for the third of those that begin on that line."""
    lines = [f"{row.report[:3]}:{row.citation.lines[0] if row.citation.lines else 0}" for row in rows]
    counts, seen = Counter(lines), Counter[str]()
    names: dict[tuple[str, str], str] = {}
    for line, row in zip(lines, rows, strict=True):
        seen[line] += 1
        names[(row.report, row.summary)] = line if counts[line] == 1 else f"{line}:{seen[line]}"
    return names

"""Whether a question about a name finds exactly the reports that mention it.

`python -m eval.name_questions HOME TEXTS [--unlisted]`

The expected reports come from a plain search for regular expressions in the texts, which knows nothing of the index.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from pydantic import BaseModel, ConfigDict

from eval.figure import Figure, table
from search.archive import Archive
from search.schema import MentionRow
from search.settings import Settings

NAMES = Path(__file__).parent / "data" / "name_questions.json"
UNLISTED = Path(__file__).parent / "data" / "name_questions_2.json"
"""Names that the registry lacked when they were first asked for."""
TARGET = 1.0


class Name(BaseModel):
    """A name to ask for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    label: str
    pattern: str
    """What a plain search looks for; blanks in the text are made one space first."""
    forms: tuple[str, ...] = ()
    """How each phrasing spells it; all of them like `name` when empty."""


class Names(BaseModel):
    """The names and the phrasings by language; `{name}` stands for the name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    templates: dict[str, tuple[str, ...]]
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question with the reports that should be found, and those that were."""

    name: Name
    language: str
    question: str
    expected: frozenset[str]
    """Report ids."""
    found: frozenset[str] | None
    """None when the answer is of another kind than one about mentions."""

    @property
    def exact(self) -> bool:
        """Whether the sets are the same."""
        return self.found == self.expected


def annotated_names(path: Path = NAMES) -> Names:
    """The names of one file."""
    return Names.model_validate_json(path.read_bytes())


def ask_all(archive: Archive, texts: Path, names: Path = NAMES) -> Iterator[Outcome]:
    """Every name in every phrasing, asked of an archive made of the text files in `texts`."""
    plain = {
        report.id: " ".join((texts / Path(report.source).name).read_text(encoding="utf-8").split())
        for report in archive.reports()
    }
    annotated = annotated_names(names)
    for name in annotated.names:
        pattern = re.compile(name.pattern)
        expected = frozenset(report for report, text in plain.items() if pattern.search(text))
        for language, templates in annotated.templates.items():
            forms = name.forms or (name.name,) * len(templates)
            for template, form in zip(templates, forms, strict=True):
                question = template.format(name=form)
                yield Outcome(name, language, question, expected, _found(archive, question))


def _found(archive: Archive, question: str) -> frozenset[str] | None:
    """Ids of the reports in the answer; None when it is not about mentions."""
    answer = archive.ask(question)
    if answer.kind != "mentions":
        return None
    return frozenset(report.id for row in answer.rows if isinstance(row, MentionRow) for report in row.reports)


def name_figures(outcomes: Sequence[Outcome]) -> list[Figure]:
    """Share of questions whose set of reports is exact: all, by language, by label."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for group in ("alla", outcome.language, outcome.name.label):
            groups.setdefault(group, []).append(outcome)
    return [
        Figure(
            "frågor om namn",
            group,
            sum(outcome.exact for outcome in some) / len(some),
            TARGET if group == "alla" else None,
            f"({len(some)} frågor)",
        )
        for group, some in groups.items()
    ]


def main(home: Path, texts: Path, unlisted: bool = False) -> None:
    """Ask every question of the archive in HOME, whose reports are the text files in TEXTS; list those that differ."""
    with Archive(Settings(home=home)) as archive:
        outcomes = list(ask_all(archive, texts, UNLISTED if unlisted else NAMES))
    for outcome in outcomes:
        if not outcome.exact:
            found = "inget svar om omnämnanden" if outcome.found is None else sorted(outcome.found)
            print(f"{outcome.question} väntade {sorted(outcome.expected)}, fick {found}")
    print(table(name_figures(outcomes)))


if __name__ == "__main__":
    typer.run(main)

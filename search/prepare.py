"""From a parsed report to what the catalogue keeps of it: ids, paths, statuses, mentions with their places."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256

from ingest.report import Report, Section
from models.personal_data import mask
from models.pipeline import Entity
from models.registry import Mention, Registry
from search.records import FoundMention, PreparedReport
from search.runs import in_source, place_of

_SLUG_LENGTH = 60


def report_id(source: str, taken: Iterable[str] = ()) -> str:
    """A readable id that stays when the file changes: the stem as a slug and six digits of SHA-256 of the file name.

    A file of the same name in another folder (its id is among `taken`) gets the digits of "name#2", and so on.
    """
    stem = source.rpartition(".")[0] or source
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].strip("-") or "rapport"
    used = set(taken)
    number = 1
    while True:
        name = source if number == 1 else f"{source}#{number}"
        found = f"{slug}-{sha256(name.encode()).hexdigest()[:6]}"
        if found not in used:
            return found
        number += 1


def prepare(
    report: Report,
    *,
    id: str,
    path: str,
    entities: Sequence[Sequence[Entity]],
    registry: Registry,
    registry_version: str,
) -> PreparedReport:
    """Give a report and its passages' entities the shape that the catalogue writes.

    A goal's heading is a passage with its judgement, but its names are counted with those of all headings.
    """
    paths = section_paths(report.sections)
    ids = passage_ids(id, report, paths)
    mentions = [
        FoundMention(
            passage=position,
            label=entity.label,
            name=entity.name,
            text=entity.text,
            start=entity.start,
            end=entity.end,
            marked=marked,
            place=place_of(passage.text, passage.runs, entity.start, entity.end, ids[position]),
            known=known,
        )
        for position, (passage, found) in enumerate(zip(report.passages, entities, strict=True))
        for entity, marked, known in _with_unmarked(found, registry.match(passage.text))
        if passage.kind != "goal" and in_source(passage.runs, entity.start, entity.end)
    ]
    return PreparedReport(
        id=id,
        path=path,
        report=report,
        section_paths=paths,
        judged=judged_statuses(report.sections),
        passage_ids=ids,
        mentions=tuple(mentions),
        registry_version=registry_version,
    )


def _with_unmarked(entities: Sequence[Entity], known: Sequence[Mention]) -> list[tuple[Entity | Mention, bool, bool]]:
    """(it, whether it is marked, whether it is known): entities, and the known names that are none of them, inside a
    compound or a longer entity."""
    spots = {(entity.name, entity.start) for entity in entities}
    held = {(mention.name, mention.start) for mention in known}
    found: list[tuple[Entity | Mention, bool, bool]] = [(e, True, (e.name, e.start) in held) for e in entities]
    found += [(mention, False, True) for mention in known if (mention.name, mention.start) not in spots]
    return sorted(found, key=lambda item: item[0].start)


def section_paths(sections: Sequence[Section]) -> tuple[tuple[str, ...], ...]:
    """For each section the titles from the outermost to it, each with its number."""
    paths: list[tuple[str, ...]] = []
    for section in sections:
        above = paths[section.parent] if section.parent is not None else ()
        name = f"{section.number} {section.title}" if section.number else section.title
        paths.append((*above, name))
    return tuple(paths)


def judged_statuses(sections: Sequence[Section]) -> tuple[str | None, ...]:
    """For each section the judgement that its text is about: its own, else of the goal it is a plain heading under."""
    judged: list[str | None] = []
    for section in sections:
        inherited = judged[section.parent] if section.parent is not None and section.kind == "other" else None
        judged.append(section.status or inherited)
    return tuple(judged)


def passage_ids(report: str, content: Report, paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """An id for each passage from its report, its section's path, its text and which occurrence of these it is."""
    seen: Counter[str] = Counter()
    ids: list[str] = []
    for passage in content.passages:
        # An id is public: from a digest of the text itself a number that is hidden in it could be found by trial.
        words = "\x1f".join((*paths[passage.section], passage.part or "", mask(passage.text)))
        seen[words] += 1
        digest = sha256(f"{report}\x1e{words}\x1e{seen[words]}".encode()).hexdigest()[:12]
        ids.append(f"{report}.{digest}")
    return tuple(ids)

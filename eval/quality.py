"""Quality against hand-made truth: the shared gold when it is there, the example archive always."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from eval.annotated import load_examples, load_goals, load_indicators, score_goals, score_rows
from eval.entities import ALL, score
from eval.figure import Figure
from eval.gold import Gold, GoldQuery, gold_ids, load_activities, load_gold, load_programs
from eval.programmes import ALIAS_PAIRS, MORE_PAIRS, score_inventory, score_pairs, without_programmes
from eval.retrieval import Where, held_out, held_out_figures, score_report, twins, unanswerable
from eval.structure import score_structure
from eval.tables import score_activities, score_good_examples, score_indicators
from examples.truth import load_questions, load_sentences
from ingest.errors import IngestError
from ingest.parse import parse_file
from ingest.quote import fold
from ingest.report import Report
from models.ner.choice import shipped_tagger
from models.pipeline import annotate
from models.registry import load_registry
from search.archive import Archive
from search.schema import Filters, MentionRow
from search.settings import Settings

Log = Callable[[str], None]

GOAL_TARGET, PART_TARGET, ROW_TARGET, EXAMPLE_TARGET = 0.98, 0.95, 0.97, 0.9
"""What the project asks of structure, parts, table rows and good examples."""
NDCG_TARGET, TOP_TARGET = 0.7, 0.9
"""What it asks of retrieval."""

EXAMPLES = Path(__file__).parent.parent / "examples" / "archive"


def measure(shared: Path, home: Path, log: Log) -> list[Figure]:
    """All figures. `home` keeps the index between runs, so that only what changed is read again."""
    figures = list(_examples(home / "examples", log))
    if (shared / "gold").is_dir():
        figures += _shared(shared, home / "shared", log)
    else:
        log(f"{shared} finns inte: bara exempelarkivet mäts.")
    return figures


def _shared(shared: Path, home: Path, log: Log) -> Iterator[Figure]:
    gold = [load_gold(shared / "gold", name) for name in gold_ids(shared / "gold")]
    texts = {path: _parse(path, log) for path in sorted((shared / "archive" / "text").glob("*.txt"))}
    pdfs = {path: _parse(path, log) for path in sorted((shared / "archive").glob("pdf-*/*.pdf"))}
    for truth in gold:
        text = next(report for path, report in texts.items() if report and path.name.startswith(f"{truth.id}_"))
        yield from _read(truth, f"{truth.id} text", text)
        for path, report in pdfs.items():
            if report and _same_report(truth, report):
                yield from _read(truth, f"{truth.id} {path.parent.name}", report, lines=False)
    named = {path.name.partition("_")[0]: report for path, report in texts.items() if report}
    yield from _activities(named)
    yield from _annotated(named)
    yield from _programmes(gold, named)
    yield from _entities(
        "namn i facit", [(s.text, [(e.start, e.end, e.label) for e in s.entities]) for g in gold for s in g.sentences]
    )
    with _open(home) as archive:
        _ingest(archive, [shared / "archive" / "text"], log)
        asked = {truth.id: truth.queries for truth in gold}
        yield from _retrieval("facit", archive, asked)
        yield from _retrieval("undanhållna frågor", archive, held_out())
        yield from _retrieval("undanhållna siffror och mål", archive, held_out_figures())
        yield from _refusals("nya frågor", archive, unanswerable())
        yield from _refusals("tvillingar", archive, twins())


def _retrieval(group: str, archive: Archive, asked: Mapping[str, Sequence[GoldQuery]]) -> Iterator[Figure]:
    """Search and answers over the questions of several reports."""
    within = [score_report(archive, report, queries) for report, queries in asked.items()]
    for result in within:
        yield Figure(f"sökning {group} {result.report}", "nDCG@10", result.ndcg)
        yield Figure(f"sökning {group} {result.report}", "rätt bland fem", result.top5)
    scores = [score for result in within for score in result.queries]
    yield Figure(f"sökning {group}", "nDCG@10", _mean(score.ndcg for score in scores), NDCG_TARGET)
    yield Figure(f"sökning {group}", "rätt bland fem", _mean(float(score.top5) for score in scores), TOP_TARGET)
    for language in ("sv", "en"):
        figures = [score.ndcg for score in scores if score.query.language == language]
        yield Figure(f"sökning {group}", f"nDCG@10 {language}", _mean(figures))
    wide: tuple[tuple[Where, str], ...] = (
        ("archive", "i hela arkivet"),
        ("named", "i det som frågan nämner"),
        ("condensed", "i hela arkivet utan träffar i andra rapporter"),
    )
    for where, name in wide:
        found = [score_report(archive, report, queries, where=where) for report, queries in asked.items()]
        scores = [score for result in found for score in result.queries]
        yield Figure(f"sökning {group}", f"nDCG@10 {name}", _mean(score.ndcg for score in scores))
        yield Figure(f"sökning {group}", f"rätt bland fem {name}", _mean(float(score.top5) for score in scores))
    yield from _refusals(group, archive, asked)


def _read(truth: Gold, group: str, report: Report, *, lines: bool = True) -> Iterator[Figure]:
    """Figures of one reading. Good examples are matched by line, so only where the source has lines."""
    structure = score_structure(truth.sections, report)
    yield Figure(f"struktur {group}", "mål F1", structure.goals.f1, GOAL_TARGET)
    yield Figure(f"struktur {group}", "nummer F1", structure.numbers.f1, GOAL_TARGET)
    yield Figure(f"struktur {group}", "status F1", structure.statuses.f1, GOAL_TARGET)
    yield Figure(f"struktur {group}", "delar F1", structure.parts.f1, PART_TARGET)
    table = score_indicators(truth.indicators, report.indicators)
    yield Figure(f"indikatorer {group}", "rader", table.found, ROW_TARGET)
    yield Figure(f"indikatorer {group}", "celler", table.cells, ROW_TARGET)
    yield Figure(f"indikatorer {group}", "mål", table.goals, ROW_TARGET)
    if lines:
        examples = score_good_examples(truth.examples, report.good_examples, report.passages)
        yield Figure(f"goda exempel {group}", "täckning", examples.recall, EXAMPLE_TARGET)
        yield Figure(f"goda exempel {group}", "precision", examples.precision, EXAMPLE_TARGET)


def _activities(texts: Mapping[str, Report]) -> Iterator[Figure]:
    """Figures of the activity rows annotated here, by report id; a report that is absent has none found."""
    gold = load_activities()
    for name in sorted({row.report for row in gold}):
        report = texts.get(name)
        rows = [row for row in gold if row.report == name]
        table = score_activities(rows, report.activities if report else ())
        yield Figure(f"aktiviteter {name} text", "rader", table.found, ROW_TARGET)
        yield Figure(f"aktiviteter {name} text", "datum", table.dates)
        yield Figure(f"aktiviteter {name} text", "mål", table.goals, ROW_TARGET)
        if any(row.detailed for row in rows):
            yield Figure(f"aktiviteter {name} text", "avvikelse och kommentar", table.details)


def _programmes(gold: Sequence[Gold], texts: Mapping[str, Report]) -> Iterator[Figure]:
    """Figures of the programmes of each report, with the known programmes and with none, and of the pairs of names."""
    registry, tagger = load_registry(), shipped_tagger()
    inventories = {**{truth.id: truth.programs for truth in gold}, **load_programs()}
    for name in sorted(inventories.keys() & texts.keys()):
        for kind, names in (("", registry), (" utan lista", without_programmes(registry))):
            found = score_inventory(inventories[name], texts[name], names, tagger)
            yield Figure(f"program {name}{kind}", "täckning", found.names.recall, 0.85)
            yield Figure(f"program {name}{kind}", "precision", found.mentions.precision, 0.8)
    for path in (ALIAS_PAIRS, MORE_PAIRS):
        yield Figure(f"namnpar {path.stem}", "rätt", score_pairs(path).precision, 0.95)


def _annotated(texts: Mapping[str, Report]) -> Iterator[Figure]:
    """Figures of the goals, indicator rows and good examples annotated here; only of reports that were read."""
    goals, rows, examples = load_goals(), load_indicators(), load_examples()
    for name in sorted(examples.keys() & texts.keys()):
        report = texts[name]
        tree = score_goals([goal for goal in goals if goal.report == name], report)
        yield Figure(f"struktur {name} text", "mål, täckning", tree.found, GOAL_TARGET)
        yield Figure(f"struktur {name} text", "mål, precision", tree.precision, GOAL_TARGET)
        yield Figure(f"struktur {name} text", "målens sista rad", tree.ends)
        yield Figure(f"struktur {name} text", "delar", tree.parts, PART_TARGET)
        table = score_rows([row for row in rows if row.report == name], report.indicators)
        yield Figure(f"indikatorer {name} text", "rader", table.found, ROW_TARGET)
        yield Figure(f"indikatorer {name} text", "celler", table.cells, ROW_TARGET)
        yield Figure(f"indikatorer {name} text", "mål", table.goals, ROW_TARGET)
        yield Figure(f"indikatorer {name} text", "kommentar", table.notes)
        shown = score_good_examples(examples[name], report.good_examples, report.passages)
        yield Figure(
            f"goda exempel {name} text",
            "saknade och felaktiga",
            float(len(shown.errors)),
            note=f"(av {shown.gold} i facit)",
        )


def _refusals(group: str, archive: Archive, asked: Mapping[str, Sequence[GoldQuery]]) -> Iterator[Figure]:
    """How often a question is answered with "the archive does not say", by whether the report answers it."""
    refused: dict[bool, list[float]] = {True: [], False: []}
    for report, queries in asked.items():
        held = next(ref for ref in archive.reports() if ref.source.startswith(f"{report}_"))
        for query in queries:
            answer = archive.ask(query.text, Filters(report=(held.id,)))
            refused[bool(query.relevant)].append(float(answer.kind == "unanswered"))
    if refused[False]:
        yield Figure(f"{group} utan svar", "andel avböjda", _mean(refused[False]), 0.8)
    if refused[True]:
        yield Figure(f"{group} med svar", "andel avböjda", _mean(refused[True]), note="(högst 0,08)")


def _examples(home: Path, log: Log) -> Iterator[Figure]:
    yield from _entities(
        "namn i exempel", [(s.text, [(e.start, e.end, e.label) for e in s.entities]) for s in load_sentences()]
    )
    with _open(home) as archive:
        _ingest(archive, [EXAMPLES], log)
        answered, refused, mentions = [], [], []
        for question in load_questions():
            if question.kind == "mentions":
                rows = [row for row in archive.ask(question.question).rows if isinstance(row, MentionRow)]
                right = {row.district for row in rows if row.district} == set(question.districts) and {
                    row.board for row in rows if not row.district
                } == set(question.boards)
                mentions.append(float(right))
            elif question.kind == "negative":
                refused.append(float(archive.ask(question.question).kind == "unanswered"))
            else:
                hits = archive.search(question.question, limit=5).hits
                answered.append(
                    float(
                        any(
                            hit.report.source == a.source and fold(a.quote) in fold(hit.text)
                            for hit in hits
                            for a in question.answers
                        )
                    )
                )
    yield Figure("exempelarkivet", "svar bland fem", _mean(answered))
    yield Figure("exempelarkivet", "omnämnanden exakta", _mean(mentions), 1.0)
    yield Figure("exempelarkivet", "frågor utan svar avböjda", _mean(refused))


def _entities(group: str, sentences: Sequence[tuple[str, list[tuple[int, int, str]]]]) -> Iterator[Figure]:
    found = [[(e.start, e.end, str(e.label)) for e in entities] for entities in annotate(text for text, _ in sentences)]
    for label, result in score([spans for _, spans in sentences], found).items():
        yield Figure(group, f"{label} F1", result.f1, note="" if label == ALL else f"({result.wanted} st)")


def _open(home: Path) -> Archive:
    return Archive(Settings(home=home))


def _ingest(archive: Archive, paths: Sequence[Path], log: Log) -> None:
    """Read everything anew, as the reading may have changed; text that is the same keeps its vectors."""
    for file in archive.ingest(paths, force=True).reports:
        if file.error:
            log(file.error)


def _parse(path: Path, log: Log) -> Report | None:
    try:
        return parse_file(path)
    except IngestError as error:
        log(str(error))
        return None


def _same_report(truth: Gold, report: Report) -> bool:
    meta = report.metadata
    return (meta.board, meta.type, meta.year) == (truth.meta.board, truth.meta.type, truth.meta.year)


def _mean(values: Iterable[float]) -> float:
    """0 for none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0

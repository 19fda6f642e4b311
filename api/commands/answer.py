"""Answers and hits as text for people."""

import textwrap
from collections.abc import Iterable, Sequence

from api.format import on_terminal, plain, say
from api.holdings import area_name
from api.table import print_table
from search.schema import (
    Answer,
    Citation,
    GoalStatusRow,
    GoodExampleRow,
    Hit,
    IndicatorRow,
    MentionRow,
    ReportMentions,
    SearchResult,
)

FOUND_BY = {"registry": "ur namnregistret", "lexical": "som ord i texten"}


def print_hits(result: SearchResult) -> None:
    """Ranked passages with their places."""
    if not result.hits and not result.groups:
        say(f"Inga träffar på ”{result.query}”. Pröva andra ord eller färre filter.")
        return
    for note in result.notes:
        say(note)
    for hit in result.hits:
        _print_hit(f"{hit.rank}.", hit)
    for group in result.groups:
        say(f"{group.name or 'Utan mål'}: {group.total} stycken")
        say()
        for hit in group.hits:
            _print_hit(f"{hit.rank}.", hit)
    shown = f"{len(result.groups)} av {result.groups_total} grupper, " if result.groups else ""
    least = "" if result.total_exact else "minst "
    say(f"{shown or f'{len(result.hits)} av '}{least}{result.total} stycken som passar, {result.took_ms:.0f} ms.")


def print_similar(hits: Sequence[Hit]) -> None:
    """Passages like one, each with how much of its text is the same."""
    if not hits:
        say("Inga liknande stycken. Pröva med färre filter.")
    for hit in hits:
        _print_hit(f"{hit.rank}.", hit)
        if hit.reuse is not None:
            kind = "Texten är övertagen" if hit.reuse.later else "Samma text"
            say(f"   {kind}: {hit.reuse.share:.0%} av orden är desamma.")
            say()


def _print_hit(mark: str, hit: Hit) -> None:
    say(f"{mark} {hit.citation.label}  [{hit.passage_id}]")
    place = " › ".join(hit.section.path)
    details = " · ".join(part for part in (place, hit.section.part, hit.section.status) if part)
    if details:
        say(f"   {details}")
    print(_wrap(_marked(hit)))
    say()


def _marked(hit: Hit) -> str:
    """The text with its highlights in bold on a terminal."""
    bold, normal = ("\033[1m", "\033[0m") if _colour() else ("", "")
    pieces, end = [], 0
    for start, stop in hit.highlights:
        pieces += [plain(hit.text[end:start]), bold, plain(hit.text[start:stop]), normal]
        end = stop
    return "".join([*pieces, plain(hit.text[end:])])


def _colour() -> bool:
    import os

    return on_terminal() and not os.environ.get("NO_COLOR")


def _wrap(text: str) -> str:
    width = 100 if on_terminal() else 10_000
    return textwrap.fill(text, width=width, initial_indent="   ", subsequent_indent="   ", break_on_hyphens=False)


def print_answer(answer: Answer) -> None:
    """The answer, its rows as a table, what it rests on and its sources."""
    for paragraph in answer.answer.splitlines():
        say(paragraph)
    say()
    mentions = [row for row in answer.rows if isinstance(row, MentionRow)]
    if mentions:
        _print_mentions(mentions)
    _print_indicators([row for row in answer.rows if isinstance(row, IndicatorRow)])
    _print_goals([row for row in answer.rows if isinstance(row, GoalStatusRow)])
    _print_examples([row for row in answer.rows if isinstance(row, GoodExampleRow)])
    _print_coverage(answer)
    if answer.citations and not mentions:
        say("Närmaste stycken (inget svar):" if answer.kind == "unanswered" else "Källor:")
        for number, hit in enumerate(answer.citations, start=1):
            _print_hit(f"[{number}]", hit)


def _print_mentions(rows: list[MentionRow]) -> None:
    for title, board, chosen in (
        ("Stadsdelar som nämner det", "Stadsdel", [row for row in rows if row.district]),
        ("Stadsövergripande nämnder som nämner det", "Nämnd", [row for row in rows if not row.district]),
    ):
        if not chosen:
            continue
        print_table(
            (board, "Namn", "Omnämnanden", "Rapport", "I rapporten", "Första stället", "Citat"),
            _mention_lines(chosen),
            title=title,
        )
        say()


def _mention_lines(rows: Iterable[MentionRow]) -> Iterable[tuple[object, ...]]:
    for row in rows:
        for number, one in enumerate(row.reports):
            first = number == 0 or not on_terminal()
            head = (row.district or row.board, ", ".join(row.entities), row.mentions) if first else ("", "", "")
            yield (*head, f"{one.type} {one.year or ''}".strip(), one.mentions, _place(one), _short(one.citation.quote))


def _place(one: ReportMentions) -> str:
    return place(one.citation)


def place(citation: Citation) -> str:
    """Page or line, for a narrow column; the section where the format has neither."""
    if citation.pages:
        return "s. " + ", ".join(str(page) for page in citation.pages)
    if citation.lines:
        first, last = citation.lines
        return f"rad {first}" if first == last else f"rad {first}–{last}"
    return citation.label.rsplit(", ", 1)[-1]


def _short(quote: str, length: int = 110) -> str:
    """The quote's beginning; on a pipe all of it."""
    return textwrap.shorten(quote, length, placeholder=" …") if on_terminal() else quote


def _print_indicators(rows: list[IndicatorRow]) -> None:
    if rows:
        print_table(
            (
                "Stadsdel eller nämnd",
                "År",
                "Period",
                "Indikator",
                "Utfall",
                "Kvinnor",
                "Män",
                "Årsmål",
                "Prognos",
                "Källa",
            ),
            (
                (
                    area_name(row.district, row.citation),
                    row.year,
                    row.period,
                    row.name,
                    _unit(row.value, row.unit),
                    _unit(row.women, row.unit),
                    _unit(row.men, row.unit),
                    _unit(row.target, row.unit),
                    _unit(row.forecast, row.unit),
                    row.citation.label,
                )
                for row in rows
            ),
        )
        say()


def _unit(value: float | str | None, unit: str | None) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return value
    number = f"{value:g}".replace(".", ",")
    return f"{number} {unit}" if unit else number


def _print_goals(rows: list[GoalStatusRow]) -> None:
    if rows:
        print_table(
            ("Stadsdel eller nämnd", "År", "Mål", "Bedömning", "Källa"),
            (
                (
                    row.district,
                    row.year,
                    f"{row.goal.number or ''} {row.goal.title}".strip(),
                    row.status or "ingen tryckt",
                    row.citation.label,
                )
                for row in rows
            ),
        )
        say()


def _print_examples(rows: list[GoodExampleRow]) -> None:
    if rows:
        print_table(
            ("Stadsdel eller nämnd", "Mål", "Goda exempel", "Enhet", "Källa"),
            (
                (area_name(row.district, row.citation), row.goal_number, row.summary, row.unit, row.citation.label)
                for row in rows
            ),
        )
        say()


def _print_coverage(answer: Answer) -> None:
    coverage = answer.coverage
    if coverage.without_mention:
        names = ", ".join(f"{one.district or one.board} ({one.reports} rapporter)" for one in coverage.without_mention)
        say(f"Genomsökta utan omnämnande: {names}.")
    for bad in coverage.unreadable:
        where = f", sidorna {', '.join(str(page) for page in bad.pages)}" if bad.pages else ""
        what = bad.reason if bad.reason.startswith(bad.source) else f"{bad.source}{where} ({bad.reason})."
        say(f"Kunde inte genomsökas: {what}")
    for found in answer.found_by:
        name, _, how = found.rpartition(": ")
        say(f"{name} hittas {FOUND_BY.get(how, how)}.")
    say(f"Genomsökta rapporter: {coverage.reports_searched}.")
    say()

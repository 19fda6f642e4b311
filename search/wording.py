"""The sentences around an answer's facts, in the question's language."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from search.amounts import columns_asked
from search.data_files import FigureColumn, Phrases, phrases, question_words
from search.kinds import has_phrase
from search.limits import either
from search.question import Language, Question
from search.records import ReportRecord
from search.row_groups import group_counts
from search.schema import Coverage, Filters, GoalStatusRow, GoodExampleRow, Hit, IndicatorRow, MentionRow

AREAS_COUNTED = 8
"""Areas and years whose goals are counted each by themselves."""
GOALS_TOLD = 6
FIGURES_TOLD = 4
REPORTS_TOLD = 30
"""Rows that the answer's text tells of; the rest are in its table."""


def mentions_answer(
    question: Question, rows: Sequence[MentionRow], coverage: Coverage, lacking: Sequence[ReportRecord] = ()
) -> str:
    """What the rows say, what was searched and how the names were found; `lacking` are the reports with no mention."""
    words = phrases(question.language)
    said = [_denied(question, rows, coverage, lacking) if question.denied else _main(question, rows, coverage)]
    if rows and coverage.without_mention and not question.denied:
        areas = [w.district or w.board or words.no_board for w in coverage.without_mention]
        combined = question.all_names or question.without
        template = words.without_combination if combined else words.without
        said.append(template.format(areas=", ".join(dict.fromkeys(areas))))
    asked = (*question.names, *question.without)
    known = [a.name for a in asked if a.name is not None]
    unknown = [a.text for a in asked if a.name is None]
    if coverage.reports_searched:
        if known:
            said.append(words.by_registry.format(names=_list(known, words.and_)))
        if unknown:
            said.append(words.by_text.format(names=_list(unknown, words.and_)))
    if capital := [a.name for a in asked if a.name is not None and a.capital]:
        said.append(words.by_capital.format(names=_list(capital, words.and_)))
    if question.all_names or question.without:
        said.append(words.unit_report if question.of_reports else words.unit_area)
    if coverage.unreadable:
        said.append(words.unreadable.format(files=count(len(coverage.unreadable), words.file)))
    return " ".join(sentence for sentence in said if sentence)


def examples_text(question: Question, rows: Sequence[GoodExampleRow], coverage: Coverage) -> str:
    """How many good examples there are, those that a report names as such told from the others; of each group."""
    words = phrases(question.language)
    template = words.good_examples if rows else words.good_examples_none
    said = [
        template.format(
            rows=count(len(rows), words.example),
            reports=count(coverage.reports_searched, words.report),
            named=sum(row.explicit for row in rows),
            told=sum(not row.explicit for row in rows),
        )
    ]
    return _limited(" ".join((*said, *_by_group(question, rows))), question)


def examples_on_topic(
    question: Question, topic: str, rows: Sequence[GoodExampleRow], every: int, coverage: Coverage
) -> str:
    """How many of all good examples are about the topic asked for, and how they were chosen."""
    words = phrases(question.language)
    template = words.good_examples_none if not every else words.good_examples_on if rows else words.good_examples_off
    said = template.format(
        rows=len(rows),
        all=count(every, words.example),
        topic=topic,
        reports=count(coverage.reports_searched, words.report),
        named=sum(row.explicit for row in rows),
    )
    return _limited(" ".join((said, *_by_group(question, rows))), question)


def _by_group(question: Question, rows: Sequence[GoodExampleRow]) -> tuple[str, ...]:
    """How many rows each year, district, report or goal has, where the question asks for each."""
    if question.group is None or not rows:
        return ()
    words = phrases(question.language)
    nobody = words.no_board if question.group in ("district", "report") else "–"
    counts = group_counts(rows, question.group, nobody)
    return (words.by_group.format(counts=", ".join(f"{name} ({number})" for name, number in counts.items())),)


def asides(question: Question) -> tuple[str, ...]:
    """What the reader must know of how the question was read: words read as others, and what could not be used."""
    words = phrases(question.language)
    pairs = [f"”{one.word}” → ”{one.used}”" for one in question.spelling]
    read = (words.spelling.format(words=", ".join(pairs)),) if pairs else ()
    return (*read, *_neighbourhoods(question), *unused_sentences(question))


def _neighbourhoods(question: Question) -> tuple[str, ...]:
    """Which district a neighbourhood was taken for: a filter that the words themselves do not show."""
    words = phrases(question.language)
    lead = rf"\A(?:{either(question_words().area_leads)})\s+"
    return tuple(
        words.neighbourhood.format(
            name=re.sub(lead, "", one.text, flags=re.IGNORECASE),
            district=_list([str(v) for v in one.values], words.or_),
        )
        for one in question.understood
        if one.field == "district" and one.searched_too
    )


def rows_left_out(question: Question, before: int, shown: int, every: int | None) -> tuple[str, ...]:
    """That the answer shows only some of its rows: the first, or those after so many others."""
    if every is None or every <= shown:
        return ()
    words = phrases(question.language)
    if before:
        return (words.rows_after.format(first=min(before + 1, every), last=min(before + shown, every), rows=every),)
    return (words.rows_shown.format(shown=shown, rows=every),)


def unused_sentences(question: Question) -> tuple[str, ...]:
    """What of the question could not be used."""
    words = phrases(question.language)
    notes = {
        "relative_year": words.relative_year,
        "no_board_reports": words.no_board_reports,
        "no_district_reports": words.no_district_reports,
        "not_this_report": words.not_this_report,
        "says_nothing": words.says_nothing,
        "not_earlier": words.not_earlier,
        "long_text": words.long_text,
    }
    return tuple(notes[limit.note].format(words=limit.about) for limit in question.unused if limit.note in notes)


def goals_meant_text(question: Question, rows: Sequence[GoalStatusRow]) -> str:
    """How each of the first goals is judged, which the question's words mean."""
    return _limited(_goals_meant(question, rows), question)


def _goals_meant(question: Question, rows: Sequence[GoalStatusRow]) -> str:
    words = phrases(question.language)
    said = "; ".join(
        f"{row.goal.number or ''} {row.goal.title}".strip()
        + f" – {row.status or words.no_status} ({area_text(row.district, row.board, row.year, words.no_board)})"
        for row in rows[:GOALS_TOLD]
    )
    return words.goals_meant.format(goals=said)


def goals_counted_text(
    question: Question,
    judged: Mapping[tuple[str | None, str | None, int | None], Sequence[str | None]],
    coverage: Coverage,
) -> str:
    """How many goals are judged how, in all and by each of a few areas and years. `judged`: by (district, board, year)
    the status of each goal, None without one."""
    words = phrases(question.language)
    every = [status for statuses in judged.values() for status in statuses]
    said = words.goals_counted.format(
        rows=count(len(every), words.goal),
        reports=count(coverage.reports_searched, words.report),
        counts=_statuses(every, words),
    )
    if 1 < len(judged) <= AREAS_COUNTED:
        areas = "; ".join(
            f"{area_text(*area, words.no_board)}: {_statuses(statuses, words)}" for area, statuses in judged.items()
        )
        said = f"{said} {areas}."
    return _limited(said, question)


def _statuses(statuses: Sequence[str | None], words: Phrases) -> str:
    """How many of each: "Uppfylls helt 12, Uppfylls delvis 3"."""
    counts = Counter(status or words.no_status for status in statuses)
    return ", ".join(f"{status} {number}" for status, number in sorted(counts.items(), key=lambda c: -c[1]))


def no_goals_text(
    question: Question, others: Sequence[str | None], coverage: Coverage, meant: Sequence[GoalStatusRow] = ()
) -> str:
    """That no goal is judged as asked for, and how all of them are judged: `others` are the statuses of all. `meant`:
    the first of them, when they are the few that the question's words mean."""
    words = phrases(question.language)
    counts = Counter(status or words.no_status for status in others)
    listed = ", ".join(f"{status} {number}" for status, number in sorted(counts.items(), key=lambda c: -c[1]))
    said = words.goals_none.format(
        status=_list(question.filters.status, words.or_),
        rows=count(len(others), words.goal),
        reports=count(coverage.reports_searched, words.report),
        counts=listed,
    )
    return _limited(" ".join([said, *([_goals_meant(question, meant)] if meant else [])]), question)


def figures_text(
    question: Question, rows: Sequence[IndicatorRow], every: int, coverage: Coverage, led_by: Sequence[Hit] = ()
) -> str:
    """The sentences in running text that come first, then the first figures with unit, sex, earlier value, targets and
    forecast; then how many rows there are."""
    words = phrases(question.language)
    said = [f"”{one.citation.quote}” [{one.rank}]" for one in led_by]
    for rank, row in enumerate(rows[:FIGURES_TOLD], len(led_by) + 1):
        said.append(
            words.figure.format(
                where=area_text(row.district, row.board, row.year, words.no_board, row.period),
                name=row.name,
                value=row_text(row, question.text, words),
                rank=rank,
            )
        )
    noun = words.indicator_row if all(row.of_indicator for row in rows) else words.figure_row
    said.append(
        words.figures_more.format(rows=count(every, noun), reports=count(coverage.reports_searched, words.report))
    )
    return _limited(" ".join(said), question)


def row_text(row: IndicatorRow, question: str, words: Phrases) -> str:
    """The figures of a row, those of the columns that are asked for first: "kvinnor 9 % (utfall 8 %, män 5 %)"; for a
    change the value and then the earlier one: "8 % (tidigare 9 %, kvinnor 9 %)"."""
    changes = has_phrase(question, question_words().changes)
    asked = [one for one in columns_asked(question) if not (changes and one == "previous")]
    columns: dict[FigureColumn, tuple[str, float | str | None]] = {
        "women": (words.women, row.women),
        "men": (words.men, row.men),
        "previous": (words.previous, row.previous),
        "target": (words.target, row.target),
        "forecast": (words.forecast, row.forecast),
    }
    first = [columns[one] for one in asked if columns[one][1] is not None]
    rest = [columns[one] for one in columns if columns[one] not in first]
    if changes:
        rest.sort(key=lambda column: column[0] != words.previous)
    if isinstance(row.city_target, float):
        rest.append((words.city_target, row.city_target))
    outcome = words.no_value if row.value is None else _figure(row.value, row.unit)
    if first:
        rest.insert(0, (words.outcome, row.value))
    said = ", ".join(f"{name} {_figure(value, row.unit)}" for name, value in first if value is not None) or outcome
    more = ", ".join(f"{name} {_figure(value, row.unit)}" for name, value in rest if value is not None)
    return f"{said} ({more})" if more else said


def practices_text(
    question: Question,
    rows: Sequence[GoodExampleRow],
    hits: Sequence[Hit],
    coverage: Coverage,
    nowhere: Sequence[str] = (),
) -> str:
    """Which words of the question no text has, how many practices there are, done and planned told apart, and the first
    ones quoted."""
    words = phrases(question.language)
    missing = [f"”{word}”" for word in nowhere]
    said = [words.nowhere[len(missing) > 1].format(words=_list(missing, words.and_))] if missing else []
    said.append(
        words.practices.format(
            rows=count(len(rows), words.practice),
            reports=count(coverage.reports_searched, words.report),
            done=sum(row.done is True for row in rows),
            planned=sum(row.done is False for row in rows),
            unclear=sum(row.done is None for row in rows),
        )
    )
    said += _by_group(question, rows)
    quoted = " ".join(
        f"{area_text(row.district, row.board, row.year, words.no_board)}: ”{one.citation.quote}” [{one.rank}]"
        for row, one in zip(rows, hits, strict=False)
    )
    return _limited(" ".join((*said, quoted)), question)


def overview_text(
    question: Question,
    reports: Sequence[ReportRecord],
    goals: Sequence[GoalStatusRow],
    examples: int,
    hits: Sequence[Hit],
) -> str:
    """Which report it is, how its goals are judged, how many good examples it has, and its summary in quotes."""
    words = phrases(question.language)
    said = [
        words.overview.format(label=", ".join(filter(None, (one.board, one.period or f"{one.type} {one.year or ''}"))))
        for one in reports
    ]
    if goals:
        counts = Counter(row.status or words.no_status for row in goals)
        listed = ", ".join(f"{status} {number}" for status, number in sorted(counts.items(), key=lambda c: -c[1]))
        said.append(words.overview_goals.format(rows=count(len(goals), words.goal), counts=listed))
    said.append(words.overview_examples.format(rows=count(examples, words.example)))
    quotes = " ".join(f"”{one.citation.quote}” [{one.rank}]" for one in hits)
    return " ".join((*said, words.passages, quotes)) if quotes else " ".join(said)


def reports_text(question: Question, reports: Sequence[ReportRecord]) -> str:
    """The reports that a question about many of them names."""
    words = phrases(question.language)
    shown = [_report_text(one, words) for one in reports[:REPORTS_TOLD]]
    listed, more = "; ".join(shown), len(reports) - len(shown)
    if more:
        listed = words.more_reports.format(list=listed, number=more)
    return _limited(words.reports_listed.format(reports=count(len(reports), words.report), list=listed), question)


def area_text(district: str | None, board: str | None, year: int | None, nobody: str, period: str | None = None) -> str:
    """Who and when: "Farsta 2022", "Farsta, Tertial 2 2022"."""
    who = district or board or nobody
    return f"{who}, {period}" if period else " ".join(filter(None, (who, str(year) if year else "")))


def _figure(value: float | str, unit: str | None) -> str:
    """A figure as Swedes write it: "7,3 %"."""
    if isinstance(value, str):
        return value
    number = f"{value:g}".replace(".", ",") if abs(value) < 1e6 else f"{value:.0f}"
    return f"{number} {unit}" if unit else number


def _limited(said: str, question: Question) -> str:
    kinds = [one.text.lower() for one in question.understood if one.field == "goal_kind"]
    limits = ", ".join((*kinds, *filter(None, [filters_text(question.filters)])))
    return f"{said} {phrases(question.language).filtered.format(filters=limits)}" if limits else said


def _denied(question: Question, rows: Sequence[MentionRow], coverage: Coverage, lacking: Sequence[ReportRecord]) -> str:
    """Who or which reports mention none of the names; then who does, with counts."""
    words = phrases(question.language)
    names = _list([a.name or a.text for a in question.names], words.or_)
    if not coverage.reports_searched:
        return words.no_reports.format(filters=_in_brackets(question.filters))
    if question.of_reports:
        without = [_report_text(one, words) for one in lacking]
    else:
        without = list(dict.fromkeys(w.district or w.board or words.no_board for w in coverage.without_mention))
    with_them = [f"{row.district or row.board or words.no_board} ({row.mentions})" for row in rows]
    said = words.denied if without else words.denied_none
    return said.format(
        names=names,
        list="; ".join(without) if question.of_reports else ", ".join(without),
        others=words.denied_others.format(list=", ".join(with_them)) if with_them else words.denied_no_others,
        searched=searched_sentence(question.language, coverage, question.filters),
    )


def _report_text(report: ReportRecord, words: Phrases) -> str:
    """A report in a list: "Farsta, Tertial 1 2021"."""
    said = report.period or f"{report.type} {report.year or ''}".strip()
    return f"{report.district or report.board or words.no_board}, {said}"


def _main(question: Question, rows: Sequence[MentionRow], coverage: Coverage) -> str:
    words = phrases(question.language)
    names = _list([a.name or a.text for a in question.names], words.and_ if question.all_names else words.or_)
    if question.all_names:
        names = words.both + names
    if question.without:
        names += words.but_not + _list([a.name or a.text for a in question.without], words.or_)
    if not coverage.reports_searched:
        return words.no_reports.format(filters=_in_brackets(question.filters))
    searched = searched_sentence(question.language, coverage, question.filters)
    if not rows:
        reports = count(coverage.reports_searched, words.report)
        if (question.all_names or question.without) and not question.of_reports:
            return words.no_combination.format(names=names, searched=searched)
        return words.no_mentions.format(names=names, reports=reports, searched=searched)
    districts = len({row.district for row in rows if row.district})
    boards = len({row.board for row in rows if not row.district})
    areas = [count(districts, words.district)] if districts else []
    areas += [count(boards, words.board)] if boards else []

    def named(row: MentionRow) -> str:
        one = row.reports[0].type if question.group == "report" else ""
        return f"{', '.join(filter(None, (row.district or row.board or words.no_board, one)))} ({row.mentions})"

    listed = "; ".join(
        (f"{year}: " if year is not None else "") + ", ".join(map(named, own))
        for year, own in groupby(rows, key=lambda row: row.year)
    )
    return words.mentions.format(
        areas=words.and_.join(areas),
        verb=words.mention_verb[districts + boards > 1],
        names=names,
        list=listed,
        mentions=count(sum(row.mentions for row in rows), words.mention),
        with_reports=count(sum(len(row.reports) for row in rows), words.report),
        searched=searched,
    )


def searched_sentence(language: Language, coverage: Coverage, filters: Filters) -> str:
    """What was searched, with the filters in force."""
    words = phrases(language)
    areas = [count(len(coverage.districts_searched), words.district)] if coverage.districts_searched else []
    boards = len({w.board for w in coverage.without_mention if w.district is None})
    if not areas:
        areas = [count(max(boards, 1), words.board)]
    said = words.searched.format(reports=count(coverage.reports_searched, words.report), scope=_list(areas, words.and_))
    limits = filters_text(filters)
    return f"{said} {words.filtered.format(filters=limits)}" if limits else said


def count(number: int, forms: tuple[str, str]) -> str:
    """A number with its noun: "1 rapport", "3 rapporter"."""
    return f"{number} {forms[0] if number == 1 else forms[1]}"


def filters_text(filters: Filters) -> str:
    """Filters in words: "Hässelby-Vällingby, 2021, verksamhetsplan"."""
    said: list[str] = []
    for values in (filters.district, filters.board, filters.type, filters.goal, filters.part, filters.status):
        said += list(values)
    said += [str(year) for year in filters.year] + list(filters.entity) + list(filters.report)
    if filters.from_year is not None or filters.to_year is not None:
        said.append(f"{filters.from_year or ''}–{filters.to_year or ''}")
    for values in (filters.exclude_district, filters.exclude_board, filters.exclude_type, filters.exclude_report):
        said += [f"≠ {value}" for value in values]
    said += [f"≠ {year}" for year in filters.exclude_year]
    return ", ".join(said)


def _in_brackets(filters: Filters) -> str:
    said = filters_text(filters)
    return f" ({said})" if said else ""


def _list(values: Sequence[str], last: str) -> str:
    unique = list(dict.fromkeys(values))
    return last.join([", ".join(unique[:-1]), unique[-1]]) if len(unique) > 1 else "".join(unique)

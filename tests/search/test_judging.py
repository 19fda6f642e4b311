"""Where the judgement of a goal is looked for, and what its heading with the judgement is as a passage."""

from dataclasses import replace
from typing import Any

import pytest

from search.archive import Archive
from search.catalogue import Catalogue
from search.judging import judging_paragraphs
from search.records import PassageRecord
from search.schema import Filters

ASKED = "Hur bedöms målet om trygga barn?"


@pytest.fixture
def catalogue(archive: Archive) -> Any:
    return archive._stores.catalogue


def passages(catalogue: Catalogue) -> list[PassageRecord]:
    every = [passage for report in catalogue.reports() for passage in catalogue.passages(report.key)]
    return [passage for passage in every if passage.kind == "paragraph"]


def test_the_first_paragraph_of_each_part_of_a_goal_may_judge_it(catalogue: Catalogue) -> None:
    every = passages(catalogue)
    found = judging_paragraphs(ASKED, every, catalogue)
    begun: dict[tuple[int, int, str | None], int] = {}
    for passage in every:
        begun.setdefault((passage.report_key, passage.section, passage.part), passage.key)
    assert found == frozenset(begun.values())
    assert 0 < len(found) < len(every)


def test_only_goals_of_the_candidates_count(catalogue: Catalogue) -> None:
    one = passages(catalogue)[0]
    (key,) = judging_paragraphs(ASKED, [one], catalogue)
    assert key == one.key


@pytest.mark.parametrize("query", ["fältassistenter på kvällen", "Hur stor andel av barnen är trygga?"])
def test_other_questions_look_for_no_judgement(catalogue: Catalogue, query: str) -> None:
    assert judging_paragraphs(query, passages(catalogue), catalogue) == frozenset()


def test_a_question_about_judgements_finds_the_heading_that_is_judged_first(archive: Archive) -> None:
    first = archive.search(ASKED).hits[0]
    assert first.text == "Barn växer upp tryggt\nUppfylls delvis"
    assert first.section.status == "Uppfylls delvis"
    assert first.citation.quote == "Barn växer upp tryggt"
    assert first.citation.lines == (1, 1)


def test_other_searches_find_what_stands_under_a_heading_before_it(archive: Archive) -> None:
    found = [hit for hit in archive.search("Lokalerna används väl, hyran").hits if hit.section.number == "3.1"]
    assert found[0].text.startswith("Hyran för lokalerna")
    assert "Lokalerna används väl\nUppfylls helt" in [hit.text for hit in found]


def test_a_goal_is_cited_by_the_heading_that_is_judged(archive: Archive) -> None:
    rows = archive.goals(Filters(goal=("1.4",)))
    assert [(row.status, row.citation.quote) for row in rows] == [
        ("Uppfylls delvis", "Barn växer upp tryggt"),
        (None, "Trygga uppväxtvillkor"),
    ]
    judged = archive.passage(rows[0].passage_id or "")
    assert judged.citation == rows[0].citation


def test_headings_are_quoted_in_no_answer_made_of_sentences(archive: Archive) -> None:
    answer = archive.ask("Hur används lokalerna?")
    assert "Lokalerna används väl" not in [hit.citation.quote for hit in answer.citations]


def test_a_name_in_a_judged_heading_is_counted_once(library: Any, open_archive: Any, new_draft: Any) -> None:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "tertialrapport 1", 2021)
    draft.goal("1.1", "Trefas når fler unga", "verksamhetsomradesmal", "Uppfylls helt")
    draft.text("Trefas har hjälpt tio unga vidare till arbete eller studier.")
    archive = open_archive()
    archive.ingest([library.add("f.txt", draft)])
    for question in ("Vilka stadsdelar nämner Trefas?", 'Vilka stadsdelar nämner "når fler unga"?'):
        (row,) = archive.ask(question).rows
        assert row.mentions == (2 if "Trefas" in question else 1)
    assert len(list(archive.export("mentions"))) == 1
    archive.reindex()
    assert archive.ask("Vilka stadsdelar nämner Trefas?").rows[0].mentions == 2


def test_a_report_read_before_judgements_were_passages_is_read_anew(
    library: Any, open_archive: Any, drafts: Any
) -> None:
    draft = drafts["hasselby"]()
    path = library.add("hv.txt", draft)
    (digest,) = library.parsed
    now = library.parsed[digest]
    kept = {place: index for index, place in enumerate(i for i, p in enumerate(now.passages) if p.kind != "goal")}
    library.parsed[digest] = replace(
        now,
        passages=tuple(now.passages[place] for place in kept),
        indicators=tuple(replace(row, passage=kept[row.passage]) for row in now.indicators),
        good_examples=tuple(replace(one, passages=tuple(kept[p] for p in one.passages)) for one in now.good_examples),
    )
    archive = open_archive()
    archive.ingest([path])
    before = {row["id"] for row in archive.export("passages")}
    assert archive.status().read_before == 1
    told = archive.check()
    assert told.ok
    assert [problem.kind for problem in told.problems] == ["old_reading"]
    library.parsed[digest] = now
    assert [report.status for report in archive.ingest([path]).reports] == ["replaced"]
    assert before < {row["id"] for row in archive.export("passages")}
    assert (archive.status().read_before, archive.check().problems) == (0, ())
    assert [report.status for report in archive.ingest([path]).reports] == ["unchanged"]

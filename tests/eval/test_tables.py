"""The scorer of table rows and good examples."""

from dataclasses import replace

from eval.gold import GoldActivity, GoldExample, GoldIndicator, load_activities
from eval.tables import name_digest, score_activities, score_good_examples, score_indicators
from ingest.report import Activity, GoodExample, Indicator, Passage

ROW = Indicator(
    section=0,
    goal_number="1.2",
    name="Antal båtar",
    values=(("Periodens utfall", "28 st"), ("Utfall män/pojkar", ""), ("Årsmål", "25 st")),
    note="Fler båtar.",
    value=None,
    men=None,
    women=None,
    previous=None,
    forecast=None,
    target=None,
    city_target=None,
    period=None,
    passage=0,
    line=7,
    page=None,
)
GOLD = GoldIndicator(
    line=7,
    goal_number="1.2",
    name="Antal båtar",
    values=(("Perio dens utfall", "28 st"), ("Utfall män/ pojkar", ""), ("Årsmål", "25 st")),
    note="Fler båtar.",
)


def test_the_same_row_is_right_in_all() -> None:
    scores = score_indicators([GOLD], [ROW])
    assert (scores.rows, scores.found, scores.cells, scores.goals, scores.notes) == (1, 1.0, 1.0, 1.0, 1.0)
    assert scores.errors == ()


def test_line_breaks_in_words_and_cells_do_not_count() -> None:
    torn = replace(
        ROW, name="Antal båt ar", note="Fler  båtar.", values=(("Periodens utfall", "28  st"), ("Årsmål", "25 st"))
    )
    assert score_indicators([GOLD], [torn]).errors == ()


def test_a_missing_row_is_wrong_in_all() -> None:
    scores = score_indicators([GOLD], [replace(ROW, name="Antal ekor")])
    assert (scores.found, scores.cells, scores.goals, scores.notes) == (0.0, 0.0, 0.0, 0.0)
    assert len(scores.errors) == 1


def test_cells_in_the_wrong_column_count_twice() -> None:
    moved = replace(ROW, values=(("Periodens utfall", ""), ("Utfall män/pojkar", "28 st"), ("Årsmål", "25 st")))
    assert score_indicators([GOLD], [moved]).cells == 1 / 3


def test_a_filled_cell_that_gold_leaves_out_is_wrong() -> None:
    extra = replace(ROW, values=(*ROW.values, ("Prognos helår", "30")))
    assert score_indicators([GOLD], [extra]).cells == 3 / 4


def test_wrong_goal_and_wrong_note_are_told() -> None:
    scores = score_indicators([GOLD], [replace(ROW, goal_number="1.3", note=None)])
    assert (scores.goals, scores.notes, len(scores.errors)) == (0.0, 0.0, 2)


def test_of_rows_with_one_name_the_goal_s_own_is_taken() -> None:
    other = replace(ROW, goal_number="3.1", line=8, note=None)
    assert score_indicators([GOLD], [other, ROW]).errors == ()


PASSAGE = Passage(0, None, None, "paragraph", "text", (), "text", (), (10, 12))


def gold_example(line: int, end_line: int) -> GoldExample:
    return GoldExample(line=line, end_line=end_line, goal_number=None, summary="", unit=None)


def example(line: int | None, end_line: int | None, *, explicit: bool = True) -> GoodExample:
    return GoodExample(0, None, "text", None, explicit, None, (0,), line, end_line, None)


def test_examples_are_found_by_overlap() -> None:
    gold = [gold_example(10, 12), gold_example(20, 20)]
    scores = score_good_examples(gold, [example(12, 14), example(30, 31), example(20, 20, explicit=False)], [PASSAGE])
    assert (scores.gold, scores.found, scores.recall, scores.precision) == (2, 1, 0.5, 0.5)
    assert scores.errors == ("rad 20–20 saknas", "rad 30–31 är inget gott exempel")


def test_an_example_without_lines_stands_where_its_passages_do() -> None:
    assert score_good_examples([gold_example(11, 11)], [example(None, None)], [PASSAGE]).recall == 1.0


TASK = Activity(
    section=0,
    goal_number="1.2",
    name="Laga  bryggan",
    start="2031-01-01",
    end="2031-12-31",
    deviation=None,
    note=None,
    passage=0,
    line=9,
    page=None,
)
GOLD_TASK = GoldActivity("900", 9, "1.2", "2031-01-01", "2031-12-31", name_digest("laga bryggan"))


def test_the_same_activity_is_right_in_all() -> None:
    scores = score_activities([GOLD_TASK], [TASK])
    assert (scores.rows, scores.found, scores.dates, scores.goals, scores.errors) == (1, 1.0, 1.0, 1.0, ())


def test_an_activity_with_a_wrong_date_and_goal_is_found_only() -> None:
    scores = score_activities([GOLD_TASK], [replace(TASK, end=None, goal_number="1.1")])
    assert (scores.found, scores.dates, scores.goals, len(scores.errors)) == (1.0, 0.0, 0.0, 2)


def test_deviation_and_comment_count_where_they_are_annotated() -> None:
    detailed = replace(GOLD_TASK, detailed=True, deviation="Avvikelse", note_sha256=name_digest("Ingen tid."))
    done = replace(TASK, deviation="Avvikelse", note="Ingen  tid.")
    assert score_activities([detailed, replace(GOLD_TASK, line=10)], [done, replace(TASK, line=10)]).details == 1.0
    scores = score_activities([detailed], [TASK])
    assert (scores.found, scores.details, len(scores.errors)) == (1.0, 0.0, 1)


def test_a_cut_name_or_another_line_is_another_activity() -> None:
    for other in (replace(TASK, name="Laga"), replace(TASK, line=10)):
        scores = score_activities([GOLD_TASK], [other])
        assert (scores.found, scores.dates, scores.goals) == (0.0, 0.0, 0.0)
        assert scores.errors == ("rad 9: aktiviteten saknas",)


def test_the_annotated_activities_are_whole() -> None:
    rows = load_activities()
    assert len({(row.report, row.line) for row in rows}) == len(rows) == 74
    assert all(len(row.name_sha256) == 64 and row.goal_number and row.start and row.end for row in rows)

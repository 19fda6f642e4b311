"""Comparing the searches and answers of two versions."""

from eval.same import FILES, differences, questions


def test_numbers_may_differ_by_rounding_and_nothing_else() -> None:
    before = {"hits": [{"score": 1.0, "id": "a", "rank": 1}], "total": 1}
    assert not list(differences(before, {"hits": [{"score": 1.0000001, "id": "a", "rank": 1}], "total": 1}))
    assert list(differences(before, {"hits": [{"score": 1.001, "id": "a", "rank": 1}], "total": 1})) == [
        "/hits/0/score"
    ]
    assert list(differences(before, {"hits": [{"score": 1.0, "id": "b", "rank": 2}], "total": 1})) == [
        "/hits/0/id",
        "/hits/0/rank",
    ]
    assert list(differences(before, {"hits": [], "total": 1})) == ["/hits"]
    assert list(differences(before, {"total": 1})) == [""]


def test_questions_are_taken_evenly_of_all_files() -> None:
    every, few = questions(10**6), questions(20)
    assert len(set(every)) == len(every) > 200
    assert 10 <= len(few) <= 20
    assert set(few) <= set(every)
    assert len(FILES) == 4

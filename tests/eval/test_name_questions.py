import json
import re
from pathlib import Path

from eval.name_questions import annotated_names

ALIAS_PAIRS = Path(__file__).parents[2] / "eval" / "data" / "alias_pairs.json"


def test_forty_names_in_three_phrasings_of_two_languages() -> None:
    annotated = annotated_names()
    assert len({name.name for name in annotated.names}) == 40
    assert {language: len(set(forms)) for language, forms in annotated.templates.items()} == {"sv": 3, "en": 3}


def test_the_plain_search_finds_every_spelling_that_is_asked_for() -> None:
    for name in annotated_names().names:
        assert len(name.forms) in (0, 3)
        for form in (name.name, *name.forms):
            assert re.search(name.pattern, form), (name.name, form)


def test_fifty_pairs_of_names() -> None:
    pairs = json.loads(ALIAS_PAIRS.read_text(encoding="utf-8"))
    assert len({(pair["a"], pair["b"]) for pair in pairs}) == 50
    assert 15 <= sum(pair["same"] for pair in pairs) <= 35
    assert all(("context_a" in pair) == ("context_b" in pair) for pair in pairs)

import json
import re
from pathlib import Path

import pytest

from eval.name_questions import NAMES, UNLISTED, annotated_names

DATA = Path(__file__).parents[2] / "eval" / "data"


@pytest.mark.parametrize("path", [NAMES, UNLISTED])
def test_forty_names_in_three_phrasings_of_two_languages(path: Path) -> None:
    annotated = annotated_names(path)
    assert len({name.name for name in annotated.names}) == 40
    assert {language: len(set(forms)) for language, forms in annotated.templates.items()} == {"sv": 3, "en": 3}


@pytest.mark.parametrize("path", [NAMES, UNLISTED])
def test_the_plain_search_finds_every_spelling_that_is_asked_for(path: Path) -> None:
    for name in annotated_names(path).names:
        assert len(name.forms) in (0, 3)
        for form in (name.name, *name.forms):
            assert re.search(name.pattern, form), (name.name, form)


@pytest.mark.parametrize("name", ["alias_pairs.json", "alias_pairs_2.json"])
def test_fifty_pairs_of_names(name: str) -> None:
    pairs = json.loads((DATA / name).read_text(encoding="utf-8"))
    assert len({(pair["a"], pair["b"]) for pair in pairs}) == 50
    assert 15 <= sum(pair["same"] for pair in pairs) <= 35
    assert all(("context_a" in pair) == ("context_b" in pair) for pair in pairs)

"""The words of the pages."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from api.language import Text, examples, text, texts

TEMPLATES = Path(__file__).parents[2] / "api/templates"


def test_every_text_has_both_languages() -> None:
    for key, one in texts().items():
        assert one.en, key
        assert one.sv or key == "footer.quotes"
    assert all(question.sv and question.en for group in examples() for question in group.questions)


def test_every_key_of_the_templates_exists() -> None:
    used = {key for file in TEMPLATES.glob("*.html") for key in re.findall(r"\bt\('([\w.]+)'[,)]", file.read_text())}
    assert used <= set(texts())
    assert len(used) > 50


def test_places_must_be_the_same_in_both_languages() -> None:
    with pytest.raises(ValidationError):
        Text(sv="{count} filer", en="{n} files")


def test_values_are_filled_in() -> None:
    assert text("sv", "reports.count", count=3) == "3 rapporter"
    with pytest.raises(KeyError):
        text("sv", "finns.inte")

"""The rule files follow their schema, and a broken one is refused."""

from pathlib import Path

import pytest
from pydantic import ValidationError

import ingest.rules as rules


def test_all_rules_load() -> None:
    assert rules.goal_rules().labels["namndmal"]
    assert rules.chapter_rules().chapters
    assert rules.furniture_rules().companions
    assert "och" in rules.language_rules().keep_hyphen_before
    assert rules.board_rules().districts["Östermalm"] == "Östermalms stadsdelsnämnd"
    assert rules.report_type_rules().titles


def test_unknown_keys_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "furniture.yaml").write_text("page_lines: []\nrepeated: []\ncompanions: []\nextra: 1\n")
    monkeypatch.setattr(rules, "DATA", tmp_path)
    with pytest.raises(ValidationError, match="extra"):
        rules.load("furniture", rules.FurnitureRules)


@pytest.mark.parametrize(("title", "expected"), [("1. En stad – för  alla!", "1 en stad för alla"), ("", "")])
def test_key(title: str, expected: str) -> None:
    assert rules.key(title) == expected

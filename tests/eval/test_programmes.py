"""The inventories of programmes written down here stand where they say in the reports."""

import re
from pathlib import Path

import pytest

from eval.gold import GoldProgram, load_programs

TEXTS = Path(__file__).parents[2] / "../shared/archive/text"


@pytest.mark.parametrize("report", sorted(load_programs()))
def test_every_line_has_the_name(report: str) -> None:
    if not TEXTS.is_dir():
        pytest.skip("texterna i ../shared saknas")
    (path,) = TEXTS.glob(f"{report}_*.txt")
    lines = path.read_text(encoding="utf-8").split("\n")
    for program in load_programs()[report]:
        assert program.lines, program.name
        assert all(_stands_in(lines[line - 1], program) for line in program.lines), program.name


def _stands_in(line: str, program: GoldProgram) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(variant)}(?!\w)", line) for variant in program.variants)

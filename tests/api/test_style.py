"""Colours of the pages have the contrast that WCAG 2.1 AA asks for, in light and dark mode."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "api/static/spana.css").read_text(encoding="utf-8")
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "wash"),
    ("ink", "warn"),
    ("quiet", "paper"),
    ("quiet", "card"),
    ("quiet", "wash"),
    ("accent", "paper"),
    ("accent", "card"),
    ("accent", "wash"),
    ("accent", "warn"),
    ("accent-ink", "accent"),
    ("mark-ink", "mark"),
    ("whole", "paper"),
    ("partial", "paper"),
    ("unmet", "paper"),
    ("whole", "card"),
    ("partial", "card"),
    ("unmet", "card"),
]


def colours(scheme: str) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[("light", "dark").index(scheme)]))


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(scheme: str, ink: str, ground: str) -> None:
    used = colours(scheme)
    one, two = sorted((luminance(used[ink]), luminance(used[ground])))
    assert (two + 0.05) / (one + 0.05) >= 4.5


def test_style_asks_no_other_site() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS


def test_focus_shows() -> None:
    assert ":focus-visible" in CSS
    assert "outline: none" not in CSS

"""Fixtures of the example archive."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from examples.render import Format, load_sources, render
from examples.source import Source

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def sources() -> tuple[Source, ...]:
    """Every example source, by name."""
    return load_sources(EXAMPLES / "sources")


@pytest.fixture(scope="session")
def archive() -> Path:
    """The folder with the rendered files."""
    return EXAMPLES / "archive"


@pytest.fixture(scope="session")
def rendered(sources: tuple[Source, ...]) -> Callable[[str, Format], bytes]:
    """Renders a source by id, each rendering once."""
    by_id = {source.id: source for source in sources}
    return cache(lambda source_id, format: render(by_id[source_id], format))

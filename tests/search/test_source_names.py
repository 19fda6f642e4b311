"""File names that are no text."""

import os
from pathlib import Path

import pytest

from search.sources import find_sources


def test_a_name_that_is_no_text_is_refused_and_stops_no_other(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/trasig\xff.txt")).write_bytes(b"Text")
    except OSError:
        pytest.skip("the file system takes only names that are text")
    (tmp_path / "hel\nrad.txt").write_bytes(b"Text")
    whole, broken = find_sources([tmp_path], tmp_path / "u", tmp_path / "s", keep=False)
    assert (whole.name, whole.error) == ("hel\nrad.txt", None)
    assert broken.name == "trasig\\xff.txt"
    assert broken.error is not None
    assert "döp om filen" in str(broken.error)
    str(broken.path).encode()

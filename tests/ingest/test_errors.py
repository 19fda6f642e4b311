"""Errors as people read them."""

from ingest.errors import IngestError


def test_an_error_is_one_line_whatever_the_file_is_called() -> None:
    error = IngestError("empty", "rad\nbrytning\x1b[31m\u202e\udcff.txt\xa0är tom")
    assert str(error) == "rad brytning\\x1b[31m\\u202e\\udcff.txt är tom"
    assert error.kind == "empty"

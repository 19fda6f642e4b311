"""The files that fuzzing begins from, and those it found faults with: each gives a sound report or one clear error."""

import zipfile
from pathlib import Path

import pytest

from eval.fuzz import Mutator, packed, unpacked, wrapped
from eval.soundness import faults
from ingest.errors import IngestError
from ingest.parse import parse_file
from ingest.zip_reader import unpack

SEEDS = Path(__file__).parent / "seeds"


def read(path: Path) -> list[str]:
    try:
        return faults(parse_file(path))
    except IngestError as error:
        line = str(error)
        return [] if line.startswith(path.name) and "\n" not in line else [line]


@pytest.mark.parametrize("path", sorted(SEEDS.iterdir()), ids=lambda path: path.name)
def test_seeds_are_read(path: Path, tmp_path: Path) -> None:
    if path.suffix == ".xml":
        body = tmp_path / "fil.docx"
        body.write_bytes(wrapped(path.read_bytes(), SEEDS / "rapport.docx"))
        path = body
    paths = [path]
    if path.suffix == ".zip":
        try:
            paths = [member.path for member in unpack(path, tmp_path) if member.path]
        except IngestError:
            paths = []
    assert [fault for each in paths for fault in read(each)] == []


def test_seeds_stay_small() -> None:
    assert sum(path.stat().st_size for path in SEEDS.iterdir()) < 300_000


def test_inputs_know_their_kind_and_stay_of_it() -> None:
    assert unpacked(packed(".pdf", b"%PDF")) == (".pdf", b"%PDF")
    assert unpacked(b"") == (".txt", b"")
    mutator = Mutator(SEEDS, lambda data, size: data[:size])
    for seed in range(60):
        changed = mutator.mutate(packed(".html", b"<p>ett\n<p>tv\xc3\xa5\n"), 400, seed)
        assert unpacked(changed)[0] == ".html"
        assert len(changed) <= 400


def test_a_body_is_packed_as_word_does(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(wrapped(b"<x/>", SEEDS / "rapport.docx"))
    with zipfile.ZipFile(path) as bundle:
        assert bundle.read("word/document.xml") == b"<x/>"
        assert "[Content_Types].xml" in bundle.namelist()

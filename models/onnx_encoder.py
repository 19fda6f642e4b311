"""e5-small in ONNX Runtime: the vectors of sentence-transformers in half the time, without its start and its memory."""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.data_file import DATA
from models.e5_convert import LATE_FILE
from models.readings import MAX_TOKENS, Reader, Reading, prompts_of, small_pieces
from models.word_spans import Span, WordSpans, is_plain

GRAPH = DATA / "encoder" / "graph.onnx"
"""Written by `models.encoder_graph`."""
RECORD = "fingerprint.json"
"""In a converted folder: its fingerprint, so that not every start must read all weights."""
WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"
HIDDEN, LAYERS, HEADS, WIDE, PLACES, NORM_EPSILON = 384, 12, 12, 1536, 512, 1e-12
"""Sizes of e5-small."""
PIECES_A_BATCH = 2048
"""Word pieces read at a time: bounds memory; texts of like length are read together."""
LEAST_A_BATCH = 256
"""Fewer are not worth a thread of their own."""
TOGETHER = 2
"""Threads that read a batch, as a query is, in half the time; the vectors are the same to the last bit."""
MANY = 4096
"""Pieces from which each batch has a thread of its own: together the threads would take a tenth more."""
WORDS = "embeddings.word_embeddings.weight"
"""Of its rows only those that are looked at are ever read."""
_FIRST = {
    WORDS: None,
    "embeddings.position_embeddings.weight": None,
    "embeddings.token_type_embeddings.weight": None,
    "embeddings.LayerNorm.weight": "first.weight",
    "embeddings.LayerNorm.bias": "first.bias",
}
_LAYER = {
    "attention.self.query": "joint",
    "attention.self.key": "joint",
    "attention.self.value": "joint",
    "attention.output.dense": "after",
    "attention.output.LayerNorm": "middle",
    "intermediate.dense": "wide",
    "output.dense": "narrow",
    "output.LayerNorm": "last",
}
"""Parts of a layer in the order of `BertModel`, and what the graph calls them."""
_CONFIG = {
    "model_type": "bert",
    "hidden_size": HIDDEN,
    "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS,
    "intermediate_size": WIDE,
    "max_position_embeddings": PLACES,
    "hidden_act": "gelu",
}
_MODULES = ("Transformer", "Pooling", "Normalize")

Array = NDArray[np.float32]


def shapes() -> dict[str, tuple[int, ...]]:
    """The graph's constants, whose values a folder's weights give."""
    found: dict[str, tuple[int, ...]] = {"places": (PLACES, HIDDEN), "first.weight": (HIDDEN,), "first.bias": (HIDDEN,)}
    sizes = {"joint": (HIDDEN, 3 * HIDDEN), "after": (HIDDEN, HIDDEN), "wide": (HIDDEN, WIDE), "narrow": (WIDE, HIDDEN)}
    for layer in range(LAYERS):
        for name, (entering, leaving) in sizes.items():
            found[f"{layer}.{name}.weight"] = (entering, leaving)
            found[f"{layer}.{name}.bias"] = (leaving,)
        for name in ("middle", "last"):
            found[f"{layer}.{name}.weight"] = found[f"{layer}.{name}.bias"] = (HIDDEN,)
    return found


def fits(folder: Path) -> bool:
    """Whether the folder holds e5-small, or a fine-tuning of it, as sentence-transformers writes it: 32-bit weights,
    the mean of the pieces, made to length 1."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        pooling = json.loads((folder / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
        header = _header(folder / WEIGHTS)[0]
    except (OSError, ValueError, KeyError):
        return False
    named = [str(module.get("type", "")).rpartition(".")[2] for module in modules]
    modes = [
        name for name, value in pooling.items() if name.startswith("pooling_mode") and value not in (False, "mean")
    ]
    return (
        {name: config.get(name) for name in _CONFIG} == _CONFIG
        and math.isclose(config.get("layer_norm_eps", 0.0), NORM_EPSILON, rel_tol=1e-6)
        and tuple(named) == _MODULES
        and modes in ([], ["pooling_mode_mean_tokens"])
        and all(header.get(name, {}).get("dtype") == "F32" for name in _names())
        and (folder / TOKENIZER).is_file()
    )


class OnnxEncoder(Reader):
    """An `Encoder` over a folder that `fits`. Safe for several threads."""

    def __init__(self, folder: Path, name: str, threads: int, record: Path | None = None) -> None:
        """`threads`: how many batches of passages are read at once. `record`: where to keep the fingerprint.

        Raises OSError, ValueError or RuntimeError for damaged files.
        """
        from tokenizers import Tokenizer

        self.name = name
        self._folder, self._record = folder, record
        self._threads = threads
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        self._words = WordSpans(self._tokenizer) if _ends_words(self._tokenizer) else None
        self._tensors = dict(_tensors(folder / WEIGHTS))
        self._session = _session(self._tensors, min(threads, TOGETHER))
        late = folder / LATE_FILE
        self._late: Array | None = np.load(late) if late.is_file() else None
        super().__init__(*prompts_of(_own_prompts(folder), name))

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return HIDDEN

    @property
    def reads_pieces(self) -> bool:
        """Whether the model was trained for late interaction."""
        return self._late is not None

    @property
    def tensors(self) -> Mapping[str, Array]:
        """The weights, by the names of `BertModel`."""
        return self._tensors

    def word_pieces(self, text: str, *, passage: bool) -> list[int]:
        """A query's or passage's own pieces as the encoder counts them, without prompt and marks."""
        prompt = self._passage_prompt if passage else self._query_prompt
        return list(self._tokenizer.encode(prompt + text).ids[self._pieces_before(prompt) : -1])

    def framed(self, pieces: Sequence[int], *, passage: bool) -> list[int]:
        """Pieces with the prompt and marks that the encoder reads them with."""
        ids = self._tokenizer.encode((self._passage_prompt if passage else self._query_prompt).strip()).ids
        return [*ids[:-1], *pieces, ids[-1]]

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits, the same as `TransformerEncoder` gives for the folder: the vectors are the same."""
        if self._record is None:
            return self._digest()
        now = [self._query_prompt, self._passage_prompt, *_versions(self._folder)]
        try:
            kept = json.loads(self._record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = None
        if isinstance(kept, list) and kept[:-1] == now and isinstance(kept[-1], str):
            return kept[-1]
        found = self._digest()
        with suppress(OSError):  # A home that cannot be written is read all the same.
            self._record.write_text(json.dumps([*now, found]), encoding="utf-8")
        return found

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for name in _names():
            tensor = self._tensors[name]
            digest.update(f"0.model.{name} {tensor.shape} torch.float32".encode())
            digest.update(np.ascontiguousarray(tensor).data)
        if self._late is not None:
            digest.update(self._late.tobytes())
        sample = self._tokenizer.encode("Åtgärder för äldre, 1 § ½ – LSS").ids
        settings = ["Transformer", "Poolingmean", "Normalize"]
        scheme = (settings, self._query_prompt, self._passage_prompt, MAX_TOKENS, sample)
        digest.update(repr(scheme).encode())
        return digest.hexdigest()[:16]

    def encode_passages(self, texts: Sequence[str]) -> Array:
        """(n, dimension), each row of length 1. Text beyond 512 tokens is not read."""
        return self._read(texts, self._passage_prompt).vectors

    # --- inside

    def _pieces_before(self, prompt: str) -> int:
        return len(self._tokenizer.encode(prompt.strip()).ids) - 1

    def piece_spans(self, texts: Sequence[str]) -> list[list[Span]]:
        """As every encoder's; texts of which each word is cut by itself take a tenth of the time."""
        plain = [text for text in texts if is_plain(text)] if self._words is not None else []
        if self._words is None or not plain:
            return super().piece_spans(texts)
        by_words = iter(self._words.of(plain, MAX_TOKENS - self._pieces_before(self._passage_prompt) - 1))
        whole = iter(super().piece_spans([text for text in texts if not is_plain(text)]))
        return [next(by_words if is_plain(text) else whole) for text in texts]

    def _offsets(self, texts: Sequence[str]) -> list[list[Span]]:
        return [encoding.offsets for encoding in self._tokenizer.encode_batch(list(texts))]

    def _read(self, texts: Sequence[str], prompt: str) -> Reading:
        """Of many texts each batch in a thread of its own, so that threads never wait for each other."""
        vectors = np.zeros((len(texts), HIDDEN), np.float32)
        first, pieces = self._pieces_before(prompt), [np.zeros((0, 0), np.int8)] * len(texts)
        encodings = self._tokenizer.encode_batch([prompt + text for text in texts]) if texts else []
        ids = [encoding.ids for encoding in encodings]

        def read(batch: Sequence[int], session: Any) -> None:
            for index, hidden in zip(batch, self._hidden([ids[index] for index in batch], session), strict=True):
                mean = hidden.mean(axis=0)
                vectors[index] = mean / max(float(np.linalg.norm(mean)), 1e-12)
                if self._late is not None:
                    pieces[index] = small_pieces(hidden[first:-1], self._late)

        lengths = [len(one) for one in ids]
        share = max(LEAST_A_BATCH, sum(lengths) // self._threads)
        batches = list(_batches(lengths, min(PIECES_A_BATCH, share)))
        if sum(lengths) >= MANY and len(batches) > 1 and self._threads > 1:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(read, batches, repeat(self._alone)))
        else:
            for batch in batches:
                read(batch, self._session)
        return Reading(vectors, None if self._late is None else tuple(pieces))

    @cached_property
    def _alone(self) -> Any:
        """What reads a batch in one thread; 85 MB that only those who read many passages need."""
        return _session(self._tensors, 1)

    def _hidden(self, ids: Sequence[Sequence[int]], session: Any) -> Iterator[Array]:
        """(pieces, dimension) of each text."""
        longest = max(len(one) for one in ids)
        words = np.zeros((len(ids), longest, HIDDEN), np.float32)
        mask = np.zeros((len(ids), longest), np.int32)
        for row, one in enumerate(ids):
            words[row, : len(one)] = self._tensors[WORDS][one]
            mask[row, : len(one)] = 1
        hidden: Array = session.run(None, {"words": words, "mask": mask})[0]
        for row, one in enumerate(ids):
            yield hidden[row, : len(one)]


def _batches(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Texts of like length together, the longest first, with `most` pieces at a time."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > most:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _names() -> list[str]:
    """The names of `BertModel`'s tensors that vectors rest on, and its unused pooler's, in its order."""
    layers = [
        f"encoder.layer.{layer}.{part}.{kind}"
        for layer in range(LAYERS)
        for part in _LAYER
        for kind in ("weight", "bias")
    ]
    return [*_FIRST, *layers, "pooler.dense.weight", "pooler.dense.bias"]


def _header(path: Path) -> tuple[dict[str, Any], int]:
    """A safetensors file's header, and where the tensors begin."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        return json.loads(file.read(length)), 8 + length


def _tensors(path: Path) -> Iterator[tuple[str, Array]]:
    """The tensors as views of the file: of the word embeddings, only the rows that are looked at are ever read."""
    header, begin = _header(path)
    for name in _names():
        start, shape = header[name]["data_offsets"][0], tuple(header[name]["shape"])
        yield name, np.memmap(path, np.float32, "r", begin + start, shape)


def _session(tensors: dict[str, Array], threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # A thread that spins while it waits takes the processor from those that search.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    values = {name: onnxruntime.OrtValue.ortvalue_from_numpy(value) for name, value in constants(tensors)}
    options.add_external_initializers(list(values), list(values.values()))
    return onnxruntime.InferenceSession(GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])


def constants(tensors: Mapping[str, Array]) -> Iterator[tuple[str, Array]]:
    """The graph's constants, in its shapes (in × out), layer by layer."""
    places = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    yield "places", np.ascontiguousarray(places)
    yield from ((own, np.array(tensors[name])) for name, own in _FIRST.items() if own is not None)
    for layer in range(LAYERS):
        for own in dict.fromkeys(_LAYER.values()):
            parts = [part for part, name in _LAYER.items() if name == own]
            for kind in ("weight", "bias"):
                joint = np.concatenate([tensors[f"encoder.layer.{layer}.{part}.{kind}"] for part in parts])
                yield f"{layer}.{own}.{kind}", np.ascontiguousarray(joint.T)


def _versions(folder: Path) -> list[list[int]]:
    """Sizes and times of the files that vectors rest on; a folder need not have the last one."""
    stats = [(folder / name).stat() for name in (WEIGHTS, TOKENIZER, LATE_FILE) if (folder / name).is_file()]
    return [[stat.st_size, stat.st_mtime_ns] for stat in stats]


def _ends_words(tokenizer: Any) -> bool:
    """Whether white space ends a word for a tokenizer, whatever stands around it."""
    from tokenizers.pre_tokenizers import Sequence as Steps
    from tokenizers.pre_tokenizers import WhitespaceSplit

    steps = tokenizer.pre_tokenizer
    return isinstance(steps[0] if isinstance(steps, Steps) else steps, WhitespaceSplit)


def _own_prompts(folder: Path) -> dict[str, str]:
    file = folder / "config_sentence_transformers.json"
    return json.loads(file.read_text(encoding="utf-8")).get("prompts") or {} if file.is_file() else {}

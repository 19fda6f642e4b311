"""Speed and memory of the pipeline of names: `python -m eval speed`.

Sentences are those of the reports' passages, as `models.sentences` cuts them, headings and cells included. Processor
seconds count both cores; wall seconds need a machine that does nothing else.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from eval.figure import Figure
from eval.memory import peak_memory_mb
from ingest.parse import parse_file

WANTED = 150.0
"""Sentences a second on two cores that the project asks for."""
TOGETHER = 256


def measure(paths: Sequence[Path], threads: int) -> Iterator[Figure]:
    """Loading, then each way through the texts, once."""
    before = peak_memory_mb()
    began = time.perf_counter()
    from models.ner.choice import NoTagger
    from models.ner.tagger import OnnxTagger
    from models.pipeline import annotate, load_pipeline
    from models.registry import load_registry
    from models.sentences import sentences

    tagger, registry = OnnxTagger(threads=threads), load_registry()
    nlp = load_pipeline(registry, tagger)
    list(nlp.pipe(["Trefas finns i Farsta."]))
    yield Figure("namn, tid", "att ladda, sekunder", time.perf_counter() - began)
    loaded = peak_memory_mb()
    texts = [passage.text for path in paths for passage in parse_file(path).passages]
    every = [text[start:end] for text in texts for start, end in sentences(text)]
    yield Figure("namn, tid", "meningar", float(len(every)), None, f"({len(texts)} stycken)")

    def rate(way: str, run: Callable[[], object], target: float | None = None) -> Figure:
        wall, work = time.perf_counter(), time.process_time()
        run()
        wall, work = time.perf_counter() - wall, time.process_time() - work
        note = f"({len(every) / work:.0f} en processorsekund, {threads} trådar)"
        return Figure("namn, tid", f"{way}, meningar i sekunden", len(every) / wall, target, note)

    def rules() -> None:
        list(annotate(texts, registry, NoTagger()))

    def ungated() -> None:
        rules()
        tagger.tag(every)

    yield rate("register, mönster och länkning, ingen modell", rules)
    yield rate("hela kedjan", lambda: list(annotate(texts, registry, tagger)), WANTED)
    yield rate("hela kedjan med spaCys ord", lambda: list(nlp.pipe(texts, batch_size=TOGETHER)), WANTED)
    yield rate("hela kedjan, varje mening läst av modellen", ungated, WANTED)
    yield Figure("namn, minne", "högst, MB", peak_memory_mb(), None, f"({before:.0f} före, {loaded:.0f} laddad)")

"""`python -m eval quality`, `bench`, `names`, `speed`, `compounds`, `fuzz`, `training` and others."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Mät spanas kvalitet, tid och minne.")
Shared = Annotated[Path, typer.Option(help="Mapp med facit (gold/) och riktiga rapporter (archive/).")]
Json = Annotated[bool, typer.Option("--json", help="Skriv JSON.")]
DEFAULT_SHARED = Path("../shared")


@app.command()
def quality(
    shared: Shared = DEFAULT_SHARED,
    home: Annotated[Path, typer.Option(help="Mapp för mätningens index.")] = Path(".cache/eval"),
    as_json: Json = False,
) -> None:
    """Mät mot facit: struktur, tabeller, namn, sökning, svar."""
    from eval.figure import rows, table
    from eval.quality import measure

    figures = measure(shared, home, lambda line: print(line, file=sys.stderr))
    print(json.dumps(rows(figures), ensure_ascii=False, indent=1) if as_json else table(figures))


@app.command()
def bench(
    paths: Annotated[list[Path] | None, typer.Argument(help="Filer och mappar att läsa in.")] = None,
    shared: Shared = DEFAULT_SHARED,
    workers: Annotated[int, typer.Option(min=1, help="Processer som läser filer.")] = 1,
    as_json: Json = False,
) -> None:
    """Mät tid och minne: inläsning, uppstart, sökning. Utan PATHS: de riktiga rapporterna, annars exempelarkivet."""
    from eval.bench import run

    real = shared / "archive" / "text"
    result = run(paths or [real if real.is_dir() else Path("examples/archive")], workers=workers)
    if as_json:
        print(result.model_dump_json(indent=1))
    else:
        for name, value in result:
            print(f"{name:26} {value if not isinstance(value, float) else round(value, 2)}")


@app.command()
def same(
    home: Annotated[Path, typer.Argument(help="Arkiv att fråga.")],
    file: Annotated[Path, typer.Argument(help="Svaren: skrivs när den saknas, jämförs annars med svaren nu.")],
    questions: Annotated[int, typer.Option(min=1, help="Så många av de undanhållna frågorna.")] = 120,
) -> None:
    """Jämför sökningar och svar mellan två versioner av spana: samma träffar, poäng och markeringar."""
    from eval.same import answers, differences

    now = answers(home, questions)
    if not file.exists():
        file.write_text(json.dumps(now, ensure_ascii=False), encoding="utf-8")
        print(f"{len(now)} sökningar och svar skrivna i {file}")
        return
    found = list(differences(json.loads(file.read_text(encoding="utf-8")), json.loads(json.dumps(now))))
    print("\n".join([*found, f"{len(now)} sökningar och svar, {len(found)} skillnader"]))
    raise typer.Exit(1 if found else 0)


@app.command()
def fuzz(
    out: Annotated[Path, typer.Argument(help="Mapp för fynd, korpus och logg.")],
    seeds: Annotated[Path, typer.Option(help="Mapp med filer att börja från.")] = Path("tests/ingest/seeds"),
    minutes: Annotated[float, typer.Option(min=0.1, help="Så länge.")] = 20.0,
) -> None:
    """Mata läsarna med förvanskade filer (kräver atheris). Fynden läggs i OUT/found."""
    from eval.fuzz import fuzz as run

    found = run(seeds, out, minutes=minutes)
    print(f"{found.runs} filer lästa, {len(found.files)} fynd")
    print("\n".join(found.files))
    raise typer.Exit(1 if found.files else 0)


@app.command()
def scale(
    passages: Annotated[int, typer.Argument(min=1000, help="Påhittade stycken.")] = 100_000,
    as_json: Json = False,
) -> None:
    """Mät vektorlagret med så många påhittade stycken (jämförelsen kräver bm25s)."""
    from eval.scale import run

    _show(run(passages, lambda line: print(line, file=sys.stderr)), as_json)


@app.command(name="large-archive")
def large_archive(
    home: Annotated[Path, typer.Argument(help="Arkiv vars rapporter kopieras; det lämnas som det är.")],
    passages: Annotated[int, typer.Argument(min=1000, help="Ungefär så många stycken.")] = 100_000,
    keep: Annotated[Path | None, typer.Option(help="Mapp att bygga i och behålla, eller en byggd.")] = None,
    share_pieces: Annotated[bool, typer.Option(help="Dela orddelar mellan kopiorna: 13 GB mindre.")] = False,
    as_json: Json = False,
) -> None:
    """Mät hela sökningar och svar i ett stort arkiv, med våra egna frågor."""
    from eval.large_archive import run
    from eval.retrieval import held_out

    questions = [query.text for queries in held_out().values() for query in queries]
    result = run(
        home,
        passages,
        questions,
        lambda line: print(line, file=sys.stderr),
        keep=keep,
        share_pieces=share_pieces,
    )
    _show(result, as_json)


def _show(result: BaseModel, as_json: bool) -> None:
    if as_json:
        print(result.model_dump_json(indent=1))
    else:
        for name, value in result:
            print(f"{name:32} {value if not isinstance(value, float) else round(value, 2)}")


@app.command()
def training(
    out: Annotated[Path, typer.Argument(help="Fil för exemplen (JSON Lines).")],
    shared: Shared = DEFAULT_SHARED,
    home: Annotated[Path, typer.Option(help="Mapp med språkmodellen.")] = Path(".cache/eval"),
) -> None:
    """Skriv exempel att träna sökningens språkmodell på, av våra frågor och texterna i SHARED."""
    from eval.training import own_examples
    from models.encoder import load_encoder
    from models.retriever.examples import write_examples

    print(f"{write_examples(own_examples(shared, load_encoder(home)), out)} exempel")


@app.command()
def judging(
    home: Annotated[Path, typer.Argument(help="Arkiv med de rapporter som frågorna gäller.")],
    out: Annotated[Path, typer.Argument(help="Fil för exemplen.")],
) -> None:
    """Skriv exempel att träna svarsbedömningen på, av våra frågor och rapporterna i HOME."""
    from eval.judging import Judging
    from models.judge.examples import write_examples
    from search.settings import Settings
    from search.stores import Stores
    from search.toolkit import ModelToolkit

    settings = Settings(home=home)
    stores, encoder = Stores(settings), ModelToolkit(settings).encoder
    try:
        made = Judging(stores.catalogue, stores.vectors(encoder), encoder).examples()
        print(f"{write_examples(made, out)} exempel")
    finally:
        stores.close()


@app.command()
def topics(home: Annotated[Path, typer.Argument(help="Arkiv med rapporterna 000, 002, 003 och 004.")]) -> None:
    """Mät vilka goda exempel som visas för ett ämne."""
    from eval.example_topics import measure
    from eval.figure import table

    print(table(list(measure(home))))


@app.command()
def refusals(
    home: Annotated[Path, typer.Argument(help="Arkiv med de rapporter som frågorna gäller.")],
    shared: Shared = DEFAULT_SHARED,
    as_json: Json = False,
) -> None:
    """Mät hur väl likhet och svarsbedömning skiljer frågor med svar från frågor utan, för olika vikter."""
    from eval.figure import rows, table
    from eval.refusals import asked_questions, figures
    from search.settings import Settings
    from search.stores import Stores
    from search.toolkit import ModelToolkit

    settings = Settings(home=home)
    stores = Stores(settings)
    try:
        found = list(figures(asked_questions(stores, ModelToolkit(settings), shared)))
    finally:
        stores.close()
    print(json.dumps(rows(found), ensure_ascii=False, indent=1) if as_json else table(found))


@app.command()
def twins(home: Annotated[Path, typer.Argument(help="Arkiv med rapporterna 001, 002 och 004.")]) -> None:
    """Mät hur svar skiljer tvillingfrågor åt, av vilka rapporten besvarar den ena."""
    from eval.figure import table
    from eval.twins import measure
    from search.archive import Archive
    from search.settings import Settings

    with Archive(Settings(home=home)) as archive:
        print(table(list(measure(archive))))


@app.command()
def compounds(as_json: Json = False) -> None:
    """Mät delningen av sammansatta ord på 200 annoterade ord."""
    from eval.compounds import compound_figures
    from eval.figure import rows, table

    figures = compound_figures()
    print(json.dumps(rows(figures), ensure_ascii=False, indent=1) if as_json else table(figures))


@app.command()
def names(
    shared: Shared = DEFAULT_SHARED,
    model: Annotated[str | None, typer.Option(help="Namnmodell i stället för den egna, som i SPANA_NER_MODEL.")] = None,
    weights: Annotated[Path | None, typer.Option(help="Mapp med en egen exporterad modell.")] = None,
    as_json: Json = False,
) -> None:
    """Mät namn: modellen ensam, utan register och hela kedjan, på facit, kommunal text och korpusar."""
    from eval.figure import rows, table
    from eval.names import measure
    from models.ner.choice import load_tagger
    from models.ner.tagger import OnnxTagger

    figures = list(measure(shared, OnnxTagger(weights) if weights else load_tagger(model)))
    print(json.dumps(rows(figures), ensure_ascii=False, indent=1) if as_json else table(figures))


@app.command()
def speed(
    shared: Shared = DEFAULT_SHARED,
    threads: Annotated[int, typer.Option(min=1, help="Trådar för namnmodellen.")] = 2,
    as_json: Json = False,
) -> None:
    """Mät namnkedjans fart, laddning och minne på de riktiga rapporterna, annars exempelarkivet."""
    from eval.figure import rows, table
    from eval.speed import measure

    real = sorted((shared / "archive" / "text").glob("*.txt"))
    figures = list(measure(real or sorted(Path("examples/archive").glob("*.txt")), threads))
    print(json.dumps(rows(figures), ensure_ascii=False, indent=1) if as_json else table(figures))


@app.command()
def answers(
    home: Annotated[Path, typer.Argument(help="Arkiv med de rapporter som frågorna gäller.")],
    shared: Shared = DEFAULT_SHARED,
    as_json: Json = False,
) -> None:
    """Mät svar: mål och siffror rätt i rader eller första källan, och att varje citat står i sin källa."""
    from eval.answers import HELD_OUT, load_asked, measure
    from eval.figure import rows, table
    from ingest.quote import fold
    from search.archive import Archive
    from search.settings import Settings

    texts = {path.name: fold(path.read_text("utf-8")) for path in (shared / "archive" / "text").glob("*.txt")}
    sets = {"guld": tuple(sorted((shared / "gold").glob("*.queries.json"))), **HELD_OUT}
    with Archive(Settings(home=home)) as archive:
        figures = [one for name, paths in sets.items() for one in measure(archive, name, load_asked(paths), texts)]
    print(json.dumps(rows(figures), ensure_ascii=False, indent=1) if as_json else table(figures))


@app.command(name="figure-weights")
def figure_weights(
    homes: Annotated[list[Path], typer.Argument(help="Arkiv med de rapporter som våra egna frågor gäller.")],
    shared: Shared = DEFAULT_SHARED,
    write: Annotated[bool, typer.Option("--write", help="Skriv vikterna till search/data.")] = False,
    as_json: Json = False,
) -> None:
    """Lär vikterna för svar om siffror av våra egna frågor, och mät dem korsvis."""
    from eval.figure import rows, table
    from eval.figure_weights import as_yaml, examples, figure_questions, figures, learn
    from search.data_files import FOLDER
    from search.settings import Settings
    from search.stores import Stores
    from search.toolkit import ModelToolkit

    found = []
    for home in homes:
        settings = Settings(home=home)
        stores = Stores(settings)
        try:
            found += list(examples(stores, ModelToolkit(settings), figure_questions(shared)))
        finally:
            stores.close()
    told = list(figures(found))
    print(json.dumps(rows(told), ensure_ascii=False, indent=1) if as_json else table(told))
    learned = as_yaml(learn(found))
    if write:
        (FOLDER / "figure_weights.yaml").write_text(learned, encoding="utf-8")
    print(learned)


if __name__ == "__main__":
    app()

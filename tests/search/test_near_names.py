"""Vectors of names: made when reports are read, kept, and made again where they are missing."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import delete

from models.encoder import Encoder
from search import tables as t
from search.archive import Archive
from search.name_vector_store import NameVectorStore
from search.near_names import NameVectors, beside_names, nearest_names, shared_words
from search.settings import Settings
from search.toolkit import ModelToolkit

QUESTION = "Hur bedöms målet om en trygg förskola?"


@pytest.fixture
def embedded(toolkit: ModelToolkit, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are embedded from now on."""
    asked: list[str] = []
    encode = toolkit.encoder.encode_passages

    def counting(_: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return encode(texts)

    monkeypatch.setattr(type(toolkit.encoder), "encode_passages", counting)
    return asked


def _kept(archive: Archive) -> set[str]:
    catalogue = archive._stores.catalogue
    return set(NameVectorStore(catalogue, str(catalogue.get_meta("fingerprint"))).get(catalogue.table_names()))


def test_ingest_keeps_the_vectors_of_every_name(archive: Archive) -> None:
    names = set(archive._stores.catalogue.table_names())
    assert names == {row.name for row in archive.indicators()} | {row.goal.title for row in archive.goals()}
    assert names
    assert _kept(archive) == names


def test_a_question_embeds_no_name_that_is_kept(
    archive: Archive, toolkit: ModelToolkit, tmp_path: Path, embedded: list[str]
) -> None:
    before = archive.ask(QUESTION)
    archive.close()
    with Archive(Settings(home=tmp_path / "hem"), toolkit) as again:
        answer = again.ask(QUESTION)
        titles = set(again._stores.catalogue.table_names())
    assert titles.isdisjoint(embedded)
    assert answer.model_copy(update={"took_ms": 0.0}) == before.model_copy(update={"took_ms": 0.0})


def test_a_home_made_before_gets_its_vectors_when_asked(
    archive: Archive, toolkit: ModelToolkit, embedded: list[str]
) -> None:
    catalogue = archive._stores.catalogue
    with catalogue.writing() as db:
        db.execute(delete(t.name_vectors))
    names = catalogue.table_names()[:3]
    first = NameVectors(lambda: catalogue).of(names, toolkit.encoder)
    assert embedded == names
    again = NameVectors(lambda: catalogue).of(names, toolkit.encoder)
    assert embedded == names
    assert np.array_equal(first, again)
    archive.check()
    assert _kept(archive) == set(catalogue.table_names())


def test_vectors_go_with_the_last_report_that_has_the_name(archive: Archive) -> None:
    for report in archive.reports():
        archive.remove(report.id)
    with archive._stores.catalogue.reading() as db:
        assert db.execute(t.name_vectors.select()).all() == []


@pytest.mark.parametrize("other", [["Sjukfrånvaro"], ["Sjukfrånvaro", "Andel nöjda hyresgäster", "Nöjda brukare"]])
def test_words_are_weighed_by_the_names_at_hand(other: list[str]) -> None:
    shares = shared_words("hur hög är sjukfrånvaron", other, english=False)
    assert list(shares) == other
    assert shares["Sjukfrånvaro"] > 0.5
    assert all(share == 0.0 for name, share in shares.items() if name != "Sjukfrånvaro")


@pytest.mark.parametrize(
    ("query", "compared"),
    [
        ("Andel nöjda gäster?", "andel nöjda gäster?"),
        ("Hur stor är andelen?", "Hur stor är andelen?"),
        ("andel", "andel"),
        ("", ""),
    ],
)
def test_a_question_keeps_its_capital_unless_a_name_begins_so(query: str, compared: str) -> None:
    assert beside_names(query, ["Andel nöjda gäster", "Sjukfrånvaro"]) == compared


def test_nothing_is_compared_when_no_name_shares_enough(toolkit: ModelToolkit, embedded: list[str]) -> None:
    names = ["Andel nöjda gäster", "Sjukfrånvaro"]
    assert not nearest_names("nya cyklar", names, NameVectors(), toolkit.encoder, english=False, least=0.3)
    assert not embedded
    found = nearest_names("nöjda gäster", names, NameVectors(), toolkit.encoder, english=False, least=0.3)
    assert [one.name for one in found] == names
    assert embedded[0] == names[0]

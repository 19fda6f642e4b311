"""Word pieces in the catalogue, and kept for one question."""

from pathlib import Path
from typing import Any

import numpy as np

from models.readings import PIECE_DIMENSION
from search.archive import Archive
from search.piece_store import PieceStore
from search.settings import Settings


def test_a_store_that_keeps_reads_each_passage_once(tmp_path: Path, library: Any, new_draft: Any, toolkit: Any) -> None:
    draft = new_draft("Farsta", "Farsta stadsdelsnämnd", "verksamhetsplan", 2023).goal("1.1", "Skolan är trygg")
    draft.text("Barnen trivs i skolan. De går dit med glädje.")
    draft.subheading("Hemtjänst")
    draft.text("Hemtjänsten har fått fler besök än förra året, mest på kvällarna.")
    with Archive(Settings(home=tmp_path / "hem"), toolkit) as archive:
        archive.ingest([library.add("farsta.txt", draft)])
        catalogue = archive._stores.catalogue
        report = catalogue.reports()[0].key
        first, *_, last = catalogue.passage_keys(report)
        old, new = (np.full((2, PIECE_DIMENSION), value, np.int8) for value in (1, 2))
        plain, keeping = (PieceStore(catalogue, "0" * 16, keep=keep) for keep in (False, True))
        plain.put(report, {first: old})
        assert np.array_equal(keeping.get([last, first])[first], old)
        plain.put(report, {first: new, last: new})
        assert np.array_equal(plain.get([first])[first], new)
        assert np.array_equal(keeping.get([first])[first], old)
        assert keeping.get([last, first]).keys() == {last, first}
        assert not PieceStore(catalogue, "1" * 16).get([first])

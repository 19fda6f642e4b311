"""Models that cannot be loaded are errors a user can read."""

from pathlib import Path

import pytest

from search.errors import ModelError
from search.settings import Settings
from search.toolkit import ModelToolkit


def test_encoder_that_is_no_model_is_named_with_the_next_step(tmp_path: Path) -> None:
    folder = tmp_path / "ingen-modell"
    folder.mkdir()
    toolkit = ModelToolkit(Settings(home=tmp_path, embedding_model=str(folder)))
    with pytest.raises(ModelError, match=r"ingen-modell.*SPANA_EMBEDDING_MODEL"):
        toolkit.encoder  # noqa: B018 - loading is what fails


def test_model_of_names_that_is_no_model_is_named_with_the_next_step(tmp_path: Path) -> None:
    folder = tmp_path / "ingen-modell"
    folder.mkdir()
    toolkit = ModelToolkit(Settings(home=tmp_path, ner_model=str(folder)))
    with pytest.raises(ModelError, match=r"ingen-modell.*SPANA_NER_MODEL"):
        toolkit.tagger  # noqa: B018 - loading is what fails

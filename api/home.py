"""What every command shares: the home folder and the archive that is opened in it."""

import contextlib
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from search.archive import Archive
    from search.settings import Settings


@dataclass(frozen=True, slots=True)
class Home:
    """Where one run of the program works."""

    folder: Path | None = None
    """From `--home`; None leaves it to SPANA_HOME and the platform's folder."""


def load_settings(home: Path | None) -> "Settings":
    """The settings of this run. Raises search.errors.UsageError for a variable that cannot be understood."""
    from pydantic import ValidationError

    from search.errors import UsageError
    from search.settings import Settings

    try:
        return Settings(home=home) if home else Settings()
    except ValidationError as error:
        name = "SPANA_" + "_".join(str(part) for part in error.errors()[0]["loc"]).upper()
        raise UsageError(
            f"Inställningen {name} har ett värde som inte kan användas; rätta den eller ta bort den."
        ) from None


def open_archive(home: Path | None) -> "Archive":
    """The archive in `home`; a context manager."""
    settings = load_settings(home)  # before the archive's heavy imports: wrong settings are told at once
    from search.archive import Archive

    return Archive(settings)


@contextlib.contextmanager
def archive(ctx: typer.Context) -> Iterator["Archive"]:
    """The archive of a command, closed at its end. What libraries print meanwhile goes to standard error."""
    quiet()
    with contextlib.redirect_stdout(sys.stderr), open_archive(ctx.obj.folder) as opened:
        yield opened


def quiet() -> None:
    """Keep libraries from talking."""
    for name in ("HF_HUB_DISABLE_PROGRESS_BARS", "HF_HUB_DISABLE_TELEMETRY", "TQDM_DISABLE"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    warnings.simplefilter("ignore")
    logging.getLogger().setLevel(logging.ERROR)

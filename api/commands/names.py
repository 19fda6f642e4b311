"""`spana entities merge …`: what people say of names, kept as data."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from api.format import emit, say
from api.home import archive
from api.table import print_table

if TYPE_CHECKING:
    from search.archive import Archive
    from search.views import NameCorrection

FORMS = {
    "merge": "merge NAMN ANNAT",
    "split": "split NAMN SKRIVSÄTT",
    "rename": "rename NAMN NYTT",
    "label": "label NAMN SLAG",
    "hide": "hide NAMN",
    "list": "list",
    "export": "export FIL",
    "import": "import FIL",
}
"""Each action with what follows it."""
WORDS = {"merge": 2, "split": 2, "rename": 2, "label": 2, "hide": 1, "list": 0, "export": 1, "import": 1}


def correct(ctx: typer.Context, words: Sequence[str], undo: bool, as_json: bool) -> None:
    """Do what the words of the command say. Raises search.errors.UsageError."""
    from search.errors import UsageError

    action, *rest = words
    if action not in FORMS or len(rest) != WORDS[action] or (undo and action in ("list", "export", "import")):
        raise UsageError(f"Skriv ett av: {'; '.join(f'spana entities {form}' for form in FORMS.values())}.")
    # What is told is printed outside, where standard output is the user's again.
    with archive(ctx) as opened:
        if action == "list":
            tell = _list(opened, as_json)
        elif action == "export":
            tell = _write(opened, Path(rest[0]))
        elif action == "import":
            tell = _read(opened, Path(rest[0]))
        else:
            name, value = rest[0], rest[1] if len(rest) > 1 else None
            value = value.upper() if action == "label" and value else value
            said = (opened.withdraw if undo else opened.correct)(action, name, value)
            line = f"{'Återtaget' if undo else 'Rättat'}: {_text(said)}"
            tell = partial(emit, said, as_json, partial(say, line))
    tell()


def _list(opened: "Archive", as_json: bool) -> Callable[[], None]:
    from api.shapes import CorrectionList

    found = opened.corrections()
    rows = [(one.action, one.name, one.value or "", one.made_at) for one in found]
    table = partial(print_table, ("Rättelse", "Namn", "Till", "När"), rows)
    return partial(emit, CorrectionList(corrections=tuple(found), total=len(found)), as_json, table)


def _write(opened: "Archive", path: Path) -> Callable[[], None]:
    import yaml

    rows = [one.model_dump() for one in opened.corrections()]
    path.write_text(yaml.safe_dump({"corrections": rows}, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return partial(say, f"{len(rows)} rättelser skrivna till {path}")


def _read(opened: "Archive", path: Path) -> Callable[[], None]:
    import yaml
    from pydantic import ValidationError

    from api.shapes import CorrectionFile
    from search.errors import UsageError

    try:
        given = CorrectionFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError, ValidationError):
        raise UsageError(f"{path} är ingen fil med rättelser; skriv en med spana entities export FIL.") from None
    return partial(say, f"{opened.add_corrections(given.corrections)} nya rättelser av {len(given.corrections)}")


def _text(said: "NameCorrection") -> str:
    return " ".join(filter(None, (said.action, said.name, said.value)))

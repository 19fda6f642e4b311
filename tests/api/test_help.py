"""Every command and option is explained, and the page about them is up to date."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

from api.cli import app
from api.filters import FILTERS
from api.reference import reference
from search.schema import Filters
from search.settings import Settings

ROOT = Path(__file__).parents[2]
GROUP: Any = typer.main.get_command(app)
PARAMETERS = [
    (name, parameter)
    for name, command in [("spana", GROUP), *GROUP.commands.items()]
    for parameter in command.get_params(GROUP.make_context("spana", ["--version"], resilient_parsing=True))
]


@pytest.mark.parametrize("name", GROUP.commands)
def test_every_command_has_help(name: str) -> None:
    assert len(GROUP.commands[name].help) > 20


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS, ids=lambda one: getattr(one, "name", one))
def test_every_option_and_argument_has_help(name: str, parameter: Any) -> None:
    assert parameter.help
    assert parameter.help.endswith(".")


def test_the_commands_of_the_contract_are_there() -> None:
    wanted = (
        "ingest search ask annotate reports report entities entity export serve eval bench status check remove reindex "
        "watch mcp doctor similar"
    )
    assert set(wanted.split()) == set(GROUP.commands)


def test_filters_are_those_of_the_schema() -> None:
    assert [one.field for one in FILTERS] == list(Filters.model_fields)


@pytest.mark.parametrize("name", ["search", "similar", "ask", "reports", "entities", "entity", "export"])
def test_listing_commands_take_every_filter(name: str) -> None:
    options = {option for parameter in GROUP.commands[name].params for option in parameter.opts}
    assert {f"--{one.name}" for one in FILTERS} <= options


@pytest.mark.parametrize(
    "name", ["ingest", "search", "similar", "ask", "reports", "report", "entities", "entity", "status", "check"]
)
def test_commands_take_json(name: str) -> None:
    assert "--json" in {option for parameter in GROUP.commands[name].params for option in parameter.opts}


def test_page_about_commands_is_up_to_date() -> None:
    assert (ROOT / "docs/commands.md").read_text(encoding="utf-8") == reference(), "kör make docs"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_explained(name: str) -> None:
    assert f"| `SPANA_{name.upper()}` | " in reference()
    assert str(Settings.model_fields[name].description).endswith(".")


def test_help_has_no_english_of_typer() -> None:
    for word in ("Usage:", "Options:", "Commands:", "Arguments:", "[required]", "<str>", "Show this", "[default"):
        assert word not in reference()


def test_help_loads_no_models() -> None:
    heavy = "{'torch', 'spacy', 'numpy', 'sqlalchemy'}"
    code = f"import sys; from api.cli import run; run(['--help']); print(sorted(set(sys.modules) & {heavy}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "Kommandon:" in done.stdout

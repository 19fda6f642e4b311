"""The tools for assistants, over the SDK's client in memory."""

import json
from typing import Any

import anyio
from mcp import Client

from api.assistant import create_server
from search.errors import ModelMismatchError
from search.schema import Filters

ARGUMENTS: dict[str, dict[str, object]] = {
    "search": {"query": "vandring", "filters": {"district": ["Ekbacken"]}},
    "ask": {"question": "mentions"},
    "report": {"report": "ekbacken"},
    "passage": {"passage_id": "ekbacken-1.s1.p1"},
    "similar": {"passage_id": "ekbacken-1.s1.p1"},
    "entities": {"name": "Ekgruppen"},
    "indicators": {},
    "goals": {},
    "good_examples": {},
}


def call(fake: Any, name: str, arguments: dict[str, object]) -> Any:
    async def ask() -> Any:
        async with Client(create_server(fake)) as client:
            return await client.call_tool(name, arguments)

    return anyio.run(ask)


def test_the_tools_only_read(fake: Any) -> None:
    async def tools() -> Any:
        async with Client(create_server(fake)) as client:
            return (await client.list_tools()).tools

    found = anyio.run(tools)
    assert {tool.name for tool in found} == set(ARGUMENTS)
    for tool in found:
        assert tool.description
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint


def test_every_tool_answers_with_citations(fake: Any) -> None:
    for name, arguments in ARGUMENTS.items():
        result = call(fake, name, arguments)
        assert not result.is_error, (name, result)
        text = json.dumps(result.structured_content, ensure_ascii=False)
        if name != "report":
            assert '"quote"' in text, name
            assert '"label"' in text, name
        assert str(fake.folder) not in text, name


def test_filters_reach_the_archive(fake: Any) -> None:
    call(fake, "search", ARGUMENTS["search"])
    assert fake.calls[0] == ("search", ("vandring", Filters(district=("Ekbacken",)), 10, 0))


def test_what_goes_wrong_is_told_and_not_traced(fake: Any) -> None:
    for name, arguments in (
        ("report", {"report": "nej"}),
        ("search", {"query": ""}),
        ("search", {"query": "x", "filters": {"distrikt": ["y"]}}),
        ("goals", {"limit": 1000}),
    ):
        result = call(fake, name, arguments)
        assert result.is_error
        assert "Traceback" not in result.content[0].text
    fake.error = ModelMismatchError("Arkivets vektorer är gjorda med annat. Kör spana reindex.")
    assert "spana reindex" in call(fake, "goals", {}).content[0].text

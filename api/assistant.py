"""The archive for assistants: tools of the Model Context Protocol, read only, every result with its citations."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from api.shapes import EntityList, GoalList, GoodExampleList, HitList, IndicatorList
from api.version import version
from search.archive import Archive
from search.errors import SpanaError
from search.schema import Answer, Filters, Hit, SearchResult
from search.views import EntityDetail, ReportDetail

INSTRUCTIONS = (
    "Searches Swedish municipal reports. Every result carries citations: quote them verbatim and give their label. "
    "`ask` lists mentions exhaustively and says what was searched, what lacks a mention and what could not be read; "
    "`search` ranks and is never complete. An answer of kind `unanswered` means that the archive does not say: say "
    "so. The reports are in Swedish; questions may be in Swedish or English."
)
Text = Annotated[str, Field(min_length=1, max_length=1000)]
Count = Annotated[int, Field(ge=1, le=100)]
Skip = Annotated[int, Field(ge=0, le=1_000_000)]
_Tool = TypeVar("_Tool", bound=Callable[..., Any])
_Result = TypeVar("_Result")
_READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def create_server(archive: Archive) -> MCPServer[Any]:
    """The server over an open archive."""
    server: MCPServer[Any] = MCPServer("spana", instructions=INSTRUCTIONS, version=version(), log_level="WARNING")

    def tool(function: _Tool) -> _Tool:
        server.tool(annotations=_READ_ONLY, structured_output=True)(function)
        return function

    @tool
    def search(query: Text, filters: Filters = Filters(), limit: Count = 10) -> SearchResult:
        """Ranked passages for words or a question, the best first; never complete."""
        return _told(lambda: archive.search(query, filters, limit=limit))

    @tool
    def ask(question: Text, filters: Filters = Filters(), limit: Count = 10) -> Answer:
        """An answer made only of what the reports say, with citations and what was searched."""
        return _told(lambda: archive.ask(question, filters, limit=limit))

    @tool
    def report(report: Text) -> ReportDetail:
        """One report by its id or file name: its goals, their status, and what it holds."""
        found = _told(lambda: archive.report(report))
        # The folder is the machine's own business.
        return found.model_copy(update={"path": found.report.source})

    @tool
    def passage(passage_id: Text) -> Hit:
        """One passage with its citation, by the id that hits give."""
        return _told(lambda: archive.passage(passage_id))

    @tool
    def similar(passage_id: Text, limit: Count = 10) -> HitList:
        """The passages nearest in meaning to one."""
        hits = tuple(_told(lambda: archive.similar(passage_id, limit)))
        return HitList(hits=hits, total=len(hits), limit=limit)

    @tool
    def entities(
        name: Text | None = None, filters: Filters = Filters(), limit: Count = 50, offset: Skip = 0
    ) -> EntityDetail | EntityList:
        """With a name: its variants and every report that mentions it. Without: all names with counts."""
        if name is not None:
            return _told(lambda: archive.entity(name, filters))
        found = _told(lambda: archive.entities(None, filters))
        rows = tuple(found[offset : offset + limit])
        return EntityList(entities=rows, total=len(found), limit=limit, offset=offset)

    @tool
    def indicators(
        name: Text | None = None, filters: Filters = Filters(), limit: Count = 50, offset: Skip = 0
    ) -> IndicatorList:
        """Values of indicators, with targets, women and men; `name` holds words of the indicator's name."""
        found = _told(lambda: archive.indicators(filters, name))
        rows = tuple(found[offset : offset + limit])
        return IndicatorList(indicators=rows, total=len(found), limit=limit, offset=offset)

    @tool
    def goals(filters: Filters = Filters(), limit: Count = 50, offset: Skip = 0) -> GoalList:
        """Goals with the status that each report prints."""
        found = _told(lambda: archive.goals(filters))
        return GoalList(goals=tuple(found[offset : offset + limit]), total=len(found), limit=limit, offset=offset)

    @tool
    def good_examples(filters: Filters = Filters(), limit: Count = 50, offset: Skip = 0) -> GoodExampleList:
        """Practices that reports hold up as worth copying."""
        found = _told(lambda: archive.good_examples(filters))
        rows = tuple(found[offset : offset + limit])
        return GoodExampleList(good_examples=rows, total=len(found), limit=limit, offset=offset)

    return server


def _told(call: Callable[[], _Result]) -> _Result:
    """The result, or the archive's own sentence about what is wrong."""
    try:
        return call()
    except SpanaError as error:
        raise ToolError(str(error)) from None

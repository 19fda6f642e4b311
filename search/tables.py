"""The catalogue's tables: the truth about every report; the vectors can be rebuilt from it."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

SCHEMA_VERSION = "0008"
"""The newest revision in `search/migrations/versions`."""

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s"}
)

# SQLite numbers rows by itself only in a column of exactly the type INTEGER.
_KEY: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")


def _owner() -> Column[int]:
    """The version of a report that a row belongs to."""
    return Column("report_key", _KEY, ForeignKey("reports.key", ondelete="CASCADE"), nullable=False, index=True)


meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("key", _KEY, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, index=True),
    Column("state", String, nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("stem", String, nullable=False, index=True),
    Column("path", String, nullable=False, index=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("format", String, nullable=False),
    Column("title", Text),
    Column("board", String),
    Column("district", String),
    Column("type", String, nullable=False),
    Column("year", Integer),
    Column("period", String),
    Column("date", String),
    Column("diary_number", String),
    Column("officers", JSON, nullable=False),
    Column("inferred", JSON, nullable=False),
    Column("pages", Integer),
    Column("unreadable_pages", JSON, nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("registry_version", String, nullable=False),
    Column("written_at", String, nullable=False),
    Column("looked_through", String),
    sqlite_autoincrement=True,
)
"""One row a version of a report. `key` is never used again: points of a removed version cannot be taken for new."""

files = Table(
    "files",
    metadata,
    Column("path", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("sha256", String(64)),
    Column("status", String, nullable=False),
    Column("report_id", String),
    Column("error_kind", String),
    Column("error", Text),
    Column("tried_at", String, nullable=False),
)
"""Every file that was given to ingest and what became of it the last time."""

sections = Table(
    "sections",
    metadata,
    _owner(),
    Column("position", Integer, nullable=False),
    Column("parent", Integer),
    Column("kind", String, nullable=False),
    Column("number", String),
    Column("title", Text, nullable=False),
    Column("status", String),
    Column("judged", String),
    Column("goal_number", String),
    Column("path", JSON, nullable=False),
    Column("line", Integer),
    Column("end_line", Integer),
    Column("page", Integer),
    Column("end_page", Integer),
    Column("parts", JSON, nullable=False),
    Column("judged_line", Integer),
    Column("judged_page", Integer),
)

passages = Table(
    "passages",
    metadata,
    Column("key", _KEY, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, index=True),
    _owner(),
    Column("position", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("part", String),
    Column("subheading", Text),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("letters", Text, nullable=False),
    Column("runs", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("quote_sha256", String(64), nullable=False),
    Column("pages", JSON, nullable=False),
    Column("first_line", Integer),
    Column("last_line", Integer),
    Column("duplicate_of", Integer),
    sqlite_autoincrement=True,
)
"""`letters` is the text and its subheading folded to letters and digits, for the exhaustive scan."""

pieces = Table(
    "pieces",
    metadata,
    Column("passage", _KEY, primary_key=True, autoincrement=False),
    _owner(),
    Column("encoder", String, nullable=False),
    Column("pieces", LargeBinary, nullable=False),
)
"""Word pieces of passages for late interaction: int8, row by row, as the encoder with that fingerprint makes them."""

name_vectors = Table(
    "name_vectors",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("encoder", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
"""Vectors (32-bit floats) of names of indicators and titles of goals, by the SHA-256 of the name and the fingerprint of
the encoder that made them."""

headings = Table(
    "headings",
    metadata,
    _owner(),
    Column("position", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("letters", Text, nullable=False),
    Column("runs", Text, nullable=False),
    Column("line", Integer),
    Column("page", Integer),
)
"""Titles of sections and free subheadings: text that stands in no passage but may mention a name."""

indicators = Table(
    "indicators",
    metadata,
    _owner(),
    Column("position", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("goal_number", String),
    Column("name", Text, nullable=False),
    Column("cells", JSON, nullable=False),
    Column("note", Text),
    Column("typed", JSON, nullable=False),
    Column("period", String),
    Column("passage", Integer, nullable=False),
    Column("line", Integer),
    Column("page", Integer),
)

activities = Table(
    "activities",
    metadata,
    _owner(),
    Column("position", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("goal_number", String),
    Column("name", Text, nullable=False),
    Column("start", String),
    Column("end", String),
    Column("deviation", Text),
    Column("note", Text),
    Column("passage", Integer, nullable=False),
    Column("line", Integer),
    Column("page", Integer),
)

good_examples = Table(
    "good_examples",
    metadata,
    _owner(),
    Column("position", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("goal_number", String),
    Column("text", Text, nullable=False),
    Column("unit", Text),
    Column("explicit", Boolean, nullable=False),
    Column("evidence", Text),
    Column("passages", JSON, nullable=False),
    Column("line", Integer),
    Column("end_line", Integer),
    Column("page", Integer),
)

mentions = Table(
    "mentions",
    metadata,
    _owner(),
    Column("passage", Integer, nullable=False),
    Column("label", String, nullable=False),
    Column("name", String, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("marked", Boolean, nullable=False),
    Column("place", String, nullable=False),
    Column("line", Integer),
    Column("line_start", Integer),
    Column("line_end", Integer),
    Column("page", Integer),
    Column("known", Boolean),
)
"""`place` names the spot in the source, so that text held by two passages is counted once. `marked` rows are entities;
the others are known names inside a longer word or entity, which count as mentions all the same. `known` rows come from
the names in use and are found anew when these change; null in rows written before that was kept."""

discoveries = Table(
    "discoveries",
    metadata,
    _owner(),
    Column("name", String, nullable=False),
    Column("long_form", Text),
    Column("variants", JSON, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("sightings", Integer, nullable=False),
)
"""Programmes that a report names and that are in no list, as `models.programmes` found them."""

names = Table(
    "names",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("entry", JSON, nullable=False),
)
"""The names in use, which `mentions` follow: known ones, discovered ones linked over reports, with corrections."""

corrections = Table(
    "corrections",
    metadata,
    Column("key", _KEY, primary_key=True, autoincrement=True),
    Column("action", String, nullable=False),
    Column("name", String, nullable=False),
    Column("value", String),
    Column("made_at", String, nullable=False),
    sqlite_autoincrement=True,
)
"""What people have said of names; applied in order of `key`, kept when reports are read anew."""

personal_data = Table(
    "personal_data",
    metadata,
    _owner(),
    Column("kind", String, nullable=False),
    Column("count", Integer, nullable=False),
)
"""How many personal data of each kind a report holds; the data themselves are in its text only."""

saved_questions = Table(
    "saved_questions",
    metadata,
    Column("id", String, primary_key=True),
    Column("question", Text, nullable=False),
    Column("filters", JSON, nullable=False),
    Column("made_at", String, nullable=False),
    Column("edition", String, nullable=False),
    Column("told", _KEY, nullable=False),
)
"""Questions that people follow. `edition`: the archive's when it was last asked; `told`: key of the last item shown."""

saved_items = Table(
    "saved_items",
    metadata,
    Column("key", _KEY, primary_key=True, autoincrement=True),
    Column("question", String, ForeignKey("saved_questions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("item", String, nullable=False),
    Column("first", Boolean, nullable=False),
    Column("seen_at", String, nullable=False),
    Column("content", JSON, nullable=False),
    sqlite_autoincrement=True,
)
"""What each has found so far; `first`: it was there when the question was saved."""

stages = Table(
    "stages",
    metadata,
    _owner(),
    Column("stage", String, nullable=False),
    Column("seconds", Float, nullable=False),
)

Index("ix_passages_report_position", passages.c.report_key, passages.c.position)
Index("ix_mentions_report_passage", mentions.c.report_key, mentions.c.passage)
Index("ix_sections_report_position", sections.c.report_key, sections.c.position)
Index("ix_passages_report_section", passages.c.report_key, passages.c.section, passages.c.position)
Index("ix_indicators_name", indicators.c.name)
Index("ix_indicators_report_passage", indicators.c.report_key, indicators.c.passage)
Index("ix_headings_report_position", headings.c.report_key, headings.c.position)
# Triggers and full-text indexes over `letters` are made by `search.letter_index`.

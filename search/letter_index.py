"""Which passages and headings may hold some letters: SQLite's full-text index over every run of three letters.

It holds no text, only where each run stands, so it tells a few too many; who asks looks at the letters themselves. The
database keeps it by triggers: nothing that writes text can forget to. https://www.sqlite.org/fts5.html, trigrams.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, TextClause, text

RUN = 3
MOST_GROUPS = 100
"""Ways to write a name that are looked up at once; more are faster read than looked up."""
_PLACES = 1 << 20
"""Headings have no key of their own: report · 2²⁰ + position stands for one."""
_TABLES = {"passages": "{row}.key", "headings": f"{{row}}.report_key * {_PLACES} + {{row}}.position"}


def index_name(table: str) -> str:
    """Of the index over the letters of a table."""
    return f"{table}_letters"


def is_index(table: str) -> bool:
    """Whether a table of the database is an index or one that SQLite keeps for it."""
    return any(table.startswith(index_name(name)) for name in _TABLES)


def create(db: Connection) -> None:
    """Make the indexes and fill them from what is stored; nothing where the database has no full-text search."""
    if db.dialect.name != "sqlite" or not _has_full_text(db):
        return
    for table in _TABLES:
        index = index_name(table)
        options = "content='', tokenize='trigram', detail=none, columnsize=0"
        db.exec_driver_sql(f"CREATE VIRTUAL TABLE {index} USING fts5(letters, {options})")
        db.exec_driver_sql(f"INSERT INTO {index}(rowid, letters) SELECT {_key(table, table)}, letters FROM {table}")  # noqa: S608
        put = f"INSERT INTO {index}(rowid, letters) VALUES ({_key(table, 'new')}, new.letters);"  # noqa: S608
        take = f"INSERT INTO {index}({index}, rowid, letters) VALUES ('delete', {_key(table, 'old')}, old.letters);"  # noqa: S608
        for event, does in (("INSERT", put), ("DELETE", take), ("UPDATE", take + put)):
            db.exec_driver_sql(f"CREATE TRIGGER {index}_{event.lower()} AFTER {event} ON {table} BEGIN {does} END")


def drop(db: Connection) -> None:
    """Take the indexes away."""
    if db.dialect.name != "sqlite":
        return
    for index in map(index_name, _TABLES):
        for event in ("insert", "delete", "update"):
            db.exec_driver_sql(f"DROP TRIGGER IF EXISTS {index}_{event}")
        db.exec_driver_sql(f"DROP TABLE IF EXISTS {index}")


def exists(db: Connection) -> bool:
    """Whether the database has the indexes."""
    if db.dialect.name != "sqlite":
        return False
    query = text("SELECT count(*) FROM sqlite_master WHERE name = :name")
    return bool(db.execute(query, {"name": index_name("passages")}).scalar_one())


def runs_of(groups: Sequence[Sequence[str]]) -> str | None:
    """What to look up for texts that hold all strings of one of the groups; None when the texts are better read, as a
    group has no string long enough or there are too many groups."""
    if not 0 < len(groups) <= MOST_GROUPS:
        return None
    asked = [" AND ".join(dict.fromkeys(run for stem in stems for run in _runs(stem))) for stems in groups]
    return " OR ".join(f"({runs})" for runs in asked) if all(asked) else None


def passages_with(db: Connection, runs: str) -> list[int]:
    """Keys of the passages that have the runs, rising."""
    return list(db.execute(_lookup("passages"), {"runs": runs}).scalars())


def headings_with(db: Connection, runs: str) -> list[tuple[int, int]]:
    """(report key, position) of the headings that have the runs, rising."""
    return [divmod(key, _PLACES) for key in db.execute(_lookup("headings"), {"runs": runs}).scalars()]


def _lookup(table: str) -> TextClause:
    index = index_name(table)
    return text(f"SELECT rowid FROM {index} WHERE {index} MATCH :runs ORDER BY rowid")  # noqa: S608


def _key(table: str, row: str) -> str:
    return _TABLES[table].format(row=row)


def _runs(stem: str) -> Iterator[str]:
    for start in range(len(stem) - RUN + 1):
        yield f'"{stem[start : start + RUN]}"'


def _has_full_text(db: Connection) -> bool:
    """Whether SQLite has FTS5 with trigrams (3.34, https://www.sqlite.org/releaselog/3_34_0.html)."""
    held = {row[0] for row in db.exec_driver_sql("PRAGMA module_list")}
    version = tuple(map(int, str(db.exec_driver_sql("SELECT sqlite_version()").scalar_one()).split(".")))
    return "fts5" in held and version >= (3, 34)

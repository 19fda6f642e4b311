"""The catalogue's database: opened, migrated, read and written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from search.changes import Changes
from search.errors import StorageError
from search.migrate import migrate

_Value = TypeVar("_Value")


class Database:
    """A SQL database whose errors are told in Swedish."""

    def __init__(self, url: str) -> None:
        """Open, create or migrate the database at a SQLAlchemy URL.

        Raises:
            StorageError: it cannot be opened.
        """
        try:
            self.engine = _engine(url)
            migrate(self.engine)
        except SQLAlchemyError as error:
            raise StorageError(
                f"Katalogen går inte att öppna ({type(error).__name__}). Kontrollera SPANA_HOME och SPANA_DATABASE_URL."
            ) from error
        self.changes = Changes(self.engine)
        self._kept: dict[str, tuple[int, Any]] = {}

    def remembered(self, name: str, read: Callable[[], _Value]) -> _Value:
        """What `read` gives, read again only when the catalogue has changed; each time where that cannot be told."""
        version = self.changes.version()
        if version is None:
            return read()
        kept = self._kept.get(name)
        if kept is None or kept[0] != version:
            kept = self._kept[name] = version, read()
        value: _Value = kept[1]
        return value

    def close(self) -> None:
        self.changes.close()
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StorageError(
                f"Katalogen går inte att skriva ({error.__class__.__name__}). Kör spana check."
            ) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StorageError(f"Katalogen går inte att läsa ({error.__class__.__name__}). Kör spana check.") from error

    def integrity(self) -> str | None:
        """What the database itself says is wrong; None when all is well (or the database checks itself)."""
        if self.engine.dialect.name != "sqlite":
            return None
        with self.reading() as db:
            said = db.exec_driver_sql("PRAGMA quick_check").scalar_one()
        return None if said == "ok" else str(said)


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _set_up(connection: Any, _record: object) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
            cursor.execute("PRAGMA busy_timeout=10000")
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.close()

    return engine

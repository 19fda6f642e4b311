"""Whether a catalogue has changed since it was last looked at."""

import threading
from typing import Any

from sqlalchemy import Engine


class Changes:
    """Asks SQLite, in microseconds; of other databases it cannot tell.

    https://www.sqlite.org/pragma.html#pragma_data_version: the number changes when any other connection, of this
    process or another, has committed. So it is asked over a connection that never writes.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._guard = threading.Lock()
        self._connection: Any = None

    def version(self) -> int | None:
        """The same number as before when nothing has changed; None when that cannot be told."""
        if self._engine.dialect.name != "sqlite" or self._engine.url.database in (None, "", ":memory:"):
            return None
        with self._guard:
            if self._connection is None:
                import sqlite3

                # Several threads ask, one at a time.
                self._connection = sqlite3.connect(str(self._engine.url.database), check_same_thread=False)
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Release the connection."""
        with self._guard:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

"""One process at a time owns a home folder: a lock on a file, which the system lets go when the process dies."""

import os
import sys
from pathlib import Path

from search.errors import HomeLockedError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class HomeLock:
    """Held from construction until `release`."""

    def __init__(self, home: Path) -> None:
        """Take the lock of a home folder.

        Raises:
            HomeLockedError: another process has it.
        """
        home.mkdir(parents=True, exist_ok=True)
        path = home / "lock"
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise HomeLockedError(
                f"Arkivet i {home} används av en annan process{_owner(path)}. "
                "Avsluta den, eller fråga den i stället om det är spana serve."
            ) from error
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, str(os.getpid()).encode())

    def release(self) -> None:
        """Let other processes in."""
        os.close(self._descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        # A byte far beyond the process number, so that others may read the number.
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _owner(path: Path) -> str:
    try:
        pid = path.read_text().strip()
    except OSError:
        return ""
    return f" (process {pid})" if pid.isdigit() else ""

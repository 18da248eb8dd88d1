"""The lock file beside the database: one process and no more (the reason stands in `storage.engine`).

The kernel drops the lock when the process ends, however it ends; the file itself stays and does no harm.
"""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Self

from storage.errors import AlreadyRunning

if TYPE_CHECKING:
    from pathlib import Path


class Lock:
    """Held from `Lock(path)` until `release`. Raises AlreadyRunning, with the holder's process id where it is known."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".lock")
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._file, 20).decode("ascii", "replace").strip()
            os.close(self._file)
            raise AlreadyRunning(str(database), int(holder) if holder.isdigit() else None) from None
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

"""A consistent copy of the database while the service runs.

The copy is a whole database in one file: to restore it, stop the service, move the damaged database away together with
its `-wal` and `-shm` files, and put the copy in its place (docs/storage.md).
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from storage.errors import BackupFailed

if TYPE_CHECKING:
    from pathlib import Path


def backup(path: Path, target: Path) -> int:
    """Copy, read the copy back, return its size in bytes. Raises FileExistsError, FileNotFoundError, BackupFailed."""
    if os.path.lexists(target):
        raise FileExistsError(f"{target} is there already; a backup replaces nothing")
    if not path.exists():
        raise FileNotFoundError(f"there is no database at {path}")
    return copy_whole(path, target)


def copy_whole(path: Path, target: Path) -> int:
    """Under another name first: a file with the target's name is always complete and on the disk."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(part)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # so that no second file belongs to it
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise BackupFailed(f"the copy of {path} is damaged: {verdict}")
        _sync_file(part)
        part.replace(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def _sync_file(path: Path) -> None:
    # only ever on a file that no connection has open: closing it here would drop SQLite's own locks
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    _sync_file(folder)

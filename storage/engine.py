"""Which SQLite this is, and whether it may be trusted.

Up to 3.51.2 SQLite can lose committed writes when two connections write and checkpoint at the same moment (fixed in
3.51.3, and in 3.50.7 and 3.44.6). Here a lock file keeps a second process away and one connection writes, so an
affected engine is safe; `status` says which case it is.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from storage.errors import UnsupportedEngine

Version = tuple[int, int, int]

OLDEST: Version = (3, 35, 0)  # RETURNING
FIXED: Version = (3, 51, 3)
BACKPORTS: tuple[Version, ...] = ((3, 50, 7), (3, 44, 6))


@dataclass(frozen=True, slots=True)
class Engine:
    """`wal_reset_fixed` False means: safe only because of the lock file and the one write connection."""

    name: str
    version: str
    wal_reset_fixed: bool


def wal_reset_fixed(version: Version) -> bool:
    return version >= FIXED or any(version[:2] == fixed[:2] and version >= fixed for fixed in BACKPORTS)


def engine_report() -> Engine:
    """Raises UnsupportedEngine where the statements would not run."""
    version = sqlite3.sqlite_version_info
    if version < OLDEST:
        raise UnsupportedEngine(f"SQLite {sqlite3.sqlite_version} is too old; 3.35 or later is needed")
    return Engine("SQLite", sqlite3.sqlite_version, wal_reset_fixed(version))

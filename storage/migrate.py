"""Numbered migrations: `migrations/0001_initial.sql` and so on, each applied with its number in one transaction.

A released file never changes; a change of the schema is a further file.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from storage.backup import copy_whole, sync_folder
from storage.errors import NewerDatabase, StorageError
from storage.lock import Lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path


FOLDER: Traversable = resources.files("storage") / "migrations"


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was done: from which version to which, and where the copy from before lies."""

    before: int
    after: int
    backup: Path | None = None


def migrations(folder: Traversable = FOLDER) -> list[tuple[int, str]]:
    """All migrations as (number, SQL), in order and without a gap."""
    files = sorted(f.name for f in folder.iterdir() if f.name.endswith(".sql"))
    found = [(int(name[:4]), (folder / name).read_text(encoding="utf-8")) for name in files]
    if [number for number, _ in found] != list(range(1, len(found) + 1)):
        raise StorageError(f"the migrations are not numbered one after the other: {', '.join(files)}")
    return found


def latest_version() -> int:
    return len(migrations())


def migrate(path: Path, *, backup: bool = True, folder: Traversable = FOLDER) -> Migrated:
    """Make the database, or bring it up to date after a copy beside it. Raises NewerDatabase, AlreadyRunning."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Lock(path):
        is_new = not path.exists()
        if is_new:
            path.touch(mode=0o600)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            before = int(connection.execute("PRAGMA user_version").fetchone()[0])
            steps = migrations(folder)
            todo = steps[before:]
            if before > len(steps):
                raise NewerDatabase(f"{path} is of version {before}, this release knows {len(steps)}")
            copy = _copy_before(path, before) if todo and backup and not is_new else None
            _settings(connection)
            for number, sql in todo:
                _apply(connection, number, sql)
        sync_folder(path.parent)
        return Migrated(before, len(steps), copy)


def _settings(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = OFF")  # tables are rebuilt with it off, and checked before the commit


def _apply(connection: sqlite3.Connection, number: int, sql: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in _statements(sql):
            connection.execute(statement)
        _check_references(connection, number)
        connection.execute(f"PRAGMA user_version = {number:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _check_references(connection: sqlite3.Connection, number: int) -> None:
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise StorageError(f"migration {number} leaves rows that refer to nothing; nothing was changed")


def _statements(sql: str) -> Iterator[str]:
    """One by one, since sqlite3's executescript commits what is open before it starts."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement


def _copy_before(path: Path, version: int) -> Path:
    copies = (path.with_name(f"{path.name}.v{version}.{n}.bak") for n in range(1, 10_000))
    target = next(copy for copy in copies if not os.path.lexists(copy))
    copy_whole(path, target)
    return target

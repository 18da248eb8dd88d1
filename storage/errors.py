"""What can go wrong with the database as a whole. Each message says what to do about it."""
# ruff: noqa: N818 - the names say what happened

from __future__ import annotations


class StorageError(Exception):
    """The database can't be used."""


class CommitFailed(StorageError):
    """The disk did not take a commit. What was not acknowledged is not stored; the service ends and starts anew."""


class OutdatedDatabase(StorageError):
    """There is no database, or it was made by an earlier release."""


class NewerDatabase(StorageError):
    """The database was made by a later release than this one."""


class AlreadyRunning(StorageError):
    """Another process holds the database."""

    def __init__(self, path: str, pid: int | None) -> None:
        holder = f"process {pid}" if pid else "another process"
        super().__init__(f"{holder} is using {path}; stop it first")
        self.pid = pid


class PutOffFailed(StorageError):
    """A statement that was put off (`Transaction.later`) could not be carried out; its block is undone."""


class UnsupportedEngine(StorageError):
    """The SQLite library is too old for the statements used here."""


class BackupFailed(StorageError):
    """A copy was made but does not read back whole."""

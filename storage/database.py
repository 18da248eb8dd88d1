"""Opening the database, transactions, readers.

    db = await Database.open(path)
    async with db.transaction() as tx:      # effects, outbox rows and the inbox mark together
        await tx.execute("UPDATE ... WHERE id = :id", {"id": 1})
    # here it is on the disk

Transactions of concurrent tasks run one after another and share a commit (`storage.writer`). Inside a block do nothing
slow: everybody else is waiting. An exception undoes the block's own changes and nobody else's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from storage.engine import engine_report
from storage.errors import CommitFailed, NewerDatabase, OutdatedDatabase, PutOffFailed, StorageError
from storage.lock import Lock
from storage.migrate import latest_version
from storage.statements import prepared, prepared_rows
from storage.writer import Connection, Job, Many, Row, Writer, connection_to

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping, Sequence
    from pathlib import Path

    from storage.memory import Memory, Written
    from storage.statements import Prepared, Statement

__all__ = ["CommitFailed", "Database", "Reading", "Row", "Transaction"]

Item = TypeVar("Item")

NO_PARAMS: Mapping[str, Any] = {}
MOST_AT_ONCE = 500  # between so many statements everybody else in the process gets a word in
WRITE_PRAGMAS = (
    "PRAGMA busy_timeout = 5000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -16000",  # 16 MB: a week's rows and their indexes stay at hand
    "PRAGMA temp_store = MEMORY",  # what a savepoint may have to undo: in a file it is half of the system's time
)


class Reading:
    """Statements that only look. Functions that take a Reading take a Transaction as well."""

    async def _run(self, statements: Sequence[Statement], *, is_large: bool = False) -> Job:
        raise NotImplementedError

    async def one(self, sql: str, params: Mapping[str, Any] = NO_PARAMS, *, is_large: bool = False) -> Row | None:
        """The first row, if there is one. A large one (a file) holds nobody else up."""
        rows = (await self._run(((sql, params),), is_large=is_large)).rows[0]
        return rows[0] if rows else None

    async def all(self, sql: str, params: Mapping[str, Any] = NO_PARAMS) -> list[Row]:
        return (await self._run(((sql, params),))).rows[0]

    async def batch(self, statements: Sequence[Statement]) -> list[list[Row]]:
        """Several statements on one way to the database: the rows of each."""
        return [rows for part in _parts(statements) for rows in (await self._run(part)).rows]

    async def remembered(self, key: Hashable, sources: tuple[str, ...], read: Callable[[], Awaitable[Item]]) -> Item:
        """What `read` answers; from memory as long as none of its sources was written (see `storage.memory`)."""
        del key, sources
        return await read()

    async def newest(
        self,
        table: str,
        period: str,
        names: Sequence[str],
        read: Callable[[list[str]], Awaitable[Mapping[str, Item]]],
    ) -> dict[str, Item]:
        """The newest rows of a period about each of `names`; from memory where they are there."""
        del table, period
        return dict(await read(list(names)))


class Transaction(Reading):
    """One unit of work. Made by `Database.transaction`; good for one block."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._open = False
        self._later: list[Prepared] = []
        self._hearing: list[Callable[[int | None], None] | None] = []  # who wants the id that each of those adds
        self._spoilt: PutOffFailed | None = None
        self._written: list[Written] = []
        self._is_large = False

    async def __aenter__(self) -> Self:
        await self._writer.take_turn()
        self._open = True
        return self

    async def __aexit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        keep = error is None
        try:
            if keep:
                await self._carry_out_the_rest()
        except BaseException:
            keep = False
            raise
        finally:
            self._open = False
            if not keep:
                self._writer.undo()
                self._writer.memory.undone(self._written)
        if keep:
            await self._writer.keep()

    async def _carry_out_the_rest(self) -> None:
        if self._later:
            await self._send(())
        if self._spoilt is not None:
            raise self._spoilt

    async def remembered(self, key: Hashable, sources: tuple[str, ...], read: Callable[[], Awaitable[Item]]) -> Item:
        return await self._writer.memory.of(key, sources, read)

    async def newest(
        self,
        table: str,
        period: str,
        names: Sequence[str],
        read: Callable[[list[str]], Awaitable[Mapping[str, Item]]],
    ) -> dict[str, Item]:
        return await self._writer.memory.newest(table, period, names, read)

    async def _run(self, statements: Sequence[Statement], *, is_large: bool = False) -> Job:
        self._is_large |= is_large
        for sql, params in statements:
            self._note(sql, params)
        return await self._send([prepared(sql, params) for sql, params in statements])

    def _note(self, sql: str, params: Mapping[str, Any]) -> None:
        if written := self._writer.memory.writes(sql, params):
            self._written.append(written)

    async def execute(self, sql: str, params: Mapping[str, Any] = NO_PARAMS) -> int:
        """Returns how many rows were changed."""
        return (await self._run(((sql, params),))).changed

    async def insert(self, sql: str, params: Mapping[str, Any]) -> int | None:
        """The id of the row that was added; None where it was there already.

        The engine knows it; RETURNING would make it open a journal for the statement. An engine that has to be asked
        for it is asked here.
        """
        return (await self._run(((sql, params),))).ids[0]

    async def insert_all(self, statements: Sequence[Statement]) -> list[int | None]:
        """The same for several on one way."""
        return [row_id for part in _parts(statements) for row_id in (await self._run(part)).ids]

    def later(
        self,
        sql: str,
        params: Mapping[str, Any] = NO_PARAMS,
        *,
        is_large: bool = False,
        then: Callable[[int | None], None] | None = None,
    ) -> None:
        """For a write whose answer nobody needs: it goes with the block's next statement, or at its end.

        If it fails, the block fails with PutOffFailed, whoever catches what. `then` hears the id of the row it added.
        """
        self._check_open()
        self._note(sql, params)
        self._is_large |= is_large
        self._later.append(prepared(sql, params))
        self._hearing.append(then)

    async def executemany(self, sql: str, rows: Sequence[Mapping[str, Any]]) -> int:
        """The same statement for each of `rows`; returns how many rows were changed."""
        self._note(sql, NO_PARAMS)
        return sum([(await self._send((), prepared_rows(sql, part))).changed for part in _parts(rows)])

    async def _send(self, statements: Sequence[Prepared], many: Many | None = None) -> Job:
        self._check_open()
        first, self._later = self._later, []
        hearing, self._hearing = self._hearing, []
        is_large, self._is_large = self._is_large, False
        try:
            job = await self._writer.run(statements, first=first, many=many, may_wait=is_large)
        except PutOffFailed as error:
            self._spoilt = error
            raise
        for then, row_id in zip(hearing, job.first_ids, strict=True):
            if then is not None:
                then(row_id)
        return job

    @property
    def memory(self) -> Memory:
        """What the connection remembers."""
        return self._writer.memory

    def _check_open(self) -> None:
        if not self._open:
            raise RuntimeError("this transaction is over")


class ReadTransaction(Reading):
    """A consistent look at the database on a connection of its own that can't write."""

    def __init__(self, path: Path) -> None:
        self._connection = connection_to(path, "ro")

    async def __aenter__(self) -> Self:
        await self._connection
        try:
            await self._connection.run(Job(["PRAGMA busy_timeout = 5000", "BEGIN"]))
        except BaseException:
            await self._connection.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()

    async def _run(self, statements: Sequence[Statement], *, is_large: bool = False) -> Job:
        del is_large  # everything goes over the connection's thread
        return await self._connection.run(Job([], [prepared(sql, params) for sql, params in statements]))


class Database:
    """An open database: one writer, any number of readers, the lock file held."""

    def __init__(self, path: Path, lock: Lock, connection: Connection) -> None:
        self.path = path
        self._lock = lock
        self._writer = Writer(connection)

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Raises OutdatedDatabase, NewerDatabase, AlreadyRunning or UnsupportedEngine; never migrates by itself."""
        engine_report()
        lock = _lock_existing(path)
        try:
            connection = await _write_connection(path)
        except BaseException:
            lock.release()
            raise
        return cls(path, lock, connection)

    def transaction(self) -> Transaction:
        return Transaction(self._writer)

    def reading(self) -> ReadTransaction:
        return ReadTransaction(self.path)

    async def close(self) -> None:
        """Waits for commits under way, closes, and lets the lock go."""
        try:
            await self._writer.close()
        finally:
            self._lock.release()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[start : start + MOST_AT_ONCE] for start in range(0, len(items), MOST_AT_ONCE))


def _lock_existing(path: Path) -> Lock:
    if not path.exists():
        raise OutdatedDatabase(f"there is no database at {path}; make it with: giaoban migrate")
    return Lock(path)


async def _write_connection(path: Path) -> Connection:
    connection = connection_to(path, "rw")
    await connection
    try:
        done = await connection.run(
            Job(list(WRITE_PRAGMAS), [("PRAGMA journal_mode = WAL", ()), ("PRAGMA user_version", ())])
        )
        (journal,), (version,) = done.rows[0][0], done.rows[1][0]
        _check(path, journal, version)
    except BaseException:
        await connection.close()
        raise
    return connection


def _check(path: Path, journal: str, version: int) -> None:
    if journal != "wal":
        raise StorageError(f"{path} can't keep a write-ahead log there; put it on a local disk")
    wanted = latest_version()
    if version < wanted:
        raise OutdatedDatabase(
            f"{path} is of version {version}, this release needs {wanted}; back it up and bring it up to date with: "
            "giaoban migrate"
        )
    if version > wanted:
        raise NewerDatabase(
            f"{path} is of version {version}, this release knows {wanted}; install the newer release again, or restore "
            "the backup that its migration made"
        )

"""The one write connection, and group commit on it.

Transactions take turns on the connection, each as a savepoint inside one physical transaction, and share its COMMIT.
The first that is done sends for the commit, which queues for its turn like everybody: whoever was waiting by then goes
into the same commit, whoever comes later goes into the next. No timer, no size, nobody waits for company.

What may wait goes over the connection's thread: BEGIN for a lock, COMMIT for the disk, many statements for each other,
whole files.
A few statements between them read and write pages of memory, and the way to the thread and back costs more than they
do: they run where they are. After a number of them in a row the next goes over the thread all the same, so that
everybody else in the process gets a word in.

Control statements (BEGIN, SAVEPOINT, RELEASE ...) travel with the next statement. If one of them fails, or the engine
rolls back by itself (disk full, I/O error), nothing that was not acknowledged can be trusted: the writer is dead from
then on.
"""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiosqlite

from storage.errors import CommitFailed, PutOffFailed
from storage.memory import Memory
from storage.values import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from storage.statements import Prepared

Row = sqlite3.Row
Many = tuple[str, list[tuple[Scalar, ...]]]

MOST_IN_PLACE = 32  # statements of one job that are still few
MOST_IN_A_ROW = 200  # jobs in place before everybody else gets a word in


class Broken(Exception):  # noqa: N818 - says what happened
    """The physical transaction is lost."""


@dataclass(eq=False, slots=True, repr=False)  # repr off: what people wrote must not reach a log
class Job:
    """What the thread does in one go: controls, statements that were put off, and the statements of the moment."""

    controls: list[str]
    statements: Sequence[Prepared] = ()
    first: Sequence[Prepared] = ()
    many: Many | None = None
    rows: list[list[Row]] = field(default_factory=list)
    ids: list[int | None] = field(default_factory=list)  # of the row that each statement added, if it did
    first_ids: list[int | None] = field(default_factory=list)  # the same of those that were put off
    changed: int = 0
    is_over: bool = False  # the connection is free again, whoever still waits to hear of it

    @property
    def size(self) -> int:
        return len(self.statements) + len(self.first) + (len(self.many[1]) if self.many else 0)

    def run(self, connection: sqlite3.Connection) -> Job:
        try:
            for control in self.controls:
                self._control(connection, control)
            try:
                self._run_first(connection)
                for sql, params in self.statements:
                    cursor = connection.execute(sql, params)
                    self.rows.append(cursor.fetchall())
                    self.changed = cursor.rowcount
                    self.ids.append(cursor.lastrowid if self.changed == 1 else None)
                if self.many:
                    self.changed = connection.executemany(*self.many).rowcount
            except (sqlite3.Error, PutOffFailed) as error:
                if not connection.in_transaction:
                    raise Broken(str(error)) from error
                raise
        finally:
            self.is_over = True
        return self

    def _control(self, connection: sqlite3.Connection, control: str) -> None:
        try:
            connection.execute(control)
        except sqlite3.Error as error:
            raise Broken(str(error)) from error

    def _run_first(self, connection: sqlite3.Connection) -> None:
        for sql, params in self.first:
            try:
                cursor = connection.execute(sql, params)
                self.first_ids.append(cursor.lastrowid if cursor.rowcount == 1 else None)
            except sqlite3.Error as error:
                raise PutOffFailed(f"{sql[:60]}: {error}") from error


class Connection(aiosqlite.Connection):
    """An aiosqlite connection that can do several statements on one way to its thread."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._thread.daemon = True  # a process that ends without closing must end all the same

    async def run(self, job: Job) -> Job:
        done: Job = await self._execute(self.run_in_place, job)  # type: ignore[no-untyped-call]  # aiosqlite leaves it open
        return done

    def run_in_place(self, job: Job) -> Job:
        """On the caller's thread, which must know that ours has nothing to do."""
        return job.run(self._conn)


def connection_to(path: Path, mode: str) -> Connection:
    """Not yet open: `await` it. `mode` is "rw" or "ro". Transactions are ours to begin."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        # two threads use it, never both at once
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, cached_statements=512, check_same_thread=False
        )
        connection.row_factory = Row
        return connection

    return Connection(connect)


class Writer:
    """Turns, savepoints and shared commits on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.memory = Memory()
        self._turn = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None
        self._controls: list[str] = []
        self._begun = False
        self._savepoint = False
        self._commit: asyncio.Task[bool] | None = None
        self._failure: str | None = None
        self._away = Job([], is_over=True)  # what went over the thread last
        self._in_a_row = 0

    async def take_turn(self) -> None:
        """Raises CommitFailed once the writer is dead; RuntimeError where a turn is asked for inside a turn."""
        if self._holder is not None and self._holder is asyncio.current_task():
            raise RuntimeError("a transaction can't be opened inside another one")
        await self._turn.acquire()
        if self._failure is not None:
            self._turn.release()
            raise self._failed()
        self._holder = asyncio.current_task()

    async def run(
        self,
        statements: Sequence[Prepared],
        *,
        first: Sequence[Prepared] = (),
        many: Many | None = None,
        may_wait: bool = False,
    ) -> Job:
        """Run statements of the transaction whose turn it is."""
        if self._failure is not None:
            raise self._failed()
        may_wait = may_wait or not self._begun
        if not self._begun:
            self._controls.append("BEGIN IMMEDIATE")
            self._begun = True
        if not self._savepoint:
            self._controls.append("SAVEPOINT turn")
            self._savepoint = True
        job = Job(self._taken(), statements, first, many)
        return await self._send(job) if may_wait or self._must_wait(job) else self._in_place(job)

    def undo(self) -> None:
        """Give up this transaction's changes, and only these, and end its turn."""
        if self._savepoint:
            self._controls += ("ROLLBACK TO turn", "RELEASE turn")
        self._end_turn()

    async def keep(self) -> None:
        """End the turn; return once the shared commit is on the disk. Raises CommitFailed."""
        if self._failure is not None:
            self.undo()
            raise self._failed()
        if self._savepoint:
            self._controls.append("RELEASE turn")
        commit = self._end_turn()
        # a waiter that is cancelled must not take the others' commit with it
        if commit is not None and not await asyncio.shield(commit):
            raise self._failed()

    def _end_turn(self) -> asyncio.Task[bool] | None:
        """Only a transaction that ran something has a commit to wait for."""
        took_part, self._savepoint = self._savepoint, False
        if took_part and self._commit is None and self._failure is None:
            self._commit = asyncio.create_task(self._commit_batch())
        self._holder = None
        self._turn.release()
        return self._commit if took_part else None

    async def _commit_batch(self) -> bool:
        async with self._turn:
            self._commit = None
            if self._failure is not None:
                return False
            self._begun = False
            try:
                await self._send(Job([*self._taken(), "COMMIT"]))
            except CommitFailed:
                return False
            return True

    def _must_wait(self, job: Job) -> bool:
        # a job whose caller was cancelled may still be under way
        return not self._away.is_over or job.size > MOST_IN_PLACE or self._in_a_row >= MOST_IN_A_ROW

    def _in_place(self, job: Job) -> Job:
        self._in_a_row += 1
        try:
            return self._connection.run_in_place(job)
        except (Broken, ValueError) as error:  # aiosqlite says ValueError when the connection is closed
            raise self._ended(error) from error

    async def _send(self, job: Job) -> Job:
        try:
            self._in_a_row, self._away = 0, job
            return await self._connection.run(job)
        except (Broken, ValueError) as error:
            raise self._ended(error) from error

    def _taken(self) -> list[str]:
        controls, self._controls = self._controls, []
        return controls

    def _ended(self, why: Exception) -> CommitFailed:
        self._failure = str(why)
        return self._failed()

    def _failed(self) -> CommitFailed:
        return CommitFailed(f"the database could not be written: {self._failure}")

    async def close(self) -> None:
        """Wait for the transactions and commits under way, then close; what comes later is refused."""
        while True:
            async with self._turn:
                if self._commit is None:
                    self._failure = self._failure or "it is closed"
                    await self._connection.close()
                    return
            await asyncio.shield(self._commit)

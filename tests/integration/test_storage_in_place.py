"""Statements run where they are or on the connection's thread: nobody is held up by either, and neither mixes them."""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from storage import attachments, meta
from storage.writer import MOST_IN_A_ROW

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from storage.database import Database, Transaction

SLOW = (
    "WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 300000) "
    "INSERT INTO meta (key, value) SELECT 'half', count(*) FROM n"
)


async def yield_to_loop() -> None:
    """Let every other task that is ready have its turn."""
    turned: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(turned.set_result, None)
    await turned


class Bystander:
    """Counts the turns that everybody else in the process gets."""

    def __init__(self) -> None:
        self.turns = 0

    async def during(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        while not task.done():
            self.turns += 1
            await yield_to_loop()
        await task


async def test_a_statement_that_goes_on_after_its_block_was_cancelled_is_undone_and_holds_up_only_blocks(
    db: Database,
) -> None:
    async def cut_short() -> None:
        async with db.transaction() as tx:
            await tx.execute(SLOW)

    async def following() -> None:
        async with db.transaction() as tx:
            assert await meta.get(tx, "half") == ""
            reached.append(bystander.turns)
            await tx.execute("INSERT INTO meta (key, value) VALUES ('whole', '')")

    async def cancel_once_under_way() -> None:
        while not db._writer._begun:
            await yield_to_loop()
        task.cancel()

    bystander, reached = Bystander(), list[int]()
    task = asyncio.create_task(cut_short())
    canceller = asyncio.create_task(cancel_once_under_way())
    await bystander.during(following())
    await canceller
    with suppress(asyncio.CancelledError):
        await task

    async with db.reading() as rx:
        assert set(await meta.all_of(rx)) == {"whole"}
    assert reached[0] > 20


async def test_a_block_of_many_steps_lets_everybody_else_have_a_word(db: Database) -> None:
    async def block() -> None:
        async with db.transaction() as tx:
            for n in range(1000):
                await tx.execute("INSERT INTO meta (key, value) VALUES (:key, '')", {"key": str(n)})

    bystander = Bystander()
    await bystander.during(block())

    assert bystander.turns >= 1000 // MOST_IN_A_ROW


async def test_many_statements_at_once_hold_nobody_up(db: Database) -> None:
    bystander, during = Bystander(), 0

    async def block() -> None:
        nonlocal during
        async with db.transaction() as tx:
            await meta.get(tx, "first")
            before = bystander.turns
            await tx.batch([("SELECT value FROM meta WHERE key = :key", {"key": str(n)}) for n in range(400)])
            during = bystander.turns - before

    await bystander.during(block())

    assert during > 0


async def test_a_whole_file_that_comes_or_goes_holds_nobody_up(db: Database) -> None:
    bystander, during = Bystander(), list[int]()
    content = bytes(8_000_000)

    async def block() -> None:
        async with db.transaction() as tx:
            await meta.get(tx, "first")
            for work in (keep, find):
                before = bystander.turns
                await work(tx)
                during.append(bystander.turns - before)

    async def keep(tx: Transaction) -> None:
        await attachments.keep(tx, "a.pdf", content)
        await meta.get(tx, "next")

    async def find(tx: Transaction) -> None:
        found = await attachments.find(tx, hashlib.sha256(content).hexdigest())
        assert found is not None
        assert found.content == content

    await bystander.during(block())

    assert all(turns > 0 for turns in during)

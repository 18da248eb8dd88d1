"""Durable writes: `python benchmarks/storage.py`. Every figure stands beside raw one-row commits of the same run.

Every row is flushed to the disk (WAL, synchronous=FULL) before it counts.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.facts import Figure, Person, Plan, Post, PostRole
from storage import actions, desk, figures, inbox, outbox, people, plans, replies
from storage.database import Database
from storage.migrate import migrate
from storage.outbox import OutRow, Priority
from storage.replies import Reply

NOW = datetime(2026, 6, 5, 1, 0, tzinfo=UTC)
WEEK, LAST_WEEK = "2026-W23", "2026-W22"
CHATS = 16
SCOPE = desk.Scope(tuple(f"i{n}" for n in range(26)), tuple(f"s{n}" for n in range(9)))
PEOPLE = 66_000


@dataclass(frozen=True)
class Line:
    what: str
    rate: float  # a second
    cpu_ms: float  # of each


async def measured(what, count, work):
    start, cpu = time.perf_counter(), time.process_time()
    await work()
    taken, used = time.perf_counter() - start, time.process_time() - cpu
    return Line(what, count / taken, used / count * 1000)


async def side_by_side(count, waiters, work):
    """`count` pieces of work by `waiters` tasks, each doing its share one after another."""

    async def share(first):
        for n in range(first, count, waiters):
            await work(n)

    await asyncio.gather(*(share(first) for first in range(waiters)))


async def raw_commits(folder, rows_a_commit, count):
    """What SQLite itself does on this disk, in this process, without a thread or a loop."""
    path = folder / f"raw{rows_a_commit}.db"
    migrate(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")

        async def work():
            for n in range(0, count, rows_a_commit):
                connection.execute("BEGIN IMMEDIATE")
                for k in range(n, n + rows_a_commit):
                    connection.execute(
                        "INSERT INTO inbox (channel, ext_id, chat_id, raw, received_at) "
                        "VALUES ('c', ?, 'a', '{}', 'x')",
                        (str(k),),
                    )
                connection.execute("COMMIT")

        return await measured(f"raw sqlite3, {rows_a_commit} row(s) a commit", count, work)


async def group_commits(db, waiters, count):
    async def one(n):
        async with db.transaction() as tx:
            await inbox.add(tx, [(f"c{waiters}", str(n), "a", "{}")], NOW)

    return await measured(f"group commit, one row, {waiters} waiting", count, lambda: side_by_side(count, waiters, one))


async def whole_replies(db, waiters, count):
    """What one reply does to the database: desk, reply, six figures, receipt, inbox mark."""
    async with db.transaction() as tx:
        await inbox.add(tx, [(f"r{waiters}", str(n), f"chat{n % CHATS}", "{}") for n in range(count)], NOW)
        ids = [row["id"] for row in await tx.all("SELECT id FROM inbox WHERE channel = :c", {"c": f"r{waiters}"})]

    async def one(n):
        chat = f"chat{n % CHATS}"
        async with db.transaction() as tx:
            found = await desk.load_person_desk(tx, "fake", chat, (WEEK, LAST_WEEK), lambda _: SCOPE)
            reply = Reply("fake", chat, f"{waiters}/{n}", "text", "lúa mùa 549/650, ngô 1110", NOW, found.person.id)
            reply_id = await replies.add(tx, reply)
            read = [
                Figure(f"i{(n + k) % 26}", WEEK, Decimal(n), reply_id=reply_id, person_id=found.person.id)
                for k in range(6)
            ]
            figures.put(tx, read, NOW)
            outbox.put(tx, OutRow(f"{waiters}/{n}", "fake", chat, "receipt", Priority.RECEIPT, "{}"), NOW)
            await inbox.mark_handled(tx, [ids[n]])

    return await measured(f"whole reply, {waiters} waiting", count, lambda: side_by_side(count, waiters, one))


async def office(db):
    async with db.transaction() as tx:
        for n in range(CHATS):
            post = Post(PostRole.RESPONDENT, f"d{n}")
            await people.add_person(tx, Person(0, "A", posts=(post,), channel="fake", chat_id=f"chat{n}"), NOW)
        for n in range(132):
            await figures.record(tx, [Figure(f"i{n}", w, Decimal(n)) for w in (LAST_WEEK, WEEK)], NOW)
            await plans.revise(tx, Plan(f"i{n}", Decimal(n), LAST_WEEK), NOW)


async def tick_for_a_nation(db):
    """Claim 66,000 prompts and queue them, 500 a commit."""

    async def work():
        for start in range(0, PEOPLE, 500):
            due = [actions.Claim(f"{WEEK}/prompt/{n}", "prompt", str(n), WEEK) for n in range(start, start + 500)]
            async with db.transaction() as tx:
                won = await actions.claim_all(tx, due, NOW)
                rows = [OutRow(key, "bulk", key, "prompt", Priority.PROMPT, "{}") for key in sorted(won)]
                await outbox.add_all(tx, rows, NOW)

    return await measured("due action claimed and queued, 66,000 of them", PEOPLE, work)


async def drain(db, batch, batches):
    """Claim and settle a batch as the sender does, with what is left of 66,000 rows queued behind it."""

    async def work():
        for _ in range(batches):
            async with db.transaction() as tx:
                rows = await outbox.claim(tx, NOW + timedelta(hours=1), batch, "bulk")
            async with db.transaction() as tx:
                for row in rows:
                    await outbox.settle_sent(tx, row.id, "m", NOW)

    return await measured(f"outbox row claimed and settled, {batch} at a time", batch * batches, work)


async def readers(db, count):
    async def work():
        for _ in range(count):
            async with db.reading() as rx:
                await inbox.counts(rx)

    return await measured("reader opened, one statement, closed", count, work)


async def measure(folder):
    path = folder / "bench.db"
    migrate(path)
    lines = [await raw_commits(folder, 1, 2000), await raw_commits(folder, 50, 20_000)]
    async with await Database.open(path) as db:
        await office(db)
        lines += [await group_commits(db, waiters, count) for waiters, count in ((1, 1500), (16, 8000), (64, 15_000))]
        lines.append(await group_commits(db, 256, 20_000))
        lines += [await whole_replies(db, waiters, 1500) for waiters in (1, 16, 64)]
        lines.append(await tick_for_a_nation(db))
        lines += [await drain(db, batch, 40) for batch in (4, 28, 256)]
        lines.append(await readers(db, 300))
    return lines


def main():
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as folder:
        lines = asyncio.run(measure(Path(folder)))
    raw = lines[0].rate
    print(f"SQLite {sqlite3.sqlite_version}, Python {sys.version.split()[0]}\n")
    print(f"{'':52}{'a second':>10}{'to raw':>9}{'CPU ms':>9}")
    for line in lines:
        print(f"{line.what:52}{line.rate:>10,.0f}{line.rate / raw:>9.2f}{line.cpu_ms:>9.3f}")


if __name__ == "__main__":
    main()

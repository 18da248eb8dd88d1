"""Transactions: what a block that returned has done, and what one that did not return has not."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import meta
from storage.database import CommitFailed, Database, Transaction
from storage.errors import PutOffFailed
from storage.migrate import migrate
from storage.values import moment, moment_text, stored

if TYPE_CHECKING:
    from pathlib import Path


class RefusedError(Exception):
    """Something went wrong inside a block."""


async def yield_to_loop() -> None:
    """Let every other task that is ready have its turn."""
    turned: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(turned.set_result, None)
    await turned


async def put(tx: Transaction, key: str, value: str) -> None:
    await tx.execute(
        "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        {"key": key, "value": value},
    )


async def keys(db: Database) -> set[str]:
    async with db.reading() as rx:
        return set(await meta.all_of(rx))


async def test_what_a_block_did_can_be_read_by_another_connection_once_it_returned(db: Database) -> None:
    async with db.transaction() as tx:
        await put(tx, "a", "1")
        inside = await keys(db)

    assert inside == set()
    assert await keys(db) == {"a"}


async def test_a_block_that_raises_undoes_its_own_changes_and_nobody_elses(db: Database) -> None:
    async def write(n: int) -> None:
        async with db.transaction() as tx:
            await put(tx, f"{n:02}", "first")
            await yield_to_loop()
            await put(tx, f"{n:02} again", "second")
            if n == 20:
                raise RefusedError

    outcomes = await asyncio.gather(*(write(n) for n in range(50)), return_exceptions=True)

    assert [n for n, outcome in enumerate(outcomes) if isinstance(outcome, RefusedError)] == [20]
    written = [f"{n:02}" for n in range(50) if n != 20]
    assert await keys(db) == {*written, *(f"{n} again" for n in written)}


async def test_blocks_that_wait_at_the_same_time_share_a_commit(database_path: Path) -> None:
    said: list[str] = []

    async def write(db: Database, n: int) -> None:
        async with db.transaction() as tx:
            await put(tx, str(n), "")

    async with await Database.open(database_path) as db:
        await db._writer._connection.set_trace_callback(said.append)
        await asyncio.gather(*(write(db, n) for n in range(50)))

    assert said.count("COMMIT") == 1
    assert said.count("RELEASE turn") == 50


async def test_blocks_run_one_after_another_whatever_they_wait_for(db: Database) -> None:
    async def add_one() -> None:
        async with db.transaction() as tx:
            before = int(await meta.get(tx, "n", "0"))
            await yield_to_loop()
            await put(tx, "n", str(before + 1))

    await asyncio.gather(*(add_one() for _ in range(40)))

    async with db.reading() as rx:
        assert await meta.get(rx, "n") == "40"


async def test_a_statement_that_fails_may_be_caught_and_the_block_goes_on(db: Database) -> None:
    async with db.transaction() as tx:
        await tx.execute("INSERT INTO meta (key, value) VALUES ('a', '1')")
        with pytest.raises(sqlite3.IntegrityError):
            await tx.execute("INSERT INTO meta (key, value) VALUES ('a', '2')")
        await put(tx, "b", "1")

    assert await keys(db) == {"a", "b"}


async def test_a_block_cancelled_in_the_middle_leaves_nothing_and_holds_nobody_up(db: Database) -> None:
    entered = asyncio.Event()

    async def stuck() -> None:
        async with db.transaction() as tx:
            await put(tx, "half", "")
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    await entered.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    async with db.transaction() as tx:
        await put(tx, "whole", "")

    assert await keys(db) == {"whole"}


async def test_who_is_cancelled_while_waiting_for_the_commit_does_not_take_it_from_the_others(db: Database) -> None:
    all_ran = asyncio.Event()

    async def write(n: int) -> None:
        async with db.transaction() as tx:
            await put(tx, str(n), "")
            if n == 9:
                all_ran.set()

    tasks = [asyncio.create_task(write(n)) for n in range(10)]
    await all_ran.wait()
    tasks[0].cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(outcomes[0], asyncio.CancelledError)
    assert outcomes[1:] == [None] * 9
    assert await keys(db) >= {str(n) for n in range(1, 10)}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fates=st.lists(
        st.tuples(st.sampled_from(["return", "raise", "cancel"]), st.integers(1, 4), st.integers(0, 3)),
        min_size=1,
        max_size=12,
    )
)
async def test_whatever_becomes_of_concurrent_blocks_each_is_there_wholly_or_not_at_all(
    tmp_path_factory: pytest.TempPathFactory, fates: list[tuple[str, int, int]]
) -> None:
    path = tmp_path_factory.mktemp("fates") / "x.db"
    migrate(path)

    async def write(db: Database, n: int, fate: str, statements: int, pauses: int) -> None:
        async with db.transaction() as tx:
            for k in range(statements):
                await put(tx, f"{n}.{k}", "")
            for _ in range(pauses):
                await yield_to_loop()
            if fate == "raise":
                raise RefusedError

    async with await Database.open(path) as db:
        tasks = [asyncio.create_task(write(db, n, *fate)) for n, fate in enumerate(fates)]
        await yield_to_loop()
        for task, (fate, _, _) in zip(tasks, fates, strict=True):
            if fate == "cancel":
                await yield_to_loop()
                task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    async with await Database.open(path) as db:
        stored_keys = await keys(db)

    for n, (outcome, (fate, statements, _)) in enumerate(zip(outcomes, fates, strict=True)):
        mine = {key for key in stored_keys if key.startswith(f"{n}.")}
        whole = {f"{n}.{k}" for k in range(statements)}
        if outcome is None:
            assert mine == whole
        elif fate == "raise":
            assert mine == set()
        else:
            assert mine in (set(), whole)


async def test_after_a_failed_commit_nothing_of_it_is_stored_and_no_block_is_let_in(database_path: Path) -> None:
    async def write(db: Database, key: str) -> None:
        async with db.transaction() as tx:
            await put(tx, key, "")
            if key == "bad":  # a reference to nobody that is only looked at when the commit comes
                await tx.execute("PRAGMA defer_foreign_keys = ON")
                await tx.execute("INSERT INTO code_tries (channel, chat_id, at) VALUES ('a', 'b', 'c')")
                await tx.execute(
                    "INSERT INTO posts (person_id, role, department, since) VALUES (999, 'leader', 'x', 'y')"
                )

    async with await Database.open(database_path) as db:
        await write(db, "before")
        outcomes = await asyncio.gather(*(write(db, k) for k in ("one", "bad", "two")), return_exceptions=True)
        with pytest.raises(CommitFailed):
            await write(db, "after")

    assert [type(outcome) for outcome in outcomes] == [CommitFailed] * 3
    async with await Database.open(database_path) as db:
        assert await keys(db) == {"before"}


async def test_when_the_engine_rolls_back_by_itself_everybody_in_the_commit_is_told(database_path: Path) -> None:
    async def write(db: Database, key: str) -> None:
        async with db.transaction() as tx:
            await put(tx, key, "")
            if key == "bad":  # as a disk error may do: the statement fails and takes the whole transaction with it
                with suppress(Exception):
                    await tx.execute("INSERT OR ROLLBACK INTO meta (key, value) VALUES ('bad', '')")
                await put(tx, "outside of any transaction", "")

    async with await Database.open(database_path) as db:
        await write(db, "before")
        outcomes = await asyncio.gather(*(write(db, k) for k in ("one", "bad", "two")), return_exceptions=True)
        with pytest.raises(CommitFailed):
            await write(db, "after")
        seen = await keys(db)

    assert [type(outcome) for outcome in outcomes] == [CommitFailed] * 3
    assert seen == {"before"}


async def test_when_the_disk_is_full_what_was_acknowledged_is_there_and_nothing_else(database_path: Path) -> None:
    acknowledged = set()

    async def write(db: Database, n: int) -> None:
        async with db.transaction() as tx:
            await put(tx, str(n), "x" * 3000)
        acknowledged.add(str(n))

    async with await Database.open(database_path) as db:
        async with db.transaction() as tx:
            await tx.execute("PRAGMA max_page_count = 300")
        for start in range(0, 1000, 20):
            outcomes = await asyncio.gather(*(write(db, start + n) for n in range(20)), return_exceptions=True)
            if any(outcomes):
                break
    async with await Database.open(database_path) as db:
        stored_keys = await keys(db)

    assert any(outcomes)
    assert len(acknowledged) > 20
    assert stored_keys == acknowledged


async def test_closing_lets_the_blocks_under_way_finish_and_refuses_later_ones(database_path: Path) -> None:
    async def write(db: Database, n: int) -> None:
        async with db.transaction() as tx:
            await put(tx, str(n), "")

    db = await Database.open(database_path)
    tasks = [asyncio.create_task(write(db, n)) for n in range(20)]
    await yield_to_loop()
    await db.close()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    with pytest.raises(CommitFailed):
        await write(db, 99)

    assert outcomes == [None] * 20
    async with await Database.open(database_path) as db:
        assert await keys(db) == {str(n) for n in range(20)}


async def test_a_block_inside_a_block_is_refused_at_once(db: Database) -> None:
    async with db.transaction():
        with pytest.raises(RuntimeError, match="inside another"):
            async with db.transaction():
                pass


async def test_a_transaction_is_over_with_its_block(db: Database) -> None:
    async with db.transaction() as tx:
        await put(tx, "a", "")

    with pytest.raises(RuntimeError, match="over"):
        await put(tx, "b", "")
    with pytest.raises(RuntimeError, match="over"):
        tx.later(INSERT, {"key": "b", "value": ""})


INSERT = "INSERT INTO meta (key, value) VALUES (:key, :value)"


async def test_a_write_that_is_put_off_is_seen_by_the_next_statement_and_stored_with_the_block(db: Database) -> None:
    async with db.transaction() as tx:
        tx.later(INSERT, {"key": "a", "value": "1"})
        seen = await meta.get(tx, "a")
        tx.later(INSERT, {"key": "b", "value": "2"})

    assert seen == "1"
    assert await keys(db) == {"a", "b"}


@pytest.mark.parametrize("goes_on", [True, False])
async def test_a_write_that_was_put_off_and_fails_undoes_its_block_whoever_catches_what(
    db: Database, goes_on: bool
) -> None:
    async def write() -> None:
        async with db.transaction() as tx:
            await put(tx, "a", "1")
            tx.later(INSERT, {"key": "a", "value": "2"})
            if goes_on:
                with suppress(Exception):
                    await put(tx, "b", "1")
                await put(tx, "c", "1")

    with pytest.raises(PutOffFailed, match="INSERT INTO meta"):
        await write()
    async with db.transaction() as tx:
        tx.later(INSERT, {"key": "other", "value": ""})

    assert await keys(db) == {"other"}


async def test_what_was_put_off_is_not_done_when_the_block_raises(db: Database) -> None:
    async def write() -> None:
        async with db.transaction() as tx:
            tx.later(INSERT, {"key": "a", "value": ""})
            raise RefusedError

    with pytest.raises(RefusedError):
        await write()

    assert await keys(db) == set()


async def test_a_block_without_statements_costs_nothing_and_returns(db: Database) -> None:
    async with db.transaction():
        pass

    assert await keys(db) == set()


async def test_a_reader_sees_one_moment_and_can_not_write(db: Database) -> None:
    async with db.transaction() as tx:
        await put(tx, "a", "1")
    async with db.reading() as rx:
        before = await meta.get(rx, "a")
        async with db.transaction() as tx:
            await put(tx, "a", "2")
        after = await meta.get(rx, "a")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await rx.one("UPDATE meta SET value = 'x' RETURNING value")

    assert (before, after) == ("1", "1")


async def test_many_statements_at_once_keep_their_order_and_count(db: Database) -> None:
    async with db.transaction() as tx:
        changed = await tx.executemany(
            "INSERT INTO meta (key, value) VALUES (:key, '') ON CONFLICT (key) DO NOTHING",
            [{"key": str(n % 1200)} for n in range(1300)],
        )
        answers = await tx.batch([("SELECT value FROM meta WHERE key = :key", {"key": str(n)}) for n in range(1300)])

    assert changed == 1200
    assert [len(rows) for rows in answers] == [1] * 1200 + [0] * 100


async def test_an_empty_list_matches_nothing(db: Database) -> None:
    async with db.transaction() as tx:
        await put(tx, "a", "")
        assert await tx.all("SELECT * FROM meta WHERE key IN (:keys)", {"keys": []}) == []
        assert len(await tx.all("SELECT * FROM meta WHERE key IN (:keys)", {"keys": ["a", "b"]})) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1E+3"), "1000"),
        (Decimal("64.50"), "64.50"),
        (True, 1),
        (None, None),
        (datetime(2026, 6, 5, 8, 0, tzinfo=UTC), "2026-06-05T08:00:00.000000+00:00"),
    ],
)
def test_values_have_one_form_in_the_database(value: object, text: object) -> None:
    assert stored(value) == text


@pytest.mark.parametrize("value", [0.5, object(), datetime(2026, 6, 5, 8, 0)])  # noqa: DTZ001 - the point of the test
def test_floats_and_moments_without_a_zone_are_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        stored(value)


@given(st.lists(st.datetimes(timezones=st.timezones()), min_size=2, max_size=5))
def test_moments_sort_as_their_text_does_and_come_back_the_same(moments: list[datetime]) -> None:
    texts = [moment_text(m) for m in moments if 2 < m.year < 9998]

    assert sorted(texts) == [moment_text(m) for m in sorted(m for m in moments if 2 < m.year < 9998)]
    assert all(moment_text(moment(text)) == text for text in texts)

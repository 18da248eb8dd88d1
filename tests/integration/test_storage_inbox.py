"""The inbox: nothing twice, in order within a chat, and a bad row holds nobody up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import inbox
from tests.integration.storage_victim import NOW

if TYPE_CHECKING:
    from storage.database import Database


async def filled(db: Database, *updates: tuple[str, str]) -> None:
    """Updates as (ext_id, chat)."""
    async with db.transaction() as tx:
        await inbox.add(tx, [("fake", ext_id, chat, f"raw {ext_id}") for ext_id, chat in updates], NOW)


async def test_an_update_that_comes_again_is_ignored(db: Database) -> None:
    async with db.transaction() as tx:
        first = await inbox.add(tx, [("fake", "1", "a", "x"), ("fake", "2", "a", "y")], NOW)
        again = await inbox.add(tx, [("fake", "2", "a", "y"), ("fake", "3", "a", "z"), ("other", "1", "a", "x")], NOW)

    assert (first, again) == (2, 2)


async def test_one_open_row_of_each_chat_is_taken_oldest_first(db: Database) -> None:
    await filled(db, ("1", "b"), ("2", "a"), ("3", "b"), ("4", "c"), ("5", "a"))

    async with db.reading() as rx:
        assert [(row.ext_id, row.chat_id) for row in await inbox.take(rx, 10)] == [("1", "b"), ("2", "a"), ("4", "c")]
        assert [row.ext_id for row in await inbox.take(rx, 2)] == ["1", "2"]
        assert [row.ext_id for row in await inbox.take(rx, 2, busy={("fake", "b")})] == ["2", "4"]


async def test_the_next_row_of_a_chat_comes_when_the_one_before_is_handled(db: Database) -> None:
    await filled(db, ("1", "a"), ("2", "a"), ("3", "a"))
    seen = []
    for _ in range(3):
        async with db.transaction() as tx:
            (row,) = await inbox.take(tx, 10)
            await inbox.mark_handled(tx, [row.id])
        seen.append(row.raw)

    async with db.reading() as rx:
        assert await inbox.take(rx, 10) == []
    assert seen == ["raw 1", "raw 2", "raw 3"]


async def test_a_row_that_fails_is_kept_with_its_error_and_holds_nobody_up(db: Database) -> None:
    await filled(db, ("1", "a"), ("2", "a"))
    async with db.transaction() as tx:
        (row,) = await inbox.take(tx, 10)
        await inbox.mark_failed(tx, row.id, "ValueError: no message in it")

    async with db.transaction() as tx:
        assert [r.ext_id for r in await inbox.take(tx, 10)] == ["2"]
        kept = await tx.all("SELECT raw, error FROM inbox WHERE state = 'failed'")
        assert [tuple(r) for r in kept] == [("raw 1", "ValueError: no message in it")]
        assert await inbox.counts(tx) == {"open": 1, "failed": 1}


async def test_a_row_shown_in_a_log_shows_nothing_of_what_was_written(db: Database) -> None:
    await filled(db, ("1", "a"))
    async with db.reading() as rx:
        (row,) = await inbox.take(rx, 1)

    assert "raw" not in repr(row)

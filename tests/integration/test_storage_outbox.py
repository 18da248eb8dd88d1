"""The outbox: once, in order, one at a time for each chat, and what nobody can tell is said to be unclear."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage import attachments, buttons, outbox
from storage.outbox import OutboxRow, OutRow, Priority, Sending, Stage
from tests.integration.storage_victim import NOW

if TYPE_CHECKING:
    from storage.database import Database, Transaction

LATER = NOW + timedelta(minutes=1)


def message(dedup: str, chat: str = "a", priority: Priority = Priority.PROMPT) -> OutRow:
    return OutRow(dedup, "fake", chat, "prompt", priority, '{"text":"chào"}')


async def queue(tx: Transaction, *rows: OutRow) -> list[int]:
    return [row_id for row_id in await outbox.add_all(tx, rows, NOW) if row_id is not None]


async def claimed(tx: Transaction, limit: int = 10, at: object = NOW) -> list[str]:
    return [row.dedup for row in await outbox.claim(tx, at, limit, "fake")]  # type: ignore[arg-type]


async def state_of(tx: Transaction, row_id: int) -> OutboxRow:
    row = await outbox.find(tx, row_id)
    assert row is not None
    return row


async def test_the_same_message_is_queued_once_whatever_became_of_it(db: Database) -> None:
    async with db.transaction() as tx:
        first = await outbox.add(tx, message("w23/prompt/a"), NOW)
        assert await outbox.add(tx, message("w23/prompt/a", chat="b"), NOW) is None
        await claimed(tx)
        assert first is not None
        await outbox.settle_sent(tx, first, "m1", NOW)
        assert await outbox.add(tx, message("w23/prompt/a"), NOW) is None
        assert await outbox.counts(tx) == {Sending.SENT: 1}


async def test_everything_of_a_message_comes_back_as_it_was_queued(db: Database) -> None:
    async with db.transaction() as tx:
        digest = await attachments.keep(tx, "báo cáo.docx", b"PK")
        row = replace(
            message("x", priority=Priority.REPORT),
            is_group=True,
            attachment_hash=digest,
            not_before=NOW,
            not_after=LATER,
            edit_of="m7",
            stage=Stage.PLACEHOLDER,
        )
        await outbox.add(tx, row, NOW)
        (back,) = await outbox.claim(tx, NOW, 5, "fake")
        blob = await attachments.find(tx, digest)

    assert OutRow(*(getattr(back, f.name) for f in fields(OutRow))) == row
    assert (back.state, back.tries, back.created_at, back.claimed_at) == (Sending.SENDING, 1, NOW, NOW)
    assert blob is not None
    assert (blob.name, blob.content) == ("báo cáo.docx", b"PK")


async def test_the_most_urgent_go_first_and_one_of_each_chat_at_most(db: Database) -> None:
    async with db.transaction() as tx:
        await queue(
            tx,
            message("reminder", "a", Priority.REMINDER),
            message("report", "b", Priority.REPORT),
            message("prompt", "c", Priority.PROMPT),
            message("question", "d", Priority.QUESTION),
            message("receipt", "e", Priority.RECEIPT),
            message("second receipt", "e", Priority.RECEIPT),
        )

        assert await claimed(tx, 3) == ["receipt", "question", "prompt"]
        assert await claimed(tx, 3) == ["report", "reminder"]
        assert await claimed(tx, 3) == []


async def test_within_a_chat_the_order_is_kept_and_the_most_urgent_gives_the_chat_its_turn(db: Database) -> None:
    async with db.transaction() as tx:
        ids = await queue(
            tx,
            message("reminder", "a", Priority.REMINDER),
            message("prompt", "b", Priority.PROMPT),
            message("receipt", "a", Priority.RECEIPT),
        )

        assert await claimed(tx, 1) == ["reminder"]
        await outbox.settle_sent(tx, ids[0], "m", NOW)
        assert await claimed(tx, 1) == ["receipt"]


async def test_what_is_not_yet_due_waits_and_holds_nobody_up(db: Database) -> None:
    async with db.transaction() as tx:
        await queue(tx, replace(message("tomorrow"), not_before=LATER), message("now"))

        assert await outbox.next_due(tx, "fake") == NOW
        assert await claimed(tx) == ["now"]
        assert await outbox.next_due(tx, "fake") == LATER
        assert await outbox.next_due(tx, "other") is None


async def test_what_was_put_off_in_its_turn_holds_the_chat_until_it_is_due_again(db: Database) -> None:
    async with db.transaction() as tx:
        first, second = await queue(tx, message("first"), message("second"))
        await claimed(tx)
        await outbox.settle_later(tx, first, LATER, "no connection")

        assert await claimed(tx) == []
        assert await claimed(tx, at=LATER) == ["first"]
        assert (await state_of(tx, first)).tries == 2
        await outbox.settle_sent(tx, first, "m", LATER)
        assert await claimed(tx, at=LATER) == ["second"]
        assert (await state_of(tx, second)).tries == 1


async def test_what_makes_no_more_sense_is_dropped_instead_of_sent(db: Database) -> None:
    async with db.transaction() as tx:
        (row_id,) = await queue(tx, replace(message("reminder"), not_after=NOW))

        assert await claimed(tx, at=LATER) == []
        assert (await state_of(tx, row_id)).state is Sending.DROPPED


async def test_a_reminder_dies_when_it_is_no_longer_needed(db: Database) -> None:
    async with db.transaction() as tx:
        late = replace(message("r1"), priority=Priority.REMINDER)
        await queue(tx, late, message("p"), replace(late, dedup="r2", chat_id="b"))

        assert await outbox.drop_reminders(tx, "fake", late.chat_id, NOW) == 1
        assert await outbox.counts(tx) == {Sending.DROPPED: 1, Sending.QUEUED: 2}


async def test_what_was_being_sent_at_a_restart_is_unclear_and_is_settled_by_kind(db: Database) -> None:
    async with db.transaction() as tx:
        ids = await queue(tx, message("receipt", "a"), message("reminder", "b"), message("report", "c"))
        await claimed(tx)
        lost = await outbox.after_restart(tx, NOW)
        assert [row.id for row in lost] == ids
        assert await claimed(tx) == []

        assert await outbox.resolve_unclear(tx, ids[0], resend=True, now=NOW, not_before=LATER)
        assert await outbox.resolve_unclear(tx, ids[1], resend=False, now=NOW)
        assert await outbox.settle_sent(tx, ids[2], "seen by the office", NOW)
        assert not await outbox.resolve_unclear(tx, ids[2], resend=True, now=NOW)

        assert await outbox.unclear(tx) == []
        assert await claimed(tx, at=NOW) == []
        assert await claimed(tx, at=LATER) == ["receipt"]


async def test_what_is_said_once_more_after_an_unclear_sending_does_not_hold_the_chat(db: Database) -> None:
    async with db.transaction() as tx:
        first, _ = await queue(tx, message("first"), message("second"))
        await claimed(tx)
        await outbox.settle_unclear(tx, first, "timeout", NOW)
        await outbox.resolve_unclear(tx, first, resend=True, now=NOW, not_before=LATER)

        assert await claimed(tx) == ["second"]


async def test_a_report_is_posted_in_two_steps_of_which_the_second_may_be_repeated(db: Database) -> None:
    async with db.transaction() as tx:
        (row_id,) = await queue(
            tx,
            replace(message("report"), stage=Stage.PLACEHOLDER),
        )
        (placeholder,) = await outbox.claim(tx, NOW, 1, "fake")
        assert await outbox.settle_placeholder(tx, row_id, "m5")
    async with db.transaction() as tx:
        (document,) = await outbox.claim(tx, NOW, 1, "fake")
        assert not await outbox.settle_placeholder(tx, row_id, "m6")
        (lost,) = await outbox.after_restart(tx, NOW)
        await outbox.resolve_unclear(tx, row_id, resend=True, now=NOW)
        await outbox.claim(tx, NOW, 1, "fake")
        await outbox.settle_sent(tx, row_id, "m5", NOW)

    assert (placeholder.stage, placeholder.repeatable) == (Stage.PLACEHOLDER, False)
    assert (document.stage, document.message_id, document.repeatable) == (Stage.DOCUMENT, "m5", True)
    assert lost.repeatable


@pytest.mark.parametrize("state", [Sending.SENT, Sending.FAILED, Sending.QUEUED])
async def test_only_what_is_in_flight_can_be_settled(db: Database, state: Sending) -> None:
    async with db.transaction() as tx:
        (row_id,) = await queue(tx, message("x"))
        if state is not Sending.QUEUED:
            await claimed(tx)
        if state is Sending.SENT:
            await outbox.settle_sent(tx, row_id, "m", NOW)
        if state is Sending.FAILED:
            await outbox.settle_failed(tx, row_id, "rejected", NOW)

        assert not await outbox.settle_later(tx, row_id, NOW)
        assert not await outbox.settle_unclear(tx, row_id, "", NOW)
        assert not await outbox.settle_failed(tx, row_id, "", NOW)
        assert not await outbox.settle_sent(tx, row_id, "again", NOW)
        assert (await state_of(tx, row_id)).state is state


async def test_what_failed_is_due_again_at_once_on_a_persons_word(db: Database) -> None:
    async with db.transaction() as tx:
        failed, other = await queue(tx, message("post:2026-W23:1:a", "-1"), message("post:2026-W23:11:a", "-2"))
        await claimed(tx)
        for row_id in (failed, other):
            await outbox.settle_failed(tx, row_id, "rejected", NOW)

        assert await outbox.retry_failed(tx, "post:2026-W23:1:", NOW) == 1
        await claimed(tx)
        assert (await state_of(tx, failed)).state is Sending.SENDING
        assert (await state_of(tx, other)).state is Sending.FAILED


async def test_what_is_not_sent_follows_a_group_to_its_new_address(db: Database) -> None:
    async with db.transaction() as tx:
        sent, waiting = await queue(tx, message("sent", "-1"), message("waiting", "-1"))
        await claimed(tx)
        await outbox.settle_sent(tx, sent, "m", NOW)
        await outbox.readdress(tx, "fake", "-1", "-1001")

        assert ((await state_of(tx, sent)).chat_id, (await state_of(tx, waiting)).chat_id) == ("-1", "-1001")
        assert await claimed(tx) == ["waiting"]


async def test_claiming_among_many_looks_at_few(db: Database) -> None:
    async with db.transaction() as tx:
        steps = await tx.all(f"EXPLAIN QUERY PLAN {outbox.CLAIM}", {"now": NOW, "channel": "fake", "limit": 5})
    found = " | ".join(step["detail"] for step in steps)

    assert found.count("outbox_chat (channel=? AND chat_id=?)") == 2
    assert "TEMP B-TREE" not in found
    assert "SCAN" not in found


async def test_a_chat_has_one_live_keyboard(db: Database) -> None:
    async with db.transaction() as tx:
        first, second = await queue(tx, message("first"), message("second", "b"))
        for row_id, chat, tokens in ((first, "a", "xy"), (second, "b", "z")):
            await outbox.claim(tx, NOW, 5, "fake")
            await outbox.settle_sent(tx, row_id, f"m{row_id}", NOW)
            await buttons.add(
                tx,
                [buttons.Button(t, "fake", chat, "2026-W23", "receipt", f"key {t}", outbox_id=row_id) for t in tokens],
            )

        buttons.close_for_chat(tx, "fake", "a", NOW)
        old, other = await buttons.find(tx, "x"), await buttons.find(tx, "z")

    assert old is not None
    assert other is not None
    assert not old.open_at(NOW)
    assert other.open_at(NOW)


async def test_a_press_uses_up_every_button_of_its_message_and_counts_once(db: Database) -> None:
    async with db.transaction() as tx:
        (row_id,) = await queue(tx, message("first"))
        expiring = buttons.Button("x", "fake", "a", "2026-W23", "approval_request", "approve", expires_at=LATER)
        await buttons.add(tx, [replace(expiring, outbox_id=row_id), replace(expiring, token="y", outbox_id=row_id)])
        found = await buttons.find(tx, "y")

        assert await buttons.close(tx, "x", NOW)
        assert not await buttons.close(tx, "x", NOW)
        assert not await buttons.close(tx, "y", NOW)
        assert not await buttons.close(tx, "forged", NOW)
        assert await buttons.find(tx, "forged") is None

    assert found is not None
    assert found.open_at(NOW)
    assert not found.open_at(LATER)

"""What follows when a message was sent, was surely not sent, or nobody can tell.

Knows: which kinds may be repeated, what the office has to be told.
Does not know: channels, pace, when it is called again.

A row that goes out again after nobody could tell carries the earlier error: its second turn is its last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.channel import AFTER, After
from storage import groups, outbox
from storage.outbox import OutRow, Priority, Stage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from handlers.channel import SendError
    from storage.database import Database, Transaction
    from storage.outbox import OutboxRow

ONCE_MORE_AFTER = timedelta(seconds=60)
LONGEST_WAIT = 30
LATER = "later: "
UNCLEAR = "unclear: "
ANEW = (
    "anew: "  # a report in doubt that can't be mended where it stands: sent again, it is sent as a message of its own
)


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the rest of the service does about deliveries, each in the transaction that settles the row.

    undelivered   it will not arrive: tell the office (blocked, gone, refused; or UNCLEAR twice)
    unclear_post  a report's message may or may not stand in the group: tell the office. True repeats it at once,
                  False leaves it to `outbox.resolve_unclear`. May be asked again about the same row after a restart
    posted        a report arrived, under this message id
    has_replied   the person wrote in this chat since the row was claimed
    """

    undelivered: Callable[[Transaction, OutboxRow, SendError], Awaitable[None]]
    unclear_post: Callable[[Transaction, OutboxRow], Awaitable[bool]]
    posted: Callable[[Transaction, OutboxRow, str], Awaitable[None]]
    has_replied: Callable[[Transaction, OutboxRow], Awaitable[bool]]


def is_post(row: OutboxRow) -> bool:
    """Never to be seen twice, so never repeated unattended."""
    return row.priority is Priority.REPORT or row.stage is not None


def was_unclear(row: OutboxRow) -> bool:
    """An earlier turn may have had its effect."""
    return bool(row.error) and not row.error.startswith(LATER)


async def recover(db: Database, hooks: Hooks, now: datetime) -> int:
    """Once at the start, before any delivery: what the last process left half done. Returns how many rows that were."""
    async with db.transaction() as tx:
        rows = await outbox.after_restart(tx, now)
        for row in rows:
            await decide(tx, row, hooks, now)
    return len(rows)


async def sent(tx: Transaction, row: OutboxRow, message_id: str, hooks: Hooks, now: datetime) -> None:
    """The message stands. A placeholder is only half of it."""
    if row.stage is Stage.PLACEHOLDER:
        await outbox.settle_placeholder(tx, row.id, message_id)
        return
    outbox.put_sent(tx, row.id, message_id, now)
    if is_post(row):
        await hooks.posted(tx, row, message_id)


async def refused(
    tx: Transaction, row: OutboxRow, error: SendError, hooks: Hooks, now: datetime, reopens: datetime
) -> None:
    """The message does not stand, or nobody can tell. `reopens` is when the channel may be used again."""
    match AFTER[error.refusal]:
        case After.RETRY | After.PAUSE_CHANNEL | After.STOP_CHANNEL:
            await _later(tx, row, error, reopens)
        case After.READDRESS:
            await _moved(tx, row, error, hooks, now)
        case After.SETTLE_BY_KIND:
            await _unclear(tx, row, error, hooks, now)
        case After.TELL_OFFICE | After.FAIL:
            await _failed(tx, row, error, hooks, now)


async def decide(tx: Transaction, row: OutboxRow, hooks: Hooks, now: datetime) -> None:
    """What an unclear row's kind says, as far as it can be said at once. The rest is said by `repeat_due`."""
    if row.repeatable and not row.error.startswith(ANEW):
        wait = timedelta(seconds=min(2**row.tries, LONGEST_WAIT))
        await outbox.resolve_unclear(tx, row.id, resend=True, now=now, not_before=now + wait)
    elif is_post(row):
        await _ask(tx, row, hooks, now)
    elif row.priority is Priority.REMINDER:
        await outbox.resolve_unclear(tx, row.id, resend=False, now=now)  # the next one comes


async def repeat_due(tx: Transaction, channel: str, hooks: Hooks, now: datetime) -> datetime | None:
    """Prompts, questions and receipts that are unclear for a minute go once more, unless the person wrote meanwhile.

    Returns when to look again.
    """
    waiting = [
        (row.settled_at + ONCE_MORE_AFTER, row)
        for row in await outbox.unclear(tx)
        if row.channel == channel and not is_post(row) and row.settled_at is not None
    ]
    for due, row in waiting:
        if due <= now:
            resend = not await hooks.has_replied(tx, row)
            await outbox.resolve_unclear(tx, row.id, resend=resend, now=now)
    return min((due for due, _ in waiting if due > now), default=None)


async def _later(tx: Transaction, row: OutboxRow, error: SendError, reopens: datetime) -> None:
    await outbox.settle_later(tx, row.id, reopens, row.error if was_unclear(row) else f"{LATER}{error.detail}")


async def _unclear(tx: Transaction, row: OutboxRow, error: SendError, hooks: Hooks, now: datetime) -> None:
    if was_unclear(row) and not row.repeatable and not is_post(row):
        await outbox.settle_failed(tx, row.id, f"{UNCLEAR}twice", now)
        await hooks.undelivered(tx, row, error)
        return
    await outbox.settle_unclear(tx, row.id, f"{UNCLEAR}{error.detail}", now)
    await decide(tx, row, hooks, now)


async def _moved(tx: Transaction, row: OutboxRow, error: SendError, hooks: Hooks, now: datetime) -> None:
    """The group has a new id. A placeholder stays behind in the old chat, so its report begins anew in the new one."""
    await outbox.readdress(tx, row.channel, row.chat_id, error.new_chat_id)
    await groups.readdress(tx, row.channel, row.chat_id, error.new_chat_id, now)
    if row.stage is Stage.DOCUMENT:
        await _begin_anew(tx, row, error, hooks, now, (error.new_chat_id, Stage.PLACEHOLDER))
    else:
        await _later(tx, row, error, now)


async def _failed(tx: Transaction, row: OutboxRow, error: SendError, hooks: Hooks, now: datetime) -> None:
    """It won't arrive. A document that can't be put into its placeholder is posted as a message of its own."""
    if row.stage is Stage.DOCUMENT and AFTER[error.refusal] is After.FAIL:
        await _begin_anew(tx, row, error, hooks, now, (row.chat_id, None))
        return
    await outbox.settle_failed(tx, row.id, error.detail or error.refusal.value, now)
    await hooks.undelivered(tx, row, error)


async def _begin_anew(
    tx: Transaction, row: OutboxRow, error: SendError, hooks: Hooks, now: datetime, place: tuple[str, Stage | None]
) -> None:
    """Another row for a report whose placeholder will not get its document.

    If an earlier turn may have put it there all the same, the office's word is waited for first.
    """
    if was_unclear(row) and not row.error.startswith(ANEW):
        await outbox.settle_unclear(tx, row.id, f"{ANEW}{error.detail}", now)
        await _ask(tx, row, hooks, now)
        return
    chat_id, stage = place
    await outbox.settle_replaced(tx, row.id, f"begun anew: {error.detail}", now)
    again = OutRow(
        dedup=f"{row.dedup}#{row.id}",
        channel=row.channel,
        chat_id=chat_id,
        purpose=row.purpose,
        priority=row.priority,
        payload=row.payload,
        is_group=row.is_group,
        attachment_hash=row.attachment_hash,
        person_id=row.person_id,
        stage=stage,
    )
    await outbox.add(tx, again, now)


async def _ask(tx: Transaction, row: OutboxRow, hooks: Hooks, now: datetime) -> None:
    if await hooks.unclear_post(tx, row):
        await outbox.resolve_unclear(tx, row.id, resend=True, now=now)

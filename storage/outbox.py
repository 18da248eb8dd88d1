"""What is to be said: queued in the transaction that decided it, sent by another loop, settled afterwards.

    queued -> sending -> sent | failed | unclear | queued again, later
    unclear -> queued (say it again) | dropped; queued -> dropped (no longer needed, or too late)

Knows order and states. Does not know how anything is sent, nor what should follow when nobody can tell whether it was.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from bot.record import record
from storage.values import moment, moment_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.database import Reading, Row, Transaction


class Priority(IntEnum):
    """Who goes first when more is queued than the channel takes."""

    RECEIPT = 0
    QUESTION = 1
    PROMPT = 2
    REPORT = 3
    REMINDER = 4


class Sending(StrEnum):
    """Where a row stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCLEAR = "unclear"
    DROPPED = "dropped"


class Stage(StrEnum):
    """A report is posted in two steps: a line of text first, then the document is put in its place."""

    PLACEHOLDER = "placeholder"
    DOCUMENT = "document"


@record(repr=False)
class OutRow:
    """A message to be queued. `dedup` is what makes it the same message: a second one is not queued."""

    dedup: str
    channel: str
    chat_id: str
    purpose: str  # the message's id, "reminder_1"
    priority: Priority
    payload: str  # JSON, the channel's business
    is_group: bool = False
    attachment_hash: str | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None  # makes no sense later: dropped
    person_id: int | None = None
    edit_of: str | None = None  # the message id that it replaces
    stage: Stage | None = None


@record(repr=False, kw_only=True)
class OutboxRow(OutRow):
    """A queued message and what became of it."""

    id: int
    state: Sending
    tries: int
    created_at: datetime
    claimed_at: datetime | None = None
    settled_at: datetime | None = None
    message_id: str | None = None  # of the placeholder already, in stage DOCUMENT
    error: str = ""

    @property
    def repeatable(self) -> bool:
        """Sending it twice shows it once: it is an edit."""
        return self.edit_of is not None or self.stage is Stage.DOCUMENT


ADD = (
    "INSERT INTO outbox (dedup, channel, chat_id, is_group, purpose, priority, payload, attachment_hash, not_before, "
    "not_after, person_id, edit_of, stage, created_at) VALUES (:dedup, :channel, :chat_id, :is_group, :purpose, "
    ":priority, :payload, :attachment_hash, coalesce(:not_before, :now), :not_after, :person_id, :edit_of, :stage, "
    ":now) ON CONFLICT (dedup) DO NOTHING"
)
DROP_EXPIRED = (
    "UPDATE outbox SET state = 'dropped', settled_at = :now, error = 'too late' "
    "WHERE state = 'queued' AND not_after IS NOT NULL AND not_after < :now"
)
# The best due row of a chat decides when the chat has its turn, and the chat's oldest due row is then sent.
# A chat waits while a row of it is in flight, or was put off in its turn and is not yet due again.
# (The IN conditions repeat those of the index outbox_chat, without which it would not be used.)
CLAIM = """
UPDATE outbox SET state = 'sending', tries = tries + 1, claimed_at = :now, holds_chat = 0
WHERE id IN (
    SELECT (
        SELECT min(head.id) FROM outbox AS head
        WHERE head.channel = best.channel AND head.chat_id = best.chat_id
        AND head.state IN ('queued', 'sending') AND head.state = 'queued'
        AND head.not_before <= :now
    )
    FROM outbox AS best
    WHERE best.state = 'queued' AND best.channel = :channel
    AND best.not_before <= :now
    AND NOT EXISTS (
        SELECT 1 FROM outbox AS other
        WHERE other.channel = best.channel AND other.chat_id = best.chat_id
        AND other.state IN ('queued', 'sending')
        AND (other.state = 'sending' OR (other.holds_chat = 1 AND other.not_before > :now) OR (
            other.not_before <= :now
            AND (other.priority < best.priority OR (other.priority = best.priority AND other.id < best.id))
        ))
    )
    ORDER BY best.priority, best.id
    LIMIT :limit
)
RETURNING *
"""
SETTLE = (
    "UPDATE outbox SET state = :state, settled_at = :now, message_id = coalesce(:message_id, message_id), "
    "error = :error WHERE id = :id AND state IN ('sending', 'unclear')"
)
PRIORITIES = {priority.value: priority for priority in Priority}
STATES = {state.value: state for state in Sending}
STAGES: dict[str | None, Stage | None] = {None: None} | {stage.value: stage for stage in Stage}


async def add(tx: Transaction, row: OutRow, now: datetime) -> int | None:
    """Queue a message; None if it was queued before, whatever became of it."""
    return await tx.insert(ADD, _params(row, now))


async def add_all(tx: Transaction, rows: Sequence[OutRow], now: datetime) -> list[int | None]:
    """Queue many on one way to the database."""
    return await tx.insert_all([(ADD, _params(row, now)) for row in rows])


def put(tx: Transaction, row: OutRow, now: datetime) -> None:
    """Queue a message for a caller who needs no id: it goes with the block's next statement."""
    tx.later(ADD, _params(row, now))


async def claim(tx: Transaction, now: datetime, limit: int, channel: str) -> list[OutboxRow]:
    """Take rows to send, most urgent first, one a chat at most. Send them after the transaction.

    Rows whose time is over are dropped on the way.
    """
    params = {"now": now, "channel": channel, "limit": limit}
    _, rows = await tx.batch([(DROP_EXPIRED, {"now": now}), (CLAIM, params)])
    return sorted(map(_outbox_row, rows), key=lambda row: (row.priority, row.id))


async def next_due(rx: Reading, channel: str) -> datetime | None:
    """When something queued is due next: a past moment if it is due now, None if nothing is queued."""
    row = await rx.one(
        "SELECT min(not_before) AS due FROM outbox WHERE state = 'queued' AND channel = :channel",
        {"channel": channel},
    )
    return moment_or_none(row["due"]) if row else None


async def settle_sent(tx: Transaction, row_id: int, message_id: str, now: datetime) -> bool:
    """It was sent; also what somebody says who saw it. False if it was neither in flight nor unclear."""
    return await _settle(tx, row_id, Sending.SENT, now, message_id=message_id)


def put_sent(tx: Transaction, row_id: int, message_id: str, now: datetime) -> None:
    """The same for a caller who just sent it: it goes with the block's next statement."""
    tx.later(SETTLE, _settling(row_id, Sending.SENT, now, message_id))


async def settle_placeholder(tx: Transaction, row_id: int, message_id: str) -> bool:
    """The placeholder stands: once this is committed the row is due again, for the document, and may be repeated.

    False if no placeholder was in flight.
    """
    changed = await tx.execute(
        "UPDATE outbox SET state = 'queued', stage = 'document', message_id = :message_id, holds_chat = 1, error = '' "
        "WHERE id = :id AND state = 'sending' AND stage = 'placeholder'",
        {"id": row_id, "message_id": message_id},
    )
    return changed == 1


async def settle_later(tx: Transaction, row_id: int, not_before: datetime, error: str = "") -> bool:
    """It was surely not sent: its turn comes again at `not_before`, and the chat's later messages wait for it.

    False if it was not in flight.
    """
    changed = await tx.execute(
        "UPDATE outbox SET state = 'queued', not_before = :not_before, holds_chat = 1, error = :error "
        "WHERE id = :id AND state = 'sending'",
        {"id": row_id, "not_before": not_before, "error": error},
    )
    return changed == 1


async def settle_failed(tx: Transaction, row_id: int, error: str, now: datetime) -> bool:
    """It will not be sent. False if it was neither in flight nor unclear."""
    return await _settle(tx, row_id, Sending.FAILED, now, error=error)


async def settle_replaced(tx: Transaction, row_id: int, why: str, now: datetime) -> bool:
    """Another row goes out in its place: it is over for good. False if it was neither in flight nor unclear."""
    return await _settle(tx, row_id, Sending.DROPPED, now, error=why)


async def settle_unclear(tx: Transaction, row_id: int, error: str, now: datetime) -> bool:
    """It may have been sent or not; `resolve_unclear` says what follows. False if it was not in flight."""
    return await _settle(tx, row_id, Sending.UNCLEAR, now, error=error)


async def after_restart(tx: Transaction, now: datetime) -> list[OutboxRow]:
    """At the start: what was being sent when the process ended is unclear. Returns all that is unclear."""
    await tx.execute(
        "UPDATE outbox SET state = 'unclear', settled_at = :now, error = 'the process ended while sending' "
        "WHERE state = 'sending'",
        {"now": now},
    )
    return await unclear(tx)


async def unclear(rx: Reading) -> list[OutboxRow]:
    """Oldest first."""
    return [_outbox_row(row) for row in await rx.all("SELECT * FROM outbox WHERE state = 'unclear' ORDER BY id")]


async def resolve_unclear(
    tx: Transaction, row_id: int, *, resend: bool, now: datetime, not_before: datetime | None = None
) -> bool:
    """Say it again (without holding up the chat until then), or let it be. False if it was not unclear."""
    changed = await tx.execute(
        "UPDATE outbox SET state = :state, not_before = coalesce(:not_before, :now), settled_at = :settled_at, "
        "holds_chat = 0 "
        "WHERE id = :id AND state = 'unclear'",
        {
            "id": row_id,
            "state": Sending.QUEUED if resend else Sending.DROPPED,
            "not_before": not_before,
            "now": now,
            "settled_at": None if resend else now,
        },
    )
    return changed == 1


async def retry_failed(tx: Transaction, dedup_start: str, now: datetime) -> int:
    """Send again what could not be delivered, on a person's word. `dedup_start` is how its key begins."""
    return await tx.execute(
        "UPDATE outbox SET state = 'queued', not_before = :now, settled_at = NULL, holds_chat = 0, error = '', "
        "created_at = :now WHERE state = 'failed' AND dedup LIKE :start || '%'",
        {"start": dedup_start, "now": now},
    )


async def drop_reminders(tx: Transaction, channel: str, chat_id: str, now: datetime) -> int:
    """A reminder that did not go out yet dies when the report arrives. Returns how many."""
    return await tx.execute(
        "UPDATE outbox SET state = 'dropped', settled_at = :now, error = 'no longer needed' "
        "WHERE state = 'queued' AND channel = :channel AND chat_id = :chat_id AND priority = :priority",
        {"channel": channel, "chat_id": chat_id, "priority": Priority.REMINDER, "now": now},
    )


async def readdress(tx: Transaction, channel: str, old_chat: str, new_chat: str) -> None:
    """A group got a new id: what is not yet sent goes there."""
    await tx.execute(
        "UPDATE outbox SET chat_id = :new WHERE channel = :channel AND chat_id = :old "
        "AND state IN ('queued', 'sending', 'unclear')",
        {"channel": channel, "old": old_chat, "new": new_chat},
    )


async def find(rx: Reading, row_id: int) -> OutboxRow | None:
    row = await rx.one("SELECT * FROM outbox WHERE id = :id", {"id": row_id})
    return _outbox_row(row) if row else None


async def newest(rx: Reading) -> int:
    """The id of the last message that was queued; 0 for none."""
    row = await rx.one("SELECT max(id) AS id FROM outbox")
    return int(row["id"] or 0) if row is not None else 0


async def is_said_since(rx: Reading, channel: str, chat_id: str, row_id: int) -> bool:
    """Whether anything was queued for the chat after that message."""
    row = await rx.one(
        "SELECT 1 AS one FROM outbox WHERE id > :id AND channel = :channel AND chat_id = :chat_id LIMIT 1",
        {"id": row_id, "channel": channel, "chat_id": chat_id},
    )
    return row is not None


async def counts(rx: Reading) -> dict[Sending, int]:
    """How many rows are in each state."""
    rows = await rx.all("SELECT state, count(*) AS n FROM outbox GROUP BY state ORDER BY state")
    return {Sending(row["state"]): row["n"] for row in rows}


async def _settle(
    tx: Transaction, row_id: int, state: Sending, now: datetime, *, message_id: str | None = None, error: str = ""
) -> bool:
    return await tx.execute(SETTLE, _settling(row_id, state, now, message_id, error)) == 1


def _settling(row_id: int, state: Sending, now: datetime, message_id: str | None, error: str = "") -> dict[str, Any]:
    return {"id": row_id, "state": state.value, "now": now, "message_id": message_id, "error": error}


def _params(row: OutRow, now: datetime) -> dict[str, Any]:
    return {
        "dedup": row.dedup,
        "channel": row.channel,
        "chat_id": row.chat_id,
        "is_group": int(row.is_group),
        "purpose": row.purpose,
        "priority": row.priority.value,
        "payload": row.payload,
        "attachment_hash": row.attachment_hash,
        "not_before": row.not_before,
        "not_after": row.not_after,
        "person_id": row.person_id,
        "edit_of": row.edit_of,
        "stage": row.stage,
        "now": now,
    }


def _outbox_row(row: Row) -> OutboxRow:
    return OutboxRow(
        row["dedup"],
        row["channel"],
        row["chat_id"],
        row["purpose"],
        PRIORITIES[row["priority"]],
        row["payload"],
        bool(row["is_group"]),
        row["attachment_hash"],
        moment(row["not_before"]),
        moment_or_none(row["not_after"]),
        row["person_id"],
        row["edit_of"],
        STAGES[row["stage"]],
        id=row["id"],
        state=STATES[row["state"]],
        tries=row["tries"],
        created_at=moment(row["created_at"]),
        claimed_at=moment_or_none(row["claimed_at"]),
        settled_at=moment_or_none(row["settled_at"]),
        message_id=row["message_id"],
        error=row["error"],
    )

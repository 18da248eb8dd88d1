"""What people sent, word for word. An edited message is a further version; nothing is overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.record import record
from storage.values import moment

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Reading, Row, Transaction


@record(repr=False)
class Reply:
    """One version of one inbound message. `kind` is how it came: "text", "edited", "pressed", "file" ..."""

    channel: str
    chat_id: str
    message_id: str
    kind: str
    text: str
    at: datetime
    person_id: int | None = None
    department: str | None = None
    period: str | None = None
    inbox_id: int | None = None
    version: int = 0  # given when it is stored
    id: int = 0  # likewise


ADD = (
    "INSERT INTO replies (channel, chat_id, message_id, version, kind, text, person_id, department, period, at, "
    "inbox_id) VALUES (:channel, :chat_id, :message_id, 1 + coalesce((SELECT max(version) FROM replies "
    "WHERE channel = :channel AND chat_id = :chat_id AND message_id = :message_id), 0), :kind, :text, :person_id, "
    ":department, :period, :at, :inbox_id)"
)


async def add(tx: Transaction, reply: Reply) -> int:
    """Returns the id; versions of a message count from 1."""
    row_id = await tx.insert(
        ADD,
        {
            "channel": reply.channel,
            "chat_id": reply.chat_id,
            "message_id": reply.message_id,
            "kind": reply.kind,
            "text": reply.text,
            "person_id": reply.person_id,
            "department": reply.department,
            "period": reply.period,
            "at": reply.at,
            "inbox_id": reply.inbox_id,
        },
    )
    assert row_id is not None
    return row_id


async def find(rx: Reading, reply_id: int) -> Reply | None:
    row = await rx.one("SELECT * FROM replies WHERE id = :id", {"id": reply_id})
    return _reply(row) if row else None


async def versions(rx: Reading, channel: str, chat_id: str, message_id: str) -> list[Reply]:
    """All versions of a message, the first one first."""
    rows = await rx.all(
        "SELECT * FROM replies WHERE channel = :channel AND chat_id = :chat_id AND message_id = :message_id "
        "ORDER BY version",
        {"channel": channel, "chat_id": chat_id, "message_id": message_id},
    )
    return [_reply(row) for row in rows]


async def since(rx: Reading, channel: str, chat_id: str, moment_: datetime) -> bool:
    """Whether anything came from a chat after a moment."""
    row = await rx.one(
        "SELECT 1 FROM replies WHERE channel = :channel AND chat_id = :chat_id AND at > :since LIMIT 1",
        {"channel": channel, "chat_id": chat_id, "since": moment_},
    )
    return row is not None


def _reply(row: Row) -> Reply:
    return Reply(
        row["channel"],
        row["chat_id"],
        row["message_id"],
        row["kind"],
        row["text"],
        moment(row["at"]),
        row["person_id"],
        row["department"],
        row["period"],
        row["inbox_id"],
        row["version"],
        row["id"],
    )

"""One-by-one mode («từng câu»): which question a chat has come to. A chat has one walk at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.record import record
from storage.values import from_json, json_text, moment

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Reading, Row, Transaction

OF_CHAT = "SELECT * FROM walks WHERE channel = :channel AND chat_id = :chat_id"


@record
class Walk:
    """`steps` are indicators or sections in the order asked; `position` is the one being asked."""

    channel: str
    chat_id: str
    person_id: int
    department: str
    period: str
    steps: tuple[str, ...]
    position: int
    last_at: datetime


async def find(rx: Reading, channel: str, chat_id: str) -> Walk | None:
    """The chat's walk; remembered, since few are on one."""

    async def read() -> Walk | None:
        row = await rx.one(OF_CHAT, {"channel": channel, "chat_id": chat_id})
        return walk_of(row) if row else None

    return await rx.remembered(("walk", channel, chat_id), ("walks",), read)


async def put(tx: Transaction, walk: Walk) -> None:
    """Begin a walk, or go on with it."""
    tx.later(
        "INSERT INTO walks (channel, chat_id, person_id, department, period, steps, position, last_at) VALUES "
        "(:channel, :chat_id, :person_id, :department, :period, :steps, :position, :last_at) "
        "ON CONFLICT (channel, chat_id) DO UPDATE SET person_id = excluded.person_id, "
        "department = excluded.department, period = excluded.period, steps = excluded.steps, "
        "position = excluded.position, last_at = excluded.last_at",
        {
            "channel": walk.channel,
            "chat_id": walk.chat_id,
            "person_id": walk.person_id,
            "department": walk.department,
            "period": walk.period,
            "steps": json_text(list(walk.steps)),
            "position": walk.position,
            "last_at": walk.last_at,
        },
    )


async def stop(tx: Transaction, channel: str, chat_id: str) -> None:
    tx.later(
        "DELETE FROM walks WHERE channel = :channel AND chat_id = :chat_id", {"channel": channel, "chat_id": chat_id}
    )


async def idle(rx: Reading, before: datetime) -> list[Walk]:
    """Walks in which nothing was said since `before`."""
    rows = await rx.all("SELECT * FROM walks WHERE last_at < :before ORDER BY last_at", {"before": before})
    return [walk_of(row) for row in rows]


def walk_of(row: Row) -> Walk:
    return Walk(
        row["channel"],
        row["chat_id"],
        row["person_id"],
        row["department"],
        row["period"],
        tuple(from_json(row["steps"])),
        row["position"],
        moment(row["last_at"]),
    )

"""Groups that were bound by a code, such as the leadership group the report is posted to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.values import moment

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Reading, Row, Transaction

LEADERSHIP = "leadership"


@dataclass(frozen=True, slots=True)
class Group:
    purpose: str
    channel: str
    chat_id: str
    title: str
    bound_at: datetime
    bound_by: int | None = None


async def bind(tx: Transaction, group: Group) -> None:
    """The chat serves this purpose from now on, and no other."""
    await unbind(tx, group.channel, group.chat_id, group.bound_at)
    await tx.execute(
        "INSERT INTO groups (purpose, channel, chat_id, title, bound_by, bound_at) "
        "VALUES (:purpose, :channel, :chat_id, :title, :bound_by, :bound_at)",
        {
            "purpose": group.purpose,
            "channel": group.channel,
            "chat_id": group.chat_id,
            "title": group.title,
            "bound_by": group.bound_by,
            "bound_at": group.bound_at,
        },
    )


async def unbind(tx: Transaction, channel: str, chat_id: str, now: datetime) -> None:
    await tx.execute(
        "UPDATE groups SET ended_at = :now WHERE channel = :channel AND chat_id = :chat_id AND ended_at IS NULL",
        {"channel": channel, "chat_id": chat_id, "now": now},
    )


async def group_at(rx: Reading, channel: str, chat_id: str) -> Group | None:
    row = await rx.one(
        "SELECT * FROM groups WHERE channel = :channel AND chat_id = :chat_id AND ended_at IS NULL",
        {"channel": channel, "chat_id": chat_id},
    )
    return _group(row) if row else None


async def leadership_groups(rx: Reading) -> list[Group]:
    rows = await rx.all(
        "SELECT * FROM groups WHERE purpose = :purpose AND ended_at IS NULL ORDER BY id", {"purpose": LEADERSHIP}
    )
    return [_group(row) for row in rows]


async def readdress(tx: Transaction, channel: str, old_chat: str, new_chat: str, now: datetime) -> bool:
    """The group got a new id from its channel. False, and nothing done, if the old one was not bound."""
    bound = await group_at(tx, channel, old_chat)
    if bound is None:
        return False
    await unbind(tx, channel, old_chat, now)
    await bind(tx, Group(bound.purpose, channel, new_chat, bound.title, now, bound.bound_by))
    return True


def _group(row: Row) -> Group:
    return Group(row["purpose"], row["channel"], row["chat_id"], row["title"], moment(row["bound_at"]), row["bound_by"])

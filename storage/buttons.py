"""Buttons that went out. What a press carries is an opaque token; all that it means stands here, and is checked here.

Tokens are made by the caller, at random.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from bot.record import record
from storage.values import moment_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.database import Reading, Row, Transaction


ADD = (
    "INSERT INTO buttons (token, channel, chat_id, person_id, period, question_id, outbox_id, purpose, key, payload, "
    "expires_at) VALUES (:token, :channel, :chat_id, :person_id, :period, :question_id, :outbox_id, :purpose, :key, "
    ":payload, :expires_at)"
)


@record
class Button:
    token: str
    channel: str
    chat_id: str
    period: str
    purpose: str  # the message it stands under
    key: str  # what it says: "yes", "resend", "as_written"
    person_id: int | None = None  # the only one who may press it; None: anybody of the chat
    question_id: int | None = None
    outbox_id: int | None = None
    payload: str = "{}"  # JSON
    expires_at: datetime | None = None
    closed_at: datetime | None = None

    def open_at(self, now: datetime) -> bool:
        return self.closed_at is None and (self.expires_at is None or now < self.expires_at)


COLUMNS = tuple(f.name for f in fields(Button) if f.name != "closed_at")


async def add(tx: Transaction, buttons: Sequence[Button]) -> None:
    for button in buttons:
        tx.later(ADD, {name: getattr(button, name) for name in COLUMNS})


async def find(rx: Reading, token: str) -> Button | None:
    """Whatever its state: a closed button deserves an answer too. None for a token that never went out."""
    row = await rx.one("SELECT * FROM buttons WHERE token = :token", {"token": token})
    return _button(row) if row else None


OPEN = "channel = :channel AND chat_id = :chat_id AND closed_at IS NULL AND (expires_at IS NULL OR expires_at > :now)"
LIVE = (
    f"SELECT * FROM buttons WHERE {OPEN} "  # noqa: S608 - both parts stand above
    f"AND (outbox_id = (SELECT max(outbox_id) FROM buttons WHERE {OPEN}) OR question_id = :question_id) "
    "ORDER BY outbox_id DESC, id"
)


async def live(rx: Reading, channel: str, chat_id: str, now: datetime, question_id: int | None = None) -> list[Button]:
    """What may still be pressed under a chat's newest message with buttons, and under a question; the newest first.

    Offers of older messages stay open by the dozen, and no typed word means one of them.
    """
    rows = await rx.all(LIVE, {"channel": channel, "chat_id": chat_id, "now": now, "question_id": question_id})
    return [_button(row) for row in rows]


async def close(tx: Transaction, token: str, now: datetime) -> bool:
    """Use a button up, with all others under the same message. False if that was done before."""
    pressed = await tx.one(
        "UPDATE buttons SET closed_at = :now WHERE token = :token AND closed_at IS NULL RETURNING outbox_id",
        {"token": token, "now": now},
    )
    if pressed is None:
        return False
    tx.later(
        "UPDATE buttons SET closed_at = :now WHERE outbox_id = :outbox_id AND closed_at IS NULL",
        {"outbox_id": pressed["outbox_id"], "now": now},
    )
    return True


# What one thing said to several people is called differs in its end only: the place where each of them reads it.
_STEM = "substr(mine.dedup, 1, length(mine.dedup) - length(mine.channel) - length(mine.chat_id) - 2)"
CLOSE_BESIDE = (
    "UPDATE buttons SET closed_at = :now WHERE closed_at IS NULL AND outbox_id IN ("  # noqa: S608 - it stands above
    f"SELECT other.id FROM outbox AS mine JOIN outbox AS other ON other.dedup > {_STEM} || ':' "
    f"AND other.dedup < {_STEM} || ';' AND other.dedup = {_STEM} || ':' || other.channel || ':' || other.chat_id "
    "WHERE mine.id = :outbox_id AND other.id <> mine.id AND other.purpose = mine.purpose AND other.state = 'sent'"
    ") RETURNING outbox_id"
)


async def close_beside(tx: Transaction, outbox_id: int, now: datetime) -> list[int]:
    """Close what others were shown with the same message. Returns the ids of their messages."""
    rows = await tx.all(CLOSE_BESIDE, {"outbox_id": outbox_id, "now": now})
    return sorted({row["outbox_id"] for row in rows})


def close_for_chat(tx: Transaction, channel: str, chat_id: str, now: datetime) -> None:
    """One live keyboard a chat: close what is open."""
    tx.later(
        "UPDATE buttons SET closed_at = :now WHERE channel = :channel AND chat_id = :chat_id AND closed_at IS NULL",
        {"channel": channel, "chat_id": chat_id, "now": now},
    )


def _button(row: Row) -> Button:
    return Button(
        row["token"],
        row["channel"],
        row["chat_id"],
        row["period"],
        row["purpose"],
        row["key"],
        row["person_id"],
        row["question_id"],
        row["outbox_id"],
        row["payload"],
        moment_or_none(row["expires_at"]),
        moment_or_none(row["closed_at"]),
    )

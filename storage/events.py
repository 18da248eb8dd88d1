"""The audit log: who changed what, from what to what, why, when, and by which message. Only ever added to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.record import record
from storage.values import moment

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Reading, Row, Transaction


@record
class Event:
    """`what` is a code ("plan_revised"), `subject` what it was done to ("lua-mua", "2026-W23/1")."""

    what: str
    subject: str
    at: datetime
    person_id: int | None = None
    period: str | None = None
    old: str = ""
    new: str = ""
    why: str = ""
    reply_id: int | None = None
    id: int | None = None


async def add(tx: Transaction, event: Event) -> None:
    tx.later(
        "INSERT INTO events (at, person_id, what, subject, period, old, new, why, reply_id) "
        "VALUES (:at, :person_id, :what, :subject, :period, :old, :new, :why, :reply_id)",
        {
            "at": event.at,
            "person_id": event.person_id,
            "what": event.what,
            "subject": event.subject,
            "period": event.period,
            "old": event.old,
            "new": event.new,
            "why": event.why,
            "reply_id": event.reply_id,
        },
    )


async def of_period(rx: Reading, period: str) -> list[Event]:
    rows = await rx.all("SELECT * FROM events WHERE period = :period ORDER BY id", {"period": period})
    return [_event(row) for row in rows]


async def of_kind(rx: Reading, prefix: str) -> list[Event]:
    """Entries whose code begins with `prefix`, the first one first."""
    rows = await rx.all(
        "SELECT * FROM events WHERE substr(what, 1, :length) = :prefix ORDER BY id",
        {"length": len(prefix), "prefix": prefix},
    )
    return [_event(row) for row in rows]


def _event(row: Row) -> Event:
    return Event(
        row["what"],
        row["subject"],
        moment(row["at"]),
        row["person_id"],
        row["period"],
        row["old"],
        row["new"],
        row["why"],
        row["reply_id"],
        row["id"],
    )

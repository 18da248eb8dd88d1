"""The office's own calendar: days off, days worked instead, deadlines moved. The last word counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts import DayKind, DayMark, DeadlineMove
from storage.values import moment, moment_or_none

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Reading, Row, Transaction


async def set_day(tx: Transaction, mark: DayMark, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO holidays (day, kind, name, person_id, at) VALUES (:day, :kind, :name, :person_id, :at)",
        {
            "day": mark.day,
            "kind": mark.kind,
            "name": mark.name,
            "person_id": mark.person_id,
            "at": mark.at or now,
        },
    )


async def days(rx: Reading, since: str, until: str) -> dict[str, DayMark]:
    """What the office said about days from `since` to `until`, both included."""
    rows = await rx.all(
        "SELECT * FROM holidays WHERE id IN (SELECT max(id) FROM holidays WHERE day >= :since AND day <= :until "
        "GROUP BY day) AND kind <> 'usual' ORDER BY day",
        {"since": since, "until": until},
    )
    return {
        row["day"]: DayMark(row["day"], DayKind(row["kind"]), row["name"], row["person_id"], moment(row["at"]))
        for row in rows
    }


async def move_deadline(tx: Transaction, move: DeadlineMove) -> None:
    await tx.execute(
        "INSERT INTO deadline_moves (period, opens, deadline, post, reason, person_id, at) "
        "VALUES (:period, :opens, :deadline, :post, :reason, :person_id, :at)",
        {
            "period": move.period,
            "opens": move.opens,
            "deadline": move.deadline,
            "post": move.post,
            "reason": move.reason,
            "person_id": move.person_id,
            "at": move.at,
        },
    )


async def moves(rx: Reading) -> list[DeadlineMove]:
    """Every move, oldest first; the last one of a period counts."""
    return [_move(row) for row in await rx.all("SELECT * FROM deadline_moves ORDER BY id")]


async def deadline_move(rx: Reading, period: str) -> DeadlineMove | None:
    row = await rx.one(
        "SELECT * FROM deadline_moves WHERE period = :period ORDER BY id DESC LIMIT 1", {"period": period}
    )
    return _move(row) if row is not None else None


def _move(row: Row) -> DeadlineMove:
    return DeadlineMove(
        period=row["period"],
        deadline=moment(row["deadline"]),
        reason=row["reason"],
        at=moment(row["at"]),
        opens=moment_or_none(row["opens"]),
        person_id=row["person_id"],
        post=moment_or_none(row["post"]),
    )

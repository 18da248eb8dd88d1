"""The office's own calendar: days off, days worked instead, deadlines moved. The last word counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from storage.values import moment, moment_or_none

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Reading, Transaction


class DayKind(StrEnum):
    OFF = "off"
    WORK = "work"  # worked in exchange for another day
    USUAL = "usual"  # an earlier word on this day was taken back


@dataclass(frozen=True, slots=True)
class LocalDay:
    """What the office says about a day (a local ISO date)."""

    day: str
    kind: DayKind
    name: str
    person_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class DeadlineMove:
    """The deadline of one period, and its opening if that moves too."""

    period: str
    deadline: datetime
    reason: str
    at: datetime
    opens: datetime | None = None
    person_id: int | None = None


async def set_day(tx: Transaction, local_day: LocalDay) -> None:
    await tx.execute(
        "INSERT INTO holidays (day, kind, name, person_id, at) VALUES (:day, :kind, :name, :person_id, :at)",
        {
            "day": local_day.day,
            "kind": local_day.kind,
            "name": local_day.name,
            "person_id": local_day.person_id,
            "at": local_day.at,
        },
    )


async def days(rx: Reading, since: str, until: str) -> dict[str, LocalDay]:
    """What the office said about days from `since` to `until`, both included."""
    rows = await rx.all(
        "SELECT * FROM holidays WHERE id IN (SELECT max(id) FROM holidays WHERE day >= :since AND day <= :until "
        "GROUP BY day) AND kind <> 'usual' ORDER BY day",
        {"since": since, "until": until},
    )
    return {
        row["day"]: LocalDay(row["day"], DayKind(row["kind"]), row["name"], row["person_id"], moment(row["at"]))
        for row in rows
    }


async def move_deadline(tx: Transaction, move: DeadlineMove) -> None:
    await tx.execute(
        "INSERT INTO deadline_moves (period, opens, deadline, reason, person_id, at) "
        "VALUES (:period, :opens, :deadline, :reason, :person_id, :at)",
        {
            "period": move.period,
            "opens": move.opens,
            "deadline": move.deadline,
            "reason": move.reason,
            "person_id": move.person_id,
            "at": move.at,
        },
    )


async def deadline_move(rx: Reading, period: str) -> DeadlineMove | None:
    row = await rx.one(
        "SELECT * FROM deadline_moves WHERE period = :period ORDER BY id DESC LIMIT 1", {"period": period}
    )
    if row is None:
        return None
    return DeadlineMove(
        row["period"],
        moment(row["deadline"]),
        row["reason"],
        moment(row["at"]),
        moment_or_none(row["opens"]),
        row["person_id"],
    )

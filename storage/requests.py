"""What departments ask for and are granted: extensions, waivers, promises, leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts import Extension, Leave, Promise, Waiver
from storage.values import from_json, json_text, moment, moment_or_none

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Reading, Row, Transaction


async def ask_extension(tx: Transaction, extension: Extension, now: datetime) -> int:
    """Returns the id. An extension that the office gives unasked has `granted` True at once."""
    row = await tx.one(
        "INSERT INTO extensions (department, period, until, reason, person_id, asked_at, granted, decided_by, "
        "decided_at) VALUES (:department, :period, :until, :reason, :person_id, :now, :granted, :decided_by, "
        ":decided_at) RETURNING id",
        {
            "department": extension.department,
            "period": extension.period,
            "until": extension.until,
            "reason": extension.reason,
            "person_id": extension.person_id,
            "now": now,
            "granted": extension.granted,
            "decided_by": None if extension.granted is None else extension.person_id,
            "decided_at": None if extension.granted is None else now,
        },
    )
    assert row is not None
    return int(row["id"])


async def decide_extension(
    tx: Transaction, extension_id: int, *, granted: bool, until: datetime, person_id: int | None, now: datetime
) -> bool:
    """Grant until an hour, or refuse. False if it was decided before."""
    changed = await tx.execute(
        "UPDATE extensions SET granted = :granted, until = :until, decided_by = :person_id, decided_at = :now "
        "WHERE id = :id AND granted IS NULL",
        {"id": extension_id, "granted": granted, "until": until, "person_id": person_id, "now": now},
    )
    return changed == 1


EXTENSIONS_OF = "SELECT * FROM extensions WHERE period = :period ORDER BY id"


async def extensions(rx: Reading, period: str) -> list[Extension]:
    """Asked for, granted and refused, in order."""
    rows = await rx.all(EXTENSIONS_OF, {"period": period})
    return [extension_of(row) for row in rows]


async def find_extension(rx: Reading, extension_id: int) -> Extension | None:
    row = await rx.one("SELECT * FROM extensions WHERE id = :id", {"id": extension_id})
    return extension_of(row) if row else None


async def waive(tx: Transaction, waiver: Waiver) -> bool:
    """False if the department was excused before."""
    changed = await tx.execute(
        "INSERT INTO waivers (department, period, reason, person_id, at) "
        "VALUES (:department, :period, :reason, :person_id, :at) ON CONFLICT (period, department) DO NOTHING",
        {
            "department": waiver.department,
            "period": waiver.period,
            "reason": waiver.reason,
            "person_id": waiver.person_id,
            "at": waiver.at,
        },
    )
    return changed == 1


async def waivers(rx: Reading, period: str) -> dict[str, Waiver]:
    """By department."""
    rows = await rx.all("SELECT * FROM waivers WHERE period = :period ORDER BY department", {"period": period})
    return {
        row["department"]: Waiver(row["department"], row["period"], row["reason"], row["person_id"], moment(row["at"]))
        for row in rows
    }


async def promise(tx: Transaction, promised: Promise, person_id: int | None, now: datetime) -> None:
    await tx.execute(
        "INSERT INTO promises (department, period, until, sections, person_id, at) "
        "VALUES (:department, :period, :until, :sections, :person_id, :now)",
        {
            "department": promised.department,
            "period": promised.period,
            "until": promised.until,
            "sections": json_text(list(promised.sections)),
            "person_id": person_id,
            "now": now,
        },
    )


async def promises(rx: Reading, period: str) -> list[Promise]:
    """In order; a later one of the same department does not undo an earlier one for other sections."""
    rows = await rx.all("SELECT * FROM promises WHERE period = :period ORDER BY id", {"period": period})
    return [
        Promise(row["department"], row["period"], moment(row["until"]), tuple(from_json(row["sections"])))
        for row in rows
    ]


async def ask_leave(tx: Transaction, leave: Leave, now: datetime) -> int:
    """Returns the id."""
    row = await tx.one(
        "INSERT INTO leaves (person_id, since, until, substitute_id, state, asked_at) "
        "VALUES (:person_id, :since, :until, :substitute_id, :state, :now) RETURNING id",
        {
            "person_id": leave.person_id,
            "since": leave.since,
            "until": leave.until,
            "substitute_id": leave.substitute_id,
            "state": "confirmed" if leave.confirmed else "asked",
            "now": now,
        },
    )
    assert row is not None
    return int(row["id"])


async def confirm_leave(tx: Transaction, leave_id: int, now: datetime) -> bool:
    """False if it was confirmed or ended before."""
    changed = await tx.execute(
        "UPDATE leaves SET state = 'confirmed', decided_at = :now WHERE id = :id AND state = 'asked'",
        {"id": leave_id, "now": now},
    )
    return changed == 1


async def end_leave(tx: Transaction, leave_id: int, now: datetime) -> None:
    """Withdrawn, refused, or replaced by another one."""
    await tx.execute(
        "UPDATE leaves SET state = 'ended', decided_at = :now WHERE id = :id AND state <> 'ended'",
        {"id": leave_id, "now": now},
    )


async def find_leave(rx: Reading, leave_id: int) -> Leave | None:
    """None for one that is over: withdrawn, refused, or replaced by another one."""
    row = await rx.one("SELECT * FROM leaves WHERE id = :id AND state <> 'ended'", {"id": leave_id})
    return _leave(row) if row else None


async def leaves(rx: Reading, since: str, until: str) -> list[Leave]:
    """Leaves that touch these days (local ISO dates, inclusive), asked for and confirmed."""
    rows = await rx.all(
        "SELECT * FROM leaves WHERE since <= :until AND until >= :since AND state <> 'ended' ORDER BY id",
        {"since": since, "until": until},
    )
    return [_leave(row) for row in rows]


def _leave(row: Row) -> Leave:
    is_confirmed = row["state"] == "confirmed"
    return Leave(row["person_id"], row["since"], row["until"], row["substitute_id"], is_confirmed, row["id"])


def extension_of(row: Row) -> Extension:
    return Extension(
        row["department"],
        row["period"],
        moment(row["until"]),
        None if row["granted"] is None else bool(row["granted"]),
        row["reason"],
        row["person_id"],
        row["id"],
        moment_or_none(row["decided_at"]),
    )

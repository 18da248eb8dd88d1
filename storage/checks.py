"""Violated checks that the office lets stand, with the reason.

The word holds for the figures it was given for: `operands` says which, and other figures need another word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.values import moment

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Reading, Transaction


@dataclass(frozen=True, slots=True)
class KeptCheck:
    check_id: str
    period: str
    reason: str
    person_id: int
    at: datetime
    operands: str = ""  # the values it was given for, written in any stable way


async def keep(tx: Transaction, kept_check: KeptCheck) -> None:
    tx.later(
        "INSERT INTO kept_checks (period, check_id, operands, reason, person_id, at) "
        "VALUES (:period, :check_id, :operands, :reason, :person_id, :at)",
        {
            "period": kept_check.period,
            "check_id": kept_check.check_id,
            "operands": kept_check.operands,
            "reason": kept_check.reason,
            "person_id": kept_check.person_id,
            "at": kept_check.at,
        },
    )


async def kept(rx: Reading, period: str) -> dict[str, KeptCheck]:
    """The latest word on each check, by the check's id."""
    rows = await rx.all("SELECT * FROM kept_checks WHERE period = :period ORDER BY id", {"period": period})
    return {
        row["check_id"]: KeptCheck(
            row["check_id"], row["period"], row["reason"], row["person_id"], moment(row["at"]), row["operands"]
        )
        for row in rows
    }

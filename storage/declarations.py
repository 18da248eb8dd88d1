"""«Xong», and the office's «trả lại»: a department's part is complete until it is returned. Only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.facts import Declaration
from storage.values import moment

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Reading, Row, Transaction

ADD = (
    "INSERT INTO declarations (department, period, state, partial, person_id, at, comment) "
    "VALUES (:department, :period, :state, :partial, :person_id, :at, :comment)"
)


@dataclass(frozen=True, slots=True)
class Return:
    """A part that the office gave back, with its comment."""

    department: str
    period: str
    comment: str
    person_id: int
    at: datetime


async def declare(tx: Transaction, declaration: Declaration) -> None:
    tx.later(
        ADD,
        {
            "department": declaration.department,
            "period": declaration.period,
            "state": "declared",
            "partial": declaration.partial,
            "person_id": declaration.person_id,
            "at": declaration.at,
            "comment": "",
        },
    )


async def give_back(tx: Transaction, given_back: Return) -> None:
    """The department's declaration no longer holds."""
    tx.later(
        ADD,
        {
            "department": given_back.department,
            "period": given_back.period,
            "state": "returned",
            "partial": False,
            "person_id": given_back.person_id,
            "at": given_back.at,
            "comment": given_back.comment,
        },
    )


async def declared(rx: Reading, period: str) -> dict[str, Declaration]:
    """The declarations that hold, by department."""
    return {
        row["department"]: Declaration(
            row["department"], row["period"], row["person_id"], moment(row["at"]), bool(row["partial"])
        )
        for row in await _newest(rx, period, "declared")
    }


async def returned(rx: Reading, period: str) -> dict[str, Return]:
    """Parts that were given back and not declared again, by department."""
    return {
        row["department"]: Return(row["department"], row["period"], row["comment"], row["person_id"], moment(row["at"]))
        for row in await _newest(rx, period, "returned")
    }


async def _newest(rx: Reading, period: str, state: str) -> list[Row]:
    return await rx.all(
        "SELECT * FROM declarations WHERE id IN (SELECT max(id) FROM declarations WHERE period = :period "
        "GROUP BY department) AND state = :state ORDER BY department",
        {"period": period, "state": state},
    )

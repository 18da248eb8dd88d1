"""Plans and their revisions, and what a unit starts from. A plan holds from its first period until the next one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.facts import Origin, Plan, State
from storage.values import moment

if TYPE_CHECKING:
    from datetime import datetime

    from bot.forms.model import Opening
    from storage.database import Reading, Row, Transaction

# Where two revisions begin with the same period, the later word counts.
IN_FORCE = """
SELECT * FROM plans AS p WHERE id = (
    SELECT id FROM plans WHERE indicator = p.indicator AND since <= :period ORDER BY since DESC, id DESC LIMIT 1
) ORDER BY indicator
"""
IN_FORCE_OF = """
WITH wanted (indicator) AS (VALUES (:indicators))
SELECT p.* FROM wanted AS w JOIN plans AS p ON p.id = (
    SELECT id FROM plans WHERE indicator = w.indicator AND since <= :period ORDER BY since DESC, id DESC LIMIT 1
)
"""


async def revise(tx: Transaction, plan: Plan, now: datetime) -> None:
    tx.later(
        "INSERT INTO plans (indicator, value, since, basis, person_id, at) "
        "VALUES (:indicator, :value, :since, :basis, :person_id, :at)",
        {
            "indicator": plan.indicator,
            "value": plan.value,
            "since": plan.since,
            "basis": plan.basis,
            "person_id": plan.person_id,
            "at": plan.at or now,
        },
    )


async def in_force(rx: Reading, period: str) -> dict[str, Plan]:
    """The plan of each indicator that has one in a period."""
    return {row["indicator"]: _plan(row) for row in await rx.all(IN_FORCE, {"period": period})}


async def record_opening(tx: Transaction, opening: Opening, now: datetime) -> int:
    """Store what a unit starts from. What is there already stays, so it may be done again and again.

    Returns how many rows were new.
    """
    plans = await tx.executemany(
        "INSERT INTO plans (indicator, value, since, basis, at) SELECT :indicator, :value, :period, '', :now "
        "WHERE NOT EXISTS (SELECT 1 FROM plans WHERE indicator = :indicator)",
        [{"indicator": i, "value": v, "period": opening.period, "now": now} for i, v in opening.plans.items()],
    )
    values = await tx.executemany(
        "INSERT INTO figures (indicator, period, value, state, origin, provisional, span_start, span_end, at, reason) "
        "SELECT :indicator, :period, :value, :state, :origin, 0, -1, -1, :now, '' "
        "WHERE NOT EXISTS (SELECT 1 FROM figures WHERE indicator = :indicator AND period = :period)",
        [
            {
                "indicator": indicator,
                "value": value,
                "period": opening.period,
                "state": State.VALUE,
                "origin": Origin.OPENING,
                "now": now,
            }
            for indicator, value in opening.values.items()
        ],
    )
    return plans + values


def _plan(row: Row) -> Plan:
    return Plan(
        row["indicator"], Decimal(row["value"]), row["since"], row["basis"], row["person_id"], moment(row["at"])
    )

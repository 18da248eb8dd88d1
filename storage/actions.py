"""Which due actions were taken. The key is unique: the second who claims it is told no, whatever the clock does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.values import moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.database import Reading, Transaction

CLAIM = (
    "INSERT INTO actions (key, kind, target, period, claimed_at) VALUES (:key, :kind, :target, :period, :now) "
    "ON CONFLICT (key) DO NOTHING RETURNING key"
)


@dataclass(frozen=True, slots=True)
class Claim:
    key: str
    kind: str
    target: str
    period: str


async def claim(tx: Transaction, key: str, kind: str, target: str, period: str, now: datetime) -> bool:
    """True for the first only. In the transaction that queues what the action says."""
    return bool(await claim_all(tx, [Claim(key, kind, target, period)], now))


async def claim_all(tx: Transaction, claims: Sequence[Claim], now: datetime) -> set[str]:
    """The keys that were not claimed before."""
    won = await tx.batch(
        [(CLAIM, {"key": c.key, "kind": c.kind, "target": c.target, "period": c.period, "now": now}) for c in claims]
    )
    return {row["key"] for rows in won for row in rows}


async def done(rx: Reading, period: str) -> set[str]:
    """The keys claimed for a period."""
    rows = await rx.all("SELECT key FROM actions WHERE period = :period", {"period": period})
    return {row["key"] for row in rows}


async def outcome(tx: Transaction, key: str, code: str) -> None:
    """What became of a claimed action: a code such as "queued", or why it was dropped."""
    tx.later("UPDATE actions SET outcome = :code WHERE key = :key", {"key": key, "code": code})


async def outcomes(rx: Reading, period: str) -> dict[str, str]:
    rows = await rx.all("SELECT key, outcome FROM actions WHERE period = :period ORDER BY key", {"period": period})
    return {row["key"]: row["outcome"] for row in rows}


async def reminded(rx: Reading, period: str) -> dict[str, list[datetime]]:
    """When each department was reminded in a period, by the clock or by the office; once for all of its people."""
    rows = await rx.all(
        "SELECT key, claimed_at FROM actions WHERE period = :period AND kind IN ('remind', 'nudge') "
        "AND outcome NOT LIKE 'dropped%' ORDER BY claimed_at, key",
        {"period": period},
    )
    found: dict[str, dict[datetime, None]] = {}
    for row in rows:
        department = row["key"].split(":")[2].partition("/")[0]
        found.setdefault(department, {})[moment(row["claimed_at"])] = None
    return {department: list(times) for department, times in found.items()}

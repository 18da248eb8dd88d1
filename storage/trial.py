"""A copy of the database for a trial round: people, plans and past weeks are there, nothing is under way.

What the copy holds of the real service's work is closed in it, so that nothing is sent or answered twice. The database
it was copied from is never written to, and nothing ever goes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import meta
from storage.groups import LEADERSHIP, Group, bind

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Reading, Transaction

WANTED = "trial.wanted"  # in the real database: what the office asked for, as JSON
READY = "trial.ready"  # in the copy: nothing of the real service's work is under way in it any more
OVER = "trial.over"  # in the copy: the moment at which it was ended

CLOSED = (
    "UPDATE outbox SET state = 'dropped', settled_at = :now WHERE state IN ('queued', 'sending', 'unclear')",
    "UPDATE inbox SET state = 'handled' WHERE state = 'open'",
    "UPDATE buttons SET closed_at = :now WHERE closed_at IS NULL",
    "UPDATE questions SET state = 'closed', closed_at = :now WHERE state IN ('open', 'waiting', 'office')",
    "DELETE FROM walks",
    "UPDATE groups SET ended_at = :now WHERE ended_at IS NULL",
)


async def clear(tx: Transaction, now: datetime) -> None:
    """Close everything that was under way where the copy was made."""
    for statement in CLOSED:
        await tx.execute(statement, {"now": now})
    for key in await meta.all_of(tx):
        if key.startswith(("export:", "trial.", "post:", "names:")):
            await meta.remove(tx, key)


async def post_to(tx: Transaction, channel: str, chat_id: str, title: str, now: datetime) -> None:
    """What would go to the leaders' group goes to this chat."""
    await bind(tx, Group(LEADERSHIP, channel, chat_id, title, now))


async def is_empty(rx: Reading, period: str) -> bool:
    """Nobody said anything of this period, and no report of it was made."""
    row = await rx.one(
        "SELECT (SELECT count(*) FROM figures WHERE period = :period AND origin <> 'opening') "
        "+ (SELECT count(*) FROM texts WHERE period = :period) "
        "+ (SELECT count(*) FROM issues WHERE period = :period) AS n",
        {"period": period},
    )
    return row is not None and row["n"] == 0

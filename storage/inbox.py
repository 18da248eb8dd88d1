"""What came in, raw: committed before the channel is told that it arrived, worked off afterwards.

Does not know what an update means. A row that can't be handled is kept with its error and holds nobody up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.record import record
from storage.values import moment

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from storage.database import Reading, Row, Transaction


@record(repr=False)
class InboxRow:
    id: int
    channel: str
    ext_id: str
    chat_id: str
    raw: str
    received_at: datetime
    error: str = ""
    behind: int = 0  # open rows of the chat after this one, where `take` counted them

    @property
    def chat(self) -> tuple[str, str]:
        return self.channel, self.chat_id


async def add(tx: Transaction, updates: Sequence[tuple[str, str, str, str]], now: datetime) -> int:
    """Keep updates given as (channel, ext_id, chat_id, raw); ones that are known already are ignored.

    Returns how many were new.
    """
    at = {"now": now}
    return await tx.executemany(
        "INSERT INTO inbox (channel, ext_id, chat_id, raw, received_at) "
        "VALUES (:channel, :ext_id, :chat_id, :raw, :now) ON CONFLICT (channel, ext_id) DO NOTHING",
        [{"channel": c, "ext_id": e, "chat_id": chat, "raw": raw} | at for c, e, chat, raw in updates],
    )


async def take(rx: Reading, limit: int, busy: Collection[tuple[str, str]] = ()) -> list[InboxRow]:
    """The oldest open row of each chat, oldest first: rows of one chat are handled in order, chats side by side.

    Nothing is marked: a row is open until it is handled or failed. `busy` are the chats, as (channel, chat_id), that
    are being worked on.
    """
    rows = await rx.all(
        "SELECT inbox.*, oldest.behind FROM ("
        "SELECT min(id) AS id, count(*) - 1 AS behind FROM inbox WHERE state = 'open' "
        "GROUP BY channel, chat_id ORDER BY min(id) LIMIT :limit"
        ") AS oldest JOIN inbox ON inbox.id = oldest.id ORDER BY inbox.id",
        {"limit": limit + len(busy)},
    )
    found = (_inbox_row(row, row["behind"]) for row in rows)
    return [row for row in found if row.chat not in busy][:limit]


async def behind(rx: Reading, chat: tuple[str, str], row_id: int, limit: int) -> list[InboxRow]:
    """The open rows of a chat, as (channel, chat_id), that came after one of its rows, oldest first."""
    rows = await rx.all(
        "SELECT * FROM inbox WHERE state = 'open' AND channel = :channel AND chat_id = :chat_id AND id > :id "
        "ORDER BY id LIMIT :limit",
        {"channel": chat[0], "chat_id": chat[1], "id": row_id, "limit": limit},
    )
    return [_inbox_row(row) for row in rows]


async def mark_handled(tx: Transaction, ids: Sequence[int]) -> None:
    """In the transaction that stores the effects."""
    tx.later("UPDATE inbox SET state = 'handled', error = '' WHERE id IN (:ids)", {"ids": list(ids)})


async def mark_failed(tx: Transaction, row_id: int, error: str) -> None:
    tx.later("UPDATE inbox SET state = 'failed', error = :error WHERE id = :id", {"id": row_id, "error": error})


async def counts(rx: Reading) -> dict[str, int]:
    """How many rows are open and how many failed."""
    rows = await rx.all(
        "SELECT state, count(*) AS n FROM inbox WHERE state IN ('open', 'failed') GROUP BY state ORDER BY state"
    )
    return {row["state"]: row["n"] for row in rows}


def _inbox_row(row: Row, behind: int = 0) -> InboxRow:
    return InboxRow(
        row["id"],
        row["channel"],
        row["ext_id"],
        row["chat_id"],
        row["raw"],
        moment(row["received_at"]),
        row["error"],
        behind,
    )

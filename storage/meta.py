"""Small facts about the service itself: when a channel was last reached, the form's version, an outage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Reading, Transaction


async def get(rx: Reading, key: str, default: str = "") -> str:
    async def read() -> str | None:
        row = await rx.one("SELECT value FROM meta WHERE key = :key", {"key": key})
        return str(row["value"]) if row else None

    found = await rx.remembered(("meta", key), ("meta",), read)
    return default if found is None else found


async def put(tx: Transaction, key: str, value: str) -> None:
    tx.later(
        "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        {"key": key, "value": value},
    )


async def remove(tx: Transaction, key: str) -> None:
    """Nothing happens where there is no such fact."""
    tx.later("DELETE FROM meta WHERE key = :key", {"key": key})


async def all_of(rx: Reading, prefix: str = "") -> dict[str, str]:
    """Every fact whose key begins with `prefix`."""
    rows = await rx.all(
        "SELECT key, value FROM meta WHERE substr(key, 1, :length) = :prefix ORDER BY key",
        {"length": len(prefix), "prefix": prefix},
    )
    return {row["key"]: row["value"] for row in rows}

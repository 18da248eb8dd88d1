"""Files, kept by what is in them: the same bytes are stored once and never change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.database import Reading, Transaction


@dataclass(frozen=True, slots=True)
class Blob:
    """`name` is the label under which the bytes first came in, never a path."""

    hash: str
    name: str
    content: bytes


async def keep(tx: Transaction, name: str, content: bytes) -> str:
    """Returns the SHA-256 of the content, by which it is found again."""
    digest = hashlib.sha256(content).hexdigest()
    tx.later(
        "INSERT INTO blobs (hash, name, content) VALUES (:hash, :name, :content) ON CONFLICT (hash) DO NOTHING",
        {"hash": digest, "name": name, "content": content},
        is_large=True,
    )
    return digest


async def find(rx: Reading, digest: str) -> Blob | None:
    row = await rx.one("SELECT * FROM blobs WHERE hash = :hash", {"hash": digest}, is_large=True)
    return Blob(row["hash"], row["name"], row["content"]) if row else None

"""Everything handed in for a period with its history, for standings: figures and texts, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.figures import figure_of
from storage.texts import text_of

if TYPE_CHECKING:
    from bot.facts import Figure, LiveText
    from storage.database import Reading


async def all_figures(rx: Reading, period: str) -> tuple[Figure, ...]:
    """Every figure ever stored for the period."""
    rows = await rx.all("SELECT * FROM figures WHERE period = :period ORDER BY id", {"period": period})
    return tuple(figure_of(row) for row in rows)


async def all_texts(rx: Reading, period: str) -> tuple[LiveText, ...]:
    """Every text ever stored for the period."""
    rows = await rx.all("SELECT * FROM texts WHERE period = :period ORDER BY id", {"period": period})
    return tuple(text_of(row) for row in rows)

"""Pictures that go with a message: the status board, an indicator's weeks.

Knows: where a picture is kept, and that it is drawn beside the loop. Does not know: colours, what the message says.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.rendering.pictures import board_png, history_png
from bot.reports.boards import Board
from handlers.words import File
from storage import attachments

if TYPE_CHECKING:
    from bot.decisions.outcome import Document
    from bot.reports.boards import History
    from handlers.kit import Kit
    from storage.database import Transaction


async def drawn(kit: Kit, tx: Transaction, document: Document) -> dict[str, File]:
    """The picture of a message, by the document's kind; nothing where no channel can show it."""
    picture = document.picture
    if picture is None or not any(channel.caps.photos for channel in kit.channels.values()):
        return {}
    png = await asyncio.to_thread(_png, picture)
    name = f"{document.kind}.png"
    return {document.kind: File(await attachments.keep(tx, name, png), name, is_photo=True)}


def _png(picture: Board | History) -> bytes:
    return board_png(picture) if isinstance(picture, Board) else history_png(picture)

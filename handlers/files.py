"""Files that people send: fetched and read before the transaction of their update, so that nothing waits in it.

Knows: whose files are fetched, how large they may be, which failures are worth another try.
Does not know: what is made of the text.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.rendering import attachments
from handlers.channel import ChatKind, InboundKind, Refusal, SendError
from storage import people

if TYPE_CHECKING:
    from handlers.channel import Inbound
    from handlers.kit import Kit

LARGEST = 10 * 1024 * 1024
FINAL = (Refusal.REJECTED, Refusal.UNREACHABLE, Refusal.MOVED)  # another try brings nothing else


@dataclass(frozen=True, slots=True, repr=False)
class ReadFile:
    """A file with what stands in it; `refusal` is the code of why it was not read."""

    name: str
    content: bytes = b""
    text: str = ""
    refusal: str = ""
    is_secret: bool = False
    remarks: tuple[attachments.Remark, ...] = ()


async def fetched(kit: Kit, event: Inbound) -> ReadFile | None:
    """None for anything but a file of somebody known. Raises SendError where another try may bring it."""
    channel = kit.channels[event.address.channel]
    if (
        event.kind is not InboundKind.FILE
        or event.address.kind is not ChatKind.PRIVATE
        or not channel.caps.documents_in
    ):
        return None
    async with kit.db.reading() as rx:
        person = await people.person_at(rx, event.address.channel, event.address.chat_id)
    if person is None or not person.posts:
        return None
    if event.file_size > LARGEST:
        return ReadFile(event.file_name, refusal="too_large")
    try:
        content = await channel.fetch_file(event.file_id, LARGEST)
    except SendError as failed:
        if failed.refusal in FINAL:
            return not_fetched(event)
        raise
    return await _read(event.file_name, content)


def not_fetched(event: Inbound) -> ReadFile:
    """A file that will not come: its sender is asked to send it again."""
    return ReadFile(event.file_name, refusal="not_fetched")


async def _read(name: str, content: bytes) -> ReadFile:
    found = await asyncio.to_thread(attachments.read_attachment, content)
    if found.is_secret:
        return ReadFile(name, is_secret=True)
    if isinstance(found, attachments.Refusal):
        return ReadFile(name, content, refusal=found.code)
    return ReadFile(name, content, found.text, remarks=found.remarks)

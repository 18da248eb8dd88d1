"""An update as the handlers of chats see it: parsed, with the moment that counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.record import record
from handlers.channel import InboundKind

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.channel import Inbound
    from handlers.files import ReadFile
    from storage.inbox import InboxRow

REFUSED = "giaoban_refused"  # stands in the stored update in place of what was taken out
KEPT_BY_CHANNELS = timedelta(hours=24)  # Telegram forgets updates after that


@record
class Happened:
    """`at` is when it counts as sent."""

    event: Inbound
    inbox_id: int
    at: datetime
    is_refused: bool = False  # it looked like a state secret, its text is gone
    file: ReadFile | None = None  # what was fetched, where the update is a file
    behind: int = 0  # updates of the chat that wait behind this one
    is_deleted: bool = False  # what was refused is gone from the chat, too

    @property
    def text(self) -> str:
        return self.event.text

    def with_text(self, text: str) -> Happened:
        return self if text == self.event.text else replace(self, event=replace(self.event, text=text))


def event_time(event: Inbound, row: InboxRow, now: datetime) -> datetime:
    """When it counts as sent: the channel's time, or when it was received, whichever is earlier.

    A part sent before the deadline must not become late because the service was away. A time that no channel would
    still deliver is not believed.
    """
    received = min(row.received_at, now)
    if event.sent_at is None or event.kind is InboundKind.EDITED or received - event.sent_at > KEPT_BY_CHANNELS:
        return received
    return min(event.sent_at, received)

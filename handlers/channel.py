"""What every channel is: what comes in, what goes out, what it can do, and how sending fails.

Nothing above this file knows Telegram or Zalo. A channel declares its capabilities; the renderer obeys them.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from bot.record import record

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"


@record
class Address:
    """A person or group on a channel (địa chỉ nhắn tin)."""

    channel: str  # "telegram" | "zalo" | "fake"
    chat_id: str
    kind: ChatKind = ChatKind.PRIVATE


class InboundKind(StrEnum):
    TEXT = "text"
    EDITED = "edited"  # the same message_id, new text
    PRESSED = "pressed"  # a button: `token` is the opaque token that went out with it
    START = "start"  # the bot was opened, `text` is the code if there was one
    FILE = "file"
    MEDIA = "media"  # photo, voice, sticker, location: noted, not read
    MEMBER = "member"  # the bot was added to, or removed from, a chat
    MIGRATED = "migrated"  # the group got a new chat id, in `text`
    OTHER = "other"


@record
class Inbound:
    """One thing that happened on a channel, parsed from a raw update."""

    kind: InboundKind
    address: Address
    sender_id: str
    sender_name: str = ""
    message_id: str = ""
    text: str = ""
    token: str = ""
    callback_id: str = ""  # to be answered so that the button stops spinning
    file_id: str = ""
    file_name: str = ""
    file_size: int = 0
    forwarded: bool = False
    mentioned: bool = True  # in groups: the bot was meant
    sent_at: datetime | None = None
    chat_title: str = ""  # of a group


@record
class RawUpdate:
    """An update before it is understood: committed to the inbox first, parsed afterwards."""

    channel: str
    ext_id: str  # unique on the channel
    chat_id: str  # "" when it can't be told; replies of one chat are processed in order
    raw: str  # JSON


@record
class Capabilities:
    """What a channel can do. Semantic messages are rendered against this."""

    name: str
    max_text: int  # code points
    max_caption: int
    buttons: bool
    documents_out: bool
    documents_in: bool
    edit: bool
    photos: bool
    edits_in: bool  # tells us when a person edits
    rate_per_second: int = 30
    chat_interval: float = 1.0  # seconds between messages to one chat
    group_per_minute: int = 20


@record
class Attachment:
    """A file to send. `name` is a label for people, never a path."""

    name: str
    content: bytes
    caption: str = ""
    is_photo: bool = False


@record
class Outgoing:
    """A rendered message for one channel. `buttons` are (token, label) in rows."""

    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...] = ()
    attachment: Attachment | None = None
    bold_title: bool = True  # the first line is the title
    edit_of: str | None = None  # put this in place of an earlier message; without a text it keeps its own
    placeholder: str = ""  # what stands there until the attachment is put in its place: a report is posted in two steps


_JSON = json.JSONEncoder(ensure_ascii=False)  # made once: making one costs more than using it


def packed(message: Outgoing) -> str:
    """A message as the outbox keeps it: JSON, without the file's content and the message it replaces."""
    attachment = message.attachment
    fields = {
        "text": message.text,
        "buttons": message.buttons,
        "bold_title": message.bold_title,
        "placeholder": message.placeholder,
        "file": [attachment.name, attachment.caption, attachment.is_photo] if attachment else None,
    }
    return _JSON.encode({name: value for name, value in fields.items() if value})


def unpacked(payload: str, content: bytes | None = None, edit_of: str | None = None) -> Outgoing:
    """The message again, with its file. Raises ValueError for a payload that `packed` didn't make."""
    try:
        fields = json.loads(payload)
        attachment = None
        if file := fields.get("file"):
            name, caption, is_photo = file
            attachment = Attachment(name, content or b"", caption, is_photo=is_photo)
        return Outgoing(
            text=fields.get("text", ""),
            buttons=tuple(tuple((token, label) for token, label in row) for row in fields.get("buttons", ())),
            attachment=attachment,
            bold_title=fields.get("bold_title", False),
            edit_of=edit_of,
            placeholder=fields.get("placeholder", ""),
        )
    except (AttributeError, TypeError, ValueError) as broken:
        raise ValueError("not a packed message") from broken


class Refusal(StrEnum):
    """Why a message was not sent. The table of what follows stands once, in `AFTER`."""

    NOT_SENT = "not_sent"  # no connection: surely not sent
    UNCLEAR = "unclear"  # maybe sent: timeout or reset after the request was written, 5xx
    THROTTLED = "throttled"  # wait retry_after; pauses the whole bot
    UNREACHABLE = "unreachable"  # blocked, chat gone
    MOVED = "moved"  # the chat has a new id
    REJECTED = "rejected"  # the message itself is wrong
    AUTH_FAILED = "auth_failed"
    QUOTA = "quota"


class SendError(Exception):
    """A message could not be sent. `refusal` decides what follows."""

    def __init__(self, refusal: Refusal, detail: str = "", *, retry_after: float = 0.0, new_chat_id: str = "") -> None:
        super().__init__(f"{refusal.value}: {detail}")
        self.refusal = refusal
        self.detail = detail
        self.retry_after = retry_after
        self.new_chat_id = new_chat_id


class TokenRefusedError(Exception):
    """No channel accepts our token any more: nothing can be received or sent until somebody gives another."""


class After(StrEnum):
    """What the outbox does after a refusal."""

    RETRY = "retry"
    SETTLE_BY_KIND = "settle_by_kind"
    PAUSE_CHANNEL = "pause_channel"
    TELL_OFFICE = "tell_office"
    READDRESS = "readdress"
    FAIL = "fail"
    STOP_CHANNEL = "stop_channel"


AFTER: dict[Refusal, After] = {
    Refusal.NOT_SENT: After.RETRY,
    Refusal.UNCLEAR: After.SETTLE_BY_KIND,
    Refusal.THROTTLED: After.PAUSE_CHANNEL,
    Refusal.UNREACHABLE: After.TELL_OFFICE,
    Refusal.MOVED: After.READDRESS,
    Refusal.REJECTED: After.FAIL,
    Refusal.AUTH_FAILED: After.STOP_CHANNEL,
    Refusal.QUOTA: After.FAIL,
}


@record
class Health:
    """What `giaoban status` tells of a channel."""

    name: str
    connected: bool
    last_poll: datetime | None = None
    detail: str = ""


class Channel(Protocol):
    """One way to talk to people."""

    caps: Capabilities

    async def run(self, sink: Callable[[list[RawUpdate]], Awaitable[None]]) -> None:
        """Receive until cancelled. `sink` returns once the updates are committed; only then are they acknowledged.

        A server that can't be reached is tried again with back-off; it never raises for that. Returns only when the
        service refuses our token.
        """

    def parse(self, raw: str) -> Inbound | None:
        """Understand a raw update; None for kinds that don't concern us. Raises ValueError for malformed ones."""

    async def send(self, to: Address, message: Outgoing) -> str:
        """Send (or edit) and return the channel's message id. Raises SendError."""

    async def acknowledge(self, callback_id: str) -> None:
        """Stop a pressed button's spinner. Failures are ignored: it is a courtesy."""

    async def fetch_file(self, file_id: str, limit: int) -> bytes:
        """The content of a file a person sent. Raises SendError; REJECTED when larger than `limit` bytes."""

    async def delete(self, to: Address, message_id: str) -> None:
        """Delete a message where the channel can. Raises SendError."""

    def health(self) -> Health: ...

    async def close(self) -> None: ...

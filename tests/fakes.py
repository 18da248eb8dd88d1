"""A channel that stays in this process: people write into it, and what the bot sends is kept in order."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from handlers.channel import (
    Address,
    Capabilities,
    ChatKind,
    Health,
    Inbound,
    InboundKind,
    RawUpdate,
    Refusal,
    SendError,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from handlers.channel import Outgoing

FULL = Capabilities(
    name="fake",
    max_text=4096,
    max_caption=1024,
    buttons=True,
    documents_out=True,
    documents_in=True,
    edit=True,
    photos=True,
    edits_in=True,
)


@dataclass(slots=True)
class Sent:
    """One message as it stands in a chat now."""

    id: str
    chat_id: str
    message: Outgoing
    edits: int = 0
    before: Outgoing | None = None  # what stood there: a phone that was offline still shows its buttons

    @property
    def text(self) -> str:
        if self.message.attachment is not None:
            return self.message.attachment.caption or self.message.text
        return self.message.text

    @property
    def labels(self) -> list[str]:
        return [label for row in self.message.buttons for _, label in row]

    def token(self, label: str) -> str:
        """The token behind the first button whose label begins so; "" without one."""
        return _token(self.message, label)

    def token_before(self, label: str) -> str:
        """The same of a keyboard that is gone."""
        return _token(self.before, label) if self.before is not None else ""


def _token(message: Outgoing, label: str) -> str:
    return next((t for row in message.buttons for t, shown in row if shown.startswith(label)), "")


@dataclass(slots=True)
class FakeChannel:
    """`failures` are raised by the next sends to a chat, in order; a pair of (error, True) raises after the effect."""

    caps: Capabilities = FULL
    sent: list[Sent] = field(default_factory=list)
    failures: defaultdict[str, list[tuple[SendError | None, bool]]] = field(default_factory=lambda: defaultdict(list))
    acknowledged: list[str] = field(default_factory=list)
    username: str = "giaoban_bot"
    files: dict[str, bytes] = field(default_factory=dict)
    deleted: list[tuple[str, str]] = field(default_factory=list)  # chat and message, also of people
    undeletable: SendError | None = None
    fetch_failures: list[SendError] = field(default_factory=list)
    refused_edits: list[SendError] = field(default_factory=list)
    is_fetching: asyncio.Event = field(default_factory=asyncio.Event)  # a file was asked for
    last_poll: datetime | None = None
    slow: asyncio.Event | None = None  # files come when it is set
    numbers: count[int] = field(default_factory=lambda: count(1))

    async def run(self, sink: Callable[[list[RawUpdate]], Awaitable[None]]) -> None:
        raise NotImplementedError("tests hand updates to the sink themselves")

    def parse(self, raw: str) -> Inbound | None:
        told = json.loads(raw)
        if told.get("broken"):
            raise ValueError("malformed")
        address = Address(self.caps.name, told["chat"], ChatKind(told.get("chat_kind", "private")))
        at = told.get("sent_at")
        return Inbound(
            kind=InboundKind(told["kind"]),
            address=address,
            sender_id=told.get("sender", told["chat"]),
            sender_name=told.get("name", ""),
            message_id=told.get("message", ""),
            text=told.get("text", ""),
            token=told.get("token", ""),
            callback_id=told.get("callback", ""),
            forwarded=told.get("forwarded", False),
            mentioned=told.get("mentioned", True),
            sent_at=datetime.fromisoformat(at).astimezone(UTC) if at else None,
            chat_title=told.get("title", ""),
            file_id=told.get("file_id", ""),
            file_name=told.get("file_name", ""),
            file_size=told.get("file_size", 0),
        )

    async def send(self, to: Address, message: Outgoing) -> str:
        if message.edit_of is not None and self.refused_edits:
            raise self.refused_edits.pop(0)
        coming = self.failures[to.chat_id]
        failure, after = coming.pop(0) if coming else (None, False)
        if failure is not None and not after:
            raise failure
        made = self._put(to, message)
        if failure is not None:
            raise failure
        return made

    def _put(self, to: Address, message: Outgoing) -> str:
        if message.edit_of is not None:
            place = next((s for s in self.sent if s.id == message.edit_of), None)
            if place is None:
                raise SendError(Refusal.REJECTED, "there is no such message any more")
            changed = message if message.text or message.attachment else replace(place.message, buttons=message.buttons)
            place.before, place.message, place.edits = place.message, changed, place.edits + 1
            return place.id
        letter = "b" if self.caps.name == FULL.name else f"{self.caps.name}-"
        found = Sent(f"{letter}{next(self.numbers)}", to.chat_id, message)
        self.sent.append(found)
        return found.id

    async def acknowledge(self, callback_id: str) -> None:
        self.acknowledged.append(callback_id)

    async def fetch_file(self, file_id: str, limit: int) -> bytes:
        self.is_fetching.set()
        if self.slow is not None:
            await self.slow.wait()
        if self.fetch_failures:
            raise self.fetch_failures.pop(0)
        return self.files[file_id][:limit]

    async def delete(self, to: Address, message_id: str) -> None:
        if self.undeletable is not None:
            raise self.undeletable
        self.deleted.append((to.chat_id, message_id))
        self.sent = [s for s in self.sent if s.id != message_id]

    def health(self) -> Health:
        return Health(self.caps.name, connected=True, last_poll=self.last_poll)

    async def close(self) -> None:
        return

    def to(self, chat_id: str) -> list[Sent]:
        return [s for s in self.sent if s.chat_id == chat_id]


def raw(number: int, chat: str, kind: str = "text", **more: Any) -> RawUpdate:
    """An update of this channel's own shape."""
    told = {"kind": kind, "chat": chat, "message": f"m{number}", **more}
    return RawUpdate("fake", f"u{number}", chat, json.dumps(told, ensure_ascii=False))

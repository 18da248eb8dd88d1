"""The chats behind the stand-in: people, groups, messages, files, and the updates a bot has not yet confirmed.

Knows: what people see and do, and the shapes in which the Bot API tells it.
Does not know: HTTP, methods, mishaps. The clock is given.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

Json = dict[str, Any]

COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(@\w+)?")
MENTION = re.compile(r"(?<![\w/])@\w{4,32}")
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    username: str = ""

    def as_json(self) -> Json:
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": "vi"}
        if self.username:
            user["username"] = self.username
        return user


@dataclass(slots=True)
class Chat:
    """A chat as the bot sees it. `reachable` is False before `/start`, after a block, and out of a group."""

    info: Json
    reachable: bool
    refusal: str = ""
    moved_to: int = 0
    messages: dict[int, Json] = field(default_factory=dict)
    last_id: int = 0

    @property
    def id(self) -> int:
        return int(self.info["id"])

    @property
    def is_private(self) -> bool:
        return bool(self.info["type"] == "private")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing seen in a chat: `kind` is "said", "sent", "edited", "pressed", "deleted" or "file"."""

    at: datetime
    chat: int
    message_id: int
    who: str  # "" is the bot
    kind: str
    text: str
    buttons: tuple[str, ...] = ()
    file_name: str = ""


def utf16(text: str) -> int:
    """Length as the service counts offsets."""
    return len(text.encode("utf-16-le")) // 2


def entities_of(text: str) -> list[Json]:
    """Commands and mentions, as the service marks them in what people write."""
    found = [("bot_command", m) for m in COMMAND.finditer(text)] + [("mention", m) for m in MENTION.finditer(text)]
    return [
        {"type": kind, "offset": utf16(text[: m.start()]), "length": utf16(m.group())}
        for kind, m in sorted(found, key=lambda pair: pair[1].start())
    ]


def labels_of(message: Json) -> tuple[str, ...]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return tuple(button["text"] for row in rows for button in row)


class World:
    """Everything the service would remember about one bot."""

    def __init__(self, token: str, now: Callable[[], datetime], username: str, name: str) -> None:
        self.token = token
        self.now = now
        bot_id = int(token.partition(":")[0])
        self.bot: Json = {"id": bot_id, "is_bot": True, "first_name": name, "username": username}
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.lines: list[Line] = []
        self.files: dict[str, tuple[str, bytes]] = {}  # file_id: path, content
        self.callbacks: dict[str, bool] = {}  # id: answered
        self.commands: list[Json] = []
        self.webhook = ""
        self.privacy = True  # in groups the bot hears commands, mentions and replies to it only
        self.allowed: frozenset[str] | None = None
        self.pending: list[Json] = []  # updates not yet confirmed, oldest first
        self.confirmed = 0
        self.on_sent: Callable[[int], None] | None = None  # told the chat of each message of the bot
        self._last_update = 700_000_000
        self._last_message = 0
        self._last_file = 0
        self._watchers: list[asyncio.Future[None]] = []
        self._poll: asyncio.Future[None] | None = None

    # -- what changed -----------------------------------------------------------------------------------------

    def changed(self) -> None:
        """Wake whoever waits for something to happen."""
        watchers, self._watchers = self._watchers, []
        for watcher in watchers:
            if not watcher.done():
                watcher.set_result(None)

    async def next_change(self) -> None:
        watcher: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._watchers.append(watcher)
        await watcher

    def seconds(self) -> int:
        return int(self.now().timestamp())

    # -- updates ----------------------------------------------------------------------------------------------

    def push(self, kind: str, content: Json) -> int:
        """Queue an update, unless the bot said it does not want this kind."""
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        if not wanted:
            return 0
        self._last_update += 1
        self.push_raw({"update_id": self._last_update, kind: content})
        return self._last_update

    def push_raw(self, update: Any) -> None:
        """Queue an update as it stands, however malformed."""
        self.pending.append(update)
        if self._poll is not None and self.is_polled:
            self._poll.set_result(None)
        self.changed()

    def fresh_update_id(self) -> int:
        self._last_update += 1
        return self._last_update

    def confirm(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one counts from the end."""
        self.changed()
        if offset < 0:
            self.pending = self.pending[offset:]
            return
        ids = [u.get("update_id") if isinstance(u, dict) else None for u in self.pending]
        done = max((n for n, known in enumerate(ids, 1) if isinstance(known, int) and known < offset), default=0)
        self.confirmed += done
        del self.pending[:done]

    @property
    def is_polled(self) -> bool:
        """A poll is waiting for the next update."""
        return self._poll is not None and not self._poll.done()

    async def wait_for_updates(self, timeout: float) -> bool:  # noqa: ASYNC109  the Bot API's own parameter
        """Wait for one update. False when another poll took this one's place."""
        if self._poll is not None and self.is_polled:
            self._poll.cancel()
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        if not self.pending and timeout > 0:
            self.changed()
            await asyncio.wait([poll], timeout=timeout)
        return not poll.cancelled()

    # -- chats ------------------------------------------------------------------------------------------------

    def add_person(self, person: Person) -> None:
        """Make a person known. The bot can't write to them before they wrote to it."""
        self.people[person.id] = person
        info: Json = {"id": person.id, "type": "private", "first_name": person.name}
        if person.username:
            info["username"] = person.username
        refusal = "Forbidden: bot can't initiate conversation with a user"
        self.chats[person.id] = Chat(info, reachable=False, refusal=refusal)

    def add_group(self, chat_id: int, title: str, kind: str = "supergroup") -> Chat:
        chat = Chat(
            {"id": chat_id, "type": kind, "title": title}, reachable=False, refusal="Bad Request: chat not found"
        )
        self.chats[chat_id] = chat
        return chat

    def new_message(self, chat: Chat, sender: Json, content: Json) -> Json:
        """Put a message into a chat. Supergroups count their own ids, all other chats share the bot's."""
        if chat.info["type"] == "supergroup":
            message_id = chat.last_id = chat.last_id + 1
        else:
            message_id = self._last_message = self._last_message + 1
        message = {"message_id": message_id, "from": sender, "chat": chat.info, "date": self.seconds(), **content}
        chat.messages[message_id] = message
        return message

    def note(self, message: Json, who: str, kind: str, text: str = "") -> None:
        """Write a line of the transcript about a message."""
        document = message.get("document") or {}
        self.lines.append(
            Line(
                at=self.now(),
                chat=message["chat"]["id"],
                message_id=message["message_id"],
                who=who,
                kind=kind,
                text=text or message.get("text") or message.get("caption") or "",
                buttons=labels_of(message),
                file_name=document.get("file_name", ""),
            )
        )
        self.changed()

    def keep_file(self, folder: str, name: str, content: bytes) -> Json:
        """Store a file and describe it as the service does."""
        self._last_file += 1
        file_id = f"BQACAgUAAxkBAAI{self._last_file:06d}"
        suffix = name.rsplit(".", 1)[-1] if "." in name else "bin"
        self.files[file_id] = (f"{folder}/file_{self._last_file}.{suffix}", content)
        return {"file_id": file_id, "file_unique_id": f"AgAD{self._last_file:06d}", "file_size": len(content)}

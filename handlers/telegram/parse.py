"""Telegram's updates, understood.

Knows: the shapes of the Bot API, what counts as meant for the bot.
Does not know: who the people are, what is stored, whether anyone can be reached.

The JSON is read as it stands: the library's objects have a hundred fields each and cost more than storing the reply.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from telegram.constants import ChatType, MessageEntityType

from handlers.channel import Address, ChatKind, Inbound, InboundKind, RawUpdate

Json = dict[str, Any]

CHANNEL = "telegram"
WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
MEDIA = (
    "photo", "voice", "video", "video_note", "audio", "animation", "location", "venue", "contact", "poll",
    "dice", "story", "paid_media", "checklist",
)  # fmt: skip
START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<code>.*))?", re.IGNORECASE | re.DOTALL)


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # made once: making one costs more than using it


def raw_update(update: Any) -> RawUpdate:
    """A row for the inbox, whatever came. One without an id gets a stable one of its own."""
    raw = _JSON.encode(update)
    update_id = update_id_of(update)
    ext_id = str(update_id) if update_id is not None else f"raw:{hashlib.sha256(raw.encode()).hexdigest()}"
    return RawUpdate(CHANNEL, ext_id, _chat_id_of(update), raw)


def update_id_of(update: Any) -> int | None:
    update_id = update.get("update_id") if isinstance(update, dict) else None
    return update_id if isinstance(update_id, int) else None


def _chat_id_of(update: Any) -> str:
    """The chat, as far as it can be told without understanding the update."""
    content = next((update[kind] for kind in WANTED if kind in update), None) if isinstance(update, dict) else None
    if isinstance(content, dict) and isinstance(content.get("message"), dict):
        content = content["message"]
    chat = content.get("chat") if isinstance(content, dict) else None
    chat_id = chat.get("id") if isinstance(chat, dict) else None
    return str(chat_id) if isinstance(chat_id, int) else ""


def parse(raw: str, bot_id: int, username: str) -> Inbound | None:
    """Understand an update. `username` may be "" before the service was reached: then every mention counts."""
    try:
        update = json.loads(raw)
        int(update["update_id"])
        if "message" in update:
            return _message(update["message"], bot_id, username)
        if "edited_message" in update:
            return _edited(update["edited_message"], bot_id, username)
        if "callback_query" in update:
            return _pressed(update["callback_query"])
        if "my_chat_member" in update:
            return _member(update["my_chat_member"])
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, OverflowError, OSError) as broken:
        raise ValueError(f"malformed update: {type(broken).__name__}") from broken
    return None


def _message(message: Json, bot_id: int, username: str) -> Inbound | None:
    if "migrate_to_chat_id" in message or "migrate_from_chat_id" in message:
        return _migrated(message)
    text = _without_mention(message, username)
    if "text" in message:
        if start := START.fullmatch(text):
            code = (start["code"] or "").strip()
            return _from(message, InboundKind.START, code, bot_id, username)
        return _from(message, InboundKind.TEXT, text, bot_id, username)
    # an animation comes with a document, too, for old clients
    if "document" in message and "animation" not in message:
        file = _from(message, InboundKind.FILE, text, bot_id, username)
        document = message["document"]
        return replace(
            file,
            file_id=str(document["file_id"]),
            file_name=label(document.get("file_name", "")),
            file_size=int(document.get("file_size", 0)),
        )
    if "sticker" in message:  # a courtesy, as its sign would be
        return _from(message, InboundKind.TEXT, str(message["sticker"].get("emoji", "")), bot_id, username)
    if any(kind in message for kind in MEDIA):
        return _from(message, InboundKind.MEDIA, text, bot_id, username)
    int(message["message_id"])  # a service message: a title, a pin, who came and went
    return None


def _edited(message: Json, bot_id: int, username: str) -> Inbound | None:
    """New words under an old id. A live location also edits itself, every few seconds: that is nobody's word."""
    if "text" not in message and "caption" not in message:
        int(message["message_id"])
        return None
    return _from(message, InboundKind.EDITED, _without_mention(message, username), bot_id, username)


def _from(message: Json, kind: InboundKind, text: str, bot_id: int, username: str) -> Inbound:
    sender = message.get("from")
    address = _address(message["chat"])
    return Inbound(
        kind=kind,
        address=address,
        sender_id=str(int(sender["id"])) if sender else "",
        sender_name=_name(sender),
        message_id=str(int(message["message_id"])),
        text=text,
        forwarded="forward_origin" in message,
        mentioned=address.kind is ChatKind.PRIVATE or _is_meant(message, bot_id, username),
        sent_at=_moment(message.get("edit_date") or message["date"]),
        chat_title=str(message["chat"].get("title", "")),
    )


def _migrated(message: Json) -> Inbound:
    """Both chats tell it; both mean: the old id, and the new one as text."""
    here = int(message["chat"]["id"])
    sender = message.get("from")
    return Inbound(
        kind=InboundKind.MIGRATED,
        address=Address(CHANNEL, str(int(message.get("migrate_from_chat_id", here))), ChatKind.GROUP),
        sender_id=str(int(sender["id"])) if sender else "",
        message_id=str(int(message["message_id"])),
        text=str(int(message.get("migrate_to_chat_id", here))),
        sent_at=_moment(message["date"]),
    )


def _pressed(query: Json) -> Inbound | None:
    sender = query["from"]
    message = query.get("message")
    if message is None or "data" not in query:
        return None
    return Inbound(
        kind=InboundKind.PRESSED,
        address=_address(message["chat"]),
        sender_id=str(int(sender["id"])),
        sender_name=_name(sender),
        message_id=str(int(message["message_id"])),
        token=str(query["data"]),
        callback_id=str(query["id"]),
    )


def _member(change: Json) -> Inbound:
    """The bot's own place in a chat changed; `text` is what it is now. In a private chat "kicked" means blocked."""
    sender = change["from"]
    return Inbound(
        kind=InboundKind.MEMBER,
        address=_address(change["chat"]),
        sender_id=str(int(sender["id"])),
        sender_name=_name(sender),
        text=str(change["new_chat_member"]["status"]),
        sent_at=_moment(change["date"]),
    )


def _address(chat: Json) -> Address:
    kind = ChatKind.PRIVATE if chat["type"] == ChatType.PRIVATE else ChatKind.GROUP
    return Address(CHANNEL, str(int(chat["id"])), kind)


def _name(user: Json | None) -> str:
    return f"{user['first_name']} {user.get('last_name', '')}".rstrip() if user else ""


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def _entities(message: Json, kind: str) -> list[str]:
    """The words marked as `kind`; positions count UTF-16 units."""
    text = message.get("text") or message.get("caption") or ""
    units = text.encode("utf-16-le")
    marks = message.get("entities") or message.get("caption_entities") or ()
    return [
        units[2 * mark["offset"] : 2 * (mark["offset"] + mark["length"])].decode("utf-16-le")
        for mark in marks
        if mark["type"] == kind
    ]


def _is_meant(message: Json, bot_id: int, username: str) -> bool:
    """In a group: a command that names nobody else, the bot's name, or an answer to the bot."""
    if message.get("reply_to_message", {}).get("from", {}).get("id") == bot_id:
        return True
    if any(_is_us(mention, username) for mention in _entities(message, MessageEntityType.MENTION)):
        return True
    commands = _entities(message, MessageEntityType.BOT_COMMAND)
    return any("@" not in command or _is_us(command, username) for command in commands)


def _is_us(words: str, username: str) -> bool:
    return not username or words.lower().endswith(f"@{username}".lower())


def _without_mention(message: Json, username: str) -> str:
    """The words without the bot's name: «@giaoban_bot số liệu» is «số liệu», «/start@giaoban_bot X» is «/start X»."""
    text = str(message.get("text") or message.get("caption") or "")
    if not username or "@" not in text:
        return text
    name = rf"@{re.escape(username)}(?!\w)"
    text = re.sub(rf"(?<!\S)(/\w+){name}", r"\1", text, flags=re.IGNORECASE)
    return re.sub(rf"(?<!\S){name}\s?", "", text, flags=re.IGNORECASE).strip()


def label(name: str) -> str:
    """A file's name as something to show: no path, no control or direction marks."""
    base = re.split(r"[/\\]", name)[-1]
    return "".join(c for c in base if unicodedata.category(c)[0] != "C")[:120]

"""Telegram's updates, understood.

Knows: the shapes of the Bot API, what counts as meant for the bot.
Does not know: who the people are, what is stored, whether anyone can be reached.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from telegram import Chat, ChatMemberUpdated, Message, MessageEntity, Update
from telegram.constants import ChatType

from handlers.channel import Address, ChatKind, Inbound, InboundKind, RawUpdate

if TYPE_CHECKING:
    from telegram import CallbackQuery, User

CHANNEL = "telegram"
WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
MEDIA = (
    "photo", "voice", "video", "video_note", "audio", "animation", "sticker", "location", "venue", "contact", "poll",
    "dice", "story", "paid_media", "checklist",
)  # fmt: skip
START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<code>.*))?", re.IGNORECASE | re.DOTALL)


def raw_update(update: Any) -> RawUpdate:
    """A row for the inbox, whatever came. One without an id gets a stable one of its own."""
    raw = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
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
        update = Update.de_json(json.loads(raw), None)
        return _inbound(update, bot_id, username)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as broken:
        raise ValueError(f"malformed update: {type(broken).__name__}") from broken


def _inbound(update: Update, bot_id: int, username: str) -> Inbound | None:
    if update.message is not None:
        return _message(update.message, bot_id, username)
    if update.edited_message is not None:
        return _edited(update.edited_message, bot_id, username)
    if update.callback_query is not None:
        return _pressed(update.callback_query)
    if update.my_chat_member is not None:
        return _member(update.my_chat_member)
    return None


def _message(message: Message, bot_id: int, username: str) -> Inbound | None:
    if message.migrate_to_chat_id or message.migrate_from_chat_id:
        return _migrated(message)
    text = _without_mention(message, username)
    start = START.fullmatch(text) if message.text else None
    if start:
        return _from(message, InboundKind.START, bot_id, username, text=(start["code"] or "").strip())
    if message.text:
        return _from(message, InboundKind.TEXT, bot_id, username, text=text)
    if message.document:
        return _from(
            message,
            InboundKind.FILE,
            bot_id,
            username,
            text=text,
            file_id=message.document.file_id,
            file_name=label(message.document.file_name or ""),
            file_size=message.document.file_size or 0,
        )
    if any(getattr(message, kind) for kind in MEDIA):
        return _from(message, InboundKind.MEDIA, bot_id, username, text=text)
    return None  # a service message: a title, a pin, who came and went


def _edited(message: Message, bot_id: int, username: str) -> Inbound | None:
    """New words under an old id. A live location also edits itself, every few seconds: that is nobody's word."""
    if message.text is None and message.caption is None:
        return None
    text = _without_mention(message, username)
    return _from(message, InboundKind.EDITED, bot_id, username, text=text)


def _from(message: Message, kind: InboundKind, bot_id: int, username: str, **content: Any) -> Inbound:
    return Inbound(
        kind=kind,
        address=_address(message.chat),
        sender_id=str(message.from_user.id) if message.from_user else "",
        sender_name=_name(message.from_user),
        message_id=str(message.message_id),
        forwarded=message.forward_origin is not None,
        mentioned=message.chat.type == ChatType.PRIVATE or _is_meant(message, bot_id, username),
        sent_at=message.edit_date or message.date,
        chat_title=message.chat.title or "",
        **content,
    )


def _migrated(message: Message) -> Inbound:
    """Both chats tell it; both mean: the old id, and the new one as text."""
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    return Inbound(
        kind=InboundKind.MIGRATED,
        address=Address(CHANNEL, str(old), ChatKind.GROUP),
        sender_id=str(message.from_user.id) if message.from_user else "",
        message_id=str(message.message_id),
        text=str(new),
        sent_at=message.date,
    )


def _pressed(query: CallbackQuery) -> Inbound | None:
    if query.message is None or query.data is None:
        return None
    return Inbound(
        kind=InboundKind.PRESSED,
        address=_address(query.message.chat),
        sender_id=str(query.from_user.id),
        sender_name=_name(query.from_user),
        message_id=str(query.message.message_id),
        token=query.data,
        callback_id=query.id,
    )


def _member(change: ChatMemberUpdated) -> Inbound:
    """The bot's own place in a chat changed; `text` is what it is now. In a private chat "kicked" means blocked."""
    return Inbound(
        kind=InboundKind.MEMBER,
        address=_address(change.chat),
        sender_id=str(change.from_user.id),
        sender_name=_name(change.from_user),
        text=str(change.new_chat_member.status),
        sent_at=change.date,
    )


def _address(chat: Chat) -> Address:
    return Address(CHANNEL, str(chat.id), ChatKind.PRIVATE if chat.type == ChatType.PRIVATE else ChatKind.GROUP)


def _name(user: User | None) -> str:
    return user.full_name if user else ""


def _entities(message: Message, kind: str) -> dict[MessageEntity, str]:
    return message.parse_entities([kind]) if message.text else message.parse_caption_entities([kind])


def _is_meant(message: Message, bot_id: int, username: str) -> bool:
    """In a group: a command that names nobody else, the bot's name, or an answer to the bot."""
    reply = message.reply_to_message
    if reply is not None and reply.from_user is not None and reply.from_user.id == bot_id:
        return True
    if any(_is_us(mention, username) for mention in _entities(message, MessageEntity.MENTION).values()):
        return True
    commands = _entities(message, MessageEntity.BOT_COMMAND).values()
    return any("@" not in command or _is_us(command, username) for command in commands)


def _is_us(words: str, username: str) -> bool:
    return not username or words.lower().endswith(f"@{username}".lower())


def _without_mention(message: Message, username: str) -> str:
    """The words without the bot's name: «@giaoban_bot số liệu» is «số liệu», «/start@giaoban_bot X» is «/start X»."""
    text = message.text or message.caption or ""
    if not username or "@" not in text:
        return text
    name = rf"@{re.escape(username)}(?!\w)"
    text = re.sub(rf"(?<!\S)(/\w+){name}", r"\1", text, flags=re.IGNORECASE)
    return re.sub(rf"(?<!\S){name}\s?", "", text, flags=re.IGNORECASE).strip()


def label(name: str) -> str:
    """A file's name as something to show: no path, no control or direction marks."""
    base = re.split(r"[/\\]", name)[-1]
    return "".join(c for c in base if unicodedata.category(c)[0] != "C")[:120]

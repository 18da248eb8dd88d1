"""What a chat is awaited to say next, after a button that needs words: days, a name, an hour, a reason.

Knows: one wish a chat, kept in the database, so that a restart forgets nothing. A wish that nothing followed within the
hour is over: tomorrow's figures must not be taken for an answer. Does not know: what the words mean.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from handlers.channel import InboundKind
from storage import meta

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.chat import Chat
    from handlers.words import Addressee
    from storage.database import Transaction

LASTS = timedelta(hours=1)
REST = "rest"  # the words complete a command: `before` stands in front of them
LONGEST = 40  # words of a reason; more is something else
SHORT = 6  # words of an hour or a day


@dataclass(frozen=True, slots=True)
class Wish:
    """What the next words are for, and what was chosen before."""

    what: str
    until: datetime
    data: Mapping[str, str] = field(default_factory=dict)


async def wait(chat: Chat, what: str, **data: str) -> None:
    """The chat's next words are for this; an earlier wish is forgotten."""
    await put(chat, Wish(what, chat.happened.at + LASTS, data))


async def wait_for_rest(chat: Chat, before: str, *, needs_number: bool = False) -> None:
    """«GIỮ 1: » and then the reason, «GIA HẠN Ban CHQS xã đến » and then the hour, in the next message."""
    await wait(chat, REST, before=before, needs_number="1" if needs_number else "")


def fits(wish: Wish, words: str) -> bool:
    """Whether words can be the rest of a command: a reason in a sentence or two, or a short hour."""
    count = len(words.split())
    if wish.data["needs_number"]:
        return count <= SHORT and any(c.isdigit() for c in words)
    return count <= LONGEST


async def put(chat: Chat, wish: Wish) -> None:
    told = {"what": wish.what, "until": wish.until.isoformat(), "data": dict(wish.data)}
    await meta.put(chat.tx, _key(chat), json.dumps(told, ensure_ascii=False))


async def take(chat: Chat) -> Wish | None:
    """The chat's wish, which is over with this; None where none stands, or the message is no typed words."""
    if chat.happened.event.kind is not InboundKind.TEXT or not chat.happened.text.strip():
        return None
    stored = await meta.get(chat.tx, _key(chat))
    if not stored:
        return None
    await forget(chat)
    told = json.loads(stored)
    wish = Wish(told["what"], datetime.fromisoformat(told["until"]), told["data"])
    return wish if chat.happened.at <= wish.until else None


async def is_waiting(tx: Transaction, here: Addressee) -> bool:
    """Whether the chat's next words are for something."""
    return bool(await meta.get(tx, _key_of(here.channel, here.chat_id)))


async def forget(chat: Chat) -> None:
    await meta.remove(chat.tx, _key(chat))


def _key(chat: Chat) -> str:
    return _key_of(chat.here.channel, chat.here.chat_id)


def _key_of(channel: str, chat_id: str) -> str:
    return f"awaited:{channel}:{chat_id}"

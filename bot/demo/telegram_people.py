"""What people do in the stand-in's chats, and what they see there.

A person is given by id; a chat by id, the private one when left out. Everything is immediate: an update is queued
for the bot, and `wait_until` waits for what the bot makes of it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from bot.demo.telegram_world import Person, entities_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.demo.telegram_world import Chat, Json, Line, World

T = TypeVar("T")

MEDIA: dict[str, Json] = {
    "voice": {"voice": {"file_id": "AwACAgUAAxkB1", "file_unique_id": "AgAD1", "duration": 7}},
    "sticker": {
        "sticker": {
            "emoji": "👍",
            "file_id": "CAACAgUAAxkB1",
            "file_unique_id": "AgAD2",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
        }
    },
    "photo": {"photo": [{"file_id": "AgACAgUAAxkB1", "file_unique_id": "AQAD1", "width": 90, "height": 67}]},
    "location": {"location": {"latitude": 20.9, "longitude": 104.1}},
    "contact": {"contact": {"phone_number": "0900000000", "first_name": "A"}},
}


class People:
    """The people's side of the stand-in."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._last_callback = 0

    # -- who and where ----------------------------------------------------------------------------------------

    def join(self, person_id: int, name: str, username: str = "") -> int:
        """A person with a phone. They are reachable once they have written to the bot."""
        self._world.add_person(Person(person_id, name, username))
        return person_id

    def make_group(self, chat_id: int, title: str, kind: str = "supergroup") -> int:
        self._world.add_group(chat_id, title, kind)
        return chat_id

    def add_to_group(self, chat_id: int, by: int) -> None:
        """Put the bot into a group."""
        self._set_membership(self._chat(chat_id), by, "left", "member")

    def remove_from_group(self, chat_id: int, by: int) -> None:
        chat = self._chat(chat_id)
        self._set_membership(chat, by, "member", "kicked")
        chat.refusal = f"Forbidden: bot was kicked from the {chat.info['type']} chat"

    def block(self, person: int) -> None:
        chat = self._chat(person)
        self._set_membership(chat, person, "member", "kicked")
        chat.refusal = "Forbidden: bot was blocked by the user"

    def unblock(self, person: int) -> None:
        self._set_membership(self._chat(person), person, "kicked", "member")

    def migrate(self, chat_id: int, new_id: int, by: int) -> None:
        """A group becomes a supergroup: two service messages, and the old id answers with the new one."""
        old = self._chat(chat_id)
        new = self._world.add_group(new_id, old.info["title"])
        new.reachable, old.moved_to = True, new_id
        sender = self._world.people[by].as_json()
        left = self._world.new_message(old, sender, {"migrate_to_chat_id": new_id})
        came = self._world.new_message(new, sender, {"migrate_from_chat_id": chat_id})
        self._world.push("message", left)
        self._world.push("message", came)

    # -- what they do -----------------------------------------------------------------------------------------

    def say(
        self, person: int, text: str, chat: int | None = None, *, forwarded: bool = False, reply_to: int | None = None
    ) -> int:
        """Type a message (or forward one). Returns its message id."""
        content: Json = {"text": text}
        if entities := entities_of(text):
            content["entities"] = entities
        if forwarded:
            content["forward_origin"] = {
                "type": "hidden_user",
                "date": self._world.seconds(),
                "sender_user_name": "A",
            }
        where = self._chat(chat or person)
        if reply_to is not None:
            content["reply_to_message"] = where.messages[reply_to]
        return self._post(person, where, content, "said")

    def edit(self, person: int, message_id: int, text: str, chat: int | None = None) -> None:
        message = self._chat(chat or person).messages[message_id]
        message["text"] = text
        message["edit_date"] = self._world.seconds()
        message.pop("entities", None)
        if entities := entities_of(text):
            message["entities"] = entities
        self._world.note(message, self._world.people[person].name, "edited")
        self._world.push("edited_message", dict(message))

    def press(self, person: int, message_id: int, button: str, chat: int | None = None) -> str:
        """Press a button by its label or its data. Returns the callback's id. KeyError when it isn't there."""
        message = self._chat(chat or person).messages[message_id]
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        for pressed in (b for row in rows for b in row):
            if button in {pressed["text"], pressed.get("callback_data")}:
                return self.send_data(person, message_id, pressed["callback_data"], chat, label=pressed["text"])
        raise KeyError(button)

    def send_data(self, person: int, message_id: int, data: str, chat: int | None = None, *, label: str = "") -> str:
        """What a changed client can do: send any data as if it were a button's."""
        message = self._chat(chat or person).messages[message_id]
        self._last_callback += 1
        callback_id = f"43218765{self._last_callback:08d}"
        self._world.callbacks[callback_id] = False
        sender = self._world.people[person]
        self._world.note(message, sender.name, "pressed", label or data)
        content = {
            "id": callback_id,
            "from": sender.as_json(),
            "message": dict(message),
            "chat_instance": "-1122334455",
            "data": data,
        }
        self._world.push("callback_query", content)
        return callback_id

    def send_document(
        self, person: int, name: str, content: bytes, chat: int | None = None, *, caption: str = ""
    ) -> int:
        document = {**self._world.keep_file("documents", name, content), "file_name": name}
        fields: Json = {"document": document}
        if caption:
            fields["caption"] = caption
        return self._post(person, self._chat(chat or person), fields, "file")

    def send_media(self, person: int, kind: str, chat: int | None = None) -> int:
        """A voice message, sticker, photo, location or contact."""
        return self._post(person, self._chat(chat or person), dict(MEDIA[kind]), "said")

    # -- what they see ----------------------------------------------------------------------------------------

    def transcript(self, chat: int | None = None) -> list[Line]:
        return [line for line in self._world.lines if chat is None or line.chat == chat]

    def messages(self, chat: int) -> list[Json]:
        """What stands in a chat now, oldest first."""
        return list(self._chat(chat).messages.values())

    def from_bot(self, chat: int) -> list[Json]:
        bot_id = self._world.bot["id"]
        return [m for m in self.messages(chat) if m["from"]["id"] == bot_id]

    async def wait_until(self, look: Callable[[], T], timeout: float = 10.0) -> T:  # noqa: ASYNC109  reads best here
        """Look again after every change until there is something to see. TimeoutError when there is nothing."""
        async with asyncio.timeout(timeout):
            while not (found := look()):
                await self._world.next_change()
        return found

    # -- how it is done ---------------------------------------------------------------------------------------

    def _chat(self, chat_id: int) -> Chat:
        return self._world.chats[chat_id]

    def _post(self, person: int, chat: Chat, content: Json, kind: str) -> int:
        sender = self._world.people[person]
        message = self._world.new_message(chat, sender.as_json(), content)
        self._world.note(message, sender.name, kind)
        if chat.is_private:
            chat.reachable = True
        if chat.is_private or (chat.reachable and self._is_heard(message)):
            self._world.push("message", dict(message))
        return int(message["message_id"])

    def _is_heard(self, message: Json) -> bool:
        """In privacy mode a bot hears commands, its own name, and replies to it."""
        if not self._world.privacy:
            return True
        name = f"@{self._world.bot['username']}".lower()
        text = message.get("text", "").lower()
        is_command = any(e["type"] == "bot_command" for e in message.get("entities", ()))
        answers_bot = message.get("reply_to_message", {}).get("from", {}).get("id") == self._world.bot["id"]
        return is_command or name in text or answers_bot

    def _set_membership(self, chat: Chat, by: int, before: str, after: str) -> None:
        chat.reachable = after == "member"
        member: Json = {"user": self._world.bot, "status": after}
        if after == "kicked":
            member["until_date"] = 0
        content = {
            "chat": chat.info,
            "from": self._world.people[by].as_json(),
            "date": self._world.seconds(),
            "old_chat_member": {"user": self._world.bot, "status": before}
            | ({"until_date": 0} if before == "kicked" else {}),
            "new_chat_member": member,
        }
        self._world.push("my_chat_member", content)
        self._world.changed()

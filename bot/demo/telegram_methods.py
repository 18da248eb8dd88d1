"""The Bot API's methods on the stand-in's chats, with the limits and refusals of the service.

Knows: what each method does, what it answers, what it refuses and in which words.
Does not know: HTTP. `parse_mode` is refused: nothing of ours may use it for text from people.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.demo.telegram_script import RefusedError
from bot.demo.telegram_world import utf16

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.demo.telegram_world import Chat, Json, World

    Upload = tuple[str, bytes]  # file name, content

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_DATA = 64
MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
SENDS = frozenset({"sendmessage", "senddocument", "sendphoto"})
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def decoded(value: Any) -> Any:
    """Forms carry objects as JSON text."""
    return json.loads(value) if isinstance(value, str) and value else value


class Methods:
    """`call` does what a method does and returns its result, or raises RefusedError."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._by_name: dict[str, Callable[[Json, Mapping[str, Upload]], Any]] = {
            "getme": self._get_me,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "sendmessage": self._send_message,
            "senddocument": self._send_document,
            "sendphoto": self._send_photo,
            "sendchataction": self._send_chat_action,
            "editmessagetext": self._edit_text,
            "editmessagecaption": self._edit_caption,
            "editmessagereplymarkup": self._edit_reply_markup,
            "editmessagemedia": self._edit_media,
            "deletemessage": self._delete_message,
            "answercallbackquery": self._answer_callback,
            "setmycommands": self._set_commands,
            "getmycommands": lambda _p, _f: self._world.commands,
            "getchat": self._get_chat,
            "getfile": self._get_file,
        }

    def knows(self, method: str) -> bool:
        return method in self._by_name

    def call(self, method: str, params: Json, files: Mapping[str, Upload]) -> Any:
        return self._by_name[method](params, files)

    # -- about the bot ----------------------------------------------------------------------------------------

    def _get_me(self, _params: Json, _files: Mapping[str, Upload]) -> Json:
        return {
            **self._world.bot,
            "can_join_groups": True,
            "can_read_all_group_messages": not self._world.privacy,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def _set_webhook(self, params: Json, _files: Mapping[str, Upload]) -> bool:
        """Remembered only: nothing is pushed, but getUpdates is refused as long as it stands."""
        self._world.webhook = str(params.get("url", ""))
        return True

    def _delete_webhook(self, params: Json, _files: Mapping[str, Upload]) -> bool:
        self._world.webhook = ""
        if decoded(params.get("drop_pending_updates")) is True:
            self._world.pending.clear()
        return True

    def _get_webhook_info(self, _params: Json, _files: Mapping[str, Upload]) -> Json:
        return {
            "url": self._world.webhook,
            "has_custom_certificate": False,
            "pending_update_count": len(self._world.pending),
        }

    def _set_commands(self, params: Json, _files: Mapping[str, Upload]) -> bool:
        self._world.commands = decoded(params.get("commands", "[]"))
        return True

    # -- sending ----------------------------------------------------------------------------------------------

    def _send_message(self, params: Json, _files: Mapping[str, Upload]) -> Json:
        chat = self._reachable(params)
        return self._sent(chat, {**_text_of(params), **_markup_of(params)})

    def _send_document(self, params: Json, files: Mapping[str, Upload]) -> Json:
        chat = self._reachable(params)
        document = self._stored(params.get("document", "document"), "document", files)
        return self._sent(chat, {"document": document, **_caption_of(params), **_markup_of(params)})

    def _send_photo(self, params: Json, files: Mapping[str, Upload]) -> Json:
        chat = self._reachable(params)
        photo = self._stored(params.get("photo", "photo"), "photo", files)
        size = {**photo, "width": 1280, "height": 960}
        size.pop("file_name", None)
        return self._sent(chat, {"photo": [size], **_caption_of(params), **_markup_of(params)})

    def _send_chat_action(self, params: Json, _files: Mapping[str, Upload]) -> bool:
        self._reachable(params)
        return True

    def _sent(self, chat: Chat, content: Json) -> Json:
        message = self._world.new_message(chat, self._world.bot, content)
        self._world.note(message, "", "sent")
        if self._world.on_sent is not None:
            self._world.on_sent(chat.id)
        return message

    # -- editing ----------------------------------------------------------------------------------------------

    def _edit_text(self, params: Json, _files: Mapping[str, Upload]) -> Json:
        message = self._own(params)
        if "text" not in message:
            raise RefusedError(400, "Bad Request: there is no text in the message to edit")
        return self._changed(message, {**_text_of(params), **_markup_of(params)}, ("text", "entities"))

    def _edit_caption(self, params: Json, _files: Mapping[str, Upload]) -> Json:
        message = self._own(params)
        if "text" in message:
            raise RefusedError(400, "Bad Request: there is no caption in the message to edit")
        return self._changed(message, {**_caption_of(params), **_markup_of(params)}, ("caption", "caption_entities"))

    def _edit_reply_markup(self, params: Json, _files: Mapping[str, Upload]) -> Json:
        return self._changed(self._own(params), _markup_of(params), ())

    def _edit_media(self, params: Json, files: Mapping[str, Upload]) -> Json:
        """Media in place of media, or added to a text message."""
        message = self._own(params)
        media = decoded(params.get("media"))
        if not isinstance(media, dict) or media.get("type") not in {"document", "photo"}:
            raise RefusedError(400, "Bad Request: can't parse InputMedia: unsupported type")
        stored = self._stored(media.get("media", ""), "media", files)
        content: Json = {"document": stored} if media["type"] == "document" else {"photo": [stored]}
        content |= {**_caption_of(media), **_markup_of(params)}
        return self._changed(message, content, ("text", "entities", "document", "photo", "caption", "caption_entities"))

    def _changed(self, message: Json, content: Json, replaced: tuple[str, ...]) -> Json:
        """Replace those parts and the buttons of a message."""
        parts = (*replaced, "reply_markup")
        if {key: message[key] for key in parts if key in message} == content:
            raise RefusedError(400, NOT_MODIFIED)
        for key in parts:
            message.pop(key, None)
        message |= {**content, "edit_date": self._world.seconds()}
        self._world.note(message, "", "edited")
        return message

    def _delete_message(self, params: Json, _files: Mapping[str, Upload]) -> bool:
        chat = self._reachable(params)
        message = chat.messages.pop(_whole(params.get("message_id")), None)
        if message is None:
            raise RefusedError(400, "Bad Request: message to delete not found")
        self._world.note(message, "", "deleted")
        return True

    def _answer_callback(self, params: Json, _files: Mapping[str, Upload]) -> bool:
        callback = str(params.get("callback_query_id", ""))
        if callback not in self._world.callbacks:
            words = "query is too old and response timeout expired or query ID is invalid"
            raise RefusedError(400, f"Bad Request: {words}")
        self._world.callbacks[callback] = True
        self._world.changed()
        return True

    # -- chats and files --------------------------------------------------------------------------------------

    def _get_chat(self, params: Json, _files: Mapping[str, Upload]) -> Json:
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
        return {
            **self._reachable(params).info,
            "accent_color_id": 1,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(gifts, False),
        }

    def _get_file(self, params: Json, _files: Mapping[str, Upload]) -> Json:
        file_id = str(params.get("file_id", ""))
        if file_id not in self._world.files:
            raise RefusedError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        path, content = self._world.files[file_id]
        if len(content) > MAX_DOWNLOAD:
            raise RefusedError(400, "Bad Request: file is too big")
        unique = f"AgAD{file_id[-6:]}"
        return {"file_id": file_id, "file_unique_id": unique, "file_size": len(content), "file_path": path}

    def _reachable(self, params: Json) -> Chat:
        """The chat a call is about, if the bot may write there."""
        chat = self._world.chats.get(_whole(params.get("chat_id")))
        if chat is None:
            raise RefusedError(400, "Bad Request: chat not found")
        if chat.moved_to:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise RefusedError(400, words, migrate_to_chat_id=chat.moved_to)
        if not chat.reachable:
            raise RefusedError(403 if chat.refusal.startswith("Forbidden") else 400, chat.refusal)
        return chat

    def _own(self, params: Json) -> Json:
        """The bot's own message that is to be edited."""
        message = self._reachable(params).messages.get(_whole(params.get("message_id")))
        if message is None:
            raise RefusedError(400, "Bad Request: message to edit not found")
        if message["from"]["id"] != self._world.bot["id"]:
            raise RefusedError(400, "Bad Request: message can't be edited")
        return message

    def _stored(self, named: str, kind: str, files: Mapping[str, Upload]) -> Json:
        """An uploaded file, or one the service has already."""
        part = named.removeprefix("attach://")
        if part in files:
            name, content = files[part]
            if len(content) > (MAX_PHOTO if kind == "photo" else MAX_UPLOAD):
                raise RefusedError(413, "Request Entity Too Large")
            if not content:
                raise RefusedError(400, "Bad Request: file must be non-empty")
            folder = "photos" if kind == "photo" else "documents"
            return {**self._world.keep_file(folder, name, content), "file_name": name}
        if named in self._world.files:
            return {"file_id": named, "file_unique_id": f"AgAD{named[-6:]}"}
        raise RefusedError(400, "Bad Request: wrong remote file identifier specified: Wrong string length")


def _whole(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def _text_of(params: Json) -> Json:
    return _words(params, "text", "entities", MAX_TEXT)


def _caption_of(params: Json) -> Json:
    return _words(params, "caption", "caption_entities", MAX_CAPTION)


def _words(params: Json, name: str, marks: str, most: int) -> Json:
    """A text or caption with its entities, checked as the service checks it."""
    if params.get("parse_mode"):
        raise RefusedError(400, "Bad Request: can't parse entities: use entities instead of parse_mode")
    text = str(params.get(name, "")).strip()
    if not text and name == "text":
        raise RefusedError(400, "Bad Request: message text is empty")
    if len(text) > most:
        raise RefusedError(400, f"Bad Request: message {'caption ' if name == 'caption' else ''}is too long")
    found: Json = {name: text} if text else {}
    if entities := decoded(params.get(marks)):
        if any(e["offset"] < 0 or e["length"] < 1 or e["offset"] + e["length"] > utf16(text) for e in entities):
            raise RefusedError(400, "Bad Request: ENTITY_BOUNDS_INVALID")
        found[marks] = entities
    return found


def _markup_of(params: Json) -> Json:
    """The inline keyboard; an empty one is none."""
    markup = decoded(params.get("reply_markup")) or {}
    rows = [row for row in markup.get("inline_keyboard", []) if row]
    for button in (b for row in rows for b in row):
        if not button.get("text"):
            raise RefusedError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button.get("callback_data", "").encode()) <= MAX_DATA:
            raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}

"""The Telegram channel: receiving by an own poll loop, sending by python-telegram-bot's client.

Knows: the order «committed, then acknowledged»; how Telegram's failures translate into refusals.
Does not know: what is stored, when something is due, whether a message may be repeated.
"""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto, MessageEntity
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from handlers.channel import Capabilities, Health, Refusal, SendError
from handlers.telegram.parse import CHANNEL, WANTED, parse, raw_update, update_id_of
from handlers.telegram.request import AiohttpRequest, NotFoundError, NotSentError, ThrottledError, endpoints

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from handlers.channel import Address, Attachment, Inbound, Outgoing, RawUpdate

T = TypeVar("T")

CAPABILITIES = Capabilities(
    name=CHANNEL,
    max_text=4096,
    max_caption=1024,
    buttons=True,
    documents_out=True,
    documents_in=True,
    edit=True,
    photos=True,
    edits_in=True,
)
LONGEST_PAUSE = 30.0
NO_PREVIEW = '{"is_disabled": true}'
NO_LONG_POLL = 0.3  # a server that says «nothing» faster than this doesn't wait, so we do
CONNECTIONS = 24  # sends in flight, the poll, and a few downloads
# A refusal in these words is about the chat, not about the message.
UNREACHABLE_WORDS = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "chat_write_forbidden",
    "not enough rights to send",
    "have no rights to send",
    "need administrator rights",
    "group chat was deactivated",
    "bot is not a member",
)


class TelegramChannel:
    """One bot. `pause` is how it waits between tries; `now` is for the health report only."""

    def __init__(  # noqa: PLR0913  settings and what tests replace
        self,
        token: str,
        *,
        now: Callable[[], datetime],
        base_url: str = "",
        base_file_url: str = "",
        proxy: str = "",
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        answer_seconds: float = 30.0,
        poll_seconds: int = 25,
    ) -> None:
        self.caps = CAPABILITIES
        self._now = now
        self._pause = pause
        self._poll_seconds = poll_seconds
        self._answer_seconds = answer_seconds
        where = endpoints(token, base_url, base_file_url, proxy)
        self._request = AiohttpRequest(where, seconds=answer_seconds, connections=CONNECTIONS)
        bot_id = token.partition(":")[0]
        # The library is not told the token (see request.py), and its debug log would tell people's words.
        self._bot = Bot(f"{bot_id}:", _nowhere, _nowhere, request=self._request, get_updates_request=self._request)
        logging.getLogger("telegram").setLevel(logging.WARNING)
        self._bot_id = int(bot_id) if bot_id.isdecimal() else 0
        self._username = ""
        self._offset: int | None = None
        self._is_known = False  # the token was accepted once
        self._is_refused = False
        self._health = Health(CHANNEL, connected=False)

    def __repr__(self) -> str:
        return f"TelegramChannel({self._username or self._bot_id})"

    # -- receiving --------------------------------------------------------------------------------------------

    async def run(self, sink: Callable[[list[RawUpdate]], Awaitable[None]]) -> None:
        """Receive until cancelled; returns only when the token is refused. What `sink` raises goes through."""
        failures = 0
        while not self._is_refused:
            try:
                if not self._is_known:
                    await self.identify()
                    self._health = replace(self._health, connected=True, detail="")
                began = asyncio.get_running_loop().time()
                updates = await self._poll()
            except TelegramError as failed:
                failures += 1
                await self._recover(failed, failures)
                continue
            self._is_reached(failures)
            failures = 0
            if updates and not await self._hand_over(updates, sink):
                await self._pause(1.0)
            if not updates and asyncio.get_running_loop().time() - began < min(NO_LONG_POLL, self._poll_seconds):
                await self._pause(NO_LONG_POLL)

    def _is_reached(self, failures: int) -> None:
        if failures:
            logging.getLogger(__name__).warning("connected again after %d failures", failures)
        self._health = Health(CHANNEL, connected=True, last_poll=self._now())

    async def identify(self) -> None:
        """Ask the service who we are. Raises TelegramError."""
        try:
            me = await self._bot.get_me()
            self._bot_id, self._username = me.id, me.username or ""
        except (AttributeError, KeyError, TypeError, ValueError) as broken:
            # A name we can't read is no reason not to receive: without it every mention counts.
            logging.getLogger(__name__).warning("unreadable getMe: %s", type(broken).__name__)
        self._is_known = True

    async def ask_name(self) -> str:
        """The bot's name for links, asked once; "" where the service is out of reach or refuses us."""
        try:
            await self.identify()
        except TelegramError:
            return ""
        return self._username

    @property
    def username(self) -> str:
        """The bot's name for links, "" before the service was reached."""
        return self._username

    async def _poll(self) -> list[Any]:
        params = {"timeout": str(self._poll_seconds), "limit": "100", "allowed_updates": json.dumps(WANTED)}
        if self._offset is not None:
            params["offset"] = str(self._offset)
        return await self._request.updates(params, self._poll_seconds + self._answer_seconds)

    async def _hand_over(self, updates: list[Any], sink: Callable[[list[RawUpdate]], Awaitable[None]]) -> bool:
        """Commit, then move the offset: the next poll acknowledges. False when nothing of it can be acknowledged."""
        await sink([raw_update(update) for update in updates])
        ids = [found for update in updates if (found := update_id_of(update)) is not None]
        if not ids:
            return False
        self._offset = max(ids) + 1
        return True

    async def _recover(self, failed: TelegramError, failures: int) -> None:
        """Note what is wrong and wait: 1, 2, 4 … 30 seconds, or as long as the service says."""
        self._health = replace(self._health, connected=False, detail=_detail(failed))
        if self._is_token_refusal(failed):
            self._is_refused = True
            logging.getLogger(__name__).error("the token is refused")
            return
        if failures == 1:
            logging.getLogger(__name__).warning("not connected: %s; trying again", _detail(failed))
        if isinstance(failed, Conflict) and "webhook" in failed.message:
            await self._courteously(self._bot.delete_webhook())
        if isinstance(failed, ThrottledError):
            await self._pause(failed.seconds)
        else:
            await self._pause(min(2.0 ** (failures - 1), LONGEST_PAUSE))

    def _is_token_refusal(self, failed: TelegramError) -> bool:
        """401; or 404 as long as the token was never accepted: later a 404 means a method this server lacks."""
        return isinstance(failed, InvalidToken) or (isinstance(failed, NotFoundError) and not self._is_known)

    def parse(self, raw: str) -> Inbound | None:
        return parse(raw, self._bot_id, self._username)

    # -- sending ----------------------------------------------------------------------------------------------

    async def send(self, to: Address, message: Outgoing) -> str:
        """Send or edit; an edit to what already stands there is a success. Returns the message id."""
        if message.edit_of is None and message.attachment is None:
            return await self._called(self._request.send(_text(to, message)))
        chat_id = _chat(to)
        buttons = _keyboard(message)
        if message.edit_of is not None:
            edited = int(message.edit_of)
            if message.attachment is not None:
                media = _media(message.attachment, message)
                edit: Awaitable[Any] = self._bot.edit_message_media(media, chat_id, edited, reply_markup=buttons)
            elif not message.text:
                edit = self._bot.edit_message_reply_markup(chat_id, edited, reply_markup=buttons)
            else:
                edit = self._bot.edit_message_text(
                    message.text, chat_id, edited, entities=_bold(message.text, message), reply_markup=buttons
                )
            await self._edited(edit)
            return message.edit_of
        assert message.attachment is not None
        await self._called(self._posted(chat_id, message, message.attachment, buttons))
        return self._request.sent_id

    def _posted(
        self, chat_id: int | str, message: Outgoing, attachment: Attachment, buttons: InlineKeyboardMarkup | None
    ) -> Awaitable[Any]:
        caption = attachment.caption or message.text
        entities = _bold(caption, message)
        if attachment.is_photo:
            return self._bot.send_photo(
                chat_id,
                attachment.content,
                caption,
                filename=attachment.name,
                caption_entities=entities,
                reply_markup=buttons,
            )
        return self._bot.send_document(
            chat_id,
            attachment.content,
            caption,
            filename=attachment.name,
            caption_entities=entities,
            reply_markup=buttons,
        )

    async def acknowledge(self, callback_id: str) -> None:
        await self._courteously(self._bot.answer_callback_query(callback_id))

    async def delete(self, to: Address, message_id: str) -> None:
        """Delete; a message that is gone already is a success."""
        try:
            await self._called(self._bot.delete_message(_chat(to), int(message_id)))
        except SendError as failed:
            if "message to delete not found" not in failed.detail.lower():
                raise

    async def fetch_file(self, file_id: str, limit: int) -> bytes:
        file = await self._called(self._bot.get_file(file_id))
        if (file.file_size or 0) > limit:
            raise SendError(Refusal.REJECTED, "file is too big")
        return await self._called(self._request.download((file.file_path or "").removeprefix("/"), limit))

    def health(self) -> Health:
        return self._health

    async def close(self) -> None:
        await self._request.shutdown()

    # -- failures ---------------------------------------------------------------------------------------------

    async def _called(self, call: Awaitable[T]) -> T:
        """Await a call of the library. Raises SendError and nothing else."""
        try:
            return await call
        except TelegramError as failed:
            refused = self._refused(failed)
        except (AttributeError, KeyError, TypeError, ValueError) as broken:
            # It was sent, and the answer has a shape the library doesn't know.
            refused = SendError(Refusal.UNCLEAR, f"unreadable answer: {type(broken).__name__}")
        raise refused

    async def _edited(self, call: Awaitable[Any]) -> None:
        try:
            await self._called(call)
        except SendError as failed:
            if "message is not modified" not in failed.detail.lower():
                raise

    async def _courteously(self, call: Awaitable[Any]) -> None:
        try:
            await self._called(call)
        except SendError as failed:
            logging.getLogger(__name__).info("courtesy call failed: %s", failed.refusal.value)

    def _refused(self, failed: TelegramError) -> SendError:
        detail = _detail(failed)
        if self._is_token_refusal(failed):
            self._is_refused = True
            self._health = replace(self._health, connected=False, detail=detail)
            return SendError(Refusal.AUTH_FAILED, detail)
        match failed:
            case ThrottledError():
                return SendError(Refusal.THROTTLED, detail, retry_after=failed.seconds)
            case ChatMigrated():
                return SendError(Refusal.MOVED, detail, new_chat_id=str(failed.new_chat_id))
            case Forbidden():
                return SendError(Refusal.UNREACHABLE, detail)
            case NotSentError():
                return SendError(Refusal.NOT_SENT, detail)
            case BadRequest():
                is_chat = any(words in detail.lower() for words in UNREACHABLE_WORDS)
                return SendError(Refusal.UNREACHABLE if is_chat else Refusal.REJECTED, detail)
        return SendError(Refusal.UNCLEAR, detail)


def _nowhere(_token: str) -> str:
    """The library's address: our request class knows the true one."""
    return ""


def _detail(failed: TelegramError) -> str:
    return failed.message[:200]


def _chat(to: Address) -> int | str:
    return int(to.chat_id) if to.chat_id.lstrip("-").isdecimal() else to.chat_id


def _text(to: Address, message: Outgoing) -> dict[str, str]:
    """A text as the service takes it."""
    told = {"chat_id": to.chat_id, "text": message.text, "link_preview_options": NO_PREVIEW}
    if message.bold_title and (length := _title_length(message.text)):
        told["entities"] = f'[{{"type": "{MessageEntity.BOLD}", "offset": 0, "length": {length}}}]'
    if message.buttons:
        rows = [[{"text": label, "callback_data": token} for token, label in row] for row in message.buttons]
        told["reply_markup"] = json.dumps({"inline_keyboard": rows}, ensure_ascii=False)
    return told


def _keyboard(message: Outgoing) -> InlineKeyboardMarkup | None:
    if not message.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(label, callback_data=token) for token, label in row] for row in message.buttons]
    )


def _bold(text: str, message: Outgoing) -> list[MessageEntity] | None:
    return _title(text) if message.bold_title else None


def _title(text: str) -> list[MessageEntity] | None:
    """The title in bold, by position: people's words are never read as markup."""
    length = _title_length(text)
    return [MessageEntity(MessageEntity.BOLD, 0, length)] if length else None


def _title_length(text: str) -> int:
    """In UTF-16 units, as the service counts; 0 where there is no title to mark."""
    title = text.partition("\n")[0].rstrip()
    if not title or title[0].isspace():  # the service trims the text and would shift the mark
        return 0
    return len(title.encode("utf-16-le")) // 2


def _media(attachment: Attachment, message: Outgoing) -> InputMediaDocument | InputMediaPhoto:
    kind = InputMediaPhoto if attachment.is_photo else InputMediaDocument
    caption = attachment.caption or message.text
    return kind(attachment.content, caption=caption, caption_entities=_bold(caption, message), filename=attachment.name)

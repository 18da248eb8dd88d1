"""The Bot API as its documentation describes it, for one bot: updates until they are confirmed, chats, files, refusals.

async with BotApi("1:secret") as api:
    api.says(11, "lúa mùa 549")
    bot connects to api.base_url ...
    await api.until(lambda: api.bot_said(11))
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any, Self

from tests.botapi.wire import Manners, Reply, Request, serve

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]

LARGEST_DOWNLOAD = 20 * 1024 * 1024
DATE = 1_780_000_000


class No(Exception):  # noqa: N818 - what the service says
    """`{"ok": false, ...}`"""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def said_no(code: int, description: str, **parameters: Any) -> Reply:
    body: Json = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Reply(code, json.dumps(body).encode())


BAD_GATEWAY = Reply(502, b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n", "text/html")


class BotApi:
    """`next[method]` holds replies (None: a reset) given in place of what the method would do."""

    def __init__(
        self, token: str, *, manners: Manners | None = None, seconds: Callable[[], int] = lambda: DATE
    ) -> None:
        self.token = token
        self.manners = manners or Manners()
        self.seconds = seconds
        self.me: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Giao Ban",
            "username": "GB_bot",
        }
        self.chats: dict[int, Json] = {}
        self.refusals: dict[int, No] = {}  # of chats that can't be written to
        self.messages: defaultdict[int, dict[int, Json]] = defaultdict(dict)
        self.files: dict[str, tuple[str, bytes]] = {}
        self.queries: set[str] = set()
        self.answered: list[str] = []
        self.calls: list[tuple[str, Json]] = []
        self.next: defaultdict[str, deque[Reply | None]] = defaultdict(deque)
        self.after: defaultdict[str, deque[Reply | None]] = defaultdict(deque)  # given after the effect
        self.waiting: list[Json] = []  # updates not yet confirmed
        self.allowed: list[str] = []
        self._ids = {"update": 5000, "message": 100, "file": 0, "query": 0}
        self._poll: asyncio.Future[bool] | None = None
        self._changed = asyncio.Event()
        self._server: asyncio.Server | None = None
        self.port = 0

    # -- the server -------------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await serve(reader, writer, self._handle, self.manners)

        self._server = await asyncio.start_server(connected, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(True)
        if self._server is not None:
            self._server.close()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/file/bot"

    async def until(self, look: Callable[[], Any], seconds: float = 15) -> Any:
        async with asyncio.timeout(seconds):
            while not (found := look()):
                self._changed.clear()
                await self._changed.wait()
        return found

    async def _handle(self, request: Request) -> Reply | None:
        try:
            where, token, name = self._place(request.path)
        except ValueError:
            return Reply(404, b"<html>nothing here</html>", "text/html")
        if token != self.token:
            return said_no(401, "Unauthorized")
        if where == "file":
            return self._file(name)
        method = name.lower()
        self.calls.append((method, request.params))
        self._changed.set()
        if self.next[method]:
            return self.next[method].popleft()
        reply = await self._call(method, request)
        self._changed.set()
        return self.after[method].popleft() if self.after[method] else reply

    @staticmethod
    def _place(path: str) -> tuple[str, str, str]:
        parts = path.split("/")
        if len(parts) == 3 and parts[1].startswith("bot"):
            return "method", parts[1][3:], parts[2]
        if len(parts) >= 4 and parts[1] == "file" and parts[2].startswith("bot"):
            return "file", parts[2][3:], "/".join(parts[3:])
        raise ValueError(path)

    def _file(self, path: str) -> Reply:
        found = next((content for name, content in self.files.values() if name == path), None)
        return said_no(404, "Not Found") if found is None else Reply(200, found, "application/octet-stream")

    async def _call(self, method: str, request: Request) -> Reply:
        does = getattr(self, f"_do_{method}", None)
        if does is None:
            return said_no(404, "Not Found")
        params = {name: _decoded(value) for name, value in request.params.items()}
        try:
            result = does(params, request.files)
            if asyncio.iscoroutine(result):
                result = await result
        except No as no:
            return said_no(no.code, no.description, **no.parameters)
        return Reply(200, json.dumps({"ok": True, "result": result}).encode())

    # -- receiving --------------------------------------------------------------------------------------------

    async def _do_getupdates(self, params: Json, _files: object) -> list[Json]:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(False)  # the older request is ended, the newer one waits
        offset = int(params.get("offset", 0))
        self.waiting = [u for u in self.waiting if u["update_id"] >= offset] if offset > 0 else self.waiting[offset:]
        if params.get("allowed_updates") is not None:
            self.allowed = params["allowed_updates"]
        if not self.waiting and int(params.get("timeout", 0)) > 0:
            self._poll = asyncio.get_running_loop().create_future()
            self._changed.set()
            try:
                async with asyncio.timeout(int(params["timeout"])):
                    if not await self._poll:
                        words = (
                            "terminated by other getUpdates request; make sure that only one bot instance is running"
                        )
                        raise No(409, f"Conflict: {words}")
            except TimeoutError:
                return []
        return self.waiting[: int(params.get("limit", 100))]

    @property
    def is_polled(self) -> bool:
        return self._poll is not None and not self._poll.done()

    def update(self, kind: str, content: Any, **more: Any) -> int:
        """An update for the bot, if it wants this kind."""
        by_default = kind not in ("chat_member", "message_reaction", "message_reaction_count")
        if not (kind in self.allowed if self.allowed else by_default):
            return 0
        number = self._number("update")
        self.waiting.append({"update_id": number, kind: content, **more})
        if self.is_polled and self._poll is not None:
            self._poll.set_result(True)
        return number

    # -- the bot's calls --------------------------------------------------------------------------------------

    def _do_getme(self, _params: Json, _files: object) -> Json:
        return {**self.me, "can_join_groups": True, "supports_something_new": {"since": "11.0"}}

    def _do_deletewebhook(self, _params: Json, _files: object) -> bool:
        return True

    def _do_sendmessage(self, params: Json, _files: object) -> Json:
        return self._post(params, _words(params, "text", 4096))

    def _do_senddocument(self, params: Json, files: dict[str, tuple[str, bytes]]) -> Json:
        return self._post(
            params, {"document": self._kept(params, files, "document"), **_words(params, "caption", 1024)}
        )

    def _do_sendphoto(self, params: Json, files: dict[str, tuple[str, bytes]]) -> Json:
        return self._post(params, {"photo": [self._kept(params, files, "photo")], **_words(params, "caption", 1024)})

    def _do_editmessagetext(self, params: Json, _files: object) -> Json:
        return self._edit(params, _words(params, "text", 4096))

    def _do_editmessagereplymarkup(self, params: Json, _files: object) -> Json:
        message = self._mine(params)
        return self._edit(params, {k: v for k, v in message.items() if k in ("text", "caption", "document", "photo")})

    def _do_editmessagemedia(self, params: Json, files: dict[str, tuple[str, bytes]]) -> Json:
        media = params["media"]
        kept = self._kept(media | {media["type"]: media["media"]}, files, media["type"])
        return self._edit(params, {media["type"]: kept, **_words(media, "caption", 1024)})

    def _do_deletemessage(self, params: Json, _files: object) -> bool:
        if self.messages[int(params["chat_id"])].pop(int(params["message_id"]), None) is None:
            raise No(400, "Bad Request: message to delete not found")
        return True

    def _do_answercallbackquery(self, params: Json, _files: object) -> bool:
        query = str(params["callback_query_id"])
        if query not in self.queries:
            raise No(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.queries.discard(query)
        self.answered.append(query)
        return True

    def _do_getfile(self, params: Json, _files: object) -> Json:
        path, content = self.files[str(params["file_id"])]
        if len(content) > LARGEST_DOWNLOAD:
            raise No(400, "Bad Request: file is too big")
        return {"file_id": params["file_id"], "file_unique_id": "u", "file_size": len(content), "file_path": path}

    def _post(self, params: Json, content: Json) -> Json:
        chat = self._chat(params)
        return self.message(chat, self.me, **content, **_buttons(params))

    def _edit(self, params: Json, content: Json) -> Json:
        message = self._mine(params)
        told = {**content, **_buttons(params)}
        kept = ("message_id", "from", "chat", "date", "edit_date")
        if {k: v for k, v in message.items() if k not in kept} == told:
            words = "specified new message content and reply markup are exactly the same"
            raise No(400, f"Bad Request: message is not modified: {words} as a current content and reply markup")
        for name in [name for name in message if name not in kept]:
            del message[name]
        message |= told | {"edit_date": self.seconds()}
        return message

    def _mine(self, params: Json) -> Json:
        message = self.messages[int(self._chat(params))].get(int(params["message_id"]))
        if message is None:
            raise No(400, "Bad Request: message to edit not found")
        return message

    def _chat(self, params: Json) -> int:
        chat = int(params["chat_id"])
        if chat in self.refusals:
            raise self.refusals[chat]
        if chat not in self.chats:
            raise No(400, "Bad Request: chat not found")
        return chat

    def _kept(self, params: Json, files: dict[str, tuple[str, bytes]], name: str) -> Json:
        part = str(params.get(name, f"attach://{name}")).removeprefix("attach://")
        if part not in files:
            raise No(400, "Bad Request: wrong file identifier/HTTP URL specified")
        return self.keep(*files[part])

    def keep(self, name: str, content: bytes) -> Json:
        file_id = f"BQAC{self._number('file'):08d}"
        self.files[file_id] = (f"documents/{file_id}.bin", content)
        return {"file_id": file_id, "file_unique_id": file_id[4:], "file_name": name, "file_size": len(content)}

    def message(self, chat: int, sender: Json, **content: Any) -> Json:
        number = self._number("message")
        made = {"message_id": number, "from": sender, "chat": self.chats[chat], "date": self.seconds(), **content}
        self.messages[chat][number] = made
        return made

    def _number(self, kind: str) -> int:
        self._ids[kind] += 1
        return self._ids[kind]

    # -- people -----------------------------------------------------------------------------------------------

    def meets(self, person: int, name: str) -> None:
        """A private chat; fields that no library knows yet stand beside the known ones."""
        self.chats[person] = {"id": person, "type": "private", "first_name": name, "is_forum_since": None}

    def opens_group(self, chat: int, title: str) -> None:
        self.chats[chat] = {"id": chat, "type": "supergroup", "title": title, "direct_messages_price": 0}

    def user(self, person: int) -> Json:
        return {"id": person, "is_bot": False, "first_name": self.chats[person]["first_name"], "frozen": False}

    def says(self, person: int, text: str, chat: int | None = None, **more: Any) -> Json:
        message = self.message(chat or person, self.user(person), text=text, **more)
        self.update("message", message)
        return message

    def edits(self, person: int, message: Json, text: str) -> None:
        message |= {"text": text, "edit_date": self.seconds()}
        self.update("edited_message", dict(message))

    def presses(self, person: int, message: Json, label: str, chat: int | None = None) -> str:
        """By how the label begins."""
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(b["callback_data"] for row in rows for b in row if b["text"].startswith(label))
        query = f"77{self._number('query'):06d}"
        self.queries.add(query)
        place = {"chat_instance": "9", "message": dict(self.messages[chat or person][message["message_id"]])}
        self.update("callback_query", {"id": query, "from": self.user(person), "data": data, **place})
        return query

    def bot_said(self, chat: int) -> list[Json]:
        return [m for m in self.messages[chat].values() if m["from"] == self.me]

    def texts(self, chat: int) -> list[str]:
        return [str(m.get("text") or m.get("caption") or "") for m in self.bot_said(chat)]

    def with_button(self, chat: int, label: str) -> Json | None:
        """The bot's newest message with a button that begins so."""
        for message in reversed(self.bot_said(chat)):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            if any(b["text"].startswith(label) for row in rows for b in row):
                return message
        return None


def _decoded(value: Any) -> Any:
    """Forms carry lists and objects as JSON text; JSON bodies carry either."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _words(params: Json, name: str, most: int) -> Json:
    text = str(params.get(name, "")).strip()
    if not text:
        if name == "text":
            raise No(400, "Bad Request: message text is empty")
        return {}
    if len(text.encode("utf-16-le")) // 2 > most:
        raise No(400, f"Bad Request: message {'caption ' if name == 'caption' else ''}is too long")
    marks = params.get("entities" if name == "text" else "caption_entities") or []
    length = len(text.encode("utf-16-le")) // 2
    if any(m["offset"] + m["length"] > length for m in marks):
        raise No(400, "Bad Request: can't parse entities: entity out of bounds")
    return {name: text}


def _buttons(params: Json) -> Json:
    rows = (params.get("reply_markup") or {}).get("inline_keyboard") or []
    for button in (b for row in rows for b in row):
        if not 1 <= len(button["callback_data"].encode()) <= 64:
            raise No(400, "Bad Request: BUTTON_DATA_INVALID")
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}

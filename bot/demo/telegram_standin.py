"""A stand-in for the Telegram Bot API on 127.0.0.1, for the demo, the tests and the benchmark.

It answers over real HTTP in the service's own shapes, keeps updates until they are confirmed by a higher offset,
refuses what the service refuses, and goes wrong when told to (`script`). `people` is the other side: what people
do and see. Nothing here reads a clock: `now` is given.

    async with TelegramStandin("1:secret", now=clock) as standin:
        standin.people.join(11, "Páo")
        standin.people.say(11, "/start ABC")
        bot connects to standin.base_url …
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qsl

from aiohttp import web

from bot.demo.telegram_methods import SENDS, Methods, decoded
from bot.demo.telegram_people import People
from bot.demo.telegram_script import Manner, Mishap, Phase, Rates, RefusedError, Script, json_refusal
from bot.demo.telegram_world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.demo.telegram_world import Json

MAX_BODY = 60 * 1024 * 1024
LOOPBACK = "127.0.0.1"


class TelegramStandin:
    """The server. `base_url` and `base_file_url` are what a bot's settings take."""

    def __init__(
        self,
        token: str,
        *,
        now: Callable[[], datetime],
        username: str = "giaoban_bot",
        name: str = "Giao Ban",
        rates: Rates | None = None,
        port: int = 0,
    ) -> None:
        self.world = World(token, now, username, name)
        self.people = People(self.world)
        self.script = Script()
        self.rates = rates
        self._methods = Methods(self.world)
        self._port = port
        self._runner: web.AppRunner | None = None
        self._stopping = asyncio.Event()

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self._port}"

    @property
    def base_url(self) -> str:
        return f"{self.address}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.address}/file/bot"

    async def start(self) -> None:
        """Listen. A server that was stopped may be started again, on the same port and with all it remembers."""
        self._stopping.clear()
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, self._port)
        await site.start()
        if not self._port:
            self._port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Close every connection; calls that hang are dropped."""
        self._stopping.set()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # -- one call ---------------------------------------------------------------------------------------------

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.world.token:
            return _answer(json_refusal(401, "Unauthorized", {}))
        method = request.match_info["method"].lower()
        if method != "getupdates" and not self._methods.knows(method):
            return _answer(json_refusal(404, "Not Found", {}))
        nth, mishap = self.script.arrive(method)
        if await self.script.reach(method, nth, Phase.BEFORE):
            return _drop(request)
        if mishap is not None and not mishap.effect:
            return await self._befall(request, mishap)
        params, files = await _read(request)
        body = await self._body(method, params, files)
        if await self.script.reach(method, nth, Phase.AFTER):
            return _drop(request)
        if mishap is not None:
            return await self._befall(request, mishap)
        response = _answer(body)
        if self.script.is_point(method, nth, Phase.ANSWERED):
            await response.prepare(request)
            await response.write_eof()
            await self.script.reach(method, nth, Phase.ANSWERED)
        return response

    async def _body(self, method: str, params: Json, files: Mapping[str, tuple[str, bytes]]) -> Json:
        try:
            if method == "getupdates":
                return {"ok": True, "result": await self._get_updates(params)}
            if method in SENDS and self.rates is not None:
                self.rates.admit(int(params.get("chat_id", 0)), self.world.now().timestamp())
            return {"ok": True, "result": self._methods.call(method, params, files)}
        except RefusedError as no:
            return json_refusal(no.code, no.description, no.parameters)

    async def _get_updates(self, params: Json) -> list[Any]:
        world = self.world
        if world.webhook:
            words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise RefusedError(409, f"Conflict: {words}")
        if "allowed_updates" in params:
            world.allowed = frozenset(decoded(params["allowed_updates"])) or None
        offset = int(params.get("offset", 0))
        if offset:
            world.confirm(offset)
        if not await world.wait_for_updates(float(params.get("timeout", 0))):
            words = "terminated by other getUpdates request; make sure that only one bot instance is running"
            raise RefusedError(409, f"Conflict: {words}")
        limit = min(max(int(params.get("limit", 100)), 1), 100)
        return world.pending[:limit]

    async def _befall(self, request: web.Request, mishap: Mishap) -> web.StreamResponse:
        match mishap.manner:
            case Manner.ANSWER:
                return _answer(json_refusal(mishap.code, mishap.description, mishap.parameters))
            case Manner.GARBAGE:
                return web.Response(body=b"<html>cached</html>", content_type="text/html")
            case Manner.HANG:
                await self._stopping.wait()
        return _drop(request)

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.world.token:
            return _answer(json_refusal(401, "Unauthorized", {}))
        nth, mishap = self.script.arrive("download")
        if mishap is not None:
            return await self._befall(request, mishap)
        await self.script.reach("download", nth, Phase.BEFORE)
        for path, content in self.world.files.values():
            if path == request.match_info["path"]:
                return web.Response(body=content, content_type="application/octet-stream")
        return _answer(json_refusal(404, "Not Found", {}))


def _answer(body: Json) -> web.Response:
    """As the service answers: the HTTP status repeats `error_code`."""
    text = json.dumps(body, ensure_ascii=False).encode()
    return web.Response(body=text, status=body.get("error_code", 200), content_type="application/json")


def _drop(request: web.Request) -> web.Response:
    """Close the connection; what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _read(request: web.Request) -> tuple[Json, dict[str, tuple[str, bytes]]]:
    """Parameters from the query, a form, JSON or multipart, and uploaded files by part name."""
    params: Json = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    kind = request.content_type
    if kind == "application/json":
        params |= json.loads(await request.read() or b"{}")
    elif kind == "application/x-www-form-urlencoded":
        params |= dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
    elif kind == "multipart/form-data":
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            else:
                params[name] = value
    return params, files

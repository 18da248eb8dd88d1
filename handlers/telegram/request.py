"""HTTP to the Bot API: python-telegram-bot's request class on aiohttp.

Knows: the token (alone in this program), the addresses, which failures surely left nothing behind.
Does not know: what is sent, to whom, or what follows from a failure.

The library is given a placeholder in place of the token, so that neither its reprs nor its logs can show it. Every
exception is raised anew from a class name or the service's own words: aiohttp's carry the URL, and the URL carries
the token. Nothing is ever sent twice from here.
"""

from __future__ import annotations

import json
import re
from contextvars import ContextVar
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import aiohttp
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.request import BaseRequest
from yarl import URL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram.request import RequestData

OFFICIAL = "https://api.telegram.org/bot"
CONNECT_SECONDS = 10.0
DOWNLOAD_SECONDS = 600.0  # 10 MB at 17 KB a second; a line that says nothing is given up much sooner
UPLOAD_FACTOR = 6  # 50 MB over a slow line take longer than a line of text
THROTTLED_SECONDS = 30.0  # when a 429 doesn't say
KEEP_ALIVE_SECONDS = 15.0  # shorter than any server's, so that a request is not written into a closing connection

# What the library is told of a message that was sent. It would make an object of a hundred fields of it, which costs
# as much as the rest of the call, and fails where a server leaves one out: what stands must not look doubtful.
DONE = b'{"ok":true,"result":true}'
# How the service's answer about a sent message begins; what follows is the message, and nobody needs it.
SENT = re.compile(rb'\{"ok":\s?true,\s?"result":\s?\{"message_id":\s?(\d{1,19}),')

# No byte of the request was written.
UNCONNECTED = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ServerFingerprintMismatch,
    aiohttp.InvalidURL,
)


class NotSentError(NetworkError):
    """The request never reached the service."""


class UnclearError(NetworkError):
    """The request may have had its effect."""


class NotFoundError(BadRequest):
    """404: a token that can't be one, or a method this server doesn't have."""


class ThrottledError(NetworkError):
    """429. Stands in for the library's RetryAfter, whose seconds are changing their type."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where to call. All of it secret: the URLs carry the token, a proxy may carry a password."""

    methods: str = field(repr=False)
    files: str = field(repr=False)
    proxy: str | None = field(repr=False)


def endpoints(token: str, base_url: str, base_file_url: str, proxy: str) -> Endpoints:
    """Settings as people write them: with or without `/bot` or `{token}`. ValueError for a SOCKS proxy."""
    methods = _ending(base_url or OFFICIAL, "/bot")
    files = base_file_url or "/file/bot".join(methods.rsplit("/bot", 1))
    if proxy and not proxy.startswith(("http://", "https://")):
        raise ValueError("telegram.proxy must begin with http:// or https://")
    return Endpoints(_with_token(methods, token), _with_token(_ending(files, "/bot"), token), proxy or None)


def _ending(url: str, end: str) -> str:
    url = url.rstrip("/")
    return url if url.endswith(end) or "{token}" in url else url + end


def _with_token(url: str, token: str) -> str:
    whole = url.replace("{token}", token) if "{token}" in url else url + token
    return f"{whole}/"


class AiohttpRequest(BaseRequest):
    """One session for all calls: the library's, the poll's, and downloads."""

    def __init__(self, where: Endpoints, *, seconds: float, connections: int) -> None:
        self._where = where
        self._seconds = seconds
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._urls: dict[str, URL] = {}  # of each method, made once
        self._sent_id: ContextVar[str] = ContextVar("sent_id")

    @property
    def read_timeout(self) -> float:
        return self._seconds

    async def initialize(self) -> None:
        """Nothing to do: the session opens with the first call, in the running loop."""

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call for the library. Time-outs are ours, not its."""
        del method, read_timeout, write_timeout, connect_timeout, pool_timeout
        seconds = self._seconds
        if request_data is not None and request_data.contains_files:
            content_type, body = _multipart(request_data)
            seconds *= UPLOAD_FACTOR
        else:
            content_type, body = _form(request_data.json_parameters if request_data else {})
        endpoint = url.rpartition("/")[2]
        code, payload = await self._exchange(endpoint, content_type, body, seconds)
        if code != HTTPStatus.OK:
            raise error_of(code, payload)
        if endpoint.startswith(("send", "edit")):
            self._sent_id.set(self._message_id(payload))
            return code, DONE
        return code, payload

    async def send(self, params: Mapping[str, str]) -> str:
        """Send a text, as the service takes it; returns the message's id. Raises TelegramError.

        Past the library, which says nothing else about a text and takes a third of the call's time to say it.
        """
        content_type, body = _form(params)
        code, payload = await self._exchange("sendMessage", content_type, body, self._seconds)
        if code != HTTPStatus.OK:
            raise error_of(code, payload)
        return self._message_id(payload)

    @property
    def sent_id(self) -> str:
        """The id of the message that this task sent last."""
        return self._sent_id.get()

    def _message_id(self, payload: bytes) -> str:
        if begun := SENT.match(payload):
            return begun[1].decode()
        try:
            return str(int(self.parse_json_payload(payload)["result"]["message_id"]))
        except (KeyError, TypeError, ValueError):
            pass
        raise UnclearError("unreadable answer")

    async def updates(self, params: Mapping[str, str], seconds: float) -> list[Any]:
        """Call getUpdates, unparsed: an update that can't be understood is one, too. Raises TelegramError."""
        content_type, body = _form(params)
        code, payload = await self._exchange("getUpdates", content_type, body, seconds)
        if code != HTTPStatus.OK:
            raise error_of(code, payload)
        result = self.parse_json_payload(payload).get("result")
        if not isinstance(result, list):
            raise UnclearError("unreadable answer")
        return result

    async def download(self, path: str, limit: int) -> bytes:
        """A file's content. Raises BadRequest when it is larger than `limit`."""
        failure: TelegramError
        timeout = aiohttp.ClientTimeout(total=DOWNLOAD_SECONDS, connect=CONNECT_SECONDS, sock_read=self._seconds)
        try:
            async with self._open().get(
                URL(self._where.files + path), proxy=self._where.proxy, allow_redirects=False, timeout=timeout
            ) as response:
                if response.status != HTTPStatus.OK:
                    failure = error_of(response.status, await response.content.read(4096))
                else:
                    content = bytearray()
                    async for chunk in response.content.iter_chunked(65536):
                        content += chunk
                        if len(content) > limit:
                            break
                    else:
                        return bytes(content)
                    failure = BadRequest("file is too big")
        except (aiohttp.ClientError, TimeoutError, OSError) as broken:
            failure = _failure(broken)
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer. Unlike the library's, it logs nothing of it, and sees a refusal under a 200."""
        try:
            body = json.loads(payload)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise UnclearError("unreadable answer")
        if body.get("ok") is False:
            raise error_of(int(body.get("error_code", HTTPStatus.BAD_REQUEST)), payload)
        return body

    async def _exchange(self, endpoint: str, content_type: str, body: bytes, seconds: float) -> tuple[int, bytes]:
        """One POST. Raises NotSentError or UnclearError, with nothing of the URL in them."""
        failure: TelegramError
        try:
            async with self._open().post(
                self._url(endpoint),
                data=body,
                headers={"Content-Type": content_type},
                timeout=aiohttp.ClientTimeout(
                    total=seconds + CONNECT_SECONDS, connect=CONNECT_SECONDS, sock_read=seconds
                ),
                proxy=self._where.proxy,
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as broken:
            failure = _failure(broken)
        raise failure  # outside of the handler: no `__context__` with the URL

    def _url(self, endpoint: str) -> URL:
        if endpoint not in self._urls:
            self._urls[endpoint] = URL(self._where.methods + endpoint, encoded=True)
        return self._urls[endpoint]

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS)
            timeout = aiohttp.ClientTimeout(
                total=self._seconds * UPLOAD_FACTOR, connect=CONNECT_SECONDS, sock_read=self._seconds
            )
            cookies = aiohttp.DummyCookieJar()
            self._session = aiohttp.ClientSession(connector=connector, timeout=timeout, cookie_jar=cookies)
        return self._session


def _failure(broken: Exception) -> TelegramError:
    return (NotSentError if isinstance(broken, UNCONNECTED) else UnclearError)(type(broken).__name__)


def error_of(code: int, payload: bytes) -> TelegramError:
    """What an error answer means. 5xx, 408 and redirects come from what stands in front and leave the effect open."""
    try:
        body = json.loads(payload)
    except ValueError:
        body = {}
    if not isinstance(body, dict):
        body = {}
    words = str(body.get("description") or f"HTTP {code}")
    parameters = body.get("parameters") or {}
    if moved_to := parameters.get("migrate_to_chat_id"):
        return ChatMigrated(int(moved_to))
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return ThrottledError(words, float(parameters.get("retry_after") or THROTTLED_SECONDS))
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR or code < HTTPStatus.BAD_REQUEST or code == HTTPStatus.REQUEST_TIMEOUT:
        return UnclearError(words)
    kinds: dict[int, type[TelegramError]] = {
        HTTPStatus.UNAUTHORIZED: InvalidToken,
        HTTPStatus.FORBIDDEN: Forbidden,
        HTTPStatus.NOT_FOUND: NotFoundError,
        HTTPStatus.PROXY_AUTHENTICATION_REQUIRED: NotSentError,
        HTTPStatus.CONFLICT: Conflict,
    }
    return kinds.get(code, BadRequest)(words)


def _form(params: Mapping[str, str]) -> tuple[str, bytes]:
    """Every byte of a value as %XX, which any reader of forms decodes: most of a Vietnamese text needs it anyway."""
    fields = [f"{name}=%{value.encode().hex('%')}" if value else f"{name}=" for name, value in params.items()]
    return "application/x-www-form-urlencoded", "&".join(fields).encode("ascii")


def _multipart(data: RequestData) -> tuple[str, bytes]:
    """Parameters and files. File names go raw in UTF-8 as browsers send them; the service reads no other encoding."""
    boundary = uuid4().hex
    parts: list[bytes] = []
    for name, value in data.json_parameters.items():
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, (file_name, content, mime_type) in data.multipart_data.items():
        safe = file_name.translate({ord('"'): "'", ord("\\"): "_", ord("\r"): " ", ord("\n"): " "})
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{safe}"\r\n'
            f"Content-Type: {mime_type}\r\n\r\n"
        )
        parts += [head.encode(), content if isinstance(content, bytes) else content.read(), b"\r\n"]
    parts.append(f"--{boundary}--\r\n".encode())
    return f"multipart/form-data; boundary={boundary}", b"".join(parts)

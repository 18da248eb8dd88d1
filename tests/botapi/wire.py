"""HTTP/1.1 by hand: requests in every encoding the Bot API takes, answers in every manner a server or a proxy may have.

Knows: bytes. Does not know: methods, chats.
"""

from __future__ import annotations

import asyncio
import email.parser
import email.policy
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[["Request"], Awaitable["Reply | None"]]

WORDS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


@dataclass(slots=True)
class Request:
    path: str
    params: dict[str, Any]
    files: dict[str, tuple[str, bytes]]
    kind: str  # how the parameters came


@dataclass(slots=True)
class Reply:
    code: int
    body: bytes
    content_type: str = "application/json"
    cut_after: int | None = None  # the connection is reset after so many bytes of the body


@dataclass(slots=True)
class Manners:
    """How this server answers."""

    keep_alive: bool = True
    chunk: int = 0  # bytes of a chunk; 0: the length is announced instead
    seen: list[str] = field(default_factory=list)  # the encodings that came


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, handler: Handler, manners: Manners) -> None:
    """Requests of one connection, one after another. A reply of None resets the connection."""
    try:
        while (request := await _request(reader)) is not None:
            manners.seen.append(request.kind)
            reply = await handler(request)
            if reply is None:
                writer.transport.abort()
                return
            await _answer(writer, reply, manners)
            if not manners.keep_alive or reply.cut_after is not None:
                return
    except (ConnectionError, asyncio.IncompleteReadError):
        return
    finally:
        writer.close()


async def _request(reader: asyncio.StreamReader) -> Request | None:
    line = await reader.readline()
    if not line:
        return None
    target = line.decode("latin-1").split(" ")[1]
    headers: dict[str, str] = {}
    while (line := await reader.readline()) not in (b"\r\n", b""):
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    params, files, kind = _fields(headers.get("content-type", ""), body)
    return Request(unquote(parts.path), dict(parse_qsl(parts.query)) | params, files, kind)


def _fields(content_type: str, body: bytes) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]], str]:
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return json.loads(body or b"{}"), {}, kind
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}, kind
    if kind == "multipart/form-data":
        return *_multipart(content_type, body), kind
    return {}, {}, kind


def _multipart(content_type: str, body: bytes) -> tuple[dict[str, Any], dict[str, tuple[str, bytes]]]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    whole = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    params: dict[str, Any] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for part in whole.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        file_name = part.get_filename()
        if file_name is None:
            params[name] = content.decode()
        else:
            files[name] = (file_name, content)
    return params, files


async def _answer(writer: asyncio.StreamWriter, reply: Reply, manners: Manners) -> None:
    head = [f"HTTP/1.1 {reply.code} {WORDS.get(reply.code, 'Said')}", f"Content-Type: {reply.content_type}"]
    head.append("Connection: keep-alive" if manners.keep_alive else "Connection: close")
    if manners.chunk:
        head.append("Transfer-Encoding: chunked")
    else:
        head.append(f"Content-Length: {len(reply.body)}")
    writer.write(("\r\n".join(head) + "\r\n\r\n").encode())
    body = reply.body if reply.cut_after is None else reply.body[: reply.cut_after]
    if not manners.chunk:
        writer.write(body)
    else:
        for start in range(0, len(body), manners.chunk):
            piece = body[start : start + manners.chunk]
            writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            await writer.drain()
        if reply.cut_after is None:
            writer.write(b"0\r\n\r\n")
    await writer.drain()
    if reply.cut_after is not None:
        writer.transport.abort()

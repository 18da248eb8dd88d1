"""The running service's ear for the other commands: one JSON line in and one out, on a socket beside the database.

Only who may read the database's folder can reach it. Knows: the socket. Does not know: what is asked; see `errands`.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    Answer = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]

LONGEST = 1 << 20  # bytes of one request or answer
PATIENCE = 60.0  # seconds for an answer; a backup of a large database takes its time


async def ask(socket: Path, request: dict[str, Any]) -> dict[str, Any]:
    """The service's answer. Raises OSError (TimeoutError too) when nobody answers."""
    reader, writer = await asyncio.open_unix_connection(str(socket), limit=LONGEST)
    try:
        writer.write(_line(request))
        await writer.drain()
        async with asyncio.timeout(PATIENCE):
            line = await reader.readline()
    finally:
        writer.close()
    if not line:
        raise ConnectionError("the service closed the connection")
    answer: dict[str, Any] = json.loads(line)
    return answer


@asynccontextmanager
async def listening(socket: Path, answer: Answer) -> AsyncIterator[None]:
    """Answer requests while the block runs. The caller holds the database's lock, so an old socket is a dead one."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line = await reader.readline()
            if line:
                writer.write(_line(await answer(json.loads(line))))
                await writer.drain()
        except (ValueError, ConnectionError):
            pass  # no JSON, too long, or gone: whoever asked sees the connection close
        finally:
            writer.close()

    _remove(socket)
    server = await asyncio.start_unix_server(serve, str(socket), limit=LONGEST)
    _only_for_us(socket)
    try:
        yield
    finally:
        server.close()
        _remove(socket)


def _remove(socket: Path) -> None:
    socket.unlink(missing_ok=True)


def _only_for_us(socket: Path) -> None:
    socket.chmod(0o600)


def _line(message: dict[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode() + b"\n"

"""Who is there, time that only moves when told, and a sink that keeps what it was given."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

from handlers.channel import Address, ChatKind

TOKEN = "5123456789:AAF_not-a-real_token-0123456789abcd"
PAO = 11
GROUP = -1001
TO_PAO = Address("telegram", str(PAO))
TO_GROUP = Address("telegram", str(GROUP), ChatKind.GROUP)


class Clock:
    def __init__(self):
        self.at = datetime(2026, 6, 4, 1, 0, tzinfo=UTC)

    def __call__(self):
        return self.at

    def advance(self, seconds):
        self.at += timedelta(seconds=seconds)


class Pauses:
    """Waits that are written down and over at once. After `permits` of them the waiter stays."""

    def __init__(self, permits=20):
        self.taken = []
        self._permits = permits
        self._spent = asyncio.Event()

    async def __call__(self, seconds):
        self.taken.append(seconds)
        if len(self.taken) > self._permits:
            self._spent.set()
            await asyncio.Event().wait()

    async def are_spent(self):
        """Wait until there was one more than the permits."""
        async with asyncio.timeout(10):
            await self._spent.wait()
        return self.taken


class Inbox:
    """A sink that keeps what it was given."""

    def __init__(self):
        self.rows = []
        self._came = asyncio.Event()

    async def __call__(self, rows):
        self.rows += rows
        self._came.set()

    async def holds(self, count):
        async with asyncio.timeout(10):
            while len(self.rows) < count:
                self._came.clear()
                await self._came.wait()
        return self.rows


@contextlib.asynccontextmanager
async def receiving(channel, sink):
    task = asyncio.create_task(channel.run(sink))
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

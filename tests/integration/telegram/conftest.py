"""A stand-in server, a channel connected to it, and time that only moves when told."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.telegram_standin import TelegramStandin
from handlers.channel import Address, ChatKind
from handlers.telegram import TelegramChannel

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


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def standin(clock):
    async with TelegramStandin(TOKEN, now=clock) as server:
        server.people.join(PAO, "Giàng A Páo")
        yield server


@pytest.fixture
async def known(standin):
    """The stand-in after Páo has written once and the bot was put into the group: both can be written to."""
    standin.people.say(PAO, "/start")
    standin.people.make_group(GROUP, "Thường trực Đảng ủy")
    standin.people.add_to_group(GROUP, PAO)
    standin.world.pending.clear()
    return standin


@pytest.fixture
async def make_channel(standin, clock):
    made = []

    def make(**settings):
        defaults = {"now": clock, "base_url": standin.base_url, "pause": Pauses(), "answer_seconds": 5.0}
        made.append(TelegramChannel(settings.pop("token", TOKEN), **(defaults | settings)))
        return made[-1]

    yield make
    for channel in made:
        await channel.close()


@pytest.fixture
def channel(make_channel):
    return make_channel()

"""A stand-in server, a channel connected to it, and a database."""

from __future__ import annotations

import pytest

from bot.demo.telegram_standin import TelegramStandin
from handlers.telegram import TelegramChannel
from tests.integration.telegram.delivery_house import House, opened
from tests.integration.telegram.setting import GROUP, PAO, TOKEN, Clock, Pauses


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


@pytest.fixture
async def db(tmp_path):
    async with await opened(tmp_path / "giaoban.db") as db:
        yield db


@pytest.fixture
async def house(db, known, make_channel, clock):
    return House(db, known, make_channel, clock)

"""The crowd counts what is answered, and the bare echo bot it is answered by is the library as it comes."""

import asyncio
import itertools

import pytest

from benchmarks.echo_peer import application
from bot.demo.telegram_load import Crowd
from handlers.channel import Address, Outgoing
from tests.integration.telegram.setting import TOKEN


@pytest.mark.parametrize("way", [Crowd.converse, Crowd.in_waves])
async def test_every_reply_of_the_crowd_is_answered_and_counted_once(standin, way):
    crowd = Crowd(standin, 7)
    crowd.join(lambda _person: "/start")
    ticks = itertools.count()
    async with application(standin.base_url, TOKEN) as bot:
        await bot.start()
        await bot.updater.start_polling(poll_interval=0)
        await crowd.greeted()
        measured = await way(crowd, 3, lambda person, nth: f"{person} {nth}", lambda: float(next(ticks)), most=20)
        await bot.updater.stop()
        await bot.stop()
    assert (measured.replies, measured.answered, measured.seconds, measured.per_second) == (21, 21, 1.0, 21.0)
    for person in crowd.people:
        assert [m["text"] for m in standin.people.from_bot(person)][1:] == [f"{person} {nth}" for nth in range(3)]


async def test_answers_nobody_asked_for_are_not_counted_and_missing_ones_are_told(standin, channel):
    crowd = Crowd(standin, 2)
    crowd.join(lambda _person: "/start")
    to = Address("telegram", str(crowd.people[0]))
    replies = crowd.in_waves(1, lambda _person, nth: str(nth), lambda: 0.0, most=0.5)
    answering = [channel.send(to, Outgoing(f"tin {n}")) for n in range(2)]
    measured, *_ = await asyncio.gather(replies, *answering)
    assert (measured.replies, measured.answered) == (2, 1)

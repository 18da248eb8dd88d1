"""The token is nowhere but in requests: not in logs, reprs, exceptions, or the chain behind an exception."""

import contextlib
import itertools
import logging
import traceback

import pytest

from bot.demo.telegram_script import broken, dropped, garbled, hanging, refusal
from bot.demo.telegram_standin import TelegramStandin
from handlers.channel import Attachment, Outgoing, SendError
from handlers.telegram.request import endpoints
from tests.integration.telegram.setting import PAO, TO_PAO, TOKEN, Inbox, Pauses, receiving

SECRET = TOKEN.partition(":")[2]


def told_by(error):
    """Everything a traceback, a log or a debugger would show of an exception and of those behind it."""
    told = "".join(traceback.format_exception(error))
    while error is not None:
        told += repr(error) + str(error) + repr(error.args) + repr(vars(error))
        error = error.__cause__ or error.__context__
    return told


MISHAPS = [
    dropped(effect=False),
    broken(),
    hanging(effect=False),
    refusal(401, "Unauthorized"),
    refusal(404, "Not Found"),
    refusal(400, "Bad Request: x"),
]


@pytest.mark.parametrize(
    ("method", "mishap"),
    [
        *itertools.product(["sendMessage", "sendDocument", "getFile", "download"], MISHAPS),
        *itertools.product(["sendMessage", "sendDocument", "getFile"], [garbled(effect=False)]),
    ],
)
async def test_no_failed_call_tells_the_token(known, make_channel, caplog, method, mishap):
    caplog.set_level(logging.DEBUG)
    channel = make_channel(answer_seconds=0.2)
    known.people.send_document(PAO, "a.docx", b"PK")
    known.script.next(method, mishap, mishap)
    calls = {
        "sendMessage": lambda: channel.send(TO_PAO, Outgoing("x")),
        "sendDocument": lambda: channel.send(TO_PAO, Outgoing("", attachment=Attachment("a.docx", b"PK", "x"))),
    }
    fetch = lambda: channel.fetch_file(next(iter(known.world.files)), 100)  # noqa: E731
    with pytest.raises(SendError) as failed:
        await calls.get(method, fetch)()
    assert SECRET not in told_by(failed.value)
    assert SECRET not in caplog.text


async def test_an_unreachable_server_does_not_make_the_token_known(clock, make_channel, caplog):
    caplog.set_level(logging.DEBUG)
    server = TelegramStandin(TOKEN, now=clock)
    await server.start()
    await server.stop()
    pauses = Pauses(permits=2)
    channel = make_channel(base_url=server.base_url, pause=pauses)
    async with receiving(channel, Inbox()):
        await pauses.are_spent()
    with pytest.raises(SendError) as failed:
        await channel.send(TO_PAO, Outgoing("x"))
    assert SECRET not in told_by(failed.value)
    assert SECRET not in caplog.text
    assert SECRET not in repr(channel.health())


async def test_a_working_channel_logs_neither_the_token_nor_what_people_write(known, channel, caplog):
    caplog.set_level(logging.DEBUG)
    known.people.say(PAO, "Lúa mùa 560 ha")
    inbox = Inbox()
    async with receiving(channel, inbox):
        await inbox.holds(1)
    await channel.send(TO_PAO, Outgoing("Đã ghi nhận"))
    assert SECRET not in caplog.text
    assert "Lúa mùa" not in caplog.text
    assert "Đã ghi nhận" not in caplog.text


def test_what_the_channel_is_made_of_does_not_show_the_token(channel):
    shown = [channel, channel._bot, channel._request, channel._bot.base_url, channel._bot.to_dict, channel.health()]
    with contextlib.suppress(Exception):
        shown.append(channel._bot.token)
    assert SECRET not in "".join(map(repr, shown))


def test_addresses_hide_themselves():
    where = endpoints(TOKEN, "", "", "http://user:password@proxy:3128")
    assert SECRET in where.methods
    assert SECRET not in repr(where)
    assert "password" not in repr(where)

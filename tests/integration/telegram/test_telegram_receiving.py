"""Updates are committed first and acknowledged afterwards, and nothing the server does stops the loop."""

import asyncio
import contextlib

import pytest
from aiohttp import web

from bot.demo.telegram_script import broken, dropped, garbled, hanging, refusal, throttled
from bot.demo.telegram_standin import TelegramStandin
from handlers.channel import InboundKind
from tests.integration.telegram.setting import PAO, TOKEN, Inbox, Pauses, receiving


async def test_a_reply_is_handed_over_with_its_words_sender_and_moment(standin, channel, clock):
    message_id = standin.people.say(PAO, "Lúa mùa 560 ha")
    inbox = Inbox()
    async with receiving(channel, inbox):
        (row,) = await inbox.holds(1)

    inbound = channel.parse(row.raw)
    assert (inbound.kind, inbound.text, inbound.sender_id) == (InboundKind.TEXT, "Lúa mùa 560 ha", str(PAO))
    assert (inbound.message_id, inbound.sent_at, row.chat_id) == (str(message_id), clock(), str(PAO))
    assert row.ext_id.isdecimal()


async def test_nothing_is_acknowledged_while_it_is_being_committed(standin, channel):
    standin.people.say(PAO, "560")
    came, committed = asyncio.Event(), asyncio.Event()

    async def slow_commit(_rows):
        came.set()
        await committed.wait()

    async with receiving(channel, slow_commit):
        await asyncio.wait_for(came.wait(), 10)
        assert len(standin.world.pending) == 1
        assert standin.script.count("getUpdates") == 1
        committed.set()
        await standin.people.wait_until(lambda: standin.world.confirmed == 1)


async def test_what_could_not_be_committed_is_fetched_again(standin, channel):
    standin.people.say(PAO, "560")

    async def full_disk(_rows):
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        await channel.run(full_disk)
    assert standin.world.confirmed == 0

    inbox = Inbox()
    async with receiving(channel, inbox):
        (row,) = await inbox.holds(1)
    assert channel.parse(row.raw).text == "560"


async def test_a_restart_before_the_acknowledgement_gets_the_same_update_under_the_same_id(standin, make_channel):
    standin.people.say(PAO, "560")
    seen = []
    for channel in (make_channel(), make_channel()):
        inbox = Inbox()

        async def stop_after_commit(rows, inbox=inbox):
            await inbox(rows)
            raise ConnectionAbortedError

        with pytest.raises(ConnectionAbortedError):
            await channel.run(stop_after_commit)
        seen.append(inbox.rows)
    assert seen[0] == seen[1]


async def test_a_malformed_update_becomes_a_row_and_stops_nobody(standin, channel):
    standin.people.say(PAO, "trước")
    malformed = {"update_id": standin.world.fresh_update_id(), "message": {"message_id": [], "chat": {"id": 77}}}
    standin.world.push_raw(malformed)
    standin.people.say(PAO, "sau")
    inbox = Inbox()
    async with receiving(channel, inbox):
        before, bad, after = await inbox.holds(3)
        await standin.people.wait_until(lambda: standin.world.confirmed == 3)

    assert (bad.ext_id, bad.chat_id) == (str(malformed["update_id"]), "77")
    with pytest.raises(ValueError, match="malformed"):
        channel.parse(bad.raw)
    assert [channel.parse(row.raw).text for row in (before, after)] == ["trước", "sau"]


@pytest.mark.parametrize("nonsense", ["text", 7, None, [], {"message": 5}, {"update_id": "x"}])
async def test_an_update_without_an_id_has_a_name_of_its_own_and_does_not_stop_the_next(standin, channel, nonsense):
    standin.world.push_raw(nonsense)
    inbox = Inbox()
    async with receiving(channel, inbox):
        (row, *_) = await inbox.holds(1)
        standin.people.say(PAO, "560")
        await standin.people.wait_until(lambda: standin.world.confirmed)
    assert any(r.ext_id.isdecimal() for r in inbox.rows)
    again = {r.ext_id for r in inbox.rows if not r.ext_id.isdecimal()}
    assert again == {row.ext_id}


async def test_only_updates_that_are_read_are_asked_for(standin, channel):
    standin.people.say(PAO, "560")
    inbox = Inbox()
    async with receiving(channel, inbox):
        await inbox.holds(1)
    assert standin.world.allowed == {"message", "edited_message", "callback_query", "my_chat_member"}


async def test_an_unreachable_server_is_tried_after_1_2_4_and_at_most_30_seconds(clock, make_channel):
    server = TelegramStandin(TOKEN, now=clock)
    await server.start()
    await server.stop()  # its port is known now, and closed
    pauses = Pauses(permits=7)
    channel = make_channel(base_url=server.base_url, pause=pauses)
    inbox = Inbox()
    async with receiving(channel, inbox):
        assert await pauses.are_spent() == [1, 2, 4, 8, 16, 30, 30, 30]
        assert not channel.health().connected
        assert "ConnectorError" in channel.health().detail


async def test_updates_flow_once_the_server_is_back(clock, make_channel):
    server = TelegramStandin(TOKEN, now=clock)
    server.people.join(PAO, "Páo")
    await server.start()
    await server.stop()
    back = asyncio.Event()
    pauses = []

    async def pause(seconds):
        pauses.append(seconds)
        await server.start()
        back.set()

    channel = make_channel(base_url=server.base_url, pause=pause)
    server.people.say(PAO, "560")
    inbox = Inbox()
    try:
        async with receiving(channel, inbox):
            await inbox.holds(1)
    finally:
        await server.stop()
    assert (pauses, channel.health().connected, channel.health().detail) == ([1], True, "")


async def test_a_refused_token_stops_the_channel_and_says_so(standin, make_channel):
    channel = make_channel(token="1:wrong")
    await asyncio.wait_for(channel.run(Inbox()), 10)
    assert channel.health().detail == "Unauthorized"
    assert not channel.health().connected


async def test_another_poller_is_reported_and_the_loop_goes_on(standin, channel):
    words = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    standin.script.next("getUpdates", refusal(409, words))
    details = []
    standin.script.at("getUpdates", 2, "before", lambda: details.append(channel.health().detail))
    standin.people.say(PAO, "560")
    inbox = Inbox()
    async with receiving(channel, inbox):
        await inbox.holds(1)
    assert "other getUpdates" in details[0]


async def test_a_forgotten_webhook_is_taken_away(standin, channel):
    standin.world.webhook = "https://old.example/hook"
    standin.people.say(PAO, "560")
    inbox = Inbox()
    async with receiving(channel, inbox):
        await inbox.holds(1)
    assert standin.world.webhook == ""


async def test_a_throttled_poll_waits_as_long_as_it_is_told(standin, make_channel):
    pauses = Pauses()
    channel = make_channel(pause=pauses)
    standin.script.next("getUpdates", throttled(17))
    standin.people.say(PAO, "560")
    inbox = Inbox()
    async with receiving(channel, inbox):
        await inbox.holds(1)
    assert pauses.taken == [17]


async def test_a_server_that_does_not_wait_with_its_answer_is_not_asked_without_a_rest(clock, make_channel):
    asked = []

    async def answer(request):
        asked.append(request.path.rpartition("/")[2])
        me = {"id": 1, "is_bot": True, "first_name": "A", "username": "a_bot"}
        return web.json_response({"ok": True, "result": me if asked[-1] == "getMe" else []})

    pauses = Pauses(permits=3)
    async with serving(answer) as url, receiving(make_channel(base_url=url, pause=pauses), Inbox()):
        assert await pauses.are_spent() == [0.3] * 4
    assert asked == ["getMe"] + ["getUpdates"] * 4


@pytest.mark.parametrize(
    "mishap", [broken(502), broken(500), dropped(effect=False), garbled(effect=False), hanging(effect=False)]
)
@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
async def test_a_failing_poll_is_repeated_and_loses_nothing(standin, make_channel, mishap, method):
    channel = make_channel(answer_seconds=0.2, poll_seconds=0)
    standin.script.next(method, mishap)
    standin.people.say(PAO, "560")
    inbox = Inbox()
    async with receiving(channel, inbox):
        (row,) = await inbox.holds(1)
    assert channel.parse(row.raw).text == "560"


@contextlib.asynccontextmanager
async def serving(answer):
    """Some other server that speaks the Bot API in its own way."""
    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()

"""The stand-in is strict where the service is strict, and python-telegram-bot as it comes understands its answers."""

import asyncio

import aiohttp
import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken

from bot.demo.telegram_script import Phase, Rates
from bot.demo.telegram_standin import TelegramStandin
from tests.integration.telegram.setting import GROUP, PAO, TOKEN


@pytest.fixture
async def bot(known):
    async with Bot(TOKEN, base_url=known.base_url, base_file_url=known.base_file_url) as bot:
        yield bot


async def call(server, method, *, token=TOKEN, **request):
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.base_url}{token}/{method}", **request) as answer,
    ):
        return answer.status, await answer.json()


async def test_the_library_as_it_comes_understands_every_answer(known, bot):
    known.people.send_document(PAO, "a.docx", b"PK")
    (update,) = await bot.get_updates()
    message = await bot.send_message(PAO, "a", reply_markup=keyboard("t"))
    await bot.edit_message_text("b", PAO, message.message_id, reply_markup=keyboard("t"))
    await bot.edit_message_reply_markup(PAO, message.message_id)
    known.people.press(PAO, (await bot.send_message(PAO, "c", reply_markup=keyboard("t"))).message_id, "t")
    query = (await bot.get_updates(offset=update.update_id + 1))[0].callback_query
    document = await bot.send_document(PAO, b"PK", filename="b.docx", caption="c")
    await bot.edit_message_caption(PAO, document.message_id, caption="d")
    file = await bot.get_file(update.message.document.file_id)
    chat = await bot.get_chat(GROUP)

    assert await query.answer()
    assert await file.download_as_bytearray() == b"PK"
    assert (await bot.send_photo(PAO, b"\x89PNG")).photo
    assert await bot.send_chat_action(PAO, "typing")
    assert await bot.set_my_commands([BotCommand("help", "x")])
    assert [c.command for c in await bot.get_my_commands()] == ["help"]
    assert (await bot.get_webhook_info()).pending_update_count == 1
    assert await bot.delete_message(PAO, message.message_id)
    assert (chat.title, chat.type) == ("Thường trực Đảng ủy", "supergroup")
    assert known.people.from_bot(PAO)[1]["caption"] == "d"


def keyboard(data):
    return InlineKeyboardMarkup([[InlineKeyboardButton(data, callback_data=data)]])


async def test_limits_are_those_of_the_service(known, bot):
    await bot.send_message(PAO, "ạ" * 4096)
    theirs = known.people.say(PAO, "của người")
    for refused, words in (
        (lambda: bot.send_message(PAO, "ạ" * 4097), "message is too long"),
        (lambda: bot.send_message(PAO, "  "), "message text is empty"),
        (lambda: bot.send_document(PAO, b"PK", caption="ạ" * 1025), "message caption is too long"),
        (lambda: bot.send_message(PAO, "a", reply_markup=keyboard("ạ" * 22)), "button_data_invalid"),
        (lambda: bot.send_message(PAO, "a", parse_mode="HTML"), "can't parse"),
        (lambda: bot.edit_message_text("b", PAO, 999), "message to edit not found"),
        (lambda: bot.edit_message_text("b", PAO, theirs), "message can't be edited"),
        (lambda: bot.delete_message(PAO, 999), "message to delete not found"),
        (lambda: bot.answer_callback_query("1"), "query is too old"),
        (lambda: bot.get_file("1"), "wrong file_id"),
        (lambda: bot.send_message(404, "a"), "chat not found"),
    ):
        with pytest.raises(BadRequest, match=f"(?i)^{words}"):
            await refused()


async def test_an_edit_that_changes_nothing_is_refused(known, bot):
    message = await bot.send_message(PAO, "a")
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("a", PAO, message.message_id)


async def test_who_left_or_blocked_cannot_be_written_to(known, bot):
    known.people.block(PAO)
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(PAO, "a")
    known.people.unblock(PAO)
    await bot.send_message(PAO, "a")
    known.people.remove_from_group(GROUP, PAO)
    with pytest.raises(Forbidden, match="kicked"):
        await bot.send_message(GROUP, "a")


async def test_updates_stay_until_a_higher_offset_confirms_them(known, bot):
    for text in "abc":
        known.people.say(PAO, text)
    first, second, third = await bot.get_updates()
    assert [u.update_id for u in await bot.get_updates()] == [first.update_id, second.update_id, third.update_id]
    assert [u.message.text for u in await bot.get_updates(offset=second.update_id)] == ["b", "c"]
    assert [u.message.text for u in await bot.get_updates(limit=1)] == ["b"]
    assert await bot.get_updates(offset=third.update_id + 1) == ()


async def test_a_long_poll_ends_with_the_first_update(known, bot):
    poll = asyncio.create_task(bot.get_updates(timeout=20, read_timeout=25))
    await known.people.wait_until(lambda: known.world.is_polled)
    known.people.say(PAO, "560")
    assert [u.message.text for u in await poll] == ["560"]


async def test_a_second_poll_ends_the_first_with_a_conflict(known, bot):
    first = asyncio.create_task(bot.get_updates(timeout=20, read_timeout=25))
    await known.people.wait_until(lambda: known.world.is_polled)
    second = asyncio.create_task(call(known, "getUpdates", json={"timeout": 20}))
    with pytest.raises(Conflict, match="other getUpdates"):
        await first
    known.people.say(PAO, "560")
    status, answer = await second
    assert (status, len(answer["result"])) == (200, 1)


async def test_a_webhook_closes_the_poll(known, bot):
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_unwanted_kinds_are_not_queued_after_they_were_declined(known, bot):
    await bot.get_updates(allowed_updates=["message"])
    known.people.block(PAO)
    known.people.unblock(PAO)
    known.people.say(PAO, "560")
    assert [u.message.text for u in await bot.get_updates()] == ["560"]


@pytest.mark.parametrize(
    "request_",
    [
        {"json": {"chat_id": PAO, "text": "Lúa"}},
        {"data": {"chat_id": str(PAO), "text": "Lúa"}},
        {"params": {"chat_id": str(PAO), "text": "Lúa"}},
        {"data": aiohttp.FormData({"chat_id": str(PAO), "text": "Lúa"}, default_to_multipart=True)},
    ],
    ids=["json", "form", "query", "multipart"],
)
async def test_every_way_of_passing_parameters_is_read(known, request_):
    status, answer = await call(known, "sendmessage", **request_)
    assert (status, answer["result"]["text"]) == (200, "Lúa")


async def test_a_wrong_token_or_method_is_refused_as_the_service_refuses_it(known):
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=known.base_url):
            pass
    assert await call(known, "getMe", token="1:wrong") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    assert (await call(known, "sendDice"))[0] == 404


async def test_the_thirty_first_message_of_a_second_is_too_many(clock):
    async with TelegramStandin(TOKEN, now=clock, rates=Rates()) as server:
        for person in range(1, 32):
            server.people.join(person, "A")
            server.people.say(person, "/start")
        answers = [await call(server, "sendMessage", json={"chat_id": p, "text": "a"}) for p in range(1, 32)]
        assert [status for status, _ in answers] == [200] * 30 + [429]
        assert answers[-1][1]["parameters"] == {"retry_after": 1}
        assert (await call(server, "sendMessage", json={"chat_id": 1, "text": "a"}))[0] == 429
        assert (server.rates.refused, server.rates.too_early) == (2, 1)
        clock.advance(1)
        assert (await call(server, "sendMessage", json={"chat_id": 1, "text": "a"}))[0] == 200


async def test_a_group_takes_twenty_messages_a_minute(known, clock):
    known.rates = Rates()
    for _ in range(20):
        assert (await call(known, "sendMessage", json={"chat_id": GROUP, "text": "a"}))[0] == 200
        clock.advance(1)
    status, answer = await call(known, "sendMessage", json={"chat_id": GROUP, "text": "a"})
    assert (status, answer["parameters"]["retry_after"]) == (429, 40)


async def test_a_kill_point_before_leaves_no_effect_and_one_after_does(known):
    hit = []
    known.script.at("sendMessage", 1, Phase.BEFORE, lambda: hit.append("before"))
    known.script.at("sendMessage", 2, Phase.AFTER, lambda: hit.append("after"))
    known.script.at("sendMessage", 3, Phase.ANSWERED, lambda: hit.append("answered"))
    counts = []
    for dropped in (True, True, False):
        if dropped:
            with pytest.raises(aiohttp.ClientConnectionError):
                await call(known, "sendMessage", json={"chat_id": PAO, "text": "a"})
        else:
            await call(known, "sendMessage", json={"chat_id": PAO, "text": "a"})
        counts.append(len(known.people.from_bot(PAO)))
    assert (hit, counts) == (["before", "after", "answered"], [0, 1, 2])


async def test_the_transcript_tells_who_did_what_in_order(known, bot):
    known.people.say(PAO, "Lúa 560")
    message = await bot.send_message(PAO, "Đã ghi", reply_markup=keyboard("Sửa"))
    known.people.press(PAO, message.message_id, "Sửa")
    await bot.edit_message_text("Sửa gì?", PAO, message.message_id)
    assert [(line.who, line.kind, line.text, line.buttons) for line in known.people.transcript(PAO)[1:]] == [
        ("Giàng A Páo", "said", "Lúa 560", ()),
        ("", "sent", "Đã ghi", ("Sửa",)),
        ("Giàng A Páo", "pressed", "Sửa", ("Sửa",)),
        ("", "edited", "Sửa gì?", ()),
    ]

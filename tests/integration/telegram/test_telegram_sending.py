"""What goes out, and what each failure is called."""

import asyncio

import pytest
from aiohttp import web

from bot.demo.telegram_script import Mishap, blocked, broken, dropped, garbled, hanging, migrated, refusal, throttled
from bot.demo.telegram_standin import TelegramStandin
from handlers.channel import Address, Attachment, Outgoing, Refusal, SendError
from handlers.telegram import TelegramChannel
from tests.integration.telegram.setting import GROUP, PAO, TO_GROUP, TO_PAO, TOKEN

REPORT = Attachment("Báo cáo tuần 23 «Lóng Phiêng».docx", b"PK\x03\x04 noi dung", "Báo cáo tuần\n01–07/6")
TEXT = Outgoing("Đã ghi nhận\nLúa mùa 560 ha")


def bold_words(message):
    """What the service shows in bold: offsets count UTF-16 units."""
    text = (message.get("text") or message["caption"]).encode("utf-16-le")
    marks = message.get("entities") or message.get("caption_entities") or []
    return [text[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in marks]


async def refused(channel, message=TEXT, to=TO_PAO):
    with pytest.raises(SendError) as failed:
        await channel.send(to, message)
    return failed.value


# -- what arrives ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Đã ghi nhận", "🌾 Đã ghi nhận 👨‍👩‍👧", "𝐀𝐁"])
async def test_the_title_is_bold_to_the_last_letter(known, channel, title):
    await channel.send(TO_PAO, Outgoing(f"{title}\nLúa <b>mùa</b> *560* ha"))
    (message,) = known.people.from_bot(PAO)
    assert bold_words(message) == [title]
    assert message["text"] == f"{title}\nLúa <b>mùa</b> *560* ha"


async def test_a_message_without_a_title_has_no_bold(known, channel):
    await channel.send(TO_PAO, Outgoing("Chào đồng chí", bold_title=False))
    assert bold_words(known.people.from_bot(PAO)[0]) == []


async def test_buttons_stand_in_their_rows_with_their_tokens(known, channel):
    rows = ((("t1", "Đồng ý"), ("t2", "Sửa")), (("t3", "Bỏ qua"),))
    message_id = await channel.send(TO_PAO, Outgoing("Chọn", buttons=rows))
    keyboard = known.world.chats[PAO].messages[int(message_id)]["reply_markup"]["inline_keyboard"]
    assert [[(b["callback_data"], b["text"]) for b in row] for row in keyboard] == [list(row) for row in rows]


async def test_an_edit_replaces_words_and_buttons_under_the_same_id(known, channel):
    first = await channel.send(TO_PAO, Outgoing("Cũ", buttons=((("t", "Nút"),),)))
    assert await channel.send(TO_PAO, Outgoing("Mới\nhơn", edit_of=first)) == first
    (message,) = known.people.from_bot(PAO)
    assert (message["text"], "reply_markup" in message, bold_words(message)) == ("Mới\nhơn", False, ["Mới"])


async def test_an_edit_to_what_stands_there_already_is_a_success(known, channel):
    first = await channel.send(TO_PAO, TEXT)
    assert await channel.send(TO_PAO, Outgoing(TEXT.text, edit_of=first)) == first


async def test_a_document_arrives_with_its_vietnamese_name_and_every_byte(known, channel):
    await channel.send(TO_GROUP, Outgoing("", attachment=REPORT))
    (message,) = known.people.from_bot(GROUP)
    assert message["document"]["file_name"] == REPORT.name
    assert known.world.files[message["document"]["file_id"]][1] == REPORT.content
    assert bold_words(message) == ["Báo cáo tuần"]


@pytest.mark.parametrize("name", ['a"b.docx', "a\r\nContent-Type: x.docx", "a\\b.docx", "x;y=1.docx"])
async def test_a_file_name_cannot_break_the_request(known, channel, name):
    await channel.send(TO_PAO, Outgoing("", attachment=Attachment(name, b"PK", "chú thích")))
    (message,) = known.people.from_bot(PAO)
    assert (known.world.files[message["document"]["file_id"]][1], message["caption"]) == (b"PK", "chú thích")
    assert message["document"]["file_name"].endswith(".docx")


async def test_a_picture_is_sent_as_a_picture(known, channel):
    await channel.send(TO_PAO, Outgoing("", attachment=Attachment("bang.png", b"\x89PNG", "Bảng", is_photo=True)))
    (message,) = known.people.from_bot(PAO)
    assert (message["photo"][0]["file_size"], message["caption"]) == (4, "Bảng")


async def test_a_document_takes_the_place_of_a_line_of_text(known, channel):
    placeholder = await channel.send(TO_GROUP, Outgoing("Đang đăng báo cáo…"))
    assert await channel.send(TO_GROUP, Outgoing("", attachment=REPORT, edit_of=placeholder)) == placeholder
    (message,) = known.people.from_bot(GROUP)
    assert (message["document"]["file_name"], message["caption"]) == (REPORT.name, REPORT.caption)
    assert "text" not in message


async def test_buttons_come_off_and_the_choice_is_added(known, channel):
    message_id = await channel.send(TO_PAO, Outgoing("Đơn vị?\nchọn", buttons=((("t", "Triệu đồng"),),)))
    for _ in range(2):  # once more is no error
        await channel.send(TO_PAO, Outgoing("Đơn vị?\nchọn\n→ Triệu đồng", edit_of=message_id))
        (message,) = known.people.from_bot(PAO)
        assert (message["text"], "reply_markup" in message) == ("Đơn vị?\nchọn\n→ Triệu đồng", False)


async def test_buttons_come_off_a_document_whose_words_stay(known, channel):
    draft = Outgoing("", buttons=((("t", "Duyệt"),),), attachment=REPORT)
    message_id = await channel.send(TO_PAO, draft)
    await channel.send(TO_PAO, Outgoing("", edit_of=message_id))
    (message,) = known.people.from_bot(PAO)
    assert (message["caption"], "reply_markup" in message) == (REPORT.caption, False)


async def test_a_spinner_is_stopped_and_a_late_one_does_no_harm(known, channel):
    message_id = await channel.send(TO_PAO, Outgoing("Chọn", buttons=((("t", "Ừ"),),)))
    callback_id = known.people.press(PAO, int(message_id), "Ừ")
    await channel.acknowledge(callback_id)
    assert known.world.callbacks[callback_id]
    await channel.acknowledge("long ago")


async def test_deleting_twice_is_no_error(known, channel):
    message_id = known.people.say(PAO, "MẬT: kế hoạch")
    await channel.delete(TO_PAO, str(message_id))
    assert message_id not in known.world.chats[PAO].messages
    await channel.delete(TO_PAO, str(message_id))


async def test_a_file_is_fetched_whole_and_a_large_one_refused(known, channel):
    known.people.send_document(PAO, "số liệu.docx", b"PK" * 500)
    (file_id,) = known.world.files
    assert await channel.fetch_file(file_id, 1000) == b"PK" * 500
    with pytest.raises(SendError) as failed:
        await channel.fetch_file(file_id, 999)
    assert failed.value.refusal is Refusal.REJECTED


async def test_a_file_larger_than_announced_is_not_read_to_its_end(known, channel):
    known.people.send_document(PAO, "a.docx", b"PK")
    (file_id,) = known.world.files
    known.script.at("download", 1, "before", lambda: known.world.files.update({file_id: (path(known), b"x" * 10**6)}))
    with pytest.raises(SendError) as failed:
        await channel.fetch_file(file_id, 1000)
    assert (failed.value.refusal, failed.value.detail) == (Refusal.REJECTED, "file is too big")


def path(known):
    return next(iter(known.world.files.values()))[0]


@pytest.mark.parametrize(
    ("mishap", "expected"),
    [
        (dropped(effect=False), Refusal.UNCLEAR),
        (refusal(404, "Not Found"), Refusal.AUTH_FAILED),
        (broken(), Refusal.UNCLEAR),
    ],
)
async def test_a_download_that_fails_says_why(known, channel, mishap, expected):
    known.people.send_document(PAO, "a.docx", b"PK")
    known.script.next("download", mishap, mishap)  # a download may be tried twice: it changes nothing
    with pytest.raises(SendError) as failed:
        await channel.fetch_file(next(iter(known.world.files)), 1000)
    assert failed.value.refusal is expected


@pytest.mark.parametrize("written", ["{0}", "{0}/", "{0}/bot", "{0}/bot/", "{0}/bot{{token}}"])
async def test_the_address_may_be_written_in_any_of_its_forms(known, make_channel, written):
    channel = make_channel(base_url=written.format(known.address))
    await channel.send(TO_PAO, TEXT)
    known.people.send_document(PAO, "a.docx", b"PK")
    assert await channel.fetch_file(next(iter(known.world.files)), 10) == b"PK"


def test_a_proxy_that_cannot_be_used_is_refused_at_once(clock):
    with pytest.raises(ValueError, match="proxy"):
        TelegramChannel(TOKEN, now=clock, proxy="socks5://127.0.0.1:9050")


# -- what each failure is called --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mishap", "expected"),
    [
        (blocked(), Refusal.UNREACHABLE),
        (refusal(403, "Forbidden: bot was kicked from the supergroup chat"), Refusal.UNREACHABLE),
        (refusal(403, "Forbidden: user is deactivated"), Refusal.UNREACHABLE),
        (refusal(400, "Bad Request: chat not found"), Refusal.UNREACHABLE),
        (refusal(400, "Bad Request: PEER_ID_INVALID"), Refusal.UNREACHABLE),
        (refusal(400, "Bad Request: not enough rights to send text messages to the chat"), Refusal.UNREACHABLE),
        (refusal(400, "Bad Request: message is too long"), Refusal.REJECTED),
        (refusal(413, "Request Entity Too Large"), Refusal.REJECTED),
        (refusal(401, "Unauthorized"), Refusal.AUTH_FAILED),
        (throttled(7), Refusal.THROTTLED),
        (refusal(429, "Too Many Requests"), Refusal.THROTTLED),
        (migrated(-1002), Refusal.MOVED),
        (broken(500), Refusal.UNCLEAR),
        (broken(502), Refusal.UNCLEAR),
        (broken(502, effect=True), Refusal.UNCLEAR),
        (refusal(504, "Gateway Timeout"), Refusal.UNCLEAR),
        (refusal(408, "Request Timeout"), Refusal.UNCLEAR),
        (dropped(effect=False), Refusal.UNCLEAR),
        (dropped(effect=True), Refusal.UNCLEAR),
        (garbled(effect=True), Refusal.UNCLEAR),
    ],
)
async def test_each_failure_has_its_name(known, channel, mishap, expected):
    known.script.next("sendMessage", mishap)
    assert (await refused(channel)).refusal is expected


async def test_seconds_and_new_id_come_with_the_refusal(known, channel):
    known.script.next("sendMessage", throttled(7), migrated(-1002), refusal(429, "Too Many Requests"))
    assert (await refused(channel)).retry_after == 7
    assert (await refused(channel)).new_chat_id == "-1002"
    assert (await refused(channel)).retry_after == 30


async def test_a_service_that_says_no_with_status_200_is_believed(known, channel):
    async def refuse(_request):
        return web.json_response(
            {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
        )

    known._serve = refuse
    await known.stop()
    await known.start()
    assert (await refused(channel)).refusal is Refusal.UNREACHABLE


@pytest.mark.parametrize("effect", [True, False])
async def test_an_answer_that_does_not_come_in_time_is_unclear(known, make_channel, effect):
    channel = make_channel(answer_seconds=0.2)
    known.script.next("sendMessage", hanging(effect=effect))
    assert (await refused(channel)).refusal is Refusal.UNCLEAR
    assert len(known.people.from_bot(PAO)) == int(effect)


@pytest.mark.parametrize("mishap", [dropped(effect=True), dropped(effect=False), broken(502), garbled(effect=True)])
async def test_nothing_is_sent_a_second_time_by_itself(known, channel, mishap: Mishap):
    await channel.send(TO_PAO, TEXT)  # the connection is open and would invite a silent retry
    known.script.next("sendMessage", mishap)
    await refused(channel)
    assert known.script.count("sendMessage") == 2


async def test_a_connection_that_was_never_made_is_surely_not_sent(clock, make_channel):
    server = TelegramStandin(TOKEN, now=clock)
    await server.start()
    await server.stop()
    assert (await refused(make_channel(base_url=server.base_url))).refusal is Refusal.NOT_SENT


async def test_a_name_that_does_not_resolve_is_surely_not_sent(make_channel):
    assert (await refused(make_channel(base_url="http://nowhere.invalid"))).refusal is Refusal.NOT_SENT


async def test_a_proxy_that_is_down_is_surely_not_sent(known, make_channel, clock):
    server = TelegramStandin(TOKEN, now=clock)
    await server.start()
    await server.stop()
    assert (await refused(make_channel(proxy=server.address))).refusal is Refusal.NOT_SENT
    assert known.script.count("sendMessage") == 0


async def test_a_method_this_server_lacks_fails_the_message_and_not_the_channel(known, channel):
    await channel.identify()
    known.script.next("sendMessage", refusal(404, "Not Found"))
    assert (await refused(channel)).refusal is Refusal.REJECTED
    await channel.send(TO_PAO, TEXT)


async def test_a_stranger_cannot_be_written_to_first(known, channel):
    known.people.join(12, "Lò Thị May")
    assert (await refused(channel, to=Address("telegram", "12"))).refusal is Refusal.UNREACHABLE


async def test_sixteen_messages_go_out_side_by_side(known, channel):
    arrived = []
    all_here = asyncio.Event()

    async def wait_for_the_others():
        arrived.append(1)
        if len(arrived) == 16:
            all_here.set()
        await all_here.wait()

    for nth in range(1, 17):
        known.script.at("sendMessage", nth, "answered", wait_for_the_others)
    async with asyncio.timeout(10):
        ids = await asyncio.gather(*(channel.send(TO_PAO, Outgoing(f"tin {n}")) for n in range(16)))
    assert len(set(ids)) == 16

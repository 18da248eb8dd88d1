"""Every kind of update, as the stand-in tells it, is understood."""

import json

import pytest

from handlers.channel import Address, ChatKind, InboundKind, Outgoing
from handlers.telegram.parse import label, parse
from tests.integration.telegram.setting import GROUP, PAO, TO_GROUP, TO_PAO, TOKEN

BOT_ID = int(TOKEN.partition(":")[0])
NAME = "giaoban_bot"


def understood(standin, name=NAME):
    return parse(json.dumps(standin.world.pending[-1]), BOT_ID, name)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("/start", ""),
        ("/start LP7K4MQ2XD9T", "LP7K4MQ2XD9T"),
        ("/start@giaoban_bot LP7K4MQ2XD9T", "LP7K4MQ2XD9T"),
        ("/START  LP7K4MQ2XD9T ", "LP7K4MQ2XD9T"),
    ],
)
def test_start_carries_its_code(known, typed, code):
    known.people.say(PAO, typed)
    assert (understood(known).kind, understood(known).text) == (InboundKind.START, code)


def test_a_word_that_only_begins_like_start_is_text(known):
    known.people.say(PAO, "/startle")
    assert understood(known).kind is InboundKind.TEXT


def test_text_is_kept_to_the_letter(known):
    typed = "  Lúa mùa: 560,5 ha 🌾\n\n- rau 88\u00a0ha  "
    known.people.say(PAO, typed)
    assert understood(known).text == typed


def test_an_edit_names_the_message_it_changes(known, clock):
    message_id = known.people.say(PAO, "rau 86")
    clock.advance(60)
    known.people.edit(PAO, message_id, "rau 88")
    edited = understood(known)
    assert (edited.kind, edited.text, edited.message_id) == (InboundKind.EDITED, "rau 88", str(message_id))
    assert edited.sent_at == clock()


def test_a_live_location_that_moves_is_nobodys_word(known):
    message_id = known.people.send_media(PAO, "location")
    moved = {**known.world.chats[PAO].messages[message_id], "edit_date": known.world.seconds()}
    known.world.push("edited_message", moved)
    assert understood(known) is None


async def test_a_press_carries_token_message_and_callback(known, channel):
    message_id = await channel.send(TO_PAO, Outgoing("Chọn", buttons=((("k3J-9", "Đồng ý"),),)))
    callback_id = known.people.press(PAO, int(message_id), "Đồng ý")
    pressed = understood(known)
    assert (pressed.kind, pressed.token, pressed.callback_id) == (InboundKind.PRESSED, "k3J-9", callback_id)
    assert (pressed.message_id, pressed.sender_id, pressed.address) == (message_id, str(PAO), TO_PAO)


def test_a_document_brings_its_label_size_and_caption(known):
    known.people.send_document(PAO, "C:\\báo cáo\\..\\tuần\u202e23.docx", b"PK" * 50, caption="Em gửi")
    file = understood(known)
    assert (file.kind, file.file_name, file.file_size, file.text) == (InboundKind.FILE, "tuần23.docx", 100, "Em gửi")
    assert file.file_id in known.world.files


@pytest.mark.parametrize("kind", ["voice", "photo", "location", "contact"])
def test_media_are_noted(known, kind):
    known.people.send_media(PAO, kind)
    assert understood(known).kind is InboundKind.MEDIA


def test_a_sticker_is_its_sign(known):
    known.people.send_media(PAO, "sticker")
    sign = understood(known)
    assert sign.kind is InboundKind.TEXT
    assert sign.text
    assert not any(c.isalnum() for c in sign.text)


def test_a_forwarded_message_says_so(known):
    known.people.say(PAO, "Lúa 560 ha", forwarded=True)
    assert understood(known).forwarded
    known.people.say(PAO, "Lúa 560 ha")
    assert not understood(known).forwarded


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("@giaoban_bot số liệu lúa", "số liệu lúa"),
        ("Đồng chí 😀 @GiaoBan_bot cho số liệu", "Đồng chí 😀 cho số liệu"),
        ("@giaoban_bot gửi về a@giaoban_bot.vn", "gửi về a@giaoban_bot.vn"),
        ("/solieu@giaoban_bot lúa", "/solieu lúa"),
        ("/solieu lúa", "/solieu lúa"),
    ],
)
def test_in_a_group_the_bots_name_is_heard_and_taken_out(known, typed, text):
    known.people.say(PAO, typed, chat=GROUP)
    heard = understood(known)
    assert (heard.mentioned, heard.text, heard.address) == (True, text, TO_GROUP)


@pytest.mark.parametrize("typed", ["chiều nay họp", "@giaoban_bots số liệu", "/solieu@other_bot", "a@giaoban_bot.vn"])
def test_in_a_group_words_for_others_are_not_for_the_bot(known, typed):
    known.world.privacy = False
    known.people.say(PAO, typed, chat=GROUP)
    assert not understood(known).mentioned


def test_before_the_bots_name_is_known_every_mention_counts(known):
    known.people.say(PAO, "@giaoban_bot số liệu", chat=GROUP)
    assert understood(known, name="").mentioned


async def test_an_answer_to_the_bot_in_a_group_is_meant_for_it(known, channel):
    posted = await channel.send(TO_GROUP, Outgoing("Báo cáo"))
    known.people.say(PAO, "sai rồi", chat=GROUP, reply_to=int(posted))
    assert understood(known).mentioned


def test_coming_into_a_group_and_being_blocked_are_told(known):
    known.people.remove_from_group(GROUP, PAO)
    assert (understood(known).kind, understood(known).text) == (InboundKind.MEMBER, "kicked")
    known.people.add_to_group(GROUP, PAO)
    assert (understood(known).text, understood(known).address) == ("member", TO_GROUP)
    known.people.block(PAO)
    assert (understood(known).text, understood(known).address) == ("kicked", TO_PAO)


def test_both_messages_of_a_migration_name_the_old_chat_and_the_new(known):
    known.people.migrate(GROUP, -1002, PAO)
    for update in known.world.pending[-2:]:
        moved = parse(json.dumps(update), BOT_ID, NAME)
        assert (moved.kind, moved.text) == (InboundKind.MIGRATED, "-1002")
        assert moved.address == Address("telegram", str(GROUP), ChatKind.GROUP)


def test_service_messages_do_not_concern_us(known):
    chat = known.world.chats[GROUP]
    sender = known.world.people[PAO].as_json()
    known.world.push("message", known.world.new_message(chat, sender, {"new_chat_title": "Tên mới"}))
    assert understood(known) is None


@pytest.mark.parametrize(
    "raw", ["", "{", "[]", "7", '{"update_id": 1, "message": {}}', '{"update_id": 1, "message": 5}']
)
def test_what_is_malformed_is_a_value_error(raw):
    with pytest.raises(ValueError):
        parse(raw, BOT_ID, NAME)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("a\nb\x00.docx", "ab.docx"),
        ("\u202excod.exe", "xcod.exe"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_file_name_is_a_label_and_never_a_path(name, shown):
    assert label(name) == shown

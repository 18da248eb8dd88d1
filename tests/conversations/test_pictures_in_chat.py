"""Pictures in the chat: the board and an indicator's weeks, with their words below; words alone where nothing is to be drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.conversations.test_history import GROUP, ask, posted

if TYPE_CHECKING:
    from handlers.channel import Attachment
    from tests.stage import Stage

RICE = "lúa mùa 549/650"
PNG = b"\x89PNG\r\n\x1a\n"


def picture(stage: Stage, who: str) -> Attachment:
    found = [s.message.attachment for s in stage.channel.to(who) if s.message.attachment is not None]
    assert found
    return found[-1]


async def test_the_board_is_a_picture_with_its_words_below(office: Stage) -> None:
    await office.say("hung", RICE)
    await office.say("mai", "ai chưa nộp")
    sent = picture(office, "mai")

    assert sent.content.startswith(PNG)
    assert sent.is_photo
    assert "Tình hình nộp · tuần 23" in sent.caption


async def test_the_weeks_of_an_indicator_are_a_picture_with_its_words_below(office: Stage) -> None:
    await office.say("hung", RICE)
    await office.say("mai", "SỐ LIỆU lúa mùa")
    sent = picture(office, "mai")

    assert sent.content.startswith(PNG)
    assert "Tuần 23: 549, đạt 84,46%" in sent.caption


async def test_a_single_week_is_told_in_words_alone(office: Stage) -> None:
    await office.say("hung", "giải ngân 1.000/21.070 triệu đồng")
    await office.say("mai", "SỐ LIỆU tiếp nhận")

    assert all(s.message.attachment is None for s in office.channel.to("mai"))


async def test_the_group_sees_a_picture_once_two_weeks_are_posted(office: Stage) -> None:
    await posted(office)
    told = await ask(office, "lúa mùa")

    assert "Tuần 23: 549" in told
    assert all(s.message.attachment is None or not s.message.attachment.is_photo for s in office.channel.to(GROUP))


async def test_words_too_long_for_a_caption_follow_the_picture_whole(office: Stage) -> None:
    office.channel.caps = replace(office.channel.caps, max_caption=100)
    await office.say("mai", "ai chưa nộp")
    last, before = office.channel.to("mai")[-1], office.channel.to("mai")[-2]

    assert before.message.attachment is not None
    assert before.message.attachment.caption == ""
    assert last.message.attachment is None
    assert "Tình hình nộp · tuần 23" in last.text
    assert last.labels


async def test_a_channel_without_pictures_gets_the_words(office: Stage) -> None:
    office.channel.caps = replace(office.channel.caps, photos=False)
    await office.say("hung", RICE)
    await office.say("mai", "SỐ LIỆU lúa mùa")

    assert office.last("mai").message.attachment is None
    assert "Tuần 23: 549" in office.last("mai").text

"""How people answer in words: yes, no, «cái đầu», thanks, a sign; and what stays open meanwhile."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from storage import declarations, texts

if TYPE_CHECKING:
    from tests.stage import Stage

WEEK = "2026-W23"
UNIT_IN_DOUBT = "giải ngân 1.000/21.070 tỷ đồng đạt 4,75%"


@pytest.mark.parametrize("words", ["ừ", "đúng rồi em", "ok", "👍"])
async def test_a_plain_yes_answers_what_asks_for_one(stage: Stage, words: str) -> None:
    await stage.say("hung", "kiểm tra bãi rác 1,5 lần")
    await stage.say("hung", words)

    assert stage.last("hung").text.startswith("Đã ghi nhận")
    assert await stage.value("waste_dump_inspections_week") == Decimal("1.5")


@pytest.mark.parametrize("words", ["không", "sai rồi", "ko đúng"])
async def test_a_plain_no_answers_it_too(stage: Stage, words: str) -> None:
    await stage.say("hung", "kiểm tra bãi rác 1,5 lần")
    await stage.say("hung", words)

    assert await stage.value("waste_dump_inspections_week") is None


@pytest.mark.parametrize("words", ["ok", "đúng", "không", "sai rồi", "cả hai", "cảm ơn em", "🙏"])
async def test_what_answers_no_question_shows_the_open_one_again(stage: Stage, words: str) -> None:
    await stage.say("hung", UNIT_IN_DOUBT)
    await stage.say("hung", words)

    assert stage.last("hung").text.startswith("Còn một câu đang chờ trả lời")
    assert stage.last("hung").labels == ["Triệu đồng", "Tỷ đồng"]


@pytest.mark.parametrize("words", ["cái đầu", "cái thứ nhất nhé", "số đầu tiên", "1", "triệu đồng"])
async def test_an_answer_is_pointed_at_by_its_place(stage: Stage, words: str) -> None:
    await stage.say("hung", UNIT_IN_DOUBT)
    await stage.say("hung", words)

    assert stage.last("hung").text.startswith("Đã ghi nhận · Giải ngân")


@pytest.mark.parametrize("words", ["cảm ơn em", "ok em", "vâng", "👍", "🙏"])
async def test_courtesies_get_no_answer_and_are_no_content(stage: Stage, words: str) -> None:
    await stage.say("giang", "2 buổi sinh hoạt")
    before = len(stage.channel.to("giang"))
    await stage.say("giang", words)

    assert len(stage.channel.to("giang")) == before
    async with stage.app.kit.db.reading() as rx:
        assert await texts.current(rx, WEEK) == {}


async def test_a_yes_to_the_full_receipt_hands_the_part_in_once(stage: Stage) -> None:
    await stage.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên")
    assert stage.last("giang").text.startswith("Đã đủ")
    await stage.say("giang", "đúng rồi em")

    assert stage.last("giang").text.startswith("Đã nộp · Hội CCB")
    async with stage.app.kit.db.reading() as rx:
        assert set(await declarations.declared(rx, WEEK)) == {"hoi-ccb"}
    said = len(stage.channel.to("giang"))
    await stage.say("giang", "ok")
    assert len(stage.channel.to("giang")) == said


async def test_another_choice_does_not_take_the_open_questions_place(stage: Stage) -> None:
    await stage.say("hung", UNIT_IN_DOUBT)
    await stage.say("hung", "đã tổ chức ra quân vệ sinh môi trường tại các thôn bản trên địa bàn xã")
    await stage.press("hung", "6. Không đưa vào")

    assert stage.last("hung").text.startswith("Còn một câu đang chờ trả lời\nGiải ngân")
    await stage.say("hung", "2")
    assert stage.last("hung").text.startswith("Đã ghi nhận · Giải ngân")


@pytest.mark.parametrize("words", ["gửi rồi mà", "sao lại thiếu?", "chào em", "alo", "còn thiếu gì nữa không"])
async def test_who_wonders_is_told_what_is_still_owed(stage: Stage, words: str) -> None:
    await stage.say("giang", "2 buổi sinh hoạt")
    await stage.say("giang", words)

    assert stage.last("giang").text.startswith("Còn thiếu 1 số · Hội CCB\nlượt hội viên tham gia")


@pytest.mark.parametrize(
    "words",
    [
        "suốt ngày nhắc, tôi gửi rồi mà",
        "tôi không phải hội ccb, tôi bên mặt trận",
        "em bận quá chưa làm được báo cáo",
        "nhầm người rồi",
    ],
)
async def test_words_about_oneself_are_no_report_and_may_go_to_the_office(stage: Stage, words: str) -> None:
    await stage.say("giang", words)

    assert stage.last("giang").labels == ["Đưa vào", "Không đưa vào", "Chuyển Văn phòng"]
    async with stage.app.kit.db.reading() as rx:
        assert await texts.current(rx, WEEK) == {}
    await stage.press("giang", "Chuyển Văn phòng")
    assert f"“{words}”" in stage.last("mai").text
    assert stage.last("giang").text.startswith("Đã chuyển câu hỏi")


async def test_a_sentence_about_oneself_stays_out_of_the_report_around_it(stage: Stage) -> None:
    await stage.say(
        "giang", "Hội đã ra quân vệ sinh tại các thôn bản, trẻ em và anh em hội viên cùng tham gia. Em gửi hơi muộn."
    )

    async with stage.app.kit.db.reading() as rx:
        told = [text.text for text in (await texts.current(rx, WEEK)).values()]
    assert told == ["Hội đã ra quân vệ sinh tại các thôn bản, trẻ em và anh em hội viên cùng tham gia."]


@pytest.mark.parametrize("words", ["tôi gửi rồi mà anh ơi sao nhắc mãi", "sáng em gửi rồi", "toi nay moi gui xong"])
async def test_what_was_sent_is_no_promise_to_send(stage: Stage, words: str) -> None:
    await stage.say("giang", words)

    assert "hẹn gửi" not in stage.last("giang").text


async def test_nothing_right_instead_is_asked_for(stage: Stage) -> None:
    await stage.say("giang", "2 buổi sinh hoạt")
    await stage.say("giang", "nhầm rồi")

    assert stage.last("giang").text.startswith("Sửa một số liệu")


async def test_words_beside_a_picture_are_read(stage: Stage) -> None:
    await stage.send("giang", "media", text="2 buổi sinh hoạt, 63 lượt hội viên")

    said = [sent.text for sent in stage.channel.to("giang")][-2:]
    assert "phần chữ đi kèm được đọc riêng" in said[0]
    assert said[1].startswith("Đã đủ 2/2 số · Hội CCB")

"""Answers by a button are looked at like typed ones; what was given unasked is shown like the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stage import Stage


async def test_value_chosen_by_a_button_is_checked_like_a_typed_one(office: Stage) -> None:
    await office.say("sang", "tiếp nhận 68, giải quyết 4500, đang giải quyết 22")
    label = next(one for one in office.last("sang").labels if one.startswith("4.500") or one == "Đúng")
    await office.press("sang", label)
    asked = [s.text for s in office.channel.to("sang")[-2:]]
    assert any("Hồ sơ" in text or "giải quyết" in text for text in asked)
    async with office.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT code FROM questions ORDER BY id")
    assert "sum_mismatch" in [row["code"] for row in rows][1:]


async def test_running_total_given_unasked_is_shown_with_the_rest(office: Stage) -> None:
    await office.say("dung", "khám 147 lượt, lũy kế 5 tháng 3177")
    await office.say("dung", "xem")
    assert "3.177" in office.last("dung").text


@pytest.mark.parametrize(
    "words", ["lúa mùa tuần trước bao nhiêu em?", "kế hoạch lúa mùa là bao nhiêu vậy?", "lua mua tuan truoc bao nhieu"]
)
async def test_department_reads_a_figure_of_its_own(office: Stage, words: str) -> None:
    told = len(office.channel.to("mai"))
    await office.say("hung", words)
    assert "Tuần trước: 530 ha" in office.last("hung").text
    assert "Kế hoạch: 650 ha" in office.last("hung").text
    assert "Tuần này: còn thiếu" in office.last("hung").text
    assert len(office.channel.to("mai")) == told


@pytest.mark.parametrize(
    "words",
    [
        "lượt khám tuần trước bao nhiêu em?",  # another department's
        "diện tích ngô tính cả ngô nếp không em?",
        "lúa mùa năm trước bao nhiêu em?",
    ],
)
async def test_any_other_question_goes_to_the_office(office: Stage, words: str) -> None:
    await office.say("hung", words)
    assert "Đã chuyển câu hỏi" in office.last("hung").text
    assert words in office.last("mai").text


@pytest.mark.parametrize("words", ["MIỄN CCB: bận", "nhắc ccb", "GIA HẠN CHQS đến 16 giờ", "TRẢ LẠI Trạm Y tế: sai số"])
async def test_words_of_the_office_are_not_taken_for_a_report(office: Stage, words: str) -> None:
    await office.say("hung", words)
    assert "làm" in office.last("hung").text.splitlines()[0]
    assert "GẶP VĂN PHÒNG" in office.last("hung").text


@pytest.mark.parametrize(
    "words",
    [
        "Nhắc Trạm Y tế phối hợp phun khử khuẩn tại các thôn",
        "Mời Hội Nông dân cùng ra quân làm đường nông thôn mới",
    ],
)
async def test_a_departments_words_stay_its_own(office: Stage, words: str) -> None:
    await office.say("giang", words)
    assert "GẶP VĂN PHÒNG" not in office.last("giang").text


async def test_a_doubt_that_was_answered_is_not_raised_again(office: Stage) -> None:
    await office.say("dung", "Khám cb 1009 lượt, lk 5 tháng 3177 lượt")
    assert "thời gian nào" in office.last("dung").text
    before = len(office.channel.to("dung"))
    await office.press("dung", "Trong tuần")

    said = [sent.text for sent in office.channel.to("dung")[before:]]
    assert said
    assert not any("thời gian nào" in text for text in said)


async def test_a_share_that_is_still_owed_is_not_called_like_its_count(office: Stage) -> None:
    await office.say("dung", "sinh con trước 18 tuổi 1 ca")
    assert office.last("dung").text.startswith("Đã ghi 1 số · Dân số")
    await office.say("dung", "còn thiếu")
    assert "tỷ lệ sinh trước 18 tuổi" in office.last("dung").text
    assert "sinh con trước 18 tuổi" not in office.last("dung").text

"""Words that are passed on as they stand: from a person to the office, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage

QUESTION = "cho hỏi diện tích ngô tính cả ngô nếp không em?"


async def test_question_is_answered_by_the_office_word_for_word(office: Stage, golden: Callable[[Stage], None]) -> None:
    await office.say("hung", QUESTION)
    assert QUESTION in office.last("mai").text
    await office.press("mai", "Trả lời bằng tin")
    await office.say("mai", "Tính cả ngô nếp, đồng chí nhé; riêng 3 ha thử nghiệm thì không.")
    answer = office.last("hung").text
    assert "Tính cả ngô nếp, đồng chí nhé; riêng 3 ha thử nghiệm thì không." in answer
    assert "đồng chí Hùng" in office.last("mai").text
    golden(office)


async def test_words_to_the_office_follow_in_the_next_message_even_after_a_restart(office: Stage) -> None:
    await office.say("hung", "GẶP VĂN PHÒNG")
    await office.restart()
    await office.say("hung", "lúa mùa 549 là số của tuần trước, tuần này em chưa đi kiểm tra")
    assert "“lúa mùa 549 là số của tuần trước, tuần này em chưa đi kiểm tra”" in office.last("mai").text
    async with office.app.kit.db.reading() as rx:
        row = await rx.one("SELECT count(*) AS n FROM figures WHERE period = '2026-W23'")
    assert row is not None
    assert row["n"] == 0
    await office.say("hung", "ngô 1110")
    assert "Đã ghi" in office.last("hung").text


async def test_words_at_once_after_the_command_are_passed_on(office: Stage) -> None:
    await office.say("hung", "GẶP VĂN PHÒNG cho tôi xin số điện thoại đồng chí Mai")
    assert "“cho tôi xin số điện thoại đồng chí Mai”" in office.last("mai").text


async def test_wish_to_write_is_over_after_an_hour_and_figures_are_read_again(office: Stage) -> None:
    await office.say("hung", "GẶP VĂN PHÒNG")
    await office.at("2026-06-04 10:00")
    await office.say("hung", "ngô 1110")
    assert "Đã ghi" in office.last("hung").text


async def test_wish_to_write_is_taken_back_by_a_word(office: Stage) -> None:
    await office.say("hung", "GẶP VĂN PHÒNG")
    told = len(office.channel.to("mai"))
    await office.say("hung", "thôi")
    await office.say("hung", "ngô 1110")
    assert len(office.channel.to("mai")) == told
    assert "Đã ghi" in office.last("hung").text

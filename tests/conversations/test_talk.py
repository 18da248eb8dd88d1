"""What a respondent may do beside sending figures: correct, edit, ask, promise, walk, forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import figures, replies

if TYPE_CHECKING:
    from tests.stage import Stage

WEEK = "2026-W23"


async def test_a_correction_shows_the_old_value_and_keeps_it_in_history(stage: Stage) -> None:
    await stage.say("hung", "lúa mùa 549/650")
    await stage.say("hung", "nhầm, lúa mùa 560")

    assert "549 → 560 ha" in stage.last("hung").text
    assert await stage.value("rice_area_done_ha") == 560
    async with stage.app.kit.db.reading() as rx:
        told = await figures.versions(rx, "rice_area_done_ha", WEEK)
    assert [f.value for f in told] == [549, 560]


async def test_a_percent_said_with_the_old_number_follows_the_correction(stage: Stage) -> None:
    await stage.say("hung", "lúa mùa 549/650 ha, đạt 84,5% kế hoạch")
    await stage.say("hung", "nhầm, lúa mùa 560")

    assert stage.last("hung").text.startswith("Đã sửa · Lúa mùa")
    assert "549 → 560 ha, đạt 86,15% kế hoạch" in stage.last("hung").text

    await stage.say("hung", "lúa mùa 560 đạt 84,5%")

    assert "đồng chí ghi 84,5%" in stage.last("hung").text


async def test_a_number_far_below_last_weeks_is_asked_as_smaller(stage: Stage) -> None:
    await stage.say("hung", "cây ăn quả 58,1 ha")

    assert "“58,1 ha” nhỏ hơn 10 lần so với tuần trước" in stage.last("hung").text


async def test_one_and_a_half_of_what_is_counted_is_asked(stage: Stage) -> None:
    await stage.say("hung", "kiểm tra bãi rác 1,5 lần")

    assert "“1,5 lần”, tuần trước là 1. Số này có đúng không?" in stage.last("hung").text

    await stage.say("hung", "dược liệu 64,5 ha")

    assert "Số này có đúng không" not in stage.last("hung").text


async def test_every_figure_traces_back_to_its_words_its_person_and_its_moment(stage: Stage) -> None:
    text = "kính gửi VP: lúa mùa 549/650 ha"
    await stage.say("hung", text)

    async with stage.app.kit.db.reading() as rx:
        figure = (await figures.current(rx, WEEK))["rice_area_done_ha"]
        trace = await figures.trace(rx, figure.id or 0)

    assert trace is not None
    assert (trace.text, trace.person_name) == (text, "Hùng")
    assert trace.text[figure.start : figure.end] == "549"


async def test_an_edited_message_is_read_again(stage: Stage) -> None:
    sent = await stage.say("hung", "rau 86/132, ngô 1110")
    await stage.edit("hung", sent, "rau 88/132, ngô 1110")

    assert "86 → 88" in stage.last("hung").text
    assert await stage.value("vegetable_area_done_ha") == 88
    assert await stage.value("maize_area_done_ha") == 1110


async def test_a_figure_that_an_edit_removes_is_asked_about_and_kept_until_then(stage: Stage) -> None:
    sent = await stage.say("hung", "rau 86/132, ngô 1110")
    await stage.edit("hung", sent, "rau 86/132")

    assert stage.last("hung").labels[-1] == "Bỏ số này"
    assert await stage.value("maize_area_done_ha") == 1110
    await stage.press("hung", "Bỏ số này")
    assert await stage.value("maize_area_done_ha") is None


async def test_one_by_one_asks_the_next_question_with_the_receipt_of_the_last(stage: Stage) -> None:
    await stage.say("giang", "từng câu")
    assert stage.last("giang").text.startswith("Câu 1/2")
    await stage.say("giang", "2")
    assert stage.last("giang").text.startswith("Câu 2/2")
    await stage.say("giang", "63")

    assert await stage.value("veterans_meetings_week") == 2
    assert await stage.value("veterans_meeting_attendees_week") == 63
    assert "2/2" in stage.last("giang").text


async def test_thanks_are_not_answered(stage: Stage) -> None:
    before = len(stage.channel.to("hung"))
    await stage.say("hung", "Cảm ơn em nhé")

    assert len(stage.channel.to("hung")) == before


async def test_a_question_goes_to_the_office_word_for_word(stage: Stage) -> None:
    await stage.say("hung", "cho hỏi diện tích ngô tính cả ngô nếp không em?")

    assert "Đã chuyển câu hỏi" in stage.last("hung").text
    assert "ngô nếp" in stage.last("mai").text
    assert await stage.value("maize_area_done_ha") is None


async def test_a_forwarded_message_is_asked_about_before_anything_is_stored(stage: Stage) -> None:
    await stage.say("hung", "lúa mùa 549/650, ngô 1110", forwarded=True)

    assert "chuyển tiếp" in stage.last("hung").text
    assert await stage.value("rice_area_done_ha") is None
    await stage.press("hung", "Có, ghi")
    assert await stage.value("rice_area_done_ha") == 549


async def test_last_weeks_stock_is_carried_on_the_persons_word_and_flows_are_not(stage: Stage) -> None:
    await stage.say("hung", "như tuần trước")

    assert await stage.value("livestock_herd_total") == 11468
    assert await stage.value("state_revenue_in_area_week") is None


async def test_not_known_yet_is_an_answer_and_no_zero(stage: Stage) -> None:
    await stage.say("giang", "số buổi sinh hoạt chưa có số liệu")

    async with stage.app.kit.db.reading() as rx:
        found = (await figures.current(rx, WEEK))["veterans_meetings_week"]
    assert (found.state.value, found.value) == ("no_data", None)


async def test_a_stranger_is_told_once_a_day_and_nothing_is_stored_of_them(stage: Stage) -> None:
    await stage.say("la", "lúa mùa 549/650")
    await stage.say("la", "alo")

    [answer] = stage.channel.to("la")
    assert "chưa đăng ký" in answer.text
    async with stage.app.kit.db.reading() as rx:
        assert await replies.versions(rx, "fake", "la", "m1") == []


async def test_an_update_that_cannot_be_worked_off_is_kept_and_holds_nobody_up(stage: Stage) -> None:
    await stage.send("hung", "text", text="x", broken=True)
    await stage.say("hung", "ngô 1110")

    assert await stage.value("maize_area_done_ha") == 1110
    async with stage.app.kit.db.reading() as rx:
        [failed] = await rx.all("SELECT error FROM inbox WHERE state = 'failed'")
    assert "malformed" in failed["error"]


async def test_nothing_occurred_where_only_a_few_counts_are_asked_needs_no_second_question(stage: Stage) -> None:
    await stage.say("giang", "k có gì")

    assert await stage.value("veterans_meetings_week") == 0
    assert await stage.value("veterans_meeting_attendees_week") == 0


async def test_a_leader_asks_in_plain_words_and_is_told_plan_weeks_and_source(stage: Stage) -> None:
    await stage.enrol("thang", "Giàng Văn Thắng", role="leader")
    await stage.say("hung", "lúa mùa 549/650")
    await stage.say("thang", "lúa mùa thế nào?")

    assert "Tuần 23: 549, đạt 84,46%" in stage.last("thang").text
    assert "Phòng Kinh tế" in stage.last("thang").text


async def test_what_names_no_department_is_said_to_name_none(stage: Stage) -> None:
    await stage.say("mai", "xem lúa mùa")

    assert "Không có đơn vị “lúa mùa”" in stage.last("mai").text


async def test_a_doubt_shows_the_persons_own_words(stage: Stage) -> None:
    await stage.say("hung", "gia súc 114880")

    assert "“114880" in stage.last("hung").text


async def test_how_much_it_is_is_a_question_and_no_content(stage: Stage) -> None:
    await stage.say("hung", "lúa mùa bao nhiêu rồi em")

    assert "Đã chuyển câu hỏi" in stage.last("hung").text


@pytest.mark.parametrize("words", ["xong", "không phát sinh", "như tuần trước", "chưa có số"])
async def test_a_forwarded_word_of_somebody_else_is_asked_about_and_stores_nothing(stage: Stage, words: str) -> None:
    await stage.say("hung", words, forwarded=True)

    assert stage.last("hung").text.startswith("Tin này chuyển tiếp từ người khác")
    assert await stage.value("rice_area_done_ha") is None

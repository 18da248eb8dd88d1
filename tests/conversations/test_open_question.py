"""What is said while a question is open: other figures, another department's, «chưa có số», one-by-one mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.facts import State
from storage import figures, questions

if TYPE_CHECKING:
    from tests.stage import Stage

WEEK = "2026-W23"
UNIT_IN_DOUBT = "giải ngân 1.000/21.070 tỷ đồng đạt 4,75%"
MONTH_IN_DOUBT = "Khám 1009 lượt, lũy kế 5 tháng 3177"
RICE, STUNTED = "rice_area_done_ha", "child_stunting_pct"


async def unanswered(stage: Stage) -> list[str]:
    async with stage.app.kit.db.reading() as rx:
        return [asked.question.code.value for asked in await questions.unsettled(rx, WEEK)]


async def test_figures_of_another_department_are_told_and_never_wait_for_an_answer(stage: Stage) -> None:
    await stage.say("dung", MONTH_IN_DOUBT)
    await stage.say("dung", "lúa mùa 549/650, ngô 1110")

    assert stage.last("dung").text.startswith("Chưa ghi: lúa mùa và ngô")
    assert await unanswered(stage) == ["period_mismatch"]
    await stage.say("dung", "trong tuần")
    assert stage.last("dung").text.startswith("Đã ghi nhận · Lượt khám")
    assert await unanswered(stage) == []


async def test_other_figures_are_read_back_with_a_reminder_of_what_is_asked(stage: Stage) -> None:
    await stage.say("hung", UNIT_IN_DOUBT)
    await stage.say("hung", "lúa mùa 549")

    assert "• Lúa mùa: 549/650 ha" in stage.last("hung").text
    assert "Còn chờ trả lời: giải ngân." in stage.last("hung").text
    await stage.say("hung", "triệu đồng")
    await stage.say("hung", "ngô 1110")
    assert "Còn chờ trả lời" not in stage.last("hung").text


async def test_a_number_alone_answers_the_open_question_and_not_its_plan(stage: Stage) -> None:
    await stage.say("hung", UNIT_IN_DOUBT)
    await stage.say("hung", "1050")

    assert stage.last("hung").text.startswith("Đã sửa · Giải ngân\n1.000 → 1.050 triệu đồng")
    assert await unanswered(stage) == []


async def test_not_known_yet_is_noted_beside_an_open_question(stage: Stage) -> None:
    await stage.say("dung", MONTH_IN_DOUBT)
    await stage.say("dung", "thấp còi chưa có số")

    found = await stage.figure(STUNTED)
    assert found is not None
    assert found.state is State.NO_DATA
    assert stage.last("dung").text.startswith("Chưa có số · Trẻ thấp còi")
    assert await unanswered(stage) == ["period_mismatch"]


@pytest.mark.parametrize("how", ["press", "type"])
async def test_as_last_week_under_what_is_not_known_means_that_figure_alone(stage: Stage, how: str) -> None:
    await stage.say("dung", "thấp còi chưa có số")
    await (stage.press("dung", "Như tuần trước") if how == "press" else stage.say("dung", "như tuần trước nhé"))

    assert "Trẻ thấp còi: 24,19% (như tuần trước)" in stage.last("dung").text
    async with stage.app.kit.db.reading() as rx:
        assert set(await figures.current(rx, WEEK)) == {STUNTED}


@pytest.mark.parametrize(("answer", "state"), [("Giữ số đã ghi", State.VALUE), ("Chưa có số", State.NO_DATA)])
async def test_a_figure_that_was_given_is_not_taken_back_unasked(stage: Stage, answer: str, state: State) -> None:
    await stage.say("dung", "thấp còi 24,1%")
    await stage.say("dung", "thấp còi chưa có số")

    assert "Đang ghi: trẻ thấp còi 24,1%" in stage.last("dung").text
    before = await stage.figure(STUNTED)
    assert before is not None
    assert before.state is State.VALUE
    await stage.press("dung", answer)
    after = await stage.figure(STUNTED)
    assert after is not None
    assert after.state is state


async def test_one_by_one_begins_with_the_question_that_is_open(stage: Stage) -> None:
    await stage.say("hung", UNIT_IN_DOUBT)
    await stage.say("hung", "từng câu")
    assert stage.last("hung").text.startswith("Còn một câu đang chờ trả lời\nGiải ngân")
    await stage.say("hung", "1")

    assert stage.last("hung").text.startswith("Câu 1/26")
    await stage.say("hung", "549")
    assert stage.last("hung").text.startswith("Câu 2/26 · Trồng trọt\nĐã ghi lúa mùa: 549/650 ha")
    assert (await stage.figure(RICE)) is not None


async def test_a_button_answers_a_doubt_and_one_by_one_goes_on(stage: Stage) -> None:
    await stage.say("hung", "từng câu")
    await stage.say("hung", "5490")
    await stage.press("hung", "549 ha")

    assert stage.last("hung").text.startswith("Câu 2/26 · Trồng trọt\nĐã ghi lúa mùa: 549/650 ha")


async def test_a_doubt_of_one_by_one_mode_may_be_passed_over(stage: Stage) -> None:
    await stage.say("hung", "từng câu")
    await stage.say("hung", "5490")
    await stage.say("hung", "bỏ qua")

    assert stage.last("hung").text.startswith("Câu 2/26")
    assert await unanswered(stage) == []
    assert await stage.figure(RICE) is None
    await stage.say("hung", "2")  # a figure, not a choice of the question that was passed over
    assert await stage.figure(RICE) is None


async def test_a_share_of_the_plan_is_asked_with_its_own_words(stage: Stage) -> None:
    await stage.say("hung", "rau được 3/4 kế hoạch")

    assert "“3/4 kế hoạch” chưa đủ để ghi" in stage.last("hung").text


async def test_an_edit_that_answers_the_open_question_settles_it(stage: Stage) -> None:
    sent = await stage.say("hung", UNIT_IN_DOUBT)
    await stage.edit("hung", sent, UNIT_IN_DOUBT.replace("tỷ đồng", "triệu đồng"))

    assert await unanswered(stage) == []
    assert "Còn chờ trả lời" not in stage.last("hung").text


@pytest.mark.parametrize(("answer", "zeros"), [("A", 3), ("B", 4)])
async def test_a_bare_no_is_asked_with_what_it_may_mean(stage: Stage, answer: str, zeros: int) -> None:
    await stage.say("dung", "không")
    assert "B. Cả 4 số trong tuần, kể cả lượt khám, chữa bệnh" in stage.last("dung").text
    await stage.say("dung", answer)

    async with stage.app.kit.db.reading() as rx:
        told = (await figures.current(rx, WEEK)).values()
    assert [f.value for f in told] == [0] * zeros


async def test_words_of_a_person_of_two_departments_are_placed_by_name(stage: Stage) -> None:
    await stage.enrol("lan", "Vàng Thị Lan", unit="hoi-phu-nu")
    await stage.enrol("lan", "Vàng Thị Lan", unit="doan-thanh-nien")
    await stage.say("lan", "đã tổ chức ra quân vệ sinh môi trường tại các thôn bản")

    assert stage.last("lan").labels[:2] == ["Đoàn Thanh niên", "Hội Phụ nữ"]


async def test_not_known_yet_alone_asks_whether_it_is_all_and_never_loops(stage: Stage) -> None:
    await stage.say("dung", "chưa có số")
    asked = stage.last("dung")
    assert asked.labels[0].startswith("Cả ")
    assert await stage.figure(STUNTED) is None

    await stage.press("dung", asked.labels[0])

    found = await stage.figure(STUNTED)
    assert found is not None
    assert found.state is State.NO_DATA
    assert found.value is None
    assert "Không tính là 0" in stage.last("dung").text


async def test_a_figure_of_another_unit_beside_own_figures_is_told(stage: Stage) -> None:
    await stage.say("dung", "thấp còi 24%, gia cầm 55.000 con")

    told = [sent.text for sent in stage.channel.to("dung")]
    assert any(text.startswith("Chưa ghi: gia cầm") for text in told)
    assert (await stage.value(STUNTED)) == 24


async def test_a_number_sent_again_is_the_figure_that_was_asked_for(stage: Stage) -> None:
    await stage.say("dung", "lượt khám 1009")
    await stage.press("dung", "Gửi số khác")
    await stage.say("dung", "150")

    assert await stage.value("clinic_visits_week") == 150
    assert "• Lượt khám, chữa bệnh: 150 lượt người" in stage.last("dung").text
    await stage.say("dung", "24")
    assert "là của chỉ tiêu nào" in stage.last("dung").text  # once, and not for ever


async def test_a_word_of_a_choice_chooses_it(stage: Stage) -> None:
    await stage.say("dung", "lượt khám 1009")
    await stage.say("dung", "tuần")

    assert await stage.value("clinic_visits_week") == 1009


@pytest.mark.parametrize("word", ["triệu", "nghìn", "tỷ"])
async def test_a_scale_alone_is_no_number(stage: Stage, word: str) -> None:
    await stage.say("hung", "lúa mùa 549/700")
    await stage.say("hung", word)

    async with stage.app.kit.db.reading() as rx:
        stored = await figures.current(rx, WEEK)
    assert all(f.value is None or f.value < 1000 for f in stored.values())
